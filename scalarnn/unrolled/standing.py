"""What stands for a layer, or for a network with its layers, while a method of theirs is unrolled.

`LOOKS` says of each attribute that a method reads what a function looks at before it computes: what the door of the
method would let pass at one glance. Of what a method only reads, as of gradients in a step, a row may be any row of
floats; `_W_used` is nobody's but a layer's.
"""

from __future__ import annotations

from scalarnn.layer import Layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.straightened import Straightened

__all__ = ["layer_names", "stands_for", "zeros"]

LOOKS = {
    "forward": {"W": "list rows floats", "b": "list floats"},
    "backward": {"W": "", "x": "floats finite", "z": "finite", "_W_used": ""},
    "forward_batch": {"W": "list rows floats", "b": "list floats"},
    "samples": {"W": "list rows floats", "b": "list floats"},
    "update": dict.fromkeys(["W", "b", "dL_dW", "dL_db"], "floats finite"),
}


def layer_names(network: Any) -> list[str]:
    """What the layers of a network are called."""
    return [f"l{k}" for k in range(len(network.layers))]


def stands_for(made: Straightened, thing: Any, way: str, name: str = "self") -> Any:
    """What stands for a layer, or for a network with its layers, on a way through them or in a step."""
    made.room["Layer"] = Layer
    if type(thing) is Layer:
        return _layer(made, thing, "self", way, 0)
    names = layer_names(thing)
    made.opening.append(f"{', '.join(names)}, = {name}.layers")
    layers = [_layer(made, thing.layers[k], names[k], way, k) for k in range(len(names))]
    made.asked.append(f"{' is '.join(f'type({at})' for at in names)} is Layer")
    return made.object(name, type(thing), layers=made.run.heap.new(layers))


def _layer(made: Straightened, layer: Layer, name: str, way: str, k: int) -> Any:
    attributes: dict[str, Any] = {}
    for attribute, looks in LOOKS[way].items():
        template = zeros(layer, "W" if "W" in attribute else attribute)
        attributes[attribute] = made.takes(f"{attribute}{k}", template, looks, f"{name}.{attribute}")
    if way == "update":
        made.asked.append(f"{name}._W_backward is {name}.W")
        return made.object(name, Layer, **attributes)
    made.asked += _asked_of_activation(made, layer.activation, f"{name}.activation")
    ways = ("forward_batch", "backward_batch") if way == "samples" else () if name == "self" else (way,)
    for method in ways:  # a layer may have got one of its own
        made.room[method] = getattr(Layer, method)
        made.asked.append(f"{name}.{method}.__func__ is {method}")
    if way == "backward":
        made.asked.append(f"{name}.W is {name}._W_forward")
    return made.object(name, Layer, activation=layer.activation, **attributes)


def _asked_of_activation(made: Straightened, activation: Any, name: str) -> list[str]:
    if activation is None:
        return [f"{name} is None"]
    kind = type(activation).__name__
    made.room[kind] = type(activation)
    settings = [f"{name}.{one} == {value!r}" for one, value in vars(activation).items()]
    return [f"type({name}) is {kind}", *settings]


def zeros(layer: Layer, name: str) -> Any:
    """Zeros in the shape of a layer's W, of its x, or, for any other name, of its b."""
    m, n = len(layer.W), len(layer.W[0])
    return [[0.0] * n for _ in range(m)] if name == "W" else [0.0] * (n if name == "x" else m)
