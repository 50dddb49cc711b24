"""Softmax, its Jacobian, and softmax with cross-entropy."""

import math
from fractions import Fraction

import pytest

from scalarnn import (
    Softmax,
    log_sum_exp,
    softmax,
    softmax_backward,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
    softmax_jacobian,
)
from scalarnn.dual import Dual
from scalarnn.float32 import Float32
from tests.unit.exact import is_exact

INF = math.inf
# e^z = 1, 2, 5: probabilities 1/8, 1/4, 5/8
Z = [0.0, math.log(2), math.log(5)]
Y_HAT = [Fraction(1, 8), Fraction(1, 4), Fraction(5, 8)]


def close(expected):
    return pytest.approx(expected, rel=1e-15, abs=1e-300)


def test_softmax_of_known_ratios():
    assert softmax(Z) == close([0.125, 0.25, 0.625])


def test_softmax_of_one_class():
    assert softmax([-3.0]) == [1.0]


def test_softmax_of_integers():
    assert softmax([0, 0, 0, 0]) == [0.25] * 4


def test_maximum_may_be_anywhere():
    assert softmax([1000.0, 0.0]) == [1.0, 0.0]
    assert softmax([0.0, 1000.0]) == [0.0, 1.0]
    assert softmax([0.0, 1000.0, -1000.0]) == [0.0, 1.0, 0.0]


def test_softmax_rules_a_class_out():
    assert softmax([-INF, 0.0, 0.0]) == [0.0, 0.5, 0.5]
    assert softmax([0.0, -INF]) == [1.0, 0.0]


def test_jacobian_written_out():
    jacobian = softmax_jacobian(Y_HAT)
    assert jacobian == [
        [Fraction(7, 64), Fraction(-1, 32), Fraction(-5, 64)],
        [Fraction(-1, 32), Fraction(3, 16), Fraction(-5, 32)],
        [Fraction(-5, 64), Fraction(-5, 32), Fraction(15, 64)],
    ]
    assert is_exact(jacobian)


def test_backward_goes_through_the_whole_jacobian():
    dL_dz = softmax_backward([Fraction(1), Fraction(2), Fraction(4)], Y_HAT)
    # Σ g ŷ = 1/8 + 1/2 + 5/2 = 25/8, and ∂L/∂zᵢ = ŷᵢ (gᵢ − 25/8)
    assert dL_dz == [Fraction(-17, 64), Fraction(-9, 32), Fraction(35, 64)]
    assert is_exact(dL_dz)


def test_log_sum_exp():
    assert log_sum_exp(Z) == close(math.log(8))
    assert log_sum_exp([1000.0, 1000.0]) == 1000 + math.log(2)
    assert log_sum_exp([-1000.0, -1000.0]) == -1000 + math.log(2)
    assert log_sum_exp([-INF, 3.0]) == 3.0
    assert log_sum_exp([3.0]) == 3.0


def test_cross_entropy_of_each_class():
    assert softmax_cross_entropy(Z, [1, 0, 0]) == close(math.log(8))
    assert softmax_cross_entropy(Z, [0, 1, 0]) == close(math.log(4))
    assert softmax_cross_entropy(Z, [0, 0, 1]) == close(math.log(8 / 5))
    assert softmax_cross_entropy_index(Z, 0) == close(math.log(8))
    assert softmax_cross_entropy_index(Z, 1) == close(math.log(4))
    assert softmax_cross_entropy_index(Z, 2) == close(math.log(8 / 5))


def test_cross_entropy_of_soft_labels():
    expected = 0.25 * math.log(8) + 0.25 * math.log(4) + 0.5 * math.log(8 / 5)
    assert softmax_cross_entropy(Z, [0.25, 0.25, 0.5]) == close(expected)


def test_gradient_is_prediction_minus_target():
    assert softmax_cross_entropy_gradient(Z, [1, 0, 0]) == close([-0.875, 0.25, 0.625])
    assert softmax_cross_entropy_gradient(Z, [0, 1, 0]) == close([0.125, -0.75, 0.625])
    assert softmax_cross_entropy_gradient(Z, [0.25, 0.25, 0.5]) == close([-0.125, 0.0, 0.125])
    assert softmax_cross_entropy_index_gradient(Z, 0) == close([-0.875, 0.25, 0.625])
    assert softmax_cross_entropy_index_gradient(Z, 2) == close([0.125, 0.25, -0.375])


def test_loss_of_a_sure_and_right_prediction_is_plain_zero():
    for L in (softmax_cross_entropy([800.0, 0.0], [1, 0]), softmax_cross_entropy_index([800.0, 0.0], 0)):
        assert L == 0
        assert math.copysign(1, L) == 1


def test_softmax_object():
    activation = Softmax()
    assert activation.forward(Z) == softmax(Z)
    assert activation.backward([1.0, 2.0, 4.0], Z) == close([-17 / 64, -9 / 32, 35 / 64])
    assert repr(activation) == "Softmax()"


@pytest.mark.parametrize(
    "call",
    [
        softmax,
        log_sum_exp,
        lambda z: softmax_cross_entropy(z, [0, 1]),
        lambda z: softmax_cross_entropy_gradient(z, [0, 1]),
        lambda z: softmax_cross_entropy_index(z, 1),
        lambda z: softmax_cross_entropy_index_gradient(z, 1),
        Softmax().forward,
        lambda z: Softmax().backward([1.0, 2.0], z),
    ],
)
@pytest.mark.parametrize(
    ("z", "error", "message"),
    [
        ([0.0, math.nan], ValueError, "z[1] is nan: expected a finite number or -inf"),
        ([INF, 0.0], ValueError, "z[0] is inf: expected a finite number or -inf"),
        ([-INF, -INF], ValueError, "z[0] to z[1] are all -inf: expected at least one finite logit"),
        ([], ValueError, "z is empty: expected at least one entry"),
        ([0.0, "1"], TypeError, "z[1] is '1', a str: expected a number"),
        ([False, 0.0], TypeError, "z[0] is False, a bool: expected a number"),
        ([[0.0, 1.0]], TypeError, "z[0] is [0.0, 1.0], a list: expected a number"),
        (None, TypeError, "z is None: expected a list"),
        (
            [Fraction(1), Fraction(2)],
            TypeError,
            "a Fraction has no exp: its value is not a fraction in general; convert with float(…) first",
        ),
    ],
)
def test_wrong_logits(call, z, error, message):
    with pytest.raises(error) as caught:
        call(z)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", [softmax_cross_entropy, softmax_cross_entropy_gradient])
@pytest.mark.parametrize(
    ("y", "error", "message"),
    [
        ([0, 1, 0], ValueError, "y has length 3: expected 2, one entry for each class of z"),
        ([1], ValueError, "y has length 1: expected 2, one entry for each class of z"),
        ([1, 1], ValueError, "y sums to 2: expected 1, give or take 1e-6"),
        ([0, 0], ValueError, "y sums to 0: expected 1, give or take 1e-6"),
        ([0.5, 0.4], ValueError, "y sums to 0.9: expected 1, give or take 1e-6"),
        ([2, -1], ValueError, "y[0] is 2: expected a probability from 0 to 1"),
        ([1, None], TypeError, "y[1] is None: expected a number"),
        ([1, False], TypeError, "y[1] is False, a bool: expected a number"),
        (1, TypeError, "y is 1, an int: expected a list"),
        ([], ValueError, "y is empty: expected at least one entry"),
    ],
)
def test_wrong_labels(function, y, error, message):
    with pytest.raises(error) as caught:
        function([0.0, 0.0], y)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", [softmax_cross_entropy_index, softmax_cross_entropy_index_gradient])
@pytest.mark.parametrize(
    ("label", "error", "message"),
    [
        (2, ValueError, "label is 2: expected a class index from 0 to 1"),
        (-1, ValueError, "label is -1: expected a class index from 0 to 1"),
        (True, TypeError, "label is True, a bool: expected an int, a class index from 0 to 1"),
        (1.0, TypeError, "label is 1.0, a float: expected an int, a class index from 0 to 1"),
        ("1", TypeError, "label is '1', a str: expected an int, a class index from 0 to 1"),
        (None, TypeError, "label is None: expected an int, a class index from 0 to 1"),
        ([0, 1], TypeError, "label is [0, 1], a list: expected an int, a class index from 0 to 1"),
    ],
)
def test_wrong_index(function, label, error, message):
    with pytest.raises(error) as caught:
        function([0.0, 0.0], label)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: softmax_jacobian([0.5, 1.5]), ValueError, "y_hat[1] is 1.5: expected a probability from 0 to 1"),
        (lambda: softmax_jacobian([]), ValueError, "y_hat is empty: expected at least one entry"),
        (
            lambda: softmax_backward([1.0], [0.5, 0.5]),
            ValueError,
            "dL_dy_hat has length 1: expected 2, one gradient for each class of y_hat",
        ),
        (lambda: softmax_backward([1.0, INF], [0.5, 0.5]), ValueError, "dL_dy_hat[1] is inf: expected a finite number"),
        (
            lambda: softmax_backward([1.0, 1.0], [-0.5, 1.0]),
            ValueError,
            "y_hat[0] is -0.5: expected a probability from 0 to 1",
        ),
        (lambda: softmax_backward([1.0, 1.0], None), TypeError, "y_hat is None: expected a list"),
    ],
)
def test_wrong_probabilities(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


def test_a_float32_softmax_gives_labels():
    for z in ([0.1, 0.2, 0.3], [1.0, -2.0, 3.5, 0.25, 7.0], [-1.0, 1e-3] * 20):
        y = softmax([Float32(z_k) for z_k in z])
        assert softmax_cross_entropy(z, y) > 0
        assert sum(softmax_cross_entropy_gradient(z, [float(y_k) for y_k in y])) == pytest.approx(0, abs=1e-6)


# ---- digits where a probability is near 1 ----------------------------------------------------------------------------


def test_what_is_missing_to_1_is_not_rounded_away():
    rest = 5.551115123125776e-17
    z = [37.42994775023705, 0.0]
    assert softmax_cross_entropy_index_gradient(z, 0) == [-rest, rest]
    assert softmax_cross_entropy_gradient(z, [1, 0]) == [-rest, rest]
    assert softmax_cross_entropy_index_gradient([0.0, *z], 1)[1] == close(-2 * rest)
    assert softmax_cross_entropy_index_gradient([1000.0, 0.0], 0) == [0.0, 0.0]
    assert str(softmax_cross_entropy_index_gradient([1000.0, 0.0], 0)[0]) == "0.0"


def test_a_loss_that_is_nearly_nothing_is_not_nothing():
    e = math.exp(-40)
    assert log_sum_exp([-40, 0]) == log_sum_exp([0.0, -40.0]) == close(e)
    assert softmax_cross_entropy_index([40.0, 0.0], 0) == close(e)
    assert softmax_cross_entropy([0.0, 40.0, 0.0], [0, 1, 0]) == close(2 * e)


def test_two_largest_scores_are_both_counted_with_their_derivatives():
    z = [Dual(3.0, 1), Dual(3.0, 0)]
    found = log_sum_exp(z)
    assert (found.value, found.derivative) == (3 + math.log(2), 0.5)
    found = log_sum_exp(z[::-1])
    assert (found.value, found.derivative) == (3 + math.log(2), 0.5)
