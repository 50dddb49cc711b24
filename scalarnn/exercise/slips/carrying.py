"""How far an answer may be off because the numbers before it were rounded.

Every number on the way is moved by half of its last digit, one after the other. What that changes, taken together, is
the most that rounding can do. Its last digit is the one that stands on the page, or that of the answer.
"""

from __future__ import annotations

import functools
from fractions import Fraction

from scalarnn.exercise.slips.figures import Figure
from scalarnn.exercise.slips.following import Placed, placed, with_answers
from scalarnn.exercise.slips.quantities import entries, entry
from scalarnn.exercise.slips.running import FAILURES, Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from scalarnn.exercise.description import Exercise

    Path = tuple[str | int, ...]

__all__ = ["slacks"]

HALF = Fraction(1, 2)


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
    widest = max(figure.unit for _, figure in answers)
    for name, line in work.bound().items():
        for (_, *place), value in entries(values, (name,)):
            indices = tuple(map(int, place))
            unit = on_page.get((name, indices))
            moved = Figure("", Fraction(value), widest if unit is None else unit, 0)
            if moved.unit == 0:
                continue
            one = Placed(0, (), moved, line, name, indices)
            try:
                with_it = work.values(functools.partial(with_answers, wrong=[one], shift=HALF))
            except FAILURES:
                continue
            for at, (path, figure) in enumerate(answers):
                part = float(figure.unit / widest) if unit is None else 1.0
                found[at] += part * abs(float(entry(with_it, path) - entry(values, path)))
    return found
