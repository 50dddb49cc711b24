"""The derivations of the sources, step by step.

000-softmax-cross-entropy    §4.2: from the loss to ŷ − y
000-dense                    §4.3 and §4.4: a dense layer with ReLU
002-neuron                   one ReLU neuron with squared error, and its update (also `003` §2)
003-layer                    three ReLU neurons whose sum is squared (`003` §3.1, also `002`)
003-inputs                   the gradient of the inputs (`003` §4)
004-output-layer             the 2-3-1 network, backward through the output layer
004-hidden-layer             and on through the hidden layer, with one update

Those of the Learning chapter have a file of their own, `learning`.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from typing import Any

from scalarnn import dual
from scalarnn.activations import ReLU, relu, relu_derivative
from scalarnn.layer import Layer, bias_gradient, input_gradient, layer_forward, weight_gradient
from scalarnn.learning.gradient_descent import gradient_descent_step
from scalarnn.losses import (
    cross_entropy,
    cross_entropy_gradient,
    half_squared_error,
    half_squared_error_gradient,
    squared_error,
    squared_error_gradient,
)
from scalarnn.neuron import Neuron, neuron_backward, neuron_forward, weighted_sum
from scalarnn.proofs import learning, symbols
from scalarnn.proofs.derivation import Derivation, Slope, Step
from scalarnn.proofs.exact import Exp, Log
from scalarnn.proofs.softmax import labels_that_sum_to_one
from scalarnn.proofs.watch import Line
from scalarnn.softmax import (
    softmax,
    softmax_backward,
    softmax_cross_entropy_gradient,
    softmax_jacobian,
)

__all__ = ["DERIVATIONS"]


# ---- `000` §4.2: ∂L/∂z = ŷ − y ---------------------------------------------------------------------------------------

_n = 3
_classes = range(_n)
_z, _y, _p = symbols.vector("z", _n), symbols.vector("y", _n), symbols.vector("p", _n)


def _y_hat(k: int) -> Any:
    return Exp(_z[k]) / sum(Exp(z_j) for z_j in _z)


_AT_Y_HAT = {_p[k]: _y_hat(k) for k in _classes}


def _softmax_loss() -> Any:
    return -sum(_y[k] * Log(_y_hat(k)) for k in _classes)


def _others(i: int) -> list[int]:
    return [k for k in _classes if k != i]


def _quotient_rule(k: int, i: int) -> Any:
    """Of e^{z_k} / S: the slope of the numerator is e^{z_i} in its own class, and 0 in every other."""
    S = sum(Exp(z_j) for z_j in _z)
    numerator_slope = Exp(_z[i]) if k == i else 0
    return (numerator_slope * S - Exp(_z[k]) * Exp(_z[i])) / (S * S)


def _run_softmax() -> None:
    y_hat = softmax(_z)
    cross_entropy(y_hat, _y)
    softmax_backward(cross_entropy_gradient(y_hat, _y), y_hat)
    softmax_cross_entropy_gradient(_z, _y)


_JACOBIAN = Line(softmax_jacobian, "dy_hat_k_dz_i", ("k", "i"))
_CHAIN = Line(softmax_backward, "dL_dz_i", ("i",))
_SHORT = Line(softmax_cross_entropy_gradient, "dL_dz_i", ("i",))
_DL_DZ = r"\frac{\partial L}{\partial z_i}"

SOFTMAX_CROSS_ENTROPY = Derivation(
    id="derivation.000-softmax-cross-entropy",
    statement="From cross-entropy and softmax to ŷ − y.",
    latex=r"\frac{\partial L}{\partial z_i} = \hat y_i - y_i",
    source="`000` §4.2",
    run=_run_softmax,
    given=labels_that_sum_to_one(_y),
    given_latex=r"\sum_k y_k = 1",
    steps=(
        Step(
            id="softmax",
            quantity=r"\hat y_k",
            latex=r"\frac{e^{z_k}}{\sum_j e^{z_j}}",
            rule="definition",
            line=Line(softmax, "y_hat_k", ("k",)),
            expression=_y_hat,
        ),
        Step(
            id="loss",
            quantity="L",
            latex=r"-\sum_k y_k \log \hat y_k",
            rule="definition",
            line=Line(cross_entropy, "L"),
            expression=_softmax_loss,
        ),
        Step(
            id="loss-by-probability",
            quantity=r"\frac{\partial L}{\partial \hat y_k}",
            latex=r"-\frac{y_k}{\hat y_k}",
            rule="derivative of the logarithm",
            line=Line(cross_entropy_gradient, "dL_dy_hat_k", ("k",)),
            expression=lambda k: -_y[k] / _y_hat(k),
            starts_from=lambda k: Slope(-sum(_y[j] * Log(_p[j]) for j in _classes), _p[k], _AT_Y_HAT),
        ),
        Step(
            id="quotient-rule",
            quantity=r"\frac{\partial \hat y_k}{\partial z_i}",
            latex=r"\begin{cases}\dfrac{e^{z_i} S - e^{z_i} e^{z_i}}{S^2} & k = i\\[8pt] "
            r"\dfrac{0 \cdot S - e^{z_k} e^{z_i}}{S^2} & k \ne i\end{cases}",
            rule="quotient rule",
            line=_JACOBIAN,
            expression=_quotient_rule,
            starts_from=lambda k, i: Slope(_y_hat(k), _z[i]),
        ),
        Step(
            id="probability-by-logit",
            quantity=r"\frac{\partial \hat y_k}{\partial z_i}",
            latex=r"\begin{cases}\hat y_i (1 - \hat y_i) & k = i\\ -\hat y_k \hat y_i & k \ne i\end{cases}",
            rule="the shares put in",
            line=_JACOBIAN,
            expression=lambda k, i: _y_hat(i) * (1 - _y_hat(i)) if k == i else -_y_hat(k) * _y_hat(i),
        ),
        Step(
            id="chain-rule",
            quantity=_DL_DZ,
            latex=r"\sum_k \frac{\partial L}{\partial \hat y_k} \cdot \frac{\partial \hat y_k}{\partial z_i}",
            rule="chain rule",
            line=_CHAIN,
            expression=lambda i: sum(-_y[k] / _y_hat(k) * _y_hat(k).diff(_z[i]) for k in _classes),
            starts_from=lambda i: Slope(_softmax_loss(), _z[i]),
        ),
        Step(
            id="split",
            quantity=_DL_DZ,
            latex=r"\left(-\frac{y_i}{\hat y_i}\right) \hat y_i (1 - \hat y_i) + \sum_{k \ne i} "
            r"\left(-\frac{y_k}{\hat y_k}\right) (-\hat y_k \hat y_i)",
            rule="both derivatives put in, the term k = i apart",
            line=_CHAIN,
            expression=lambda i: (
                (-_y[i] / _y_hat(i)) * _y_hat(i) * (1 - _y_hat(i))
                + sum((-_y[k] / _y_hat(k)) * (-_y_hat(k) * _y_hat(i)) for k in _others(i))
            ),
        ),
        Step(
            id="cancel",
            quantity=_DL_DZ,
            latex=r"-y_i (1 - \hat y_i) + \hat y_i \sum_{k \ne i} y_k",
            rule="ŷ cancelled, ŷᵢ in front of the sum",
            line=_CHAIN,
            expression=lambda i: -_y[i] * (1 - _y_hat(i)) + _y_hat(i) * sum(_y[k] for k in _others(i)),
        ),
        Step(
            id="labels-sum-to-one",
            quantity=_DL_DZ,
            latex=r"-y_i (1 - \hat y_i) + \hat y_i (1 - y_i)",
            rule="Σy = 1",
            line=_SHORT,
            expression=lambda i: -_y[i] * (1 - _y_hat(i)) + _y_hat(i) * (1 - _y[i]),
            uses_given=True,
        ),
        Step(
            id="result",
            quantity=_DL_DZ,
            latex=r"\hat y_i - y_i",
            rule="multiplied out, terms combined",
            line=_SHORT,
            expression=lambda i: _y_hat(i) - _y[i],
            uses_given=True,
        ),
    ),
)


# ---- a layer with ReLU, any loss behind it ---------------------------------------------------------------------------

_x, _W, _b = symbols.vector("x", 2), symbols.matrix("W", 3, 2), symbols.vector("b", 3)
_inputs, _neurons = range(2), range(3)


def _z_of(j: int) -> Any:
    return sum(_W[j][i] * _x[i] for i in _inputs) + _b[j]


def _positive(z: Any) -> Any:
    """max(0, z)."""
    return z if z > 0 else 0


def _gate(z: Any) -> Any:
    """1 where z > 0, else 0."""
    return 1 if z > 0 else 0


def _a_of(j: int) -> Any:
    return _positive(_z_of(j))


def _gate_of(j: int) -> Any:
    return _gate(_z_of(j))


_u = symbols.vector("u", 3)
_DL_DA = symbols.vector("dL_da", 3)


def _loss_of_a() -> Any:
    return symbols.any_loss([_a_of(j) for j in _neurons], "dL_da")[0]


def _run_dense() -> None:
    layer = Layer(_W, _b, ReLU())
    layer.forward(_x)
    layer.backward(_DL_DA)


DENSE = Derivation(
    id="derivation.000-dense",
    statement="Back through a dense layer with ReLU, whatever the loss behind it.",
    latex=r"\frac{\partial L}{\partial W_{ji}} = \delta_j x_i,\quad \frac{\partial L}{\partial b_j} = \delta_j,\quad "
    r"\frac{\partial L}{\partial x_i} = \sum_j \delta_j W_{ji},\quad "
    r"\delta_j = \frac{\partial L}{\partial a_j}\,f'(z_j)",
    source="`000` §4.3 and §4.4",
    run=_run_dense,
    smooth=False,
    steps=(
        Step(
            id="z",
            quantity="z_j",
            latex=r"\sum_i W_{ji} x_i + b_j",
            rule="definition",
            line=Line(layer_forward, "z_j", ("j",)),
            expression=_z_of,
        ),
        Step(
            id="a",
            quantity="a_j",
            latex=r"\max(0, z_j)",
            rule="definition",
            line=Line(ReLU.forward, "a_j", ("j",)),
            expression=_a_of,
        ),
        Step(
            id="gate",
            quantity="f'(z_j)",
            latex=r"\begin{cases}1 & z_j > 0\\ 0 & \text{otherwise}\end{cases}",
            rule="derivative of ReLU",
            line=Line(ReLU.backward, "da_dz", ("j",)),
            expression=_gate_of,
            starts_from=lambda j: Slope(_a_of(j), _b[j]),
        ),
        Step(
            id="delta",
            quantity=r"\delta_j",
            latex=r"\frac{\partial L}{\partial a_j} \cdot f'(z_j)",
            rule="chain rule",
            line=Line(ReLU.backward, "dL_dz_j", ("j",)),
            expression=lambda j: _DL_DA[j] * _gate_of(j),
            starts_from=lambda j: Slope(_loss_of_a(), _b[j]),
        ),
        Step(
            id="z-by-weight",
            quantity=r"\frac{\partial z_j}{\partial W_{ji}}",
            latex="x_i",
            rule="sum rule; the other terms are constants",
            line=Line(weight_gradient, "dz_dw", ("j", "i")),
            expression=lambda _, i: _x[i],
            starts_from=lambda j, i: Slope(_z_of(j), _W[j][i]),
        ),
        Step(
            id="weights-chain",
            quantity=r"\frac{\partial L}{\partial W_{ji}}",
            latex=r"\delta_j \cdot \frac{\partial z_j}{\partial W_{ji}}",
            rule="chain rule; only neuron j has this weight",
            line=Line(weight_gradient, "dL_dw", ("j", "i")),
            expression=lambda j, i: _DL_DA[j] * _gate_of(j) * _z_of(j).diff(_W[j][i]),
            starts_from=lambda j, i: Slope(_loss_of_a(), _W[j][i]),
        ),
        Step(
            id="weights",
            quantity=r"\frac{\partial L}{\partial W_{ji}}",
            latex=r"\delta_j\,x_i",
            rule="the derivative put in",
            line=Line(weight_gradient, "dL_dw", ("j", "i")),
            expression=lambda j, i: _DL_DA[j] * _gate_of(j) * _x[i],
        ),
        Step(
            id="z-by-bias",
            quantity=r"\frac{\partial z_j}{\partial b_j}",
            latex="1",
            rule="sum rule; the other terms are constants",
            line=Line(bias_gradient, "dz_db_j", ("j",)),
            expression=lambda _: 1,
            starts_from=lambda j: Slope(_z_of(j), _b[j]),
        ),
        Step(
            id="biases",
            quantity=r"\frac{\partial L}{\partial b_j}",
            latex=r"\delta_j \cdot 1",
            rule="chain rule",
            line=Line(bias_gradient, "dL_db_j", ("j",)),
            expression=lambda j: _DL_DA[j] * _gate_of(j) * 1,
            starts_from=lambda j: Slope(_loss_of_a(), _b[j]),
        ),
        Step(
            id="z-by-input",
            quantity=r"\frac{\partial z_j}{\partial x_i}",
            latex="W_{ji}",
            rule="sum rule; the other terms are constants",
            line=Line(input_gradient, "dz_dx", ("j", "i")),
            expression=lambda j, i: _W[j][i],
            starts_from=lambda j, i: Slope(_z_of(j), _x[i]),
        ),
        Step(
            id="inputs",
            quantity=r"\frac{\partial L}{\partial x_i}",
            latex=r"\sum_j \delta_j W_{ji}",
            rule="chain rule; the input feeds every neuron",
            line=Line(input_gradient, "dL_dx[i]", ("i",)),
            expression=lambda i: sum(_DL_DA[j] * _gate_of(j) * _W[j][i] for j in _neurons),
            starts_from=lambda i: Slope(_loss_of_a(), _x[i]),
        ),
    ),
)


# ---- `002`, `003` §2: one neuron -------------------------------------------------------------------------------------

_x3, _w, _bias, _eta = symbols.vector("x", 3), symbols.vector("w", 3), symbols.number("b"), symbols.number("eta")
_out = symbols.number("a")


def _s_neuron() -> Any:
    return sum(_w[i] * _x3[i] for i in range(3))


def _z_neuron() -> Any:
    return _s_neuron() + _bias


def _a_neuron() -> Any:
    return _positive(_z_neuron())


def _gate_neuron() -> Any:
    return _gate(_z_neuron())


def _loss_neuron() -> Any:
    return _a_neuron() ** 2


def _run_neuron() -> None:
    neuron = Neuron(_w, _bias, ReLU())
    a = neuron.forward(_x3)
    squared_error([a], [0])
    (dL_da,) = squared_error_gradient([a], [0])
    neuron.backward(dL_da)
    gradient_descent_step(neuron.b, neuron.dL_db, _eta)


_DL_DW = r"\frac{\partial L}{\partial w_i}"

NEURON = Derivation(
    id="derivation.002-neuron",
    statement="One ReLU neuron with squared error: every factor of the chain, every gradient, and a step.",
    latex=r"\frac{\partial L}{\partial w_i} = 2a \cdot [z > 0] \cdot x_i",
    source="`002` (single neuron), `003` §2",
    run=_run_neuron,
    smooth=False,
    steps=(
        Step(
            id="sum",
            quantity="s",
            latex=r"\sum_i w_i x_i",
            rule="definition",
            line=Line(weighted_sum, "s"),
            expression=_s_neuron,
        ),
        Step(
            id="z",
            quantity="z",
            latex="s + b",
            rule="definition",
            line=Line(neuron_forward, "z"),
            expression=_z_neuron,
        ),
        Step(
            id="a",
            quantity="a",
            latex=r"\max(0, z)",
            rule="definition",
            line=Line(relu, "a"),
            expression=_a_neuron,
        ),
        Step(
            id="loss",
            quantity="L",
            latex="(a - 0)^2",
            rule="definition",
            line=Line(squared_error, "L"),
            expression=_loss_neuron,
        ),
        Step(
            id="loss-by-output",
            quantity=r"\frac{\partial L}{\partial a}",
            latex="2a",
            rule="power rule",
            line=Line(squared_error_gradient, "dL_dy_hat_i"),
            expression=lambda: 2 * _a_neuron(),
            starts_from=lambda: Slope(_out**2, _out, {_out: _a_neuron()}),
        ),
        Step(
            id="gate",
            quantity=r"\frac{\partial a}{\partial z}",
            latex=r"\begin{cases}1 & z > 0\\ 0 & \text{otherwise}\end{cases}",
            rule="derivative of ReLU",
            line=Line(relu_derivative, "da_dz"),
            expression=_gate_neuron,
            starts_from=lambda: Slope(_a_neuron(), _bias),
        ),
        Step(
            id="loss-by-z",
            quantity=r"\frac{\partial L}{\partial z}",
            latex=r"\frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z}",
            rule="chain rule",
            line=Line(Neuron.backward, "dL_dz"),
            expression=lambda: 2 * _a_neuron() * _gate_neuron(),
            starts_from=lambda: Slope(_loss_neuron(), _bias),
        ),
        Step(
            id="z-by-weight",
            quantity=r"\frac{\partial z}{\partial w_i}",
            latex="x_i",
            rule="sum rule; the other terms are constants",
            line=Line(neuron_backward, "dz_dw_i", ("i",)),
            expression=lambda i: _x3[i],
            starts_from=lambda i: Slope(_z_neuron(), _w[i]),
        ),
        Step(
            id="weights-chain",
            quantity=_DL_DW,
            latex=r"\frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z} \cdot "
            r"\frac{\partial z}{\partial (w_i x_i)} \cdot \frac{\partial (w_i x_i)}{\partial w_i}",
            rule="chain rule",
            line=Line(neuron_backward, "dL_dw_i", ("i",)),
            expression=lambda i: 2 * _a_neuron() * _gate_neuron() * 1 * (_w[i] * _x3[i]).diff(_w[i]),
            starts_from=lambda i: Slope(_loss_neuron(), _w[i]),
        ),
        Step(
            id="weights",
            quantity=_DL_DW,
            latex=r"2a \cdot [z > 0] \cdot x_i",
            rule="the derivatives put in",
            line=Line(neuron_backward, "dL_dw_i", ("i",)),
            expression=lambda i: 2 * _a_neuron() * _gate_neuron() * _x3[i],
        ),
        Step(
            id="bias",
            quantity=r"\frac{\partial L}{\partial b}",
            latex=r"2a \cdot [z > 0] \cdot 1",
            rule="chain rule",
            line=Line(neuron_backward, "dL_db"),
            expression=lambda: 2 * _a_neuron() * _gate_neuron() * 1,
            starts_from=lambda: Slope(_loss_neuron(), _bias),
        ),
        Step(
            id="inputs",
            quantity=r"\frac{\partial L}{\partial x_i}",
            latex=r"2a \cdot [z > 0] \cdot w_i",
            rule="chain rule",
            line=Line(neuron_backward, "dL_dx_i", ("i",)),
            expression=lambda i: 2 * _a_neuron() * _gate_neuron() * _w[i],
            starts_from=lambda i: Slope(_loss_neuron(), _x3[i]),
        ),
        Step(
            id="update",
            quantity=r"b_{\text{new}}",
            latex=r"b - \eta\,\frac{\partial L}{\partial b}",
            rule="gradient descent",
            line=Line(gradient_descent_step, "theta_new"),
            expression=lambda: _bias - _eta * 2 * _a_neuron() * _gate_neuron(),
        ),
    ),
)


# ---- `002`, `003` §3.1 and §4: a layer whose outputs are summed and squared ------------------------------------------

_sum = symbols.number("y")


def _y_layer() -> Any:
    return sum(_a_of(j) for j in _neurons)


def _loss_layer() -> Any:
    return _y_layer() ** 2


def _dl_dz(j: int) -> Any:
    return 2 * _y_layer() * 1 * _gate_of(j)


def _run_layer() -> None:
    layer = Layer(_W, _b, ReLU())
    a = layer.forward(_x)
    y = weighted_sum(a, [1] * len(a))
    squared_error([y], [0])
    (dl_dy,) = squared_error_gradient([y], [0])
    _, _, dl_da = neuron_backward(dl_dy, a, [1] * len(a))
    layer.backward(dl_da)


LAYER = Derivation(
    id="derivation.003-layer",
    statement="Three ReLU neurons whose outputs are added and squared: the gradients of every weight and bias.",
    latex=r"\frac{\partial L}{\partial W_{ji}} = 2y \cdot 1 \cdot [z_j > 0] \cdot x_i",
    source="`003` §3.1, `002` (layer of 3 neurons)",
    run=_run_layer,
    smooth=False,
    steps=(
        Step(
            id="z",
            quantity="z_j",
            latex=r"\sum_i W_{ji} x_i + b_j",
            rule="definition",
            line=Line(layer_forward, "z_j", ("j",)),
            expression=_z_of,
        ),
        Step(
            id="a",
            quantity="a_j",
            latex=r"\max(0, z_j)",
            rule="definition",
            line=Line(ReLU.forward, "a_j", ("j",)),
            expression=_a_of,
        ),
        Step(
            id="y",
            quantity="y",
            latex=r"\sum_j a_j",
            rule="definition",
            line=Line(weighted_sum, "s"),
            expression=_y_layer,
        ),
        Step(
            id="loss",
            quantity="L",
            latex="(y - 0)^2",
            rule="definition",
            line=Line(squared_error, "L"),
            expression=_loss_layer,
        ),
        Step(
            id="loss-by-sum",
            quantity=r"\frac{\partial L}{\partial y}",
            latex="2y",
            rule="power rule",
            line=Line(squared_error_gradient, "dL_dy_hat_i"),
            expression=lambda: 2 * _y_layer(),
            starts_from=lambda: Slope(_sum**2, _sum, {_sum: _y_layer()}),
        ),
        Step(
            id="sum-by-output",
            quantity=r"\frac{\partial y}{\partial a_j}",
            latex="1",
            rule="sum rule",
            line=Line(neuron_backward, "dz_dx_i", ("i",)),
            expression=lambda _: 1,
            starts_from=lambda j: Slope(sum(_u), _u[j]),
        ),
        Step(
            id="gate",
            quantity=r"\frac{\partial a_j}{\partial z_j}",
            latex=r"\begin{cases}1 & z_j > 0\\ 0 & \text{otherwise}\end{cases}",
            rule="derivative of ReLU",
            line=Line(ReLU.backward, "da_dz", ("j",)),
            expression=_gate_of,
            starts_from=lambda j: Slope(_a_of(j), _b[j]),
        ),
        Step(
            id="loss-by-z",
            quantity=r"\frac{\partial L}{\partial z_j}",
            latex=r"\frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial a_j} \cdot "
            r"\frac{\partial a_j}{\partial z_j}",
            rule="chain rule; the factor that all gradients of neuron j share",
            line=Line(ReLU.backward, "dL_dz_j", ("j",)),
            expression=_dl_dz,
            starts_from=lambda j: Slope(_loss_layer(), _b[j]),
        ),
        Step(
            id="z-by-weight",
            quantity=r"\frac{\partial z_j}{\partial W_{ji}}",
            latex="x_i",
            rule="sum rule; the other terms are constants",
            line=Line(weight_gradient, "dz_dw", ("j", "i")),
            expression=lambda _, i: _x[i],
            starts_from=lambda j, i: Slope(_z_of(j), _W[j][i]),
        ),
        Step(
            id="weights-chain",
            quantity=r"\frac{\partial L}{\partial W_{ji}}",
            latex=r"\frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial a_j} \cdot "
            r"\frac{\partial a_j}{\partial z_j} \cdot \frac{\partial z_j}{\partial W_{ji}}",
            rule="chain rule",
            line=Line(weight_gradient, "dL_dw", ("j", "i")),
            expression=lambda j, i: _dl_dz(j) * _z_of(j).diff(_W[j][i]),
            starts_from=lambda j, i: Slope(_loss_layer(), _W[j][i]),
        ),
        Step(
            id="weights",
            quantity=r"\frac{\partial L}{\partial W_{ji}}",
            latex=r"2y \cdot 1 \cdot [z_j > 0] \cdot x_i",
            rule="the derivatives put in",
            line=Line(weight_gradient, "dL_dw", ("j", "i")),
            expression=lambda j, i: 2 * _y_layer() * _gate_of(j) * _x[i],
        ),
        Step(
            id="biases",
            quantity=r"\frac{\partial L}{\partial b_j}",
            latex=r"2y \cdot 1 \cdot [z_j > 0] \cdot 1",
            rule="chain rule",
            line=Line(bias_gradient, "dL_db_j", ("j",)),
            expression=lambda j: _dl_dz(j) * 1,
            starts_from=lambda j: Slope(_loss_layer(), _b[j]),
        ),
    ),
)


INPUTS = Derivation(
    id="derivation.003-inputs",
    statement="The gradient of an input adds up what comes back from every neuron that it feeds.",
    latex=r"\frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial z_j}\,W_{ji}",
    source="`003` §4",
    run=_run_layer,
    smooth=False,
    steps=(
        Step(
            id="z-by-input",
            quantity=r"\frac{\partial z_j}{\partial x_i}",
            latex="W_{ji}",
            rule="sum rule; the other terms are constants",
            line=Line(input_gradient, "dz_dx", ("j", "i")),
            expression=lambda j, i: _W[j][i],
            starts_from=lambda j, i: Slope(_z_of(j), _x[i]),
        ),
        Step(
            id="chain",
            quantity=r"\frac{\partial L}{\partial x_i}",
            latex=r"\frac{\partial L}{\partial z_0} \frac{\partial z_0}{\partial x_i} + "
            r"\frac{\partial L}{\partial z_1} \frac{\partial z_1}{\partial x_i} + \dots",
            rule="chain rule; one path for each neuron",
            line=Line(input_gradient, "dL_dx[i]", ("i",)),
            expression=lambda i: sum(_dl_dz(j) * _z_of(j).diff(_x[i]) for j in _neurons),
            starts_from=lambda i: Slope(_loss_layer(), _x[i]),
        ),
        Step(
            id="row-times-matrix",
            quantity=r"\frac{\partial L}{\partial x_i}",
            latex=r"\sum_j \frac{\partial L}{\partial z_j}\,W_{ji}",
            rule="the derivatives put in: a row times the matrix W",
            line=Line(input_gradient, "dL_dx[i]", ("i",)),
            expression=lambda i: sum(_dl_dz(j) * _W[j][i] for j in _neurons),
        ),
    ),
)


# ---- `004`: the 2-3-1 network ----------------------------------------------------------------------------------------

_W_out, _b_out, _target = symbols.matrix("W_out", 1, 3), symbols.vector("b_out", 1), symbols.number("t")


def _y_network() -> Any:
    return sum(_W_out[0][j] * _a_of(j) for j in _neurons) + _b_out[0]


def _loss_network() -> Any:
    return (_y_network() - _target) ** 2 / 2


def _error() -> Any:
    return _y_network() - _target


def _run_output_layer() -> None:
    """Forward, then back as far as the hidden layer: the output layer's lines."""
    hidden, output = Layer(_W, _b, ReLU()), Layer(_W_out, _b_out)
    y = output.forward(hidden.forward(_x))
    half_squared_error(y, [_target])
    output.backward(half_squared_error_gradient(y, [_target]))


def _run_hidden_layer() -> None:
    """The whole way back, with the output layer as the one neuron it is, and a step for its bias."""
    hidden, output = Layer(_W, _b, ReLU()), Neuron(_W_out[0], _b_out[0])
    y = output.forward(hidden.forward(_x))
    (error,) = half_squared_error_gradient([y], [_target])
    hidden.backward(output.backward(error))
    gradient_descent_step(output.b, output.dL_db, _eta)


NETWORK_OUTPUT = Derivation(
    id="derivation.004-output-layer",
    statement="The 2-3-1 network: from the loss back through the output layer.",
    latex=r"\frac{\partial L}{\partial W_{\text{out}}} = (y - t)\,z^{\mathsf T},\quad "
    r"\frac{\partial L}{\partial z} = W_{\text{out}}^{\mathsf T}\,(y - t)",
    source="`004` step 3; its target is written t here",
    run=_run_output_layer,
    smooth=False,
    steps=(
        Step(
            id="z",
            quantity="z_j",
            latex=r"\operatorname{ReLU}(u_j),\quad u = W x + b",
            rule="definition",
            line=Line(ReLU.forward, "a_j", ("j",)),
            expression=_a_of,
        ),
        Step(
            id="y",
            quantity="y",
            latex=r"W_{\text{out}}\,z + b_{\text{out}}",
            rule="definition",
            line=Line(layer_forward, "z_j"),
            expression=_y_network,
        ),
        Step(
            id="loss",
            quantity="L",
            latex=r"\tfrac12 (y - t)^2",
            rule="definition",
            line=Line(half_squared_error, "L"),
            expression=_loss_network,
        ),
        Step(
            id="loss-by-prediction",
            quantity=r"\frac{\partial L}{\partial y}",
            latex="y - t",
            rule="power rule and chain rule; ½ and 2 cancel",
            line=Line(half_squared_error_gradient, "dL_dy_hat_i"),
            expression=_error,
            starts_from=lambda: Slope((_out - _target) ** 2 / 2, _out, {_out: _y_network()}),
        ),
        Step(
            id="prediction-by-weight",
            quantity=r"\frac{\partial y}{\partial W_{\text{out},j}}",
            latex="z_j",
            rule="sum rule; the other terms are constants",
            line=Line(weight_gradient, "dz_dw", ("i",)),
            expression=_a_of,
            starts_from=lambda j: Slope(_y_network(), _W_out[0][j]),
        ),
        Step(
            id="output-weights",
            quantity=r"\frac{\partial L}{\partial W_{\text{out},j}}",
            latex=r"\frac{\partial L}{\partial y} \cdot z_j",
            rule="chain rule",
            line=Line(weight_gradient, "dL_dw", ("i",)),
            expression=lambda j: _error() * _a_of(j),
            starts_from=lambda j: Slope(_loss_network(), _W_out[0][j]),
        ),
        Step(
            id="output-bias",
            quantity=r"\frac{\partial L}{\partial b_{\text{out}}}",
            latex=r"\frac{\partial L}{\partial y} \cdot 1",
            rule="chain rule",
            line=Line(bias_gradient, "dL_db_j"),
            expression=_error,
            starts_from=lambda: Slope(_loss_network(), _b_out[0]),
        ),
        Step(
            id="prediction-by-hidden",
            quantity=r"\frac{\partial y}{\partial z_j}",
            latex=r"W_{\text{out},j}",
            rule="sum rule; the other terms are constants",
            line=Line(input_gradient, "dz_dx", ("i",)),
            expression=lambda j: _W_out[0][j],
            starts_from=lambda j: Slope(sum(_W_out[0][k] * _u[k] for k in _neurons) + _b_out[0], _u[j]),
        ),
        Step(
            id="hidden",
            quantity=r"\frac{\partial L}{\partial z_j}",
            latex=r"\frac{\partial L}{\partial y} \cdot W_{\text{out},j}",
            rule="chain rule",
            line=Line(input_gradient, "dL_dx[i]", ("i",)),
            expression=lambda j: _error() * _W_out[0][j],
            starts_from=lambda j: Slope(
                (sum(_W_out[0][k] * _u[k] for k in _neurons) + _b_out[0] - _target) ** 2 / 2,
                _u[j],
                {_u[k]: _a_of(k) for k in _neurons},
            ),
        ),
    ),
)


NETWORK_HIDDEN = Derivation(
    id="derivation.004-hidden-layer",
    statement="The 2-3-1 network: on through the ReLU gate and the hidden layer, and one step of gradient descent.",
    latex=r"\frac{\partial L}{\partial W} = \left(\frac{\partial L}{\partial z} \odot "
    r"\operatorname{ReLU}'(u)\right) x^{\mathsf T}",
    source="`004` steps 3 and 4; its target is written t here",
    run=_run_hidden_layer,
    smooth=False,
    steps=(
        Step(
            id="gate",
            quantity=r"\operatorname{ReLU}'(u_j)",
            latex=r"\begin{cases}1 & u_j > 0\\ 0 & u_j \le 0\end{cases}",
            rule="derivative of ReLU",
            line=Line(ReLU.backward, "da_dz", ("j",)),
            expression=_gate_of,
            starts_from=lambda j: Slope(_a_of(j), _b[j]),
        ),
        Step(
            id="through-the-gate",
            quantity=r"\frac{\partial L}{\partial u_j}",
            latex=r"\frac{\partial L}{\partial z_j} \cdot \operatorname{ReLU}'(u_j)",
            rule="chain rule",
            line=Line(ReLU.backward, "dL_dz_j", ("j",)),
            expression=lambda j: _error() * _W_out[0][j] * _gate_of(j),
            starts_from=lambda j: Slope(_loss_network(), _b[j]),
        ),
        Step(
            id="hidden-weights",
            quantity=r"\frac{\partial L}{\partial W_{ji}}",
            latex=r"\frac{\partial L}{\partial u_j} \cdot x_i",
            rule="chain rule",
            line=Line(weight_gradient, "dL_dw", ("j", "i")),
            expression=lambda j, i: _error() * _W_out[0][j] * _gate_of(j) * _x[i],
            starts_from=lambda j, i: Slope(_loss_network(), _W[j][i]),
        ),
        Step(
            id="hidden-biases",
            quantity=r"\frac{\partial L}{\partial b_j}",
            latex=r"\frac{\partial L}{\partial u_j} \cdot 1",
            rule="chain rule",
            line=Line(bias_gradient, "dL_db_j", ("j",)),
            expression=lambda j: _error() * _W_out[0][j] * _gate_of(j),
            starts_from=lambda j: Slope(_loss_network(), _b[j]),
        ),
        Step(
            id="update",
            quantity=r"b_{\text{out,new}}",
            latex=r"b_{\text{out}} - \eta\,\frac{\partial L}{\partial b_{\text{out}}}",
            rule="gradient descent",
            line=Line(gradient_descent_step, "theta_new"),
            expression=lambda: _b_out[0] - _eta * _error(),
        ),
    ),
)


# ---- `002`: the example of the chain rule ----------------------------------------------------------------------------

_t = symbols.number("x")
_v = symbols.number("u")


def _inside() -> Any:
    return 3 * _t**2 - 5 * _t + 1


def _seventh_power(x: Any) -> Any:
    return (3 * x**2 - 5 * x + 1) ** 7


def _run_chain_rule() -> None:
    dual.derivative(_seventh_power, _t)


CHAIN_RULE = Derivation(
    id="derivation.002-chain-rule",
    statement="The chain rule on the source's example.",
    latex=r"\frac{d}{dx}\,(3x^2 - 5x + 1)^7 = 7\,(3x^2 - 5x + 1)^6\,(6x - 5)",
    source="`002` (chain rule)",
    run=_run_chain_rule,
    steps=(
        Step(
            id="outside-and-inside",
            quantity="y",
            latex="u^7,\\quad u = 3x^2 - 5x + 1",
            rule="definition",
            line=Line(dual.derivative, "result.value"),
            expression=lambda: _inside() ** 7,
        ),
        Step(
            id="outside-by-inside",
            quantity=r"\frac{dy}{du}",
            latex="7u^6",
            rule="power rule",
            line=None,
            expression=lambda: 7 * _inside() ** 6,
            starts_from=lambda: Slope(_v**7, _v, {_v: _inside()}),
        ),
        Step(
            id="inside-by-x",
            quantity=r"\frac{du}{dx}",
            latex="6x - 5",
            rule="power rule and sum rule",
            line=None,
            expression=lambda: 6 * _t - 5,
            starts_from=lambda: Slope(_inside(), _t),
        ),
        Step(
            id="chain",
            quantity=r"\frac{dy}{dx}",
            latex=r"\frac{dy}{du} \cdot \frac{du}{dx}",
            rule="chain rule",
            line=Line(dual.derivative, "result.derivative"),
            expression=lambda: (_v**7).diff(_v).subs(_v, _inside()) * _inside().diff(_t),
            starts_from=lambda: Slope(_inside() ** 7, _t),
        ),
        Step(
            id="result",
            quantity=r"\frac{dy}{dx}",
            latex="7\\,(3x^2 - 5x + 1)^6\\,(6x - 5)",
            rule="put u back",
            line=Line(dual.derivative, "result.derivative"),
            expression=lambda: 7 * _inside() ** 6 * (6 * _t - 5),
        ),
    ),
)


DERIVATIONS = [
    *(CHAIN_RULE, SOFTMAX_CROSS_ENTROPY, DENSE, NEURON, LAYER, INPUTS, NETWORK_OUTPUT, NETWORK_HIDDEN),
    *learning.DERIVATIONS,
]
