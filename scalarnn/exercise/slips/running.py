"""The program of an exercise, run with other lines or other functions: what is as it was is not computed again."""

from __future__ import annotations

import functools
import importlib
import re

import scalarnn
from scalarnn.exercise.program import Names, given_numbers, program
from scalarnn.exercise.slips.helpers import HELPERS
from scalarnn.exercise.slips.later import in_progress
from scalarnn.exercise.working import named_values
from scalarnn.variants import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.later import Later

    Edit = Callable[[list[str]], list[str]]

__all__ = ["FAILURES", "Running", "functions"]

LARGE = 20_000  # weights times samples times steps: from here on a slip is tried everywhere at once and no more
FILE = "<slip>"
FIRST = "of_first_step"  # what the first of several steps came to
NOTED_AFTER = "        losses.append(L)"
NOTED = f"        if step == 1: {FIRST} = dict(locals())"
FAILURES = (ArithmeticError, LookupError, NameError, TypeError, ValueError)  # NameError: of what comes later


class Running:
    """An exercise's program, to be run again and again.

    Args:
        exercise: the exercise.
        kind: the kind of number to work in, as for WorkedExercise.
        later: what is known before its step, if it is not the first.

    Attributes:
        lines: the lines of a single step, by whose names places are known.
        text: the lines that are run; of several steps with one that notes what the first step came to.
    """

    def __init__(self, exercise: Exercise, kind: str | None, later: Later | None = None) -> None:
        self.exercise = exercise
        self.text, imported = _written(exercise, kind)
        self.lines = self.text
        if exercise.steps > 1:
            self.lines, _ = _written(exercise.but(steps=1), kind)
            self.text = [one for line in self.text for one in (line, *([NOTED] if line == NOTED_AFTER else []))]
        if later is not None:
            self.text = in_progress(self.text, later)
        self._given = given_numbers(exercise, kind)
        self._space = functions() | HELPERS | imported
        self._space |= {"n_outputs": exercise.n_outputs, "targets": self._targets, "given": self._given}
        self._space["kept"] = {} if later is None else later.state
        self._right: dict[str, Any] = {}

    @property
    def is_large(self) -> bool:
        """Whether one run takes so long that some hundred would be too many."""
        weights: int = sum(len(layer.W) * len(layer.W[0]) for layer in self.exercise.layers)
        n_samples, steps = len(self.exercise.X or [0]), int(self.exercise.steps)
        return weights * n_samples * steps > LARGE

    def bound(self) -> dict[str, int]:
        """The name of each result, and the number of the first line that binds it."""
        lines: dict[str, int] = {}
        for number, line in enumerate(self.text):
            found = re.match(r"\s*(\w+(?:, \w+)*) = ", line)
            for name in found[1].split(", ") if found else ():
                lines.setdefault(name, number)
        return lines

    def values(self, edit: Edit | None = None, others: dict[str, Any] | None = None) -> dict[str, Any]:
        """Every name with its value; with several steps those of the first, but what is new.

        Args:
            edit: what changes the lines.
            others: other functions, by the names that the lines have for them.
        """
        last = self._run(edit, others or {})
        first = last.pop(FIRST, last)
        found = dict(first)
        if first is not last:
            found |= {name: value for name, value in last.items() if "_new" in name}
            names = Names(self.exercise)
            parameters = [names.of(letter, place) for place in range(names.last + 1) for letter in "Wb"]
            found |= {f"{name}_new": last[name] for name in parameters if name in last}
        try:
            return found | named_values(self.exercise, first, last)
        except KeyError:  # it came to no end
            return found | {"y_hat": found.get(Names(self.exercise).a(len(self.exercise.layers) - 1))}

    def _run(self, edit: Edit | None, others: dict[str, Any]) -> dict[str, Any]:
        edited = edit(self.text) if edit else self.text
        known, begin = self._given, 1
        if edit and not others and self._right and self.exercise.steps == 1:
            known, begin = self._as_before(edited)
        text = "\n".join([f"def work({', '.join(known)}):", *edited[begin:]])
        space = {**self._space, **others}
        exec(_compiled(text), space)
        try:
            found: dict[str, Any] = space["work"](**known)
        except (ArithmeticError, ValueError) as error:
            return _until(error, text, self.text)
        if not edit and not others:
            self._right = found
        return found

    def _as_before(self, edited: list[str]) -> tuple[dict[str, Any], int]:
        """What is known before the first line that is another, and its number."""
        known, begin = dict(self._given), 1
        while begin < len(self.text) - 1 and edited[begin] == self.text[begin]:
            for name in edited[begin].partition(" = ")[0].strip().split(", "):
                known[name] = self._right[name]
            begin += 1
        return known, begin

    def _targets(self, target: Any) -> Any:
        """Targets as numbers: a class as 1 among 0s."""
        if isinstance(target, int):
            return [int(k == target) for k in range(self.exercise.n_outputs)]
        return [self._targets(one) for one in target] if self.exercise.target == "labels" else target


def _until(error: Exception, text: str, lines: list[str]) -> dict[str, Any]:
    """What was worked until a line of the program failed, such as a logarithm of what is too large by a slip.

    Raises:
        Exception: the error, if the line is one of the slip's own.
    """
    place = error.__traceback__
    while place is not None and place.tb_frame.f_code.co_filename != FILE:
        place = place.tb_next
    if place is None or text.splitlines()[place.tb_lineno - 1] not in lines:
        raise error
    return dict(place.tb_frame.f_locals)


def _written(exercise: Exercise, kind: str | None) -> tuple[list[str], dict[str, Any]]:
    """The function without its comments, and what it imports: the same for all numbers, so made once."""
    layers = tuple((len(layer.W), layer.activation, layer.b is None, layer.alpha is None) for layer in exercise.layers)
    rates = (exercise.learning_rate is None, exercise.gamma is None, exercise.decay is None, exercise.steps == 1)
    rule = (exercise.like, exercise.penalty, exercise.optimizer, exercise.given.get("optimizer"), exercise.frozen)
    key = (layers, rates, exercise.loss, exercise.inputs, exercise.target, rule)
    if key not in _WRITTEN:
        if len(_WRITTEN) > MOST_WRITTEN:
            _WRITTEN.clear()
        before, _, work = program(exercise, kind).partition("def work")
        lines = [line.partition("  # ")[0].rstrip() for line in f"def work{work}".splitlines()]
        others = {
            name: bare(getattr(importlib.import_module(module), name))
            for module, names in OF_OTHER_MODULES.findall(before)
            for name in names.split(", ")
        }
        _WRITTEN[key] = lines, others
    return _WRITTEN[key]


OF_OTHER_MODULES = re.compile(r"^from (scalarnn\.\S+) import (.+)$", re.MULTILINE)
MOST_WRITTEN = 200
_WRITTEN: dict[Any, tuple[list[str], dict[str, Any]]] = {}


@functools.lru_cache(MOST_WRITTEN)
def _compiled(text: str) -> CodeType:
    return compile(text, FILE, "exec")


@functools.cache
def functions() -> dict[str, Any]:
    """What a program may use, without doors: a slip may hand on what no door would let in."""
    return {name: bare(getattr(scalarnn, name)) for name in scalarnn.__all__}
