"""What data made by seed share: one generator, and NumPy's ways to space and to scale numbers."""

from __future__ import annotations

from scalarnn import check
from scalarnn.float32 import round_to_float32
from scalarnn.random_numbers import LegacyRandom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Number

__all__ = ["check_noise", "generator", "normal_numbers", "shuffled", "spaced"]


def generator(seed: int | LegacyRandom) -> LegacyRandom:
    """A generator started at the seed, or the very one that was given.

    Args:
        seed: a whole number from 0 to 2³² − 1, or a LegacyRandom.

    Returns:
        A LegacyRandom.

    Raises:
        TypeError: seed is neither.
        ValueError: seed is out of range.

    Examples:
        >>> generator(0).rand()
        0.5488135039273248
    """
    if isinstance(seed, LegacyRandom):
        return seed
    return LegacyRandom(seed)


def spaced(start: float, stop: float, n: int) -> list[float]:
    """n numbers evenly from start to stop, with both ends, by the arithmetic of `np.linspace`.

    Args:
        start: the first.
        stop: the last, if there are two or more.
        n: how many, at least 1.

    Returns:
        n numbers.

    Raises:
        TypeError: n is not an int.
        ValueError: n is below 1.

    Examples:
        >>> spaced(0.0, 1.0, 5)
        [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    check.count(n, "n")
    if n == 1:
        return [start]
    step = (stop - start) / (n - 1)
    numbers = []
    for i in range(n - 1):
        numbers.append(i * step + start)
    numbers.append(stop)
    return numbers


def normal_numbers(random: LegacyRandom, n: int, scale: float, float32: bool) -> list[float]:
    """n normal numbers times scale; in float32, both factors and the product are rounded.

    Args:
        random: the generator to draw from.
        n: how many.
        scale: the standard deviation.
        float32: whether to round.

    Returns:
        n numbers.

    Raises:
        TypeError: n is not an int.
        ValueError: n is below 1.

    Examples:
        >>> normal_numbers(LegacyRandom(0), 1, 0.5, float32=False)
        [0.882026172983832]
    """
    numbers = []
    for number in random.randn(n):
        if float32:
            numbers.append(round_to_float32(round_to_float32(number) * round_to_float32(scale)))
        else:
            numbers.append(number * scale)
    return numbers


def shuffled(n: int, random: LegacyRandom) -> list[int]:
    """The numbers 0 to n − 1 in random order: each place, from the last, swaps with one up to itself.

    Args:
        n: how many.
        random: the generator to draw from, one uniform number a swap.

    Returns:
        n indices.

    Examples:
        >>> shuffled(5, LegacyRandom(0))
        [0, 3, 1, 4, 2]
    """
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(random.rand() * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


def check_noise(noise: Number) -> None:
    """A finite standard deviation from 0 up.

    Args:
        noise: what to look at.

    Raises:
        TypeError: not a number.
        ValueError: negative, NaN or infinite.

    Examples:
        >>> check_noise(-1)
        Traceback (most recent call last):
        ValueError: noise is -1: expected a number from 0 up
    """
    check.number(noise, "noise")
    if noise < 0:
        raise ValueError(f"noise is {noise}: expected a number from 0 up")
