"""Numbers at the edge: one test, or more, for each row of the design's table of inputs and answers."""

import math
from fractions import Fraction

import pytest

import scalarnn as nn

INF = math.inf
NAN = math.nan


def refuses(error, message, function, *arguments):
    with pytest.raises(error) as caught:
        function(*arguments)
    assert str(caught.value) == message


# ---- logits ±1e308 ---------------------------------------------------------------------------------------------------


def test_huge_logits_give_certain_probabilities():
    assert nn.softmax([1e308, -1e308]) == [1.0, 0.0]
    assert nn.softmax([-1e308, 1e308]) == [0.0, 1.0]


def test_huge_logits_and_the_wrong_label():
    assert nn.softmax_cross_entropy([1e308, -1e308], [0, 1]) == INF
    assert nn.softmax_cross_entropy_gradient([1e308, -1e308], [0, 1]) == [1.0, -1.0]
    assert nn.softmax_cross_entropy_index([1e308, -1e308], 1) == INF
    assert nn.softmax_cross_entropy_index_gradient([1e308, -1e308], 1) == [1.0, -1.0]


def test_huge_logits_and_the_right_label():
    assert nn.softmax_cross_entropy([1e308, -1e308], [1, 0]) == 0.0
    assert nn.softmax_cross_entropy_gradient([1e308, -1e308], [1, 0]) == [0.0, 0.0]
    assert nn.softmax_cross_entropy_index([1e308, -1e308], 0) == 0.0
    assert nn.softmax_cross_entropy_index_gradient([1e308, -1e308], 0) == [0.0, 0.0]


# ---- NaN or +inf among logits; all −inf ------------------------------------------------------------------------------

OF_LOGITS = [
    nn.softmax,
    nn.log_sum_exp,
    lambda z: nn.softmax_cross_entropy(z, [0, 1, 0]),
    lambda z: nn.softmax_cross_entropy_gradient(z, [0, 1, 0]),
    lambda z: nn.softmax_cross_entropy_index(z, 1),
    lambda z: nn.softmax_cross_entropy_index_gradient(z, 1),
    nn.Softmax().forward,
    lambda z: nn.Softmax().backward([1.0, 2.0, 3.0], z),
]


@pytest.mark.parametrize("function", OF_LOGITS)
@pytest.mark.parametrize("index", [0, 1, 2])
def test_nan_or_infinity_among_logits_names_the_index(function, index):
    for bad in (NAN, INF):
        z = [0.0, 1.0, 2.0]
        z[index] = bad
        refuses(ValueError, f"z[{index}] is {bad}: expected a finite number or -inf", function, z)


@pytest.mark.parametrize("function", OF_LOGITS)
def test_every_class_ruled_out(function):
    message = "z[0] to z[2] are all -inf: expected at least one finite logit"
    refuses(ValueError, message, function, [-INF, -INF, -INF])


# ---- some −inf logits ------------------------------------------------------------------------------------------------


def test_a_class_ruled_out_has_probability_zero():
    assert nn.softmax([-INF, 0.0, 0.0]) == [0.0, 0.5, 0.5]
    assert nn.softmax([0.0, -INF, -1e308]) == [1.0, 0.0, 0.0]
    assert nn.log_sum_exp([-INF, 0.0]) == 0.0


def test_terms_without_weight_are_skipped():
    z, y = [-INF, 0.0, 0.0], [0, 0.5, 0.5]
    assert nn.softmax_cross_entropy(z, y) == math.log(2)
    assert nn.softmax_cross_entropy_gradient(z, y) == [0.0, 0.0, 0.0]
    assert nn.softmax_cross_entropy_index(z, 1) == math.log(2)
    assert nn.cross_entropy([0.0, 0.5, 0.5], y) == math.log(2)
    assert nn.cross_entropy_gradient([0.0, 0.5, 0.5], y) == [0, -1.0, -1.0]
    assert nn.binary_cross_entropy([0.0, 1.0, 0.5], [0, 1, 1]) == math.log(2) / 3


# ---- p = 0 where y > 0 -----------------------------------------------------------------------------------------------


def test_probability_zero_of_the_true_class_costs_infinity():
    assert nn.softmax_cross_entropy([-INF, 0.0], [1, 0]) == INF
    assert nn.softmax_cross_entropy([-INF, 0.0], [0.25, 0.75]) == INF
    assert nn.softmax_cross_entropy_index([-INF, 0.0], 0) == INF
    assert nn.softmax_cross_entropy_gradient([-INF, 0.0], [1, 0]) == [-1.0, 1.0]
    assert nn.softmax_cross_entropy_index_gradient([-INF, 0.0], 0) == [-1.0, 1.0]
    assert nn.cross_entropy([0.0, 1.0], [1, 0]) == INF
    assert nn.cross_entropy_index([0.0, 1.0], 0) == INF
    assert nn.binary_cross_entropy([0.0], [1]) == INF


def test_clipping_is_a_function_of_its_own():
    assert nn.clipped_cross_entropy([0.0, 1.0], [1, 0]) == -math.log(1e-7)
    assert nn.clipped_cross_entropy_index([0.0, 1.0], 0) == -math.log(1e-7)
    assert nn.clipped_cross_entropy_gradient([0.0, 1.0], [1, 0]) == [0, 0]


# ---- z = −746 for the true class -------------------------------------------------------------------------------------


def test_a_logit_whose_exponential_is_zero():
    assert math.exp(-746) == 0
    assert nn.softmax_cross_entropy([0.0, -746.0], [0, 1]) == 746.0
    assert nn.softmax_cross_entropy_gradient([0.0, -746.0], [0, 1]) == [1.0, -1.0]
    assert nn.softmax_cross_entropy_index([0.0, -746.0], 1) == 746.0
    assert nn.softmax_cross_entropy_index_gradient([0.0, -746.0], 1) == [1.0, -1.0]


# ---- sigmoid(−800) ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("z", [-800.0, -800, -1e308, -INF])
def test_sigmoid_does_not_overflow(z):
    with pytest.raises(OverflowError):
        math.exp(800)
    assert nn.sigmoid(z) == 0.0
    assert nn.sigmoid(-z) == 1.0
    assert nn.sigmoid_derivative(z) == nn.sigmoid_derivative(-z) == 0.0
    assert nn.tanh(z) == -1.0
    assert nn.tanh(-z) == 1.0
    assert nn.tanh_derivative(z) == nn.tanh_derivative(-z) == 0.0


# ---- empty batch, empty layer, zero sizes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "function", "arguments"),
    [
        ("X", nn.batch_forward, ([], [[1]], [1])),
        ("X[0]", nn.batch_forward, ([[]], [[1]], [1])),
        ("X", nn.batch_backward, ([], [], [[1]])),
        ("X", nn.batch_backward_sum, ([], [], [[1]])),
        ("L_n", nn.mean_over_samples, ([],)),
        ("W", nn.layer_forward, ([1], [], [])),
        ("W[0]", nn.Layer, ([[]], [1])),
        ("W", nn.Layer, ([], [])),
        ("x", nn.layer_forward, ([], [[]], [1])),
        ("w", nn.Neuron, ([], 1)),
        ("layers", nn.Network, ([],)),
        ("Ws", nn.network_forward, ([1], [], [], [])),
        ("z", nn.softmax, ([],)),
        ("z", nn.ReLU().forward, ([],)),
        ("y_hat", nn.mean_squared_error, ([], [])),
        ("y_hat", nn.cross_entropy, ([], [])),
        ("y_hat", nn.predicted_class, ([],)),
        ("A", nn.transpose, ([],)),
        ("A[0]", nn.transpose, ([[]],)),
    ],
)
def test_nothing_at_all(name, function, arguments):
    refuses(ValueError, f"{name} is empty: expected at least one entry", function, *arguments)


def test_zero_classes():
    refuses(ValueError, "n_classes is 0: expected a whole number from 1 up", nn.one_hot, 0, 0)


# ---- label out of range, −1, bool, float -----------------------------------------------------------------------------

OF_LABEL = [
    lambda label: nn.one_hot(label, 3),
    lambda label: nn.softmax_cross_entropy_index([0.0, 1.0, 2.0], label),
    lambda label: nn.softmax_cross_entropy_index_gradient([0.0, 1.0, 2.0], label),
    lambda label: nn.cross_entropy_index([0.25, 0.5, 0.25], label),
    lambda label: nn.cross_entropy_index_gradient([0.25, 0.5, 0.25], label),
    lambda label: nn.clipped_cross_entropy_index([0.25, 0.5, 0.25], label),
    lambda label: nn.clipped_cross_entropy_index_gradient([0.25, 0.5, 0.25], label),
]


@pytest.mark.parametrize("function", OF_LABEL)
@pytest.mark.parametrize(
    ("label", "error", "message"),
    [
        (3, ValueError, "label is 3: expected a class index from 0 to 2"),
        (10**30, ValueError, f"label is {10**30}: expected a class index from 0 to 2"),
        (-1, ValueError, "label is -1: expected a class index from 0 to 2"),
        (True, TypeError, "label is True, a bool: expected an int, a class index from 0 to 2"),
        (False, TypeError, "label is False, a bool: expected an int, a class index from 0 to 2"),
        (1.0, TypeError, "label is 1.0, a float: expected an int, a class index from 0 to 2"),
        (NAN, TypeError, "label is nan, a float: expected an int, a class index from 0 to 2"),
        ("cat", TypeError, "label is 'cat', a str: expected an int, a class index from 0 to 2"),
        (None, TypeError, "label is None: expected an int, a class index from 0 to 2"),
        ([0, 1, 0], TypeError, "label is [0, 1, 0], a list: expected an int, a class index from 0 to 2"),
        (Fraction(1), TypeError, "label is Fraction(1, 1), a Fraction: expected an int, a class index from 0 to 2"),
    ],
)
def test_wrong_label(function, label, error, message):
    refuses(error, message, function, label)


# ---- Σy ≠ 1 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "function",
    [
        nn.softmax_cross_entropy,
        nn.softmax_cross_entropy_gradient,
        nn.cross_entropy,
        nn.cross_entropy_gradient,
        nn.clipped_cross_entropy,
        nn.clipped_cross_entropy_gradient,
    ],
)
@pytest.mark.parametrize(
    ("y", "total"), [([1, 1], "2"), ([0, 0], "0"), ([0.5, 0.25], "0.75"), ([Fraction(1, 2), Fraction(1, 3)], "5/6")]
)
def test_labels_that_do_not_sum_to_one(function, y, total):
    refuses(ValueError, f"y sums to {total}: expected 1, give or take 1e-6", function, [0.5, 0.5], y)


# ---- relu(±0.0) ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_relu_of_zero(zero):
    assert math.copysign(1, nn.relu(zero)) == 1
    assert nn.relu(zero) == 0
    assert nn.relu_derivative(zero) == 0
    assert nn.ReLU().forward([zero]) == [0]
    assert nn.ReLU().backward([5.0], [zero]) == [0]


# ---- 5e-324 ----------------------------------------------------------------------------------------------------------

TINY = 5e-324


def test_the_smallest_number_is_kept():
    assert nn.neuron_forward([TINY], [1.0], 0.0) == TINY
    assert nn.neuron_forward([1.0], [TINY], 0.0) == TINY
    assert nn.neuron_forward([1.0], [0.0], TINY) == TINY
    assert nn.neuron_backward(TINY, [1.0], [2.0]) == ([TINY], TINY, [2 * TINY])
    assert nn.layer_forward([TINY, 0.0], [[1.0, 1.0]], [0.0]) == [TINY]
    assert nn.layer_backward([TINY], [1.0], [[1.0]]) == ([[TINY]], [TINY], [TINY])
    assert nn.batch_backward_sum([[TINY]], [[1.0]], [[1.0]]) == ([[TINY]], [TINY], [[TINY]])
    assert nn.relu(TINY) == TINY
    assert nn.relu_derivative(TINY) == 1
    assert nn.leaky_relu(TINY) == TINY
    assert nn.tanh(TINY) == TINY
    assert nn.identity(-TINY) == -TINY
    assert nn.gradient_descent_step(TINY, TINY, 1.0) == 0.0
    assert nn.squared_error_gradient([TINY], [0.0]) == [2 * TINY]
    assert nn.half_squared_error_gradient([TINY], [0.0]) == [TINY]
    assert nn.mean_absolute_error([TINY], [0.0]) == TINY
    assert nn.mean_absolute_error_gradient([TINY], [0.0]) == [1.0]
    assert nn.cross_entropy([TINY, 1.0], [1, 0]) == -math.log(TINY)
    assert nn.predicted_class([0.0, TINY]) == 1
    assert nn.transpose([[TINY]]) == [[TINY]]
