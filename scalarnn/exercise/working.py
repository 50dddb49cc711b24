"""An exercise worked: as an example that can be shown, stepped and unrolled; and its values under their names.

The program is compiled like a file of its own, and its text is kept where tracebacks, debuggers and the recorder look
for lines.
"""

from __future__ import annotations

import itertools
import linecache
from types import ModuleType

from scalarnn.exercise.kinds import ExerciseError
from scalarnn.exercise.program import Names, program
from scalarnn.worked.example import Example
from scalarnn.worked.homework import HomeworkError, recorded, worked_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["VALUES", "WorkedExercise", "values"]

# What an exercise comes to, and what each is.
VALUES = {
    "y_hat": "the prediction; for a loss from scores the probabilities",
    "L": "the loss",
    "dL_dz": "∂L/∂z of each layer",
    "dL_dW": "∂L/∂W of each layer",
    "dL_db": "∂L/∂b of each layer; null for a layer without biases",
    "dL_dx": "∂L/∂x, of the inputs",
    "L_total": "with a penalty: the loss and the penalty together",
    "dL_total_dW": "its gradient, which the update takes; of the biases it is dL_db",
    "W_new": "the weights of each layer after the update",
    "b_new": "the biases of each layer after the update",
    "L_new": "the loss after the update",
    "L_total_new": "with a penalty: both together after the update",
}
_number = itertools.count(1)


class WorkedExercise(Example):
    """An exercise as an example: wherever an example is taken, this is taken too.

    Args:
        exercise: the exercise.
        name: what it is called, such as its file.
        kind: "fraction", "float" or "float32" for every number; None for fractions where one is given and all can be
            done with fractions, and otherwise floats, beside ints that are given as ints.

    Attributes:
        exercise: as given.
        kind: one of these or None, as decided.

    Raises:
        ExerciseError: it has no inputs.
    """

    def __init__(self, exercise: Exercise, name: str = "exercise", kind: str | None = None) -> None:
        if exercise.inputs is None:
            raise ExerciseError(f"{name} has no inputs: expected x = […], or X = [[…], …], or --set 'x=[…]'")
        self.exercise = exercise
        self._text = program(exercise, kind)
        super().__init__(name)
        self.source, self.kind = "", kind
        if kind is None and exercise.is_exact:
            exact = WorkedExercise(exercise, name, "fraction")
            if exact._stays_exact():
                vars(self).update(vars(exact))

    def _module(self) -> ModuleType:
        number = next(_number)
        file = f"<{self.name} {number}>"
        module = ModuleType(f"scalarnn.exercise.of_your_own.{number}")
        module.__file__ = file
        linecache.cache[file] = (len(self._text), None, self._text.splitlines(keepends=True), file)
        exec(compile(self._text, file, "exec"), vars(module))
        return module

    def _stays_exact(self) -> bool:
        """Whether it can be worked in fractions that a person could read; over many steps their digits are too many."""
        try:
            recorded(self, "fraction")
        except HomeworkError:  # or a function takes a fraction to no fraction, or it goes wrong in floats as well
            return False
        return True

    def first_step(self) -> WorkedExercise:
        """The same with a single step, where several are too many to be read."""
        return WorkedExercise(self.exercise.but(steps=1), self.name, self.kind)

    @property
    def is_as_printed(self) -> bool:
        """False: the numbers are somebody's own."""
        return False


def values(exercise: Exercise, kind: str | None = None, name: str = "exercise") -> dict[str, Any]:
    """What an exercise comes to, under the names of VALUES; those that it does not lead to are left out.

    dL_dz, dL_dW, dL_db, W_new and b_new are lists, an entry a layer; None for the biases of a layer without any. For
    several samples gradients and L are of the mean loss; y_hat, dL_dz and dL_dx have a row a sample, of its own loss.
    With several steps, y_hat, L and the gradients are those of the first, W_new, b_new and L_new come after the last.

    Args:
        exercise: the exercise, with inputs.
        kind: as for WorkedExercise.
        name: what errors call it.

    Raises:
        HomeworkError: it cannot be worked with these numbers.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> exercise = Exercise([{"W": [[1, 2]]}], x=[3, 4], y=10, loss="squared error", learning_rate="1/4")
        >>> found = values(exercise)
        >>> found["y_hat"], found["L"], found["dL_dW"], found["W_new"]
        ([Fraction(11, 1)], Fraction(1, 1), [[[Fraction(6, 1), Fraction(8, 1)]]], [[[Fraction(-1, 2), Fraction(0, 1)]]])
    """
    worked = WorkedExercise(exercise, name, kind)
    found = worked_once(worked, worked.kind)
    first = found
    if exercise.steps > 1:
        first = worked_once(WorkedExercise(exercise.but(steps=1), name, worked.kind), worked.kind)
    return named_values(exercise, first, found)


def named_values(exercise: Exercise, first: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The values of `values`, from the names of the first step's program and of the whole one."""
    names = Names(exercise)
    places = range(len(exercise.layers))
    has_b = [layer.b is not None for layer in exercise.layers]
    named: dict[str, Any] = {"y_hat": first[names.a(names.last)]}
    if exercise.loss is None:
        return named
    named["L"] = first["L"]
    named["dL_dz"] = [first[names.gradient(names.z(place))] for place in places]
    named["dL_dW"] = [first[f"dL_d{names.of('W', place)}"] for place in places]
    named["dL_db"] = [first[f"dL_d{names.of('b', place)}"] if has_b[place] else None for place in places]
    named["dL_dx"] = first[names.gradient(names.a(-1))]
    if exercise.penalty is not None:
        named["L_total"] = first["L_total"]
        named["dL_total_dW"] = [first[f"dL_total_d{names.of('W', place)}"] for place in places]
    if exercise.learning_rate is not None:
        new = Names(exercise, new=True)
        named["W_new"] = [found[new.parameter("W", place)] for place in places]
        named["b_new"] = [found[new.parameter("b", place)] if has_b[place] else None for place in places]
        named |= {name: found[name] for name in ("L_new", "L_total_new") if name in found}
    return named
