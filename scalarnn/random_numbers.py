"""NumPy's legacy generator, bit for bit, on the standard library's Mersenne Twister.

`np.random.seed(0)` and then `np.random.randn(4, 5)` give the weights of `000`; so do `LegacyRandom(0).randn(4, 5)`.

    mt[i]      word i of the twister's state, 624 words of 32 bits
    r2         r², the squared distance of a point from the centre of its square
"""

from __future__ import annotations

import math

from scalarnn import check
from scalarnn.scalar import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["LegacyRandom"]

STATE_WORDS = 624
LARGEST_SEED = 2**32 - 1


class LegacyRandom:
    """The numbers of `np.random.seed(seed)`, `np.random.rand` and `np.random.randn`.

    Args:
        seed: a whole number from 0 to 2³² − 1.

    Raises:
        TypeError: seed is not an int.
        ValueError: seed is out of range.

    Source: `000` §2.4 and §3.2 (np.random.seed(0)).

    Examples:
        >>> LegacyRandom(0).randn(2)
        [1.764052345967664, 0.4001572083672233]
        >>> LegacyRandom(0).rand()
        0.5488135039273248
    """

    def __init__(self, seed: int) -> None:
        self.seed(seed)

    def seed(self, seed: int) -> None:
        """Start again from a seed: mtᵢ = 1812433253 · (mtᵢ₋₁ ⊕ (mtᵢ₋₁ ≫ 30)) + i, in 32 bits.

        Raises:
            TypeError: seed is not an int.
            ValueError: seed is out of range.
        """
        from random import Random  # 4 ms to load, so only when it is used

        check.integer(seed, "seed", 0, LARGEST_SEED)
        mt = [int(seed)]
        for i in range(1, STATE_WORDS):
            previous = mt[i - 1]
            mt.append((1812433253 * (previous ^ (previous >> 30)) + i) & 0xFFFFFFFF)
        self._twister = Random()
        self._twister.setstate((3, (*mt, STATE_WORDS), None))
        self._kept: float | None = None

    def state(self) -> list[int]:
        """The 624 words of the twister and the place of the next one: what Python's and NumPy's generators go on from.

        Examples:
            >>> from random import Random
            >>> random, python = LegacyRandom(0), Random()
            >>> python.setstate((3, tuple(random.state()), None))
            >>> random.rand() == python.random()
            True
        """
        return list(self._twister.getstate()[1])

    def rand(self, *shape: int) -> Any:
        """Uniform numbers from 0 up to, but not including, 1.

        Args:
            shape: nothing for one number, n for a list of n, n and m for n rows of m, and so on.

        Raises:
            TypeError: a size is not an int.
            ValueError: a size is below 1.

        Examples:
            >>> LegacyRandom(0).rand(2, 1)
            [[0.5488135039273248], [0.7151893663724195]]
        """
        _check_shape(shape)
        return _filled(shape, self._twister.random)

    def randn(self, *shape: int) -> Any:
        """Numbers of the standard normal distribution.

        Args:
            shape: nothing for one number, n for a list of n, n and m for n rows of m, and so on.

        Raises:
            TypeError: a size is not an int.
            ValueError: a size is below 1.

        Examples:
            >>> LegacyRandom(0).randn(1, 2)
            [[1.764052345967664, 0.4001572083672233]]
        """
        _check_shape(shape)
        return _filled(shape, self._normal)

    def permutation(self, n: int) -> list[int]:
        """`np.random.permutation(n)`: each place, from the last, swaps with one up to itself.

        NumPy draws 32 bits, keeps as many as the place has, and draws again while they are beyond it.

        Raises:
            TypeError: n is not an int.
            ValueError: n is below 1.

        Examples:
            >>> LegacyRandom(0).permutation(5)
            [2, 0, 1, 3, 4]
        """
        check.count(n, "n")
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = self._twister.getrandbits(32) & ((1 << i.bit_length()) - 1)
            while j > i:
                j = self._twister.getrandbits(32) & ((1 << i.bit_length()) - 1)
            order[i], order[j] = order[j], order[i]
        return order

    def _normal(self) -> float:
        """The polar method: a point in the unit disc gives two numbers, one now and one kept for the next call."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            return kept
        while True:
            x1 = 2.0 * self._twister.random() - 1.0
            x2 = 2.0 * self._twister.random() - 1.0
            r2 = x1 * x1 + x2 * x2
            if 0.0 < r2 < 1.0:
                break
        f = math.sqrt(-2.0 * log(r2) / r2)
        self._kept = f * x1
        return f * x2


def _check_shape(shape: tuple[int, ...]) -> None:
    for axis in range(len(shape)):
        check.count(shape[axis], f"shape[{axis}]")


def _filled(shape: tuple[int, ...], draw: Any) -> Any:
    """Numbers drawn in row order into lists of the given shape."""
    if not shape:
        return draw()
    numbers = []
    for _ in range(shape[0]):
        numbers.append(_filled(shape[1:], draw))
    return numbers
