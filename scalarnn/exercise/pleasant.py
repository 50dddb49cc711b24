"""A new exercise with pleasant numbers: short ones, none of them 0, every step worth a line.

Numbers are drawn until the exercise teaches something: no ReLU stands on its kink, not all are shut, there is an error
to learn from, and the step makes it smaller and shuts no ReLU. The seed decides all of it, the same on every machine.
"""

from __future__ import annotations

from scalarnn.exercise.description import Exercise
from scalarnn.exercise.fitting import INSIDE
from scalarnn.exercise.kinds import Decimal, ExerciseError
from scalarnn.exercise.program import Names
from scalarnn.exercise.working import WorkedExercise
from scalarnn.random_numbers import LegacyRandom
from scalarnn.training import SCORES_INSTEAD, TO_CLASSES, YES_OR_NO
from scalarnn.worked.homework import HomeworkError, worked_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["Draw", "new_exercise", "teaches"]

MOST_NEURONS = 12
MOST_DRAWS = 1000
LEAST_LOSS = 0.001  # less is nothing to learn from
ROUND_OFF = 9  # decimals: what is 0 to so many may be one
GATED = ("relu", "leaky_relu")
RANGE = {"sigmoid": (0, 1), "tanh": (-1, 1)}  # of the outputs, and so of the targets


def new_exercise(
    sizes: Sequence[int],
    *,
    activation: str | None = None,
    loss: str = "half_squared_error",
    integers: bool = False,
    seed: int = 0,
) -> Exercise:
    """An exercise with one step of gradient descent.

    Args:
        sizes: inputs, and the neurons of each layer.
        activation: of the hidden layers; of the last layer too if the loss is one of numbers and it is sigmoid or tanh,
            or a ReLU of the only layer. If left out, sigmoid, and with integers relu, of hidden layers alone.
        loss: a loss by its name.
        integers: whole numbers wherever they can be.
        seed: a whole number from 0 to 2³² − 1.

    Raises:
        ExerciseError: the sizes are no network for hands, or do not go with the loss.

    Examples:
        >>> exercise = new_exercise([2, 2, 1], integers=True, seed=1)
        >>> exercise.sizes, exercise.layers[0].activation
        ([2, 2, 1], 'relu')
    """
    _check_sizes(sizes, loss)
    hidden = activation or ("relu" if integers else "sigmoid")
    last = _last_activation(hidden, loss, alone=len(sizes) == 2 and activation is not None)
    random = LegacyRandom(seed)
    exercise = _drawn(sizes, hidden, last, loss, integers, random)
    for _ in range(MOST_DRAWS):
        if teaches(exercise):
            break
        exercise = _drawn(sizes, hidden, last, loss, integers, random)
    return exercise


def _check_sizes(sizes: Sequence[int], loss: str) -> None:
    shown = "-".join(map(str, sizes))
    if len(sizes) < 2 or not all(1 <= size <= MOST_NEURONS for size in sizes):
        raise ExerciseError(
            f"{shown}: expected inputs and the neurons of each layer, such as 2-2-1, up to {MOST_NEURONS}"
        )
    if loss in TO_CLASSES and sizes[-1] < 2:
        raise ExerciseError(f"{shown}: {loss.replace('_', ' ')} has a class an output: expected at least 2 outputs")


def _drawn(
    sizes: Sequence[int], activation: str, last: str | None, loss: str, integers: bool, random: LegacyRandom
) -> Exercise:
    """One draw of everything."""
    draw = Draw(random, integers)
    layers: list[dict[str, Any]] = []
    for place in range(1, len(sizes)):
        W, b = draw.weights(sizes[place], sizes[place - 1]), draw.biases(sizes[place])
        layers.append({"W": W, "b": b, "activation": activation})
    layers[-1].pop("activation")
    layers[-1] |= {"activation": last} if last else {}
    given = {"x": draw.inputs(sizes[0]), **draw.target(sizes[-1], loss, last), "loss": loss.replace("_", " ")}
    title = f"A {'-'.join(map(str, sizes))} network"
    return Exercise(layers, title=title, **given, learning_rate=Decimal("0.05" if integers else "0.5"))


class Draw:
    """Pleasant numbers, none of them 0 but a target.

    Args:
        random: where they come from.
        integers: whole numbers, wherever they can be; otherwise in steps of 1/10, inputs of 1/20.
    """

    def __init__(self, random: LegacyRandom, integers: bool) -> None:
        self.random = random
        self.integers = integers
        self.largest = 2 if integers else 9

    def _number(self, low: int, high: int, tenths: int = 1) -> Any:
        drawn = 0
        while drawn == 0:
            drawn = low + int(self.random.rand() * (high - low + 1))
        return drawn if self.integers else Decimal(f"{drawn / (10 * tenths)}")

    def weights(self, n_neurons: int, n_inputs: int) -> list[list[Any]]:
        """A row a neuron."""
        return [self.biases(n_inputs) for _ in range(n_neurons)]

    def biases(self, n_neurons: int) -> list[Any]:
        """One for each neuron."""
        return [self._number(-self.largest, self.largest) for _ in range(n_neurons)]

    def inputs(self, n_inputs: int) -> list[Any]:
        """One sample."""
        return [self._number(-3, 3) if self.integers else self._number(1, 20, 2) for _ in range(n_inputs)]

    def target(self, n_outputs: int, loss: str, last: str | None) -> dict[str, Any]:
        """The class, or targets that the outputs can come near to.

        Args:
            n_outputs: how many the network has.
            loss: its name.
            last: the activation of the last layer; None where it has none.
        """
        if loss in TO_CLASSES:
            return {"label": int(self.random.rand() * n_outputs)}
        if loss in YES_OR_NO or (self.integers and last in RANGE):
            return {"y": [int(self.random.rand() * 2) for _ in range(n_outputs)]}
        low, high = RANGE.get(last or "", (-2, 2))
        if self.integers:
            return {"y": [low + int(self.random.rand() * (high - low + 1)) for _ in range(n_outputs)]}
        near = [low + 0.1 + (high - low - 0.2) * self.random.rand() for _ in range(n_outputs)]
        return {"y": [Decimal(f"{round(y, 1)}") for y in near]}


def _last_activation(activation: str, loss: str, *, alone: bool) -> str | None:
    """Of the last layer; alone: it is the only one, and that activation was asked for."""
    if loss in INSIDE:
        return None
    if loss in TO_CLASSES + YES_OR_NO:
        kind, _ = SCORES_INSTEAD.get(loss, SCORES_INSTEAD["cross_entropy"])
        return kind.__name__.lower()
    return activation if activation in RANGE or (alone and activation in GATED) else None


def teaches(exercise: Exercise) -> bool:
    """No gate at 0; in every layer with gates one open, and one shut where there are several; an error that is left.

    And a step that shows what a step is for: the loss falls, and no ReLU that was open is shut by it.
    """
    samples = exercise.X or [exercise.x]
    if any(len(row) > 1 and len(set(row)) == 1 for row in [*samples, *(exercise.Y or [exercise.y or []])]):
        return False  # numbers that are all alike hide which of them was taken
    first = exercise if exercise.steps == 1 else exercise.but(steps=1)
    worked = WorkedExercise(first, kind="float")
    try:
        found = worked_once(worked, worked.kind)
    except HomeworkError:  # a probability that is rounded to 0
        return False
    for place, layer in enumerate(exercise.layers):
        if layer.activation in GATED:
            z, z_new = (_flat(found.get(Names(exercise, new=new).z(place), [])) for new in (False, True))
            is_open = [one > 0 for one in z]
            if 0 in z or not any(is_open) or (len(z) > 1 and all(is_open)):
                return False
            is_shut = [was > 0 >= round(now, ROUND_OFF) for was, now in zip(z, z_new or z, strict=True)]
            if layer.activation == "relu" and any(is_shut):
                return False
    loss = "L_total" if "L_total" in found else "L"  # the one that the step goes down
    return bool("L" not in found or LEAST_LOSS < found[loss] > found.get(f"{loss}_new", 0))


def _flat(z: list[Any]) -> list[Any]:
    """Of every sample."""
    return [one for row in z for one in (row if isinstance(row, list) else [row])]
