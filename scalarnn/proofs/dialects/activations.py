"""Activations of other software: each derivative is SymPy's of the shipped function, on every open branch."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sympy

import scalarnn.dialects.activations as activations
from scalarnn.normal import bell, bell_area
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch, open_branches
from scalarnn.proofs.exact import Exp, Log
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

ALPHA = symbols.number("alpha")


def _slope(name: str, latex: str, *wrong: Wrong, alpha: bool = False) -> None:
    function, slope = getattr(activations, name), getattr(activations, f"{name}_derivative")
    arguments = (ALPHA,) if alpha else ()

    @theorem(
        id=f"dialect.{name}-derivative",
        statement=f"On every branch, {name}_derivative is the derivative of {name}.",
        latex=latex,
        about=[slope, function],
        refuted=wrong,
    )
    def by_sympy(implementation: Any) -> Iterator[Claim]:
        z = symbols.number("z")

        def run() -> Any:
            return shipped(implementation, z, *arguments), shipped(function, z, *arguments)

        for branch in open_branches(run):
            da_dz, a = branch.value
            yield claim("da/dz", da_dz, derivative(a, z), on=branch)

    THEOREMS.append(by_sympy)


_OTHER_SIDE = Wrong("the wrong side", "if z > 0", "if z < 0")
_slope(
    "elu",
    r"\frac{da}{dz} = \begin{cases}1 & z > 0\\ \alpha e^z & z < 0\end{cases}",
    _OTHER_SIDE,
    Wrong("α forgotten", "alpha * exp(z)", "exp(z)"),
    alpha=True,
)
_slope(
    "celu",
    r"\frac{da}{dz} = \begin{cases}1 & z > 0\\ e^{z / \alpha} & z < 0\end{cases}",
    _OTHER_SIDE,
    Wrong("that of ELU", "exp(z / alpha)", "alpha * exp(z)"),
    alpha=True,
)
_slope(
    "selu",
    r"\frac{da}{dz} = \begin{cases}\lambda & z > 0\\ \lambda\alpha e^z & z < 0\end{cases}",
    _OTHER_SIDE,
    Wrong("λ forgotten", "da_dz = scale * alpha *", "da_dz = alpha *"),
)
_slope("softplus", r"\frac{da}{dz} = \sigma(z)", Wrong("mirrored", "sigmoid(z)", "sigmoid(-z)"))
_slope(
    "hard_sigmoid",
    r"\frac{da}{dz} = \begin{cases}\frac16 & -3 < z < 3\\ 0 & |z| > 3\end{cases}",
    Wrong("no upper end", "da_dz: Number = 0", "da_dz: Number = 1"),
    Wrong("a fifth, as Keras had it", "ratio(1, 6", "ratio(1, 5"),
)
_slope(
    "sloped_hard_sigmoid",
    r"\frac{da}{dz} = \begin{cases}s & 0 < s z + \frac12 < 1\\ 0 & \text{beyond}\end{cases}",
    Wrong("no upper end", "if u > 1:", "if u > 1 + u * u:"),
    Wrong("1", "da_dz = slope", "da_dz = 1"),
    alpha=True,
)
_slope(
    "silu",
    r"\frac{da}{dz} = \sigma(z) + z\,\sigma(z)\,\sigma(-z)",
    Wrong("the product rule forgotten", "s + z * s * s_mirrored", "z * s * s_mirrored"),
)
_slope(
    "gelu_tanh",
    r"\frac{da}{dz} = \frac{1 + t}{2} + \frac z2\,(1 - t^2)\,\frac{du}{dz},\quad t = \tanh u",
    Wrong("the inner derivative forgotten", "* du_dz / 2", "/ 2"),
    Wrong("the cube's three forgotten", "3 * GELU_CUBE", "GELU_CUBE"),
)


@theorem(
    id="dialect.softplus",
    statement="On both branches softplus is log(1 + eᶻ).",
    latex=r"z + \log(1 + e^{-z}) = \log(1 + e^z)",
    about=[activations.softplus],
    refuted=[Wrong("the sign", "z + log1p(exp(-z))", "z + log1p(exp(z))"), Wrong("z forgotten", "z + log1p", "log1p")],
)
def softplus_is_one_formula(implementation: Any) -> Iterator[Claim]:
    """Compared by their exponentials: e^(log u) = u, and both are positive."""
    z = symbols.number("z")

    def e_to(a: Any) -> Any:
        return Exp(a).replace(Exp, _of_log)

    for branch in every_branch(lambda: shipped(lambda: e_to(implementation(z)))):
        yield claim("eᵃ", branch.value, stated(lambda: 1 + Exp(z)), on=branch)


def _of_log(u: Any) -> Any:
    """e^(x + log v) is eˣ v."""
    logs = [term for term in u.as_ordered_terms() if isinstance(term, Log)]
    product = Exp(u - sum(logs))
    for log in logs:
        product *= log.args[0]
    return product


THEOREMS.append(softplus_is_one_formula)


# ---- GELU: the area below a bell curve -------------------------------------------------------------------------------


class _Area(sympy.Function):
    """Φ, of which nothing is known but its derivative, the bell curve."""

    is_real = True

    def fdiff(self, argindex: int = 1) -> Any:  # noqa: ARG002
        return bell(self.args[0])


@contextmanager
def _by_its_derivative(function: Any) -> Iterator[None]:
    """What a function calls bell_area is Φ."""
    names = function.__globals__
    before, names["bell_area"] = names["bell_area"], _Area
    try:
        yield
    finally:
        names["bell_area"] = before


@theorem(
    id="dialect.gelu-derivative",
    statement="gelu_derivative is the derivative of gelu, for Φ a function whose derivative is φ.",
    latex=r"\frac{da}{dz} = \Phi(z) + z\,\varphi(z)",
    about=[activations.gelu_derivative, activations.gelu],
    refuted=[
        Wrong("the product rule forgotten", "bell_area(z) + z * density", "z * density"),
        Wrong("the area twice", "z * density", "z * bell_area(z)"),
    ],
)
def gelu_by_sympy(implementation: Any) -> Iterator[Claim]:
    z = symbols.number("z")
    with _by_its_derivative(implementation), _by_its_derivative(activations.gelu):
        da_dz, a = shipped(implementation, z), shipped(activations.gelu, z)
    yield claim("da/dz", da_dz, derivative(a, z))


@theorem(
    id="dialect.bell_area",
    statement="With T terms bell_area has the bell curve for its slope, but for a part z²ᵀ / (1·3·…·(2T−1)) of it.",
    latex=r"\frac{d}{dz} \Phi_T(z) = \varphi(z) \left(1 - \frac{z^{2T}}{1 \cdot 3 \cdots (2T-1)}\right)",
    about=[bell_area],
    refuted=[
        Wrong("even numbers", "(2 * k + 1)", "(2 * k)"),
        Wrong("half of it", "2 * bell(z)", "bell(z)"),
        Wrong("no first term", "total = z", "total = 0"),
    ],
)
def area_by_series(implementation: Any) -> Iterator[Claim]:
    z = symbols.number("z")
    for terms in (1, 2, 5):
        left_out = z ** (2 * terms) / math.prod(range(1, 2 * terms, 2))
        for branch in open_branches(lambda terms=terms: shipped(implementation, z, terms)):
            if not isinstance(branch.value.value, int):  # between the far ends, where it is 0 and 1
                slope = derivative(branch.value, z)
                yield claim("Φ′", slope, stated(lambda rest=left_out: bell(z) * (1 - rest)), on=branch)


THEOREMS += [gelu_by_sympy, area_by_series]
