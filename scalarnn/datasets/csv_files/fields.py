"""One field of a table: a number, a gap, or a word."""

from __future__ import annotations

import re

from scalarnn.datasets.files import DataFileError, shortened

__all__ = ["MISSING", "NUMBER", "is_missing", "is_number", "is_whole", "number_of"]

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
WITH_COMMA = re.compile(r"[+-]?([0-9]+,?[0-9]*|,[0-9]+)([eE][+-]?[0-9]+)?")
WHOLE = re.compile(r"[+-]?[0-9]{1,400}")
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(([,.' \u00a0\u2009\u202f])[0-9]{3})(\2[0-9]{3})*([.,][0-9]*)?")
MISSING = {"", "?", "na", "n/a", "nan", "null", "none", "<na>", "#n/a", "#na", "-nan"}


def is_missing(text: str) -> bool:
    """Whether a field is a gap: empty, or a word that stands for one.

    Args:
        text: the field, without spaces around it.

    Returns:
        True for "", "?", "NA", "NaN", "null", "None" and their like, in any case of letters.

    Examples:
        >>> is_missing("NA"), is_missing(""), is_missing("0")
        (True, True, False)
    """
    return text.lower() in MISSING


def is_number(text: str, decimal: str = ".") -> bool:
    """Whether a field is a number, written with this decimal sign.

    Args:
        text: the field.
        decimal: "." or ",".

    Returns:
        True if it is.

    Examples:
        >>> is_number("-1.5e3"), is_number("1,5"), is_number("1,5", ","), is_number("x")
        (True, False, True, False)
    """
    return (WITH_COMMA if decimal == "," else NUMBER).fullmatch(text) is not None


def is_whole(text: str) -> bool:
    """Whether a field is a number of digits alone, with a sign perhaps.

    Args:
        text: the field.

    Returns:
        True if it is.

    Examples:
        >>> is_whole("12"), is_whole("12.0")
        (True, False)
    """
    return WHOLE.fullmatch(text) is not None


def number_of(text: str, decimal: str, place: str) -> float:
    """The number in a field.

    Args:
        text: the field.
        decimal: "." or ",".
        place: how messages begin: file, line and column.

    Returns:
        A finite float.

    Raises:
        DataFileError: it is a gap, a word, too large, or written with signs between thousands.

    Examples:
        >>> number_of("2,5", ",", "x.csv: line 2, column 'a'")
        2.5
        >>> number_of("1,234,567", ".", "x.csv: line 2, column 'a'")
        Traceback (most recent call last):
        scalarnn.datasets.files.DataFileError: x.csv: line 2, column 'a': '1,234,567': expected a number without \
signs between thousands
    """
    if not is_number(text, decimal):
        raise DataFileError(f"{place}: {_what_instead(text, decimal)}", _cause(text))
    value = float(text.replace(",", ".") if decimal == "," else text)
    if value - value != 0:
        raise DataFileError(f"{place}: {shortened(text)} is too large for a float")
    return value


def _what_instead(text: str, decimal: str) -> str:
    shown = shortened(text)
    if is_missing(text):
        return f"missing, {shown}: expected a number"
    other = "," if decimal == "." else "."
    thousands = THOUSANDS.fullmatch(text)
    if thousands and (thousands.group(3) or thousands.group(4) or thousands.group(2) not in ",."):
        return f"{shown}: expected a number without signs between thousands"
    if is_number(text, other):
        if thousands:
            return f"{shown}: a decimal {_called(other)}, or a sign between thousands? Expected a number without"
        return f"{shown}: a decimal {_called(other)}: expected decimals behind a {_called(decimal)}"
    return f"{shown}: expected a number"


def _called(sign: str) -> str:
    return "comma" if sign == "," else "point"


def _cause(text: str) -> str:
    """What is wrong, for whoever knows a way out."""
    if is_missing(text):
        return "gap"
    if is_number(text, ",") or is_number(text, "."):
        return "decimal"
    return "thousands" if THOUSANDS.fullmatch(text) else "word"
