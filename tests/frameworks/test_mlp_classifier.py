"""scikit-learn's MLPClassifier, retrained from its random_state: ten epochs, the same weights and losses."""

import json
from pathlib import Path

import pytest

from scalarnn.frameworks.mlp_classifier import mlp_classifier
from scalarnn.layouts import weights_to_inputs_by_neurons
from scalarnn.random_numbers import LegacyRandom
from tests.frameworks.comparing import apart
from tests.frameworks.mlp_data import CASES, data

FIGURES = json.loads((Path(__file__).parent / "mlp_classifier.json").read_text(encoding="utf-8"))


def flat(rows):
    return [number for row in rows for number in row]


def trained(name, **changes):
    settings = {key: value for key, value in CASES[name].items() if key != "learning_rate_init"}
    if "learning_rate_init" in CASES[name]:
        settings["learning_rate"] = CASES[name]["learning_rate_init"]
    X, labels = data(settings.pop("classes"))
    return mlp_classifier(X, labels, epochs=10, **(settings | changes))


@pytest.mark.parametrize("name", CASES)
def test_ten_epochs_give_the_same_weights_and_losses(name):
    network, losses = trained(name)
    theirs = FIGURES[name]
    assert apart(losses, theirs["losses"]) <= 1e-12
    for layer, coefs, intercepts in zip(network.layers, theirs["coefs"], theirs["intercepts"], strict=True):
        assert apart(flat(weights_to_inputs_by_neurons(layer.W)), flat(coefs)) <= 1e-12
        assert apart(layer.b, intercepts) <= 1e-12


def test_another_order_of_the_samples_is_seen():
    _, losses = trained("three classes, adam", random_state=2)
    assert apart(losses, FIGURES["three classes, adam"]["losses"]) > 1e-3


def test_the_order_is_numpys():
    numpy = pytest.importorskip("numpy")
    for n in (1, 2, 3, 8, 9, 50, 1797):
        assert LegacyRandom(n).permutation(n) == numpy.random.RandomState(n).permutation(n).tolist()


def test_another_activation_is_refused():
    with pytest.raises(ValueError, match="activation is 'gelu': expected one of relu, tanh"):
        mlp_classifier([[1.0]], [0], random_state=0, epochs=1, activation="gelu")
