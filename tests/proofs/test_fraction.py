"""One fraction: what stands above is 0 exactly where the whole is."""

import random

import pytest
import sympy
from sympy.abc import x, y, z

from scalarnn.proofs import fraction
from scalarnn.proofs.exact import Log
from scalarnn.proofs.fraction import expanded_numerator
from scalarnn.proofs.theorem import variant


def made_up(draw, depth=3):
    """A sum, a product or a quotient of a few letters."""
    if depth == 0:
        return draw.choice([x, y, z, Log(x + y), sympy.Rational(draw.randint(-3, 3), 2)])
    left, right = made_up(draw, depth - 1), made_up(draw, depth - 1)
    return draw.choice([left + right, left * right, left / (right**2 + 1), (left - right) ** 2, 1 / (3 + left**2)])


def pairs():
    """An expression, and the same in other words."""
    draw = random.Random(7)
    return [(one, sympy.factor(one)) for one in (made_up(draw) for _ in range(25))]


def is_sound(numerator):
    """Whether it tells what is the same from what is not."""
    return all(
        numerator(one - same) == 0 and numerator(one - same + 1 / (x + 7)) != 0 and numerator(one - same - 1) != 0
        for one, same in pairs()
    )


def test_it_tells_the_same_from_the_other():
    assert is_sound(expanded_numerator)


def test_it_gives_what_sympy_gives_up_to_a_factor():
    for one, _ in pairs():
        theirs = sympy.fraction(sympy.together(one))[0]
        ours = expanded_numerator(one)
        assert (ours == 0) == (sympy.expand(theirs) == 0)


@pytest.mark.parametrize(
    ("inside", "old", "new"),
    [
        (fraction._sum, "power - term.below.get(factor, 0)", "power"),
        (fraction._product, "below.get(factor, 0) + power", "power"),
        (fraction._power, "polynomials.domain.one / content", "content"),
        (fraction._power, "{} if factor == 1 else {factor: -exponent}", "{factor: 1}"),
    ],
)
def test_a_mistake_in_it_would_be_seen(inside, old, new):
    assert not is_sound(variant(expanded_numerator, old, new, inside=inside))


def test_a_power_that_is_no_number_is_a_letter():
    assert expanded_numerator(x**y - x**y / 2 - x**y / 2) == 0
    assert expanded_numerator(x ** (y + 1) - x**y) != 0


def test_nothing_is_divided_by_what_is_always_zero():
    with pytest.raises(ZeroDivisionError, match="whatever its letters are"):
        expanded_numerator(1 / ((x + y) ** 2 - x**2 - 2 * x * y - y**2))
