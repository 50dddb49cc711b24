"""A Neuron, a Layer and a Network as pictures: what they hold after the last pass, forward and back."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["html_of_layers"]


class _Row:
    """A neuron as a layer of one."""

    def __init__(self, neuron: Any) -> None:
        self.activation = neuron.activation
        self.x, self.dL_dx = neuron.x, neuron.dL_dx
        self.W, self.b = [neuron.w], [neuron.b]
        for name, one in (("z", "z"), ("a", "a"), ("dL_dz", "dL_dz"), ("dL_dW", "dL_dw")):
            value = getattr(neuron, one)
            setattr(self, name, None if value is None else [value])


class _Layers:
    """Layers, as a network has them."""

    def __init__(self, layers: list[Any]) -> None:
        self.layers = layers


def html_of_layers(thing: Any) -> str:
    """A Neuron, a Layer or a Network as HTML: a picture with weights, values and gradients, and the biases below it.

    Where a number cannot be drawn, as NaN, its text and the reason.

    Examples:
        >>> from scalarnn import Neuron, ReLU
        >>> shown = html_of_layers(Neuron([0.5, -1], 1, activation=ReLU()))
        >>> "2 inputs, 1 neuron with ReLU" in shown, "b = 1" in shown
        (True, True)
    """
    from scalarnn.svg import network_diagram
    from scalarnn.svg.alone import framed
    from scalarnn.svg.text import escape, listed

    name = type(thing).__name__
    if hasattr(thing, "w"):
        thing_with_layers: Any = _Layers([_Row(thing)])
    else:
        thing_with_layers = thing if hasattr(thing, "layers") else _Layers([thing])
    layers = thing_with_layers.layers
    try:
        drawn = network_diagram(name, thing_with_layers)
    except (TypeError, ValueError, OverflowError) as error:
        return framed(f"<p><code>{escape(thing)}</code><br/>{escape(error)}</p>")
    biases = []
    for at in range(len(layers)):
        whose = f"layer {at}: " if len(layers) > 1 else ""
        biases.append(f"{whose}b = {listed(layers[at].b)}")
    return framed(f"{drawn}<p>{escape('; '.join(biases))}</p>")
