"""Errors of a call, in one line for people, with the nearest thing that there is."""

from __future__ import annotations

from scalarnn.nearest import listed, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["UsageError", "as_json", "by_its_ends", "listed", "nearest", "printable"]

LONGEST_LIST = 12


class UsageError(Exception):
    """The call is wrong: one line that says what, and what is nearest."""


def by_its_ends(pieces: list[str], between: str) -> str:
    """All of a list, or if it is long its first six and last three.

    Examples:
        >>> by_its_ends(["64", "32", "10"], ","), by_its_ends(list("abcdefghijklmn"), ", ")
        ('64,32,10', 'a, b, c, d, e, f, …, l, m, n')
    """
    if len(pieces) > LONGEST_LIST:
        pieces = [*pieces[:6], "…", *pieces[-3:]]
    return between.join(pieces)


def printable(text: str) -> str:
    """Text from a file as a terminal may get it: without control characters.

    Examples:
        >>> printable("Ad\\x1bélie")
        'Ad?élie'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def as_json(data: Any) -> str:
    """Data as JSON for people: letters as they are, control characters escaped, so that a terminal may get it.

    Examples:
        >>> print(as_json({"Adélie": "\\x9b2J"}))
        {
         "Adélie": "\\u009b2J"
        }
    """
    import json

    pieces = []
    for letter in json.dumps(data, ensure_ascii=False, indent=1):
        pieces.append(letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1])
    return "".join(pieces)
