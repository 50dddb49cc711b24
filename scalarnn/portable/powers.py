"""Whole powers, in + − × ÷ alone, rounded correctly: the float nearest to the true value.

x    the base
n    the exponent, a whole number
"""

from __future__ import annotations

from scalarnn.portable.powers_of_two import INFINITY
from scalarnn.portable.whole_numbers import power_exactly

__all__ = ["pow"]


def pow(x: float, n: int) -> float:
    """xⁿ, rounded correctly. A product and a quotient are, as they are; all else is a matter of whole numbers.

    Raises:
        OverflowError: xⁿ is larger than any float.
        ZeroDivisionError: x is 0 and n is negative.

    Examples:
        >>> pow(0.9, 100), pow(-2.0, 3), pow(0.0, 0)
        (2.6561398887587544e-05, -8.0, 1.0)
    """
    if n == 0 or x == 1.0:
        return 1.0
    if n == 1:
        return x
    if x == 0.0 or x - x != 0.0:  # 0, infinite or no number
        return power_at_the_ends(x, n)
    y = x * x if n == 2 else power_exactly(x, n)
    if y == INFINITY or y == -INFINITY:
        raise OverflowError("math range error")
    return y


def power_at_the_ends(x: float, n: int) -> float:
    """xⁿ where x is 0, infinite or no number: the sign is kept where n is odd."""
    if x == 0.0 and n < 0:
        raise ZeroDivisionError("0.0 cannot be raised to a negative power")
    y = 1.0 / x if n < 0 else x
    return y if n & 1 == 1 else y * y
