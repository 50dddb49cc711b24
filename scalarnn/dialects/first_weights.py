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
from scalarnn.learning.initialization import glorot_uniform, uniform_weights
from scalarnn.network import Network
from scalarnn.random_numbers import LegacyRandom
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.scalar import Count, Number, Rate

__all__ = [
    "fan_in_uniform",
    "lecun_truncated_normal",
    "logistic_uniform",
    "network_with_random_biases",
    "truncated_normal",
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
    limit = 1 / sqrt(n_inputs)
    return uniform_weights(n_inputs, n_neurons, rng, limit)


def logistic_uniform(n_inputs: Count, n_neurons: Count, rng: LegacyRandom) -> list[list[Number]]:
    """Wⱼᵢ evenly within ±√(2 / (n_inputs + n_neurons)): scikit-learn's, where hidden units are logistic.

    Source: beyond the five sources; Glorot and Bengio (2010), a third of their variance.

    Examples:
        >>> logistic_uniform(n_inputs=1, n_neurons=1, rng=LegacyRandom(0))
        [[0.0976270078546495]]
    """
    limit = sqrt(2 / (n_inputs + n_neurons))
    return uniform_weights(n_inputs, n_neurons, rng, limit)


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


def network_with_random_biases(
    sizes: Sequence[int], activations: Sequence[Any], seed: int = 0, initialization: Any = glorot_uniform
) -> Network:
    """A Network whose biases are drawn like weights: W, then b, layer by layer, from one stream.

    Args:
        sizes: how many inputs, then how many neurons each layer has.
        activations: one object such as `ReLU()` a layer, None for a linear one.
        seed: of the LegacyRandom.
        initialization: a function of (n_inputs, n_neurons, rng) that returns W; a bias is drawn within its limits.

    Source: beyond the five sources; scikit-learn with its default start, bit for bit.

    Examples:
        >>> network_with_random_biases([1, 1], [None], seed=0, initialization=fan_in_uniform).layers[0].b
        [0.43037873274483895]
    """
    rng = LegacyRandom(seed)
    layers = []
    for layer in range(len(activations)):
        n_inputs, n_neurons = sizes[layer], sizes[layer + 1]
        W = initialization(n_inputs, n_neurons, rng)
        b = _biases(n_inputs, n_neurons, rng, initialization)
        layers.append(Layer(W, b, activations[layer]))
    return Network(layers)


def _biases(n_inputs: int, n_neurons: int, rng: LegacyRandom, initialization: Any) -> list[Any]:
    """A number a neuron, of the distribution of a weight."""
    b = []
    for _ in range(n_neurons):
        b.append(_one(n_inputs, n_neurons, rng, initialization))
    return b


def _one(n_inputs: int, n_neurons: int, rng: LegacyRandom, initialization: Any) -> Any:
    """One draw for a layer of that size: its first weight, from a generator that gives no more."""
    return initialization(n_inputs, n_neurons, _Once(rng))[0][0]


class _Once:
    """A generator whose first number is the next one of another, and whose others are 0."""

    def __init__(self, rng: LegacyRandom) -> None:
        self.rng: LegacyRandom | None = rng

    def rand(self) -> Any:
        rng, self.rng = self.rng, None
        return 0 if rng is None else rng.rand()

    def randn(self) -> Any:
        return 0 if self.rng is None else self.rng.randn()
