"""The calculus that the sources teach: each rule for arbitrary functions, then on the sources' own examples.

What is under test is `dual`: numbers that carry their derivative along. Their + − × ÷ are the sum, product and
quotient rules; a function applied to them is the chain rule.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy

from scalarnn import dual, scalar
from scalarnn.dual import Dual
from scalarnn.proofs import symbols
from scalarnn.proofs.exact import Exp, Log, Root
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

X = symbols.number("x")


def _arbitrary(name: str) -> Any:
    """u(x): a differentiable function of which nothing is known but the letter of its derivative."""
    slope = symbols.number(f"d{name}_dx")

    class Arbitrary(sympy.Function):
        is_real = True

        def fdiff(self, argindex: int = 1) -> Any:  # noqa: ARG002
            return slope

    Arbitrary.__name__ = name
    return Arbitrary(X), slope


U, DU_DX = _arbitrary("u")
V, DV_DX = _arbitrary("v")


# ---- the rules -------------------------------------------------------------------------------------------------------


def _define_rule(
    id: str, statement: str, latex: str, combine: Callable[[Any, Any], Any], formula: Any, wrong: list[Wrong]
) -> None:
    @theorem(id=f"calculus.{id}", statement=statement, latex=latex, about=[Dual], refuted=wrong)
    def rule(kind: Any) -> Iterator[Claim]:
        u, v = kind(U, DU_DX), kind(V, DV_DX)
        result = shipped(lambda: combine(u, v))
        yield claim("the value", result["value"], stated(lambda: formula))
        yield claim("the derivative", result["derivative"], derivative(stated(lambda: formula), X))

    THEOREMS.append(rule)


def _sum(u: Any, v: Any) -> Any:
    return u + v


def _difference(u: Any, v: Any) -> Any:
    return u - v


def _product(u: Any, v: Any) -> Any:
    return u * v


def _quotient(u: Any, v: Any) -> Any:
    return u / v


def _constants(u: Any, v: Any) -> Any:
    return 3 - 2 * u + v * 5 - 1 / v + (u + 7) / 4 - (-v)


def _power(u: Any, _: Any) -> Any:
    return u**7


def _exp(u: Any, _: Any) -> Any:
    return scalar.exp(u) + scalar.expm1(2 * u)


def _log(u: Any, _: Any) -> Any:
    return scalar.log(u)


def _sqrt(u: Any, _: Any) -> Any:
    return scalar.sqrt(u)


_define_rule(
    "sum-rule",
    "The derivative of a sum is the sum of the derivatives.",
    r"(u + v)' = u' + v'",
    _sum,
    U + V,
    [Wrong("one derivative only", "self.derivative + d)", "self.derivative)")],
)
_define_rule(
    "difference-rule",
    "The derivative of a difference is the difference of the derivatives.",
    r"(u - v)' = u' - v'",
    _difference,
    U - V,
    [Wrong("a sign", "self.derivative - d)", "self.derivative + d)")],
)
_define_rule(
    "product-rule",
    "The derivative of a product: each factor's derivative times the other factor.",
    r"(u v)' = u' v + u v'",
    _product,
    U * V,
    [
        Wrong("the product of the derivatives", "self.derivative * v + self.value * d", "self.derivative * d"),
        Wrong("one half of it", "self.derivative * v + self.value * d", "self.derivative * v"),
    ],
)
_define_rule(
    "quotient-rule",
    "The derivative of a quotient.",
    r"\left(\frac uv\right)' = \frac{u' v - u v'}{v^2}",
    _quotient,
    U / V,
    [
        Wrong("a sign", "self.derivative - quotient * d", "self.derivative + quotient * d"),
        Wrong("the quotient of the derivatives", "(self.derivative - quotient * d) / v", "self.derivative / d"),
    ],
)
_define_rule(
    "constants",
    "Constants have derivative 0, on whichever side they stand.",
    r"\left(3 - 2u + 5v - \frac1v + \frac{u + 7}4 + v\right)' = -2u' + 5v' + \frac{v'}{v^2} + \frac{u'}4 + v'",
    _constants,
    3 - 2 * U + 5 * V - 1 / V + (U + 7) / 4 + V,
    [Wrong("a sign", "d - self.derivative)", "d + self.derivative)")],
)
_define_rule(
    "chain-rule-power",
    "The chain rule on a power: the outside's derivative at the inside, times the inside's.",
    r"(u^7)' = 7\,u^6\,u'",
    _power,
    U**7,
    [
        Wrong(
            "the inside's derivative forgotten",
            "n * scalar.power(self.value, n - 1) * self.derivative",
            "n * scalar.power(self.value, n - 1)",
        ),
        Wrong("the exponent not lowered", "scalar.power(self.value, n - 1)", "scalar.power(self.value, n)"),
    ],
)
_define_rule(
    "chain-rule-exp",
    "The chain rule on exponentials.",
    r"(e^u + e^{2u} - 1)' = e^u u' + e^{2u} \cdot 2u'",
    _exp,
    Exp(U) + Exp(2 * U) - 1,
    [Wrong("the inside's derivative forgotten", "Dual(e, e * x.derivative)", "Dual(e, e)", inside=dual._exp)],
)
_define_rule(
    "chain-rule-log",
    "The chain rule on a logarithm.",
    r"(\log u)' = \frac{u'}{u}",
    _log,
    Log(U),
    [Wrong("the inside's derivative forgotten", "x.derivative / x.value", "1 / x.value", inside=dual._log)],
)
_define_rule(
    "chain-rule-root",
    "The chain rule on a square root.",
    r"(\sqrt u)' = \frac{u'}{2\sqrt u}",
    _sqrt,
    Root(U),
    [Wrong("the 2 forgotten", "(2 * root)", "root", inside=dual._sqrt)],
)


# ---- the two functions that a classifier needs -----------------------------------------------------------------------


def _define_function(id: str, statement: str, latex: str, f: Callable[[Any], Any], slope: Any, wrong: Wrong) -> None:
    """f′ of a function by itself: as the book writes it, as dual numbers give it, and as SymPy does."""

    @theorem(id=f"calculus.{id}", statement=statement, latex=latex, about=[dual.derivative, Dual], refuted=[wrong])
    def function(implementation: Any) -> Iterator[Claim]:
        yield claim("f′ as written", shipped(implementation, f, X), stated(lambda: slope))
        yield claim("f′ by SymPy", shipped(implementation, f, X), derivative(stated(lambda: f(X)), X))

    THEOREMS.append(function)


_define_function(
    "exponential",
    "The exponential function is its own derivative.",
    r"(e^x)' = e^x",
    scalar.exp,
    Exp(X),
    Wrong("the slope is 1 everywhere", "Dual(e, e * x.derivative)", "Dual(e, x.derivative)", inside=dual._exp),
)
_define_function(
    "logarithm",
    "The derivative of the natural logarithm is one over its argument.",
    r"(\log x)' = \frac1x",
    scalar.log,
    1 / X,
    Wrong("not turned over", "x.derivative / x.value", "x.derivative * x.value", inside=dual._log),
)


# ---- the sources' examples -------------------------------------------------------------------------------------------

_TWICE = Wrong("twice the slope", "Dual(x, 1)", "Dual(x, 2)")


def _define_example(id: str, latex: str, f: Callable[[Any], Any], as_written: Callable[[Any], Any]) -> None:
    """f′ as the source writes it, as dual numbers give it, and as SymPy does."""

    @theorem(
        id=f"calculus.example-{id}",
        statement="The derivative that the source writes is the one that dual numbers and SymPy give.",
        latex=latex,
        about=[dual.derivative, Dual],
        refuted=[_TWICE],
    )
    def example(implementation: Any) -> Iterator[Claim]:
        yield claim("f′ as written", shipped(implementation, f, X), stated(lambda: as_written(X)))
        yield claim("f′ by SymPy", shipped(implementation, f, X), derivative(stated(lambda: f(X)), X))

    THEOREMS.append(example)


_define_example("2x", r"\frac{d}{dx}\,2x = 2", lambda x: 2 * x, lambda _: 2)
_define_example("2x2", r"\frac{d}{dx}\,2x^2 = 4x", lambda x: 2 * x**2, lambda x: 4 * x)
_define_example("x", r"\frac{d}{dx}\,x = 1", lambda x: x, lambda _: 1)
_define_example("x2", r"\frac{d}{dx}\,x^2 = 2x", lambda x: x**2, lambda x: 2 * x)
_define_example(
    "cubic",
    r"\frac{d}{dx}\,(x^3 + 2x^2 + 6) = 3x^2 + 4x + 0",
    lambda x: x**3 + 2 * x**2 + 6,
    lambda x: 3 * x**2 + 4 * x + 0,
)
_define_example(
    "seventh-power",
    r"\frac{d}{dx}\,(3x^2 - 5x + 1)^7 = 7\,(3x^2 - 5x + 1)^6\,(6x - 5)",
    lambda x: (3 * x**2 - 5 * x + 1) ** 7,
    lambda x: 7 * (3 * x**2 - 5 * x + 1) ** 6 * (6 * x - 5),
)


@theorem(
    id="calculus.power-rule",
    statement="The power rule a xⁿ → a n xⁿ⁻¹, for whole n on the source's form and for every real n where x > 0.",
    latex=r"\frac{d}{dx}\,a x^n = a\,n\,x^{n - 1}",
    about=[dual.derivative, Dual],
    refuted=[
        _TWICE,
        Wrong(
            "the exponent not lowered", "scalar.power(self.value, n - 1)", "scalar.power(self.value, n)", inside=Dual
        ),
    ],
)
def power_rule(implementation: Any) -> Iterator[Claim]:
    a, real_n = symbols.number("a"), symbols.number("n")
    for n in (1, 2, 3, 4, 5):
        slope = shipped(lambda n=n: implementation(lambda x: a * x**n, X))
        yield claim("whole n", slope, stated(lambda n=n: a * n * X ** (n - 1)))
    slope = shipped(lambda: implementation(lambda x: a * scalar.exp(real_n * scalar.log(x)), X))  # xⁿ = e^(n log x)
    yield claim("real n", slope, stated(lambda: a * real_n * Exp((real_n - 1) * Log(X))))


@theorem(
    id="calculus.partial-derivatives",
    statement="A partial derivative takes the other variables for constants.",
    latex=r"\frac{\partial}{\partial x_i} f(x_0, x_1, x_2)",
    about=[dual.gradient, Dual],
    refuted=[
        Wrong("every variable moves", "1 if k == i else 0", "1"),
        Wrong("the variable before moves", "k == i", "k == i - 1"),
    ],
)
def partial_derivatives(implementation: Any) -> Iterator[Claim]:
    x = symbols.vector("x", 3)

    def f(x: Any) -> Any:
        return x[0] * x[0] * x[1] - 3 * x[1] / x[2] + scalar.exp(x[0] * x[2])

    yield claim("∇f", shipped(implementation, f, x), derivative(stated(lambda: f(x)), x))


THEOREMS += [power_rule, partial_derivatives]
