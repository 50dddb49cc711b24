"""Numbers that are shorter than float32, as the matrix units of a GPU take them: bfloat16, float16 and TF32.

              binary digits    largest        smallest above 0
    float32        24          about 3e38     2⁻¹⁴⁹
    TF32           11          as float32     (a factor of a product, never stored)
    float16        11          65504          2⁻²⁴
    bfloat16        8          about 3e38     2⁻¹³³

bfloat16 is the first half of a float32: as far as that reaches, in steps 65,536 times as wide. Hardware adds products
of short numbers up in float32; `dialects.sums` says where the sum is rounded then. Of two numbers of two kinds the
result is of the left one's.
"""

from __future__ import annotations

from scalarnn import check
from scalarnn.float32 import Float32, nearest_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Number

__all__ = ["BFloat16", "Float16", "round_to_bfloat16", "round_to_float16", "round_to_tf32"]


def round_to_bfloat16(x: Number) -> float:
    """The bfloat16 nearest to x, as a Python float; ties go to the even one.

    Args:
        x: a number.

    Returns:
        A float of 8 binary digits at most, or ±∞.

    Raises:
        TypeError: x is not a number.

    Examples:
        >>> round_to_bfloat16(0.1), round_to_bfloat16(257)
        (0.10009765625, 256.0)
    """
    return _nearest(x, digits=8, finest=-133, beyond=128)


def round_to_float16(x: Number) -> float:
    """The float16 nearest to x, as a Python float; ties go to the even one, from 65520 on to ±∞.

    Args:
        x: a number.

    Returns:
        A float of 11 binary digits at most, or ±∞.

    Raises:
        TypeError: x is not a number.

    Examples:
        >>> round_to_float16(0.1), round_to_float16(65519), round_to_float16(65520)
        (0.0999755859375, 65504.0, inf)
    """
    return _nearest(x, digits=11, finest=-24, beyond=16)


def round_to_tf32(x: Number) -> float:
    """x with 11 binary digits and the reach of a float32: what is left of a factor in a TF32 product.

    How a unit gets rid of the other digits is its own affair; here they are rounded, to the nearest.

    Args:
        x: a number.

    Returns:
        A float of 11 binary digits at most, or ±∞.

    Raises:
        TypeError: x is not a number.

    Examples:
        >>> round_to_tf32(0.1), round_to_tf32(65520)
        (0.0999755859375, 65536.0)
    """
    return _nearest(x, digits=11, finest=-136, beyond=128)


def _nearest(x: Number, *, digits: int, finest: int, beyond: int) -> float:
    check.any_number(x, "x")
    if hasattr(x, "numerator"):  # an int and a Fraction are rounded once, from their exact value
        return nearest_of(int(x.numerator), int(x.denominator), digits=digits, finest=finest, beyond=beyond)
    value = float(x)
    if value - value != 0 or value == 0:  # NaN, ±∞ and −0 stay what they are
        return value
    return nearest_of(*value.as_integer_ratio(), digits=digits, finest=finest, beyond=beyond)


class BFloat16(Float32):
    """A number that stays a bfloat16: every result of + − × ÷ is rounded to one.

    Args:
        value: a number; it is rounded.

    Raises:
        TypeError: value is not a number.

    Examples:
        >>> BFloat16(0.1) + BFloat16(0.2)
        BFloat16(0.30078125)
        >>> BFloat16(256) + 1
        BFloat16(256.0)
    """

    __slots__ = ()
    rounded = staticmethod(round_to_bfloat16)


class Float16(Float32):
    """A number that stays a float16: every result of + − × ÷ is rounded to one.

    Args:
        value: a number; it is rounded.

    Raises:
        TypeError: value is not a number.

    Examples:
        >>> Float16(0.1) + Float16(0.2)
        Float16(0.2998046875)
        >>> Float16(40000) + Float16(40000)
        Float16(inf)
    """

    __slots__ = ()
    rounded = staticmethod(round_to_float16)
