"""Exact arithmetic on symbols: when are two expressions the same real function?

Here e^x, log x and √x are three one-line functions that know their derivative and nothing else. Two expressions are
compared by turning their difference into a fraction of polynomials:

    1.  every e^u becomes a letter; e^(u + v) = e^u · e^v and e^(−u) = 1/e^u decide which letters are needed;
    2.  log of a product becomes a sum of logs, and log e^u becomes u;
    3.  the difference is brought to one fraction, its numerator is multiplied out;
    4.  r² is replaced by u wherever r = √u.

They are equal where the numerator is 0. The letters of step 1 stand for exponentials whose exponents no rational
numbers combine to 0; such exponentials satisfy no polynomial equation, so a numerator that is not 0 is a refutation.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
# ruff: noqa: ARG002, D102
from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, Function, S, Symbol
from sympy.polys.matrices import DomainMatrix

from scalarnn import scalar
from scalarnn.proofs.fraction import expanded_numerator

__all__ = ["Exp", "Log", "Root", "equal", "exponents", "numerator"]


class Exp(Function):
    """e^x: its own derivative."""

    is_real = True
    is_positive = True

    @classmethod
    def eval(cls, x: Expr) -> Expr | None:
        if x == 0:
            return S.One
        return S.Zero if x == S.NegativeInfinity else None  # its limit

    def fdiff(self, argindex: int = 1) -> Expr:
        return self


class Log(Function):
    """log x, whose derivative is 1/x."""

    is_real = True

    @classmethod
    def eval(cls, x: Expr) -> Expr | None:
        return S.Zero if x == 1 else None

    def fdiff(self, argindex: int = 1) -> Expr:
        return 1 / self.args[0]


class Root(Function):
    """√x, whose derivative is 1/(2√x)."""

    is_real = True
    is_nonnegative = True

    @classmethod
    def eval(cls, x: Expr) -> Expr | None:
        return x if x in (0, 1) else None

    def fdiff(self, argindex: int = 1) -> Expr:
        return 1 / (2 * self)


# ---- what the shipped functions call ---------------------------------------------------------------------------------

_exponents: list[list[Expr]] = []


@contextmanager
def exponents() -> Iterator[list[Expr]]:
    """Collect the argument of every exponential that is computed inside the `with` block."""
    _exponents.append([])
    try:
        yield _exponents[-1]
    finally:
        _exponents.pop()


def _exp(x: Expr) -> Expr:
    for seen in _exponents:
        seen.append(x)
    return Exp(x)


def _expm1(x: Expr) -> Expr:
    return _exp(x) - 1


def _log1p(x: Expr) -> Expr:
    return Log(1 + x)


scalar.register(Expr, exp=_exp, expm1=_expm1, log=Log, log1p=_log1p, sqrt=Root, symbolic=True)


# ---- comparing -------------------------------------------------------------------------------------------------------


def equal(left: Any, right: Any, given: Mapping[Expr, Expr] | None = None) -> bool:
    """Whether two expressions are the same function, where the symbols in `given` have the values it says."""
    difference = _with_exact_constants(sympy.sympify(left)) - _with_exact_constants(sympy.sympify(right))
    return numerator(difference, given) == 0


def numerator(difference: Expr, given: Mapping[Expr, Expr] | None = None) -> Expr:
    """The numerator of the difference as a polynomial in independent letters: 0 if and only if the difference is 0."""
    return _numerator(difference.subs(given) if given else difference)


@lru_cache(maxsize=4096)  # branches of the same code differ in few entries
def _numerator(difference: Expr) -> Expr:
    difference = _exponentials_to_letters(difference)
    difference = _split_logarithms(difference)
    return _reduce_roots(difference)


def _with_exact_constants(expression: Expr) -> Expr:
    """A binary float is a fraction with a power of two below: write it as that."""
    floats = expression.atoms(sympy.Float)
    return expression.xreplace({x: sympy.Rational(float(x)) for x in floats}) if floats else expression


_ARGUMENT: dict[Symbol, Expr] = {}  # letter → the exponent it stands for


def _letter(exponent: Expr) -> Symbol:
    letter = sympy.Dummy("E", positive=True)
    _ARGUMENT[letter] = exponent
    return letter


def _exponentials_to_letters(expression: Expr) -> Expr:
    """Innermost exponentials first; where one stands inside another, every term of an exponent gets its own letter."""
    nested = any(e.args[0].has(Exp) for e in expression.atoms(Exp))
    letters: dict[Expr, Symbol] = {}
    while True:
        innermost = [e for e in expression.atoms(Exp) if not e.args[0].has(Exp)]
        if not innermost:
            return expression
        whole = None if nested else _one_letter_each(innermost)
        expression = expression.xreplace(whole or _one_letter_a_term(innermost, letters))


def _one_letter_each(exponentials: list[Exp]) -> dict[Expr, Expr] | None:
    """e^u → E, e^−u → 1/E; None if some of the exponents combine to 0, or a logarithm is in one."""
    found: dict[Expr, Expr] = {}
    letters: dict[Expr, Symbol] = {}
    for e in sorted(exponentials, key=sympy.default_sort_key):
        exponent = sympy.expand(e.args[0])
        if -exponent in letters:
            found[e] = 1 / letters[-exponent]
            continue
        if exponent not in letters:
            letters[exponent] = _letter(exponent)
        found[e] = letters[exponent]
    parts = [exponent.as_coefficients_dict() for exponent in letters]
    terms = {t for part in parts for t in part}
    rows = [[part.get(t, S.Zero) for t in terms] for part in parts]
    rank = DomainMatrix.from_list_sympy(len(parts), len(terms), rows).to_field().rank()
    independent = rank == len(parts) and not any(isinstance(t, Log) for t in terms)
    return found if independent else None


def _one_letter_a_term(exponentials: list[Exp], letters: dict[Expr, Symbol]) -> dict[Expr, Expr]:
    """e^(2u + v/3) → E² F with E for e^u and F for e^(v/3); e^(log u) is u itself."""
    parts = {e: sympy.expand(e.args[0]).as_coefficients_dict() for e in exponentials}
    found: dict[Expr, Expr] = dict.fromkeys(exponentials, S.One)
    for t in sorted({t for part in parts.values() for t in part}, key=sympy.default_sort_key):
        unit = sympy.ilcm(1, *[sympy.Rational(part[t]).q for part in parts.values() if t in part])
        if isinstance(t, Log) and unit == 1:
            base = t.args[0]
        else:
            base = letters.setdefault(t / unit, _letter(t / unit))
        for e, part in parts.items():
            found[e] *= base ** (part.get(t, 0) * unit)
    return found


def _split_logarithms(expression: Expr) -> Expr:
    """log (u v) = log u + log v; a sign stays behind as log (−1), so log (−u) is never taken for log u."""
    logs = expression.atoms(Log)
    return expression.xreplace({log: _sum_of_logarithms(log.args[0]) for log in logs}) if logs else expression


def _sum_of_logarithms(u: Expr) -> Expr:
    above, below = sympy.fraction(sympy.together(u))
    total = S.Zero
    for polynomial, sign in ((above, 1), (below, -1)):
        constant, factors = sympy.factor_list(polynomial)
        for factor, multiplicity in [(sympy.sympify(constant), 1), *factors]:
            if factor.could_extract_minus_sign():
                factor = sympy.expand(-factor)
                total += sign * multiplicity * Log(-1)
            total += sign * multiplicity * (_ARGUMENT[factor] if factor in _ARGUMENT else Log(factor))
    return total


def _reduce_roots(expression: Expr) -> Expr:
    roots = {r: sympy.Dummy("r", nonnegative=True) for r in expression.atoms(Root)}
    above = expanded_numerator(expression.xreplace(roots))
    for root, r in roots.items():
        reduced = S.Zero
        for (power,), coefficient in sympy.Poly(above, r).terms():
            reduced += coefficient * root.args[0] ** (power // 2) * r ** (power % 2)
        above = expanded_numerator(reduced)
    return above
