"""A new exercise with pleasant numbers: short ones, none of them 0, every step worth a line.

Numbers are drawn until the exercise teaches something: no ReLU stands on its kink, not all are shut, and there is an
error to learn from. The seed decides all of it, the same on every machine.
"""

from __future__ import annotations

from scalarnn.exercise.description import Exercise
from scalarnn.exercise.fitting import INSIDE
from scalarnn.exercise.kinds import Decimal, ExerciseError
from scalarnn.exercise.working import values
from scalarnn.random_numbers import LegacyRandom
from scalarnn.training import SCORES_INSTEAD, TO_CLASSES, YES_OR_NO
from scalarnn.worked.own_numbers import HomeworkError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["new_exercise"]

MOST_NEURONS = 12
MOST_DRAWS = 200
LEAST_LOSS = 0.001  # less is nothing to learn from
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
        activation: of the hidden layers; of the last layer too if the loss is one of numbers and it is sigmoid or tanh.
            If left out, sigmoid, and with integers relu.
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
    activation = activation or ("relu" if integers else "sigmoid")
    random = LegacyRandom(seed)
    exercise = _drawn(sizes, activation, loss, integers, random)
    for _ in range(MOST_DRAWS):
        if _teaches(exercise):
            break
        exercise = _drawn(sizes, activation, loss, integers, random)
    return exercise


def _check_sizes(sizes: Sequence[int], loss: str) -> None:
    shown = "-".join(map(str, sizes))
    if len(sizes) < 2 or not all(1 <= size <= MOST_NEURONS for size in sizes):
        raise ExerciseError(
            f"{shown}: expected inputs and the neurons of each layer, such as 2-2-1, up to {MOST_NEURONS}"
        )
    if loss in TO_CLASSES and sizes[-1] < 2:
        raise ExerciseError(f"{shown}: {loss.replace('_', ' ')} has a class an output: expected at least 2 outputs")


def _drawn(sizes: Sequence[int], activation: str, loss: str, integers: bool, random: LegacyRandom) -> Exercise:
    """One draw of everything."""

    def number(low: int, high: int, tenths: int = 1) -> Any:
        """Not 0; whole, or in steps of 1/10 or 1/20."""
        drawn = 0
        while drawn == 0:
            drawn = low + int(random.rand() * (high - low + 1))
        return drawn if integers else Decimal(f"{drawn / (10 * tenths)}")

    weights = 3 if integers else 9
    layers: list[dict[str, Any]] = []
    for place in range(1, len(sizes)):
        W = [[number(-weights, weights) for _ in range(sizes[place - 1])] for _ in range(sizes[place])]
        b = [number(-weights, weights) for _ in range(sizes[place])]
        layers.append({"W": W, "b": b, "activation": activation})
    last = _last_activation(activation, loss)
    layers[-1].pop("activation")
    layers[-1] |= {"activation": last} if last else {}
    x = [number(-3, 3) if integers else number(1, 20, 2) for _ in range(sizes[0])]
    given = {"x": x, **_target(sizes[-1], loss, last, integers, random), "loss": loss.replace("_", " ")}
    title = f"A {'-'.join(map(str, sizes))} network"
    return Exercise(layers, title=title, **given, learning_rate=Decimal("0.1" if integers else "0.5"))


def _last_activation(activation: str, loss: str) -> str | None:
    if loss in INSIDE:
        return None
    if loss in TO_CLASSES + YES_OR_NO:
        kind, _ = SCORES_INSTEAD.get(loss, SCORES_INSTEAD["cross_entropy"])
        return kind.__name__.lower()
    return activation if activation in RANGE else None


def _target(n_outputs: int, loss: str, last: str | None, integers: bool, random: LegacyRandom) -> dict[str, Any]:
    """The class, or targets that the outputs can come near to."""
    if loss in TO_CLASSES:
        return {"label": int(random.rand() * n_outputs)}
    if loss in YES_OR_NO or (integers and last in RANGE):
        return {"y": [int(random.rand() * 2) for _ in range(n_outputs)]}
    low, high = RANGE.get(last or "", (-2, 2))
    if integers:
        return {"y": [low + int(random.rand() * (high - low + 1)) for _ in range(n_outputs)]}
    return {"y": [Decimal(f"{round(low + 0.1 + (high - low - 0.2) * random.rand(), 1)}") for _ in range(n_outputs)]}


def _teaches(exercise: Exercise) -> bool:
    """No gate at 0, in every layer with gates one open, and one shut where there are several; an error that is left."""
    if any(len(row) > 1 and len(set(row)) == 1 for row in (exercise.x, exercise.y or [])):
        return False  # numbers that are all alike hide which of them was taken
    try:
        found = values(exercise, "float")
    except HomeworkError:  # a probability that is rounded to 0
        return False
    for place, layer in enumerate(exercise.layers):
        if layer.activation in GATED:
            z = _scores(exercise, place)
            is_open = [one > 0 for one in z]
            if 0 in z or not any(is_open) or (len(z) > 1 and all(is_open)):
                return False
    return bool(LEAST_LOSS < found["L"] != found["L_new"])


def _scores(exercise: Exercise, place: int) -> list[Any]:
    """z of a layer, which is what the network up to it gives without its last activation."""
    layers = [dict(layer) for layer in exercise.given["layer"][: place + 1]]
    layers[-1].pop("activation", None)
    return list(values(Exercise(layers, x=exercise.x), "float")["y_hat"])
