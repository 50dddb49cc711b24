"""The doors of objects: what is looked at before a method of Neuron, Layer or Network begins.

METHODS         class → method → what is plain, and the look of its door; the others follow their signature
THROUGH_ALL     class → method → a look, for those that go through all layers of a network, or through none
"""

from __future__ import annotations

from itertools import chain

from scalarnn import check
from scalarnn.check import alike
from scalarnn.doors.glance import plain_lines
from scalarnn.doors.kinds import GLANCES, LOOKS, in_python, not_below_zero, numbers_in_python, read
from scalarnn.doors.passes import BARE, CLASSES
from scalarnn.doors.reasons import (
    ONE_BIAS_PER_NEURON,
    ONE_GRADIENT_PER_NEURON,
    ONE_GRADIENT_PER_OUTPUT,
    ONE_GRADIENT_PER_SAMPLE,
    ONE_INPUT_PER_COLUMN,
    ONE_WEIGHT_PER_INPUT,
)
from scalarnn.doors.signature import Argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

__all__ = ["METHODS", "THROUGH_ALL"]

as_floats, length_of_list, entries = float.conjugate, list.__len__, chain.from_iterable


def _plain(before: str = "", **stated: str) -> Callable[[], list[str]]:
    """The lines that see whether what a method reads is plain, by what each thing is called in the door."""

    def lines() -> list[str]:
        arguments = [Argument(name, annotation) for name, annotation in stated.items()]
        return plain_lines(arguments, [name.replace("self_", "self.") for name in stated], before)

    return lines


# ---- neuron ----------------------------------------------------------------------------------------------------------


def _neuron(neuron: Any, w: Any, b: Any, activation: Any) -> Sequence[Any]:  # noqa: ARG001
    w = read(w, "w", check.vector)
    check.number(b, "b")
    check.activation(activation, ("value", "derivative"))
    return w, in_python(b), activation


def _neuron_forward(neuron: Any, x: Any) -> Sequence[Any]:
    x = read(x, "x", check.vector)
    check.sequence(neuron.w, "w")
    check.length(x, "x", len(neuron.w), "one input for each weight")
    check.number(neuron.b, "b")
    w = read(neuron.w, "w", check.vector)
    if w is not neuron.w:
        neuron.w = w
    return (x,)


def _neuron_backward(neuron: Any, dL_da: Any) -> Sequence[Any]:
    if neuron.x is None:
        raise RuntimeError("backward before forward: call forward(x) first")
    if neuron.w is not neuron._w_forward:
        raise RuntimeError("backward after w has changed: call forward(x) first")
    check.number(dL_da, "dL_da")
    return (in_python(dL_da),)


# ---- layer -----------------------------------------------------------------------------------------------------------


def _layer(layer: Any, W: Any, b: Any, activation: Any) -> Sequence[Any]:  # noqa: ARG001
    W, b = _parameters(W, b)
    check.activation(activation, ("forward", "backward"))
    return W, b, activation


def _parameters(W: Any, b: Any, n_inputs: int | None = None) -> tuple[Any, Any]:
    W = read(W, "W", check.matrix, columns=n_inputs, because=ONE_WEIGHT_PER_INPUT)
    b = read(b, "b", check.vector)
    check.length(b, "b", len(W), ONE_BIAS_PER_NEURON)
    return W, b


def _layer_forward(layer: Any, x: Any) -> Sequence[Any]:
    x = _sample(layer, x)
    _look_at_parameters(layer, len(x))
    return (x,)


def _layer_forward_batch(layer: Any, X: Any) -> Sequence[Any]:
    X = _batch(layer, X)
    _look_at_parameters(layer, len(X[0]))
    return (X,)


def _sample(layer: Any, x: Any) -> Any:
    return read(x, "x", check.sample, expected=_n_inputs(layer), because=ONE_INPUT_PER_COLUMN)


def _batch(layer: Any, X: Any) -> Any:
    return read(X, "X", check.batch, columns=_n_inputs(layer), because=ONE_INPUT_PER_COLUMN)


def _n_inputs(layer: Any) -> int:
    check.sequence(layer.W, "W")
    W = numbers_in_python(layer.W)
    check.sequence(W[0], "W[0]")
    return len(W[0])


def _look_at_parameters(layer: Any, n_inputs: int) -> None:
    """W and b, which may have been changed since the layer was made, still fit; they become Python's own lists."""
    W, b = _parameters(layer.W, layer.b, n_inputs)
    if W is not layer.W:
        layer.W = W
    if b is not layer.b:
        layer.b = b


def _layer_backward(layer: Any, dL_da: Any) -> Sequence[Any]:
    _way_back(layer, "backward_batch(dLn_dA)")
    dL_da = read(dL_da, "dL_da", check.vector)
    check.length(dL_da, "dL_da", len(layer._W_used), ONE_GRADIENT_PER_NEURON)
    check.vector(layer.x, "x")
    check.length(layer.x, "x", len(layer._W_used[0]), ONE_INPUT_PER_COLUMN)
    return (dL_da,)


def _layer_backward_batch(layer: Any, dLn_dA: Any, to_inputs: bool) -> Sequence[Any]:
    _way_back_of_batch(layer, "backward(dL_da)")
    return _gradients(dLn_dA, "dLn_dA", layer, ONE_GRADIENT_PER_NEURON), to_inputs


def _gradients(dLn_dA: Any, name: str, layer: Any, because: str) -> Any:
    dLn_dA = read(dLn_dA, name, check.matrix, columns=len(layer._W_used), because=because)
    check.length(dLn_dA, name, len(layer.X), ONE_GRADIENT_PER_SAMPLE)
    return dLn_dA


def _way_back(layer: Any, instead: str) -> None:
    if layer.x is None and layer.X is not None:
        raise RuntimeError(f"backward after forward_batch: call {instead}")
    if layer.x is None:
        raise RuntimeError("backward before forward: call forward(x) first")
    if layer.W is not layer._W_forward:
        raise RuntimeError("backward after W has changed: call forward(x) first")


def _way_back_of_batch(layer: Any, instead: str) -> None:
    if layer.X is None and layer.x is not None:
        raise RuntimeError(f"backward_batch after forward: call {instead}")
    if layer.X is None:
        raise RuntimeError("backward_batch before forward_batch: call forward_batch(X) first")
    if layer.W is not layer._W_forward:
        raise RuntimeError("backward_batch after W has changed: call forward_batch(X) first")


# ---- network ---------------------------------------------------------------------------------------------------------


def _network(network: Any, layers: Any) -> Sequence[Any]:  # noqa: ARG001
    check.sequence(layers, "layers")
    layers = list(layers)
    for layer in range(len(layers)):
        if not isinstance(layers[layer], CLASSES["Layer"]):
            raise TypeError(f"layers[{layer}] is {check.shown(layers[layer])}: expected a Layer")
    places: dict[int, int] = {}
    for layer in range(len(layers)):
        before = places.setdefault(id(layers[layer]), layer)
        if before != layer:
            raise ValueError(
                f"layers[{layer}] is the same object as layers[{before}]: expected a layer of its own, "
                "since a layer keeps one x and one gradient"
            )
    for layer in range(1, len(layers)):
        n_inputs, n_before = len(layers[layer].W[0]), len(layers[layer - 1].W)
        if n_inputs != n_before:
            raise ValueError(
                f"layers[{layer}] has {n_inputs} inputs: expected {n_before}, one for each neuron before it"
            )
    return (layers,)


def _network_forward(network: Any, x: Any) -> Sequence[Any]:
    return (_sample(network.layers[0], x),)


def _network_forward_batch(network: Any, X: Any) -> Sequence[Any]:
    return (_batch(network.layers[0], X),)


def _network_backward(network: Any, dL_dy_hat: Any) -> Sequence[Any]:
    for layer in network.layers:
        _way_back(layer, "backward_batch(dLn_dY_hat)")
    dL_dy_hat = read(dL_dy_hat, "dL_dy_hat", check.vector)
    check.length(dL_dy_hat, "dL_dy_hat", len(network.layers[-1]._W_used), ONE_GRADIENT_PER_OUTPUT)
    return (dL_dy_hat,)


def _network_backward_batch(network: Any, dLn_dY_hat: Any, to_inputs: bool) -> Sequence[Any]:
    for layer in network.layers:
        _way_back_of_batch(layer, "backward(dL_dy_hat)")
    return _gradients(dLn_dY_hat, "dLn_dY_hat", network.layers[-1], ONE_GRADIENT_PER_OUTPUT), to_inputs


def _network_update(network: Any, learning_rate: Any) -> Sequence[Any]:
    layers = _layers_with_gradients(network, "update")
    check.learning_rate(learning_rate)
    for layer in range(len(layers)):
        try:
            _look_at_gradients(layers[layer], THETA, THETA)
        except (TypeError, ValueError) as error:
            error.args = (f"layers[{layer}]: {error}",)
            raise
    return (in_python(learning_rate),)


# ---- what works on networks ------------------------------------------------------------------------------------------


def _look_at_settings(thing: Any) -> None:
    """What an object was made with, which stands in its attributes and so may have been changed since."""
    for name, annotation in type(thing).__init__.__annotations__.items():
        if annotation in LOOKS:  # the others, such as the name of a rule, have been looked at by its own lines
            LOOKS[annotation](getattr(thing, name), name)


def _at(decay: Any, t: Any) -> Sequence[Any]:
    _look_at_settings(decay)
    check.integer(t, "t", 0, None)
    return (t,)


def _optimizer_step(optimizer: Any, network: Any) -> Sequence[Any]:
    layers = _layers_with_gradients(network, "step")
    _look_at_settings(optimizer)
    if check.is_decay(optimizer.learning_rate):
        check.not_negative(optimizer.learning_rate.at(optimizer.t), "learning_rate")
    for layer in range(0 if are_ready(layers) else len(layers)):
        name = f"layers[{layer}]"
        _look_at_gradients(layers[layer], (f"{name}.W", f"{name}.dL_dW"), (f"{name}.b", f"{name}.dL_db"))
    if optimizer.letters and optimizer.t > 0:
        _look_at_state(optimizer, layers)
    return (network,)


def _look_at_state(optimizer: Any, layers: Any) -> None:
    if layers != optimizer._layers:
        raise ValueError(
            "network has other layers than in the steps before: expected the same network, since an optimizer "
            "keeps something for each parameter; make a new one for a new network"
        )
    for layer in range(len(layers)):
        for letter in optimizer.letters:
            for name in ("W", "b"):
                theta, kept = getattr(layers[layer], name), optimizer.state[layer][f"{letter}_{name}"]
                shown = f"state[{layer}]['{letter}_{name}']"
                plain = alike(theta, kept)
                if not plain:
                    check.same_shape(theta, kept, f"layers[{layer}].{name}", shown)
                    optimizer.state[layer][f"{letter}_{name}"] = kept = numbers_in_python(kept)
                if letter in optimizer.squares and not (plain and not_below_zero(kept)):
                    check.squares(kept, shown)


THETA = ("theta", "dL_dtheta")


def _look_at_gradients(layer: Any, names_W: tuple[str, str], names_b: tuple[str, str]) -> None:
    """Gradients that may have been changed since the pass still fit; all becomes Python's own lists and numbers."""
    if not alike(layer.W, layer.dL_dW):
        check.same_shape(layer.W, layer.dL_dW, *names_W)
        layer.W[:], layer.dL_dW = numbers_in_python(layer.W), numbers_in_python(layer.dL_dW)
    if not alike(layer.b, layer.dL_db):
        check.same_shape(layer.b, layer.dL_db, *names_b)
        layer.b, layer.dL_db = numbers_in_python(layer.b), numbers_in_python(layer.dL_db)


def are_ready(layers: Any) -> bool:
    """Whether every W is what its passes went through, and b and both gradients are plain and fit: at one glance."""
    try:
        for layer in layers:
            W, b, dL_dW, dL_db = layer.W, layer.b, layer.dL_dW, layer.dL_db
            if not (
                layer._W_backward is W
                and type(dL_dW) is type(b) is type(dL_db) is list
                and len(b) == len(dL_db)
                and layer._W_used == W
                and len(W) == len(dL_dW)
                and {len(W[0])}.issuperset(map(length_of_list, dL_dW))
                and 0.0 * sum(map(as_floats, (*b, *dL_db, *entries(dL_dW)))) == 0.0
            ):
                return False
    except TypeError:  # not floats alone
        return False
    return True


GLANCES["are_ready"] = are_ready
GLANCES["of_a_layer"], GLANCES["of_a_neuron"] = BARE["forward"], BARE["value"]


def _ready_for_update() -> list[str]:
    rate = "type(learning_rate) is float and 0.0 * learning_rate == 0.0 < learning_rate"
    return [f"    plain = are_ready(self.layers) and {rate}"]


def _layers_with_gradients(network: Any, what: str) -> Any:
    """The layers of a Network, with gradients that wait for a step."""
    layers = _layers_of(network, "; put it into one, Network([layer])")
    for layer in layers:
        if layer.dL_dW is None:
            raise RuntimeError(f"{what} before backward: call backward(dL_dy_hat) or backward_batch(dLn_dY_hat) first")
        if layer._W_backward is None:
            raise RuntimeError(f"{what} after {what}: call forward(x) and backward(dL_dy_hat) first")
        if layer._W_backward is not layer.W:
            raise RuntimeError(f"{what} after W has changed: call forward(x) and backward(dL_dy_hat) first")
    return layers


def _layers_of(network: Any, hint: str = "") -> Any:
    if not isinstance(network, CLASSES["Network"]):
        hint = hint if isinstance(network, CLASSES["Layer"]) else ""
        raise TypeError(f"network is {check.shown(network)}: expected a Network{hint}")
    return list(network.layers)


def _penalty_value(penalty: Any, network: Any) -> Sequence[Any]:
    _look_at_weights(penalty, _layers_of(network))
    return (network,)


def _penalty_gradient(penalty: Any, network: Any) -> Sequence[Any]:
    layers = _layers_of(network)
    for layer in layers:
        if layer.dL_dW is None or layer._W_backward is not layer.W:
            raise RuntimeError("add_gradient before backward: call forward(x) and backward(dL_dy_hat) first")
    _look_at_weights(penalty, layers)
    for layer in range(len(layers)):
        at = layers[layer]
        if not alike(at.W, at.dL_dW):
            check.same_shape(at.W, at.dL_dW, f"layers[{layer}].W", f"layers[{layer}].dL_dW")
            at.W[:], at.dL_dW = numbers_in_python(at.W), numbers_in_python(at.dL_dW)
    return (network,)


def _look_at_weights(penalty: Any, layers: Any) -> None:
    _look_at_settings(penalty)
    for layer in range(len(layers)):
        check.matrix(layers[layer].W, f"layers[{layer}].W")


SAMPLE = _plain(x="Vector[n]", self_W="Matrix[m, n]", self_b="Vector[m]")
BATCH = _plain(X="Matrix[N, n]", self_W="Matrix[m, n]", self_b="Vector[m]")
NEURON = _plain(x="Vector[n]", self_w="Vector[n]", self_b="Number")
WAY_BACK = "self.x is not None and self.W is self._W_forward and len(dL_da) == len(self._W_used)"
BACK = _plain(f"{WAY_BACK} and len(self.x) == len(self._W_used[0])", dL_da="Vector[m]", self_x="Vector[n]")
NEURON_BACK = _plain("self.x is not None and self.w is self._w_forward", dL_da="Number")

METHODS: dict[str, dict[str, tuple[Callable[[], list[str]] | None, Callable[..., Sequence[Any]]]]] = {
    "Neuron": {
        "__init__": (
            _plain("(activation is None or type(activation) in of_a_neuron)", w="Vector[n]", b="Number"),
            _neuron,
        ),
        "forward": (NEURON, _neuron_forward),
        "backward": (NEURON_BACK, _neuron_backward),
    },
    "Layer": {
        "__init__": (
            _plain("(activation is None or type(activation) in of_a_layer)", W="Matrix[m, n]", b="Vector[m]"),
            _layer,
        ),
        "forward": (SAMPLE, _layer_forward),
        "backward": (BACK, _layer_backward),
        "forward_batch": (BATCH, _layer_forward_batch),
        "backward_batch": (None, _layer_backward_batch),
    },
    "Network": {
        "__init__": (None, _network),
        "update": (_ready_for_update, _network_update),
    },
    "Optimizer": {"step": (None, _optimizer_step)},
    "InverseTimeDecay": {"at": (None, _at)},
    "ExponentialDecay": {"at": (None, _at)},
    "_Penalty": {"value": (None, _penalty_value), "add_gradient": (None, _penalty_gradient)},
}

THROUGH_ALL: dict[str, dict[str, tuple[Callable[..., Any], str]]] = {
    "Network": {
        "forward": (_network_forward, "forward"),
        "backward": (_network_backward, "backward"),
        "forward_batch": (_network_forward_batch, "forward"),
        "backward_batch": (_network_backward_batch, "backward"),
    },
}
