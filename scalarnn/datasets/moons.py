"""Two half moons, one inside the arm of the other: no line parts them."""

from __future__ import annotations

import math

from scalarnn import check, scalar
from scalarnn.datasets.seeding import check_noise, generator, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.random_numbers import LegacyRandom
    from scalarnn.scalar import Number

__all__ = ["moons_data"]


def moons_data(
    samples: int = 100, noise: Number = 0, seed: int | LegacyRandom = 0
) -> tuple[list[list[float]], list[int]]:
    """(cos t, sin t) in class 0, (1 − cos t, 1/2 − sin t) in class 1, t evenly from 0 to π, plus noise.

    The numbers of scikit-learn's `make_moons(2 * samples, shuffle=False, noise=noise, random_state=seed)`; sine and
    cosine may differ from NumPy's in the last digit.

    Args:
        samples: how many there are of each class.
        noise: the standard deviation of what is added to every number; 0 for none.
        seed: a whole number from 0 to 2³² − 1; or a LegacyRandom, to go on drawing where it stands.

    Returns:
        X, labels: 2 · samples rows of two numbers, class after class; and the class of each.

    Raises:
        TypeError: samples or seed is not an int, or noise not a number.
        ValueError: samples is below 1, noise is negative or not finite, or seed is out of range.

    Source: a classic, not in the five documents.

    Examples:
        >>> moons_data(samples=2)
        ([[1.0, 0.0], [-1.0, 1.2246467991473532e-16], [0.0, 0.5], [2.0, 0.4999999999999999]], [0, 0, 1, 1])
    """
    check.count(samples, "samples")
    check_noise(noise)
    random = generator(seed)
    X = []
    labels = []
    for label in range(2):
        for t in spaced(0.0, math.pi, samples):
            if label == 0:
                x = [scalar.functions.cos(t), scalar.functions.sin(t)]
            else:
                x = [1 - scalar.functions.cos(t), 1 - scalar.functions.sin(t) - 0.5]
            X.append(x)
            labels.append(label)
    if noise > 0:
        for x in X:
            x[0] += noise * random.randn()
            x[1] += noise * random.randn()
    return X, labels
