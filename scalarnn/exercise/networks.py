"""Between a Network, whose layers hold objects, and an exercise, which is nothing but numbers and names."""

from __future__ import annotations

import scalarnn
from scalarnn.exercise.description import Exercise
from scalarnn.exercise.keys import ACTIVATIONS, EVERY_ACTIVATION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn import Network

__all__ = ["from_network", "to_network"]


def from_network(network: Network, **given: Any) -> Exercise:
    """The exercise of a network, every layer with its W, b and activation.

    Args:
        network: the network.
        given: further keys, such as x, y and loss.

    Raises:
        ExerciseError: an activation is not one of the package's, or the keys do not fit.

    Examples:
        >>> from scalarnn import Layer, Network, ReLU
        >>> exercise = from_network(Network([Layer([[0.5, 1.0]], [0.25], ReLU())]), x=[1, 2])
        >>> exercise.layers[0].W, exercise.layers[0].activation
        ([[Fraction(1, 2), Fraction(1, 1)]], 'relu')
    """
    layers = []
    for layer in network.layers:
        kind = type(layer.activation).__name__
        name = next((name for name, (known, _) in EVERY_ACTIVATION.items() if known == kind), kind)
        keys = {"W": layer.W, "b": layer.b} | ({} if layer.activation is None else {"activation": name})
        slope = getattr(layer.activation, "slope", None)
        layers.append(keys if slope is None else keys | {"alpha": slope})
    return Exercise(layers, **{"layout": "W", **given})  # as they lie here, whatever package the rest is like


def to_network(exercise: Exercise) -> Network:
    """The network of an exercise, in floats; a layer without biases gets zeros.

    Examples:
        >>> to_network(Exercise([{"W": [[1, 2]], "activation": "relu"}])).forward([3.0, 4.0])
        [11.0]
    """
    layers = []
    for layer in exercise.layers:
        if layer.spoken is not None:
            activation = layer.spoken.made
        else:
            kind = getattr(scalarnn, ACTIVATIONS[layer.activation][0])
            activation = kind() if layer.alpha is None else kind(float(layer.alpha))
        W = [[float(weight) for weight in row] for row in layer.W]
        b = [float(bias) for bias in layer.b or [0] * len(W)]
        layers.append(scalarnn.Layer(W, b, None if layer.activation == "identity" else activation))
    return scalarnn.Network(layers)
