"""Numbers as a source prints them, and as a person reads them.

decimals   "33.8724": as many digits behind the point as the printed text has; a text without a point is a whole
           number, and only that whole number agrees with it
repr       "33.872397424621624": Python's shortest text that gives the float back, to the last digit
numpy      "-0.0443426", "0.": eight digits behind the point, trailing zeros left out
"""

from __future__ import annotations

from fractions import Fraction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number

__all__ = ["as_printed", "readable", "shown"]

NUMPY_DECIMALS = 8
LONGEST_LIST = 12


def as_printed(value: Number, printed: str, style: str) -> str:
    """The computed value in the form of the printed text.

    Args:
        value: an int, a float or a Fraction.
        printed: the figure exactly as the source prints it; only its number of digits is used.
        style: "decimals", "repr" or "numpy".

    Returns:
        The text to hold against the printed one.

    Raises:
        ValueError: there is no such style.

    Examples:
        >>> as_printed(Fraction(84681, 2500), "33.8724", "decimals")
        '33.8724'
        >>> as_printed(5.82, "6", "decimals"), as_printed(6.0, "6", "decimals")
        ('5.82', '6')
        >>> as_printed(-0.04434259551, "-0.0443426", "numpy")
        '-0.0443426'
    """
    if style == "repr":
        return repr(float(value))
    if style == "numpy":
        return fixed(value, NUMPY_DECIMALS).rstrip("0")
    if style != "decimals":
        raise ValueError(f"style is {style!r}: expected 'decimals', 'repr' or 'numpy'")
    _, point, digits = printed.partition(".")
    if not point:
        return readable(value)
    return fixed(value, len(digits))


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


def readable(value: Any) -> str:
    """One number in full: a whole one without a point, a Fraction as a decimal if it has an end, else as p/q.

    Examples:
        >>> readable(21.0), readable(0.5080319999999998), readable(Fraction(291, 50)), readable(Fraction(1, 3))
        ('21', '0.5080319999999998', '5.82', '1/3')
    """
    if isinstance(value, Fraction):
        for decimals in range(18):
            if (value * 10**decimals).denominator == 1:
                return fixed(value, decimals)
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def shown(value: Any) -> list[str]:
    """A number, vector or matrix as lines of text: a row of a matrix a line, long lists cut in the middle.

    Examples:
        >>> shown([[1.0, 2], [-3, 4]])
        ['[1, 2]', '[-3, 4]']
    """
    if not isinstance(value, (list, tuple)):
        return [readable(value)]
    if value and isinstance(value[0], (list, tuple)):
        lines = []
        for row in value:
            lines += shown(row)
        return lines
    texts = [readable(entry) for entry in value]
    if len(texts) > LONGEST_LIST:
        texts = [*texts[:3], "…", *texts[-2:]]
        return [f"[{', '.join(texts)}] ({len(value)} in all)"]
    return [f"[{', '.join(texts)}]"]
