"""The doors of functions that take networks as lists, or functions of yours, whose answers have to be looked at too."""

from __future__ import annotations

from scalarnn import check
from scalarnn.doors.kinds import in_python, read
from scalarnn.doors.reasons import ONE_GRADIENT_PER_OUTPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

__all__ = ["FUNCTIONS"]


# ---- networks as lists -----------------------------------------------------------------------------------------------


def _network_forward(x: Any, Ws: Any, bs: Any, activations: Any) -> Sequence[Any]:
    """Layers fit one another and the input, before any of them computes."""
    check.sequence(Ws, "Ws")
    check.length(bs, "bs", len(Ws), "one vector of biases for each layer")
    check.length(activations, "activations", len(Ws), "one activation for each layer")
    x = read(x, "x", check.vector)
    Ws, bs = list(Ws), list(bs)
    n_inputs, because = len(x), "one weight for each input"
    for layer in range(len(Ws)):
        Ws[layer] = _matrix(Ws[layer], f"Ws[{layer}]", n_inputs, because)
        bs[layer] = _vector(bs[layer], f"bs[{layer}]", len(Ws[layer]), "one bias for each neuron")
        _look_at_activation(activations[layer], layer)
        n_inputs, because = len(Ws[layer]), "one weight for each neuron of the layer before"
    return x, Ws, bs, activations


def _network_backward(dL_dy_hat: Any, xs: Any, zs: Any, Ws: Any, activations: Any) -> Sequence[Any]:
    """What the forward pass left fits the layers and the gradient, before any of them computes."""
    check.sequence(Ws, "Ws")
    check.length(activations, "activations", len(Ws), "one activation for each layer")
    check.length(zs, "zs", len(Ws), "one z for each layer")
    check.length(xs, "xs", len(Ws) + 1, "the input of each layer and the output of the network")
    xs, zs, Ws = list(xs), list(zs), list(Ws)
    for layer in range(len(Ws)):
        Ws[layer] = _matrix(Ws[layer], f"Ws[{layer}]", None, "")
        because = f"one input for each column of Ws[{layer}]"
        xs[layer] = _vector(xs[layer], f"xs[{layer}]", len(Ws[layer][0]), because)
        zs[layer] = read(zs[layer], f"zs[{layer}]", check.numbers)
        check.length(zs[layer], f"zs[{layer}]", len(Ws[layer]), f"one z for each row of Ws[{layer}]")
        _look_at_activation(activations[layer], layer)
    dL_dy_hat = _vector(dL_dy_hat, "dL_dy_hat", len(Ws[-1]), ONE_GRADIENT_PER_OUTPUT)
    for layer in range(1, len(Ws)):
        because = "one weight for each neuron of the layer before"
        check.matrix(Ws[layer], f"Ws[{layer}]", columns=len(Ws[layer - 1]), because=because)
    return dL_dy_hat, xs, zs, Ws, activations


def _matrix(W: Any, name: str, columns: int | None, because: str) -> Any:
    return read(W, name, check.matrix, columns=columns, because=because)


def _vector(values: Any, name: str, expected: int, because: str) -> Any:
    values = read(values, name, check.vector)
    check.length(values, name, expected, because)
    return values


def _look_at_activation(activation: Any, layer: int) -> None:
    """An object, never None: where the layers are lists, `Identity()` says that there is no activation."""
    name, expected = f"activations[{layer}]", "an object such as ReLU() or Identity()"
    if activation is None:
        raise TypeError(f"{name} is None: expected {expected}")
    check.activation(activation, ("forward", "backward"), name, expected)


# ---- a network from its sizes ----------------------------------------------------------------------------------------


def _dense_network(sizes: Any, activations: Any, seed: Any, initialization: Any) -> Sequence[Any]:
    """Sizes, activations and initializations fit, before anything is drawn; one initialization a layer."""
    check.sequence(sizes, "sizes")
    if len(sizes) < 2:
        raise ValueError("sizes has length 1: expected at least 2, the inputs and the neurons of a layer")
    for layer in range(len(sizes)):
        check.count(sizes[layer], f"sizes[{layer}]")
    n_layers = len(sizes) - 1
    check.length(activations, "activations", n_layers, "one for each layer, that is for each size after the first")
    for layer in range(n_layers):
        check.activation(activations[layer], ("forward", "backward"), f"activations[{layer}]")
    if callable(initialization):
        initialization = [initialization] * n_layers
    elif isinstance(initialization, str):
        raise TypeError(f"initialization is {check.shown(initialization)}: expected a function such as he_normal")
    check.length(initialization, "initialization", n_layers, "one function for each layer")
    for layer in range(n_layers):
        if not callable(initialization[layer]):
            shown = check.shown(initialization[layer])
            raise TypeError(f"initialization[{layer}] is {shown}: expected a function such as he_normal")
    looked_at = [_weights_looked_at(initialization[layer], layer, sizes) for layer in range(n_layers)]
    return sizes, activations, seed, looked_at


def _weights_looked_at(initialization: Callable[..., Any], layer: int, sizes: Any) -> Callable[..., Any]:
    def drawn(n_inputs: int, n_neurons: int, rng: Any) -> Any:
        W = _matrix(initialization(n_inputs, n_neurons, rng), f"W of layers[{layer}]", n_inputs, f"sizes[{layer}]")
        check.length(W, f"W of layers[{layer}]", len(range(sizes[layer + 1])), f"sizes[{layer + 1}]")
        return W

    return drawn


# ---- search: a loss of yours -----------------------------------------------------------------------------------------


def _random_search(loss: Any, n_parameters: Any, n_tries: Any, seed: Any, scale: Any) -> Sequence[Any]:
    _look_at_loss(loss)
    check.count(n_parameters, "n_parameters")
    check.count(n_tries, "n_tries")
    check.learning_rate(scale, "scale")
    return _Answers(loss, first=0), n_parameters, n_tries, seed, in_python(scale)


def _random_adjustment(loss: Any, theta: Any, n_tries: Any, seed: Any, scale: Any) -> Sequence[Any]:
    _look_at_loss(loss)
    theta = read(theta, "theta", check.vector)
    check.count(n_tries, "n_tries")
    check.learning_rate(scale, "scale")
    return _Answers(loss, first=-1), theta, n_tries, seed, in_python(scale)


class _Answers:
    """A loss whose every answer is looked at; it knows which try it is."""

    def __init__(self, loss: Callable[..., Any], first: int) -> None:
        self.loss = loss
        self.t = first

    def __call__(self, theta: Any) -> Any:
        L = self.loss(theta)
        check.not_nan(L, "loss(theta) at the start" if self.t < 0 else f"loss(theta) at try {self.t}")
        self.t += 1
        return in_python(L)


def _look_at_loss(loss: Any) -> None:
    if not callable(loss):
        raise TypeError(f"loss is {check.shown(loss)}: expected a function of a list of numbers")


FUNCTIONS: dict[str, Callable[..., Sequence[Any]]] = {
    "network_forward": _network_forward,
    "network_backward": _network_backward,
    "dense_network": _dense_network,
    "random_search": _random_search,
    "random_adjustment": _random_adjustment,
}
