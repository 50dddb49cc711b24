"""Numbers as the sources print them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scalarnn.digits import fixed, readable, shown
from scalarnn.worked.printed import as_printed

floats = st.floats(min_value=-1e6, max_value=1e6)


@given(floats, st.integers(min_value=0, max_value=12))
def test_a_fraction_is_rounded_like_the_float_it_equals(x, decimals):
    expected = f"{x:.{decimals}f}"
    if float(expected) == 0:  # a Fraction has no minus zero
        expected = expected.lstrip("-")
    assert fixed(Fraction(x), decimals) == expected


@given(floats)
def test_repr_style_gives_the_float_back(x):
    assert float(as_printed(x, "1.0", "repr")) == x


@given(st.integers(min_value=-(10**6), max_value=10**6), st.integers(min_value=0, max_value=9))
def test_a_decimal_fraction_reads_as_a_decimal(n, decimals):
    value = Fraction(n, 10**decimals)
    assert Fraction(readable(value)) == value


@pytest.mark.parametrize(
    ("value", "printed", "style", "expected"),
    [
        (Fraction(31, 10), "3", "decimals", "3.1"),
        (Fraction(-2, 25), "-0.08", "decimals", "-0.08"),
        (0, "0.", "numpy", "0."),
        (-0.20180899290, "-0.20180899", "numpy", "-0.20180899"),
        (36.0, "36.0", "repr", "36.0"),
        (162, "162.0000", "decimals", "162.0000"),
        (1e-7, "0", "decimals", "1e-07"),
    ],
)
def test_as_printed(value, printed, style, expected):
    assert as_printed(value, printed, style) == expected


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="'decimals', 'repr' or 'numpy'"):
        as_printed(1, "1", "roman")


def test_long_lists_are_cut_and_counted():
    (line,) = shown(list(range(200)))
    assert line == "[0, 1, 2, …, 198, 199] (200 in all)"
    (line,) = shown(list(range(12)))
    assert "…" not in line


def test_a_fraction_without_an_end_stays_a_fraction():
    assert readable(Fraction(1, 3)) == "1/3"
    assert readable(1e300) == "1e+300"
