"""Which classes there are and the index of each; and whether a column of many numbers is no class at all."""

from __future__ import annotations

import re

from scalarnn.datasets.csv_files.fields import is_number, is_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["class_called", "looks_like_numbers", "sorted_classes"]

SHORT_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
MANY_WHOLE = 20  # different whole numbers that may still be classes, however few samples each has
MANY = 10  # the same of numbers with decimals
FEW_SAMPLES = 5


def sorted_classes(texts: Sequence[str]) -> list[str]:
    """The different classes, sorted; whole numbers by value.

    Args:
        texts: the class of every row.

    Returns:
        Each once.

    Examples:
        >>> sorted_classes(["10", "9", "10"]), sorted_classes(["rose", "iris"])
        (['9', '10'], ['iris', 'rose'])
    """
    classes = sorted(set(texts))
    if all(SHORT_WHOLE.fullmatch(text) for text in classes):
        classes.sort(key=int)
    return classes


def class_called(text: str, class_names: Sequence[str]) -> int | None:
    """The index of a class by its name; where all classes are numbers, 1.0 is 1.

    Args:
        text: as a file has it.
        class_names: the classes.

    Returns:
        An index; None if there is no such class.

    Examples:
        >>> class_called("1.0", ["0", "1"]), class_called("iris", ["iris", "rose"]), class_called("2", ["0", "1"])
        (1, 0, None)
    """
    if text in class_names:
        return class_names.index(text)
    if not is_number(text):
        return None
    value = float(text)
    found = None
    for k in range(len(class_names)):
        if not is_number(class_names[k]):
            return None
        if float(class_names[k]) == value:
            if found is not None:
                return None
            found = k
    return found


def looks_like_numbers(texts: Sequence[str], decimal: str = ".") -> bool:
    """Whether the last column of a table is a number to be told rather than a class to be named.

    That is so if more than half of the rows have a number of their own, or if there are more than ten with decimals,
    or more than twenty whole ones of which some come once or which come fewer than five times on average.

    Args:
        texts: the entry of every row.
        decimal: the decimal sign.

    Returns:
        True if it does.

    Examples:
        >>> looks_like_numbers(["1.5", "2.5", "0.3"]), looks_like_numbers(["0", "1", "1", "0"])
        (True, False)
    """
    counts: dict[str, int] = {}
    whole = True
    for text in texts:
        if not is_number(text, decimal):
            return False
        whole = whole and (is_whole(text) or float(text.replace(",", ".")).is_integer())
        counts[text] = counts.get(text, 0) + 1
    n = len(counts)
    if n < 3:
        return False
    if 2 * n > len(texts):
        return True
    if not whole:
        return n > MANY
    return n > MANY_WHOLE and (min(counts.values()) == 1 or len(texts) < FEW_SAMPLES * n)
