"""Networks that were trained in other packages give the same outputs, losses and gradients here.

The files and the figures beside them were made by the packages themselves: see `making/`.
"""

import pytest

from scalarnn.exchange import read
from tests.exchange.comparing import ENTRIES, FILES, X, computed, exact, flat, network_of, worst, worst_of


@pytest.mark.parametrize("name", ENTRIES)
def test_outputs_losses_and_gradients(name):
    if name.endswith((".h5", ".keras")):
        pytest.importorskip("h5py", reason="h5py reads the files of Keras")
    of_outputs, of_gradients = worst_of(name)
    assert of_outputs < exact(name)
    # R has no gradients to show: those of its figures are differences of its losses.
    assert of_gradients < (1e-10 if name.startswith("nnet") else exact(name))


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
