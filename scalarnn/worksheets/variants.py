"""The same exercise with other numbers: pleasant ones, whose results are pleasant too and give nothing away."""

from __future__ import annotations

from fractions import Fraction

from scalarnn.exercise.pleasant import MOST_DRAWS, RANGE, Draw, teaches
from scalarnn.exercise.working import values
from scalarnn.random_numbers import LegacyRandom
from scalarnn.worked.own_numbers import HomeworkError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["kind_of", "numbers_in", "variants"]

LONGEST = (9, 14)  # characters of an exact result, such as 49/200; more only where there is nothing shorter
SMALLEST, LARGEST = 1e-4, 1e4  # what four digits can be written of without a power of ten
RESULTS = ("y_hat", "L", "L_new")

# A loss of the book that takes the same targets as one of another package.
ANSWERS = "binary_cross_entropy"
OF_TAKES = {"a class": "cross_entropy", "a distribution": "cross_entropy", "answers": ANSWERS}


def variants(exercise: Exercise, seed: int = 0, kind: str | None = None) -> Iterator[Exercise]:
    """Exercises of the same network, loss and step with other inputs, targets, weights and biases, without end.

    No two are alike. Whole numbers are drawn where the exercise has nothing else. What teaches nothing is drawn again:
    see new_exercise. So is what has a result that is long or tiny, or the same as a number that is given.

    Args:
        exercise: what they are like.
        seed: a whole number from 0 to 2³² − 1.
        kind: "fraction" or "float": what they will be worked in; None as kind_of says.

    Examples:
        >>> from itertools import islice
        >>> from scalarnn.exercise import new_exercise
        >>> [variant.x for variant in islice(variants(new_exercise([2, 1], integers=True), seed=1), 3)]
        [[-2, -3], [-2, 3], [2, 3]]
    """
    kind = kind or kind_of(exercise)
    draw = Draw(LegacyRandom(seed), _is_whole(exercise))
    seen = {_given(exercise)}
    for longest in LONGEST:
        n_drawn = 0
        while n_drawn < MOST_DRAWS:  # in vain; then there are no more, or only longer ones
            variant, n_drawn = _drawn(exercise, draw), n_drawn + 1
            is_new = _given(variant) not in seen and not _has_twins(variant)
            if is_new and teaches(variant) and _is_pleasant(variant, kind, longest):
                seen.add(_given(variant))
                yield variant
                n_drawn = 0


def kind_of(exercise: Exercise) -> str:
    """What an exercise is worked in by hand: fractions if its numbers are such, or whole, and its functions allow it.

    Examples:
        >>> from scalarnn.exercise import new_exercise
        >>> kind_of(new_exercise([2, 1], integers=True)), kind_of(new_exercise([2, 2, 1]))
        ('fraction', 'float')
    """
    if not (exercise.is_exact or _is_whole(exercise)):
        return "float"
    try:
        values(exercise, "fraction")
    except HomeworkError:
        return "float"
    return "fraction"


def numbers_in(value: Any) -> Iterator[Any]:
    """Every number of a number, list or dict; what is None is left out.

    Examples:
        >>> list(numbers_in({"W": [[1, 2]], "b": None}))
        [1, 2]
    """
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for entry in value:
            yield from numbers_in(entry)
    elif value is not None:
        yield value


def _given(exercise: Exercise) -> tuple[Any, ...]:
    """All that a variant changes, to be compared."""
    parts = [[layer.W, layer.b] for layer in exercise.layers]
    data = [getattr(exercise, name) for name in (exercise.inputs, exercise.target) if name]
    return tuple(numbers_in([*parts, *data]))


def _is_whole(exercise: Exercise) -> bool:
    parts = [[layer.W, layer.b] for layer in exercise.layers]
    return all(Fraction(number).denominator == 1 for number in numbers_in([*parts, exercise.x, exercise.X]))


def _drawn(exercise: Exercise, draw: Draw) -> Exercise:
    """One draw: a row of W is a neuron, whatever layout the file has."""
    layers = []
    for given, layer in zip(exercise.given["layer"], exercise.layers, strict=True):
        W = draw.weights(len(layer.W), len(layer.W[0]))
        b = None if layer.b is None else draw.biases(len(layer.W))
        layers.append({**given, "W": W, "b": b})
    n_samples = len(exercise.X or [0])
    inputs = [draw.inputs(exercise.n_inputs) for _ in range(n_samples)]
    data: dict[str, Any] = {str(exercise.inputs): inputs if exercise.is_batch else inputs[0]}
    if exercise.target is not None:
        targets = [_target(exercise, draw) for _ in range(n_samples)]
        data[exercise.target] = targets if exercise.is_batch else targets[0]
    return exercise.but(layout="W" if exercise.like else None, layer=layers, **data)


def _target(exercise: Exercise, draw: Draw) -> Any:
    """Of one sample, in the way in which the exercise has it: a class, a 1 among zeros, or numbers."""
    last = exercise.layers[-1].activation
    liked = exercise.liked_loss
    if liked and liked.takes == "margins":
        return [2 * one - 1 for one in draw.target(exercise.n_outputs, ANSWERS, None)["y"]]
    loss = OF_TAKES.get(liked.takes, "") if liked else exercise.loss or ""
    drawn = draw.target(exercise.n_outputs, loss, last if last in RANGE else None)
    if "label" in drawn and exercise.target in ("y", "Y"):
        return [int(k == drawn["label"]) for k in range(exercise.n_outputs)]
    (target,) = drawn.values()
    return target


def _has_twins(exercise: Exercise) -> bool:
    """Whether two neurons of a layer are the same in all that they have."""
    for layer in exercise.layers:
        neurons = [(*row, bias) for row, bias in zip(layer.W, layer.b or [0] * len(layer.W), strict=True)]
        one_number_each = len(layer.W[0]) == 1 and layer.b is None  # and there are not so many of those
        if len(set(neurons)) < len(neurons) and not one_number_each:
            return True
    return False


def _is_pleasant(exercise: Exercise, kind: str, longest: int) -> bool:
    """Every result short, or with four digits that need no power of ten; no result a number that stands there."""
    try:
        found = values(exercise, kind)
    except HomeworkError:
        return False
    for number in numbers_in(found):
        if kind == "fraction":
            if len(str(number)) > longest:
                return False
        elif number != 0 and not SMALLEST <= abs(number) < LARGEST:
            return False
    results = list(numbers_in([found.get(name) for name in RESULTS]))
    given = {Fraction(number) for number in _given(exercise)}
    return len(set(results)) == len(results) and not any(Fraction(number) in given for number in results)
