"""A network goes out: as safetensors, with the names of PyTorch's Sequential, or as ONNX, for the runtimes of others.

A classifier or regressor scales its inputs, (x − m) / s, and a regressor its output, m + s · ŷ. Out there nobody knows
of that, so it goes into the weights: Wⱼᵢ / sᵢ and bⱼ − Σᵢ Wⱼᵢ mᵢ / sᵢ in the first layer, likewise in the last.
"""

from __future__ import annotations

from scalarnn.exchange.onnx_writing import write_onnx
from scalarnn.exchange.safetensors import write_safetensors
from scalarnn.exchange.state_dict import state_dict_of
from scalarnn.layer import Layer
from scalarnn.network import Network
from scalarnn.scaled_network import ScaledNetwork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["after_scaling", "to_onnx", "to_safetensors", "without_scaling"]

SCALED = "the means and deviations of the inputs went into the first layer: give it numbers as they are measured"
TOLD = "mean and deviation of the number that it tells went into the last layer"


def to_safetensors(model: Any, kind: str = "F64") -> tuple[bytes, list[str]]:
    """A network as a safetensors file.

    Args:
        model: a Network, a Classifier or a Regressor.
        kind: F64, or F32, to which the numbers are rounded.

    Returns:
        The bytes of the file, and what a user should know, as sentences.

    Raises:
        OverflowError: a number is too large for F32.

    Examples:
        >>> data, said = to_safetensors(Network([Layer([[1.0]], [0.0])]))
        >>> print(*said, sep="\\n")
        for nn.Sequential(nn.Linear(1, 1)); a row of a weight is a neuron, as here
    """
    network, said = without_scaling(model)
    tensors, metadata, module = state_dict_of(network.layers)
    return write_safetensors(tensors, metadata, kind), [f"for {module}; a row of a weight is a neuron, as here", *said]


def to_onnx(model: Any, kind: str = "F64") -> tuple[bytes, list[str]]:
    """A network as an ONNX file, from `x`, samples in rows, to `y_hat`.

    Args:
        model: a Network, a Classifier or a Regressor.
        kind: F64, or F32, to which the numbers are rounded.

    Returns:
        The bytes of the file, and what a user should know, as sentences.

    Raises:
        OverflowError: a number is too large for F32.
        TypeError: an activation of your own.

    Examples:
        >>> data, said = to_onnx(Network([Layer([[1.0]], [0.0])]))
        >>> print(*said, sep="\\n")
        x is float64, samples in rows of 1, and y_hat has 1 for each
    """
    from scalarnn import __version__

    network, said = without_scaling(model)
    number = "float64" if kind == "F64" else "float32"
    shape = f"samples in rows of {len(network.layers[0].W[0])}, and y_hat has {len(network.layers[-1].W)} for each"
    return write_onnx(network, __version__, kind), [f"x is {number}, {shape}", *said]


def without_scaling(model: Any) -> tuple[Network, list[str]]:
    """The network that takes what its classifier, or regressor, takes.

    Args:
        model: a Network, a Classifier or a Regressor.

    Returns:
        The same Network, or one whose first and last layer do the scaling; and a sentence for each.

    Examples:
        >>> from scalarnn.regressor import Regressor
        >>> scaled = Regressor(Network([Layer([[2.0]], [1.0])]), ["x"], [4.0], [2.0], target_mean=10.0)
        >>> network, said = without_scaling(scaled)
        >>> network.forward([6.0])[0], scaled.predicted([[6.0]])[0]
        (13.0, 13.0)
    """
    if not isinstance(model, ScaledNetwork):
        return model, []
    layers = list(model.network.layers)
    said = []
    if any(m != 0 for m in model.means) or any(s != 1 for s in model.deviations):
        layers[0] = after_scaling(layers[0], model.means, model.deviations)
        said.append(SCALED)
    mean, deviation = getattr(model, "target_mean", 0), getattr(model, "target_deviation", 1)
    if mean != 0 or deviation != 1:
        last = layers.pop()
        if last.activation is None:
            layers.append(Layer([[deviation * w for w in last.W[0]]], [mean + deviation * last.b[0]]))
        else:  # what an activation has bent cannot be stretched before it
            layers += [last, Layer([[deviation]], [mean])]
        said.append(TOLD)
    return Network(layers), said


def after_scaling(layer: Layer, means: Any, deviations: Any) -> Layer:
    """The layer that takes x where this one takes (x − m) / s: W (x − m) / s + b is W′ x + b′.

    Args:
        layer: the first of a network.
        means: what is taken off each input before it.
        deviations: what each is divided by then.

    Returns:
        A new Layer.

    Examples:
        >>> after_scaling(Layer([[6.0]], [1.0]), [5.0], [2.0]).forward([7.0])
        [7.0]
    """
    W, b = [], []
    for j in range(len(layer.W)):
        W_j = []
        b_j = layer.b[j]
        for i in range(len(layer.W[j])):
            w = layer.W[j][i] / deviations[i]
            W_j.append(w)
            b_j -= w * means[i]
        W.append(W_j)
        b.append(b_j)
    return Layer(W, b, layer.activation)
