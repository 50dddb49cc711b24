"""ONNX, written: a network becomes a graph of Gemm and activations, which the runtimes of others run.

    y_hat = Softmax(Gemm(Relu(Gemm(x, W0, b0)), W1, b1))        transB = 1: a row of W is a neuron, as here

The numbers stay doubles. LeakyRelu has its slope as a float32 in ONNX, and no runtime for doubles: it is written as
Max(z, slope · z), or Min for a slope above 1, which is the same.
"""

from __future__ import annotations

import struct

from scalarnn.activations import LeakyReLU
from scalarnn.exchange.onnx import ATTRIBUTE, DOUBLE, FLOAT, GRAPH, MODEL, NODE, TENSOR
from scalarnn.exchange.protobuf import field, message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.network import Network

__all__ = ["write_onnx"]

IR_VERSION, OPSET = 8, 13  # of 2022; whatever reads ONNX today reads these
OPERATORS = {"ReLU": "Relu", "Sigmoid": "Sigmoid", "Tanh": "Tanh", "Softmax": "Softmax", "Identity": "Identity"}
OF_AN_INT = 2  # the kind of an attribute


def write_onnx(network: Network, version: str, kind: str = "F64") -> bytes:
    """A network as an ONNX file, from `x`, samples in rows, to `y_hat`.

    Args:
        network: of layers with the activations of this package.
        version: of this package.
        kind: F64, or F32, to which the numbers are rounded.

    Returns:
        The whole file.

    Raises:
        OverflowError: a number is too large for F32.
        TypeError: an activation of your own.

    Examples:
        >>> from scalarnn import Layer, Network, ReLU
        >>> from scalarnn.exchange.arrived import Wishes
        >>> from scalarnn.exchange.onnx import from_onnx
        >>> data = write_onnx(Network([Layer([[1.0, 2.0]], [0.5], ReLU())]), "0")
        >>> print(from_onnx(data, Wishes()).layers[0])
        Layer(2 inputs, 1 neuron, activation=ReLU())
    """
    nodes: list[bytes] = []
    tensors: list[bytes] = []
    at = "x"
    for k in range(len(network.layers)):
        layer = network.layers[k]
        last = k == len(network.layers) - 1
        z = "y_hat" if last and layer.activation is None else f"z{k}"
        tensors += [_tensor(f"W{k}", layer.W, kind), _tensor(f"b{k}", layer.b, kind)]
        nodes.append(_node("Gemm", [at, f"W{k}", f"b{k}"], z, transB=1))
        at = z
        if layer.activation is not None:
            at = "y_hat" if last else f"a{k}"
            nodes += _bend(layer.activation, z, at, tensors, kind)
    n_inputs, n_outputs = len(network.layers[0].W[0]), len(network.layers[-1].W)
    graph = message(
        [field(GRAPH["node"], node) for node in nodes],
        field(2, "scalarnn"),
        [field(GRAPH["initializer"], tensor) for tensor in tensors],
        field(GRAPH["input"], _value("x", n_inputs, kind)),
        field(12, _value("y_hat", n_outputs, kind)),
    )
    return message(
        field(1, IR_VERSION),
        field(MODEL["producer"], "scalarnn"),
        field(MODEL["version"], version),
        field(MODEL["graph"], graph),
        field(8, message(field(1, ""), field(2, OPSET))),
    )


def _bend(activation: Any, z: str, a: str, tensors: list[bytes], kind: str) -> list[bytes]:
    """The nodes of an activation."""
    if type(activation) is LeakyReLU:
        slope = 0.01 if activation.slope is None else float(activation.slope)
        tensors.append(_tensor(f"slope_of_{z}", [slope], kind))
        times = _node("Mul", [z, f"slope_of_{z}"], f"{z}_times_slope")
        return [times, _node("Max" if slope <= 1 else "Min", [z, f"{z}_times_slope"], a)]
    name = type(activation).__name__
    if name not in OPERATORS:
        raise TypeError(f"the activation {activation!r}: only {', '.join(OPERATORS)} and LeakyReLU can be written")
    return [_node("Softmax", [z], a, axis=-1) if name == "Softmax" else _node(OPERATORS[name], [z], a)]


def _node(op: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    parts = [field(NODE["input"], name) for name in inputs]
    parts += [field(NODE["output"], output), field(NODE["name"], f"{op}_{output}"), field(NODE["op"], op)]
    for name, value in attributes.items():
        attribute = message(field(ATTRIBUTE["name"], name), field(ATTRIBUTE["i"], value), field(20, OF_AN_INT))
        parts.append(field(NODE["attribute"], attribute))
    return message(parts)


def _tensor(name: str, values: Any, kind: str) -> bytes:
    """A vector or a matrix."""
    is_matrix = isinstance(values[0], (list, tuple))
    shape = [len(values), len(values[0])] if is_matrix else [len(values)]
    flat = [float(number) for row in values for number in row] if is_matrix else [float(v) for v in values]
    data = struct.pack(f"<{len(flat)}{'d' if kind == 'F64' else 'f'}", *flat)
    dims = [field(TENSOR["dims"], size) for size in shape]
    return message(dims, field(TENSOR["type"], _type(kind)), field(TENSOR["name"], name), field(TENSOR["raw"], data))


def _type(kind: str) -> int:
    return DOUBLE if kind == "F64" else FLOAT


def _value(name: str, n: int, kind: str) -> bytes:
    """An input or output: samples, whose number is open, in rows of n numbers."""
    shape = message(field(1, field(2, "samples")), field(1, field(1, n)))
    return message(field(1, name), field(2, field(1, message(field(1, _type(kind)), field(2, shape)))))
