"""ONNX: what is written is read back without the package, and runs in its runtime where that is installed."""

import struct

import pytest

from scalarnn import Identity, Layer, LeakyReLU, Network, ReLU, Sigmoid, Softmax, Tanh
from scalarnn.classifier import Classifier
from scalarnn.exchange import ExchangeError, from_torch, read
from scalarnn.exchange.arrived import Wishes
from scalarnn.exchange.leaving import to_onnx
from scalarnn.exchange.onnx import from_onnx
from scalarnn.exchange.protobuf import Fields, field, message
from scalarnn.passing import Passing
from scalarnn.random_numbers import LegacyRandom
from scalarnn.regressor import Regressor
from tests.exchange.comparing import worst

RNG = LegacyRandom(7)
X = RNG.randn(8, 3)
ACTIVATIONS = [ReLU(), LeakyReLU(), LeakyReLU(1.5), Tanh(), Sigmoid(), Identity(), None, Softmax()]
SIZES = [3, 4, 5, 4, 3, 4, 5, 4, 3]


def dense(k, activation, n_neurons=None):
    n = n_neurons or SIZES[k + 1]
    return Layer(RNG.randn(n, SIZES[k]), RNG.randn(n), activation)


NETWORK = Network([dense(k, ACTIVATIONS[k]) for k in range(8)])
MEANS, DEVIATIONS = [10.0, -3.0, 0.5], [2.0, 0.25, 7.0]
MODELS = {
    "network": NETWORK,
    "classifier": Classifier(NETWORK, ["a", "b", "c"], ["x", "y", "z"], MEANS, DEVIATIONS),
    "regressor": Regressor(
        Network([dense(0, Tanh()), Layer(RNG.randn(1, 4), [0.5])]),
        ["x", "y", "z"],
        MEANS,
        DEVIATIONS,
        target_mean=300.0,
        target_deviation=40.0,
    ),
    "bent": Regressor(Network([dense(0, Sigmoid(), 1)]), ["x", "y", "z"], target_mean=3.0, target_deviation=4.0),
}


def told(model):
    if isinstance(model, Network):
        return model.forward_batch(X)
    return [[y] for y in model.predicted(X)] if isinstance(model, Regressor) else model.outputs(X)


@pytest.mark.parametrize("name", MODELS)
def test_written_and_read_back(name):
    data, _ = to_onnx(MODELS[name])
    assert worst(from_onnx(data, Wishes()).forward_batch(X), told(MODELS[name])) < 1e-12


def test_read_back_bit_for_bit():
    again = from_onnx(to_onnx(NETWORK)[0], Wishes())
    for layer, other in zip(NETWORK.layers, again.layers, strict=True):
        assert (layer.W, layer.b) == (other.W, other.b)
        assert (
            worst(layer.forward_batch([[0.5] * len(layer.W[0])]), other.forward_batch([[0.5] * len(layer.W[0])])) == 0
        )


@pytest.mark.parametrize(("kind", "number", "exact"), [("F64", "float64", 1e-12), ("F32", "float32", 1e-6)])
@pytest.mark.parametrize("name", MODELS)
def test_the_runtime_gives_the_same_outputs(name, kind, number, exact):
    runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    onnx = pytest.importorskip("onnx", reason="onnx is not installed")
    import numpy as np

    data, _ = to_onnx(MODELS[name], kind)
    onnx.checker.check_model(onnx.load_from_string(data), full_check=True)
    session = runtime.InferenceSession(data)
    (found,) = session.run(["y_hat"], {"x": np.array(X, number)})
    assert found.dtype == number
    assert worst(found.tolist(), told(MODELS[name])) < exact * (1 if name != "regressor" else 10)


def test_an_activation_of_ones_own_is_refused():
    network = Network([Layer([[1.0], [1.0]], [0.0, 0.0], Passing(ReLU(), 1))])
    with pytest.raises(TypeError, match="Passing"):
        to_onnx(network)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("dynamo", [False, True])
def test_what_pytorch_exports_comes_in(tmp_path, dynamo):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    pytest.importorskip("onnxscript", reason="onnxscript, which exports from PyTorch, is not installed")
    nn = torch.nn
    torch.manual_seed(0)
    module = nn.Sequential(
        nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 4, bias=False), nn.LeakyReLU(0.25), nn.Linear(4, 2), nn.Softmax(-1)
    ).double()
    path = tmp_path / "m.onnx"
    torch.onnx.export(module, (torch.tensor(X, dtype=torch.float64),), str(path), dynamo=dynamo)
    assert worst(read(path).forward_batch(X), from_torch(module).forward_batch(X)) < 1e-12


# ---- graphs that are no chain ----------------------------------------------------------------------------------------


def tensor(name, shape, numbers, kind=11):
    data = struct.pack(f"<{len(numbers)}d", *numbers)
    return message([field(1, size) for size in shape], field(2, kind), field(8, name), field(9, data))


def node(op, inputs, output, **attributes):
    parts = [field(1, name) for name in inputs] + [field(2, output), field(4, op)]
    for name, value in attributes.items():
        parts.append(field(5, message(field(1, name), field(2 if isinstance(value, float) else 3, value))))
    return message(parts)


W_AND_B = [tensor("W", (1, 1), [2.0]), tensor("b", (1,), [1.0])]


def model(nodes, inputs=("x",), tensors=W_AND_B):
    graph = message(
        [field(1, one) for one in nodes],
        [field(5, one) for one in tensors],
        [field(11, message(field(1, name))) for name in inputs],
    )
    return message(field(1, 8), field(7, graph))


def test_the_smallest_graph():
    network = from_onnx(model([node("MatMul", ["x", "W"], "p"), node("Add", ["b", "p"], "y")]), Wishes())
    assert network.forward([3.0]) == [7.0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (model([node("Conv", ["x", "W"], "y")]), "is Conv: expected Gemm"),
        (model([node("MatMul", ["W", "x"], "y")]), "on the left"),
        (model([node("Gemm", ["x", "W", "b"], "y", alpha=0.5)]), "alpha is 0.5"),
        (model([node("Gemm", ["x", "W", "b"], "y", transA=1)]), "not turned"),
        (model([node("Gemm", ["x", "V"], "y")]), "'V', which is no tensor"),
        (model([node("Gemm", ["x", "W"], "z"), node("Softmax", ["z"], "y", axis=0)]), "axis 0"),
        (model([node("Gemm", ["x", "W"], "a"), node("Gemm", ["x", "W"], "b")]), "take the same"),
        (model([], inputs=("x", "y")), "2 inputs"),
        (model([]), "no layer"),
        (model([node("Gemm", ["x", "W"], "x")]), "made of itself"),
        (model([node("Gemm", ["x", "W"], "y")], tensors=[tensor("W", (2**31, 2), [])]), "more than"),
        (model([node("Gemm", ["x", "W"], "y")], tensors=[tensor("W", (1, 2), [1.0])]), "8 bytes for 2 numbers"),
        (model([node("Gemm", ["x", "W"], "y")], tensors=[tensor("W", (1, 1), [1.0], 7)]), "of type 7"),
        (model([node("Gemm", ["x", "W"], "y")], tensors=[tensor("W", (1, 1), [1.0]) + field(14, 1)]), "another file"),
    ],
)
def test_what_is_no_chain_is_refused(data, message):
    with pytest.raises(ExchangeError, match=message):
        from_onnx(data, Wishes())


def test_negative_numbers_of_a_protocol_buffer():
    assert Fields(field(3, -1)).number(3) == -1
    assert Fields(field(3, 2**62)).number(3) == 2**62
