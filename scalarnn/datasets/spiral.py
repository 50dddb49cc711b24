"""Spiral arms, one for each class: the data of the notebook's helper package.

r    distance from the centre, from 0 to 1 along an arm
t    turn along an arm, with noise: 2.5 t is the angle
"""

from __future__ import annotations

from scalarnn import check, scalar
from scalarnn.datasets.seeding import generator, normal_numbers, spaced
from scalarnn.float32 import round_to_float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.random_numbers import LegacyRandom

__all__ = ["spiral_data"]


def spiral_data(
    samples: int = 100, classes: int = 3, seed: int | LegacyRandom = 0, float32: bool = True
) -> tuple[list[list[float]], list[int]]:
    """xₙ = (r sin 2.5t, r cos 2.5t), r evenly from 0 to 1, t evenly from 4k to 4(k + 1) in class k, plus 0.2 · noise.

    The same numbers as `spiral_data` of nnfs 0.5.1 after `nnfs.init()` and `np.random.seed(seed)`, bit for bit. In
    float64 the noise is the same bit for bit; sine and cosine may differ from NumPy's in the last digit, as NumPy's
    own do from one processor to another.

    Args:
        samples: how many there are of each class.
        classes: how many arms.
        seed: a whole number from 0 to 2³² − 1; or a LegacyRandom, to go on drawing where it stands.
        float32: round as `nnfs.init()` makes NumPy round (the numbers are Python floats all the same); False for the
            numbers without `nnfs.init()`.

    Returns:
        X, labels: samples · classes rows of two numbers, class after class; and the class of each.

    Raises:
        TypeError: samples, classes or seed is not an int.
        ValueError: samples or classes is below 1, or seed is out of range.

    Source: `003` §1 (`from nnfs.datasets import spiral_data`); the idea is Andrej Karpathy's,
        https://cs231n.github.io/neural-networks-case-study/.

    Examples:
        >>> X, labels = spiral_data(samples=2, classes=2, seed=0)
        >>> X[1], labels
        ([-0.6999308466911316, -0.7142106294631958], [0, 0, 1, 1])
    """
    check.count(samples, "samples")
    check.count(classes, "classes")
    random = generator(seed)
    radii = spaced(0.0, 1.0, samples)
    X = []
    labels = []
    for label in range(classes):
        turns = spaced(label * 4.0, (label + 1) * 4.0, samples)
        noise = normal_numbers(random, samples, 0.2, float32)
        for n in range(samples):
            r = radii[n]
            t = turns[n] + noise[n]
            x = [r * scalar.functions.sin(t * 2.5), r * scalar.functions.cos(t * 2.5)]
            if float32:
                x = [round_to_float32(x[0]), round_to_float32(x[1])]
            X.append(x)
            labels.append(label)
    return X, labels
