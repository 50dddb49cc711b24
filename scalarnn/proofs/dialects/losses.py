"""Losses of other software: each gradient is SymPy's derivative of the shipped loss, on every open branch."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import scalarnn.dialects.distances as distances
import scalarnn.dialects.losses as losses
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import open_branches
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_Y_HAT, _Y = symbols.vector("y_hat", 2), symbols.vector("y", 2)
_SUM_ONE = {_Y[1]: 1 - _Y[0]}


def _gradient(name: str, latex: str, *wrong: Wrong, setting: str = "", is_distribution: bool = False) -> None:
    room = distances if hasattr(distances, name) else losses
    loss, gradient = getattr(room, name), getattr(room, f"{name}_gradient")
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
    r"\frac{\partial L}{\partial \hat y_i} = \begin{cases}\frac{\hat y_i - y_i}{n\,\hat y_i (1 - \hat y_i)} & "
    r"\varepsilon \le \hat y_i \le 1 - \varepsilon\\ 0 & \text{beyond}\end{cases}",
    Wrong("no mean", "(p * (1 - p)) / n", "(p * (1 - p))"),
    Wrong("σ′ forgotten", "/ (p * (1 - p)) / n", "/ n"),
    setting="clip",
)
_gradient(
    "cushioned_binary_cross_entropy",
    r"\frac{\partial L}{\partial \hat y_i} = \frac1n \left(\frac{1 - y_i}{1 - \hat y_i + \varepsilon} - "
    r"\frac{y_i}{\hat y_i + \varepsilon}\right)",
    Wrong("ε forgotten", "y[i] / (y_hat[i] + clip)", "y[i] / y_hat[i]"),
    Wrong("no mean", ") / n", ")"),
    setting="clip",
)
_gradient(
    "clipped_classes_cross_entropy",
    r"\frac{\partial L}{\partial \hat y_k} = \begin{cases}-\frac{y_k}{\hat y_k} & "
    r"\varepsilon \le \hat y_k \le 1 - \varepsilon\\ 0 & \text{beyond}\end{cases}",
    Wrong("the sign", "-y[k] / y_hat[k]", "y[k] / y_hat[k]"),
    Wrong("not cut", "if y_hat[k] < clip or y_hat[k] > 1 - clip", "if y_hat[k] < clip"),
    setting="clip",
)
_gradient(
    "renormalised_cross_entropy",
    r"\frac{\partial L}{\partial \hat y_k} = \frac{Y}{\sum_j \hat y_j} - \begin{cases}\frac{y_k}{\hat y_k} & "
    r"\varepsilon \le p_k \le 1 - \varepsilon\\ 0 & \text{beyond}\end{cases},\quad "
    r"p_k = \frac{\hat y_k}{\sum_j \hat y_j},\quad Y = \sum_{\text{not beyond}} y_j",
    Wrong("as if they summed to 1", "moving / total", "moving"),
    Wrong("the sign", "= -y[k] / y_hat[k]", "= y[k] / y_hat[k]"),
    Wrong("what is cut still counts", "and p_k >= clip", ""),
    setting="clip",
    is_distribution=True,
)
_gradient(
    "cut_then_renormalised_cross_entropy",
    r"\frac{\partial L}{\partial \hat y_k} = \begin{cases}\frac{1}{\sum_j p_j} - \frac{y_k}{\hat y_k} & "
    r"\varepsilon \le \hat y_k \le 1 - \varepsilon\\ 0 & \text{beyond}\end{cases}",
    Wrong("as if they summed to 1", "1 / total", "1"),
    Wrong("what is cut still moves", "if y_hat[k] >= clip and y_hat[k] <= 1 - clip", "if y_hat[k] >= clip"),
    setting="clip",
    is_distribution=True,
)
_gradient(
    "kullback_leibler",
    r"\frac{\partial L}{\partial \hat y_k} = -\frac{y_k}{\hat y_k}",
    Wrong("the sign", "-y[k] / y_hat[k]", "y[k] / y_hat[k]"),
)
_gradient(
    "clipped_kullback_leibler",
    r"\frac{\partial L}{\partial \hat y_k} = \begin{cases}-\frac{t_k}{\hat y_k} & \hat y_k \ge \varepsilon\\ "
    r"0 & \text{below}\end{cases},\quad t_k = \max(y_k, \varepsilon)",
    Wrong("the target uncut", "-t_k / y_hat[k]", "-y[k] / y_hat[k]"),
    setting="clip",
)
_gradient(
    "huber",
    r"\frac{\partial L}{\partial \hat y_i} = \min(\delta, \max(-\delta, \hat y_i - y_i))",
    Wrong("no line", "dL_dy_hat_i = delta", "dL_dy_hat_i = d"),
    Wrong("twice", "dL_dy_hat_i = d\n        dL", "dL_dy_hat_i = 2 * d\n        dL"),
    setting="delta",
)
_gradient(
    "mean_huber",
    r"\frac{\partial L}{\partial \hat y_i} = \frac1n \min(\delta, \max(-\delta, \hat y_i - y_i))",
    Wrong("no line", "dL_dy_hat_i = delta / n", "dL_dy_hat_i = d / n"),
    Wrong("no mean", "= d / n", "= d"),
    setting="delta",
)
_gradient(
    "tied_absolute_error",
    r"\frac{\partial L}{\partial \hat y_i} = -\frac1n\ \text{where}\ \hat y_i < y_i",
    Wrong("no mean", "= 1 / n", "= 1"),
    Wrong("the wrong side", "if d > 0", "if d < 0"),
)
_gradient(
    "hinge",
    r"\frac{\partial L}{\partial \hat y_i} = -\frac{y_i}{n}\ \text{where}\ y_i \hat y_i < 1",
    Wrong("no mean", "-y[i] / n", "-y[i]"),
    Wrong("always", "if missing > 0", "if missing < 0"),
)


def _formula(name: str, statement: str, latex: str, formula: Any, *wrong: Wrong) -> None:
    """A function of two vectors, or of one and a number, is its formula."""
    function = getattr(losses, name)

    @theorem(id=f"dialect.{name}", statement=statement, latex=latex, about=[function], refuted=list(wrong))
    def as_stated(implementation: Any) -> Iterator[Claim]:
        for second in (symbols.vector("w", 2), symbols.number("s")):
            if ("weighted" in name) == isinstance(second, list):
                found = shipped(implementation, _Y_HAT, second)
                yield claim(name, found, stated(lambda second=second: formula(_Y_HAT, second)))

    THEOREMS.append(as_stated)


_formula(
    "weighted_over_weights",
    "Weighted losses, divided by the weights, are a mean: Σ wL / Σ w.",
    r"L = \frac{\sum_n w_n L_n}{\sum_n w_n}",
    lambda L, w: (w[0] * L[0] + w[1] * L[1]) / (w[0] + w[1]),
    Wrong("by the rows", "over += weights[n]", "over += 1"),
)
_formula(
    "weighted_over_rows",
    "Weighted losses, divided by the rows: Σ wL / N.",
    r"L = \frac1N \sum_n w_n L_n",
    lambda L, w: (w[0] * L[0] + w[1] * L[1]) / 2,
    Wrong("no mean", "total / len(L_n)", "total"),
)
_formula(
    "smoothed",
    "A smoothed target is (1 − s) y + s/n: it still sums to 1 if y does.",
    r"y' = (1 - s)\,y + \frac sn",
    lambda y, s: [(1 - s) * y[0] + s / 2, (1 - s) * y[1] + s / 2],
    Wrong("not spread", "smoothing / n", "smoothing"),
    Wrong("nothing taken away", "(1 - smoothing) * y[k]", "y[k]"),
)
_formula(
    "smoothed_answers",
    "A smoothed answer is (1 − s) y + s/2.",
    r"y' = (1 - s)\,y + \frac s2",
    lambda y, s: [(1 - s) * y[0] + s / 2, (1 - s) * y[1] + s / 2],
    Wrong("moved to 1", "smoothing / 2", "smoothing"),
)


@theorem(
    id="dialect.floored_binary_cross_entropy-gradient",
    statement="Where no logarithm is floored, floored_binary_cross_entropy_gradient is the gradient of its loss.",
    latex=r"\frac{\partial L}{\partial \hat y_i} = \frac{\hat y_i - y_i}{n\,\hat y_i (1 - \hat y_i)}",
    about=[losses.floored_binary_cross_entropy_gradient, losses.floored_binary_cross_entropy],
    refuted=[Wrong("no mean", "/ spread / n", "/ spread"), Wrong("the spread forgotten", "/ spread / n", "/ n")],
)
def floored(implementation: Any) -> Iterator[Claim]:
    """The branch in which neither bound appears: beyond it the package itself does not derive its loss."""
    least, floor = symbols.number("least"), symbols.number("floor")

    def run() -> Any:
        loss = shipped(losses.floored_binary_cross_entropy, _Y_HAT, _Y, floor)
        return shipped(implementation, _Y_HAT, _Y, least), loss

    for branch in open_branches(run):
        dL_dy_hat, L = branch.value
        if not any(value.has(least, floor) for value in (*dL_dy_hat.value, L.value)):
            yield claim("∂L/∂ŷ", dL_dy_hat, derivative(L, _Y_HAT), on=branch)


THEOREMS.append(floored)
