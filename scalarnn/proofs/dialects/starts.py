"""How weights begin and what a mean misses at first: the limits of even draws, and what t gradients fill."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

import scalarnn.dialects.first_weights as first_weights
import scalarnn.dialects.missing as missing
from scalarnn.proofs import symbols
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_N, _M = sympy.symbols("n m", positive=True)


def _variance(name: str, expected: Any, said: str, latex: str, *wrong: Wrong) -> None:
    """The variance of an even draw from ±l is ∫ x² dx / 2l = l²/3."""
    function = getattr(first_weights, name)

    @theorem(
        id=f"dialect.{name}",
        statement=f"Weights that are drawn evenly up to {name} have the variance {said}.",
        latex=latex,
        about=[function],
        refuted=list(wrong),
    )
    def variance(implementation: Any) -> Iterator[Claim]:
        x, limit = sympy.symbols("x limit", positive=True)
        spread = sympy.integrate(x * x / (2 * limit), (x, -limit, limit))
        found = shipped(lambda: spread.subs(limit, implementation(_N, _M)))
        yield claim("the variance", found, stated(lambda: expected))

    THEOREMS.append(variance)


_variance(
    "fan_in_limit",
    1 / (3 * _N),
    "1/(3n), n the inputs",
    r"\frac{l^2}{3} = \frac{1}{3 n},\quad l = \frac{1}{\sqrt n}",
    Wrong("He's", "1 / sqrt(n_inputs)", "sqrt(6 / n_inputs)"),
    Wrong("no root", "1 / sqrt(n_inputs)", "1 / n_inputs"),
)
_variance(
    "glorot_limit",
    2 / (_N + _M),
    "2/(n + m), m the neurons",
    r"\frac{l^2}{3} = \frac{2}{n + m}",
    Wrong("the inputs alone", "(n_inputs + n_neurons)", "n_inputs"),
)
_variance(
    "logistic_limit",
    2 / (3 * (_N + _M)),
    "2/(3(n + m))",
    r"\frac{l^2}{3} = \frac{2}{3 (n + m)}",
    Wrong("Glorot's", "sqrt(2 /", "sqrt(6 /"),
)


@theorem(
    id="dialect.filled",
    statement="After t gradients of one size a mean that began at 0 is 1 − βᵗ of that size.",
    latex=r"m_t = \beta\,m_{t-1} + (1 - \beta)\,g,\ m_0 = 0:\quad m_t = (1 - \beta^t)\,g",
    about=[missing.filled],
    refuted=[
        Wrong("a step late", "power(beta, t)", "power(beta, t - 1)"),
        Wrong("what is missing", "1 - power(beta, t)", "power(beta, t)"),
    ],
)
def what_is_filled(implementation: Any) -> Iterator[Claim]:
    beta, g = symbols.number("beta"), symbols.number("g")
    m = sympy.Integer(0)
    for t in range(1, 5):
        m = beta * m + (1 - beta) * g
        yield claim(f"m after {t}", shipped(lambda t=t: implementation(beta, t) * g), stated(lambda m=m: m))


@theorem(
    id="dialect.nadam_missing",
    statement="After t gradients of one size a mean whose β changes is 1 − μ₁ … μₜ of that size, and μₜ₊₁ is a further "
    "factor.",
    latex=r"m_t = \mu_t\,m_{t-1} + (1 - \mu_t)\,g,\ m_0 = 0:\quad m_t = (1 - \mu_1 \cdots \mu_t)\,g",
    about=[missing.nadam_missing],
    refuted=[
        Wrong("the factor ahead left out", "1 - product * mu_ahead", "1 - product"),
        Wrong("the last alone", "else product * mu", "else mu"),
    ],
)
def what_nadam_fills(implementation: Any) -> Iterator[Claim]:
    beta, g, pace, ahead = (symbols.number(name) for name in ("beta", "g", "pace", "mu_ahead"))
    m = sympy.Integer(0)
    for t in range(1, 4):
        mu = missing.nadam_mu(beta, t, pace)
        m = mu * m + (1 - mu) * g
        yield claim(f"m after {t}", shipped(lambda t=t: implementation(beta, t, pace) * g), stated(lambda m=m: m))
        further = ahead * m + (1 - ahead) * g
        found = shipped(lambda t=t: implementation(beta, t, pace, ahead) * g)
        yield claim("one step ahead", found, stated(lambda further=further: further))


THEOREMS += [what_is_filled, what_nadam_fills]
