"""ONNX: a graph of operators, followed from its input through dense layers and activations to its output.

    Gemm(x, B, C)         α x B + β C, with transB B has a row for each neuron, as W here; else a column
    MatMul, Add           the same in two steps
    Relu, Sigmoid, …      what bends

The file is read without the package `onnx`: it is a protocol buffer, and of that a network needs little.
"""

from __future__ import annotations

from scalarnn.exchange.arrived import Arrived, Draft, Wishes, matrix_of, vector_of
from scalarnn.exchange.protobuf import Fields
from scalarnn.exchange.tensors import ExchangeError, Tensor, count_of, decoded, names_in_words, tensor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["from_onnx"]

# The numbers of the fields, as the format has them.
MODEL = {"producer": 2, "version": 3, "graph": 7}
GRAPH = {"node": 1, "initializer": 5, "input": 11}
NODE = {"input": 1, "output": 2, "name": 3, "op": 4, "attribute": 5}
ATTRIBUTE = {"name": 1, "f": 2, "i": 3, "t": 5, "ints": 8}
TENSOR = {"dims": 1, "type": 2, "floats": 4, "ints": 7, "name": 8, "raw": 9, "doubles": 10, "location": 14}
FLOAT, FLOAT16, DOUBLE, BFLOAT16 = 1, 10, 11, 16
KINDS = {FLOAT: "F32", FLOAT16: "F16", DOUBLE: "F64", BFLOAT16: "BF16"}
BENDS = {"Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Softmax": "softmax", "LeakyRelu": "leaky_relu"}
NOTHING = ("Identity", "Dropout", "Cast")
SHAPES = ("Flatten", "Reshape", "Squeeze", "Unsqueeze")
# What exporters of scikit-learn put behind a network, to make labels of its outputs.
LABELS = ("ArgMax", "ArrayFeatureExtractor", "Binarizer", "Cast", "Concat", "Identity", "Reshape", "Sub", "ZipMap")


def from_onnx(data: bytes, wishes: Wishes) -> Arrived:
    """The network in an ONNX file.

    Args:
        data: the whole file.
        wishes: of the user.

    Raises:
        ExchangeError: the file is damaged, or its graph is no chain of dense layers.

    Examples:
        >>> from_onnx(b"\\x08\\x09", Wishes())
        Traceback (most recent call last):
        scalarnn.exchange.tensors.ExchangeError: ONNX: there is no graph
    """
    model = Fields(data)
    graphs = model.messages(MODEL["graph"])
    if not graphs:
        raise ExchangeError("ONNX: there is no graph")
    wishes.no_activations()
    producer = f"{model.text(MODEL['producer'])} {model.text(MODEL['version'])}".strip()
    chain = _Chain(graphs[-1], Draft(f"ONNX{', written by ' * bool(producer)}{producer[:60]}"))
    chain.follow()
    if chain.turned[True]:
        chain.draft.said.append(f"turned: {names_in_words(chain.turned[True])}: a column is a neuron there")
    if chain.turned[False]:
        chain.draft.said.append(f"not turned: {names_in_words(chain.turned[False])}: with transB a row is a neuron")
    return chain.draft.arrived(wishes, **chain.names)


class _Node:
    """A node of the graph."""

    def __init__(self, fields: Fields) -> None:
        self.inputs, self.outputs = fields.texts(NODE["input"]), fields.texts(NODE["output"])
        self.op = fields.text(NODE["op"])
        self.name = (fields.text(NODE["name"]) or (self.outputs or [self.op])[0])[:60]
        self.attributes = {part.text(ATTRIBUTE["name"]): part for part in fields.messages(NODE["attribute"])}

    def whole(self, name: str, usual: int) -> int:
        """A whole number among the attributes."""
        return self.attributes[name].number(ATTRIBUTE["i"]) if name in self.attributes else usual

    def float(self, name: str, usual: float) -> float:
        """A float32 among the attributes."""
        found = self.attributes[name].floats(ATTRIBUTE["f"]) if name in self.attributes else []
        return found[-1] if found else usual


class _Chain:
    """The way from the input of a graph to its output."""

    def __init__(self, graph: Fields, draft: Draft) -> None:
        self.draft = draft
        self.names: dict[str, Any] = {}
        self.nodes = [_Node(fields) for fields in graph.messages(GRAPH["node"])]
        self.tensors = {fields.text(TENSOR["name"]): fields for fields in graph.messages(GRAPH["initializer"])}
        inputs = [fields.text(1) for fields in graph.messages(GRAPH["input"])]
        self.inputs = [name for name in inputs if name not in self.tensors]
        self.product: tuple[str, list[list[Any]]] | None = None  # a matrix that may get a bias
        self.turned: dict[bool, list[str]] = {True: [], False: []}
        for node in self.nodes:
            if node.op == "Constant" and "value" in node.attributes and node.outputs:
                for tensor in node.attributes["value"].messages(ATTRIBUTE["t"]):
                    self.tensors[node.outputs[0]] = tensor

    def follow(self) -> None:
        """Every node from the input on into the draft."""
        if len(self.inputs) != 1:
            raise ExchangeError(f"ONNX: {len(self.inputs)} inputs: expected one")
        users: dict[str, list[_Node]] = {}
        for node in self.nodes:
            for name in set(node.inputs):
                users.setdefault(name, []).append(node)
        at = self.inputs[0]
        been: set[str] = set()
        while following := users.get(at, []):
            if at in been:
                raise ExchangeError(f"ONNX: {ascii(at)[:60]} is made of itself: expected layers in a row")
            been.add(at)
            leaky = self._leaky_relu(following)
            if leaky is not None:
                at = leaky
                continue
            if self.draft.names and _makes_labels(following):
                self.draft.said.append("what follows makes labels of the outputs, and is left out")
                break
            if len(following) > 1:
                names = ", ".join(node.name for node in following[:3])
                raise ExchangeError(f"ONNX: {names} take the same: expected layers in a row")
            self._take(following[0], at)
            at = following[0].outputs[0] if following[0].outputs else ""
        self._end_product(None)

    def _take(self, node: _Node, at: str) -> None:
        """One node into the draft."""
        if node.op == "Add" and self.product is not None:
            other = [name for name in node.inputs if name != at]
            self._end_product(vector_of(self._tensor(other[0], node)) if len(other) == 1 else None)
            return
        self._end_product(None)
        if node.op == "Gemm":
            self._gemm(node, at)
        elif node.op == "MatMul":
            if len(node.inputs) != 2 or node.inputs[0] != at:
                raise ExchangeError(f"ONNX: {node.name}: expected the samples on the left of MatMul")
            self.turned[True].append(node.inputs[1])
            self.product = (node.inputs[1], matrix_of(self._tensor(node.inputs[1], node)).columns())
        elif node.op in BENDS:
            if node.op == "Softmax" and node.whole("axis", -1) not in (-1, 1):
                raise ExchangeError(f"ONNX: {node.name} goes along axis {node.whole('axis', -1)}: expected the last")
            self.draft.activation(BENDS[node.op], node.float("alpha", 0.01) if node.op == "LeakyRelu" else None)
        elif node.op == "Cast" or node.op in NOTHING:
            return
        elif node.op in SHAPES and (not self.draft.names or not node.outputs or node.op != "Unsqueeze"):
            self.draft.said.append(f"{node.name} ({node.op}) is left out: a sample is one row")
        else:
            raise ExchangeError(f"ONNX: {node.name} is {node.op[:40]}: expected Gemm, MatMul, Add, {', '.join(BENDS)}")

    def _gemm(self, node: _Node, at: str) -> None:
        if len(node.inputs) not in (2, 3) or node.inputs[0] != at or node.whole("transA", 0):
            raise ExchangeError(f"ONNX: {node.name}: expected the samples as first input of Gemm, not turned")
        for name in ("alpha", "beta"):
            if node.float(name, 1.0) != 1:
                raise ExchangeError(f"ONNX: {node.name}: {name} is {node.float(name, 1.0)}: expected 1")
        B = matrix_of(self._tensor(node.inputs[1], node))
        turned = not node.whole("transB", 0)
        self.turned[turned].append(B.name)
        b = vector_of(self._tensor(node.inputs[2], node)) if len(node.inputs) == 3 and node.inputs[2] else None
        W = B.columns() if turned else B.rows()
        if b is not None and len(b) == 1:
            b = b * len(W)
        self.draft.dense(B.name, W, b)

    def _end_product(self, b: list[Any] | None) -> None:
        """The matrix of a MatMul becomes a layer, with the bias that was added, or none."""
        if self.product is not None:
            name, W = self.product
            self.product = None
            self.draft.dense(name, W, b * len(W) if b is not None and len(b) == 1 else b)

    def _leaky_relu(self, following: list[_Node]) -> str | None:
        """Max(z, slope · z) or Min of them, as this package writes it: the name of its output, or None."""
        by_op = {node.op: node for node in following}
        if len(following) != 2 or "Mul" not in by_op or not by_op.keys() & {"Max", "Min"}:
            return None
        times, bound = by_op["Mul"], by_op.get("Max") or by_op["Min"]
        slopes = [name for name in times.inputs if name in self.tensors]
        if len(slopes) != 1 or not set(times.outputs) <= set(bound.inputs) or not bound.outputs:
            return None
        numbers = self._tensor(slopes[0], times).numbers
        if len(numbers) != 1 or (numbers[0] > 1) != (bound.op == "Min"):
            return None
        self._end_product(None)
        self.draft.activation("leaky_relu", numbers[0])
        return bound.outputs[0]

    def _tensor(self, name: str, node: _Node) -> Tensor:
        """A tensor of the file, with its numbers."""
        if name not in self.tensors:
            raise ExchangeError(f"ONNX: {node.name} takes {ascii(name)[:60]}, which is no tensor of the file")
        return _tensor(self.tensors[name], ascii(name)[1:-1][:60])


def _makes_labels(following: list[_Node]) -> bool:
    return all(node.op in LABELS for node in following) and any(node.op not in NOTHING for node in following)


def _tensor(fields: Fields, name: str) -> Tensor:
    """The numbers of a tensor, once its size is known to be that of its bytes."""
    shape = tuple(fields.numbers(TENSOR["dims"]))
    n = count_of(shape, name)
    kind = fields.number(TENSOR["type"])
    if kind not in KINDS or fields.number(TENSOR["location"]):
        where = "numbers in another file" if kind in KINDS else f"numbers of type {kind}"
        raise ExchangeError(f"{name}: {where}: expected float32 or float64 in the file itself")
    data = b"".join(fields.pieces(TENSOR["raw"]))
    width = {"F32": 4, "F64": 8}.get(KINDS[kind], 2)
    if data:
        if len(data) != n * width:
            raise ExchangeError(f"{name}: {len(data)} bytes for {n} numbers of {width} bytes")
        return Tensor(name, shape, decoded(data, KINDS[kind], name))
    numbers = fields.floats(TENSOR["doubles"], "d") if kind == DOUBLE else fields.floats(TENSOR["floats"])
    if len(numbers) != n:
        raise ExchangeError(f"{name}: {len(numbers)} numbers for a shape of {n}")
    return Tensor(name, shape, tensor_of(name, numbers).numbers)
