"""A Neuron, a Layer and a Network as pictures: what they hold after the last pass, forward and back.

In a debugger, in the middle of a function of plain lists, its names do as well: W, b, x, and what it has of z, a and
the gradients so far.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["html_of_layers", "is_drawn", "picture_of_layers"]


class _Row:
    """A neuron as a layer of one."""

    def __init__(self, neuron: Any) -> None:
        self.activation = neuron.activation
        self.x, self.dL_dx = neuron.x, neuron.dL_dx
        self.W, self.b = [neuron.w], [neuron.b]
        for name, one in (("z", "z"), ("a", "a"), ("dL_dz", "dL_dz"), ("dL_dW", "dL_dw")):
            value = getattr(neuron, one)
            setattr(self, name, None if value is None else [value])


class _Names:
    """The names of a function, or the entries of a dict; a list that is not complete yet is left out."""

    def __init__(self, names: dict[str, Any]) -> None:
        row = names.get("w")
        self.W: list[Any] = names.get("W", [row])
        self.activation = None
        sizes = {"x": len(self.W[0]), "dL_dx": len(self.W[0]), "b": len(self.W), "dL_dW": len(self.W)}
        for name in ("x", "b", "z", "a", "dL_dz", "dL_dW", "dL_dx"):
            value = names.get(name, names.get("dL_dw") if name == "dL_dW" else None)
            if row is not None and name not in ("x", "dL_dx") and value is not None and "W" not in names:
                value = [value]
            is_whole = isinstance(value, (list, tuple)) and len(value) == sizes.get(name, len(self.W))
            setattr(self, name, value if is_whole else None)


class _Layers:
    """Layers, as a network has them."""

    def __init__(self, layers: list[Any]) -> None:
        self.layers = layers


def is_drawn(thing: Any) -> bool:
    """Whether there is a picture of it: a Neuron, a Layer, a Network, or a dict of names with a matrix W or a list w.

    Examples:
        >>> is_drawn({"W": [[1, 2]], "x": [3, 4]}), is_drawn({"x": [3, 4]}), is_drawn(7)
        (True, False, False)
    """
    if isinstance(thing, dict):
        W, w = thing.get("W"), thing.get("w")
        return (isinstance(W, list) and bool(W) and isinstance(W[0], list)) or (isinstance(w, list) and bool(w))
    return hasattr(thing, "dL_dx") or hasattr(thing, "layers")


def picture_of_layers(thing: Any) -> str:
    """A picture with weights, values and gradients.

    Args:
        thing: a Neuron, a Layer, a Network, or a dict of names, such as `locals()`.

    Raises:
        ValueError: a number cannot be drawn, as NaN.

    Examples:
        >>> "1 input, 1 linear neuron" in picture_of_layers({"w": [2], "b": 1, "x": [3], "z": 7})
        True
    """
    from scalarnn.svg import network_diagram

    return network_diagram(type(thing).__name__ if not isinstance(thing, dict) else "Here", _Layers(_layers_of(thing)))


def _layers_of(thing: Any) -> list[Any]:
    if isinstance(thing, dict):
        return [_Names(thing)]
    if hasattr(thing, "layers"):
        return list(thing.layers)
    return [_Row(thing) if hasattr(thing, "w") else thing]


def html_of_layers(thing: Any) -> str:
    """The same as HTML, the biases below it; where a number cannot be drawn, its text and the reason.

    Examples:
        >>> from scalarnn import Neuron, ReLU
        >>> shown = html_of_layers(Neuron([0.5, -1], 1, activation=ReLU()))
        >>> "2 inputs, 1 neuron with ReLU" in shown, "b = 1" in shown
        (True, True)
    """
    from scalarnn.svg import framed
    from scalarnn.svg.text import escape, listed

    try:
        drawn = picture_of_layers(thing)
    except (TypeError, ValueError, OverflowError) as error:
        return framed(f"<p><code>{escape(thing)}</code><br/>{escape(error)}</p>")
    layers = _layers_of(thing)
    biases = []
    for at in range(len(layers)):
        whose = f"layer {at}: " if len(layers) > 1 else ""
        biases.append(f"{whose}b = {listed(layers[at].b)}")
    return framed(f"{drawn}<p>{escape('; '.join(biases))}</p>")
