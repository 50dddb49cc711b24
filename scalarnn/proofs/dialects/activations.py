"""Activations of other software: each derivative is SymPy's of the shipped function, on every open branch."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import scalarnn.dialects.activations as activations
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
    Wrong("λ forgotten", "da_dz = SELU_SCALE * SELU_ALPHA *", "da_dz = SELU_ALPHA *"),
)
_slope("softplus", r"\frac{da}{dz} = \sigma(z)", Wrong("mirrored", "sigmoid(z)", "sigmoid(-z)"))
_slope(
    "hard_sigmoid",
    r"\frac{da}{dz} = \begin{cases}\frac16 & -3 < z < 3\\ 0 & |z| > 3\end{cases}",
    Wrong("no upper end", "da_dz: Number = 0", "da_dz: Number = 1"),
    Wrong("a fifth, as Keras had it", "ratio(1, 6", "ratio(1, 5"),
)
_slope(
    "silu",
    r"\frac{da}{dz} = \sigma(z) + z\,\sigma(z)\,\sigma(-z)",
    Wrong("the product rule forgotten", "s + z * s * sigmoid(-z)", "z * s * sigmoid(-z)"),
)
_slope(
    "gelu",
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
