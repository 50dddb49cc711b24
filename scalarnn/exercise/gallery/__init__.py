"""Famous worked examples: each an exercise file, and the figures that its source prints, in `figures.toml`.

Numbers only: what the sources say beside them is theirs. A printed figure is reproduced, or a slip explains it.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from scalarnn.exercise.reading import read_text
from scalarnn.exercise.slips.figures import read_figure
from scalarnn.exercise.slips.quantities import entries
from scalarnn.exercise.slips.trying import worked_values
from scalarnn.exercise.slips.verdict import check_answers
from scalarnn.worked.reproduce import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.verdict import Verdict

__all__ = ["Held", "held_against", "names", "of_gallery", "results"]


@dataclass(frozen=True)
class Held:
    """The figures of one example, each with its verdict."""

    name: str
    exercise: Exercise
    verdicts: list[Verdict]

    @property
    def unexplained(self) -> list[Verdict]:
        """Figures that are wrong by no slip that is known."""
        return [verdict for verdict in self.verdicts if not verdict.is_right and not verdict.fits]


def results(name: str) -> list[Result]:
    """The same as `reproduce` has it for the sources: a figure that a slip leads to is an erratum with its cause.

    Examples:
        >>> {result.status for result in results("goodfellow-xor")}
        {'reproduced'}
    """
    held = held_against(name)
    found = []
    for one in held.verdicts:
        status = "reproduced" if one.is_right else "erratum" if one.fits else "unexplained"
        computed = one.figure.written(one.right)
        cause = None if one.is_right else one.fits[0].slip.name if one.fits else f"computed {computed}"
        source, figure = held.exercise.source, one.figure.text
        found.append(Result("", name, one.name, source, figure, computed, float(one.right), status, cause))
    return found


@functools.cache
def _printed() -> dict[str, Any]:
    return tomllib.loads(_text("figures"))


def _text(name: str) -> str:
    return resources.files("scalarnn.exercise.gallery").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def names() -> list[str]:
    """What the examples are called.

    Examples:
        >>> names()[0]
        'mazur'
    """
    return list(_printed())


def of_gallery(name: str) -> Exercise:
    """The exercise of that name.

    Examples:
        >>> of_gallery("mazur").sizes
        [2, 2, 2]
    """
    return read_text(_text(name), name)


def held_against(name: str) -> Held:
    """Every printed figure of an example held against the computed value.

    Examples:
        >>> held = held_against("cs231n-softmax")
        >>> [verdict.figure.text for verdict in held.verdicts if not verdict.is_right]
        ['0.016', '0.452']
        >>> [fit.slip.name for fit in held.verdicts[-1].fits]
        ['log₁₀ for ln']
    """
    exercise = of_gallery(name)
    values = worked_values(exercise)
    answers = [
        (path, read_figure(text))
        for quantity in _printed()[name]
        for path, text in entries(_printed()[name], (quantity,))
        if text
    ]
    return Held(name, exercise, check_answers(answers, exercise, values, "float"))
