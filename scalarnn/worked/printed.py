"""Numbers as a source prints them.

decimals   "33.8724": as many digits behind the point as the printed text has; a text without a point is a whole
           number, and only that whole number agrees with it
repr       "33.872397424621624": Python's shortest text that gives the float back, to the last digit
numpy      "-0.0443426", "0.": eight digits behind the point, trailing zeros left out
"""

from __future__ import annotations

from scalarnn.digits import fixed, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Number

__all__ = ["as_printed"]

NUMPY_DECIMALS = 8


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
        >>> from fractions import Fraction
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
