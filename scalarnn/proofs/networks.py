"""Whole networks: what goes forward is the layers one inside the other, what comes back is the derivative."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from scalarnn.activations import Identity, ReLU, Sigmoid, Tanh
from scalarnn.layer import Layer, batch_forward, layer_forward
from scalarnn.learning.gradient_descent import gradient_descent_step
from scalarnn.losses import (
    cross_entropy,
    cross_entropy_gradient,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
    half_squared_error,
    half_squared_error_gradient,
    mean_over_samples,
)
from scalarnn.network import Network, network_backward, network_forward
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import open_branches
from scalarnn.proofs.softmax import labels_that_sum_to_one
from scalarnn.proofs.theorem import Claim, Side, Wrong, claim, derivative, shipped, stated, theorem
from scalarnn.softmax import Softmax, softmax_cross_entropy, softmax_cross_entropy_gradient

__all__ = ["THEOREMS"]


@dataclass(frozen=True)
class Letters:
    """x, every W and b of a network, and y: all symbols."""

    x: list[Any]
    Ws: list[Any]
    bs: list[Any]
    y: list[Any]


def _letters(*sizes: int) -> Letters:
    """A network of these sizes, from inputs to outputs: 2-3-2 is `_letters(2, 3, 2)`."""
    Ws, bs = [], []
    for layer in range(1, len(sizes)):
        Ws.append(symbols.matrix(f"W{layer}", sizes[layer], sizes[layer - 1]))
        bs.append(symbols.vector(f"b{layer}", sizes[layer]))
    return Letters(symbols.vector("x", sizes[0]), Ws, bs, symbols.vector("y", sizes[-1]))


def _gradient_claims(gradients: Side, loss: Side, net: Letters, branch: Any, given: Any = None) -> Iterator[Claim]:
    """Every parameter and every input: backward equals the derivative of the forward loss."""
    yield claim("∂L/∂W", gradients[0], derivative(loss, net.Ws), on=branch, given=given)
    yield claim("∂L/∂b", gradients[1], derivative(loss, net.bs), on=branch, given=given)
    yield claim("∂L/∂x", gradients[2], derivative(loss, net.x), on=branch, given=given)


# ---- forward ---------------------------------------------------------------------------------------------------------


@theorem(
    id="network.forward",
    statement="A network is its layers one inside the other.",
    latex=r"\hat y = f^{(n)}\bigl(W^{(n)} \cdots f^{(1)}(W^{(1)} x + b^{(1)}) \cdots + b^{(n)}\bigr)",
    about=[network_forward, layer_forward],
    refuted=[
        Wrong("every layer fed with x", "layer_forward(xs[layer]", "layer_forward(xs[0]"),
        Wrong("the next layer fed with z", "xs.append(a)", "xs.append(z)"),
        Wrong("the first activation for all", "forward_through(activations[layer]", "forward_through(activations[0]"),
        Wrong("the first biases for all", "bs[layer])\n        a =", "bs[0])\n        a ="),
    ],
)
def network_is_composition(forward: Any) -> Iterator[Claim]:
    for sizes, activations in (
        ((2, 2, 2), [ReLU(), Sigmoid()]),
        ((1, 3, 1, 2), [Sigmoid(), Identity(), ReLU()]),
        ((2, 1), [ReLU()]),
    ):
        net = _letters(*sizes)

        def run(net: Letters = net, activations: Any = activations) -> Any:
            def layer_after_layer() -> Any:
                a, xs, zs = net.x, [net.x], []
                for W, b, activation in zip(net.Ws, net.bs, activations, strict=True):
                    z = layer_forward(a, W, b)
                    a = activation.forward(z)
                    zs.append(z)
                    xs.append(a)
                return xs, zs

            return shipped(forward, net.x, net.Ws, net.bs, activations), stated(layer_after_layer)

        for branch in open_branches(run):
            yield claim("xs, zs", *branch.value, on=branch)


# ---- backward --------------------------------------------------------------------------------------------------------

_AT_A = Wrong("derivative taken at a instead of z", "dL_da, zs[layer])", "dL_da, xs[layer + 1])")
_GATE = Wrong("the gate forgotten", "backward_through(activations[layer], dL_da, zs[layer])", "dL_da")
_INPUTS = Wrong("the inputs of the layer after", "weight_gradient(dL_dz, xs[layer])", "weight_gradient(dL_dz, xs[0])")
_NOT_BACK = Wrong("∂L/∂z passed on for ∂L/∂a", "dL_da = dL_dx", "dL_da = (dL_dz * 3)[: len(dL_dx)]")


@theorem(
    id="network.2-3-2-relu-softmax",
    statement="In a 2-3-2 network with ReLU and softmax cross-entropy every gradient is the derivative of the loss, on "
    "every branch of the gates and of the maximum.",
    latex=r"L = -\sum_k y_k \log \operatorname{softmax}_k\bigl(W^{(2)}\max(0, W^{(1)} x + b^{(1)}) + b^{(2)}\bigr)",
    about=[network_backward, network_forward, softmax_cross_entropy_gradient, softmax_cross_entropy, ReLU],
    refuted=[_GATE, _INPUTS, _NOT_BACK],
)
def two_three_two(backward: Any) -> Iterator[Claim]:
    net = _letters(2, 3, 2)
    activations = [ReLU(), Identity()]

    def run() -> Any:
        xs, zs = network_forward(net.x, net.Ws, net.bs, activations)
        dL_dz = softmax_cross_entropy_gradient(zs[-1], net.y)

        def loss() -> Any:
            z = network_forward(net.x, net.Ws, net.bs, activations)[0][-1]
            return softmax_cross_entropy(z, net.y)

        return shipped(backward, dL_dz, xs, zs, net.Ws, activations), shipped(loss)

    for branch in open_branches(run):
        gradients, loss = branch.value
        yield from _gradient_claims(gradients, loss, net, branch, labels_that_sum_to_one(net.y))


@theorem(
    id="network.2-2-2-softmax-layer",
    statement="With softmax as a layer of its own and cross-entropy behind it, every gradient is the derivative.",
    latex=r"L = -\sum_k y_k \log \hat y_k,\quad \hat y = \operatorname{softmax}(z^{(2)})",
    about=[network_backward, network_forward, Softmax, cross_entropy_gradient, cross_entropy, ReLU],
    refuted=[_AT_A, _GATE, _INPUTS],
)
def softmax_as_a_layer(backward: Any) -> Iterator[Claim]:
    net = _letters(2, 2, 2)
    activations: list[Any] = [ReLU(), Softmax()]

    def run() -> Any:
        xs, zs = network_forward(net.x, net.Ws, net.bs, activations)
        dL_dy_hat = cross_entropy_gradient(xs[-1], net.y)

        def loss() -> Any:
            y_hat = network_forward(net.x, net.Ws, net.bs, activations)[0][-1]
            return cross_entropy(y_hat, net.y)

        return shipped(backward, dL_dy_hat, xs, zs, net.Ws, activations), shipped(loss)

    for branch in open_branches(run):
        gradients, loss = branch.value
        yield from _gradient_claims(gradients, loss, net, branch)


@theorem(
    id="network.2-3-1-tanh",
    statement="In a 2-3-1 network with tanh and half squared error every gradient is the derivative of the loss, on "
    "every branch of tanh.",
    latex=r"L = \tfrac12 \bigl(W^{(2)} \tanh(W^{(1)} x + b^{(1)}) + b^{(2)} - y\bigr)^2",
    about=[network_backward, network_forward, half_squared_error_gradient, half_squared_error, Tanh],
    refuted=[_AT_A, _GATE, _INPUTS],
)
def two_three_one(backward: Any) -> Iterator[Claim]:
    net = _letters(2, 3, 1)
    activations = [Tanh(), Identity()]

    def run() -> Any:
        xs, zs = network_forward(net.x, net.Ws, net.bs, activations)
        dL_dy_hat = half_squared_error_gradient(xs[-1], net.y)

        def loss() -> Any:
            y_hat = network_forward(net.x, net.Ws, net.bs, activations)[0][-1]
            return half_squared_error(y_hat, net.y)

        return shipped(backward, dL_dy_hat, xs, zs, net.Ws, activations), shipped(loss)

    for branch in open_branches(run):
        gradients, loss = branch.value
        yield from _gradient_claims(gradients, loss, net, branch)


@theorem(
    id="network.three-layers",
    statement="In a 2-2-2-2 network of ReLU, sigmoid and a linear layer every gradient is the derivative of the loss "
    "(on the branch where every gate is open).",
    latex=r"L = \frac1{2n} \bigl\lVert W^{(3)}\,\sigma\bigl(W^{(2)} \max(0, W^{(1)} x + b^{(1)}) + b^{(2)}\bigr) "
    r"+ b^{(3)} - y\bigr\rVert^2",
    about=[network_backward, network_forward, half_mean_squared_error_gradient, half_mean_squared_error, Sigmoid],
    refuted=[_GATE, _INPUTS, _NOT_BACK],
)
def three_layers(backward: Any) -> Iterator[Claim]:
    net = _letters(2, 2, 2, 2)
    activations = [ReLU(), Sigmoid(), Identity()]

    def run() -> Any:
        xs, zs = network_forward(net.x, net.Ws, net.bs, activations)
        dL_dy_hat = half_mean_squared_error_gradient(xs[-1], net.y)

        def loss() -> Any:
            y_hat = network_forward(net.x, net.Ws, net.bs, activations)[0][-1]
            return half_mean_squared_error(y_hat, net.y)

        return shipped(backward, dL_dy_hat, xs, zs, net.Ws, activations), shipped(loss)

    for branch in islice(open_branches(run), 1):
        gradients, loss = branch.value
        yield from _gradient_claims(gradients, loss, net, branch)


# ---- a network that remembers ----------------------------------------------------------------------------------------


def _layers(net: Letters, activations: Any) -> list[Layer]:
    return [Layer(W, b, f) for W, b, f in zip(net.Ws, net.bs, activations, strict=True)]


@theorem(
    id="network.object",
    statement="A Network goes forward, backward, and one step down: θ becomes θ − η ∂L/∂θ in every layer.",
    latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{\partial L}{\partial \theta}",
    about=[Network, network_forward, half_squared_error, gradient_descent_step],
    refuted=[
        Wrong("the layers in forward order on the way back", "reversed(self.layers):", "self.layers:"),
        Wrong("the gradient not passed on", "dL_da = layer.backward(dL_da)", "layer.backward(dL_da)"),
        Wrong("the input of every layer is x", "a = layer.forward(a)", "a = layer.forward(list(x))"),
        Wrong(
            "W stepped with the biases' gradient",
            "b_new = gradient_descent_step(layer.b, layer.dL_db",
            "b_new = gradient_descent_step(layer.b, layer.b",
        ),
        Wrong("only W stepped", '"b", b_new', '"b", layer.b'),
        Wrong(
            "the first layer's values for all",
            "keep(self.layers, updates)",
            "keep(self.layers, [(*updates[k][:2], updates[k % 3][2]) for k in range(len(updates))])",
        ),
    ],
)
def network_object(kind: Any) -> Iterator[Claim]:
    eta = symbols.number("eta")
    activations = [ReLU(), Identity()]
    net = _letters(2, 2, 2)

    def run() -> Any:
        def a_step() -> Any:
            network = kind(_layers(net, activations))
            y_hat = network.forward(net.x)
            dL_dx = network.backward(half_squared_error_gradient(y_hat, net.y))
            gradients = [layer.dL_dW for layer in network.layers], [layer.dL_db for layer in network.layers], dL_dx
            network.update(eta)
            stepped = [layer.W for layer in network.layers], [layer.b for layer in network.layers]
            return y_hat, gradients, stepped

        def forward() -> Any:
            return network_forward(net.x, net.Ws, net.bs, activations)[0][-1]

        return shipped(a_step), stated(forward), stated(lambda: half_squared_error(forward(), net.y))

    for branch in open_branches(run):
        step, y_hat, loss = branch.value
        yield claim("ŷ", step[0], y_hat, on=branch)
        yield from _gradient_claims(step[1], loss, net, branch)
        yield claim("W after the step", step[2][0], _downhill(net.Ws, eta, loss), on=branch)
        yield claim("b after the step", step[2][1], _downhill(net.bs, eta, loss), on=branch)


@theorem(
    id="network.object-batch",
    statement="A Network goes down the mean loss of a batch: forward, backward, and a step.",
    latex=r"L = \frac1N \sum_n L_n,\quad \theta_{\text{new}} = \theta - \eta\,\frac{\partial L}{\partial \theta}",
    about=[Network, batch_forward, half_squared_error, mean_over_samples],
    refuted=[
        Wrong("every layer fed with X", "layer.forward_batch(A)", "layer.forward_batch([list(x_n) for x_n in X])"),
        Wrong("the gradient not passed on", "dLn_dA = layer.backward_batch(dLn_dA)", "layer.backward_batch(dLn_dA)"),
    ],
)
def network_object_with_batch(kind: Any) -> Iterator[Claim]:
    eta = symbols.number("eta")
    activations = [ReLU(), Identity()]
    net = _letters(2, 2, 2)
    X, Y = symbols.matrix("X", 2, 2), symbols.matrix("Y", 2, 2)

    def run() -> Any:
        def a_step() -> Any:
            network = kind(_layers(net, activations))
            Y_hat = network.forward_batch(X)
            dLn_dX = network.backward_batch([half_squared_error_gradient(Y_hat[n], Y[n]) for n in range(len(X))])
            network.update(eta)
            return Y_hat, dLn_dX, [layer.W for layer in network.layers], [layer.b for layer in network.layers]

        def forward() -> Any:
            return [network_forward(x_n, net.Ws, net.bs, activations)[0][-1] for x_n in X]

        losses = stated(lambda: [half_squared_error(y_hat, y) for y_hat, y in zip(forward(), Y, strict=True)])
        return shipped(a_step), stated(forward), losses, stated(lambda: mean_over_samples(losses.value))

    for branch in open_branches(run):
        step, Y_hat, losses, loss = branch.value
        loss = Side(loss.value, losses.ran | loss.ran)
        yield claim("Ŷ", step[0], Y_hat, on=branch)
        per_sample = Side([derivative(losses[n], X[n]).value for n in range(len(X))], losses.ran)
        yield claim("∂Lₙ/∂xₙ", step[1], per_sample, on=branch)
        yield claim("W after the step", step[2], _downhill(net.Ws, eta, loss), on=branch)
        yield claim("b after the step", step[3], _downhill(net.bs, eta, loss), on=branch)


def _downhill(theta: Any, eta: Any, loss: Side) -> Side:
    """θ − η ∂L/∂θ, spelled out."""

    def step(value: Any, slope: Any) -> Any:
        if isinstance(value, list):
            return [step(value[i], slope[i]) for i in range(len(value))]
        return value - eta * slope

    return Side(step(theta, derivative(loss, theta).value), loss.ran)


THEOREMS = [
    network_is_composition,
    two_three_two,
    softmax_as_a_layer,
    two_three_one,
    three_layers,
    network_object,
    network_object_with_batch,
]
