"""Initialization: the weights before the first step, small, random and of the right size.

    W[j][i]        the weight of input i in neuron j
    n_inputs       how many inputs a layer has, "fan in"
    n_neurons      how many neurons, "fan out"
    rng            a LegacyRandom: the next numbers of its seed
    scale          the standard deviation of a normal weight
    limit          a uniform weight is between −limit and limit

Neurons of a layer that start with the same weights, and are read with the same weights, get the same gradients and stay
the same. So weights are drawn. How large they should be follows from one thought: a signal should come out of a layer
as large as it went in. For inputs and weights that are independent, the weights with mean 0,

    var z = n_inputs · var w · mean x²        (z = Σᵢ wᵢ xᵢ)

so weights of one size for every layer let the signal die out or explode, layer by layer; var w = 1 / n_inputs keeps it.

    hundredth_normal, tenth_normal    0.01 · randn, 0.10 · randn: what the sources take
    he_normal, he_uniform             var w = 2 / n_inputs: a ReLU lets half of the signal through
    glorot_normal, glorot_uniform     var w = 2 / (n_inputs + n_neurons): a compromise with the way back, where it is
                                      1 / n_neurons; for tanh, sigmoid and softmax

A user of NumPy gets the same weights. Each function draws W as the sources do, inputs × neurons in row order, and turns
it round by `weights_from_inputs_by_neurons`: `hundredth_normal(n_inputs, n_neurons, LegacyRandom(0))` is the transpose
of `0.01 * np.random.randn(n_inputs, n_neurons)` after `np.random.seed(0)`, bit for bit. One rng for all layers, in
their order, is one seed for the whole network.
"""

from __future__ import annotations

from scalarnn.layer import Layer
from scalarnn.layouts import weights_from_inputs_by_neurons
from scalarnn.network import Network
from scalarnn.random_numbers import LegacyRandom
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias

    from scalarnn.layer import Activation
    from scalarnn.scalar import Count, Number, Rate

    Initialization: TypeAlias = Callable[[int, int, LegacyRandom], list[list[Number]]]

__all__ = [
    "dense_network",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "hundredth_normal",
    "normal_rule",
    "normal_weights",
    "tenth_normal",
    "uniform_rule",
    "uniform_weights",
]


# ---- of a given size -------------------------------------------------------------------------------------------------


def normal_rule(rng: LegacyRandom, scale: Rate) -> Number:
    """w = scale · randn: one weight.

    Source: `000` §2.4, `002` and `003` (Layer_Dense), for every scale.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> normal_rule(LegacyRandom(0), scale=1)
        1.764052345967664
    """
    w = scale * rng.randn()
    return w


def uniform_rule(rng: LegacyRandom, limit: Rate) -> Number:
    """w = −limit + 2 · limit · rand: one weight.

    Source: beyond the five sources.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> uniform_rule(LegacyRandom(0), limit=1)
        0.0976270078546495
    """
    w = -limit + 2 * limit * rng.rand()
    return w


def normal_weights(n_inputs: Count, n_neurons: Count, rng: LegacyRandom, scale: Rate) -> list[list[Number]]:
    """Wⱼᵢ = scale · randn: mean 0, standard deviation scale.

    Args:
        scale: a finite number above zero.

    Returns:
        W, n_neurons rows of n_inputs numbers: the transpose of `scale * np.random.randn(n_inputs, n_neurons)`.

    Source: `000` §2.4, `002` and `003` (Layer_Dense), for every scale.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> normal_weights(n_inputs=1, n_neurons=2, rng=LegacyRandom(0), scale=1)
        [[1.764052345967664], [0.4001572083672233]]
    """
    return _drawn(normal_rule, n_inputs, n_neurons, rng, scale)


def uniform_weights(n_inputs: Count, n_neurons: Count, rng: LegacyRandom, limit: Rate) -> list[list[Number]]:
    """Wⱼᵢ = −limit + 2 · limit · rand: evenly from −limit to limit, with variance limit² / 3.

    Args:
        limit: a finite number above zero.

    Returns:
        W, n_neurons rows of n_inputs numbers: the transpose of
        `np.random.uniform(-limit, limit, (n_inputs, n_neurons))`.

    Source: beyond the five sources; what he_uniform and glorot_uniform share.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> uniform_weights(n_inputs=1, n_neurons=2, rng=LegacyRandom(0), limit=1)
        [[0.0976270078546495], [0.43037873274483895]]
    """
    return _drawn(uniform_rule, n_inputs, n_neurons, rng, limit)


def _drawn(rule: Any, n_inputs: int, n_neurons: int, rng: LegacyRandom, size: Number) -> list[list[Number]]:
    """W, drawn as the sources do: inputs × neurons in row order, turned round."""
    by_inputs = []
    for _ in range(n_inputs):
        row = []
        for _ in range(n_neurons):
            w = rule(rng, size)
            row.append(w)
        by_inputs.append(row)
    return weights_from_inputs_by_neurons(by_inputs)


# ---- as the sources do -----------------------------------------------------------------------------------------------


def hundredth_normal(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ = 0.01 · randn.

    Small enough for a shallow network; through many layers the signal dies out: each leaves about 0.01 √n_inputs of it.

    Returns:
        W, n_neurons rows of n_inputs numbers: the transpose of `0.01 * np.random.randn(n_inputs, n_neurons)`.

    Source: `002` and `003` (Layer_Dense).

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> hundredth_normal(n_inputs=1, n_neurons=2, rng=LegacyRandom(0))
        [[0.017640523459676642], [0.004001572083672233]]
    """
    scale = 1 / 100
    return normal_weights(n_inputs, n_neurons, rng, scale)


def tenth_normal(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ = 0.10 · randn.

    Returns:
        W, n_neurons rows of n_inputs numbers: the transpose of `0.10 * np.random.randn(n_inputs, n_neurons)`.

    Source: `000` §2.4 (Layer_Dense).

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> tenth_normal(n_inputs=1, n_neurons=2, rng=LegacyRandom(0))
        [[0.1764052345967664], [0.040015720836722335]]
    """
    scale = 1 / 10
    return normal_weights(n_inputs, n_neurons, rng, scale)


# ---- by the size of the layer ----------------------------------------------------------------------------------------


def he_normal(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ = √(2 / n_inputs) · randn, for layers with ReLU.

    With a = relu(z) and z as often below zero as above, mean a² = ½ var z. The next layer has
    n_inputs · var w · mean a² = ½ · n_inputs · var w times the var z of this one: the same, if var w = 2 / n_inputs.

    Returns:
        W, n_neurons rows of n_inputs numbers.

    Source: beyond the five sources; He and others (2015), PyTorch's kaiming_normal_ for ReLU.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> he_normal(n_inputs=2, n_neurons=1, rng=LegacyRandom(0))
        [[1.764052345967664, 0.4001572083672233]]
    """
    scale = sqrt(2 / n_inputs)
    return normal_weights(n_inputs, n_neurons, rng, scale)


def he_uniform(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ evenly from −limit to limit = √(6 / n_inputs), for layers with ReLU.

    The variance is limit² / 3 = 2 / n_inputs, that of he_normal.

    Returns:
        W, n_neurons rows of n_inputs numbers.

    Source: beyond the five sources; He and others (2015), PyTorch's kaiming_uniform_ for ReLU.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> he_uniform(n_inputs=6, n_neurons=1, rng=LegacyRandom(0))[0][:2]
        [0.0976270078546495, 0.43037873274483895]
    """
    limit = sqrt(6 / n_inputs)
    return uniform_weights(n_inputs, n_neurons, rng, limit)


def glorot_normal(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ = √(2 / (n_inputs + n_neurons)) · randn, for layers with tanh, sigmoid or softmax.

    Forward, var w = 1 / n_inputs keeps the size of the signal. Backward ∂L/∂xᵢ = Σⱼ ∂L/∂zⱼ Wⱼᵢ sums over neurons, and
    1 / n_neurons keeps that of the gradient. Half way between n_inputs and n_neurons is their mean: 2 / (n_inputs +
    n_neurons).

    Returns:
        W, n_neurons rows of n_inputs numbers.

    Source: beyond the five sources; Glorot and Bengio (2010), PyTorch's xavier_normal_.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> glorot_normal(n_inputs=1, n_neurons=1, rng=LegacyRandom(0))
        [[1.764052345967664]]
    """
    scale = sqrt(2 / (n_inputs + n_neurons))
    return normal_weights(n_inputs, n_neurons, rng, scale)


def glorot_uniform(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ evenly from −limit to limit = √(6 / (n_inputs + n_neurons)), for layers with tanh, sigmoid or softmax.

    The variance is limit² / 3 = 2 / (n_inputs + n_neurons), that of glorot_normal.

    Returns:
        W, n_neurons rows of n_inputs numbers.

    Source: beyond the five sources; Glorot and Bengio (2010), PyTorch's xavier_uniform_.

    Examples:
        >>> from scalarnn.random_numbers import LegacyRandom
        >>> glorot_uniform(n_inputs=3, n_neurons=3, rng=LegacyRandom(0))[0][0]
        0.0976270078546495
    """
    limit = sqrt(6 / (n_inputs + n_neurons))
    return uniform_weights(n_inputs, n_neurons, rng, limit)


# ---- a whole network -------------------------------------------------------------------------------------------------


def dense_network(
    sizes: Sequence[int],
    activations: Sequence[Activation | None],
    seed: int = 0,
    initialization: Initialization | Sequence[Initialization] = he_normal,
) -> Network:
    """A Network of dense layers, sizes[0] inputs → sizes[1] neurons → … → sizes[-1] outputs; biases are 0.

    Args:
        sizes: how many inputs, then how many neurons each layer has: at least two numbers.
        activations: one object such as `ReLU()` a layer, None for a linear one.
        seed: of the LegacyRandom that all layers draw from, in their order.
        initialization: one of the functions above, or any other of (n_inputs, n_neurons, rng) that returns W; or a list
            of them, one a layer.

    Returns:
        A Network.

    Source: `000` §3 (two layers from one seed), `003` §1.

    Examples:
        The two layers of `000` §3, from its seed and its 0.10:

        >>> from scalarnn import ReLU, Softmax
        >>> network = dense_network([2, 3, 3], [ReLU(), Softmax()], seed=0, initialization=tenth_normal)
        >>> network
        Network([Layer(2 inputs, 3 neurons, activation=ReLU()), Layer(3 inputs, 3 neurons, activation=Softmax())])
        >>> network.layers[0].W[0]
        [0.1764052345967664, 0.2240893199201458]
    """
    rng = LegacyRandom(seed)
    drawn = [initialization] * len(activations) if callable(initialization) else initialization
    layers = []
    for layer in range(len(activations)):
        n_inputs, n_neurons = sizes[layer], sizes[layer + 1]
        W = drawn[layer](n_inputs, n_neurons, rng)
        b = [0.0] * n_neurons
        layers.append(Layer(W, b, activations[layer]))
    return Network(layers)
