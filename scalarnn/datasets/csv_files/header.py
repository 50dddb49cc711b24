"""Whether the first line of a table holds names: by what differs between it and the rows below.

A word above numbers is a name, and so is a word that never comes again above words that do. A number among numbers of
its column is a sample's, and so is a word that comes again. Numbers may be names too: years, or 0, 1, 2 … as pandas
writes them; they lie far from the numbers below, or count on where no row does. What speaks for names is counted, and
what speaks against them; a tie is no header.
"""

from __future__ import annotations

from scalarnn.datasets.csv_files.fields import is_missing, is_number, is_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_header"]

SHORTEST_RUN = 3  # numbers that count on and may be names
LONG_RISE = 6  # numbers that rise, which one row in 720 does by chance
MANY_ROWS = 10  # which show the classes that there are


def is_header(first: Sequence[str], rows: Sequence[Sequence[str]], decimal: str = ".") -> bool:
    """Whether the first row holds the names of the columns.

    Args:
        first: its fields.
        rows: the fields of some rows below it.
        decimal: the decimal sign.

    Returns:
        True if more speaks for it than against it.

    Examples:
        >>> rows = [["3.5", "4.1", "a"], ["2.5", "0.3", "b"], ["0.1", "1.5", "a"]]
        >>> is_header(["", "y", "kind"], rows), is_header(["2019", "2020", "kind"], rows)
        (True, True)
        >>> is_header(["3.3", "1.7", "b"], rows)
        False
    """
    kinds = []
    for text in first:
        kinds.append("number" if is_number(text, decimal) else "gap" if is_missing(text) else "word")
    if "word" in kinds and "number" not in kinds and "gap" not in kinds:
        return True
    if len(rows) > 0 and len(first) == len(rows[0]) - 1 and "word" in kinds:
        return True  # R leaves the name of the row names out
    counts_on = _counts_on(first, kinds) and not any(_counts_on(row, kinds) for row in rows)
    rises = _rises(first, kinds, decimal) and len(rows) >= MANY_ROWS
    rises = rises and not any(_rises(row, kinds, decimal) for row in rows)
    usual = counts_on or rises or _are_positions(first, kinds) or _may_be_names(first, kinds, rows)
    speaks_for, speaks_against, n_far = int(rises or (counts_on and kinds.count("number") >= SHORTEST_RUN)), 0, 0
    for i in range(len(first)):
        below = [row[i] for row in rows if i < len(row) and not is_missing(row[i])]
        numbers = [float(text.replace(",", ".")) for text in below if is_number(text, decimal)]
        if kinds[i] == "word":
            vote = _of_a_word(first[i], below, len(numbers))
        elif kinds[i] == "number":
            far = _is_far(first[i], numbers)
            neutral = far or rises or (usual and is_whole(first[i]))
            vote = 1 if below and not numbers else 0 if neutral or not numbers else -1
            n_far += far and len(numbers) > 1
        else:
            vote = 0
        speaks_for += vote > 0
        speaks_against += vote < 0
    if n_far > 1 and n_far == kinds.count("number"):  # none that could stand below
        speaks_for += 1
    return speaks_for > speaks_against and len(rows) > 0


def _of_a_word(text: str, below: list[str], n_numbers: int) -> int:
    """1 if it is rather a name, −1 if it is rather a sample's, 0 if nobody knows."""
    if text in below:
        return -1
    if below and n_numbers == len(below):
        return int(_has_letters(text))  # a dash may be a gap
    return int(n_numbers == 0 and 2 * len(set(below)) <= len(below))


def _is_far(text: str, numbers: list[float]) -> bool:
    """Whether a number is far from all below, more than they are from each other: no sample's, rather a name."""
    if not numbers:
        return False
    value = float(text.replace(",", "."))
    low, high = min(numbers), max(numbers)
    far = value < low - (high - low) or value > high + (high - low)
    return far and (is_whole(text) or high > low)


def _has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _rises(fields: Sequence[str], kinds: Sequence[str], decimal: str) -> bool:
    """Whether the numbers of a row, many of them, rise from each to the next, as the borders of bins do."""
    before = None
    n = 0
    for i in range(min(len(fields), len(kinds))):
        if kinds[i] != "number":
            continue
        if not is_number(fields[i], decimal):
            return False
        value = float(fields[i].replace(",", "."))
        if before is not None and value <= before:
            return False
        before = value
        n += 1
    return n >= LONG_RISE


def _counts_on(fields: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether the numbers of a row, at least two, are whole and each is one more than the one before."""
    before = None
    n = 0
    for i in range(min(len(fields), len(kinds))):
        if kinds[i] != "number":
            continue
        if not is_whole(fields[i]) or (before is not None and int(fields[i]) != before + 1):
            return False
        before = int(fields[i])
        n += 1
    return n > 1


def _are_positions(fields: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether the numbers are 0, 1, 2 … or 1, 2, 3 … beside words, as pandas names columns that have no names."""
    numbers = [fields[i] for i in range(len(fields)) if kinds[i] == "number"]
    counted = [str(k) for k in range(len(numbers) + 1)]
    return "word" in kinds and len(numbers) > 1 and numbers in (counted[:-1], counted[1:])


def _may_be_names(fields: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether all numbers are whole and different, beside a word above numbers, or above classes that it is none of.

    If it were one of them, it would be a class of one sample, from which nothing can be learned.
    """
    numbers = [fields[i] for i in range(len(fields)) if kinds[i] == "number"]
    if len(set(numbers)) < len(numbers) or not all(is_whole(text) for text in numbers):
        return False
    for i in range(len(fields)):
        below = [row[i] for row in rows if i < len(row)]
        if kinds[i] == "word" and len(below) > 1 and _has_letters(fields[i]) and all(is_number(text) for text in below):
            return True
        different = set(below)
        few = len(below) >= MANY_ROWS and 3 * len(different) <= len(below)
        if kinds[i] == "word" and few and fields[i] not in different:
            return not any(below.count(text) == 1 for text in different)
    return False
