"""Between a Network, whose layers hold objects, and an exercise, which is nothing but numbers and names."""

from __future__ import annotations

import scalarnn
from scalarnn.exercise.description import Exercise
from scalarnn.exercise.keys import ACTIVATIONS, EVERY_ACTIVATION
from scalarnn.exercise.kinds import ExerciseError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn import Network
    from scalarnn.exercise.liking import Spoken

__all__ = ["from_network", "to_network"]

OF_THE_BOOK = {kind for kind, _ in ACTIVATIONS.values()}


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
        bends = getattr(layer.activation, "activation", layer.activation)  # of AtKinks the one that has them
        kind = type(bends).__name__
        name = next((name for name, (known, _) in EVERY_ACTIVATION.items() if known == kind), kind)
        keys = {"W": layer.W, "b": layer.b} | ({} if layer.activation is None else {"activation": name})
        slope = getattr(bends, "slope", None)
        layers.append(keys if slope is None or kind != "LeakyReLU" else keys | {"alpha": slope})
    exercise = Exercise(layers, **{"layout": "W", **given})  # as they lie here, whatever package the rest is like
    for place, layer in enumerate(network.layers):
        _check_activation(layer.activation, exercise.layers[place].spoken, f"layer[{place}].activation")
    return exercise


def _check_activation(activation: Any, spoken: Spoken | None, name: str) -> None:
    """An activation that is not the book's is the one that the exercise has, with its numbers and slopes."""
    kind = type(activation).__name__
    if activation is None or kind in OF_THE_BOOK or (spoken and repr(spoken.made) == repr(activation)):
        return
    has = f"an exercise has {spoken.made}" if spoken else "an exercise has it without slopes of its own"
    raise ExerciseError(f"{name} is {activation}: {has}; with like = a package it has that package's")


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
