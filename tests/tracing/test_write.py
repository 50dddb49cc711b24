"""One recorded line as mathematics."""

import pytest

from scalarnn.tracing import Style, record
from scalarnn.tracing.write import written
from tests.tracing import house_style as house
from tests.tracing import near_house_style as near


def texts(function, *arguments, style=None):
    """Each line of a run: as mathematics, or None."""
    return [written(line, style) and str(written(line, style)) for line in record(function, *arguments).call.lines]


def test_sums_and_products_carry_an_arrow():
    found = texts(house.goes_on, [4, 3])
    assert "s ← s + x₀ = 0 + 4 = 4" in found
    assert "s ← s − x₁ / 2 = 5 − 3 / 2 = 3.5" in found
    assert "p ← px₁ = (4)(3) = 12" in texts(house.products, [4, 3])


def test_the_arrow_in_latex():
    assert r"s \leftarrow s + x_{0} = 0 + 4 = 4" in texts(house.goes_on, [4, 3], style=Style(latex=True))


@pytest.mark.parametrize(
    ("function", "arguments", "expected"),
    [
        (house.branch, (3,), ["z > 0: 3 > 0 holds", "a = z = 3", None]),
        (
            house.branch,
            (-3,),
            ["z > 0: −3 > 0 does not hold", "z < 0: −3 < 0 holds", "a = −z / 2 = −(−3) / 2 = 1.5", None],
        ),
        (house.constants, (2, 3), ["z = RATE · x = 3 · 2 = 6", "v = HALF · y = 1/2 · 3 = 3/2"]),
        (house.swapped, (1, 2), [None, "z = a − b = 2 − 1 = 1", None]),
    ],
)
def test_lines(function, arguments, expected):
    assert texts(function, *arguments)[: len(expected)] == expected


@pytest.mark.parametrize("function", [near.functions_of_another_kind, near.shadowed_functions])
def test_a_function_is_known_by_what_it_is_not_by_its_name(function):
    arguments = (3,) if function is near.functions_of_another_kind else (2.0, 3.0)
    assert not any("e^" in text or "√" in text or "max" in text for text in texts(function, *arguments) if text)


def two_of_one_letter(x, x1):
    y = x[1] - x1
    return y


def test_an_entry_and_a_name_are_told_apart():
    assert texts(two_of_one_letter, [1, 2], 5)[0] == "y = x₁ − x1 = 2 − 5 = −3"


# fmt: off
def crowded(x):
    if x > 0: x = 1  # noqa: E701
    return x
# fmt: on


def test_several_statements_on_a_line_stay_code():
    assert texts(crowded, 3) == [None, None]


def unordered(z):
    if z > 0:
        a = z
    else:
        a = -z
    return a


def test_nan_is_not_said_to_be_at_most_zero():
    found = texts(unordered, float("nan"))
    assert found[0] == "z > 0: NaN > 0 does not hold"
