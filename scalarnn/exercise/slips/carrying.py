"""How far an answer may be off because the numbers before it were rounded.

Every number on the way is moved by half of its last digit, one after the other. What that changes, taken together, is
the most that rounding can do. Its last digit is the one that stands on the page. Of what does not stand there nobody
keeps fewer decimals than the answer has, nor, of a small number, fewer digits.
"""

from __future__ import annotations

import functools
import math
from fractions import Fraction

from scalarnn.exercise.slips.figures import Figure
from scalarnn.exercise.slips.following import Placed, placed, with_answers
from scalarnn.exercise.slips.quantities import entries, entry
from scalarnn.exercise.slips.running import FAILURES, Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.exercise.description import Exercise

    Path = tuple[str | int, ...]

__all__ = ["slacks"]

HALF = Fraction(1, 2)
MOST = 0.1  # of the right number: where rounding can do more, nobody would call it that


def slacks(
    exercise: Exercise,
    kind: str | None,
    answers: Sequence[tuple[Path, Figure]],
    right: Sequence[tuple[Path, Figure]] = (),
) -> list[float]:
    """For each answer how far rounding can have moved it; 0 for exercises of several steps, and for large ones.

    Args:
        exercise: the exercise.
        kind: the kind of number to work in, as for WorkedExercise.
        answers: the path and the number of each answer.
        right: those of the page that are right, to their digits.

    Examples:
        >>> from scalarnn.exercise import Exercise
        >>> from scalarnn.exercise.slips import read_figure
        >>> exercise = Exercise([{"W": [[3]], "b": [1]}], x=0.1, y=0, loss="squared error")
        >>> [round(slack, 3) for slack in slacks(exercise, None, [(("L",), read_figure("1.70"))])]
        [0.018]
    """
    found = [0.0 for _ in answers]
    work = Running(exercise, kind)
    if exercise.steps > 1 or work.is_large:
        return found
    values = work.values()
    on_page = {(one.name, one.indices): one.figure.unit for one in placed(exercise, work, right, values)}
    for name, line in work.bound().items():
        for (_, *place), value in entries(values, (name,)):
            indices = tuple(map(int, place))
            unit = on_page.get((name, indices))
            units = [_unit(figure, value) if unit is None else unit for _, figure in answers]
            moved = Figure("", Fraction(value), max(units), 0)
            if moved.unit == 0:
                continue
            one = Placed(0, (), moved, line, name, indices)
            try:
                with_it = work.values(functools.partial(with_answers, wrong=[one], shift=HALF))
            except FAILURES:
                continue
            for at, (path, _) in enumerate(answers):
                part = float(units[at] / moved.unit)
                found[at] += part * abs(float(entry(with_it, path) - entry(values, path)))
    return [min(slack, MOST * abs(float(entry(values, path)))) for slack, (path, _) in zip(found, answers, strict=True)]


def _unit(figure: Figure, value: Any) -> Fraction:
    """What a 1 at the last digit of a number is worth that is carried for an answer."""
    if value == 0:
        return Fraction(0)
    first = math.floor(math.log10(abs(value)))
    return min(figure.unit, Fraction(10) ** (first + 1 - figure.n_digits))
