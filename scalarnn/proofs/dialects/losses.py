"""Losses of other software: each gradient is SymPy's derivative of the shipped loss, on every open branch."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import scalarnn.dialects.losses as losses
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import open_branches
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, derivative, shipped, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_Y_HAT, _Y = symbols.vector("y_hat", 2), symbols.vector("y", 2)
_SUM_ONE = {_Y[1]: 1 - _Y[0]}


def _gradient(name: str, latex: str, *wrong: Wrong, setting: str = "", is_distribution: bool = False) -> None:
    loss, gradient = getattr(losses, name), getattr(losses, f"{name}_gradient")
    given = {setting: symbols.number(setting)} if setting else {}

    @theorem(
        id=f"dialect.{name}-gradient",
        statement=f"On every branch, {name}_gradient is the gradient of {name}.",
        latex=latex,
        about=[gradient, loss],
        refuted=wrong,
    )
    def by_sympy(implementation: Any) -> Iterator[Claim]:
        def run() -> Any:
            return shipped(implementation, _Y_HAT, _Y, **given), shipped(loss, _Y_HAT, _Y, **given)

        for branch in open_branches(run):
            dL_dy_hat, L = branch.value
            known = _SUM_ONE if is_distribution else None
            yield claim("∂L/∂ŷ", dL_dy_hat, derivative(L, _Y_HAT), on=branch, given=known)

    THEOREMS.append(by_sympy)


_gradient(
    "clipped_binary_cross_entropy",
    r"\frac{\partial L}{\partial \hat y_i} = \frac{\hat y_i - y_i}{n\,\hat y_i (1 - \hat y_i)}",
    Wrong("no mean", "(p * (1 - p)) / n", "(p * (1 - p))"),
    Wrong("σ′ forgotten", "/ (p * (1 - p)) / n", "/ n"),
    setting="clip",
)
_gradient(
    "renormalised_cross_entropy",
    r"\frac{\partial L}{\partial \hat y_k} = \frac{1}{\sum_j \hat y_j} - \frac{y_k}{\hat y_k}",
    Wrong("as if they summed to 1", "dL_dy_hat_k = 1 / total", "dL_dy_hat_k = 1"),
    Wrong("the sign", "-= y[k]", "+= y[k]"),
    is_distribution=True,
)
_gradient(
    "kullback_leibler",
    r"\frac{\partial L}{\partial \hat y_k} = -\frac{y_k}{\hat y_k}",
    Wrong("the sign", "-y[k] / y_hat[k]", "y[k] / y_hat[k]"),
)
_gradient(
    "huber",
    r"\frac{\partial L}{\partial \hat y_i} = \min(\delta, \max(-\delta, \hat y_i - y_i))",
    Wrong("no line", "dL_dy_hat_i = delta", "dL_dy_hat_i = d"),
    Wrong("twice", "dL_dy_hat_i = d\n        dL", "dL_dy_hat_i = 2 * d\n        dL"),
    setting="delta",
)
_gradient(
    "hinge",
    r"\frac{\partial L}{\partial \hat y_i} = -\frac{y_i}{n}\ \text{where}\ y_i \hat y_i < 1",
    Wrong("no mean", "-y[i] / n", "-y[i]"),
    Wrong("always", "if missing > 0", "if missing < 0"),
)
