"""A step that other software has made: is it ours, to how many digits, or what explains the difference?

before, after     the same network before and after one step
ours              W and b after the step of the exercise: the same inputs, targets, loss and optimizer
digits            how many digits of the largest change agree
"""

from __future__ import annotations

import math

from scalarnn.exercise.description import Exercise
from scalarnn.exercise.keys import OPTIMIZERS
from scalarnn.exercise.kinds import ExerciseError
from scalarnn.exercise.networks import from_network
from scalarnn.exercise.working import values
from scalarnn.float32 import round_to_float32
from scalarnn.training import LOSSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from scalarnn import Network

__all__ = ["Verdict", "verify"]

# How far two numbers may lie apart that are the same but for rounding, as a part of the number and of the step.
OF_DOUBLES = 1e-12
OF_FLOAT32 = 2.0**-22


class Verdict:
    """What was found.

    Attributes:
        is_ours: whether every parameter is what the exercise comes to, but for rounding.
        digits: how many digits of the step agree with ours; inf if all bits do.
        precision: "float64" or "float32", as the numbers of the other software are.
        explanations: what gives just these numbers instead, each a sentence; empty if nothing does.
        largest: name, ours and theirs of the parameter that is furthest away.
    """

    def __init__(self, names: list[str], before: list[float], ours: list[float], theirs: list[float]) -> None:
        step = max(abs(new - old) for new, old in zip(ours, before, strict=True))
        apart = [abs(a - b) for a, b in zip(ours, theirs, strict=True)]
        worst = apart.index(max(apart))
        self.precision = "float32" if are_float32(theirs) else "float64"
        self.is_ours = agree(before, ours, theirs)
        self.digits = math.inf if max(apart) == 0 else math.log10(step / max(apart)) if step > 0 else 0.0
        self.explanations: list[str] = []
        self.largest = names[worst], ours[worst], theirs[worst]


def verify(before: Network, after: Network, **given: Any) -> Verdict:
    """Whether one step leads from one network to the other.

    Args:
        before: the network before the step.
        after: after it.
        given: what an exercise is given beside its layers: x or X, the targets, loss, learning_rate, optimizer …

    Raises:
        ExerciseError: the networks are of different shapes, or what is given does not make a step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> given = dict(x=[1, 2], y=[3], loss="squared error", learning_rate=0.25)
        >>> before = Network([Layer([[0.5, 1.0]], [0.0])])
        >>> verify(before, Network([Layer([[0.75, 1.5]], [0.25])]), **given).is_ours
        True
        >>> verify(before, Network([Layer([[0.75, 1.5]], [0.0])]), **given).explanations
        ['not updated: b[0]']
    """
    if given.get("steps", 1) != 1:
        raise ExerciseError("steps: expected one step: the gradients of more are not in these two networks")
    exercise = from_network(before, **given)
    if exercise.learning_rate is None or exercise.target is None:
        raise ExerciseError("expected x, its targets, a loss and a learning_rate: what a step is made of")
    old, theirs = dict(_parameters(before)), dict(_parameters(after))
    if old.keys() != theirs.keys():
        raise ExerciseError("the two networks are of different shapes: expected one network before and after a step")
    ours = _after(exercise, old)
    names = list(old)
    verdict = Verdict(names, *([one[name] for name in names] for one in (old, ours, theirs)))
    if not verdict.is_ours:
        verdict.explanations = list(dict.fromkeys(_explanations(exercise, before, after, given)))
    return verdict


def are_float32(numbers: list[float]) -> bool:
    """Whether float32 holds each of these numbers as it is."""
    return all(round_to_float32(number) == number for number in numbers)


def agree(before: list[float], ours: list[float], theirs: list[float]) -> bool:
    """Whether numbers are the same but for rounding, in the precision that theirs have."""
    part = OF_FLOAT32 if are_float32(theirs) else OF_DOUBLES
    step = max(abs(new - old) for new, old in zip(ours, before, strict=True))
    return all(abs(a - b) <= part * (abs(a) + step) for a, b in zip(ours, theirs, strict=True))


def _parameters(network: Network) -> Iterator[tuple[str, float]]:
    """Every weight and bias under its name."""
    for k in range(len(network.layers)):
        layer = network.layers[k]
        for j in range(len(layer.W)):
            for i in range(len(layer.W[j])):
                yield f"W[{k}][{j}][{i}]", float(layer.W[j][i])
        for j in range(len(layer.b)):
            yield f"b[{k}][{j}]", float(layer.b[j])


def _after(exercise: Exercise, old: Mapping[str, float]) -> dict[str, float]:
    """Every parameter after the step of an exercise."""
    new = values(exercise)
    found = dict(old)
    for letter in "Wb":
        for k, of_layer in enumerate(new[f"{letter}_new"]):
            for j, row in enumerate(of_layer or []):
                for name, number in _entries(f"{letter}[{k}][{j}]", row):
                    found[name] = float(number)
    return found


def _entries(name: str, row: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(row, list):
        for i, number in enumerate(row):
            yield f"{name}[{i}]", number
    else:
        yield name, row


# ---- what explains it ------------------------------------------------------------------------------------------------


def _explanations(exercise: Exercise, before: Network, after: Network, given: Mapping[str, Any]) -> Iterator[str]:
    """Each convention or mistake that gives just these numbers."""
    old, theirs = dict(_parameters(before)), dict(_parameters(after))
    ours = _after(exercise, old)
    if old == theirs:
        yield "nothing has changed: no step was made, or both files are of the same moment"
        return
    yield from _scaled(exercise, old, ours, theirs)
    yield from _not_updated(old, ours, theirs)
    yield from _decayed(exercise, old, ours, theirs)
    for key, names in (("optimizer", OPTIMIZERS), ("loss", LOSSES)):
        for name in names:
            if name != getattr(exercise, key) and _fits(exercise, {key: name}, old, theirs):
                yield f"{key} {name.replace('_', ' ')} gives just this, not {getattr(exercise, key).replace('_', ' ')}"
    yield from _of_other_packages(exercise, old, theirs)
    try:
        if _same(theirs, _after(from_network(after, **given), theirs), old):
            yield "the two files are exchanged"
    except (ArithmeticError, ExerciseError, ValueError):
        pass


def _of_other_packages(exercise: Exercise, old: Mapping[str, float], theirs: Mapping[str, float]) -> Iterator[str]:
    """Which packages make this step, with which of their optimizers; what is ours anyway is not asked."""
    from scalarnn.frameworks import frameworks

    tried: dict[str, bool] = {}
    for framework in frameworks().values():
        makers = []
        for name in framework.optimizers:
            entry = framework.data["optimizers"][name]
            if entry["rule"] == exercise.optimizer and not entry.keys() & {"decay", "start", "correction"}:
                continue
            key = repr({part: value for part, value in entry.items() if part not in ("call", "options", "rate")})
            if key not in tried:
                changes = {"like": framework.called[0], "optimizer": name, "layout": exercise.layout}
                tried[key] = _fits(exercise, changes, old, theirs)
            if tried[key]:
                makers.append(framework.call(name))
        if makers:
            yield f"{' or '.join(makers)} of {framework.full_name} gives just this"


def _same(before: Mapping[str, float], ours: Mapping[str, float], theirs: Mapping[str, float]) -> bool:
    return agree(list(before.values()), [ours[name] for name in before], [theirs[name] for name in before])


def _fits(exercise: Exercise, changes: dict[str, Any], old: Mapping[str, float], theirs: Mapping[str, float]) -> bool:
    """Whether the exercise with another setting comes to their numbers."""
    settings = dict.fromkeys(("beta", "beta1", "beta2", "epsilon")) if "optimizer" in changes else {}
    try:
        return _same(old, _after(exercise.but(**settings, **changes), old), theirs)
    except (ArithmeticError, ExerciseError, ValueError):
        return False


def _scaled(
    exercise: Exercise, old: Mapping[str, float], ours: Mapping[str, float], theirs: Mapping[str, float]
) -> Iterator[str]:
    """Every change is the same multiple of ours."""
    name = max(old, key=lambda name: abs(ours[name] - old[name]))
    if ours[name] == old[name]:
        return
    ratio = (theirs[name] - old[name]) / (ours[name] - old[name])
    scaled = {name: old[name] + ratio * (ours[name] - old[name]) for name in old}
    if ratio == 0 or not _same(old, scaled, theirs):
        return
    N, n = len(exercise.X) if exercise.is_batch else 1, exercise.n_outputs
    rate = float(exercise.learning_rate)
    known = [
        (-1, "uphill, the gradient was added"),
        (2, "of a squared error the whole instead of the half, or the rate taken twice as large"),
        (1 / 2, "of a squared error the half"),
        (N, f"the sum over the {N} samples, not their mean"),
        (1 / N, f"divided by the {N} samples once more"),
        (n, f"the sum over the {n} outputs, not their mean"),
        (1 / n, f"the mean over the {n} outputs, not their sum"),
        (N * n, f"the sum over the {N} samples and {n} outputs"),
        (1 / (N * n), f"the mean over the {N} samples and {n} outputs"),
        (rate, "the learning rate was taken twice, η²"),
        (1 / rate, "the learning rate was left out"),
    ]
    meant = [why for factor, why in known if factor != 1 and math.isclose(ratio, factor, rel_tol=1e-5)]
    yield f"the step is {ratio:.6g} times ours: {', or '.join(meant) or 'another learning rate'}"


def _not_updated(old: Mapping[str, float], ours: Mapping[str, float], theirs: Mapping[str, float]) -> Iterator[str]:
    """Some kinds of parameters have stayed as they were, and all others are ours."""
    kinds: dict[str, list[str]] = {}
    for name in old:
        kinds.setdefault(name[: name.index("]") + 1], []).append(name)
    stayed = [kind for kind, names in kinds.items() if all(theirs[name] == old[name] for name in names)]
    expected = {name: old[name] if name[: name.index("]") + 1] in stayed else ours[name] for name in old}
    if stayed and _same(old, expected, theirs):
        yield f"not updated: {', '.join(stayed)}"


def _decayed(
    exercise: Exercise, old: Mapping[str, float], ours: Mapping[str, float], theirs: Mapping[str, float]
) -> Iterator[str]:
    """Each weight is smaller than ours by the same part of what it was: weight decay, with or without the biases."""
    for which in ("W", "Wb"):
        names = [name for name in old if name[0] in which and old[name] != 0]
        if not names:
            continue
        name = max(names, key=lambda name: abs(old[name]))
        part = (ours[name] - theirs[name]) / old[name]
        expected = {name: ours[name] - (part * old[name] if name[0] in which else 0) for name in old}
        if part != 0 and _same(old, expected, theirs):
            rate = part / float(exercise.learning_rate)
            of = "of the weights" if which == "W" else "of the weights and biases"
            yield f"weight decay {of}: λ = {rate:.6g} (each is smaller by η λ times what it was)"
