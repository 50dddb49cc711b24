"""Softmax, its Jacobian, and with cross-entropy: where ∂L/∂z = ŷ − y comes from, and what it rests on."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Expr, Mul

from scalarnn.labels import one_hot
from scalarnn.losses import cross_entropy_gradient, cross_entropy_index_gradient
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.exact import Exp, Log, exponents
from scalarnn.proofs.theorem import (
    Claim,
    Side,
    Theorem,
    Wrong,
    claim,
    claim_not_above,
    derivative,
    shipped,
    stated,
    theorem,
)
from scalarnn.softmax import (
    Softmax,
    _less_one,
    _log_of_shifted_sum,
    _maximum,
    log_sum_exp,
    softmax,
    softmax_backward,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
    softmax_jacobian,
)

__all__ = ["THEOREMS", "labels_that_sum_to_one"]

MINUS_INFINITY = float("-inf")


def _unshifted(z: list[Any]) -> list[Any]:
    """ŷₖ = e^zₖ / Σⱼ e^zⱼ, as the sources write it first."""
    S = sum(Exp(z_j) for z_j in z)
    return [Exp(z_k) / S for z_k in z]


def labels_that_sum_to_one(y: list[Any]) -> dict[Expr, Expr]:
    """Σy = 1, said of the last label: y_last = 1 − the others."""
    return {y[-1]: 1 - sum(y[:-1])}


def _classes(n: int) -> list[int]:
    """Every class; of five, the first, the middle and the last."""
    return list(range(n)) if n < 5 else [0, n // 2, n - 1]


def _labels(n: int) -> Iterator[tuple[list[Any], dict[Expr, Expr]]]:
    """Soft labels, one-hot labels, and soft labels with a class ruled out, each with what is given of them."""
    soft = symbols.vector("y", n)
    yield soft, labels_that_sum_to_one(soft)
    for label in _classes(n):
        yield one_hot(label, n), {}
    if n > 2:
        yield [soft[0], 0, *soft[2:]], labels_that_sum_to_one([soft[0], *soft[2:]])


# ---- softmax ---------------------------------------------------------------------------------------------------------


@theorem(
    id="softmax.maximum",
    statement="On every branch softmax, which subtracts the largest logit, equals the quotient that does not.",
    latex=r"\frac{e^{z_k - m}}{\sum_j e^{z_j - m}} = \frac{e^{z_k}}{\sum_j e^{z_j}},\quad m = \max z",
    about=[softmax],
    refuted=[
        Wrong("shifted above only", "S += e_k", "S += exp(z[k])"),
        Wrong("a sign", "exp(z[k] - m)", "exp(m - z[k])"),
        Wrong("the sum without the last", "S += e_k", "S += e_k if k else 0"),
    ],
)
def softmax_does_not_see_the_maximum(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4, 5):
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: shipped(implementation, z)):
            yield claim("ŷ", branch.value, stated(lambda z=z: _unshifted(z)), on=branch)


@theorem(
    id="softmax.shift",
    statement="Adding the same number to every logit changes nothing.",
    latex=r"\operatorname{softmax}(z + c) = \operatorname{softmax}(z)",
    about=[softmax],
    refuted=[Wrong("the largest not subtracted below", "S += e_k", "S += exp(z[k])")],
)
def softmax_does_not_see_a_shift(implementation: Any) -> Iterator[Claim]:
    c = symbols.number("c")
    for n in (2, 3):
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: shipped(implementation, [z_k + c for z_k in z])):
            yield claim("ŷ", branch.value, stated(lambda z=z: _unshifted(z)), on=branch)


@theorem(
    id="softmax.sum",
    statement="The outputs of softmax sum to one.",
    latex=r"\sum_k \hat y_k = 1",
    about=[softmax],
    refuted=[Wrong("not divided by the sum", "e[k] / S", "e[k]")],
)
def softmax_sums_to_one(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4, 5):
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: shipped(lambda: sum(implementation(z)))):
            yield claim("Σŷ", branch.value, stated(lambda: 1), on=branch)


@theorem(
    id="softmax.ruled-out",
    statement="A class with logit −∞ gets probability 0, and the others share as if it were not there.",
    latex=r"z_k = -\infty \Rightarrow \hat y_k = 0",
    about=[softmax],
    refuted=[Wrong("the class counted", "e[k] / S", "e[k] / (S + 1)")],
)
def softmax_rules_out(implementation: Any) -> Iterator[Claim]:
    z = symbols.vector("z", 2)
    for branch in every_branch(lambda: shipped(implementation, [z[0], MINUS_INFINITY, z[1]])):
        p = _unshifted(z)
        yield claim("ŷ", branch.value, stated(lambda p=p: [p[0], 0, p[1]]), on=branch)


def _cannot_overflow(function: Any, arguments: Any, wrong: list[Wrong]) -> Theorem:
    @theorem(
        id=f"softmax.stable-{function.__name__.replace('_', '-')}",
        statement=f"In {function.__name__} no exponent is above 0, and one of them is 0: nothing overflows, and S ≥ 1.",
        latex=r"z_k - \max z \le 0,\quad \prod_k (z_k - \max z) = 0",
        about=[function],
        refuted=wrong,
    )
    def stable(implementation: Any) -> Iterator[Claim]:
        for n in (1, 2, 3, 4):
            z = symbols.vector("z", n)

            def run(n: int = n, z: Any = z) -> Side:
                def exponents_of() -> Any:
                    with exponents() as seen:
                        implementation(z, *arguments(n))
                    return seen

                return shipped(exponents_of)

            for branch in every_branch(run):
                seen = branch.value
                yield claim_not_above("exponent", seen, stated(lambda seen=seen: [0] * len(seen.value)), on=branch)
                yield claim("their product", Side(Mul(*seen.value), seen.ran), stated(lambda: 0), on=branch)

    return stable


def _no_arguments(_: int) -> tuple[()]:
    return ()


def _soft_labels(n: int) -> tuple[Any]:
    return (symbols.vector("y", n),)


def _last_label(n: int) -> tuple[int]:
    return (n - 1,)


_SMALLEST = Wrong("the smallest in the place of the largest", "z[k] > m", "z[k] < m", inside=_maximum)
_FIRST = Wrong("the first in the place of the largest", "m = z[k]", "m = m", inside=_maximum)

STABLE = [
    _cannot_overflow(softmax, _no_arguments, [_SMALLEST, _FIRST]),
    _cannot_overflow(log_sum_exp, _no_arguments, [_SMALLEST, _FIRST]),
    _cannot_overflow(softmax_cross_entropy, _soft_labels, [_SMALLEST, _FIRST]),
    _cannot_overflow(softmax_cross_entropy_index, _last_label, [_SMALLEST, _FIRST]),
]


@theorem(
    id="softmax.jacobian",
    statement="The written-out Jacobian is the derivative of every output of softmax by every logit.",
    latex=r"\frac{\partial \hat y_k}{\partial z_i} = \begin{cases}\hat y_i (1 - \hat y_i) & k = i\\"
    r" -\hat y_k \hat y_i & k \ne i\end{cases}",
    about=[softmax_jacobian, softmax],
    refuted=[
        Wrong("diagonal only", "-y_hat[k] * y_hat[i]", "0"),
        Wrong("a sign off the diagonal", "-y_hat[k] * y_hat[i]", "y_hat[k] * y_hat[i]"),
        Wrong("1 + ŷ on the diagonal", "1 - y_hat[i]", "1 + y_hat[i]"),
        Wrong("the cases swapped", "k == i", "k != i"),
    ],
)
def jacobian_is_derivative(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: shipped(softmax, z)):
            y_hat = branch.value
            yield claim("∂ŷ/∂z", shipped(implementation, y_hat.value), derivative(y_hat, z), on=branch)


@theorem(
    id="softmax.backward",
    statement="Back through softmax: for any loss of ŷ, the chain rule over the whole Jacobian gives ∂L/∂z.",
    latex=r"\frac{\partial L}{\partial z_i} = \sum_k \frac{\partial L}{\partial \hat y_k}\,"
    r"\frac{\partial \hat y_k}{\partial z_i}",
    about=[softmax_backward, softmax_jacobian, softmax],
    refuted=[
        Wrong("diagonal only", "J[k][i]", "J[k][i] if k == i else 0"),
        Wrong("the last class only", "dL_dz_i += dL_dy_hat[k]", "dL_dz_i = dL_dy_hat[k]"),
        Wrong("one gradient for all classes", "dL_dy_hat[k] *", "dL_dy_hat[i] *"),
    ],
)
def backward_is_derivative(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: shipped(softmax, z)):
            y_hat = branch.value
            L, dL_dy_hat = symbols.any_loss(y_hat.value, "dL_dy_hat")
            backward = shipped(implementation, dL_dy_hat, y_hat.value)
            yield claim("∂L/∂z", backward, derivative(Side(L, y_hat.ran), z), on=branch)


@theorem(
    id="softmax.object",
    statement="Softmax as the activation of a layer: softmax forward, the derivative of any loss backward.",
    latex=r"a = \operatorname{softmax}(z),\quad \frac{\partial L}{\partial z_i} = \sum_k "
    r"\frac{\partial L}{\partial a_k}\,\frac{\partial a_k}{\partial z_i}",
    about=[Softmax, softmax, softmax_backward],
    refuted=[
        Wrong("the Jacobian taken at z", "softmax_backward(dL_da, y_hat)", "softmax_backward(dL_da, z)"),
        Wrong("the Jacobian forgotten", "return softmax_backward(dL_da, y_hat)", "return list(dL_da)"),
    ],
)
def softmax_object(implementation: Any) -> Iterator[Claim]:
    z = symbols.vector("z", 3)

    def run() -> Any:
        y_hat = shipped(softmax, z)
        L, dL_da = symbols.any_loss(y_hat.value, "dL_da")
        activation = implementation()
        return shipped(activation.forward, z), y_hat, shipped(activation.backward, dL_da, z), Side(L, y_hat.ran)

    for branch in every_branch(run):
        a, y_hat, dL_dz, loss = branch.value
        yield claim("a", a, y_hat, on=branch)
        yield claim("∂L/∂z", dL_dz, derivative(loss, z), on=branch)


# ---- with cross-entropy ----------------------------------------------------------------------------------------------


@theorem(
    id="softmax.log-sum-exp",
    statement="log_sum_exp is the log of the sum of exponentials, and its derivative is softmax.",
    latex=r"m + \log \sum_k e^{z_k - m} = \log \sum_k e^{z_k},\quad "
    r"\frac{\partial}{\partial z_i} \log \sum_k e^{z_k} = \hat y_i",
    about=[log_sum_exp, softmax],
    refuted=[
        Wrong("the largest not added again", "m + log_S", "log_S"),
        Wrong("a sign", "m + log_S", "m - log_S"),
        Wrong("shifted the wrong way", "exp(z[k] - m)", "exp(z[k] + m)", inside=_log_of_shifted_sum),
    ],
)
def log_sum_exp_is_log_of_sum(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: (shipped(implementation, z), shipped(softmax, z))):
            value, y_hat = branch.value
            yield claim("log Σ e^z", value, stated(lambda z=z: Log(sum(Exp(z_k) for z_k in z))), on=branch)
            yield claim("its derivative", derivative(value, z), y_hat, on=branch)


@theorem(
    id="softmax.cross-entropy",
    statement="From logits, the loss is the cross-entropy of labels and softmax, on every branch.",
    latex=r"L = -\sum_k y_k \log \frac{e^{z_k}}{\sum_j e^{z_j}}",
    about=[softmax_cross_entropy],
    refuted=[
        Wrong("a sign", "L -= y[k]", "L += y[k]"),
        Wrong("the normaliser forgotten", "(z[k] - m) - log_S", "z[k] - m"),
        Wrong("the true class only", "L -= y[k] * log_y_hat_k", "L = -y[k] * log_y_hat_k"),
        Wrong("labels that are not 1 ignored", "y[k] == 0", "y[k] != 1"),
    ],
)
def cross_entropy_from_logits(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z = symbols.vector("z", n)
        for y, _ in _labels(n):
            for branch in every_branch(lambda z=z, y=y: shipped(implementation, z, y)):

                def formula(z: Any = z, y: Any = y) -> Any:
                    return -sum(y_k * Log(p) for y_k, p in zip(y, _unshifted(z), strict=True))

                yield claim("L", branch.value, stated(formula), on=branch)


@theorem(
    id="softmax.cross-entropy-index",
    statement="The loss by index is the cross-entropy of the one-hot label.",
    latex=r"L = -\log \hat y_{\text{label}}",
    about=[softmax_cross_entropy_index, softmax_cross_entropy, one_hot],
    refuted=[
        Wrong("a sign", "log_S - (z[label] - m)", "log_S + (z[label] - m)"),
        Wrong("the first class", "z[label]", "z[0]"),
        Wrong("the largest subtracted once too few", "(z[label] - m)", "z[label]"),
    ],
)
def cross_entropy_by_index(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z = symbols.vector("z", n)
        for label in range(n):

            def run(z: Any = z, label: int = label, n: int = n) -> Any:
                return shipped(implementation, z, label), shipped(softmax_cross_entropy, z, one_hot(label, n))

            for branch in every_branch(run):
                yield claim("L", *branch.value, on=branch)


@theorem(
    id="softmax.y-hat-minus-y",
    statement="For labels that sum to one, one-hot or soft, ŷ − y is the derivative of the loss by the logits.",
    latex=r"\sum_k y_k = 1 \;\Rightarrow\; \frac{\partial L}{\partial z_i} = \hat y_i - y_i",
    about=[softmax_cross_entropy_gradient, softmax_cross_entropy, softmax],
    refuted=[
        Wrong("a sign", "y_hat[i] - y[i]", "y[i] - y_hat[i]"),
        Wrong("the label forgotten", "y_hat[i] - y[i]", "y_hat[i]"),
        Wrong("always one-hot", "y_hat[i] - y[i]", "y_hat[i] - (1 if y[i] == max(y, key=str) else 0)"),
        Wrong("derivative taken at z instead of ŷ", "y_hat[i] - y[i]", "z[i] - y[i]"),
        Wrong("divided by n", "y_hat[i] - y[i]", "(y_hat[i] - y[i]) / len(z)"),
        Wrong("near 1, the true class among the others", "k != i", "True", inside=_less_one),
        Wrong("near 1, a sign", "d -= y_hat[k]", "d += y_hat[k]", inside=_less_one),
    ],
)
def gradient_is_prediction_minus_label(implementation: Any) -> Iterator[Claim]:
    for n in (2, 3, 4, 5):
        z = symbols.vector("z", n)
        for y, sum_is_one in _labels(n):

            def run(z: Any = z, y: Any = y) -> Any:
                return shipped(implementation, z, y), shipped(softmax_cross_entropy, z, y)

            for branch in every_branch(run):
                dL_dz, L = branch.value
                yield claim("∂L/∂z", dL_dz, derivative(L, z), on=branch, given=sum_is_one)


@theorem(
    id="softmax.y-hat-minus-one",
    statement="By index: ŷ − 1 for the true class and ŷ for the others is the derivative of the loss by the logits.",
    latex=r"\frac{\partial L}{\partial z_i} = \hat y_i - [i = \text{label}]",
    about=[softmax_cross_entropy_index_gradient, softmax_cross_entropy_index, softmax],
    refuted=[
        Wrong("a sign", "y_hat[i] - 1", "1 - y_hat[i]"),
        Wrong("the class before", "i != label", "i != label - 1"),
        Wrong("near 1, the true class among the others", "k != i", "True", inside=_less_one),
        Wrong("near 1, a sign", "d -= y_hat[k]", "d += y_hat[k]", inside=_less_one),
        Wrong("the true class only", "            dL_dz_i = y_hat[i]\n", "            dL_dz_i = 0\n"),
    ],
)
def gradient_by_index(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4, 5):
        z = symbols.vector("z", n)
        for label in _classes(n):

            def run(z: Any = z, label: int = label) -> Any:
                return shipped(implementation, z, label), shipped(softmax_cross_entropy_index, z, label)

            for branch in every_branch(run):
                dL_dz, L = branch.value
                yield claim("∂L/∂z", dL_dz, derivative(L, z), on=branch)


@theorem(
    id="softmax.two-routes",
    statement="The short form ŷ − y and the long way through the written-out Jacobian agree.",
    latex=r"\hat y_i - y_i = \sum_k \left(-\frac{y_k}{\hat y_k}\right) \frac{\partial \hat y_k}{\partial z_i}",
    about=[softmax_cross_entropy_gradient, softmax_backward, softmax_jacobian, cross_entropy_gradient],
    refuted=[
        Wrong("a sign", "y_hat[i] - y[i]", "y[i] - y_hat[i]"),
        Wrong("the label forgotten", "y_hat[i] - y[i]", "y_hat[i]"),
    ],
)
def short_form_and_jacobian_agree(implementation: Any) -> Iterator[Claim]:
    for n in (2, 3, 4):
        z = symbols.vector("z", n)
        for y, sum_is_one in _labels(n):

            def run(z: Any = z, y: Any = y) -> Any:
                def through_the_jacobian() -> Any:
                    y_hat = softmax(z)
                    return softmax_backward(cross_entropy_gradient(y_hat, y), y_hat)

                return shipped(implementation, z, y), stated(through_the_jacobian)

            for branch in every_branch(run):
                yield claim("∂L/∂z", *branch.value, on=branch, given=sum_is_one)


@theorem(
    id="softmax.two-routes-index",
    statement="By index, too, the short form and the long way through the written-out Jacobian agree.",
    latex=r"\hat y_i - [i = \text{label}] = -\frac{1}{\hat y_{\text{label}}} "
    r"\frac{\partial \hat y_{\text{label}}}{\partial z_i}",
    about=[softmax_cross_entropy_index_gradient, softmax_backward, softmax_jacobian, cross_entropy_index_gradient],
    refuted=[Wrong("a sign", "y_hat[i] - 1", "1 - y_hat[i]")],
)
def short_form_and_jacobian_agree_by_index(implementation: Any) -> Iterator[Claim]:
    for n in (2, 3):
        z = symbols.vector("z", n)
        for label in range(n):

            def run(z: Any = z, label: int = label) -> Any:
                def through_the_jacobian() -> Any:
                    y_hat = softmax(z)
                    return softmax_backward(cross_entropy_index_gradient(y_hat, label), y_hat)

                return shipped(implementation, z, label), stated(through_the_jacobian)

            for branch in every_branch(run):
                yield claim("∂L/∂z", *branch.value, on=branch)


# ---- labels that do not sum to one -----------------------------------------------------------------------------------


@theorem(
    id="softmax.any-labels",
    statement="Whatever the labels sum to, the derivative of the loss is (Σy)·ŷ − y, and the long way finds it.",
    latex=r"\frac{\partial L}{\partial z_i} = \Bigl(\sum_k y_k\Bigr)\,\hat y_i - y_i",
    about=[softmax_backward, cross_entropy_gradient, softmax_cross_entropy, softmax],
    refuted=[
        Wrong("diagonal only", "J[k][i]", "J[k][i] if k == i else 0"),
        Wrong("a sign", "dL_dz_i += dL_dy_hat[k]", "dL_dz_i -= dL_dy_hat[k]"),
    ],
)
def derivative_for_any_labels(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z, y = symbols.vector("z", n), symbols.vector("y", n)

        def run(z: Any = z, y: Any = y) -> Any:
            y_hat = softmax(z)
            dL_dy_hat = cross_entropy_gradient(y_hat, y)
            return (
                shipped(implementation, dL_dy_hat, y_hat),
                shipped(softmax_cross_entropy, z, y),
                stated(lambda: softmax(z)),
            )

        for branch in every_branch(run):
            dL_dz, L, y_hat = branch.value
            general = [sum(y) * y_hat.value[i] - y[i] for i in range(n)]
            yield claim("∂L/∂z", dL_dz, derivative(L, z), on=branch)
            yield claim("(Σy)·ŷ − y", dL_dz, Side(general, y_hat.ran), on=branch)


@theorem(
    id="softmax.short-form-needs-sum-one",
    statement="The short form ŷ − y differs from the derivative of the loss by exactly (Σy − 1)·ŷ.",
    latex=r"\frac{\partial L}{\partial z_i} - (\hat y_i - y_i) = \Bigl(\sum_k y_k - 1\Bigr)\,\hat y_i",
    about=[softmax_cross_entropy_gradient, softmax_cross_entropy, softmax],
    refuted=[
        Wrong("the general form", "y_hat[i] - y[i]", "sum(y) * y_hat[i] - y[i]"),
        Wrong("a sign", "y_hat[i] - y[i]", "y[i] - y_hat[i]"),
    ],
)
def short_form_needs_labels_that_sum_to_one(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        z, y = symbols.vector("z", n), symbols.vector("y", n)

        def run(z: Any = z, y: Any = y) -> Any:
            return shipped(implementation, z, y), shipped(softmax_cross_entropy, z, y), stated(lambda: softmax(z))

        for branch in every_branch(run):
            short, L, y_hat = branch.value
            slope = derivative(L, z).value
            excess = [slope[i] - (sum(y) - 1) * y_hat.value[i] for i in range(n)]
            yield claim("ŷ − y", short, Side(excess, L.ran | y_hat.ran), on=branch)


@theorem(
    id="softmax.cross-entropy-ruled-out",
    statement="A class with logit −∞ and label 0 costs nothing and gets no gradient.",
    latex=r"z_k = -\infty,\ y_k = 0 \;\Rightarrow\; y_k \log \hat y_k = 0",
    about=[softmax_cross_entropy],
    refuted=[Wrong("the classes after it too", "continue", "break")],
)
def cross_entropy_with_a_class_ruled_out(implementation: Any) -> Iterator[Claim]:
    z, y = symbols.vector("z", 2), symbols.vector("y", 2)

    def formula() -> Any:
        p = _unshifted(z)
        return -y[0] * Log(p[0]) - y[1] * Log(p[1])

    for branch in every_branch(lambda: shipped(implementation, [z[0], MINUS_INFINITY, z[1]], [y[0], 0, y[1]])):
        yield claim("L", branch.value, stated(formula), on=branch)


THEOREMS = [
    softmax_does_not_see_the_maximum,
    softmax_does_not_see_a_shift,
    softmax_sums_to_one,
    softmax_rules_out,
    *STABLE,
    jacobian_is_derivative,
    backward_is_derivative,
    softmax_object,
    log_sum_exp_is_log_of_sum,
    cross_entropy_from_logits,
    cross_entropy_by_index,
    gradient_is_prediction_minus_label,
    gradient_by_index,
    short_form_and_jacobian_agree,
    short_form_and_jacobian_agree_by_index,
    derivative_for_any_labels,
    short_form_needs_labels_that_sum_to_one,
    cross_entropy_with_a_class_ruled_out,
]
