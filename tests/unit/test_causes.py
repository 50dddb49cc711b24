"""The cause that is named when numbers run away: each run has one, and undoing it is tried before it is named."""

import math

import pytest

from scalarnn import (
    Adam,
    ExponentialDecay,
    GradientDescent,
    HalfL2Penalty,
    L2Penalty,
    Layer,
    Momentum,
    Network,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    dense_network,
    one_hot,
    sigmoid_cross_entropy,
)
from scalarnn import causes as causes_module
from scalarnn.datasets import Standardisation, load_penguins, moons_data
from scalarnn.training import NonFiniteLossError, train

INPUTS = "bring them to about 1, as scalarnn.datasets.Standardisation does"
LINE = [[float(k)] for k in range(100, 140)]
LINE_TARGETS = [[2 * x[0] + 1] for x in LINE]
SMALL_LINE = [[(x[0] - 120) / 11] for x in LINE]
MOONS, MOON_LABELS = moons_data(30, 0.1, 0)


def cause(network, X, targets, optimizer, **settings):
    with pytest.raises(NonFiniteLossError) as caught:
        train(network, X, targets, optimizer, progress=False, **settings)
    text = str(caught.value)
    return text[text.index("Likely cause: ") + len("Likely cause: ") : text.index(". The network's parameters")]


def one(w, b=0.0, activation=None):
    return Network([Layer([[w]], [b], activation)])


def moons_network():
    return dense_network([2, 8, 2], [ReLU(), None], seed=0)


def squared(network, X, targets, optimizer, **settings):
    return cause(network, X, targets, optimizer, loss="squared_error", epochs=600, **settings)


# ---- before any step -------------------------------------------------------------------------------------------------


def saturated(network, X, targets):
    """Sigmoid and log: the true loss is 50, and what is computed is infinite."""
    found, dot, rounding = cause(network, X, targets, GradientDescent(0.1), loss="binary_cross_entropy").partition(
        ". It is lost by rounding: "
    )
    Z = Network([Layer(network.layers[0].W, network.layers[0].b)]).forward_batch(X) if dot else []
    if dot:
        L = sum(sigmoid_cross_entropy(z, y) for z, y in zip(Z, targets, strict=True)) / len(X)
        cure = "give the last layer no activation and take loss='sigmoid_cross_entropy', which is"
        assert rounding == f"{cure} {L:.4g} here"
    return found


def test_inputs_of_50_with_weights_of_1_are_the_inputs():
    assert saturated(one(1.0, 0.0, Sigmoid()), [[50.0]], [[0]]) == f"inputs as large as 50; {INPUTS}"
    X, targets = [[50.0], [-50.0], [45.0]], [[0], [0], [1]]
    assert saturated(one(1.0, 0.0, Sigmoid()), X, targets) == f"inputs as large as 50; {INPUTS}"


def test_weights_of_50_with_inputs_of_1_are_the_weights():
    expected = "weights as large as 50 before any step; draw smaller ones"
    assert saturated(one(50.0, 0.0, Sigmoid()), [[1.0], [0.5]], [[0], [1]]) == expected


def test_a_bias_of_50_is_the_bias():
    expected = "biases as large as 50 before any step; begin with 0"
    assert saturated(one(1.0, 50.0, Sigmoid()), [[1.0], [0.5]], [[0], [1]]) == expected


def test_two_causes_at_once_get_an_answer():
    assert saturated(one(1e200, 0.0, Sigmoid()), [[1e200]], [[0]]).startswith("inputs as large as 1e+200")


def test_samples_to_judge_by_may_be_the_cause():
    found = cause(moons_network(), MOONS, MOON_LABELS, Adam(0.02), epochs=2, validation=([[1e308, 1e308]], [0]))
    assert found == f"inputs as large as 1e+308; {INPUTS}"
    network = dense_network([2, 8, 1], [ReLU(), None], seed=0)
    targets = [[label] for label in MOON_LABELS]
    validation = (MOONS[5:9], targets[5:9])
    settings = {"loss": "squared_error", "epochs": 1, "batch_size": 60, "validation": validation}
    found = cause(network, MOONS, targets, GradientDescent(1e160), **settings)
    assert found.startswith("too large a learning rate in GradientDescent(learning_rate=1e+160); ")


# ---- after some steps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [GradientDescent, Momentum])
def test_a_rate_that_would_do_for_small_inputs_is_not_blamed(kind):
    found = squared(one(0.1), LINE, LINE_TARGETS, kind(0.01))
    assert found == f"inputs as large as 139; {INPUTS}"
    found = train(one(0.1), SMALL_LINE, LINE_TARGETS, kind(0.01), loss="squared_error", epochs=5, progress=False)
    assert found.stopped == "all epochs"  # the advice is true


def test_a_rate_that_is_too_large_for_small_inputs_is_and_the_advice_helps():
    found = squared(one(0.1), SMALL_LINE, LINE_TARGETS, GradientDescent(5.0))
    assert found.startswith(
        "too large a learning rate in GradientDescent(learning_rate=5.0); the weights have grown to "
    )
    rate = float(found.split("in a trial with ")[1].split(" ")[0])
    assert rate == 0.5
    history = train(
        one(0.1), SMALL_LINE, LINE_TARGETS, GradientDescent(rate), loss="squared_error", epochs=99, progress=False
    )
    assert history.epochs[-1].loss < history.epochs[0].loss


def test_inputs_and_a_rate_that_are_both_too_large_are_both_named():
    penguins = load_penguins()
    targets = [one_hot(label, 3) for label in penguins.labels]
    network = dense_network([4, 8, 3], [ReLU(), None], seed=0)
    found = squared(network, penguins.X, targets, GradientDescent(50.0))
    assert found.startswith("inputs as large as 6.3e+03 and too large a learning rate in GradientDescent(")
    assert INPUTS in found
    rate = float(found.split("and try ")[1])
    X = Standardisation(penguins.X).apply(penguins.X)
    network = dense_network([4, 8, 3], [ReLU(), None], seed=0)
    history = train(network, X, targets, GradientDescent(rate), loss="squared_error", epochs=20, progress=False)
    assert history.epochs[-1].loss < 0.2 < history.epochs[0].loss


@pytest.mark.parametrize("rate", [1e160, 1e200, 1e300])
def test_a_rate_beyond_all_measure_gets_advice_of_use(rate):
    found = squared(one(0.1), SMALL_LINE, LINE_TARGETS, GradientDescent(rate))
    assert 1e-3 <= float(found.split("in a trial with ")[1].split(" ")[0]) <= 1
    found = cause(moons_network(), MOONS, MOON_LABELS, Adam(ExponentialDecay(rate, 0.9)), epochs=99)
    assert 1e-3 <= float(found.split("in a trial with ")[1].split(" ")[0]) <= 10


def test_targets_are_named_if_they_are_it():
    network = dense_network([1, 16, 1], [ReLU(), None], seed=0)
    targets = [[x[0] * 1e6] for x in SMALL_LINE]
    assert squared(network, SMALL_LINE, targets, GradientDescent(0.01)) == (
        "targets as large as 1.82e+06; bring them to about 1"
    )


def test_large_targets_are_not_named_if_they_are_not():
    targets = [[5000.0 + x[0]] for x in SMALL_LINE]
    assert "learning rate" in squared(one(0.1), SMALL_LINE, targets, GradientDescent(30.0))


def test_a_penalty_alone_and_with_the_rate():
    found = cause(moons_network(), MOONS, MOON_LABELS, GradientDescent(0.1), epochs=600, penalty=L2Penalty(50.0))
    both = "GradientDescent(learning_rate=0.1) or too strong a penalty in L2Penalty(strength=50.0)"
    assert found.startswith(f"too large a learning rate in {both}; ")
    found = cause(moons_network(), MOONS, MOON_LABELS, GradientDescent(0.1), epochs=600, penalty=HalfL2Penalty(1e5))
    assert found == "too strong a penalty, HalfL2Penalty(strength=100000.0); those of use are far below 1"
    found = squared(one(0.1), SMALL_LINE, LINE_TARGETS, GradientDescent(5.0), penalty=HalfL2Penalty(0.001))
    assert "penalty" not in found  # it does no harm here


# ---- what cannot be tried --------------------------------------------------------------------------------------------


class Own(GradientDescent):
    """An optimizer of one's own, which nobody knows how to make again."""

    def __init__(self, secret):
        super().__init__(secret)


def test_an_optimizer_of_ones_own_gets_the_cause_by_sizes():
    found = squared(one(0.1), SMALL_LINE, LINE_TARGETS, Own(5.0))
    assert found.endswith(", so try a tenth")


def test_nothing_of_the_training_is_changed_by_a_trial(monkeypatch):
    network, optimizer = one(0.1), Momentum(0.01)
    seen = []
    real = causes_module.likely_cause

    def looked_at(lost):
        before = [layer.W[0][0] for layer in lost.network.layers], repr(vars(lost.optimizer)), repr(lost.X)
        text = real(lost)
        seen.append(
            before == ([layer.W[0][0] for layer in lost.network.layers], repr(vars(lost.optimizer)), repr(lost.X))
        )
        return text

    monkeypatch.setattr("scalarnn.training.likely_cause", looked_at)
    squared(network, LINE, LINE_TARGETS, optimizer)
    assert seen == [True]


def test_many_samples_of_many_features_take_a_moment():
    from time import perf_counter

    X = [[float(i * n % 251) for i in range(100)] for n in range(2000)]
    network = dense_network([100, 50, 1], [Tanh(), None], seed=0)
    begin = perf_counter()
    squared(network, X, [[1.0]] * 2000, GradientDescent(1e200))
    assert perf_counter() - begin < 20


def test_inputs_of_every_size_can_be_standardised():
    for size in (1e-300, 1.0, 1e300):
        X = causes_module._standardised([[size, 3.0], [-size, 3.0]])
        assert X == [[1.0, 0.0], [-1.0, 0.0]]
        assert math.isclose(causes_module._size([[size, -size]]), size)
    assert causes_module._size([[0.0]]) == 0.0


# ---- probabilities that are rounded ----------------------------------------------------------------------------------


def test_a_rounded_probability_is_named_and_the_advice_helps():
    X, targets = [[1.0], [1.1]], [[1], [0]]
    found = cause(one(36.5, 0.0, Sigmoid()), X, targets, GradientDescent(0.01), loss="binary_cross_entropy")
    cure = "give the last layer no activation and take loss='sigmoid_cross_entropy', which is 20.08 here"
    assert found == f"weights as large as 36.5 before any step; draw smaller ones. It is lost by rounding: {cure}"
    settings = {"loss": "sigmoid_cross_entropy", "epochs": 3, "progress": False}
    history = train(one(36.5), X, targets, GradientDescent(0.01), **settings)
    assert history.epochs[0].loss == pytest.approx(20.08, abs=0.01)
    assert history.epochs[-1].loss < history.epochs[0].loss


def test_where_a_trial_finds_nothing_the_rounding_is_the_cause():
    X, targets = [[1.0]] * 20, [[1]] * 19 + [[0]]  # one that says otherwise, and steps up to where σ(z) is 1
    network, optimizer = one(35.0, 0.0, Sigmoid()), GradientDescent(1.0)
    network.layers[0].W = [[37.5]]
    found = causes_module.likely_cause(
        causes_module.Lost(
            network, X, targets, optimizer, None, steps_that_fail, False, False, False, ("sigmoid_cross_entropy", 1.875)
        )
    )
    assert found == (
        "a probability that is rounded to 0 or 1; give the last layer no activation and take "
        "loss='sigmoid_cross_entropy', which is 1.875 here"
    )


def steps_that_fail(*_):
    raise TypeError("no trial")


def test_softmax_at_the_end_is_named_too():
    network = Network([Layer([[400.0], [-400.0]], [0.0, 0.0], Softmax())])
    found = cause(network, [[1.0], [1.0]], [0, 1], GradientDescent(0.1), loss="cross_entropy")
    assert found.endswith("no activation and take loss='softmax_cross_entropy', which is 400 here")


def test_where_scores_run_away_too_rounding_is_not_named():
    found = cause(one(1e200, 0.0, Sigmoid()), [[1e200]], [[0]], GradientDescent(0.1), loss="binary_cross_entropy")
    assert "rounding" not in found
    assert "sigmoid_cross_entropy" not in found
