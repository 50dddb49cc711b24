"""A sum, product or quotient of letters as one fraction: a polynomial above, factors below.

Only the polynomial above matters to a proof: it is 0 if and only if the whole is. Nothing is cancelled, as that would
not change whether it is. The factors below are kept apart, each with its power, so that terms that share them are
brought together without multiplying them out.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import mul
from typing import Any, NamedTuple

import sympy
from sympy import Expr
from sympy.polys.rings import PolyElement, ring

__all__ = ["expanded_numerator"]


class _Fraction(NamedTuple):
    """A polynomial, over the product of factors to their powers."""

    above: PolyElement
    below: dict[PolyElement, int]


def expanded_numerator(expression: Expr) -> Expr:
    """What stands above, multiplied out, when the whole is one fraction; powers are whole numbers.

    Raises:
        ZeroDivisionError: something is divided by what is 0 whatever the letters are.

    Examples:
        >>> from sympy.abc import x, y
        >>> expanded_numerator(1 / x + 1 / y)
        x + y
        >>> expanded_numerator(x / (x + y) + y / (x + y) - 1)
        0
    """
    letters = sorted(_letters(expression), key=sympy.default_sort_key)
    names = sympy.symbols(f"t:{len(letters)}", cls=sympy.Dummy)
    polynomials, *ours = ring(names, sympy.QQ)
    above = _fraction(expression, dict(zip(letters, ours, strict=True)), polynomials).above
    return above.as_expr(*letters) if above else sympy.S.Zero


def _is_whole_power(expression: Expr) -> bool:
    return expression.is_Pow and expression.exp.is_Integer


def _letters(expression: Expr) -> set[Expr]:
    """What is no number, sum, product or whole power: symbols, and functions as a whole."""
    if expression.is_Add or expression.is_Mul:
        return set().union(*map(_letters, expression.args))
    if _is_whole_power(expression):
        return _letters(expression.base)
    return set() if expression.is_Rational else {expression}


def _fraction(expression: Expr, letters: dict[Expr, PolyElement], polynomials: Any) -> _Fraction:
    if expression.is_Rational:
        return _Fraction(polynomials(polynomials.domain.from_sympy(expression)), {})
    if expression.is_Add:
        return _sum([_fraction(term, letters, polynomials) for term in expression.args], polynomials)
    if expression.is_Mul:
        return _product(_fraction(factor, letters, polynomials) for factor in expression.args)
    if _is_whole_power(expression):
        return _power(_fraction(expression.base, letters, polynomials), int(expression.exp), polynomials)
    return _Fraction(letters[expression], {})


def _product(factors: Iterable[_Fraction]) -> _Fraction:
    first, *others = factors
    above, below = first.above, dict(first.below)
    for other in others:
        above *= other.above
        for factor, power in other.below.items():
            below[factor] = below.get(factor, 0) + power
    return _Fraction(above, below)


def _sum(terms: list[_Fraction], polynomials: Any) -> _Fraction:
    common: dict[PolyElement, int] = {}
    for term in terms:
        for factor, power in term.below.items():
            common[factor] = max(common.get(factor, 0), power)
    alike: dict[frozenset[tuple[PolyElement, int]], PolyElement] = {}  # what is missing below → what stands above
    for term in terms:
        missing = frozenset((factor, power - term.below.get(factor, 0)) for factor, power in common.items())
        alike[missing] = alike.get(missing, polynomials.zero) + term.above
    total = polynomials.zero
    for missing, above in alike.items():
        total += reduce(mul, (factor**power for factor, power in missing), above)
    return _Fraction(total, common)


def _power(base: _Fraction, exponent: int, polynomials: Any) -> _Fraction:
    if exponent >= 0:
        return _Fraction(base.above**exponent, {factor: power * exponent for factor, power in base.below.items()})
    if not base.above:
        raise ZeroDivisionError("a divisor is 0 whatever its letters are")
    content, factor = base.above.primitive()
    if factor.LC < 0:
        content, factor = -content, -factor
    turned = reduce(mul, (f ** (-exponent * power) for f, power in base.below.items()), polynomials.one)
    below = {} if factor == 1 else {factor: -exponent}
    return _Fraction(turned * (polynomials.domain.one / content) ** -exponent, below)
