"""Whatever activation a package was measured with comes in from it, and is kept in a file: without any package."""

import json

import pytest

from scalarnn import Layer, check_network_gradients, half_squared_error, half_squared_error_gradient, like, saving
from scalarnn.dialects.activations import SELU
from scalarnn.exchange import ExchangeError, from_keras, read
from scalarnn.exchange.arrived import Draft
from scalarnn.frameworks.framework import ACTIVATIONS
from tests.exchange.comparing import worst

X = [-2.5, -1.0, 0.75, 3.5]
ONE = [[1.0], [-2.0]]


class Numbers(list):
    """A list that an array is asked like."""

    def tolist(self):
        return list(self)


class Model:
    """What `from_keras` asks of a Sequential of one Dense layer and an activation, or of a layer of its own."""

    def __init__(self, activation=None, own=None):
        self.name, self.own = "d", own
        self.activation = activation
        self.layers = [Dense()]

    def get_config(self):
        dense = {"name": "d", "units": 2, "use_bias": False, "activation": self.activation}
        layers = [{"class_name": "Dense", "config": dense}]
        return {"layers": layers + ([self.own] if self.own else [])}


Model.__name__ = "Sequential"


class Dense:
    name = "d"

    def get_weights(self):
        return [Numbers([[1.0, -2.0]])]


def told(activation):
    return [Layer(ONE, [0.0, 0.0], activation).forward([x]) for x in X]


@pytest.mark.parametrize("name", sorted({*like("keras").activations} - {"hard_sigmoid", "gelu_tanh"}))
def test_every_activation_of_keras(name):
    if name == "leaky_relu":  # there a layer of its own, with a slope of its own
        network = from_keras(Model(own={"class_name": "LeakyReLU", "config": {"negative_slope": 0.2}}))
    else:
        network = from_keras(Model(name))
    assert worst([network.forward([x]) for x in X], told(like("keras").activation(name))) < 1e-7


def test_an_elu_of_keras_has_its_alpha_and_its_hard_sigmoid_nobody_knows():
    network = from_keras(Model(own={"class_name": "ELU", "config": {"alpha": 0.5}}))
    assert "activations ELU(0.5);" in str(network)
    with pytest.raises(ExchangeError, match="its alpha is 'x'"):
        from_keras(Model(own={"class_name": "ELU", "config": {"alpha": "x"}}))
    with pytest.raises(ExchangeError, match="z/5"):
        from_keras(Model("hard_sigmoid"))


def test_of_tensorflow_js_only_what_was_measured():
    draft = Draft("a model.json", like("tfjs").activations)
    draft.dense("a", ONE, None)
    with pytest.raises(ExchangeError, match=r"after a: the activation 'gelu': expected one .*, elu,"):
        draft.activation("gelu")
    draft.activation("elu")
    assert draft.arrived().forward([1.0])[0] == 1.0


@pytest.mark.parametrize("name", [*ACTIVATIONS, "elu(0.5)", "swish"])
def test_a_file_of_weights_gets_any_by_name_and_it_is_kept(tmp_path, name):
    (tmp_path / "w.json").write_text(json.dumps({"fc.weight": ONE, "fc.bias": [0.25, -0.5]}), encoding="utf-8")
    network = read(tmp_path / "w.json", output=name)
    saving.save(network, tmp_path / "m.json")
    again = saving.load(tmp_path / "m.json")
    for x in X:
        assert again.forward([x]) == network.forward([x])
    loss = half_squared_error, half_squared_error_gradient
    assert check_network_gradients(again, [0.75], [1.0, 0.5], *loss).ok
    assert repr(again.layers[0].activation) == repr(network.layers[0].activation)


def test_numbers_of_a_selu_are_kept():
    network = Draft("a test")
    network.dense("a", ONE, None)
    arrived = network.arrived()
    arrived.layers[0] = Layer(ONE, [0.0, 0.0], SELU(1.05, 1.67))
    again, _ = saving.from_text(saving.to_text(arrived))
    assert repr(again.layers[0].activation) == "SELU(scale=1.05, alpha=1.67)"
