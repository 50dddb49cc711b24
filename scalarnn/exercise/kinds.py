"""What may stand after a key of an exercise file: one object a kind, which reads a value and says it in JSON Schema.

    TEXT, NUMBER, POSITIVE, BETA …   kinds without a choice
    Choice                           one of the names that there are
    EntryError                            a value is not what its key expects; it knows where it stands

Numbers come out exact, an int or a Fraction: 0.1 is 1/10, and so is "1/10".
"""

from __future__ import annotations

import math
from fractions import Fraction

from scalarnn.nearest import nearest
from scalarnn.worked.own_numbers import HomeworkError, as_text, exact_number, read_numbers, short, to_fraction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

__all__ = [
    "BETA",
    "COUNT",
    "DECAY",
    "GAMMA",
    "LABEL",
    "LABELS",
    "MATRIX",
    "NAMES",
    "NUMBER",
    "POSITIVE",
    "SAMPLES",
    "TEXT",
    "VECTOR",
    "Choice",
    "Decimal",
    "ExerciseError",
    "Kind",
    "EntryError",
    "plain_name",
]

MOST_STEPS = 10_000
LONGEST_TEXT = 1000
A_NUMBER = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[-+−]?[0-9.eE_]+(\s*/\s*[0-9.eE_]+)?\s*$"}]
}
A_VECTOR = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/number"}}
A_MATRIX = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/vector"}}


class ExerciseError(HomeworkError):
    """An exercise file cannot be used: one line, with the file, the line in it, and what was expected."""


class EntryError(ExerciseError):
    """A value is not what its key expects.

    Args:
        path: the keys and places that lead to it, such as ("layer", 1, "W", 0).
        message: what it is, and what was expected.
    """

    def __init__(self, path: tuple[Any, ...], message: str) -> None:
        super().__init__(message)
        self.path = path


class Decimal(str):
    """The digits of a number with a point or an exponent, as they stand in the file."""

    __slots__ = ()


class Kind:
    """What a value may be.

    Args:
        read: from a value and its path to the value as it is kept; raises EntryError.
        schema: the same in JSON Schema.
        words: the same for people.
    """

    def __init__(self, read: Callable[[Any, tuple[Any, ...]], Any], schema: dict[str, Any], words: str) -> None:
        self.read = read
        self.schema = schema
        self.words = words


class Choice(Kind):
    """One of the names that there are; capitals, blanks, dashes and underscores make no difference.

    Args:
        names: the names.
        others: what else some of them are called, and which.

    Examples:
        >>> Choice(["half_squared_error", "cross_entropy"]).read("Half squared error", ("loss",))
        'half_squared_error'
    """

    def __init__(self, names: Iterable[str], others: Mapping[str, str] | None = None) -> None:
        self.names = list(names)
        self.called = {plain_name(name): name for name in self.names} | dict(others or {})
        shown = [name.replace("_", " ") for name in self.names]
        pattern = f"^({'|'.join(map(_any_spelling, self.called))})$"
        schema = {"anyOf": [{"enum": shown}, {"type": "string", "pattern": pattern}]}
        super().__init__(self._read, schema, " | ".join(shown))

    def _read(self, value: Any, path: tuple[Any, ...]) -> str:
        text = read_text(value, path)
        if plain_name(text) in self.called:
            return self.called[plain_name(text)]
        shown = [name.replace("_", " ") for name in self.names]
        raise EntryError(path, f"{text!r} is not known{nearest(text.lower(), shown)}")


def plain_name(text: str) -> str:
    """A name without what makes no difference.

    Examples:
        >>> plain_name("Leaky-ReLU"), plain_name("leaky_relu")
        ('leakyrelu', 'leakyrelu')
    """
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _any_spelling(name: str) -> str:
    """A pattern for what plain_name makes this of."""
    letters = [f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in name]
    return "[^A-Za-z0-9]*".join(letters)


# ---- readers ---------------------------------------------------------------------------------------------------------


def read_text(value: Any, path: tuple[Any, ...]) -> str:
    """A text on one line, without what would play tricks on a terminal."""
    if isinstance(value, Decimal) or not isinstance(value, str):
        raise EntryError(path, f"{_shown(value)}: expected a text in quotes")
    if len(value) > LONGEST_TEXT:
        raise EntryError(path, f"{len(value)} characters: expected {LONGEST_TEXT} at most")
    return "".join(letter if letter.isprintable() else " " for letter in value).strip()


def read_number(value: Any, path: tuple[Any, ...]) -> int | Fraction:
    """An exact number, of 400 digits at most, that a float can hold too."""
    number = _exact(value, path)
    try:
        float(number)
    except OverflowError:
        raise EntryError(path, f"{_shown(value)} is too large: expected a number that a float can hold") from None
    return number


def _exact(value: Any, path: tuple[Any, ...]) -> int | Fraction:
    where = str(path[-1])
    try:
        if isinstance(value, Decimal):
            digits = value.replace("_", "")
            if digits.lstrip("+-") not in ("inf", "nan"):
                return exact_number(where, math.nan, digits)
        elif isinstance(value, str):
            number = read_numbers(where, value)
            if isinstance(number, (int, Fraction)):
                return number
        elif isinstance(value, Fraction) or type(value) is int:
            return value
        elif type(value) is float and math.isfinite(value):
            return to_fraction(value)
    except HomeworkError:
        if isinstance(value, Decimal):
            raise EntryError(path, f"{value} is out of reach: expected a number that a float can hold") from None
    raise EntryError(path, f'{_shown(value)}: expected a number such as 0.5, -2 or "1/3"')


def _bounded(low: int, high: int | None, words: str, *, low_too: bool, high_too: bool = False) -> Kind:
    """Numbers in an interval."""

    def read(value: Any, path: tuple[Any, ...]) -> int | Fraction:
        number = read_number(value, path)
        below = number < low if low_too else number <= low
        above = high is not None and (number > high if high_too else number >= high)
        if below or above:
            raise EntryError(path, f"{_shown(value)}: expected {words}")
        return number

    return Kind(read, _of_numbers("number"), words)


def read_vector(value: Any, path: tuple[Any, ...]) -> list[Any]:
    """A list of numbers; a number alone is a list of one."""
    if not isinstance(value, (list, tuple)):
        return [read_number(value, path)]
    if not value:
        raise EntryError(path, "an empty list: expected at least one number")
    numbers = []
    for i, entry in enumerate(value):
        if isinstance(entry, (list, tuple)):
            raise EntryError(
                (*path, i), f"{_shown(value)}: expected a list of numbers; a list of rows goes with X and Y"
            )
        numbers.append(read_number(entry, (*path, i)))
    return numbers


def read_matrix(value: Any, path: tuple[Any, ...]) -> list[list[Any]]:
    """Rows of numbers, all of one length."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in value):
        raise EntryError(path, f"{_shown(value)}: expected a list of rows, such as [[1, 2], [3, 4]]")
    if not value:
        raise EntryError(path, "no rows: expected a list of rows, such as [[1, 2], [3, 4]]")
    rows: list[list[Any]] = []
    for j, row in enumerate(value):
        numbers = read_vector(row, (*path, j))
        if rows and len(numbers) != len(rows[0]):
            raise EntryError((*path, j), f"{_numbers(len(numbers))}: expected {len(rows[0])}, as in row 0")
        rows.append(numbers)
    return rows


def read_samples(value: Any, path: tuple[Any, ...]) -> list[list[Any]]:
    """A row a sample; a list of numbers is a sample each."""
    if isinstance(value, (list, tuple)) and value and not any(isinstance(row, (list, tuple)) for row in value):
        return [[read_number(entry, (*path, i))] for i, entry in enumerate(value)]
    return read_matrix(value, path)


def read_whole(value: Any, path: tuple[Any, ...]) -> int:
    """A whole number from 0 up."""
    if type(value) is not int or value < 0:
        raise EntryError(path, f"{_shown(value)}: expected a whole number from 0 up")
    return value


def _read_count(value: Any, path: tuple[Any, ...]) -> int:
    if type(value) is not int or not 1 <= value <= MOST_STEPS:
        raise EntryError(path, f"{_shown(value)}: expected a whole number from 1 to {MOST_STEPS}")
    return value


def _read_labels(value: Any, path: tuple[Any, ...]) -> list[int]:
    if not isinstance(value, (list, tuple)) or not value:
        raise EntryError(path, f"{_shown(value)}: expected a list of whole numbers, a class a sample")
    return [read_whole(entry, (*path, n)) for n, entry in enumerate(value)]


def _read_names(value: Any, path: tuple[Any, ...]) -> list[str]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)):
        raise EntryError(path, f'{_shown(value)}: expected a list of names, such as ["b"] or ["W[0]", "b[0]"]')
    return [read_text(entry, (*path, i)) for i, entry in enumerate(value)]


def _shown(value: Any) -> str:
    """A value as it is typed in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and not isinstance(value, Decimal):
        return repr(short(value))
    if isinstance(value, dict):
        return "a table"
    try:
        return short(as_text(value))
    except ValueError:  # more digits than Python writes
        return "a very long number"


def _numbers(n: int) -> str:
    return "1 number" if n == 1 else f"{n} numbers"


def _of_numbers(of: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/definitions/{of}"}]}


TEXT = Kind(read_text, {"type": "string"}, "a text")
NUMBER = Kind(read_number, _of_numbers("number"), "a number")
POSITIVE = _bounded(0, None, "a number above 0", low_too=False)
DECAY = _bounded(0, None, "a number from 0 up", low_too=True)
BETA = _bounded(0, 1, "a number from 0 up, below 1", low_too=True)
GAMMA = _bounded(0, 1, "a number above 0, at most 1", low_too=False, high_too=True)
VECTOR = Kind(read_vector, {"anyOf": [_of_numbers("vector"), _of_numbers("number")]}, "a list of numbers")
MATRIX = Kind(read_matrix, _of_numbers("matrix"), "a list of rows of numbers")
SAMPLES = Kind(read_samples, {"anyOf": [_of_numbers("matrix"), _of_numbers("vector")]}, "a list of rows, one a sample")
COUNT = Kind(_read_count, {"type": "integer", "minimum": 1, "maximum": MOST_STEPS}, "a whole number from 1 up")
LABEL = Kind(read_whole, {"type": "integer", "minimum": 0}, "a whole number from 0 up")
LABELS = Kind(
    _read_labels,
    {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 0}},
    "a list of whole numbers",
)
A_LIST_OF_TEXTS = {"type": "array", "items": TEXT.schema}
NAMES = Kind(_read_names, {"anyOf": [A_LIST_OF_TEXTS, TEXT.schema]}, "a list of names")
