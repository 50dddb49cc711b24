"""Losses: every convention by hand, with ŷ − y = (2, −4, 4)."""

import math
from fractions import Fraction

import pytest

from scalarnn import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    clipped_cross_entropy,
    clipped_cross_entropy_gradient,
    clipped_cross_entropy_index,
    clipped_cross_entropy_index_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_index,
    cross_entropy_index_gradient,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
    half_squared_error,
    half_squared_error_gradient,
    mean_absolute_error,
    mean_absolute_error_gradient,
    mean_over_samples,
    mean_squared_error,
    mean_squared_error_gradient,
    root_mean_squared_error,
    root_mean_squared_error_gradient,
    sigmoid,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    squared_error,
    squared_error_gradient,
)
from scalarnn.dual import Dual
from scalarnn.float32 import Float32
from scalarnn.losses import CLIP
from tests.unit.exact import fractions, is_exact

INF = math.inf
Y_HAT = [3, 5, 7]
Y = [1, 9, 3]

F = Fraction
FIGURES = [
    (squared_error, squared_error_gradient, F(36), [4, -8, 8]),
    (half_squared_error, half_squared_error_gradient, F(18), [2, -4, 4]),
    (mean_squared_error, mean_squared_error_gradient, F(12), [F(4, 3), F(-8, 3), F(8, 3)]),
    (half_mean_squared_error, half_mean_squared_error_gradient, F(6), [F(2, 3), F(-4, 3), F(4, 3)]),
    (mean_absolute_error, mean_absolute_error_gradient, F(10, 3), [F(1, 3), F(-1, 3), F(1, 3)]),
]


@pytest.mark.parametrize(("loss", "gradient", "L", "dL_dy_hat"), FIGURES)
def test_fractions_give_exact_figures(loss, gradient, L, dL_dy_hat):
    y_hat, y = fractions(Y_HAT), fractions(Y)
    assert loss(y_hat, y) == L
    assert gradient(y_hat, y) == dL_dy_hat
    assert type(loss(y_hat, y)) is Fraction
    assert is_exact(gradient(y_hat, y))


@pytest.mark.parametrize(("loss", "gradient", "L", "dL_dy_hat"), FIGURES)
@pytest.mark.parametrize("kind", [int, float])
def test_numbers_give_the_same_figures(loss, gradient, L, dL_dy_hat, kind):
    y_hat, y = [kind(value) for value in Y_HAT], [kind(value) for value in Y]
    assert loss(y_hat, y) == float(L)
    assert gradient(y_hat, y) == [float(value) for value in dL_dy_hat]


@pytest.mark.parametrize(("loss", "gradient", "L", "dL_dy_hat"), FIGURES)
def test_target_and_prediction_are_not_the_same_thing(loss, gradient, L, dL_dy_hat):
    assert loss(Y, Y_HAT) == float(L)
    assert gradient(Y, Y_HAT) == [-float(value) for value in dL_dy_hat]


def test_root_mean_squared_error():
    # d = (1, 7): mean of squares 25
    assert root_mean_squared_error([1, 8], [0, 1]) == 5.0
    assert root_mean_squared_error_gradient([1, 8], [0, 1]) == [0.1, 0.7]
    assert root_mean_squared_error_gradient([0.25], [0.0]) == [1.0]
    assert root_mean_squared_error_gradient([-1.0, 8.0], [0.0, 1.0]) == [-0.1, 0.7]


def test_root_mean_squared_error_at_its_kink():
    assert root_mean_squared_error([2.0, 3.0], [2.0, 3.0]) == 0.0
    assert root_mean_squared_error_gradient([2.0, 3.0], [2.0, 3.0]) == [0, 0]


@pytest.mark.parametrize("function", [root_mean_squared_error, root_mean_squared_error_gradient])
def test_a_fraction_has_no_root(function):
    with pytest.raises(TypeError, match=r"^a Fraction has no sqrt: "):
        function([F(1), F(8)], [F(0), F(1)])


def test_absolute_error_at_its_kink():
    assert mean_absolute_error([2.0, 3.0, 1.0], [2.0, 5.0, 2.0]) == 1.0
    assert mean_absolute_error_gradient([2.0, 6.0], [2.0, 5.0]) == [0, 0.5]
    assert mean_absolute_error([2, 3], [2, 3]) == 0


def test_mean_over_samples():
    assert mean_over_samples([1.0, 2.0, 6.0]) == 3.0
    assert mean_over_samples([F(1, 2), F(1, 3)]) == F(5, 12)
    assert type(mean_over_samples([F(1, 2), F(1, 3)])) is Fraction
    assert mean_over_samples([7]) == 7
    assert mean_over_samples([1.0, INF]) == INF


# ---- binary cross-entropy --------------------------------------------------------------------------------------------


def test_binary_cross_entropy_by_hand():
    total = math.log(4) + math.log(4 / 3) + math.log(2)
    assert binary_cross_entropy([0.25, 0.25, 0.5], [1, 0, 1]) == pytest.approx(total / 3, rel=1e-15)


def test_binary_cross_entropy_of_soft_targets():
    expected = 0.75 * math.log(4) + 0.25 * math.log(4 / 3)
    assert binary_cross_entropy([0.25], [0.75]) == pytest.approx(expected, rel=1e-15)


def test_binary_cross_entropy_gradient_is_exact():
    dL_dy_hat = binary_cross_entropy_gradient([F(1, 4), F(1, 4), F(1, 4)], [1, 0, F(1, 2)])
    assert dL_dy_hat == [F(-4, 3), F(4, 9), F(-4, 9)]
    assert is_exact(dL_dy_hat)


def test_binary_certainties():
    assert binary_cross_entropy([0.0, 1.0], [0, 1]) == 0
    assert math.copysign(1, binary_cross_entropy([0.0, 1.0], [0, 1])) == 1
    assert binary_cross_entropy([0.0], [1]) == INF
    assert binary_cross_entropy([1.0], [0]) == INF
    assert binary_cross_entropy([0.0], [0.5]) == INF
    assert binary_cross_entropy([0.5, 1.0], [1, 0.5]) == INF
    assert binary_cross_entropy_gradient([0.0, 1.0], [0, 1]) == [0.5, -0.5]


@pytest.mark.parametrize(
    ("y_hat", "y", "message"),
    [
        ([0.5, 0.0], [1, 1], "y_hat[1] is 0 where y[1] is 1"),
        ([1.0], [0], "y_hat[0] is 1 where y[0] is 0"),
        ([0.0], [0.25], "y_hat[0] is 0 where y[0] is 0.25"),
        ([1.0], [0.25], "y_hat[0] is 1 where y[0] is 0.25"),
    ],
)
def test_binary_gradient_of_an_infinite_loss(y_hat, y, message):
    with pytest.raises(ValueError, match="the loss is infinite") as caught:
        binary_cross_entropy_gradient(y_hat, y)
    assert str(caught.value) == (
        f"{message}: the loss is infinite and has no gradient with respect to y_hat; "
        "sigmoid_cross_entropy_gradient has one with respect to z"
    )


# ---- categorical cross-entropy ---------------------------------------------------------------------------------------


def test_cross_entropy_by_hand():
    y_hat = [0.125, 0.25, 0.625]
    assert cross_entropy(y_hat, [1, 0, 0]) == pytest.approx(math.log(8), rel=1e-15)
    assert cross_entropy(y_hat, [0, 1, 0]) == pytest.approx(math.log(4), rel=1e-15)
    assert cross_entropy(y_hat, [0.5, 0.5, 0]) == pytest.approx(0.5 * math.log(8) + 0.5 * math.log(4), rel=1e-15)
    assert cross_entropy_index(y_hat, 0) == pytest.approx(math.log(8), rel=1e-15)
    assert cross_entropy_index(y_hat, 1) == pytest.approx(math.log(4), rel=1e-15)


def test_cross_entropy_gradients_are_exact():
    y_hat = [F(1, 8), F(1, 4), F(5, 8)]
    assert cross_entropy_gradient(y_hat, [F(1, 2), F(0), F(1, 2)]) == [-4, 0, F(-4, 5)]
    assert is_exact(cross_entropy_gradient(y_hat, [F(1, 2), F(0), F(1, 2)]))
    assert cross_entropy_index_gradient(y_hat, 2) == [0, 0, F(-8, 5)]
    assert is_exact(cross_entropy_index_gradient(y_hat, 2))
    assert clipped_cross_entropy_gradient(y_hat, [F(1, 2), F(0), F(1, 2)]) == [-4, 0, F(-4, 5)]
    assert is_exact(clipped_cross_entropy_gradient(y_hat, [F(1, 2), F(0), F(1, 2)]))
    assert clipped_cross_entropy_index_gradient(y_hat, 0) == [-8, 0, 0]
    assert is_exact(clipped_cross_entropy_index_gradient(y_hat, 0))


def test_certain_and_right_costs_plain_zero():
    for L in (cross_entropy([1.0, 0.0], [1, 0]), cross_entropy_index([1.0, 0.0], 0)):
        assert L == 0
        assert math.copysign(1, L) == 1
    assert cross_entropy_gradient([1.0, 0.0], [1, 0]) == [-1.0, 0]


def test_ruled_out_class_costs_infinity():
    assert cross_entropy([1.0, 0.0], [0, 1]) == INF
    assert cross_entropy([1.0, 0.0], [0.75, 0.25]) == INF
    assert cross_entropy_index([1.0, 0.0], 1) == INF


def test_gradient_of_an_infinite_loss():
    with pytest.raises(ValueError, match="has no gradient") as caught:
        cross_entropy_gradient([1.0, 0.0], [0.75, 0.25])
    assert str(caught.value) == (
        "y_hat[1] is 0 where y[1] is 0.25: the loss is infinite and has no gradient with respect to y_hat; "
        "softmax_cross_entropy_gradient has one with respect to z"
    )
    with pytest.raises(ValueError, match="has no gradient") as caught:
        cross_entropy_index_gradient([1.0, 0.0], 1)
    assert str(caught.value) == (
        "y_hat[1] is 0 where the label is 1: the loss is infinite and has no gradient with respect to y_hat; "
        "softmax_cross_entropy_index_gradient has one with respect to z"
    )


# ---- clipped ---------------------------------------------------------------------------------------------------------


def test_clip_is_the_one_of_the_source():
    assert CLIP == 1e-7


def test_clipped_cross_entropy_inside_is_cross_entropy():
    assert clipped_cross_entropy([0.125, 0.25, 0.625], [0, 1, 0]) == pytest.approx(math.log(4), rel=1e-15)
    assert clipped_cross_entropy_index([0.125, 0.25, 0.625], 1) == pytest.approx(math.log(4), rel=1e-15)
    assert clipped_cross_entropy([0.125, 0.25, 0.625], [0.5, 0.5, 0]) == pytest.approx(
        0.5 * math.log(8) + 0.5 * math.log(4), rel=1e-15
    )


def test_clipped_at_both_ends():
    low, high = -math.log(1e-7), -math.log(1 - 1e-7)
    assert clipped_cross_entropy([1.0, 0.0], [0, 1]) == low
    assert clipped_cross_entropy([1.0, 0.0], [1, 0]) == high
    assert clipped_cross_entropy_index([1.0, 0.0], 1) == low
    assert clipped_cross_entropy_index([1.0, 0.0], 0) == high
    assert clipped_cross_entropy([1.0, 0.0], [0.5, 0.5]) == pytest.approx(0.5 * low + 0.5 * high, rel=1e-15)


def test_clipped_just_inside_and_outside():
    for p in (2e-7, 1e-7):
        assert clipped_cross_entropy_index([p, 1 - p], 0) == -math.log(p)
    assert clipped_cross_entropy_index([0.5e-7, 1 - 0.5e-7], 0) == -math.log(1e-7)
    assert clipped_cross_entropy_index([1 - 2e-7, 2e-7], 0) == -math.log(1 - 2e-7)
    assert clipped_cross_entropy_index([1 - 0.5e-7, 0.5e-7], 0) == -math.log(1 - 1e-7)


def test_clipped_gradient_is_flat_outside():
    assert clipped_cross_entropy_gradient([1.0, 0.0], [0, 1]) == [0, 0]
    assert clipped_cross_entropy_gradient([1.0, 0.0], [0.5, 0.5]) == [0, 0]
    assert clipped_cross_entropy_index_gradient([1.0, 0.0], 1) == [0, 0]
    assert clipped_cross_entropy_index_gradient([1.0, 0.0], 0) == [0, 0]
    # at the very edge, and just inside
    assert clipped_cross_entropy_index_gradient([1e-7, 1 - 1e-7], 0) == [0, 0]
    assert clipped_cross_entropy_index_gradient([1e-7, 1 - 1e-7], 1) == [0, 0]
    assert clipped_cross_entropy_gradient([1e-7, 1 - 1e-7], [0.5, 0.5]) == [0, 0]
    assert clipped_cross_entropy_index_gradient([2e-7, 1 - 2e-7], 0) == [-1 / 2e-7, 0]
    assert clipped_cross_entropy_index_gradient([2e-7, 1 - 2e-7], 1) == [0, -1 / (1 - 2e-7)]
    assert clipped_cross_entropy_gradient([2e-7, 1 - 2e-7], [0.5, 0.5]) == [-0.5 / 2e-7, -0.5 / (1 - 2e-7)]


def test_logarithms_of_fractions_are_refused_even_where_clipped():
    for p in (F(1, 3), F(0), F(1)):
        with pytest.raises(TypeError, match=r"^a Fraction has no log: "):
            clipped_cross_entropy_index([p, 1 - p], 0)
    for function in (cross_entropy, clipped_cross_entropy, binary_cross_entropy):
        for p in (F(1, 3), F(0), F(1)):
            with pytest.raises(TypeError, match=r"^a Fraction has no log: "):
                function([p, 1 - p], [F(1, 2), F(1, 2)])
    with pytest.raises(TypeError, match=r"^a Fraction has no log: "):
        cross_entropy_index([F(1, 3), F(2, 3)], 0)


# ---- errors ----------------------------------------------------------------------------------------------------------

REGRESSION = [
    squared_error,
    squared_error_gradient,
    half_squared_error,
    half_squared_error_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
    root_mean_squared_error,
    root_mean_squared_error_gradient,
    mean_absolute_error,
    mean_absolute_error_gradient,
]
BINARY = [binary_cross_entropy, binary_cross_entropy_gradient]
ONE_HOT = [cross_entropy, cross_entropy_gradient, clipped_cross_entropy, clipped_cross_entropy_gradient]
INDEX = [
    cross_entropy_index,
    cross_entropy_index_gradient,
    clipped_cross_entropy_index,
    clipped_cross_entropy_index_gradient,
]


@pytest.mark.parametrize("function", REGRESSION)
@pytest.mark.parametrize(
    ("y_hat", "y", "error", "message"),
    [
        ([1, 2], [1], ValueError, "y_hat has length 2: expected 1, one prediction for each target of y"),
        ([1], [1, 2], ValueError, "y_hat has length 1: expected 2, one prediction for each target of y"),
        ([], [], ValueError, "y_hat is empty: expected at least one entry"),
        ([1], [], ValueError, "y is empty: expected at least one entry"),
        (1, [1], TypeError, "y_hat is 1, an int: expected a list"),
        ([1], 1, TypeError, "y is 1, an int: expected a list"),
        ([1, None], [1, 2], TypeError, "y_hat[1] is None: expected a number"),
        ([1, 2], [1, "2"], TypeError, "y[1] is '2', a str: expected a number"),
        ([1, math.nan], [1, 2], ValueError, "y_hat[1] is nan: expected a finite number"),
        ([1, 2], [-INF, 2], ValueError, "y[0] is -inf: expected a finite number"),
    ],
)
def test_wrong_regression(function, y_hat, y, error, message):
    with pytest.raises(error) as caught:
        function(y_hat, y)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", BINARY)
@pytest.mark.parametrize(
    ("y_hat", "y", "error", "message"),
    [
        ([0.5, 0.5], [1], ValueError, "y_hat has length 2: expected 1, one prediction for each target of y"),
        ([0.5, 1.5], [1, 0], ValueError, "y_hat[1] is 1.5: expected a probability from 0 to 1"),
        ([0.5, -0.1], [1, 0], ValueError, "y_hat[1] is -0.1: expected a probability from 0 to 1"),
        ([0.5, 0.5], [1, 2], ValueError, "y[1] is 2: expected a probability from 0 to 1"),
        ([0.5, math.nan], [1, 0], ValueError, "y_hat[1] is nan: expected a finite number"),
        ([0.5, True], [1, 0], TypeError, "y_hat[1] is True, a bool: expected a number"),
        ([0.5, 0.5], [1, True], TypeError, "y[1] is True, a bool: expected a number"),
    ],
)
def test_wrong_binary(function, y_hat, y, error, message):
    with pytest.raises(error) as caught:
        function(y_hat, y)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", ONE_HOT)
@pytest.mark.parametrize(
    ("y_hat", "y", "error", "message"),
    [
        ([0.5, 0.5], [1], ValueError, "y_hat has length 2: expected 1, one probability for each class of y"),
        ([0.5, 0.5], [1, 1], ValueError, "y sums to 2: expected 1, give or take 1e-6"),
        ([0.5, 0.5], [0, 0], ValueError, "y sums to 0: expected 1, give or take 1e-6"),
        ([0.5, 1.5], [1, 0], ValueError, "y_hat[1] is 1.5: expected a probability from 0 to 1"),
        ([0.5, 0.5], [2, -1], ValueError, "y[0] is 2: expected a probability from 0 to 1"),
        ([0.5, 0.5], 1, TypeError, "y is 1, an int: expected a list"),
        ([0.5, "0.5"], [1, 0], TypeError, "y_hat[1] is '0.5', a str: expected a number"),
    ],
)
def test_wrong_one_hot(function, y_hat, y, error, message):
    with pytest.raises(error) as caught:
        function(y_hat, y)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", INDEX)
@pytest.mark.parametrize(
    ("y_hat", "label", "error", "message"),
    [
        ([0.5, 0.5], 2, ValueError, "label is 2: expected a class index from 0 to 1"),
        ([0.5, 0.5], -1, ValueError, "label is -1: expected a class index from 0 to 1"),
        ([0.5, 0.5], True, TypeError, "label is True, a bool: expected an int, a class index from 0 to 1"),
        ([0.5, 0.5], 1.0, TypeError, "label is 1.0, a float: expected an int, a class index from 0 to 1"),
        ([0.5, 0.5], [0, 1], TypeError, "label is [0, 1], a list: expected an int, a class index from 0 to 1"),
        ([1.5, 0.5], 0, ValueError, "y_hat[0] is 1.5: expected a probability from 0 to 1"),
        ([], 0, ValueError, "y_hat is empty: expected at least one entry"),
    ],
)
def test_wrong_index(function, y_hat, label, error, message):
    with pytest.raises(error) as caught:
        function(y_hat, label)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("L_n", "error", "message"),
    [
        ([], ValueError, "L_n is empty: expected at least one entry"),
        ([1.0, math.nan], ValueError, "L_n[1] is nan: expected a number"),
        ([[1.0]], TypeError, "L_n[0] is [1.0], a list: expected a number"),
        (1.0, TypeError, "L_n is 1.0, a float: expected a list"),
    ],
)
def test_wrong_batch_of_losses(L_n, error, message):
    with pytest.raises(error) as caught:
        mean_over_samples(L_n)
    assert str(caught.value) == message


# ---- binary cross-entropy from scores --------------------------------------------------------------------------------


@pytest.mark.parametrize("z", [0.0, 1.0, 30.0, 36.0, 36.5, 37.0, 40.0, 700.0, 1e308])
def test_scores_of_any_size_keep_their_loss_and_gradient_on_both_sides(z):
    wrong = z + math.log1p(math.exp(-z))
    assert sigmoid_cross_entropy([z], [0]) == sigmoid_cross_entropy([-z], [1]) == pytest.approx(wrong, rel=1e-15)
    right = math.log1p(math.exp(-z))
    assert sigmoid_cross_entropy([z], [1]) == sigmoid_cross_entropy([-z], [0]) == pytest.approx(right, rel=1e-15)
    e = math.exp(-z)
    assert sigmoid_cross_entropy_gradient([z], [0]) == pytest.approx([1 / (1 + e)], rel=1e-15)
    assert sigmoid_cross_entropy_gradient([-z], [1]) == pytest.approx([-1 / (1 + e)], rel=1e-15)
    assert sigmoid_cross_entropy_gradient([z], [1]) == pytest.approx([-e / (1 + e)], rel=1e-15)
    assert sigmoid_cross_entropy_gradient([-z], [0]) == pytest.approx([e / (1 + e)], rel=1e-15)


def test_scores_and_probabilities_agree_where_both_can():
    z, y = [-3.0, -0.5, 0.0, 0.25, 4.0], [1, 0, 0.25, 0.75, 1]
    y_hat = [sigmoid(z_i) for z_i in z]
    assert sigmoid_cross_entropy(z, y) == pytest.approx(binary_cross_entropy(y_hat, y), rel=1e-14)
    expected = [(p - t) / 5 for p, t in zip(y_hat, y, strict=True)]
    assert sigmoid_cross_entropy_gradient(z, y) == pytest.approx(expected, rel=1e-13)


def test_the_gradient_from_scores_is_zero_where_the_prediction_is_the_target():
    assert sigmoid_cross_entropy_gradient([0.0], [0.5]) == [0.0]


def test_other_kinds_of_number_have_scores_too():
    L = sigmoid_cross_entropy([Dual(40.0, 1)], [0])
    assert (L.value, L.derivative) == (40.0, pytest.approx(1.0, rel=1e-15))
    assert type(sigmoid_cross_entropy([Float32(-1)], [1])) is Float32
    assert sigmoid_cross_entropy([0, 0], [1, 0]) == math.log(2)


# ---- digits ----------------------------------------------------------------------------------------------------------


def test_a_small_probability_of_a_wrong_yes_costs_what_it_is():
    assert binary_cross_entropy([1e-20], [0]) == 1e-20
    assert binary_cross_entropy([1.0], [0]) == math.inf


def test_a_gradient_near_the_target_keeps_its_digits():
    p, y = 0.3 + 2**-50, 0.3
    (found,) = binary_cross_entropy_gradient([p], [y])
    assert found == pytest.approx((p - y) / (p * (1 - p)), rel=1e-15)


def test_errors_beyond_the_range_of_floats_have_no_root_and_no_gradient():
    y_hat, y = [1.797e308, 1], [-1.797e308, 1]
    assert root_mean_squared_error(y_hat, y) == math.inf
    assert root_mean_squared_error_gradient(y_hat, y) == [0, 0]
    assert root_mean_squared_error_gradient([1e200, 1.0], [0.0, 0.0]) == [0, 0]
