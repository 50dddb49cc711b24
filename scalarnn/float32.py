"""Numbers rounded to float32, as a GPU or a notebook with float32 arrays has them.

A float32 has 24 bits of mantissa, a Python float 53. Rounding the float64 result of + − × ÷ or √ to float32 gives what
float32 arithmetic itself gives, bit for bit, because 53 ≥ 2 · 24 + 2. For exp, log and powers that is not so: there the
last bit may differ from NumPy's.
"""

from __future__ import annotations

import math
import struct

from scalarnn import check, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from scalarnn.scalar import Number

__all__ = ["Float32", "fused", "nearest_of", "round_to_float32"]


def round_to_float32(x: Number) -> float:
    """The float32 nearest to x, as a Python float; ties go to the even one, too large a number to ±∞.

    An int or a Fraction is rounded once, from its exact value; any other kind becomes a float first.

    Args:
        x: a number.

    Returns:
        A float that float32 represents exactly.

    Raises:
        TypeError: x is not a number.

    Source: `003` §2 and §3: its first listings round each dot product like this.

    Examples:
        >>> round_to_float32(0.1)
        0.10000000149011612
        >>> round_to_float32(6.0), round_to_float32(1e39)
        (6.0, inf)
    """
    check.any_number(x, "x")
    if hasattr(x, "numerator"):  # an int, a Fraction: two roundings in a row could turn a near tie into a tie
        return nearest_of(int(x.numerator), int(x.denominator), digits=24, finest=-149, beyond=128)
    value = float(x)
    try:
        packed = struct.pack("<f", value)
    except OverflowError:
        return math.copysign(math.inf, value)
    (rounded,) = struct.unpack("<f", packed)
    return float(rounded)


def nearest_of(p: int, q: int, *, digits: int, finest: int, beyond: int) -> float:
    """p/q as a whole number of units 2ᵉ, at most so many binary digits of them, none finer than the finest.

    Args:
        p: of any sign.
        q: above 0.
        digits: 24 for float32.
        finest: the exponent of the smallest number above 0, −149 for float32.
        beyond: from 2 to this power on all is ±∞, 128 for float32.

    Returns:
        A float, or ±∞.

    Source: beyond the five sources.

    Examples:
        >>> nearest_of(1, 10, digits=24, finest=-149, beyond=128)
        0.10000000149011612
    """
    size = abs(p)
    e = size.bit_length() - q.bit_length()  # 2^(e − 1) < |p/q| < 2^(e + 1)
    if size << max(0, -e) < q << max(0, e):
        e -= 1
    e = max(e - digits + 1, finest)
    whole = q << max(0, e)
    units, rest = divmod(size << max(0, -e), whole)
    if 2 * rest > whole or (2 * rest == whole and units % 2 == 1):
        units += 1
    value = math.inf if e > beyond - digits or units << max(0, e) >= 2**beyond else math.ldexp(units, e)
    return value if p >= 0 else -value


class Float32:
    """A number that stays a float32: every result of + − × ÷ is rounded to one.

    A number of another kind takes part as the float32 nearest to it; `short_floats` has kinds with fewer digits.
    Division by zero is a ZeroDivisionError, as for Python's floats, where NumPy has ±∞ or NaN.

    Args:
        value: a number; it is rounded.

    Raises:
        TypeError: value is not a number.

    Examples:
        >>> Float32(0.1) + Float32(0.2)
        Float32(0.30000001192092896)
        >>> from scalarnn import neuron_forward
        >>> neuron_forward(x=[Float32(1), Float32(3)], w=[Float32(0.1), Float32(0.7)], b=Float32(0))
        Float32(2.1999998092651367)
    """

    __slots__ = ("value",)
    rounded = staticmethod(round_to_float32)

    def __init__(self, value: Number) -> None:
        self.value = self.rounded(value)

    def __add__(self, other: Any) -> Self:
        return type(self)(self.value + self._of(other))

    def __radd__(self, other: Any) -> Self:
        return type(self)(self._of(other) + self.value)

    def __sub__(self, other: Any) -> Self:
        return type(self)(self.value - self._of(other))

    def __rsub__(self, other: Any) -> Self:
        return type(self)(self._of(other) - self.value)

    def __mul__(self, other: Any) -> Self:
        return type(self)(self.value * self._of(other))

    def __rmul__(self, other: Any) -> Self:
        return type(self)(self._of(other) * self.value)

    def __truediv__(self, other: Any) -> Self:
        return type(self)(self.value / self._of(other))

    def __rtruediv__(self, other: Any) -> Self:
        return type(self)(self._of(other) / self.value)

    def __pow__(self, n: int) -> Self:
        return type(self)(scalar.power(self.value, n))

    def __neg__(self) -> Self:
        return type(self)(-self.value)

    def __float__(self) -> float:
        return self.value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Float32) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Any) -> bool:
        return self.value < self._of(other)

    def __le__(self, other: Any) -> bool:
        return self.value <= self._of(other)

    def __gt__(self, other: Any) -> bool:
        return self.value > self._of(other)

    def __ge__(self, other: Any) -> bool:
        return self.value >= self._of(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"

    def _of(self, other: Any) -> float:
        """The other operand: a Python number takes part as the nearest one of this kind."""
        if isinstance(other, Float32):
            return other.value
        if not hasattr(other, "__float__") and hasattr(other, "__truediv__"):
            raise TypeError(f"a {type(self).__name__} does not go together with a {type(other).__name__}")
        return self.rounded(other)


def fused(x: Number, y: Number, z: Number) -> Number:
    """x y + z, of Float32 rounded once: what a processor's fused multiply-add gives; of other kinds as it stands.

    Args:
        x: a factor.
        y: the other.
        z: what is added.

    Source: beyond the five sources; IEEE 754, fusedMultiplyAdd.

    Examples:
        >>> third = Float32(1 / 3)
        >>> third * 3 - 1, fused(third, 3, Float32(-1))
        (Float32(0.0), Float32(2.9802322387695312e-08))
        >>> fused(2, 3, 4)
        10
    """
    if not isinstance(z, Float32):
        return x * y + z
    product = z._of(x) * z._of(y)  # exact: 24 and 24 bits
    total = product + z.value
    if not math.isfinite(total):
        return type(z)(total)
    back = total - product
    lost = (product - (total - back)) + (z.value - back)
    if lost != 0 and int(math.frexp(total)[0] * 2**53) % 2 == 0:  # to the odd one: then a second rounding is the first
        total = math.nextafter(total, math.copysign(math.inf, lost))
    return type(z)(total)


def _exp(x: Float32) -> Float32:
    return type(x)(scalar.exp(x.value))


def _expm1(x: Float32) -> Float32:
    return type(x)(scalar.expm1(x.value))


def _log(x: Float32) -> Float32:
    return type(x)(scalar.log(x.value))


def _log1p(x: Float32) -> Float32:
    return type(x)(scalar.log1p(x.value))


def _sqrt(x: Float32) -> Float32:
    return type(x)(math.sqrt(x.value))


scalar.register(Float32, exp=_exp, expm1=_expm1, log=_log, log1p=_log1p, sqrt=_sqrt)
