"""Formulas of a source in the letters of the book.

`004` writes u before ReLU and z after it, y for the prediction and t for the target. All letters change at once, so
that a z that was a u does not become an a.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docs.extensions.by_hand import Row
from docs.extensions.errors import BookError

OURS = {"004": {"u": "z", "z": "a", "y": r"\hat y", "t": "y", r"\text{target}": "y"}}
TOKEN = re.compile(
    r"\\(?:text|operatorname|mathsf|mathbf|begin|end)\{[^}]*\}|\\[A-Za-z]+|(?<![A-Za-z])[A-Za-z](?![A-Za-z])"
)


def in_our_letters(tex: str, source: str) -> str:
    """A formula of the source, in the book's letters.

    Args:
        tex: LaTeX in the letters of the source.
        source: its number.
    """
    if source not in OURS:
        raise BookError(f"no letters are known for {source!r}; they are for {', '.join(OURS)}")
    return TOKEN.sub(lambda found: OURS[source].get(found[0], found[0]), tex)


def rows_in_our_letters(rows: Iterable[Row], source: str) -> list[Row]:
    """The same for the formulas of rows."""
    return [(place, in_our_letters(formula, source), value) for place, formula, value in rows]
