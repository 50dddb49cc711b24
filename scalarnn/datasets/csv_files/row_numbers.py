"""Columns that only count the rows, or name them: pandas and R write one in front. None of them is a feature.

A column without a name, or with one that pandas or R give, is left out if it holds nothing, counts, holds each whole
number once, or a different word in each row. A column called id or index, and the first of a file without names, is
left out if it counts 0, 1, 2 … or 1, 2, 3 … without a gap.
"""

from __future__ import annotations

import re

from scalarnn.datasets.csv_files.fields import is_missing, is_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["counts_rows", "is_given", "may_count_rows", "why_left_out"]

GIVEN = re.compile(r"|unnamed: ?[0-9]+|\.?row[._ ]?names?|\.\.\.1|level_0|__index_level_0__", re.IGNORECASE)
USUAL = re.compile(
    r"(?i:index|idx|(.*[^a-z])?(id|no|nr)\.?|#|rows?|row[._ ]?(number|id|index)|obs|case)|.*[a-z](Id|ID)|X|V1"
)
FEWEST = 5  # rows, below which a column may count by chance


def may_count_rows(i: int, name: str, header: bool) -> bool:
    """Whether a column might be one, by its name and place.

    Args:
        i: its position.
        name: as the file has it, "" for none.
        header: whether the file has names.

    Returns:
        True if its entries have to be looked at.

    Examples:
        >>> may_count_rows(3, "", True), may_count_rows(0, "PassengerId", True), may_count_rows(0, "width", True)
        (True, True, False)
    """
    if not header:
        return i == 0
    return is_given(name) or USUAL.fullmatch(name.strip("' ")) is not None


def why_left_out(texts: Sequence[str], name: str, header: bool) -> str | None:
    """Why a column that may be one is left out; None if it is a feature like others.

    Args:
        texts: its entries, from the first row to the last.
        name: as the file has it, "" for none.
        header: whether the file has names.

    Returns:
        A few words, or None.

    Examples:
        >>> why_left_out(["0", "1", "2"], "", True), why_left_out(["1.5", "0.3", "1.5"], "", True)
        ('counts the rows', None)
        >>> why_left_out(["Mazda", "Datsun"], "rownames", True)
        'names the rows'
    """
    if counts_rows(texts) and (header or len(texts) >= FEWEST):
        return "counts the rows"
    if header and is_given(name):
        present = [text for text in texts if not is_missing(text)]
        if not present:
            return "is empty"
        if all(is_whole(text) for text in texts) and (len(set(texts)) == len(texts) or _counts_again(texts)):
            return "numbers the rows"
        if not any(is_whole(text) for text in present) and len(set(texts)) == len(texts) and _are_words(present):
            return "names the rows"
    return None


def counts_rows(texts: Sequence[str]) -> bool:
    """Whether entries are 0, 1, 2 … or 1, 2, 3 …

    Args:
        texts: the entries.

    Returns:
        True if they are, one at least.

    Examples:
        >>> counts_rows(["1", "2", "3"]), counts_rows(["1", "3"])
        (True, False)
    """
    if not texts or texts[0] not in ("0", "1"):
        return False
    start = int(texts[0])
    for n in range(len(texts)):
        if texts[n] != str(start + n):
            return False
    return True


def is_given(name: str) -> bool:
    """Whether a column has no name, or one that a program gave it.

    Args:
        name: as the file has it, "" for none.

    Returns:
        True if it has none of its own.

    Examples:
        >>> is_given(""), is_given("Unnamed: 0"), is_given("id")
        (True, True, False)
    """
    return GIVEN.fullmatch(name) is not None


def _counts_again(texts: Sequence[str]) -> bool:
    """Whether they count on by one, beginning again at 0 or 1: tables that were put one below the other."""
    n_run = 0
    for n in range(len(texts)):
        if n_run and int(texts[n]) == int(texts[n - 1]) + 1:
            n_run += 1
        elif texts[n] in ("0", "1") and (n == 0 or n_run >= FEWEST):
            n_run = 1
        else:
            return False
    return True


def _are_words(texts: Sequence[str]) -> bool:
    for text in texts:
        try:
            float(text)
        except ValueError:
            return True
    return False
