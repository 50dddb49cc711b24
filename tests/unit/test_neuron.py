"""One neuron, with the figures of the neuron in `002` and `003`: x = (1, −2, 3), w = (−3, −1, 2), b = 1."""

from fractions import Fraction

import pytest

from scalarnn import Identity, LeakyReLU, Neuron, ReLU, neuron_backward, neuron_forward, weighted_sum
from tests.unit.exact import fractions, is_exact

X = [1, -2, 3]
W = [-3, -1, 2]


def test_weighted_sum_multiplies_pairwise_and_adds():
    assert weighted_sum([1, -2, 3], [-3, -1, 2]) == 1 * -3 + -2 * -1 + 3 * 2 == 5


def test_weighted_sum_of_one_input():
    assert weighted_sum([7], [3]) == 21


def test_forward_adds_the_bias():
    assert neuron_forward(X, W, 1) == 6
    assert neuron_forward(X, W, -1) == 4


def test_backward_with_distinct_figures():
    dL_dw, dL_db, dL_dx = neuron_backward(dL_dz=12, x=X, w=W)
    assert dL_dw == [12, -24, 36]
    assert dL_db == 12
    assert dL_dx == [-36, -12, 24]


def test_integers_stay_integers():
    assert repr(neuron_forward(X, W, 1)) == "6"
    assert repr(neuron_backward(12, X, W)) == "([12, -24, 36], 12, [-36, -12, 24])"


def test_fractions_stay_exact():
    x, w, b = fractions(X), [Fraction(1, 3), Fraction(1, 7), Fraction(-1, 5)], Fraction(1, 2)
    z = neuron_forward(x, w, b)
    assert z == Fraction(1, 3) - Fraction(2, 7) - Fraction(3, 5) + Fraction(1, 2) == Fraction(-11, 210)
    assert is_exact(z)
    assert is_exact(weighted_sum(x, w))
    gradients = neuron_backward(Fraction(2, 3), x, w)
    assert gradients == (
        [Fraction(2, 3), Fraction(-4, 3), 2],
        Fraction(2, 3),
        [Fraction(2, 9), Fraction(2, 21), Fraction(-2, 15)],
    )
    assert is_exact(gradients)


def test_sum_starts_at_nothing_and_adds_in_order():
    # (0.1 + 0.2) + 0.3, not 0.1 + (0.2 + 0.3), and no compensated sum
    assert weighted_sum([0.1, 0.2, 0.3], [1.0, 1.0, 1.0]) == 0.6000000000000001


def test_object_keeps_every_step():
    neuron = Neuron(W, 1, ReLU())
    assert neuron.forward(X) == 6
    assert (neuron.x, neuron.z, neuron.a) == (X, 6, 6)
    assert neuron.backward(12) == [-36, -12, 24]
    assert neuron.dL_dz == 12
    assert neuron.dL_dw == [12, -24, 36]
    assert neuron.dL_db == 12
    assert neuron.dL_dx == [-36, -12, 24]


def test_inactive_relu_lets_nothing_through():
    neuron = Neuron(W, -6, ReLU())
    assert neuron.forward(X) == 0
    assert neuron.z == -1
    assert neuron.backward(12) == [0, 0, 0]
    assert (neuron.dL_dz, neuron.dL_dw, neuron.dL_db) == (0, [0, 0, 0], 0)


def test_leaky_relu_lets_its_slope_through():
    neuron = Neuron(W, -6, LeakyReLU(slope=0.5))
    assert neuron.forward(X) == -0.5
    assert neuron.backward(12) == [-18.0, -6.0, 12.0]


@pytest.mark.parametrize("activation", [None, Identity()])
def test_without_activation_a_is_z(activation):
    neuron = Neuron(W, -6, activation)
    assert neuron.forward(X) == -1
    assert (neuron.z, neuron.a) == (-1, -1)
    assert neuron.backward(12) == [-36, -12, 24]
    assert neuron.dL_dz == 12


def test_object_owns_copies():
    w, x = list(W), list(X)
    neuron = Neuron(w, 1)
    neuron.forward(x)
    w[0] = x[0] = 99
    assert neuron.w == W
    assert neuron.x == X


def test_object_in_fractions():
    neuron = Neuron(fractions(W), Fraction(1, 2), ReLU())
    assert is_exact(neuron.forward(fractions(X)))
    assert is_exact(neuron.backward(Fraction(1, 3)))
    assert is_exact([neuron.dL_dz, neuron.dL_dw, neuron.dL_db])
    assert neuron.dL_db == Fraction(1, 3)


def test_backward_before_forward():
    with pytest.raises(RuntimeError, match=r"^backward before forward: call forward\(x\) first$"):
        Neuron(W, 1).backward(1)


def test_backward_after_other_weights():
    neuron = Neuron(W, 1)
    neuron.forward(X)
    neuron.w = [5, 5, 5]
    before = dict(vars(neuron))
    with pytest.raises(RuntimeError, match=r"^backward after w has changed: call forward\(x\) first$"):
        neuron.backward(1)
    assert vars(neuron) == before
    neuron.forward(X)
    assert neuron.backward(1) == [5, 5, 5]


def test_the_bias_may_be_assigned_between_the_passes():
    neuron = Neuron(W, 1)
    neuron.forward(X)
    neuron.b = 0
    assert neuron.backward(12) == [-36, -12, 24]


def test_every_attribute_is_there_from_the_start():
    neuron = Neuron(W, 1)
    names = ["x", "z", "a", "dL_dz", "dL_dw", "dL_db", "dL_dx"]
    assert [getattr(neuron, name) for name in names] == [None] * len(names)
    there = set(vars(neuron))
    neuron.forward([1, 2, 3])
    neuron.backward(1)
    assert set(vars(neuron)) == there


def test_weights_assigned_later_are_blamed_when_they_are_wrong():
    neuron = Neuron(W, 1)
    neuron.w = 5
    with pytest.raises(TypeError, match=r"^w is 5, an int: expected a list$"):
        neuron.forward(X)


def test_no_activation_is_the_default():
    assert Neuron(W, 1).activation is None


def test_repr():
    assert repr(Neuron(W, 1, ReLU())) == "Neuron(w=[-3, -1, 2], b=1, activation=ReLU())"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1, 2], [1], 0), ValueError, "w has length 1: expected 2, one weight for each input of x"),
        (([1], [1, 2], 0), ValueError, "w has length 2: expected 1, one weight for each input of x"),
        (([], [], 0), ValueError, "x is empty: expected at least one entry"),
        (([1], [], 0), ValueError, "w is empty: expected at least one entry"),
        (([1], [1], None), TypeError, "b is None: expected a number"),
        (([1], [1], float("nan")), ValueError, "b is nan: expected a finite number"),
        (([1, "2"], [1, 2], 0), TypeError, "x[1] is '2', a str: expected a number"),
        (([1, 2], [1, True], 0), TypeError, "w[1] is True, a bool: expected a number"),
    ],
)
def test_forward_says_what_is_wrong(arguments, error, message):
    with pytest.raises(error) as caught:
        neuron_forward(*arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((None, [1], [1]), TypeError, "dL_dz is None: expected a number"),
        ((float("inf"), [1], [1]), ValueError, "dL_dz is inf: expected a finite number"),
        ((1, [1, 2], [1]), ValueError, "w has length 1: expected 2, one weight for each input of x"),
        ((1, [1, [2]], [1, 2]), TypeError, "x[1] is [2], a list: expected a number"),
        ((1, [1], [None]), TypeError, "w[0] is None: expected a number"),
    ],
)
def test_backward_says_what_is_wrong(arguments, error, message):
    with pytest.raises(error) as caught:
        neuron_backward(*arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([], 0), ValueError, "w is empty: expected at least one entry"),
        (([1], "0"), TypeError, "b is '0', a str: expected a number"),
        (
            ([1], 0, "relu"),
            TypeError,
            "activation is 'relu', a str: expected None or an object such as ReLU(); did you mean ReLU()?",
        ),
    ],
)
def test_constructor_says_what_is_wrong(arguments, error, message):
    with pytest.raises(error) as caught:
        Neuron(*arguments)
    assert str(caught.value) == message


def test_class_instead_of_object_as_activation():
    with pytest.raises(TypeError, match=r"^activation is the class ReLU: expected an object, ReLU\(\)$"):
        Neuron(W, 1, ReLU)


def test_failed_forward_keeps_the_last_one():
    neuron = Neuron(W, 1, ReLU())
    neuron.forward(X)
    neuron.backward(12)
    before = dict(vars(neuron))
    with pytest.raises(ValueError, match=r"^x has length 2: expected 3, one input for each weight$"):
        neuron.forward([1, 2])
    with pytest.raises(TypeError, match=r"^dL_da is None: expected a number$"):
        neuron.backward(None)
    with pytest.raises(ValueError, match=r"^dL_da is nan: expected a finite number$"):
        neuron.backward(float("nan"))
    assert vars(neuron) == before


def test_a_wrong_entry_of_the_input_of_a_neuron_is_named():
    neuron = Neuron([1, 2], 0)
    with pytest.raises(TypeError, match=r"^x\[1\] is 'two', a str: expected a number"):
        neuron.forward([1, "two"])
    with pytest.raises(ValueError, match=r"^x\[0\] is nan: expected a finite number"):
        neuron.forward([float("nan"), 1])
