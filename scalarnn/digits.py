"""Numbers as text: in full, as exact decimals, as fractions; vectors and matrices as lines."""

from __future__ import annotations

from fractions import Fraction

from scalarnn.float32 import Float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number

__all__ = ["fixed", "is_plain", "readable", "shown", "value_text"]

LONGEST_LIST = 12


def fixed(value: Number, decimals: int) -> str:
    """The value rounded to so many digits behind the point, half to even, from its exact value.

    Examples:
        >>> fixed(Fraction(1, 8), 2), fixed(-0.001, 2)
        ('0.12', '-0.00')
    """
    if not isinstance(value, Fraction):
        return f"{value:.{decimals}f}"
    scaled = round(value * 10**decimals)
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def readable(value: Any, fractions: bool = False) -> str:
    """One number in full: a whole one without a point, a Fraction as a decimal if it has an end, else as p/q.

    Args:
        value: a number.
        fractions: write every Fraction as p/q.

    Examples:
        >>> readable(21.0), readable(0.5080319999999998), readable(Fraction(291, 50)), readable(Fraction(1, 3))
        ('21', '0.5080319999999998', '5.82', '1/3')
        >>> readable(Fraction(291, 50), fractions=True)
        '291/50'
    """
    if isinstance(value, Fraction):
        if fractions or 10**17 % value.denominator:
            return str(value)
        return fixed(value, next(n for n in range(18) if 10**n % value.denominator == 0))
    value = value.value if isinstance(value, Float32) else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def shown(value: Any, fractions: bool = False) -> list[str]:
    """A number, vector or matrix as lines of text: a row of a matrix a line, long lists cut in the middle.

    Examples:
        >>> shown([[1.0, 2], [-3, 4]])
        ['[1, 2]', '[-3, 4]']
    """
    if not isinstance(value, (list, tuple)):
        return [readable(value, fractions)]
    if value and isinstance(value[0], (list, tuple)):
        lines = []
        for row in value:
            lines += shown(row, fractions)
        return lines
    texts = [readable(entry, fractions) for entry in value]
    if len(texts) > LONGEST_LIST:
        texts = [*texts[:3], "…", *texts[-2:]]
        return [f"[{', '.join(texts)}] ({len(value)} in all)"]
    return [f"[{', '.join(texts)}]"]


def value_text(value: Any, fractions: bool = False) -> str:
    """A value in full: numbers as people write them, lists in brackets, anything else by its class.

    Examples:
        >>> value_text([1.0, [Fraction(1, 4)], "relu"]), value_text(fixed)
        ("[1, [0.25], 'relu']", 'a function')
    """
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(value_text(entry, fractions) for entry in value)}]"
    if isinstance(value, (bool, str)) or value is None:
        return repr(value)
    if not is_plain(value):
        return f"a {type(value).__name__}"
    try:
        return readable(value, fractions)
    except ValueError:  # more digits than Python writes
        return f"{float(value)!r} nearly: a fraction of thousands of digits"


def is_plain(value: Any) -> bool:
    """Whether a value is a number, or a list.

    Examples:
        >>> is_plain(0.5), is_plain([1]), is_plain("relu")
        (True, True, False)
    """
    return isinstance(value, (list, tuple)) or hasattr(type(value), "__truediv__")
