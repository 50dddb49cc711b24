"""One step of gradient descent."""

import math
from fractions import Fraction

import pytest

from scalarnn import gradient_descent_step
from tests.unit.exact import is_exact


@pytest.mark.parametrize(
    ("theta", "dL_dtheta", "expected"),
    [
        (10, 4, 8.0),
        ([10, 20], [4, -6], [8.0, 23.0]),
        ([[10, 20], [30, 40]], [[2, 4], [6, 8]], [[9.0, 18.0], [27.0, 36.0]]),
        ([[[1]], [[2]]], [[[2]], [[2]]], [[[0.0]], [[1.0]]]),
        ([[1, 2], 3], [[2, 2], 2], [[0.0, 1.0], 2.0]),
    ],
)
def test_every_number_goes_down_the_gradient(theta, dL_dtheta, expected):
    assert gradient_descent_step(theta, dL_dtheta, 0.5) == expected


def test_fractions_stay_exact():
    step = gradient_descent_step([Fraction(1, 3), [Fraction(2)]], [Fraction(1, 2), [Fraction(5)]], Fraction(1, 10))
    assert step == [Fraction(17, 60), [Fraction(3, 2)]]
    assert is_exact(step)
    assert type(gradient_descent_step(1, 18, Fraction(1, 100))) is Fraction


def test_theta_is_left_as_it_was():
    theta, dL_dtheta = [[1.0, 2.0]], [[1.0, 1.0]]
    gradient_descent_step(theta, dL_dtheta, 0.5)
    assert theta == [[1.0, 2.0]]
    assert dL_dtheta == [[1.0, 1.0]]


@pytest.mark.parametrize(
    ("theta", "dL_dtheta", "error", "message"),
    [
        ([1, 2], [1], ValueError, "dL_dtheta has length 1: expected 2, the length of theta"),
        ([[1, 2], [3, 4]], [[1, 2], [3]], ValueError, "dL_dtheta[1] has length 1: expected 2, the length of theta[1]"),
        ([1, 2], 1, TypeError, "dL_dtheta is 1, an int: expected a list"),
        (1, [1], TypeError, "dL_dtheta is [1], a list: expected a number"),
        ([], [], ValueError, "theta is empty: expected at least one entry"),
        ([[]], [[]], ValueError, "theta[0] is empty: expected at least one entry"),
        ([1], [], ValueError, "dL_dtheta is empty: expected at least one entry"),
        ([1, None], [1, 2], TypeError, "theta[1] is None: expected a number"),
        ([1, 2], [1, "2"], TypeError, "dL_dtheta[1] is '2', a str: expected a number"),
        ([1, True], [1, 2], TypeError, "theta[1] is True, a bool: expected a number"),
        ([[1.0, math.nan]], [[1, 2]], ValueError, "theta[0][1] is nan: expected a finite number"),
        (1, math.inf, ValueError, "dL_dtheta is inf: expected a finite number"),
        (None, 1, TypeError, "theta is None: expected a number"),
        ("12", "12", TypeError, "theta is '12', a str: expected a list"),
        ({0: 1}, {0: 1}, TypeError, "theta is {0: 1}, a dict: expected a list"),
    ],
)
def test_wrong_parameters(theta, dL_dtheta, error, message):
    with pytest.raises(error) as caught:
        gradient_descent_step(theta, dL_dtheta, 0.1)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("learning_rate", "error", "message"),
    [
        (0, ValueError, "learning_rate is 0: expected a number above 0"),
        (-0.1, ValueError, "learning_rate is -0.1: expected a number above 0"),
        (math.nan, ValueError, "learning_rate is nan: expected a finite number"),
        (math.inf, ValueError, "learning_rate is inf: expected a finite number"),
        ("0.1", TypeError, "learning_rate is '0.1', a str: expected a number"),
        (None, TypeError, "learning_rate is None: expected a number"),
        (True, TypeError, "learning_rate is True, a bool: expected a number"),
        ([0.1], TypeError, "learning_rate is [0.1], a list: expected a number"),
    ],
)
def test_wrong_learning_rate(learning_rate, error, message):
    with pytest.raises(error) as caught:
        gradient_descent_step([1.0], [1.0], learning_rate)
    assert str(caught.value) == message


def test_smallest_learning_rate():
    assert gradient_descent_step(0.0, 1.0, 5e-324) == -5e-324
