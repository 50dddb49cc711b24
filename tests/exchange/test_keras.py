"""Keras itself: models come in as objects and as files. Where it is not installed, skipped."""

import os

import pytest

import scalarnn
from scalarnn import LeakyReLU
from scalarnn.exchange import ExchangeError, from_keras, read
from scalarnn.random_numbers import LegacyRandom
from tests.exchange.comparing import worst

for backend in ("torch", "jax", "tensorflow"):  # whichever there is
    try:
        __import__(backend)
    except ImportError:
        continue
    os.environ.setdefault("KERAS_BACKEND", backend)
keras = pytest.importorskip("keras", reason="Keras, or a backend of it, is not installed")
np = pytest.importorskip("numpy")
pytestmark = pytest.mark.filterwarnings("ignore")
layers = keras.layers

X = LegacyRandom(0).randn(6, 3)


def deep():
    """Eleven dense layers: a file lists dense_10 before dense_2."""
    return keras.Sequential([keras.Input((3,)), *[layers.Dense(3, activation="tanh") for _ in range(11)]])


def nested():
    inner = keras.Sequential([keras.Input((3,)), layers.Dense(4, "relu", name="b"), layers.Dense(5, name="a")])
    return keras.Sequential(
        [keras.Input((3,)), inner, layers.LeakyReLU(negative_slope=0.25), layers.Dense(2, "softmax")]
    )


def functional():
    inputs = keras.Input((3,))
    hidden = layers.Dropout(0.3)(layers.Activation("sigmoid")(layers.Dense(4, use_bias=False)(inputs)))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(3)(layers.ReLU()(layers.Dense(4)(hidden)))))


@pytest.mark.parametrize("build", [deep, nested, functional])
def test_a_model_and_its_files_give_the_same_outputs(tmp_path, build):
    pytest.importorskip("h5py", reason="h5py reads the files of Keras")
    keras.utils.set_random_seed(2)
    model = build()
    model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))
    model.set_weights([weight + 0.01 * k for k, weight in enumerate(model.get_weights())])  # biases are zeros
    told = model.predict(np.array(X), verbose=0).tolist()
    model.save(tmp_path / "model.keras")
    model.save(tmp_path / "model.h5")
    for network in (from_keras(model), read(tmp_path / "model.keras"), read(tmp_path / "model.h5")):
        assert worst(network.forward_batch(X), told) < 1e-6
        assert network.loss == "softmax_cross_entropy"
        assert any(sentence.startswith("every matrix was turned") for sentence in network.said)


def test_weights_alone(tmp_path):
    pytest.importorskip("h5py", reason="h5py reads the files of Keras")
    model = deep()
    model.save_weights(tmp_path / "m.weights.h5")
    network = read(tmp_path / "m.weights.h5", activation="tanh", output="tanh")
    assert worst(network.forward_batch(X), model.predict(np.array(X), verbose=0).tolist()) < 1e-6
    turned = read(tmp_path / "m.weights.h5", activation="relu", output="tanh")
    assert worst(turned.forward_batch(X), network.forward_batch(X)) > 1e-3


def test_it_is_offered_by_the_package():
    network = scalarnn.from_keras(keras.Sequential([keras.Input((3,)), layers.Dense(2), layers.LeakyReLU()]))
    (layer,) = network.layers
    assert isinstance(layer.activation, LeakyReLU)


def two_inputs():
    a, b = keras.Input((3,)), keras.Input((3,))
    return keras.Model([a, b], layers.Dense(1)(layers.Add()([a, b])))


def skipping():
    inputs = keras.Input((3,))
    return keras.Model(inputs, layers.Dense(1)(layers.Add()([layers.Dense(3)(inputs), inputs])))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: keras.Sequential([keras.Input((3,)), layers.Dense(2, "gelu")]), "the activation 'gelu'"),
        (lambda: keras.Sequential([keras.Input((3,)), layers.Dense(2), layers.BatchNormalization()]), "BatchNorm"),
        (lambda: keras.Sequential([keras.Input((8, 1)), layers.Conv1D(2, 3)]), "Conv1D"),
        (two_inputs, "two layers|more than one"),
        (skipping, "two layers|more than one"),
    ],
)
def test_what_is_no_chain_of_dense_layers_is_refused(build, message):
    with pytest.raises(ExchangeError, match=message):
        from_keras(build())
