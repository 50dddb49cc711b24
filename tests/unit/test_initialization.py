"""Initialization: the same weights as NumPy, the sizes of the papers, networks from sizes and a seed."""

import math

import numpy as np
import pytest

import scalarnn as nn
from scalarnn.random_numbers import LegacyRandom

ALL = [nn.hundredth_normal, nn.tenth_normal, nn.he_normal, nn.he_uniform, nn.glorot_normal, nn.glorot_uniform]

WITH_NUMPY = {
    nn.hundredth_normal: lambda rng, i, j: 0.01 * rng.randn(i, j),
    nn.tenth_normal: lambda rng, i, j: 0.10 * rng.randn(i, j),
    nn.he_normal: lambda rng, i, j: np.sqrt(2 / i) * rng.randn(i, j),
    nn.he_uniform: lambda rng, i, j: rng.uniform(-np.sqrt(6 / i), np.sqrt(6 / i), (i, j)),
    nn.glorot_normal: lambda rng, i, j: np.sqrt(2 / (i + j)) * rng.randn(i, j),
    nn.glorot_uniform: lambda rng, i, j: rng.uniform(-np.sqrt(6 / (i + j)), np.sqrt(6 / (i + j)), (i, j)),
}


def flat(W):
    return [w for W_j in W for w in W_j]


@pytest.mark.parametrize("draw", ALL)
@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_numpy_draws_the_same_bits(draw, seed):
    """Two layers in a row from one seed, each the transpose of NumPy's inputs × neurons."""
    rng, legacy = np.random.RandomState(seed), LegacyRandom(seed)
    for n_inputs, n_neurons in ((3, 5), (5, 2)):
        W = draw(n_inputs, n_neurons, legacy)
        assert WITH_NUMPY[draw](rng, n_inputs, n_neurons).T.tolist() == W
        assert (len(W), len(W[0])) == (n_neurons, n_inputs)


@pytest.mark.parametrize("scale", [1, 0.5, 3.0])
def test_any_scale_and_any_limit(scale):
    assert nn.normal_weights(2, 3, LegacyRandom(4), scale) == (scale * np.random.RandomState(4).randn(2, 3)).T.tolist()
    uniform = np.random.RandomState(4).uniform(-scale, scale, (2, 3))
    assert nn.uniform_weights(2, 3, LegacyRandom(4), scale) == uniform.T.tolist()


# The standard deviation of each for 300 inputs and 400 neurons, and the largest size of a uniform weight: what the
# formulas give, and what PyTorch 2.13.0 comes close to:
#
#     import torch
#     t = torch.empty(400, 300)
#     for f, settings in (
#         (torch.nn.init.kaiming_normal_, {"nonlinearity": "relu"}),
#         (torch.nn.init.kaiming_uniform_, {"nonlinearity": "relu"}),
#         (torch.nn.init.xavier_normal_, {}),
#         (torch.nn.init.xavier_uniform_, {}),
#     ):
#         torch.manual_seed(0)
#         f(t, **settings)
#         print(f.__name__, t.std().item(), t.abs().max().item())
PYTORCH = {
    nn.he_normal: (0.08173515647649765, None),
    nn.he_uniform: (0.08160017430782318, 0.1414194405078888),
    nn.glorot_normal: (0.0535082183778286, None),
    nn.glorot_uniform: (0.05341985076665878, 0.09258075058460236),
}


@pytest.mark.parametrize("draw", PYTORCH)
def test_the_sizes_are_those_of_pytorch(draw):
    weights = flat(draw(300, 400, LegacyRandom(0)))
    deviation, largest = PYTORCH[draw]
    mean = sum(weights) / len(weights)
    found = math.sqrt(sum((w - mean) ** 2 for w in weights) / len(weights))
    assert found == pytest.approx(deviation, rel=0.01)  # 120,000 draws: give or take 0.2 %
    assert abs(mean) < 0.01 * deviation
    if largest is not None:
        assert max(abs(w) for w in weights) == pytest.approx(largest, rel=1e-3)


@pytest.mark.parametrize(("draw", "activation"), [(nn.he_normal, nn.ReLU()), (nn.he_uniform, nn.ReLU())])
def test_a_signal_keeps_its_size_through_ten_layers(draw, activation):
    """And dies out where the weights are a hundredth."""
    for initialization, keeps in ((draw, True), (nn.hundredth_normal, False)):
        network = nn.dense_network([40] * 11, [activation] * 10, seed=0, initialization=initialization)
        a = network.forward(LegacyRandom(1).randn(40))
        size = math.sqrt(sum(a_j * a_j for a_j in a) / len(a))
        assert (0.1 < size < 10) == keeps


def test_a_network_from_sizes_and_activations():
    activations = [nn.ReLU(), nn.Tanh(), None]
    network = nn.dense_network([4, 3, 2, 5], activations, seed=9, initialization=nn.glorot_uniform)
    rng = LegacyRandom(9)
    for layer, (n_inputs, n_neurons) in enumerate([(4, 3), (3, 2), (2, 5)]):
        assert nn.glorot_uniform(n_inputs, n_neurons, rng) == network.layers[layer].W
        assert network.layers[layer].b == [0.0] * n_neurons
        assert network.layers[layer].activation is activations[layer]
    assert len(network.forward([1.0, 2.0, 3.0, 4.0])) == 5


def test_the_default_is_he_from_seed_0():
    assert nn.he_normal(3, 2, LegacyRandom(0)) == nn.dense_network([3, 2], [nn.ReLU()]).layers[0].W


def test_an_initialization_for_each_layer_and_one_of_ones_own():
    def ones(n_inputs, n_neurons, rng):
        assert isinstance(rng, LegacyRandom)
        return [[1.0] * n_inputs for _ in range(n_neurons)]

    network = nn.dense_network([2, 3, 1], [nn.ReLU(), None], 3, [ones, nn.he_normal])
    assert network.layers[0].W == [[1.0, 1.0]] * 3
    assert nn.he_normal(3, 1, LegacyRandom(3)) == network.layers[1].W


def test_the_same_seed_is_the_same_network():
    first, again, other = (nn.dense_network([3, 2], [None], seed) for seed in (1, 1, 2))
    assert first.layers[0].W == again.layers[0].W != other.layers[0].W


@pytest.mark.parametrize("draw", ALL)
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 1, LegacyRandom(0)), ValueError, "n_inputs is 0: expected a whole number from 1 up"),
        ((1, -1, LegacyRandom(0)), ValueError, "n_neurons is -1: expected a whole number from 1 up"),
        ((1.0, 1, LegacyRandom(0)), TypeError, "n_inputs is 1.0, a float: expected a whole number from 1 up"),
        ((1, True, LegacyRandom(0)), TypeError, "n_neurons is True, a bool: expected a whole number from 1 up"),
        ((1, 1, 0), TypeError, "rng is 0, an int: expected a LegacyRandom, such as LegacyRandom(0)"),
    ],
)
def test_wrong_sizes(draw, arguments, error, message):
    with pytest.raises(error) as caught:
        draw(*arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: nn.normal_weights(1, 1, LegacyRandom(0), 0), ValueError, "scale is 0: expected a number above 0"),
        (lambda: nn.uniform_weights(1, 1, LegacyRandom(0), -1), ValueError, "limit is -1: expected a number above 0"),
        (lambda: nn.uniform_weights(1, 1, None, 1), TypeError, "rng is None: expected a LegacyRandom"),
        (lambda: nn.dense_network(3, []), TypeError, "sizes is 3, an int: expected a list"),
        (lambda: nn.dense_network([3], []), ValueError, "sizes has length 1: expected at least 2, the inputs and"),
        (lambda: nn.dense_network([3, 0], [None]), ValueError, "sizes[1] is 0: expected a whole number from 1 up"),
        (lambda: nn.dense_network([3, "2"], [None]), TypeError, "sizes[1] is '2', a str: expected a whole number"),
        (lambda: nn.dense_network([3, 2], []), ValueError, "activations has length 0: expected 1, one for each layer"),
        (lambda: nn.dense_network([3, 2], nn.ReLU()), TypeError, "activations is ReLU(), a ReLU: expected a list"),
        (lambda: nn.dense_network([3, 2], ["relu"]), TypeError, "activations[0] is 'relu', a str: expected None or"),
        (lambda: nn.dense_network([3, 2], [None], -1), ValueError, "seed is -1: expected a whole number from 0 to"),
        (
            lambda: nn.dense_network([3, 2], [None], 0, "he"),
            TypeError,
            "initialization is 'he', a str: expected a func",
        ),
        (
            lambda: nn.dense_network([3, 2], [None], 0, [1]),
            TypeError,
            "initialization[0] is 1, an int: expected a function",
        ),
        (
            lambda: nn.dense_network([3, 2], [None], 0, [nn.he_normal] * 2),
            ValueError,
            "initialization has length 2: expected 1, one function for each layer",
        ),
        (
            lambda: nn.dense_network([3, 2], [None], 0, lambda i, j, _: [[1.0] * j] * i),
            ValueError,
            "W of layers[0][0] has length 2: expected 3, sizes[0]",
        ),
        (
            lambda: nn.dense_network([3, 2], [None], 0, lambda i, j, _: [[1.0] * i] * (j + 1)),
            ValueError,
            "W of layers[0] has length 3: expected 2, sizes[1]",
        ),
    ],
)
def test_wrong_arguments(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value).startswith(message)
