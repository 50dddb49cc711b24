"""Random search and random adjustment: the lowest loss is kept, the seed decides, NumPy draws the same."""

import math

import numpy as np
import pytest

import scalarnn as nn


def bowl(theta):
    return (theta[0] - 1) ** 2 + (theta[1] + 2) ** 2


def tried(search, *arguments, **settings):
    """What a search tried, in order, beside what it returns."""
    tries = []

    def loss(theta):
        tries.append(list(theta))
        return bowl(theta)

    return tries, search(loss, *arguments, **settings)


def test_the_best_of_all_tries_is_kept():
    tries, (best, L, history) = tried(nn.random_search, 2, 200, seed=3, scale=2)
    assert len(tries) == len(history) == 200
    assert min(bowl(theta) for theta in tries) == L
    assert best == min(tries, key=bowl)
    assert history == [min(bowl(theta) for theta in tries[: t + 1]) for t in range(200)]


def test_an_adjustment_starts_from_the_best_so_far():
    start = [5.0, 5.0]
    tries, (best, L, history) = tried(nn.random_adjustment, start, 200, seed=3, scale=0.5)
    assert tries[0] == start == [5.0, 5.0]
    assert len(tries) == 201
    assert L == bowl(best) == min(bowl(theta) for theta in tries)
    assert history == [min(bowl(theta) for theta in tries[: t + 2]) for t in range(200)]
    rng = np.random.RandomState(3)
    lowest = np.array(start)
    for theta in tries[1:]:
        candidate = lowest + 0.5 * rng.randn(2)
        assert theta == candidate.tolist()
        if bowl(candidate) < bowl(lowest):
            lowest = candidate
    assert best == lowest.tolist()


def test_numpy_draws_the_same_tries():
    tries, _ = tried(nn.random_search, 2, 50, seed=7, scale=0.25)
    rng = np.random.RandomState(7)
    assert tries == [(0.25 * rng.randn(2)).tolist() for _ in range(50)]


@pytest.mark.parametrize("search", [nn.random_search, nn.random_adjustment])
def test_the_seed_decides(search):
    first = 2 if search is nn.random_search else [0.0, 0.0]
    assert search(bowl, first, 30, 1) == search(bowl, first, 30, 1)
    assert search(bowl, first, 30, 1)[0] != search(bowl, first, 30, 2)[0]


def test_improvements_add_up():
    """Strategy 2 gets far below strategy 1 with as many tries, and gradient descent below both with fewer."""
    _, random, _ = nn.random_search(bowl, 2, 1000, seed=0)
    _, adjusted, _ = nn.random_adjustment(bowl, [0.0, 0.0], 1000, seed=0, scale=0.05)
    theta = [0.0, 0.0]
    for _ in range(100):
        theta = nn.gradient_descent_step(theta, nn.squared_error_gradient(theta, [1.0, -2.0]), 0.25)
    assert bowl(theta) < adjusted / 1000
    assert adjusted < random / 10


def test_nothing_better_leaves_the_start():
    start = [1.0, -2.0]
    best, L, history = nn.random_adjustment(bowl, start, 20, seed=0)
    assert (best, L, history) == (start, 0.0, [0.0] * 20)
    assert best is not start
    flat = nn.random_adjustment(lambda _: 1.0, start, 20, seed=0)
    assert flat == (start, 1.0, [1.0] * 20)


def test_the_first_of_equals_is_kept():
    best, L, _ = nn.random_search(lambda _: 1.0, 3, 10, seed=5)
    assert best == np.random.RandomState(5).randn(3).tolist()
    assert L == 1.0


def test_infinite_losses_are_only_bad():
    def loss(theta):
        return bowl(theta) if theta[0] > 0 else math.inf

    _, L, history = nn.random_search(loss, 2, 100, seed=0)
    assert math.inf > L
    assert history[-1] == L
    best, _, _ = nn.random_adjustment(loss, [-0.1, 0.0], 100, seed=0)
    assert best[0] > 0


def test_a_loss_that_changes_its_argument_does_no_harm():
    def loss(theta):
        L = bowl(theta)
        theta[0] = 1e9
        return L

    best, L, _ = nn.random_search(loss, 2, 20, seed=0)
    assert bowl(best) == L
    start = [5.0, 5.0]
    best, L, _ = nn.random_adjustment(loss, start, 20, seed=0)
    assert bowl(best) == L
    assert start == [5.0, 5.0]


def test_the_neuron_of_the_slides():
    """`002`: x = (1, −2, 3), the loss (relu(w·x + b) − 0)², from w = (−3, −1, 2), b = 1."""

    def loss(theta):
        return nn.squared_error([nn.relu(nn.neuron_forward([1, -2, 3], theta[:3], theta[3]))], [0])

    best, L, history = nn.random_adjustment(loss, [-3, -1, 2, 1], 200, seed=0, scale=0.1)
    assert loss([-3, -1, 2, 1]) == 36
    assert history[0] <= 36
    assert L == 0 == loss(best)


def nan_at(n):
    calls = []

    def loss(theta):
        calls.append(theta)
        return math.nan if len(calls) > n else 1.0

    return loss


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: nn.random_search("L", 2, 3, 0), TypeError, "loss is 'L', a str: expected a function of a list of"),
        (lambda: nn.random_search(bowl, 0, 3, 0), ValueError, "n_parameters is 0: expected a whole number from 1 up"),
        (lambda: nn.random_search(bowl, 2, 0, 0), ValueError, "n_tries is 0: expected a whole number from 1 up"),
        (lambda: nn.random_search(bowl, 2, 3, 0, scale=0), ValueError, "scale is 0: expected a number above 0"),
        (lambda: nn.random_search(bowl, 2, 3, 0.5), TypeError, "seed is 0.5, a float: expected a whole number"),
        (lambda: nn.random_search(nan_at(2), 2, 9, 0), ValueError, "loss(theta) at try 2 is nan: expected a number"),
        (lambda: nn.random_search(lambda _: "1", 2, 9, 0), TypeError, "loss(theta) at try 0 is '1', a str: expected"),
        (lambda: nn.random_adjustment(None, [1], 3, 0), TypeError, "loss is None: expected a function"),
        (lambda: nn.random_adjustment(bowl, [], 3, 0), ValueError, "theta is empty: expected at least one entry"),
        (lambda: nn.random_adjustment(bowl, [1, None], 3, 0), TypeError, "theta[1] is None: expected a number"),
        (lambda: nn.random_adjustment(bowl, [1, 1], 1.5, 0), TypeError, "n_tries is 1.5, a float: expected a whole"),
        (
            lambda: nn.random_adjustment(bowl, [1, 1], 3, -1),
            ValueError,
            "seed is -1: expected a whole number from 0 to",
        ),
        (lambda: nn.random_adjustment(bowl, [1, 1], 3, 0, -1), ValueError, "scale is -1: expected a number above 0"),
        (lambda: nn.random_adjustment(nan_at(0), [1], 3, 0), ValueError, "loss(theta) at the start is nan: expected"),
        (lambda: nn.random_adjustment(nan_at(1), [1], 3, 0), ValueError, "loss(theta) at try 0 is nan: expected"),
    ],
)
def test_wrong_arguments(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value).startswith(message)
