"""Exclusive or: one input or the other, but not both. No single neuron can tell whose activation never falls."""

from __future__ import annotations

from scalarnn import check
from scalarnn.datasets.seeding import check_noise, generator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.random_numbers import LegacyRandom
    from scalarnn.scalar import Number

__all__ = ["xor_clouds", "xor_data"]


def xor_data() -> tuple[list[list[int]], list[int]]:
    """The truth table: label = x₀ ⊕ x₁.

    Returns:
        X, labels: four rows of two whole numbers, and the class of each.

    Source: a classic, not in the five documents.

    Examples:
        >>> xor_data()
        ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    """
    return [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]


def xor_clouds(
    samples: int = 25, noise: Number = 0.1, seed: int | LegacyRandom = 0
) -> tuple[list[list[float]], list[int]]:
    """A cloud around each row of the truth table: its two numbers plus noise.

    Args:
        samples: how many there are around each of the four corners.
        noise: the standard deviation of what is added to every number; 0 for none.
        seed: a whole number from 0 to 2³² − 1; or a LegacyRandom, to go on drawing where it stands.

    Returns:
        X, labels: 4 · samples rows of two numbers, corner after corner; and the class of each.

    Raises:
        TypeError: samples or seed is not an int, or noise not a number.
        ValueError: samples is below 1, noise is negative or not finite, or seed is out of range.

    Source: a classic, not in the five documents.

    Examples:
        >>> X, labels = xor_clouds(samples=1, seed=0)
        >>> labels, X[0]
        ([0, 1, 1, 0], [0.1764052345967664, 0.040015720836722335])
    """
    check.count(samples, "samples")
    check_noise(noise)
    random = generator(seed)
    corners, corner_labels = xor_data()
    X = []
    labels = []
    for corner in range(4):
        for _ in range(samples):
            x = [float(corners[corner][0]), float(corners[corner][1])]
            if noise > 0:
                x[0] += noise * random.randn()
                x[1] += noise * random.randn()
            X.append(x)
            labels.append(corner_labels[corner])
    return X, labels
