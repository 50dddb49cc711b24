"""The bell curve, and the part of it that lies to the left of a number: of + − × ÷ and one exponential.

z        a number
terms    how many terms of the series are summed
"""

from __future__ import annotations

from scalarnn.scalar import exp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Count, Number

__all__ = ["HEIGHT", "bell", "bell_area"]

HEIGHT = 0.39894228040143267793994605993438  # 1/√(2π)
FAR = 9  # deviations: what lies beyond is less than a float sees beside 1
TERMS = 120  # at 9 deviations the next one is below the last bit


def bell(z: Number) -> Number:
    """φ(z) = e^(−z²/2) / √(2π): the density of the normal distribution.

    Source: beyond the five sources.

    Examples:
        >>> round(bell(0.0), 6)
        0.398942
    """
    density = HEIGHT * exp(-z * z / 2)
    return density


def bell_area(z: Number, terms: Count = TERMS) -> Number:
    """Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …): how much of a bell curve lies to the left of z.

    The series has no signs that alternate, so nothing cancels in it.

    Source: beyond the five sources; Marsaglia (2004).

    Examples:
        >>> bell_area(0.0), round(bell_area(1.96), 4)
        (0.5, 0.975)
    """
    if z > FAR:
        return 1
    if z < -FAR:
        return 0
    term = z
    total = z
    for k in range(1, terms):
        term = term * z * z / (2 * k + 1)
        total += term
    area = (1 + 2 * bell(z) * total) / 2
    return area
