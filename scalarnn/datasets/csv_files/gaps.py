"""A gap, or a class that is called none? Na, null and none stand for a missing class, and may well be one."""

from __future__ import annotations

from scalarnn.datasets.csv_files.fields import is_missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["classes_called_none"]

WORDS = ("none", "null", "na", "n/a")  # other words for a gap are a class only if somebody says so


def classes_called_none(texts: Sequence[str], keep: bool | None = None) -> list[str]:
    """The words for a gap that are a class here: as common as one of the other classes, or kept on request.

    Common is what comes at least twice, and half as often as the rarest of the others that come twice or more.

    Args:
        texts: the class of every row, as the file has it.
        keep: True if all such words are classes, False if none is, None to count.

    Returns:
        The words, in the order of the alphabet; never the empty one.

    Examples:
        >>> classes_called_none(["none", "mild", "none", "mild", "severe", "severe"])
        ['none']
        >>> classes_called_none(["male", "female", "NA"] + ["male", "female"] * 9)
        []
    """
    if keep is False:
        return []
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    others = [n for text, n in counts.items() if n > 1 and not is_missing(text)]
    found = []
    for text, n in counts.items():
        if text == "" or not is_missing(text):
            continue
        common = text.lower() in WORDS and n > 1 and others and 2 * n >= min(others)
        if keep or common:
            found.append(text)
    return sorted(found)
