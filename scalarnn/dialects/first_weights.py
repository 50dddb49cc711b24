"""First weights as others draw them: U(±1/√n), normal numbers cut at two deviations, LeCun's, and random biases.

n_inputs     how many inputs a neuron has
n_neurons    how many neurons the layer has
rng          a LegacyRandom; each call takes numbers from it and leaves it further on
limit        draws are evenly from −limit to limit
scale        draws are normal with this standard deviation

Only NumPy's stream of random numbers can be had here, so the draws are those of scikit-learn, bit for bit; of the other
packages it is the distribution.
"""

from __future__ import annotations

from scalarnn.layer import Layer
from scalarnn.learning.initialization import uniform_weights
from scalarnn.network import Network
from scalarnn.random_numbers import LegacyRandom
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.scalar import Count, Number, Rate

__all__ = [
    "fan_in_limit",
    "fan_in_uniform",
    "glorot_limit",
    "glorot_truncated_normal",
    "lecun_truncated_normal",
    "logistic_limit",
    "truncated_normal",
    "uniform_network",
]

CUT = 2  # deviations
LEFT = 0.87962566103423978  # the deviation that is left of 1 when a bell curve is cut at ±2


def fan_in_uniform(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ evenly from −1/√n_inputs to 1/√n_inputs, with variance 1 / (3 n_inputs).

    PyTorch's Linear, tinygrad's and MLX's, which draw their biases so, too. He's limit is √6 times as wide.

    Source: beyond the five sources; LeCun and others (1998).

    Examples:
        >>> fan_in_uniform(n_inputs=1, n_neurons=2, rng=LegacyRandom(0))
        [[0.0976270078546495], [0.43037873274483895]]
    """
    return uniform_weights(n_inputs, n_neurons, rng, fan_in_limit(n_inputs, n_neurons))


def truncated_normal(
    n_inputs: Count, n_neurons: Count, rng: LegacyRandom, scale: Rate, *, widened: bool = False
) -> list[list[Number]]:
    """Wⱼᵢ = scale · randn, drawn again while beyond two deviations.

    What is cut away leaves a deviation of 0.88 scale. Keras's TruncatedNormal and JAX's truncated_normal leave it at
    that; their He, Glorot and LeCun starts are widened before, so that scale is what comes out.

    Args:
        widened: whether the curve that is cut is wider by what the cut takes away.

    Source: beyond the five sources.

    Examples:
        >>> (w,) = truncated_normal(n_inputs=1000, n_neurons=1, rng=LegacyRandom(0), scale=1.0)
        >>> max(w) < 2, round(sum(x * x for x in w) / 1000, 1)
        (True, 0.8)
    """
    deviation = scale / LEFT if widened else scale
    W = []
    for _ in range(n_neurons):
        W_j = []
        for _ in range(n_inputs):
            x = rng.randn()
            while abs(x) > CUT:
                x = rng.randn()
            W_j.append(deviation * x)
        W.append(W_j)
    return W


def lecun_truncated_normal(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ of deviation 1/√n_inputs, cut at two deviations of the wider curve: the start of flax.

    Source: beyond the five sources; LeCun and others (1998).

    Examples:
        >>> (w,) = lecun_truncated_normal(n_inputs=4, n_neurons=1, rng=LegacyRandom(0))
        >>> round(w[0], 4) == round(LegacyRandom(0).randn() / 2 / 0.87962566, 4)
        True
    """
    scale = 1 / sqrt(n_inputs)
    return truncated_normal(n_inputs, n_neurons, rng, scale, widened=True)


def glorot_truncated_normal(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ = √(2 / (n_inputs + n_neurons)) · randn, cut at two deviations and not widened: TensorFlow.js's dense layers.

    Source: beyond the five sources; Glorot and Bengio (2010).

    Examples:
        >>> glorot_truncated_normal(n_inputs=1, n_neurons=1, rng=LegacyRandom(0))
        [[1.764052345967664]]
    """
    scale = sqrt(2 / (n_inputs + n_neurons))
    return truncated_normal(n_inputs, n_neurons, rng, scale)


# ---- biases too ------------------------------------------------------------------------------------------------------


def fan_in_limit(n_inputs: Count, n_neurons: Count) -> Number:  # noqa: ARG001
    """1/√n_inputs.

    Examples:
        >>> fan_in_limit(4, 3)
        0.5
    """
    limit = 1 / sqrt(n_inputs)
    return limit


def glorot_limit(n_inputs: Count, n_neurons: Count) -> Number:
    """√(6 / (n_inputs + n_neurons)): scikit-learn's.

    Examples:
        >>> glorot_limit(3, 3)
        1.0
    """
    limit = sqrt(6 / (n_inputs + n_neurons))
    return limit


def logistic_limit(n_inputs: Count, n_neurons: Count) -> Number:
    """√(2 / (n_inputs + n_neurons)): scikit-learn's where hidden units are logistic, a third of Glorot's variance.

    Examples:
        >>> logistic_limit(1, 1)
        1.0
    """
    limit = sqrt(2 / (n_inputs + n_neurons))
    return limit


def uniform_network(
    sizes: Sequence[int], activations: Sequence[Any], seed: int | LegacyRandom = 0, limit: Any = glorot_limit
) -> Network:
    """A Network whose biases are drawn as its weights are: W, then b, layer by layer, from one stream.

    Args:
        sizes: how many inputs, then how many neurons each layer has.
        activations: one object such as `ReLU()` a layer, None for a linear one.
        seed: of the LegacyRandom; or one that goes on.
        limit: from n_inputs and n_neurons of a layer, how far from 0 its numbers may be.

    Source: beyond the five sources; with Glorot's limit scikit-learn's start, bit for bit.

    Examples:
        >>> uniform_network([1, 1], [None], seed=0, limit=fan_in_limit).layers[0].b
        [0.43037873274483895]
    """
    rng = LegacyRandom(seed) if isinstance(seed, int) else seed
    layers = []
    for layer in range(len(activations)):
        n_inputs, n_neurons = sizes[layer], sizes[layer + 1]
        width = limit(n_inputs, n_neurons)
        W = uniform_weights(n_inputs, n_neurons, rng, width)
        b = [b_j for (b_j,) in uniform_weights(1, n_neurons, rng, width)]
        layers.append(Layer(W, b, activations[layer]))
    return Network(layers)
