"""An example with numbers of your own: `w=[1, -2, 3]`, `b=1/3`; in fractions, in floats or in float32.

A value is read as an exact number first: 0.1 is 1/10, whatever Python makes of it. Then it takes the kind of the number
that it replaces, or the kind that was asked for:

    fraction    every given number a Fraction, decimals exactly
    float       every given number a float
    float32     every given number a Float32, rounded once

Counts, seeds and labels stay whole numbers in any kind.
"""

from __future__ import annotations

import contextlib
import inspect
import traceback
from fractions import Fraction

from scalarnn import check
from scalarnn.tracing import RecordingTooLong, record
from scalarnn.tracing.record import MATHEMATICS
from scalarnn.worked.example import EXAMPLES, Example
from scalarnn.worked.own_numbers import (
    HomeworkError,
    as_text,
    depth,
    each,
    holds,
    read_numbers,
    short,
    to_float,
    to_fraction,
    to_kind,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from scalarnn.tracing import Recording

__all__ = [
    "KINDS",
    "HomeworkError",
    "TooLongError",
    "arguments",
    "explained",
    "givens",
    "recorded",
    "with_own_numbers",
    "worked_once",
]

KINDS = ("fraction", "float", "float32")
# The longest example, 200 iterations of a layer, has about 110,000 lines; they take about 100 MB.
MAX_LINES = 150_000
MAX_NUMBERS = 1_500_000


class TooLongError(HomeworkError):
    """The run is too long to be recorded."""


def givens(example: Example, settings: Mapping[str, str], kind: str | None = None) -> dict[str, Any]:
    """What an example starts from, with some of it replaced.

    Args:
        example: the example.
        settings: the text of a value for each name to replace; every name is one of the example's given ones.
        kind: one of KINDS; None to leave each number in the kind it has.

    Returns:
        Name and value of everything given.

    Raises:
        HomeworkError: a text is no number, or list of numbers, of the nesting that the example has there.

    Examples:
        >>> from scalarnn.worked import load
        >>> givens(load("002-neuron"), {"w": "[0.1, 1/3, 2]"})["w"]
        [Fraction(1, 10), Fraction(1, 3), 2]
        >>> for kind in KINDS:
        ...     print(givens(load("003-neuron"), {}, kind)["learning_rate"])
        1/1000
        0.001
        Float32(0.0010000000474974513)
    """
    whole = _whole_number_names(example)
    in_floats = any(holds(value, float) for value in example.given.values())
    values = {}
    for name, given in example.given.items():
        value = given
        if name in settings:
            value = read_numbers(name, settings[name])
            _check_nesting(name, value, given)
        if name in whole:
            _check_whole(name, value)
        elif kind is not None:
            value = each(value, to_kind(kind, name))
        elif name in settings:
            value = _in_kind_of(name, value, given, in_floats)
        _check_entries(name, value)
        values[name] = value
    return values


def with_own_numbers(name: str, settings: Mapping[str, str], kind: str | None = None) -> Example:
    """The example of that name, given other numbers.

    Raises:
        HomeworkError: as for givens.

    Examples:
        >>> with_own_numbers("004-network", {"x": "[0, 0]"}).work()["y"]
        6
    """
    example = Example(name)
    example.given = givens(example, settings, kind)
    example.kind = kind
    return example


def arguments(example: Example) -> dict[str, Any]:
    """What the example's `work` is called with."""
    accepted = inspect.signature(example.module.work).parameters
    return {name: value for name, value in example.given.items() if name in accepted}


def worked_once(example: Example, kind: str | None = None) -> dict[str, Any]:
    """What the example's `work` computes, every name with its value.

    Raises:
        HomeworkError: it cannot be worked with these numbers.
    """
    with explained(example):
        worked: dict[str, Any] = example.module.work(**arguments(example))
    if kind == "fraction":
        _check_exact(example, worked)
    return worked


def recorded(example: Example, kind: str | None = None) -> Recording:
    """The example worked under the recorder, with every function of the mathematics and of the examples.

    Raises:
        HomeworkError: it cannot be worked with these numbers, or the run is too long to be read.
    """
    modules = [*MATHEMATICS]
    for name in EXAMPLES:
        modules.append("scalarnn.worked.s" + name.replace("-", "_"))
    with explained(example):
        recording = record(
            example.module.work, also=modules, max_lines=MAX_LINES, max_numbers=MAX_NUMBERS, **arguments(example)
        )
    if kind == "fraction":
        _check_exact(example, recording.result)
    return recording


# ---- the right sort --------------------------------------------------------------------------------------------------


def _check_nesting(name: str, value: Any, given: Any) -> None:
    """A number for a number, a list for a list, a list of lists for a list of lists."""
    expected = depth(given)
    if depth(value) != expected:
        kinds = ("a number", "a list of numbers", "a list of rows of numbers")
        example = as_text(given)
        raise HomeworkError(f"{name} is {short(as_text(value))}: expected {kinds[expected]}, such as {example}")


def _check_whole(name: str, value: Any) -> None:
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, int):
            raise HomeworkError(f"{name} is {as_text(value)}: expected whole numbers")
    if name.startswith("n_") and value < 1:
        raise HomeworkError(f"{name} is {value}: expected a whole number from 1 up")


def _check_entries(name: str, value: Any) -> None:
    """Nothing empty, ragged or infinite: in the words of the package's own checks."""
    try:
        if depth(value) == 2:
            check.matrix(value, name)
        elif depth(value) == 1:
            check.vector(value, name)
        else:
            check.number(value, name)
    except (TypeError, ValueError) as error:
        raise HomeworkError(str(error)) from None


def _check_exact(example: Example, worked: Mapping[str, Any]) -> None:
    """Nothing among the worked values is a float."""
    for name, value in worked.items():
        if name not in example.given and holds(value, float):
            raise HomeworkError(
                f"{example.name} cannot be worked in fractions: {name} comes out as a float (drawn at random, rounded, "
                "or divided as one); use --numbers float"
            )


def _whole_number_names(example: Example) -> set[str]:
    """The given names that `work` declares as int or list[int]: counts, seeds, labels."""
    names = set()
    for name, parameter in inspect.signature(example.module.work).parameters.items():
        if parameter.annotation in ("int", "list[int]"):
            names.add(name)
    return names


# ---- the right kind --------------------------------------------------------------------------------------------------


def _in_kind_of(name: str, value: Any, given: Any, in_floats: bool) -> Any:
    """In the kind of the numbers replaced; where those are ints, ints stay and decimals follow the example's others."""
    if holds(given, Fraction):
        return each(value, to_fraction)
    if holds(given, float):
        return each(value, to_float(name))
    if in_floats and holds(value, Fraction):
        return each(value, to_float(name))
    return value


# ---- errors ----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def explained(example: Example) -> Iterator[None]:
    """Whatever goes wrong with numbers of one's own comes out as one line."""
    try:
        yield
    except RecordingTooLong as error:
        counts = [name for name in example.given if name.startswith("n_") or name == "steps"]
        advice = f", such as --set {counts[0]}=2" if counts else ""
        raise TooLongError(f"{error}{advice}") from None
    except (TypeError, ValueError, ArithmeticError, LookupError) as error:
        if example.is_as_printed:
            raise  # not the fault of whoever calls
        message = str(error)
        if message.startswith("a Fraction has no "):
            function = message.removeprefix("a Fraction has no ").partition(":")[0]
            message = f"{example.name} needs {function}, whose value is no fraction in general; use --numbers float"
            raise HomeworkError(message) from None
        raise HomeworkError(f"{message}{_where(error, example)}") from None


def _where(error: Exception, example: Example) -> str:
    """The line of the example, unless the message comes from a check and says it all; of an exercise, whose program
    nobody sees, the line with the exercise's name."""
    frames = traceback.extract_tb(error.__traceback__)
    is_written = str(example.module.__file__).startswith("<")
    if frames and frames[-1].filename == check.__file__ and not is_written:
        return ""
    for frame in reversed(frames):
        if frame.filename == example.module.__file__:
            return f" (in {f'{example.name}: ' if is_written else ''}{(frame.line or '').partition('  #')[0]})"
    return ""
