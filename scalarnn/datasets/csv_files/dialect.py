"""What stands between the fields of a table, and before the decimals of its numbers."""

from __future__ import annotations

import re

from scalarnn.datasets.files import LONGEST_LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DELIMITERS", "decimal_of", "delimiter_of", "one_space", "parted", "said_delimiter"]

DELIMITERS = (",", ";", "\t")
LOOKED_AT = 50  # lines
SAID = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
WITH_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?")
WITH_POINT = re.compile(r"[+-]?[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?")
IN_THREES = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+")
SPACES = re.compile(r'("[^"]*")| +')


def said_delimiter(line: str) -> str | None:
    """What the first line says itself, as Excel writes it; None if it does not.

    Args:
        line: the first of the file.

    Returns:
        The character behind "sep=".

    Examples:
        >>> said_delimiter("sep=;"), said_delimiter("sepal,kind")
        (';', None)
    """
    said = SAID.fullmatch(line)
    return said.group(1) if said else None


def delimiter_of(lines: Sequence[str], decimal: str | None = None) -> str:
    """What stands between the fields: of comma, semicolon and tab the one that parts all rows alike.

    If several do, a comma between digits may be a decimal one, and then it is another; else the one that stands most
    often in the first row, those in quotes not counted; the comma if it stands there as often as another. Where none of
    them stands, a space if it parts all rows alike.

    Args:
        lines: the first ones of the file.
        decimal: the decimal sign, if it is known.

    Returns:
        One character.

    Examples:
        >>> delimiter_of(["a;b,c", "1;2"]), delimiter_of(["1,5;2,5", "1,0;2,0"]), delimiter_of(["x y", "1 2"])
        (';', ';', ' ')
    """
    counts = _counts_of_first_row(lines)
    alike = []
    for sign in DELIMITERS:
        alone = sign != "," and not any(counts.values())  # R leaves the name of the row names out
        if (counts[sign] or alone) and _parts_alike(lines, sign):
            alike.append(sign)
    spaces = [" "] if _parts_alike(lines, " ") else []
    if not alike and spaces and (not any(counts.values()) or _has_decimal_commas(lines, " ")):
        return " "
    if "," in alike:
        for sign in [*alike[1:], *spaces]:
            if (decimal == "," and sign != " ") or _has_decimal_commas(lines, sign):
                return sign
    most = DELIMITERS[0]
    for sign in alike or DELIMITERS:
        if counts[sign] > counts[most] or (alike and most not in alike):
            most = sign
    return most


def decimal_of(rows: Sequence[Sequence[str]], usual: str = ".") -> str:
    """The decimal sign: a comma where fields are numbers with one, and none is a number with a point.

    Args:
        rows: the fields of the first rows.
        usual: what a comma is taken for that stands before three digits everywhere, and may part thousands: "," for a
            decimal sign, "." for none.

    Returns:
        "." or ",".

    Examples:
        >>> decimal_of([["1,5", "rose"]]), decimal_of([["1,500", "rose"]]), decimal_of([["1,5", "1.5"]])
        (',', '.', '.')
    """
    found = "."
    for fields in rows:
        for text in fields:
            if WITH_POINT.fullmatch(text):
                return "."
            if WITH_COMMA.fullmatch(text) and found == ".":
                found = usual if IN_THREES.fullmatch(text) else ","
    return found


def parted(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The fields of some lines, without the spaces around them; what cannot be parted is left out.

    Args:
        lines: some lines.
        delimiter: what stands between fields.

    Returns:
        A list of texts for each row; empty lines are left out.

    Examples:
        >>> parted(['"a,b", c'], ",")
        [['a,b', 'c']]
    """
    import csv

    if delimiter == " ":
        lines = [one_space(line) for line in lines]
    rows = []
    try:
        for fields in csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != " ", strict=True):
            if fields:
                rows.append([field.strip() for field in fields])
    except csv.Error:
        return rows
    return rows


def one_space(line: str) -> str:
    r"""A line whose fields are parted by one space each, however many there were; those in quotes stay.

    Args:
        line: with its line end.

    Returns:
        The same fields.

    Examples:
        >>> one_space('  1   2 "a  b"\n')
        '1 2 "a  b"\n'
    """
    text = line.rstrip("\r\n")
    return SPACES.sub(lambda match: match.group(1) or " ", text.strip(" ")) + line[len(text) :]


def _parts_alike(lines: Sequence[str], sign: str) -> bool:
    """Whether rows have the same number of fields, at least two; the first may have one less, as R leaves it."""
    rows = parted(lines[:LOOKED_AT], sign)
    if not rows:
        return False
    n = len(rows[-1])
    for fields in rows[1:]:
        if len(fields) != n:
            return False
    n_first = len(rows[0])
    return n > 1 and (n_first == n or (n_first == n - 1 and len(rows) > 1))


def _has_decimal_commas(lines: Sequence[str], sign: str) -> bool:
    """Whether every comma, if fields are parted by another sign, stands in a number."""
    found = False
    for fields in parted(lines[:LOOKED_AT], sign):
        for text in fields:
            if "," in text:
                if not WITH_COMMA.fullmatch(text):
                    return False
                found = True
    return found


def _counts_of_first_row(lines: Sequence[str]) -> dict[str, int]:
    """How often each sign stands in the first row outside of quotes."""
    counts = dict.fromkeys(DELIMITERS, 0)
    in_quotes = False
    n_letters = 0
    for text in lines:
        n_letters += len(text)
        in_quotes = _count_delimiters(text, counts, in_quotes)
        if text.strip("\r\n") and not in_quotes:
            break
        if n_letters > LONGEST_LINE:  # a quote without end
            break
    return counts


def _count_delimiters(text: str, counts: dict[str, int], in_quotes: bool) -> bool:
    """Count those of a line that stand outside of quotes; whether the line ends inside."""
    before = DELIMITERS[0]  # a line begins as a field does
    for sign in text:
        if sign == '"' and (in_quotes or before == '"' or before in counts):  # two are a quote that goes on
            in_quotes = not in_quotes
            before = sign
        elif not in_quotes and sign in counts:
            counts[sign] += 1
            before = sign
        elif sign != " ":
            before = "a letter"
    return in_quotes
