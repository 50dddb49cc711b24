"""like: a package by its name, and what can be had of it."""

import subprocess
import sys

import pytest

from scalarnn import Layer, Network, ReLU, Sigmoid, like
from scalarnn.dialects.by_name import RULES, Correction, NamedRule
from scalarnn.dialects.first_weights import CUT, LEFT
from scalarnn.frameworks import frameworks
from scalarnn.normal import bell, bell_area
from scalarnn.training import train
from tests.architecture.source import PACKAGE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("torch", "PyTorch"),
        ("PyTorch 2.13", "PyTorch"),
        ("keras", "Keras on TensorFlow"),
        ("Keras 3.15 on JAX", "Keras on JAX"),
        ("keras 3 tensorflow", "Keras on TensorFlow"),
        ("keras==3.15.1 torch", "Keras on PyTorch"),
        ("jax", "optax on JAX"),
        ("scikit-learn", "scikit-learn"),
    ],
)
def test_a_name_with_or_without_its_version(name, expected):
    assert like(name).name == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("kears", "'kears' was not measured; did you mean 'keras'?"),
        ("keras 2.1", "keras 2.1: measured is Keras 3.15.1 on TensorFlow 2.21.0, not version 2.1"),
        ("torch 2.1", "torch 2.1: measured is PyTorch 2.13.0, not version 2.1"),  # and 2.13 is no 2.1
        ("", "'' was not measured"),
    ],
)
def test_another_name_or_version_is_refused(name, message):
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        like(name)


def test_an_optimizer_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="PyTorch has no 'Adm' here; did you mean 'Adam'"):
        like("torch").optimizer("Adm")


def test_a_name_is_a_text():
    with pytest.raises(TypeError, match="expected the name of a package"):
        like(3)


@pytest.mark.parametrize("name", frameworks())
def test_it_trains(name):
    """Every optimizer goes a step with a network of two layers, biases too."""
    framework = frameworks()[name]
    for optimizer in framework.optimizers:
        if optimizer == "rmsprop centered" and name == "tfjs":
            continue  # a neuron without a gradient has no root there
        network = framework.network([2, 3, 1], [ReLU(), None], seed=1)
        before = network.layers[1].b[0]
        chosen = framework.optimizer(optimizer, learning_rate=0.1)
        train(network, [[1.0, 2.0], [3.0, -1.0]], [[1.0], [0.5]], chosen, loss="squared_error", epochs=2, seed=0)
        assert network.layers[1].b[0] != before, optimizer
        assert chosen.t == 2


def test_decay_leaves_biases_alone_if_told():
    def after(biases):
        network = Network([Layer([[2.0]], [2.0])])
        network.forward([1.0])
        network.backward([0.0])
        NamedRule("gradient_descent", 0.5, decay=0.5, biases=biases).step(network)
        return network.layers[0].W[0][0], network.layers[0].b[0]

    assert after(True) == (1.5, 1.5)
    assert after(False) == (1.5, 2.0)


def test_a_wrong_setting_is_refused_in_words():
    with pytest.raises(TypeError, match="beta is no setting of adam_uncorrected; did you mean 'beta1'"):
        NamedRule("adam_uncorrected", 0.1, beta=0.9)
    with pytest.raises(ValueError, match="beta1"):
        NamedRule("adam_uncorrected", 0.1, beta1=1.5)
    with pytest.raises(ValueError, match="expected a rule; did you mean 'nadam'"):
        NamedRule("nadm", 0.1)
    with pytest.raises(ValueError, match="expected one; did you mean 'exact'"):
        Correction("exakt")


def test_weights_lie_as_there():
    W = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    for framework in frameworks().values():
        assert framework.weights_from(framework.weights_to(W)) == W
    assert like("keras").weights_to(W) != W


def test_first_weights_have_the_deviation_that_was_measured():
    """Of a layer with 30 inputs and 400 neurons."""

    def deviation(name, activations=(None,)):
        (layer,) = like(name).network([30, 400], list(activations), seed=3).layers
        numbers = [w for row in layer.W for w in row]
        return (sum(w * w for w in numbers) / len(numbers)) ** 0.5, max(map(abs, numbers)), layer.b

    spread, largest, biases = deviation("torch")
    assert spread == pytest.approx((1 / 90) ** 0.5, rel=0.02)
    assert largest < (1 / 30) ** 0.5
    assert any(biases)
    spread, largest, biases = deviation("jax")
    assert spread == pytest.approx((1 / 30) ** 0.5, rel=0.02)
    assert largest < 2 * (1 / 30) ** 0.5 / 0.8796
    assert not any(biases)
    assert deviation("sklearn", [Sigmoid()])[0] == pytest.approx(deviation("sklearn")[0] / 3**0.5, rel=0.02)


def test_what_a_cut_bell_curve_leaves_is_what_its_area_says():
    """The variance of a normal number between ±c is 1 − 2 c φ(c) / (Φ(c) − Φ(−c))."""
    left = 1 - 2 * CUT * bell(CUT) / (bell_area(CUT) - bell_area(-CUT))
    assert left**0.5 == pytest.approx(LEFT, rel=1e-15)


def test_nothing_of_it_is_loaded_unless_asked():
    program = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); import scalarnn; "
        "print([name for name in sys.modules if 'dialects' in name or 'frameworks' in name])"
    )
    result = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_every_rule_is_used_by_a_package():
    entries = [entry for framework in frameworks().values() for entry in framework.data["optimizers"].values()]
    used = {one["rule"] for entry in entries for one in (entry, entry | entry.get("float32", {}))}
    # Chainer's; and what Paddle's fused one is proved to be
    assert set(RULES) - used == {"nesterov_twice_ahead", "adam_scaled_epsilon"}
