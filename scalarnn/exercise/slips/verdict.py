"""Answers judged: right to their digits, or which slip gives exactly that number; nothing is claimed that does not.

How sure a name is can be counted. Of all numbers as far from the right one as the answer, the values of the slips take
up a part: that is the chance that a number of any other origin fits one of them. A name is given to numbers of five
digits or more whose chance is small, the smaller the more seldom the slip, and to those that a slip gives which is
named for another number of the page. Of a shorter number all that fits is listed, as what also fits.

The more seldom a slip is, the more of its kind are tried: so they are looked through tier by tier, from what everybody
has done once, and everywhere, to what is seldom done, and at one place alone.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass, field
from fractions import Fraction

from scalarnn.exercise.slips.carrying import slacks
from scalarnn.exercise.slips.following import followed
from scalarnn.exercise.slips.quantities import entries, entry, written
from scalarnn.exercise.slips.rounding import rounded_trials
from scalarnn.exercise.slips.slip import ANOTHER, FACTOR, GIVEN, ROUNDING, SELDOM, USUAL, Slip
from scalarnn.exercise.slips.trying import trials

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.figures import Figure

    Path = tuple[str | int, ...]

__all__ = ["Fit", "Verdict", "check_answers"]

ENOUGH_DIGITS = 5
FEW_DIGITS = 3  # with fewer, rounding could have made every number near the right one
CUT_DIGITS = 7  # from so many on, a wrong number may have been cut off instead of rounded
# The greatest chance at which a name is given, by rank and by whether the slip was made at one place alone.
CHANCES = {
    (USUAL, False): 1 / 5,
    (USUAL, True): 1 / 30,
    (SELDOM, False): 1 / 50,
    (SELDOM, True): 1 / 100,
    (FACTOR, False): 1 / 20,
    (ANOTHER, False): 1 / 200,
    (ROUNDING, False): 1 / 10,
    (ROUNDING, True): 1 / 10,
}
TIERS = list(CHANCES)
LAST_PLACES = 2  # by so much at its last place a number is off that was rounded on the way
MOST_FITS = 12  # that are listed
MOST_STEPS = 500  # of an exercise for which slips are tried


@dataclass
class Fit:
    """A slip that gives the number, and where it was made; "" for everywhere."""

    slip: Slip
    where: str

    @functools.cached_property
    def tier(self) -> int:
        """How seldom it is: the number of its tier."""
        is_alone = "[" in self.where or (self.where.startswith("at ") and " and " not in self.where)
        return TIERS.index((self.slip.rank, is_alone or self.slip.over == GIVEN))


@dataclass
class Verdict:
    """What is to be said of one answer.

    Attributes:
        name: the value's name, as in the values.
        figure: the answer.
        right: the right value.
        is_right: whether the answer is that, to its digits.
        is_rounded: whether it is not, but rounding on the way can have made it, and no slip is sure to have.
        fits: the slips that give the answer.
        is_named: whether it is sure that it is one of them; otherwise they also fit.
        chance: how probable it is that a number of another origin fits a slip.
        follows_from: the wrong answers with which this one is right; none if it is an error of its own.
    """

    name: str
    figure: Figure
    right: Any
    is_right: bool
    is_rounded: bool = False
    fits: list[Fit] = field(default_factory=list)
    is_named: bool = False
    chance: float = 0.0
    follows_from: list[Verdict] = field(default_factory=list)


def check_answers(
    answers: Iterable[tuple[Path, Figure]], exercise: Exercise | None, values: dict[str, Any], kind: str | None = None
) -> list[Verdict]:
    """A verdict for each answer.

    Args:
        answers: the path of a value and a number each.
        exercise: the exercise; None if slips cannot be tried.
        values: every value by its name.
        kind: the kind of number to work in, as for WorkedExercise.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> from scalarnn.exercise.slips import read_answer, worked_values
        >>> exercise = Exercise([{"W": [["1/7"]], "b": ["1/3"]}], x=3, y=1, loss="half squared error")
        >>> values = worked_values(exercise)
        >>> answers = [*read_answer("z = 0.7619", exercise, values), *read_answer("L = 0.056689", exercise, values)]
        >>> right, wrong = check_answers(answers, exercise, values)
        >>> right.is_right, wrong.is_right, [fit.slip.name for fit in wrong.fits]
        (True, False, ['the ½ forgotten', 'another loss, mean squared error'])
    """
    verdicts = []
    right_ones: list[tuple[Path, Figure]] = []
    wrong: list[tuple[Verdict, Path]] = []
    for path, figure in answers:
        right = entry(values, path)
        verdict = Verdict(written(path), figure, right, figure.agrees(right))
        verdicts.append(verdict)
        if verdict.is_right:
            right_ones.append((path, figure))
        else:
            wrong.append((verdict, path))
    if wrong and exercise is not None and exercise.steps <= MOST_STEPS:
        _explain(exercise, kind, values, wrong)
        may_be_off = slacks(exercise, kind, [(path, verdict.figure) for verdict, path in wrong], right_ones)
        for (verdict, _), slack in zip(wrong, may_be_off, strict=True):
            verdict.is_rounded = _is_rounded(verdict, slack)
        left = [(*one, slack) for one, slack in zip(wrong, may_be_off, strict=True) if not one[0].is_rounded]
        answers_left = [(path, verdict.figure) for verdict, path, _ in left]
        causes = followed(exercise, kind, answers_left, [slack for *_, slack in left])
        for (verdict, *_), places in zip(left, causes, strict=True):
            verdict.follows_from = [left[place][0] for place in places]
    return verdicts


def _is_rounded(verdict: Verdict, slack: float) -> bool:
    if verdict.figure.n_digits < FEW_DIGITS or (verdict.is_named and verdict.fits[0].slip.rank != ROUNDING):
        return False
    return abs(float(verdict.figure.value - Fraction(verdict.right))) <= slack


def _explain(exercise: Exercise, kind: str | None, values: dict[str, Any], wrong: list[tuple[Verdict, Path]]) -> None:
    """The fits of each wrong answer."""
    tried: list[list[tuple[Fit, Any]]] = [[] for _ in wrong]
    for slip, where, found in itertools.chain(trials(exercise, kind), rounded_trials(exercise, kind)):
        fit = Fit(slip, where)
        for place, (_, path) in enumerate(wrong):
            value = entry(found, path)
            if isinstance(value, (int, float, Fraction)) and math.isfinite(value):
                tried[place].append((fit, value))
    for place, (verdict, path) in enumerate(wrong):
        _judge(verdict, [*tried[place], *_relations(exercise, values, path, verdict.figure)])
    counts: dict[str, int] = {}
    for verdict, _ in wrong:
        for name in {fit.slip.name for fit in verdict.fits} if verdict.is_named else ():
            counts[name] = counts.get(name, 0) + 1
    for verdict, _ in wrong:  # what explains most of the page comes first
        verdict.fits.sort(key=lambda fit: -counts.get(fit.slip.name, 0))
        if verdict.figure.n_digits >= ENOUGH_DIGITS and not verdict.is_named:  # alone it could be chance
            verdict.fits = [fit for fit in verdict.fits if fit.slip.name in counts]
            verdict.is_named = bool(verdict.fits)
        verdict.fits = verdict.fits[:MOST_FITS]


def _judge(verdict: Verdict, tried: list[tuple[Fit, Any]]) -> None:
    """The slips that give the answer, from the usual ones to the seldom ones, and whether that can be chance."""
    figure = verdict.figure
    is_long = figure.n_digits >= ENOUGH_DIGITS
    differ = [(fit, value) for fit, value in tried if value != verdict.right]
    found: dict[int, list[Fit]] = {}
    for fit, value in differ:
        if figure.agrees(value, cut=figure.n_digits >= CUT_DIGITS):
            fits = found.setdefault(fit.tier, [])
            if all(fit.slip.name != other.slip.name for tier in found.values() for other in tier):
                fits.append(fit)
    if not found:
        return
    first = min(found)
    verdict.chance = _chance(figure, verdict.right, [value for fit, value in differ if fit.tier <= first])
    verdict.is_named = is_long and verdict.chance <= CHANCES[TIERS[first]]
    usual = (USUAL, SELDOM)
    is_near = abs(float(figure.value) - float(verdict.right)) <= LAST_PLACES * float(figure.unit)  # then rounding first
    for tier in sorted(found, key=lambda tier: (is_near and TIERS[tier][0] != ROUNDING, tier)):
        if not is_long or tier == first or (TIERS[first][0] in usual and TIERS[tier][0] in usual):
            verdict.fits += found[tier]


def _chance(figure: Figure, right: Any, values: list[Any]) -> float:
    """How large a part of all numbers as far from the right one as this the values take up."""
    unit = float(figure.unit) or 10.0 ** -max(figure.n_digits, 1) * abs(float(figure.value) or 1.0)
    reach = 1.5 * abs(float(figure.value) - float(right)) + unit
    near = {round(float(value) / unit) for value in values if abs(float(value) - float(right)) <= reach}
    return len(near) * unit / (2 * reach)


# ---- numbers that have to do with the right one ----------------------------------------------------------------------


def _relations(exercise: Exercise, values: dict[str, Any], path: Path, figure: Figure) -> Iterator[tuple[Fit, Any]]:
    """The right number with another sign or factor, and the other numbers of the solution."""
    right = entry(values, path)
    factors: list[tuple[str, Any]] = [("the right number with the other sign", -1), ("twice the right number", 2)]
    factors += [("half the right number", Fraction(1, 2))]
    if exercise.n_outputs > 1:
        factors += [("the right number, times the number of outputs", exercise.n_outputs)]
        factors += [("the right number, divided by the number of outputs", Fraction(1, exercise.n_outputs))]
    if exercise.is_batch:
        factors += [("the right number, times the number of samples", len(exercise.X))]
        factors += [("the right number, divided by the number of samples", Fraction(1, len(exercise.X)))]
    for places, factor in (("one place", 10), ("two places", 100)):
        factors += [(f"the decimal point {places} to the right", factor)]
        factors += [(f"the decimal point {places} to the left", Fraction(1, factor))]
    if exercise.learning_rate is not None and str(path[0]).startswith("dL"):
        factors += [("the learning rate times the right number", Fraction(exercise.learning_rate))]
    for words, factor in factors:
        yield Fit(Slip(words, rank=FACTOR), ""), float(right) * float(factor)
    for words, value in figure.misread(right):
        yield Fit(Slip(f"{words} of the right number", rank=FACTOR), ""), value
    yield Fit(Slip("1 less the right number", rank=FACTOR), ""), 1 - float(right)
    yield Fit(Slip("the right number squared", rank=ANOTHER), ""), float(right) ** 2
    if right > 0:
        yield Fit(Slip("the root of the right number", rank=ANOTHER), ""), math.sqrt(right)
    if right and isinstance(values.get("L"), (int, float)) and path == ("L_new",):
        yield Fit(Slip("how much less the loss is, for the loss", rank=FACTOR), ""), float(values["L"] - right)
    for name in values:
        if name in exercise.given or isinstance(values[name], (str, bool)):
            continue
        for other, value in entries(values, (name,)):
            if other != path and isinstance(value, (int, float, Fraction)):
                rank = FACTOR if name == path[0] else ANOTHER
                yield Fit(Slip(f"the value of {written(other)}", rank=rank), ""), value
