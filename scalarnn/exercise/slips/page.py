"""A page of answers: lines such as `L = 0.5` among others."""

from __future__ import annotations

import re

from scalarnn.exercise.slips.figures import read_figure
from scalarnn.exercise.slips.quantities import entry, named
from scalarnn.worked.own_numbers import HomeworkError, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.figures import Figure

    Path = tuple[str | int, ...]

__all__ = ["ANSWER", "read_answer", "read_page"]

ANSWER = re.compile(r"\s*(?:[-*•]\s+)?(?P<name>[^=≈:]+?)\s*(?::?=|≈|:)\s*(?P<number>\[.*\]|[^\[\]=≈]+?)\s*[.;]?\s*")


def read_answer(text: str, exercise: Exercise | None, values: dict[str, Any]) -> list[tuple[Path, Figure]]:
    """The answers of one line: a number, or a list with a number for each entry.

    Args:
        text: NAME = NUMBER.
        exercise: as for `named`.
        values: every value by its name.

    Raises:
        HomeworkError: it is no answer, there is no such value, or the list is of another shape.
    """
    found = ANSWER.fullmatch(text)
    if found is None:
        raise HomeworkError(f"{short(text.strip())!r}: expected NAME = NUMBER, such as L = 0.5")
    path = named(found["name"], exercise, values)
    return _answers(path, entry(values, path), found["number"], found["name"])


def read_page(
    lines: Iterable[str], exercise: Exercise | None, values: dict[str, Any]
) -> tuple[list[tuple[Path, Figure]], int]:
    """The answers of a page, and how many other lines it has; empty ones do not count."""
    answers: list[tuple[Path, Figure]] = []
    n_others = 0
    for line in lines:
        try:
            answers += read_answer(line, exercise, values)
        except HomeworkError:
            n_others += bool(line.strip())
    return answers, n_others


def _answers(path: Path, value: Any, text: str, name: str) -> list[tuple[Path, Figure]]:
    """A figure for each number of the value."""
    entries = _entries(text.strip())
    if not isinstance(value, list) and len(entries) == 1:
        return [(path, read_figure(entries[0]))]
    if not isinstance(value, list):
        raise HomeworkError(f"{name.strip()}: a list of {len(entries)}: expected 1 number")
    if len(entries) != len(value):
        what = "1 number" if len(entries) == 1 else f"a list of {len(entries)}"
        raise HomeworkError(f"{name.strip()}: {what}: expected {len(value)}, or one entry by its index, [0]")
    answers: list[tuple[Path, Figure]] = []
    for i in range(len(value)):
        answers += _answers((*path, i), entry({"it": value}, ("it", i)), entries[i], name)
    return answers


def _entries(text: str) -> list[str]:
    """What stands between the commas of a list, of its outermost brackets."""
    if not (text.startswith("[") and text.endswith("]")):
        return [text]
    entries, depth, begun = [], 0, 1
    for place in range(1, len(text) - 1):
        depth += (text[place] == "[") - (text[place] == "]")
        if depth == 0 and text[place] in ",;":
            entries.append(text[begun:place].strip())
            begun = place + 1
    return [*entries, text[begun:-1].strip()]
