"""Errors carried on: an answer that is wrong only because one before it is.

The exercise is worked on with a wrong answer in its place. What then agrees with another wrong answer follows from it:
that one is right with the number that stood there.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction

from scalarnn.exercise.program import Names
from scalarnn.exercise.slips.lines import by_hand
from scalarnn.exercise.slips.quantities import entries, entry
from scalarnn.exercise.slips.running import FAILURES, Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.figures import Figure
    from scalarnn.exercise.slips.running import Edit

    Path = tuple[str | int, ...]

__all__ = ["Placed", "followed", "placed", "with_answers"]

SHIFTS = (Fraction(0), Fraction(-1, 2), Fraction(1, 2))  # of a last digit: what a rounded number may have been


@dataclass
class Placed:
    """An answer, what its line of the program binds, and which entry of that it is."""

    at: int  # among the answers
    path: Path
    figure: Figure
    line: int
    name: str
    indices: tuple[int, ...]


def followed(
    exercise: Exercise, kind: str | None, answers: Sequence[tuple[Path, Figure]], slacks: Sequence[float]
) -> list[list[int]]:
    """For each wrong answer, the numbers of those from which it follows; none if it is an error of its own.

    Args:
        exercise: the exercise; of several steps nothing is said.
        kind: the kind of number to work in, as for WorkedExercise.
        answers: the path and the number of each wrong answer.
        slacks: how far rounding can have moved each.
    """
    causes: list[list[int]] = [[] for _ in answers]
    work = Running(exercise, kind)
    if exercise.steps > 1 or work.is_large or len(answers) < 2:
        return causes
    values = work.values()
    own: list[Placed] = []
    worked: dict[tuple[int, ...], list[list[dict[str, Any]]]] = {}
    for wrong in sorted(placed(exercise, work, answers, values), key=lambda wrong: wrong.line):
        for some in [*([one] for one in own), *([own] if len(own) > 1 else [])]:
            if any(one.path == wrong.path for one in some):
                continue  # the same number, said again
            places = tuple(one.at for one in some)
            if places not in worked:
                worked[places] = _worked_on(work, some)
            if any(_agrees(wrong, found, slacks[wrong.at]) for found in worked[places]):
                causes[wrong.at] = list(places)
                break
        else:
            own.append(wrong)
    return causes


def placed(
    exercise: Exercise, work: Running, answers: Iterable[tuple[Path, Figure]], values: dict[str, Any]
) -> list[Placed]:
    """The answers that a line of the program computes."""
    lines = work.bound()
    found = []
    for at, (path, figure) in enumerate(answers):
        name, *indices = _in_program(exercise, path)
        if name in lines:
            (_, *indices), _ = next(entries(values, (name, *indices)))  # of a list of one number, that number
            found.append(Placed(at, path, figure, lines[name], name, tuple(map(int, indices))))
    return found


def _in_program(exercise: Exercise, path: Path) -> list[Any]:
    """The name that a value has in the program, and the indices: dL_dW[1][0][0] is dL_dW1[0][0]."""
    names, new = Names(exercise), Names(exercise, new=True)
    first, *rest = path
    if first == "y_hat":
        return [names.a(names.last), *rest]
    if first == "dL_dx":
        return [names.gradient(names.a(-1)), *rest]
    if rest and first == "dL_dz":
        return [names.gradient(names.z(int(rest[0]))), *rest[1:]]
    if rest and first in ("W_new", "b_new"):
        return [new.parameter(first[0], int(rest[0])), *rest[1:]]
    if rest and first in ("dL_dW", "dL_db", "dL_total_dW"):
        return [f"{first[:-1]}{names.of(first[-1], int(rest[0]))}", *rest[1:]]
    return list(path)


def _worked_on(work: Running, wrong: list[Placed]) -> list[list[dict[str, Any]]]:
    """Every value as it comes out with the answers in their places, in each way to go on from an a."""
    found = []
    names = [one.name for one in wrong]
    for slopes in (None, False, True):
        with_them = []
        for shift in SHIFTS if any(one.figure.unit for one in wrong) else SHIFTS[:1]:
            edit: Edit = functools.partial(with_answers, wrong=wrong, shift=shift)
            if slopes is not None:
                edit = functools.partial(_on_paper, put=edit, names=names, exercise=work.exercise, slopes=slopes)
            try:
                with_them.append(work.values(edit))
            except FAILURES:
                continue
        found.append(with_them)
    return found


def _on_paper(lines: list[str], put: Edit, names: list[str], exercise: Exercise, *, slopes: bool) -> list[str]:
    """The same, gone on with as on paper."""
    return by_hand(put(lines), names, exercise, slopes=slopes)


def with_answers(lines: list[str], wrong: list[Placed], shift: Fraction) -> list[str]:
    """Below the line that computes it, the number that stood there."""
    written = []
    for number, line in enumerate(lines):
        written.append(line)
        for one in wrong:
            if one.line == number:
                indent, value = line[: len(line) - len(line.lstrip())], one.figure.value + shift * one.figure.unit
                p, q = value.as_integer_ratio()
                written.append(f"{indent}{one.name} = put_in({one.name}, {one.indices}, {p}, {q})")
    return written


def _agrees(wrong: Placed, found: Iterable[dict[str, Any]], slack: float) -> bool:
    """Whether an answer is one of the values, to its digits, or between them, but for what rounding can have done."""
    values = [entry(one, wrong.path) for one in found]
    numbers = [value for value in values if isinstance(value, (int, float, Fraction))]
    if not numbers:
        return False
    return min(numbers) - slack <= wrong.figure.value <= max(numbers) + slack or any(map(wrong.figure.agrees, numbers))
