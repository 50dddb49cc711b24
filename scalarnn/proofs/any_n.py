"""Any number of classes: the general formulas, proved of each other for every n, and bridged to the shipped loops."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scalarnn.losses import mean_squared_error, mean_squared_error_gradient
from scalarnn.neuron import neuron_backward, neuron_forward
from scalarnn.proofs import formulas, symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.formulas import at, fresh, index, partial, total, vector
from scalarnn.proofs.softmax import labels_that_sum_to_one
from scalarnn.proofs.theorem import Claim, Side, Wrong, claim, shipped, stated, theorem
from scalarnn.softmax import softmax, softmax_backward, softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["THEOREMS"]

BRIDGE = (2, 3, 5)

Z, Y, Y_HAT, W, X = vector("z"), vector("y"), vector("y_hat"), vector("w"), vector("x")
DL_DY_HAT = vector("dL_dy_hat")
i, k = index("i"), index("k")
_J = fresh()
SUM_OF_LABELS = total(Y[_J], _J)


def _general(what: str, left: Side, right: Side, given: Any = None) -> Claim:
    """left = right for every n."""
    return Claim(what, left, right, given=given or {}, relation="= for every n")


# ---- for every n -----------------------------------------------------------------------------------------------------


@theorem(
    id="any-n.jacobian",
    statement="For any number of classes, the softmax Jacobian is ŷₖ (δₖᵢ − ŷᵢ).",
    latex=r"\frac{\partial \hat y_k}{\partial z_i} = \hat y_k\,(\delta_{ki} - \hat y_i)",
    about=[formulas.jacobian, formulas.softmax],
    refuted=[
        Wrong("diagonal only", "(KroneckerDelta(k, i) - y_hat_i)", "KroneckerDelta(k, i)"),
        Wrong("a sign", "KroneckerDelta(k, i) - y_hat_i", "KroneckerDelta(k, i) + y_hat_i"),
    ],
)
def jacobian(formula: Any) -> Iterator[Claim]:
    for row in (k, i):

        def written(row: Any = row) -> Any:
            return formula(formulas.softmax(Z, row), formulas.softmax(Z, i), row, i)

        slope = stated(lambda row=row: partial(formulas.softmax(Z, row), Z[i]))
        yield _general(f"∂ŷ/∂z, row {row}", shipped(written), slope)


@theorem(
    id="any-n.any-labels",
    statement="For any number of classes and any labels, ∂L/∂z = (Σy)·ŷ − y.",
    latex=r"\frac{\partial L}{\partial z_i} = \Bigl(\sum_k y_k\Bigr)\,\hat y_i - y_i",
    about=[formulas.cross_entropy_gradient, formulas.cross_entropy],
    refuted=[
        Wrong("a sign", "- y[i]", "+ y[i]"),
        Wrong("the sum of the labels taken for 1", "total(y[k], k) * softmax(z, i)", "softmax(z, i)"),
    ],
)
def any_labels(formula: Any) -> Iterator[Claim]:
    yield _general("∂L/∂zᵢ", shipped(formula, Z, Y, i), stated(lambda: partial(formulas.cross_entropy(Z, Y), Z[i])))


@theorem(
    id="any-n.y-hat-minus-y",
    statement="For any number of classes, ∂L/∂z = ŷ − y where the labels sum to one.",
    latex=r"\sum_k y_k = 1 \;\Rightarrow\; \frac{\partial L}{\partial z_i} = \hat y_i - y_i",
    about=[formulas.prediction_minus_label, formulas.cross_entropy],
    refuted=[
        Wrong("a sign", "softmax(z, i) - y[i]", "softmax(z, i) + y[i]"),
        Wrong("divided by n", "softmax(z, i) - y[i]", "(softmax(z, i) - y[i]) / N"),
        Wrong("the label forgotten", "softmax(z, i) - y[i]", "softmax(z, i)"),
    ],
)
def y_hat_minus_y(formula: Any) -> Iterator[Claim]:
    left = shipped(formula, Z, Y, i)
    given = {SUM_OF_LABELS: 1}
    yield _general("∂L/∂zᵢ", left, stated(lambda: partial(formulas.cross_entropy(Z, Y), Z[i])), given)
    yield _general("∂L/∂zᵢ by the chain rule", left, stated(lambda: formulas.chain_rule(Z, Y, i)), given)


@theorem(
    id="any-n.chain-rule",
    statement="For any number of classes, the sum of the chain rule over all classes is the derivative of the loss.",
    latex=r"\frac{\partial L}{\partial z_i} = \sum_k \Bigl(-\frac{y_k}{\hat y_k}\Bigr)\,"
    r"\frac{\partial \hat y_k}{\partial z_i}",
    about=[formulas.chain_rule, formulas.cross_entropy],
    refuted=[
        Wrong(
            "one term of the sum",
            "total(-y[k] / softmax(z, k) * jacobian(softmax(z, k), softmax(z, i), k, i), k)",
            "-y[i] * (1 - softmax(z, i))",
        ),
        Wrong("a sign", "-y[k] /", "y[k] /"),
    ],
)
def chain_rule(formula: Any) -> Iterator[Claim]:
    yield _general("∂L/∂zᵢ", shipped(formula, Z, Y, i), stated(lambda: partial(formulas.cross_entropy(Z, Y), Z[i])))


@theorem(
    id="any-n.mean-squared-error",
    statement="For any number of predictions, the gradient of the mean squared error is 2 (ŷ − y) / n.",
    latex=r"\frac{\partial L}{\partial \hat y_i} = \frac{2\,(\hat y_i - y_i)}{n}",
    about=[formulas.mean_squared_error_gradient, formulas.mean_squared_error],
    refuted=[Wrong("the 1/n forgotten", " / N", ""), Wrong("the 2 forgotten", "2 * (", "1 * (")],
)
def mean_squared_error_for_any_n(formula: Any) -> Iterator[Claim]:
    loss = stated(lambda: partial(formulas.mean_squared_error(Y_HAT, Y), Y_HAT[i]))
    yield _general("∂L/∂ŷᵢ", shipped(formula, Y_HAT, Y, i), loss)


@theorem(
    id="any-n.neuron",
    statement="For any number of inputs, the weighted sum grows by xᵢ with wᵢ, by wᵢ with xᵢ and by 1 with b.",
    latex=r"\frac{\partial z}{\partial w_i} = x_i,\quad \frac{\partial z}{\partial x_i} = w_i,\quad "
    r"\frac{\partial z}{\partial b} = 1",
    about=[formulas.neuron],
    refuted=[Wrong("a sign", "+ b", "- b"), Wrong("not weighted", "w[j] * x[j]", "w[j] + x[j]")],
)
def neuron_for_any_n(formula: Any) -> Iterator[Claim]:
    b = symbols.number("b")
    for what, by, slope in (("∂z/∂wᵢ", W[i], X[i]), ("∂z/∂xᵢ", X[i], W[i]), ("∂z/∂b", b, 1)):
        yield _general(what, shipped(lambda by=by: partial(formula(X, W, b), by)), stated(lambda slope=slope: slope))


# ---- the bridge: the shipped loops are these formulas ----------------------------------------------------------------


def _written_out(formula: Any, n: int, values: dict[str, list[Any]]) -> Callable[[], Any]:
    """[formula for i = 0, …, n − 1]."""

    def build() -> Any:
        return [at(formula, n, values, i=i) for i in range(n)]

    return build


@theorem(
    id="any-n.bridge-softmax",
    statement="The shipped softmax is the general formula at n = 2, 3 and 5, on every branch.",
    latex=r"\hat y_i = \frac{e^{z_i}}{\sum_j e^{z_j}},\quad n = 2, 3, 5",
    about=[softmax, formulas.softmax],
    refuted=[Wrong("not divided by the sum", "e[k] / S", "e[k]")],
)
def bridge_softmax(implementation: Any) -> Iterator[Claim]:
    for n in BRIDGE:
        z = symbols.vector("z", n)
        for branch in every_branch(lambda z=z: shipped(implementation, z)):
            general = _written_out(formulas.softmax(Z, i), n, {"z": z})
            yield claim("ŷ", branch.value, stated(general), on=branch)


@theorem(
    id="any-n.bridge-cross-entropy",
    statement="The shipped loss is the general formula at n = 2, 3 and 5 for labels that sum to one.",
    latex=r"L = -\sum_k y_k \Bigl(z_k - \log \sum_j e^{z_j}\Bigr),\quad n = 2, 3, 5",
    about=[softmax_cross_entropy, formulas.cross_entropy],
    refuted=[Wrong("a sign", "L -= y[k]", "L += y[k]")],
)
def bridge_cross_entropy(implementation: Any) -> Iterator[Claim]:
    for n in BRIDGE:
        z, y = symbols.vector("z", n), symbols.vector("y", n)
        for branch in every_branch(lambda z=z, y=y: shipped(implementation, z, y)):
            general = stated(lambda n=n, z=z, y=y: at(formulas.cross_entropy(Z, Y), n, {"z": z, "y": y}))
            yield claim("L", branch.value, general, on=branch)


@theorem(
    id="any-n.bridge-y-hat-minus-y",
    statement="The shipped ŷ − y is the general formula at n = 2, 3 and 5.",
    latex=r"\frac{\partial L}{\partial z_i} = \hat y_i - y_i,\quad n = 2, 3, 5",
    about=[softmax_cross_entropy_gradient, formulas.prediction_minus_label],
    refuted=[Wrong("a sign", "y_hat[i] - y[i]", "y[i] - y_hat[i]")],
)
def bridge_y_hat_minus_y(implementation: Any) -> Iterator[Claim]:
    for n in BRIDGE:
        z, y = symbols.vector("z", n), symbols.vector("y", n)
        for branch in every_branch(lambda z=z, y=y: shipped(implementation, z, y)):
            general = _written_out(formulas.prediction_minus_label(Z, Y, i), n, {"z": z, "y": y})
            yield claim("∂L/∂z", branch.value, stated(general), on=branch, given=labels_that_sum_to_one(y))


@theorem(
    id="any-n.bridge-jacobian",
    statement="The shipped way back through softmax is the general Jacobian at n = 2, 3 and 5.",
    latex=r"\frac{\partial L}{\partial z_i} = \sum_k \frac{\partial L}{\partial \hat y_k}\,\hat y_k\,"
    r"(\delta_{ki} - \hat y_i),\quad n = 2, 3, 5",
    about=[softmax_backward, formulas.jacobian],
    refuted=[Wrong("diagonal only", "J[k][i]", "J[k][i] if k == i else 0")],
)
def bridge_jacobian(implementation: Any) -> Iterator[Claim]:
    for n in BRIDGE:
        y_hat, dL_dy_hat = symbols.vector("y_hat", n), symbols.vector("dL_dy_hat", n)
        j = fresh()
        formula = total(DL_DY_HAT[j] * formulas.jacobian(Y_HAT[j], Y_HAT[i], j, i), j)
        general = _written_out(formula, n, {"y_hat": y_hat, "dL_dy_hat": dL_dy_hat})
        yield claim("∂L/∂z", shipped(implementation, dL_dy_hat, y_hat), stated(general))


@theorem(
    id="any-n.bridge-mean-squared-error",
    statement="The shipped gradient of the mean squared error is the general formula at n = 2, 3 and 5.",
    latex=r"\frac{\partial L}{\partial \hat y_i} = \frac{2\,(\hat y_i - y_i)}{n},\quad n = 2, 3, 5",
    about=[mean_squared_error_gradient, formulas.mean_squared_error_gradient],
    refuted=[Wrong("the 1/n forgotten", "2 * d / n", "2 * d")],
)
def bridge_mean_squared_error(implementation: Any) -> Iterator[Claim]:
    for n in BRIDGE:
        y_hat, y = symbols.vector("y_hat", n), symbols.vector("y", n)
        values = {"y_hat": y_hat, "y": y}
        general = _written_out(formulas.mean_squared_error_gradient(Y_HAT, Y, i), n, values)
        yield claim("∂L/∂ŷ", shipped(implementation, y_hat, y), stated(general))


@theorem(
    id="any-n.bridge-mean-squared-error-value",
    statement="The shipped mean squared error is the general formula at n = 2, 3 and 5.",
    latex=r"L = \frac1n \sum_j (\hat y_j - y_j)^2,\quad n = 2, 3, 5",
    about=[mean_squared_error, formulas.mean_squared_error],
    refuted=[Wrong("the 1/n forgotten", "total / len(y_hat)", "total")],
)
def bridge_mean_squared_error_value(implementation: Any) -> Iterator[Claim]:
    for n in BRIDGE:
        y_hat, y = symbols.vector("y_hat", n), symbols.vector("y", n)
        values = {"y_hat": y_hat, "y": y}
        general = stated(lambda n=n, values=values: at(formulas.mean_squared_error(Y_HAT, Y), n, values))
        yield claim("L", shipped(implementation, y_hat, y), general)


@theorem(
    id="any-n.bridge-neuron",
    statement="The shipped neuron is the general formula at n = 2, 3 and 5.",
    latex=r"z = \sum_j w_j x_j + b,\quad n = 2, 3, 5",
    about=[neuron_forward, neuron_backward, formulas.neuron],
    refuted=[Wrong("the bias taken away", "z = s + b", "z = s - b")],
)
def bridge_neuron(implementation: Any) -> Iterator[Claim]:
    b = symbols.number("b")
    for n in BRIDGE:
        x, w = symbols.vector("x", n), symbols.vector("w", n)
        general = stated(lambda n=n, x=x, w=w: at(formulas.neuron(X, W, b), n, {"x": x, "w": w}))
        yield claim("z", shipped(implementation, x, w, b), general)


THEOREMS = [
    jacobian,
    any_labels,
    y_hat_minus_y,
    chain_rule,
    mean_squared_error_for_any_n,
    neuron_for_any_n,
    bridge_softmax,
    bridge_jacobian,
    bridge_cross_entropy,
    bridge_y_hat_minus_y,
    bridge_mean_squared_error_value,
    bridge_mean_squared_error,
    bridge_neuron,
]
