"""Losses: each is what its name says, and its gradient is the derivative of its own value."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sympy import Rational

from scalarnn import losses
from scalarnn.activations import Sigmoid, sigmoid
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch, open_branches
from scalarnn.proofs.exact import Log, Root
from scalarnn.proofs.theorem import Claim, Side, Theorem, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

Cases = Sequence[tuple[list[Any], Any]]  # pairs of y_hat and y (or a label)


def _name(function: Any) -> str:
    return str(function.__name__).replace("_", "-")


def _define(
    loss: Callable[..., Any],
    gradient: Callable[..., Any],
    formula: Callable[[Any, Any], Any],
    cases: Cases,
    *,
    latex: str,
    gradient_latex: str,
    wrong: list[Wrong],
    wrong_gradient: list[Wrong],
) -> None:
    """Two theorems for a loss: its value on every branch is the formula, and its gradient SymPy's derivative."""

    @theorem(
        id=f"loss.{_name(loss)}",
        statement=f"{loss.__name__} is what its name says, on every branch.",
        latex=latex,
        about=[loss],
        refuted=wrong,
    )
    def value(implementation: Any) -> Iterator[Claim]:
        for y_hat, y in cases:

            def run(y_hat: Any = y_hat, y: Any = y) -> tuple[Side, Side]:
                return shipped(implementation, y_hat, y), stated(lambda: formula(y_hat, y))

            for branch in every_branch(run):
                yield claim("L", *branch.value, on=branch)

    @theorem(
        id=f"loss.{_name(loss)}-gradient",
        statement=f"{gradient.__name__} is the derivative of {loss.__name__} by each prediction, on every branch.",
        latex=gradient_latex,
        about=[gradient, loss],
        refuted=wrong_gradient,
    )
    def slope(implementation: Any) -> Iterator[Claim]:
        for y_hat, y in cases:

            def run(y_hat: Any = y_hat, y: Any = y) -> tuple[Side, Side]:
                return shipped(implementation, y_hat, y), shipped(loss, y_hat, y)

            for branch in open_branches(run):
                dL_dy_hat, L = branch.value
                yield claim("∂L/∂ŷ", dL_dy_hat, derivative(L, y_hat), on=branch)

    THEOREMS.extend([value, slope])


def _predictions(*sizes: int) -> Cases:
    return [(symbols.vector("y_hat", n), symbols.vector("y", n)) for n in sizes]


def _squares(y_hat: Any, y: Any) -> Any:
    return sum((p - t) ** 2 for p, t in zip(y_hat, y, strict=True))


# ---- squared error ---------------------------------------------------------------------------------------------------


def _squared_error(y_hat: Any, y: Any) -> Any:
    return _squares(y_hat, y)


def _half_squared_error(y_hat: Any, y: Any) -> Any:
    return Rational(1, 2) * _squares(y_hat, y)


def _mean_squared_error(y_hat: Any, y: Any) -> Any:
    return Rational(1, len(y)) * _squares(y_hat, y)


def _half_mean_squared_error(y_hat: Any, y: Any) -> Any:
    return Rational(1, 2 * len(y)) * _squares(y_hat, y)


def _root_mean_squared_error(y_hat: Any, y: Any) -> Any:
    return Root(Rational(1, len(y)) * _squares(y_hat, y))


_define(
    losses.squared_error,
    losses.squared_error_gradient,
    _squared_error,
    _predictions(1, 2, 3),
    latex=r"L = \sum_i (\hat y_i - y_i)^2",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = 2\,(\hat y_i - y_i)",
    wrong=[Wrong("a sign", "y_hat[i] - y[i]", "y_hat[i] + y[i]"), Wrong("not squared", "L += d * d", "L += d")],
    wrong_gradient=[
        Wrong("the 2 forgotten", "2 * d", "d"),
        Wrong("prediction and target swapped", "y_hat[i] - y[i]", "y[i] - y_hat[i]"),
    ],
)
_define(
    losses.half_squared_error,
    losses.half_squared_error_gradient,
    _half_squared_error,
    _predictions(1, 2, 3),
    latex=r"L = \tfrac12 \sum_i (\hat y_i - y_i)^2",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = \hat y_i - y_i",
    wrong=[Wrong("the ½ forgotten", "total / 2", "total"), Wrong("the mean", "total / 2", "total / len(y)")],
    wrong_gradient=[
        Wrong("the gradient without ½", "dL_dy_hat_i = d", "dL_dy_hat_i = 2 * d"),
        Wrong("prediction and target swapped", "y_hat[i] - y[i]", "y[i] - y_hat[i]"),
    ],
)
_define(
    losses.mean_squared_error,
    losses.mean_squared_error_gradient,
    _mean_squared_error,
    _predictions(1, 2, 3),
    latex=r"L = \frac1n \sum_i (\hat y_i - y_i)^2",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = \frac{2\,(\hat y_i - y_i)}{n}",
    wrong=[Wrong("the 1/n forgotten", "total / len(y_hat)", "total"), Wrong("½ too", "/ len", "/ 2 / len")],
    wrong_gradient=[
        Wrong("the 1/n forgotten", "2 * d / n", "2 * d"),
        Wrong("the 2 forgotten", "2 * d / n", "d / n"),
        Wrong("the first prediction for all", "y_hat[i] - y[i]", "y_hat[0] - y[0]"),
    ],
)
_define(
    losses.half_mean_squared_error,
    losses.half_mean_squared_error_gradient,
    _half_mean_squared_error,
    _predictions(1, 2, 3),
    latex=r"L = \frac1{2n} \sum_i (\hat y_i - y_i)^2",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = \frac{\hat y_i - y_i}{n}",
    wrong=[Wrong("the ½ forgotten", "2 * len", "len"), Wrong("the 1/n forgotten", "(2 * len(y_hat))", "2")],
    wrong_gradient=[Wrong("the 1/n forgotten", "d / n", "d"), Wrong("the gradient without ½", "d / n", "2 * d / n")],
)
_define(
    losses.root_mean_squared_error,
    losses.root_mean_squared_error_gradient,
    _root_mean_squared_error,
    _predictions(1, 2, 3),
    latex=r"L = \sqrt{\frac1n \sum_i (\hat y_i - y_i)^2}",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = \frac{\hat y_i - y_i}{n\,L}",
    wrong=[Wrong("no root", "sqrt(mse)", "mse")],
    wrong_gradient=[
        Wrong("the gradient of the mean squared error", "d / (n * L)", "2 * d / n"),
        Wrong("not divided by L", "d / (n * L)", "d / n"),
        Wrong("a 2 left over", "d / (n * L)", "2 * d / (n * L)"),
    ],
)


# ---- absolute error --------------------------------------------------------------------------------------------------


def _mean_absolute_error(y_hat: Any, y: Any) -> Any:
    total = 0
    for p, t in zip(y_hat, y, strict=True):
        total += p - t if p > t else t - p
    return Rational(1, len(y)) * total


_define(
    losses.mean_absolute_error,
    losses.mean_absolute_error_gradient,
    _mean_absolute_error,
    _predictions(1, 2, 3),
    latex=r"L = \frac1n \sum_i |\hat y_i - y_i|",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = \begin{cases}1/n & \hat y_i > y_i\\"
    r" -1/n & \hat y_i < y_i\end{cases}",
    wrong=[Wrong("signed", "total -= d", "total += d"), Wrong("the 1/n forgotten", "total / len(y_hat)", "total")],
    wrong_gradient=[
        Wrong("a sign", "ratio(-1, n", "ratio(1, n"),
        Wrong("the 1/n forgotten", "ratio(1, n", "ratio(1, 1"),
        Wrong("the squared one", "dL_dy_hat_i = ratio(1, n, like=d)", "dL_dy_hat_i = d / n"),
    ],
)


# ---- cross-entropy ---------------------------------------------------------------------------------------------------


def _binary_cross_entropy(y_hat: Any, y: Any) -> Any:
    total = 0
    for p, t in zip(y_hat, y, strict=True):
        total += t * Log(p) if t != 0 else 0  # 0 · log 0 counts as 0
        total += (1 - t) * Log(1 - p) if t != 1 else 0
    return -Rational(1, len(y)) * total


def _cross_entropy(y_hat: Any, y: Any) -> Any:
    return -sum(t * Log(p) for p, t in zip(y_hat, y, strict=True) if t != 0)


def _cross_entropy_index(y_hat: Any, label: int) -> Any:
    return -Log(y_hat[label])


P = symbols.vector("p", 4)
T = symbols.vector("y", 4)

_define(
    losses.binary_cross_entropy,
    losses.binary_cross_entropy_gradient,
    _binary_cross_entropy,
    [(P[:1], T[:1]), (P[:2], T[:2]), (P[:3], T[:3]), (P[:1], [0]), (P[:1], [1]), (P[:3], [T[0], 0, 1])],
    latex=r"L = -\frac1n \sum_i \bigl(y_i \log \hat y_i + (1 - y_i) \log (1 - \hat y_i)\bigr)",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_i} = \frac1n\left(-\frac{y_i}{\hat y_i} + "
    r"\frac{1 - y_i}{1 - \hat y_i}\right)",
    wrong=[
        Wrong("the second term of ŷ", "log1p(-y_hat[i])", "log(y_hat[i])"),
        Wrong("1 + ŷ in the second term", "log1p(-y_hat[i])", "log1p(y_hat[i])"),
        Wrong("the sign of one term", "total -= y[i] * log", "total += y[i] * log"),
        Wrong("the 1/n forgotten", "total / len(y_hat)", "total"),
    ],
    wrong_gradient=[
        Wrong("a sign where y = 1", "-1 / y_hat[i]", "1 / y_hat[i]"),
        Wrong("1 + ŷ where y = 0", "1 / (1 - y_hat[i])", "1 / (1 + y_hat[i])"),
        Wrong("the 1/n forgotten", "dL_dy_hat_i / n", "dL_dy_hat_i"),
        Wrong("one term only", "d / (y_hat[i] * (1 - y_hat[i]))", "d / y_hat[i]"),
    ],
)
_define(
    losses.cross_entropy,
    losses.cross_entropy_gradient,
    _cross_entropy,
    [(P[:2], T[:2]), (P, T), (P[:2], [0, 1]), (P[:2], [1, 0]), (P[:3], [0, T[1], 0]), (P[:4], [T[0], 0, T[2], 0])],
    latex=r"L = -\sum_k y_k \log \hat y_k",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_k} = -\frac{y_k}{\hat y_k}",
    wrong=[Wrong("a sign", "L -=", "L +="), Wrong("log of the target", "log(y_hat[k])", "log(y[k])")],
    wrong_gradient=[
        Wrong("a sign", "-y[k] / y_hat[k]", "y[k] / y_hat[k]"),
        Wrong("prediction and target swapped", "-y[k] / y_hat[k]", "-y_hat[k] / y[k]"),
        Wrong("the label forgotten", "-y[k] / y_hat[k]", "-1 / y_hat[k]"),
    ],
)
_define(
    losses.cross_entropy_index,
    losses.cross_entropy_index_gradient,
    _cross_entropy_index,
    [(P[:n], label) for n in (1, 2, 3, 4) for label in range(n)],
    latex=r"L = -\log \hat y_{\text{label}}",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_k} = \begin{cases}-1/\hat y_k & k = \text{label}\\"
    r" 0 & k \ne \text{label}\end{cases}",
    wrong=[Wrong("a sign", "0 - log", "0 + log"), Wrong("the class before", "y_hat[label])", "y_hat[label - 1])")],
    wrong_gradient=[
        Wrong("a sign", "-1 / y_hat[k]", "1 / y_hat[k]"),
        Wrong("the other classes too", "if k == label", "if k <= label"),
    ],
)


# ---- cross-entropy, clipped ------------------------------------------------------------------------------------------

LOWEST = Rational(1, 10**7)  # the 1e-7 of the sources
HIGHEST = 1 - LOWEST


def _kept_inside(p: Any) -> Any:
    if p < LOWEST:
        return Log(LOWEST)
    if p > HIGHEST:
        return Log(HIGHEST)
    return Log(p)


def _clipped_cross_entropy(y_hat: Any, y: Any) -> Any:
    return -sum(t * _kept_inside(p) for p, t in zip(y_hat, y, strict=True))


def _clipped_cross_entropy_index(y_hat: Any, label: int) -> Any:
    return -_kept_inside(y_hat[label])


_define(
    losses.clipped_cross_entropy,
    losses.clipped_cross_entropy_gradient,
    _clipped_cross_entropy,
    [(P[:1], T[:1]), (P[:2], T[:2]), (P[:2], [0, 1]), (P[:2], [1, 0])],
    latex=r"L = -\sum_k y_k \log p_k,\quad p_k = \min(\max(\hat y_k, 10^{-7}), 1 - 10^{-7})",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_k} = \begin{cases}-y_k/\hat y_k & 10^{-7} < \hat y_k < 1 - "
    r"10^{-7}\\ 0 & \text{outside}\end{cases}",
    wrong=[
        Wrong("a sign", "L -=", "L +="),
        Wrong("no clip below", "return lowest", "return p", inside=losses._clipped),
        Wrong("a wider clip", "1 - lowest", "1 - lowest / 2", inside=losses._clip_bounds),
    ],
    wrong_gradient=[
        Wrong("the clip left out of the derivative", "y_hat[k] > lowest and y_hat[k] < highest", "True"),
        Wrong("the clip below only", "y_hat[k] > lowest and y_hat[k] < highest", "y_hat[k] > lowest"),
        Wrong("a sign", "-y[k] / y_hat[k]", "y[k] / y_hat[k]"),
    ],
)
_define(
    losses.clipped_cross_entropy_index,
    losses.clipped_cross_entropy_index_gradient,
    _clipped_cross_entropy_index,
    [(P[:n], label) for n in (1, 2, 3) for label in range(n)],
    latex=r"L = -\log p,\quad p = \min(\max(\hat y_{\text{label}}, 10^{-7}), 1 - 10^{-7})",
    gradient_latex=r"\frac{\partial L}{\partial \hat y_k} = \begin{cases}-1/\hat y_k & k = \text{label},\ 10^{-7} < "
    r"\hat y_k < 1 - 10^{-7}\\ 0 & \text{else}\end{cases}",
    wrong=[Wrong("a sign", "L = -log", "L = log"), Wrong("the first class", "y_hat[label])", "y_hat[0])")],
    wrong_gradient=[
        Wrong("the clip left out of the derivative", "k == label and y_hat[k] > lowest", "k == label and True"),
        Wrong("the other classes too", "k == label and", ""),
    ],
)


# ---- where a loss has a kink or an edge ------------------------------------------------------------------------------


def _define_kink(gradient: Any, loss: Any, y_hat: list[Any], y: Any, place: int, wrong: list[Wrong]) -> None:
    @theorem(
        id=f"loss.{_name(loss)}-kink",
        statement=f"At its kink {gradient.__name__} is the slope between the points as far on either side.",
        latex=r"\frac{\partial L}{\partial \hat y_i} = \lim_{h\to 0,\,h>0} "
        r"\frac{L(\hat y_i + h) - L(\hat y_i - h)}{2h}",
        about=[gradient, loss],
        refuted=wrong,
    )
    def kink(implementation: Any) -> Iterator[Claim]:
        h = symbols.number("h")

        def moved(by: Any) -> list[Any]:
            return [y_hat[i] + by if i == place else y_hat[i] for i in range(len(y_hat))]

        def run() -> Any:
            if not h > 0:
                return None
            return (
                shipped(lambda: implementation(y_hat, y)[place]),
                stated(lambda: (loss(moved(h), y) - loss(moved(-h), y)) / (2 * h)),
            )

        for branch in open_branches(run):
            if branch.value is not None:
                yield claim("∂L/∂ŷ at the kink", *branch.value, on=branch)

    THEOREMS.append(kink)


_define_kink(
    losses.mean_absolute_error_gradient,
    losses.mean_absolute_error,
    [T[0], P[1]],
    [T[0], T[1]],
    0,
    [
        Wrong("the slope on the right", "d > 0", "d >= 0"),
        Wrong("the slope on the left", "d < 0", "d <= 0"),
        Wrong("no slope in particular", "else:\n            dL_dy_hat_i = 0", "else:\n            dL_dy_hat_i = 1"),
    ],
)
_define_kink(
    losses.root_mean_squared_error_gradient,
    losses.root_mean_squared_error,
    [T[0], T[1]],
    [T[0], T[1]],
    0,
    [Wrong("no slope in particular", "dL_dy_hat_i = 0", "dL_dy_hat_i = 1")],
)


def _define_clip_edges(gradient: Any, loss: Any, y: Any, wrong: list[Wrong]) -> None:
    @theorem(
        id=f"loss.{_name(loss)}-edges",
        statement=f"Where the clip begins, {gradient.__name__} takes the slope of the flat side.",
        latex=r"\frac{\partial L}{\partial \hat y}(10^{-7}) = \frac{\partial L}{\partial \hat y}(1 - 10^{-7}) = 0",
        about=[gradient, loss],
        refuted=wrong,
    )
    def edges(implementation: Any) -> Iterator[Claim]:
        h = symbols.number("h")

        def run() -> Any:
            if not h > 0:
                return None
            return [
                (
                    shipped(lambda p=p: implementation([p], y)[0]),
                    stated(lambda p=p, outwards=outwards: (loss([p + outwards * h], y) - loss([p], y)) / h),
                )
                for p, outwards in ((LOWEST, -1), (HIGHEST, 1))
            ]

        for branch in open_branches(run):
            for at_edge, outside in branch.value or ():
                yield claim("∂L/∂ŷ at the edge", at_edge, outside, on=branch)

    THEOREMS.append(edges)


_define_clip_edges(
    losses.clipped_cross_entropy_gradient,
    losses.clipped_cross_entropy,
    [1],
    [
        Wrong("the other side below", "y_hat[k] > lowest", "y_hat[k] >= lowest"),
        Wrong("the other side above", "y_hat[k] < highest", "y_hat[k] <= highest"),
    ],
)
_define_clip_edges(
    losses.clipped_cross_entropy_index_gradient,
    losses.clipped_cross_entropy_index,
    0,
    [
        Wrong("the other side below", "y_hat[k] > lowest", "y_hat[k] >= lowest"),
        Wrong("the other side above", "y_hat[k] < highest", "y_hat[k] <= highest"),
    ],
)


def _define_nothing_for_nothing(function: Any, without: Any, arguments: tuple[Any, Any], wrong: list[Wrong]) -> None:
    """A class with target 0 and prediction 0 adds nothing: no −∞, no 0/0."""

    @theorem(
        id=f"loss.{_name(function)}-ruled-out",
        statement=f"In {function.__name__} a class with target 0 and prediction 0 costs nothing.",
        latex=r"0 \cdot \log 0 = 0",
        about=[function],
        refuted=wrong,
    )
    def nothing(implementation: Any) -> Iterator[Claim]:
        yield claim("with the class", shipped(implementation, *arguments), stated(without))

    THEOREMS.append(nothing)


_define_nothing_for_nothing(
    losses.cross_entropy,
    lambda: -T[1] * Log(P[1]) - T[2] * Log(P[2]),
    ([0, P[1], P[2]], [0, T[1], T[2]]),
    [Wrong("the classes after it too", "continue", "break")],
)
_define_nothing_for_nothing(
    losses.cross_entropy_gradient,
    lambda: [0, -T[1] / P[1], -T[2] / P[2]],
    ([0, P[1], P[2]], [0, T[1], T[2]]),
    [Wrong("the classes after it too", "dL_dy_hat.append(dL_dy_hat_k)", "dL_dy_hat.append(0)")],
)
_define_nothing_for_nothing(
    losses.binary_cross_entropy,
    lambda: -(T[2] * Log(P[2]) + (1 - T[2]) * Log(1 - P[2]) + Log(P[3])) / 4,
    ([0, 1, P[2], P[3]], [0, 1, T[2], 1]),
    [Wrong("a certain and right answer costs", "log1p(-y_hat[i])", "log1p(1 - y_hat[i])")],
)
_define_nothing_for_nothing(
    losses.binary_cross_entropy_gradient,
    lambda: [Rational(1, 4), -Rational(1, 4), (-T[2] / P[2] + (1 - T[2]) / (1 - P[2])) / 4, -1 / (4 * P[3])],
    ([0, 1, P[2], P[3]], [0, 1, T[2], 1]),
    [Wrong("a sign", "-1 / y_hat[i]", "1 / y_hat[i]"), Wrong("nothing where y = 0", "1 / (1 - y_hat[i])", "0")],
)


# ---- binary cross-entropy behind sigmoid -----------------------------------------------------------------------------


@theorem(
    id="loss.binary-cross-entropy-after-sigmoid",
    statement="Behind sigmoid, the gradient of binary cross-entropy by z is (ŷ − y) / n.",
    latex=r"\hat y_i = \sigma(z_i) \;\Rightarrow\; \frac{\partial L}{\partial z_i} = \frac{\hat y_i - y_i}{n}",
    about=[losses.binary_cross_entropy_gradient, losses.binary_cross_entropy, Sigmoid, sigmoid],
    refuted=[
        Wrong("the 1/n forgotten", "dL_dy_hat_i / n", "dL_dy_hat_i"),
        Wrong("the sign of 1 − ŷ", "(y_hat[i] * (1 - y_hat[i]))", "(y_hat[i] * (y_hat[i] - 1))"),
    ],
)
def binary_cross_entropy_after_sigmoid(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2):
        z, y = symbols.vector("z", n), symbols.vector("y", n)

        def run(z: Any = z, y: Any = y) -> Any:
            y_hat = stated(lambda: [sigmoid(z_i) for z_i in z])
            dL_dz = shipped(lambda: Sigmoid().backward(implementation(y_hat.value, y), z))
            return dL_dz, y_hat, shipped(losses.binary_cross_entropy, y_hat.value, y)

        for branch in open_branches(run):
            dL_dz, y_hat, L = branch.value
            short = [(y_hat.value[i] - y[i]) * Rational(1, n) for i in range(n)]
            yield claim("(ŷ − y)/n", dL_dz, Side(short, y_hat.ran), on=branch)
            yield claim("∂L/∂z", dL_dz, derivative(Side(L.value, L.ran | y_hat.ran), z), on=branch)


THEOREMS.append(binary_cross_entropy_after_sigmoid)
