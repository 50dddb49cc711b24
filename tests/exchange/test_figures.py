"""Networks that were trained in other packages give the same outputs, losses and gradients here.

The files and the figures beside them were made by the packages themselves: see `making/`.
"""

import csv
import json
from pathlib import Path

import pytest

from scalarnn.exchange import read
from scalarnn.training import LOSSES
from tests.exchange.comparing import flat, worst

FILES = Path(__file__).parent / "files"
# What these files do not tell, as a user would say it.
SAID = {
    "torch-classes.safetensors": {},
    "torch-classes64.safetensors": {"activation": "leaky_relu(0.1)", "output": "softmax"},
    "torch-named64.safetensors": {"activation": "tanh"},
    "torch-yes.safetensors": {"activation": "sigmoid", "output": "sigmoid"},
    "torch-deep64.safetensors": {"activation": "tanh", "output": "tanh"},
    "keras-classes.weights.h5": {"output": "softmax"},
    "keras-functional64.weights.h5": {"activation": "leaky_relu(0.2)"},
}
ENTRIES = {
    name: figures
    for made in ("torch", "keras", "sklearn", "tfjs", "nnet")
    for name, figures in json.loads((FILES / f"{made}.json").read_text(encoding="utf-8"))["files"].items()
}
with (FILES / "samples.csv").open(encoding="utf-8") as rows:
    X = [[float(row[name]) for name in ("x0", "x1", "x2")] for row in csv.DictReader(rows)]


def network_of(name):
    if name.endswith((".h5", ".keras")):
        pytest.importorskip("h5py", reason="h5py reads the files of Keras")
    return read(FILES / name, **SAID.get(name, {}))


def computed(network, figures):
    """Outputs, mean loss and its gradients."""
    loss, gradient = LOSSES[figures["loss"]]
    outputs = network.forward_batch(X)
    network.backward_batch([gradient(y_hat, y) for y_hat, y in zip(outputs, figures["targets"], strict=True)])
    L = sum(loss(y_hat, y) for y_hat, y in zip(outputs, figures["targets"], strict=True)) / len(X)
    return outputs, L, [layer.dL_dW for layer in network.layers], [layer.dL_db for layer in network.layers]


def gradients_of(name, figures):
    """Those of a package in our order, pairs of what is here and what is told."""
    network = network_of(name)
    _, _, dL_dW, dL_db = computed(network, figures)
    if "dL_dwts" in figures:  # R's own order: a unit after the other, its bias first
        for k in range(len(dL_dW)):  # neurons that hand on their inputs are no units of R's
            units = getattr(network.layers[k].activation, "first", None)
            dL_dW[k], dL_db[k] = dL_dW[k][:units], dL_db[k][:units]
        ours = [[b_j, *W_j] for W, b in zip(dL_dW, dL_db, strict=True) for W_j, b_j in zip(W, b, strict=True)]
        return [(ours, figures["dL_dwts"])]
    there = [k for k in range(len(dL_db)) if figures["dL_db"][k] is not None]
    return [(dL_dW, figures["dL_dW"]), ([dL_db[k] for k in there], [figures["dL_db"][k] for k in there])]


def exact(name):
    """How near they have to come: float64, or what float32 holds."""
    is_double = "64" in name or name.startswith(("sklearn", "nnet"))
    return 1e-12 if is_double else 1e-6


@pytest.mark.parametrize("name", ENTRIES)
def test_outputs_and_loss(name):
    figures = ENTRIES[name]
    outputs, L, _, _ = computed(network_of(name), figures)
    assert worst(outputs, figures["outputs"]) < exact(name)
    assert worst(L * figures.get("times", (1, 1))[0], figures["L"]) < exact(name)


@pytest.mark.parametrize("name", ENTRIES)
def test_gradients(name):
    figures = ENTRIES[name]
    for ours, told in gradients_of(name, figures):
        ours = [number * figures.get("times", (1, 1))[1] for number in flat(ours)]
        # R has no gradients to show: those of its figures are differences of its losses.
        assert worst(ours, told) < (1e-10 if name.startswith("nnet") else exact(name))


def test_a_transposed_matrix_and_another_activation_are_seen():
    figures = ENTRIES["torch-named64.safetensors"]
    wrong = read(FILES / "torch-named64.safetensors", activation="relu")
    assert worst(computed(wrong, figures)[0], figures["outputs"]) > 1e-3
    turned = network_of("torch-named64.safetensors")
    turned.layers[1].W = [list(column) for column in zip(*turned.layers[1].W, strict=True)]
    assert worst(computed(turned, figures)[0], figures["outputs"]) > 1e-3


def test_the_loss_that_a_file_names_is_the_one_it_was_trained_with():
    for name in ("nnet-classes.R", "nnet-yes.R", "nnet-number.R", "sklearn-classes.json", "sklearn-number.json"):
        network = read(FILES / name)
        assert network.loss == ENTRIES[name]["loss"], name
        assert "assumed" not in network.because


def test_a_summary_of_r_has_two_decimals():
    whole, rounded = read(FILES / "nnet-classes.R"), read(FILES / "nnet-classes.txt")
    assert 1e-4 < worst(rounded.forward_batch(X), whole.forward_batch(X)) < 0.05
    for layer, exact_layer in zip(rounded.layers, whole.layers, strict=True):
        assert [round(b, 2) for b in exact_layer.b] == layer.b
    assert any("two decimals" in sentence for sentence in rounded.said)


def test_the_same_weights_in_json_and_in_half_precision():
    safe, json_ = network_of("torch-named64.safetensors"), read(FILES / "torch-named64.json", activation="tanh")
    assert [(layer.W, layer.b) for layer in safe.layers] == [(layer.W, layer.b) for layer in json_.layers]
    half, whole = read(FILES / "torch-bfloat16.safetensors"), read(FILES / "torch-classes.safetensors")
    for rounded, layer in zip(half.layers, whole.layers, strict=True):
        for a, b in zip(flat(rounded.W), flat(layer.W), strict=True):
            assert abs(a - b) <= abs(b) / 256  # eight bits
