"""Dual numbers: the arithmetic of derivatives."""

import math
from fractions import Fraction

import pytest

from scalarnn import scalar
from scalarnn.dual import Dual, derivative, gradient


def parts(x):
    assert type(x) is Dual
    return x.value, x.derivative


A = Dual(6, 2)
B = Dual(3, 5)


def test_arithmetic_of_two():
    assert parts(A + B) == (9, 7)
    assert parts(A - B) == (3, -3)
    assert parts(A * B) == (18, 2 * 3 + 6 * 5)
    assert parts(A / B) == (2, (2 * 3 - 6 * 5) / 9)
    assert parts(-A) == (-6, -2)


def test_arithmetic_with_a_constant_on_either_side():
    assert parts(A + 4) == parts(4 + A) == (10, 2)
    assert parts(A - 4) == (2, 2)
    assert parts(4 - A) == (-2, -2)
    assert parts(A * 4) == parts(4 * A) == (24, 8)
    assert parts(A / 4) == (1.5, 0.5)
    assert parts(12 / A) == (2, -12 * 2 / 36)


def test_power():
    assert parts(A**0) == (1, 0)
    assert parts(Dual(0, 1) ** 0) == (1, 0)
    assert parts(Dual(5, 0) ** 0) == (1, 0)
    assert derivative(lambda x: x**0 + x, 0) == 1
    assert parts(A**1) == (6, 2)
    assert parts(A**2) == (36, 2 * 6 * 2)
    assert parts(A**3) == (216, 3 * 36 * 2)
    assert parts(Dual(0, 1) ** 1) == (0, 1)


@pytest.mark.parametrize("n", [-1, 0.5, True, "2"])
def test_power_of_a_whole_number_only(n):
    with pytest.raises((TypeError, ValueError), match=r"^n is .*: expected a whole number from 0 up$"):
        A**n


def test_default_derivative_is_that_of_a_constant():
    assert parts(Dual(5)) == (5, 0)


def test_comparisons_look_at_values():
    one, two = Dual(1, 9), Dual(2, 0)
    assert [one < two, two < one, one < Dual(1, 0)] == [True, False, False]
    assert [one <= two, two <= one, one <= Dual(1, 0)] == [True, False, True]
    assert [one > two, two > one, one > Dual(1, 0)] == [False, True, False]
    assert [one >= two, two >= one, one >= Dual(1, 0)] == [False, True, True]
    assert [one < 2, one <= 1, one > 0, one >= 1] == [True] * 4
    assert [one == Dual(1, 0), one == 1, one == two, one == 2] == [True, True, False, False]
    assert hash(one) == hash(1)


def test_repr():
    assert repr(Dual(3, 1)) == "Dual(3, 1)"


def test_no_other_attributes():
    with pytest.raises(AttributeError):
        Dual(1).other = 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1",), "value is '1', a str: expected a number"),
        ((1, None), "derivative is None: expected a number"),
        ((True,), "value is True, a bool: expected a number"),
    ],
)
def test_not_a_number(arguments, message):
    with pytest.raises(TypeError) as caught:
        Dual(*arguments)
    assert str(caught.value) == message


def test_functions():
    x = Dual(2.0, 3.0)
    assert parts(scalar.exp(x)) == (math.exp(2), 3 * math.exp(2))
    assert parts(scalar.expm1(x)) == (math.expm1(2), 3 * math.exp(2))
    assert parts(scalar.log(x)) == (math.log(2), 1.5)
    assert parts(scalar.sqrt(Dual(16.0, 3.0))) == (4.0, 0.375)


def test_fractions_stay_exact():
    a, b = Dual(Fraction(1, 2), Fraction(1)), Dual(Fraction(1, 3), Fraction(0))
    for result in (a + b, a - b, a * b, a / b, a**3, a**0, -a, 2 / a):
        assert type(result.value) is Fraction
        assert type(result.derivative) is Fraction


def test_derivative():
    def cube(x):
        return x * x * x

    assert derivative(cube, 2) == 12
    assert derivative(cube, Fraction(1, 2)) == Fraction(3, 4)
    assert derivative(scalar.exp, 0.0) == 1.0
    assert derivative(lambda _: 5, 2) == 0
    with pytest.raises(TypeError, match="value is None: expected a number"):
        derivative(cube, None)


@pytest.mark.parametrize(
    ("result", "shown"),
    [([1], "[1], a list"), (None, "None"), ("1", "'1', a str"), (True, "True, a bool"), ((1, 2), "(1, 2), a tuple")],
)
def test_a_function_that_returns_no_number(result, shown):
    for witness, x in ((derivative, 2), (gradient, [2, 3])):
        with pytest.raises(TypeError) as caught:
            witness(lambda _: result, x)
        assert str(caught.value) == f"f(x) is {shown}: expected a number"


def test_chain_rule_example():
    # (3x² − 5x + 1)⁷ at 2: 7 · 3⁶ · (6 · 2 − 5)
    assert derivative(lambda x: (3 * x * x - 5 * x + 1) ** 7, 2) == 7 * 3**6 * 7 == 35721


def test_gradient():
    def f(x):
        return x[0] * x[0] * x[1] + 3 * x[2]

    assert gradient(f, [5, 7, 1]) == [70, 25, 3]
    assert gradient(lambda _: 5, [1, 2]) == [0, 0]
    with pytest.raises(ValueError, match=r"^x is empty: expected at least one entry$"):
        gradient(f, [])
    with pytest.raises(TypeError, match=r"^x\[1\] is None: expected a number$"):
        gradient(f, [1, None, 2])
