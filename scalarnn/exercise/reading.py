"""From a TOML file to an exercise; every error names the file and the line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from scalarnn.exercise.description import Exercise, name_of
from scalarnn.exercise.kinds import Decimal, EntryError, ExerciseError
from scalarnn.exercise.lines import line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

__all__ = ["read", "read_text"]

LARGEST_FILE = 1_000_000  # bytes


def read(path: str | PathLike[str]) -> Exercise:
    """The exercise in a file.

    Args:
        path: a TOML file.

    Raises:
        ExerciseError: it cannot be read, or something in it is wrong: one line with the file, the line in it, and what
            was expected.
    """
    shown = "".join(letter if letter.isprintable() else "?" for letter in str(path))
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise ExerciseError(f"{shown}: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > LARGEST_FILE:
        raise ExerciseError(f"{shown}: larger than {LARGEST_FILE} bytes: expected an exercise to be read by people")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ExerciseError(f"{shown}, line {line}: no UTF-8: expected a text file in UTF-8") from None
    return read_text(text, shown)


def read_text(text: str, name: str = "exercise.toml") -> Exercise:
    """The exercise in a text.

    Args:
        text: TOML.
        name: what errors call it.

    Raises:
        ExerciseError: something in it is wrong.

    Examples:
        >>> read_text("x = [1, 2]\\n[[layer]]\\nW = [[0.5, '1/3']]").layers[0].W
        [[Fraction(1, 2), Fraction(1, 3)]]
        >>> read_text("x = [1, 2]\\n[[layer]]\\nW = [[0.5, 'a']]")
        Traceback (most recent call last):
        scalarnn.exercise.kinds.ExerciseError: exercise.toml, line 3: layer[0].W[0][1]: 'a': expected a number such as \
0.5, -2 or "1/3"
    """
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(f"{name}, {_no_toml(str(error), text)}") from None
    except (RecursionError, ValueError):  # more digits than Python reads
        raise ExerciseError(f"{name}: nested too deeply, or a number too long: expected an exercise") from None
    try:
        return Exercise.checked(data)
    except EntryError as wrong:
        said = f"{name_of(wrong.path)}: {wrong}"
        raise ExerciseError(f"{name}, line {line_of(text, wrong.path)}: {said}") from None
    except RecursionError:
        raise ExerciseError(f"{name}: nested too deeply: expected an exercise") from None


def _no_toml(message: str, text: str) -> str:
    """What tomllib says, with the line in front, and what helps with the slips that people make."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    lines = text.splitlines() or [""]
    number = int(place[1]) if place and place[1] else len(lines)
    line = lines[number - 1] if number <= len(lines) else ""
    said = message[: place.start()] if place else message
    hint = ""
    if re.search(r"\d\s*/\s*\d", line):
        hint = '; a fraction stands in quotes: "1/3"'
    elif re.search(r"(^|[^\d])\.\d|\d\.([^\d]|$)", line):
        hint = "; a number has digits on both sides of its point: 0.5"
    elif re.search(r"=\s*[A-Za-z]", line):
        hint = "; a text stands in quotes"
    return f"line {number}: no TOML: {said[:1].lower()}{said[1:]}{hint}"
