"""Expressions: what is drawn is what is meant, however deep it is nested."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn.dual import Dual
from scalarnn.float32 import Float32
from scalarnn.tracing.expressions import (
    Comparison,
    Function,
    Minus,
    Named,
    Number,
    Power,
    Product,
    Quotient,
    Style,
    Sum,
    evaluate,
    holds,
    number_text,
    same_number,
    write,
)
from scalarnn.tracing.symbols import symbol_of
from tests.tracing.oracle import close, read_back

TEXT, LATEX = Style(numbers=True), Style(latex=True, numbers=True)


def grown(leaf):
    """Expressions of all sorts, three or four deep."""
    signed = st.lists(st.tuples(st.sampled_from([1, -1]), leaf), min_size=1, max_size=4)
    return st.one_of(
        signed.map(lambda terms: Sum(tuple(terms))),
        st.lists(leaf, min_size=2, max_size=3).map(lambda factors: Product(tuple(factors))),
        st.tuples(leaf, leaf).map(lambda pair: Quotient(*pair)),
        st.tuples(leaf, st.integers(0, 3)).map(lambda pair: Power(pair[0], Number(pair[1]))),
        leaf.map(Minus),
        st.lists(leaf, min_size=1, max_size=3).map(lambda parts: Function("max", tuple(parts))),
        leaf.map(lambda inner: Function("abs", (inner,))),
    )


EXACT = st.fractions(-3, 3, max_denominator=5)
NAMES = st.sampled_from(["x", "w", "W1", "y_hat", "dL_dz", "total", "d", "w_new", "log_S", "one_minus_a"])
LEAVES = EXACT.map(Number) | st.tuples(NAMES, EXACT).map(lambda pair: Named(symbol_of(pair[0]), pair[1]))


@given(st.recursive(LEAVES, grown, max_leaves=8))
@settings(max_examples=500, deadline=None)
def test_numbers_put_in_read_back_to_the_value(expression):
    value = evaluate(expression)
    if value is None:  # a division by zero
        return
    text = write(expression, TEXT)
    assert read_back(text, Fraction(1)) == value, text


@given(st.recursive(LEAVES, grown, max_leaves=8))
@settings(max_examples=200, deadline=None)
def test_parentheses_are_balanced_in_every_style(expression):
    for style in (Style(), TEXT, Style(latex=True), LATEX):
        text = write(expression, style)
        assert text.count("(") == text.count(")"), text
        assert text.count("{") == text.count("}"), text
        assert "−−" not in text
        assert "--" not in text


@pytest.mark.parametrize(
    ("expression", "text", "latex"),
    [
        (Sum(((1, Number(1)), (-1, Sum(((1, Number(2)), (-1, Number(3))))))), "1 − (2 − 3)", "1 - (2 - 3)"),
        (Quotient(Number(1), Quotient(Number(2), Number(3))), "1 / (2 / 3)", r"\frac{1}{\frac{2}{3}}"),
        (Quotient(Quotient(Number(1), Number(2)), Number(3)), "(1 / 2) / 3", r"\frac{\frac{1}{2}}{3}"),
        (Minus(Quotient(Number(-7), Number(4))), "−(−7 / 4)", r"-\frac{-7}{4}"),
        (Power(Number(-3), Number(2)), "(−3)²", "(-3)^{2}"),
        (Power(Quotient(Number(1), Number(2)), Number(2)), "(1 / 2)²", r"\left(\frac{1}{2}\right)^{2}"),
        (Power(Number(Fraction(1, 3)), Number(2)), "(1/3)²", r"\left(\frac{1}{3}\right)^{2}"),
        (Sum(((-1, Number(-3)), (1, Number(-2)))), "−(−3) + (−2)", "-(-3) + (-2)"),
        (Function("exp", (Minus(Number(2)),)), "e^(−2)", "e^{-2}"),
    ],
)
def test_parentheses_where_they_are_needed(expression, text, latex):
    assert (write(expression, TEXT), write(expression, LATEX)) == (text, latex)


def test_letters_do_not_run_together():
    w, x = Named(symbol_of("w_new"), 2), Named(symbol_of("x"), 3)
    d = Named(symbol_of("d"), 4)
    assert write(Product((w, x)), Style()) == "w_new · x"
    assert write(Product((d, x)), Style()) == "d · x"
    assert write(Product((x, d)), Style()) == "xd"


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (-3, "−3", "-3"),
        (Fraction(-1, 3), "−1/3", r"-\frac{1}{3}"),
        (1e-7, "1e−07", r"1 \cdot 10^{-7}"),
        (-math.inf, "−∞", r"-\infty"),
        (math.nan, "NaN", r"\text{NaN}"),
        (Dual(3, 1), "3 + ε", r"3 + \varepsilon"),
        (Dual(-2, -0.5), "−2 − 0.5ε", r"-2 - 0.5\varepsilon"),
        (Float32(0.5), "0.5", "0.5"),
    ],
)
def test_numbers_of_every_kind(value, text, latex):
    assert (number_text(value, Style()), number_text(value, Style(latex=True))) == (text, latex)


@pytest.mark.parametrize(
    ("found", "expected", "answer"),
    [
        (1, 1.0, False),
        (Fraction(1), 1, False),
        (True, 1, False),
        (math.nan, math.nan, True),
        (0.1 + 0.2, 0.3, False),
        (Dual(1, 2), Dual(1, 3), False),
    ],
)
def test_the_same_number(found, expected, answer):
    assert same_number(found, expected) is answer


def test_numbers_too_long_to_print():
    assert same_number(10**5000, 10**5000)
    assert not same_number(10**5000, 10**5000 + 1)
    assert number_text(10**5000, Style()) == "(too long to print)"


def test_a_wrong_expression_does_not_hold():
    assert not holds(Sum(((1, Number(1)), (1, Number(1)))), 3)
    assert not holds(Quotient(Number(1), Number(0)), 1)
    assert not holds(Comparison(Number(math.nan), "<=", Number(0)), True)


def test_long_sums_are_cut_in_the_middle():
    expression = Sum(tuple((1, Number(n)) for n in range(20)))
    assert write(expression, TEXT) == "0 + 1 + 2 + … + 19"
    assert write(expression, LATEX) == r"0 + 1 + 2 + \dots + 19"
    assert close(evaluate(expression), 190)
