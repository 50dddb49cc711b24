"""What has to fit in an exercise: one layer to the next, inputs and targets to the layers, the loss to both."""

from __future__ import annotations

import re
from fractions import Fraction

import scalarnn
from scalarnn import check
from scalarnn.exercise.keys import KEYS
from scalarnn.exercise.kinds import EntryError
from scalarnn.training import SCORES_INSTEAD, TO_CLASSES, YES_OR_NO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Exercise = Any  # description.Exercise, which calls these functions
    ExerciseLayer = Any

__all__ = ["INSIDE", "RATES", "check_data", "check_layer", "check_loss", "check_penalty", "frozen_names", "settings_of"]

RATES = ("beta", "beta1", "beta2", "epsilon", "gamma", "decay")
# From the scores: the activation that is inside the loss, by its name here.
INSIDE = {"softmax_cross_entropy": "softmax", "sigmoid_cross_entropy": "sigmoid"}


def check_layer(layers: list[ExerciseLayer], layout: str) -> None:
    """The last of these layers fits the one before it, and its b its W."""
    place, layer = len(layers) - 1, layers[-1]
    path = ("layer", place)
    if place:
        n_inputs, expected = len(layer.W[0]), len(layers[-2].W)
        if n_inputs != expected:
            across, one_each = ("columns", "column") if layout == "W" else ("rows", "row")
            raise EntryError(
                (*path, "W"),
                f"{_count(n_inputs, across, one_each)}: expected {expected}, one for each neuron of layer[{place - 1}]",
            )
    if layer.b is not None and len(layer.b) != len(layer.W):
        a_neuron = "row" if layout == "W" else "column"
        _wrong_length((*path, "b"), layer.b, len(layer.W), f"one for each {a_neuron} of W")
    if layer.alpha is not None and layer.activation != "leaky_relu":
        raise EntryError((*path, "alpha"), 'is for activation = "leaky relu" alone')


def check_data(exercise: Exercise) -> None:
    """Inputs and targets fit the network, and each other."""
    for one, many in (("x", "X"), ("y", "Y"), ("label", "labels"), ("y", "label"), ("Y", "labels"), ("gamma", "decay")):
        if getattr(exercise, one) is not None and getattr(exercise, many) is not None:
            raise EntryError((many,), f"stands beside {one}: expected one of them")
    inputs, target = exercise.inputs, exercise.target
    if inputs is None and target is not None:
        raise EntryError((target,), f"without inputs: expected {'x' if target in ('y', 'label') else 'X'} beside it")
    if target is not None and (target in ("y", "label")) != (inputs == "x"):
        goes_with = "y or label" if inputs == "x" else "Y or labels"
        raise EntryError((target,), f"goes with {'X' if inputs == 'x' else 'x'}: expected {goes_with} beside {inputs}")
    columns = "row" if exercise.layout == "W_transposed" else "column"
    every_input = f"one for each {columns} of layer[0].W"
    every_output = f"one for each output, a neuron of layer[{len(exercise.layers) - 1}]"
    for name, n, why in (("x", exercise.n_inputs, every_input), ("y", exercise.n_outputs, every_output)):
        if getattr(exercise, name) is not None:
            _wrong_length((name,), getattr(exercise, name), n, why)
        rows = getattr(exercise, name.upper())
        for place, row in enumerate(rows or []):
            _wrong_length((name.upper(), place), row, n, why)
    if target in ("Y", "labels"):
        _wrong_length(
            (target,), getattr(exercise, target), len(exercise.X), "one for each row of X", "entry", "entries"
        )
    for place, label in enumerate(exercise.labels or []):
        _check_label(("labels", place), label, exercise.n_outputs)
    if exercise.label is not None:
        _check_label(("label",), exercise.label, exercise.n_outputs)


def _check_label(path: tuple[Any, ...], label: int, n_classes: int) -> None:
    if label >= n_classes:
        raise EntryError(
            path, f"{label}: expected a class from 0 to {n_classes - 1}, for there are {n_classes} outputs"
        )


def check_loss(exercise: Exercise) -> None:
    """The loss fits the targets and the last activation."""
    loss, target = exercise.loss, exercise.target
    if loss is None and target is not None:
        example = "softmax cross entropy" if target in ("label", "labels") else "half squared error"
        raise EntryError((target,), f'without a loss: expected loss = "{example}", or another')
    if loss is None:
        return
    if target is None:
        raise EntryError(("loss",), "without targets: expected y, Y, label or labels")
    if exercise.liked_loss:
        _check_liked(exercise)
        return
    said = loss.replace("_", " ")
    if target in ("label", "labels") and loss not in TO_CLASSES:
        raise EntryError(
            (target,), f'goes with a loss of classes: expected {target[:1].replace("l", "y")} beside "{said}"'
        )
    activation, last = exercise.layers[-1].activation, ("layer", len(exercise.layers) - 1)
    if loss in INSIDE and activation not in ("identity", INSIDE[loss]):
        raise EntryError(
            (*last, "activation"), f'the loss "{said}" has {INSIDE[loss]} inside: expected no activation here'
        )
    takes_probabilities = loss in TO_CLASSES + YES_OR_NO and loss not in INSIDE
    if takes_probabilities and activation not in INSIDE.values():
        ends = {name: (kind.__name__.lower(), other) for name, (kind, other) in SCORES_INSTEAD.items()}
        end, instead = ends.get(loss, ends["cross_entropy"])
        raise EntryError(
            (*last, "activation") if activation != "identity" else ("loss",),
            f'"{said}" takes probabilities: expected activation = "{end}" in the last layer, or '
            f'loss = "{instead.replace("_", " ")}"',
        )
    _check_targets(exercise, takes_probabilities or loss in INSIDE)


def _check_liked(exercise: Exercise) -> None:
    """A loss of another package fits the targets and the last activation."""
    liked, target = exercise.liked_loss, exercise.target
    one, many = ("label", "labels") if liked.takes == "a class" else ("y", "Y")
    if target not in (one, many):
        expected = many if exercise.is_batch else one
        raise EntryError((target,), f'"{liked.name}" takes {liked.takes}: expected {expected} beside it')
    activation, last = exercise.layers[-1].activation, ("layer", len(exercise.layers) - 1)
    if liked.inside and activation not in ("identity", liked.inside):
        said = f'the loss "{liked.name}" has {liked.inside} inside: expected no activation here'
        raise EntryError((*last, "activation"), said)
    if liked.ends and activation not in INSIDE.values():
        said = f'"{liked.name}" takes probabilities: expected activation = "{liked.ends}" in the last layer'
        raise EntryError((*last, "activation") if activation != "identity" else ("loss",), said)
    looks: dict[str, Any] = {
        "answers": check.probabilities,
        "a distribution": check.distribution,
        "margins": _check_margins,
    }
    rows = [exercise.y] if target == "y" else exercise.Y if target == "Y" else []
    for place, row in enumerate(rows if liked.takes in looks else []):
        try:
            looks[liked.takes]([float(number) for number in row], "y")
        except ValueError as error:
            path: tuple[Any, ...] = ("y",) if target == "y" else ("Y", place)
            raise EntryError(path, str(error).removeprefix("y ").removeprefix("is ")) from None


def _check_margins(y: list[float], name: str) -> None:
    for i, one in enumerate(y):
        if one not in (-1, 1):
            raise ValueError(f"{name}[{i}] is {one}: expected -1 or 1")


def _check_targets(exercise: Exercise, are_probabilities: bool) -> None:
    """What the door of the loss says of the targets, with a prediction that nobody can object to."""
    if not are_probabilities or exercise.target not in ("y", "Y"):
        return
    function = getattr(scalarnn, exercise.loss)
    harmless = [0.5] * exercise.n_outputs
    rows = [exercise.y] if exercise.target == "y" else exercise.Y
    for place, row in enumerate(rows):
        try:
            function(harmless, [float(number) for number in row])
        except (TypeError, ValueError) as error:
            path: tuple[Any, ...] = ("y",) if exercise.target == "y" else ("Y", place)
            said = re.fullmatch(r"y(?:\[(\d+)\])? (?:is )?(.*)", str(error))
            if said is None:
                raise
            raise EntryError((*path, int(said[1])) if said[1] else path, said[2]) from None


def check_penalty(exercise: Exercise) -> None:
    """A penalty has its strength, and a loss that it is added to."""
    for name, other in (("penalty", "strength"), ("strength", "penalty"), ("penalty", "loss")):
        if getattr(exercise, name) is not None and getattr(exercise, other) is None:
            raise EntryError((name,), f"without a {other}: expected {other} beside it")


def settings_of(exercise: Exercise) -> dict[str, Any]:
    """The settings of the optimizer, in the order of its step; what is left out is the package's."""
    given = exercise.given
    rule = exercise.rule
    if exercise.learning_rate is None:
        for name in ("optimizer", *RATES, "steps", "frozen"):
            if given.get(name) is not None and not (name == "steps" and exercise.steps == 1):
                raise EntryError((name,), "without a learning rate: expected learning_rate beside it")
    elif exercise.loss is None:
        raise EntryError(("learning_rate",), "without a loss: expected y and loss beside it")
    settings = {}
    for key in KEYS:
        if key.name in ("beta", "beta1", "beta2", "epsilon"):
            value = getattr(exercise, key.name)
            if key.name in rule.settings:
                otherwise = rule.settings[key.name]
                settings[key.name] = Fraction(repr(otherwise)) if value is None else value
            elif value is not None:
                said = exercise.optimizer.replace("_", " ")
                takes = f"it takes {', '.join(rule.settings)}" if rule.settings else "it takes none such"
                raise EntryError((key.name,), f"is no setting of {said}: {takes}")
    others = {name: Fraction(repr(value)) for name, value in rule.settings.items() if name not in settings}
    return settings | others


def frozen_names(exercise: Exercise) -> tuple[str, ...]:
    """Every name with its layer, in order."""
    all_of_them = [f"{letter}[{place}]" for place in range(len(exercise.layers)) for letter in "Wb"]
    chosen = set()
    for place, name in enumerate(exercise.frozen):
        meant = [full for full in all_of_them if name in (full, full[0])]
        if not meant:
            expected = f"expected W, b, or of one layer {', '.join(all_of_them)}"
            raise EntryError(("frozen", place), f"there is no {name!r}: {expected}")
        chosen.update(meant)
    left = [name for name in all_of_them if name not in chosen]
    if exercise.learning_rate is not None and not any(_is_there(exercise, name) for name in left):
        raise EntryError(("frozen",), "leaves nothing to be updated")
    return tuple(name for name in all_of_them if name in chosen or not _is_there(exercise, name))


def _is_there(exercise: Exercise, name: str) -> bool:
    return name[0] == "W" or exercise.layers[int(name[2:-1])].b is not None


def _wrong_length(
    path: tuple[Any, ...], values: list[Any], expected: int, why: str, one: str = "number", many: str = "numbers"
) -> None:
    if len(values) != expected:
        raise EntryError(path, f"{_count(len(values), many, one)}: expected {expected}, {why}")


def _count(n: int, many: str, one: str) -> str:
    return f"{n} {one if n == 1 else many}"
