"""Clouds side by side, one for each class: the data of the notebook's helper package."""

from __future__ import annotations

from scalarnn import check
from scalarnn.datasets.seeding import generator, normal_numbers
from scalarnn.float32 import round_to_float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.random_numbers import LegacyRandom

__all__ = ["vertical_data"]


def vertical_data(
    samples: int = 100, classes: int = 3, seed: int | LegacyRandom = 0, float32: bool = True
) -> tuple[list[list[float]], list[int]]:
    """xₙ = (k/3, 1/2) + 0.1 · noise in class k.

    The same numbers as `vertical_data` of nnfs 0.5.1 after `nnfs.init()` and `np.random.seed(seed)`, bit for bit; with
    float32=False as without `nnfs.init()`, bit for bit too.

    Args:
        samples: how many there are of each class.
        classes: how many clouds.
        seed: a whole number from 0 to 2³² − 1; or a LegacyRandom, to go on drawing where it stands.
        float32: round as `nnfs.init()` makes NumPy round (the numbers are Python floats all the same).

    Returns:
        X, labels: samples · classes rows of two numbers, class after class; and the class of each.

    Raises:
        TypeError: samples, classes or seed is not an int.
        ValueError: samples or classes is below 1, or seed is out of range.

    Source: `003` §1 (`from nnfs.datasets import vertical_data`).

    Examples:
        >>> X, labels = vertical_data(samples=1, classes=2, seed=0)
        >>> X, labels
        ([[0.17640523612499237, 0.540015697479248], [0.43120715022087097, 0.7240893244743347]], [0, 1])
    """
    check.count(samples, "samples")
    check.count(classes, "classes")
    random = generator(seed)
    X = []
    labels = []
    for label in range(classes):
        across = normal_numbers(random, samples, 0.1, float32)
        up = normal_numbers(random, samples, 0.1, float32)
        for n in range(samples):
            if float32:
                x = [
                    round_to_float32(across[n] + round_to_float32(label / 3)),
                    round_to_float32(up[n] + 0.5),
                ]
            else:
                x = [across[n] + label / 3, up[n] + 0.5]
            X.append(x)
            labels.append(label)
    return X, labels
