"""What explains a step that is not ours: a convention, a setting, or a slip that gives just its numbers."""

from __future__ import annotations

import math

from scalarnn.exercise.keys import OPTIMIZERS
from scalarnn.exercise.networks import from_network
from scalarnn.exercise.parameters import after_step, new_numbers, parameters, same
from scalarnn.exercise.slips.later import Later
from scalarnn.exercise.slips.running import FAILURES
from scalarnn.exercise.slips.trying import trials
from scalarnn.training import LOSSES
from scalarnn.worked.own_numbers import each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from scalarnn import Network
    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.parameters import Numbers

__all__ = ["explanations"]

MOST = 12  # that are told
FURTHER = 10  # steps behind this one that it may have been


def explanations(
    exercise: Exercise, before: Network, after: Network, given: Mapping[str, Any], later: Later
) -> list[str]:
    """Each convention, or if there is none each slip, that gives just these numbers: a sentence each.

    Args:
        exercise: what the step was made of.
        before: the network before it.
        after: the network after it.
        given: the keys of the exercise beside its layers.
        later: what was kept before the step.
    """
    found = dict.fromkeys(_conventions(exercise, before, after, given, later))
    return list(found or dict.fromkeys(_slips(exercise, before, after, later)))[:MOST]


def _conventions(
    exercise: Exercise, before: Network, after: Network, given: Mapping[str, Any], later: Later
) -> Iterator[str]:
    """Each convention that gives just these numbers."""
    old, theirs = dict(parameters(before)), dict(parameters(after))
    ours = after_step(exercise, old, later)
    if old == theirs:
        yield "nothing has changed: no step was made, or both files are of the same moment"
        return
    yield from _scaled(exercise, old, ours, theirs)
    yield from _not_updated(old, ours, theirs)
    yield from _decayed(exercise, old, ours, theirs)
    for why, other in _other_states(exercise, later):
        if _fits(exercise, {}, old, theirs, other):
            yield why
    for key, names in (("optimizer", OPTIMIZERS), ("loss", LOSSES)):
        for name in names:
            if name != getattr(exercise, key) and _fits(exercise, {key: name.replace("_", " ")}, old, theirs, later):
                yield f"{key} {name.replace('_', ' ')} gives just this, not {getattr(exercise, key).replace('_', ' ')}"
    yield from _of_other_packages(exercise, old, theirs, later)
    try:
        if same(theirs, after_step(from_network(after, **given), theirs, later), old):
            yield "the two files are exchanged"
    except FAILURES:
        pass


def _fits(exercise: Exercise, changes: dict[str, Any], old: Numbers, theirs: Numbers, later: Later) -> bool:
    """Whether the exercise with another setting, or another state, comes to their numbers."""
    settings = dict.fromkeys(("beta", "beta1", "beta2", "epsilon")) if "optimizer" in changes else {}
    try:
        return same(old, after_step(exercise.but(**settings, **changes), old, later), theirs)
    except FAILURES:
        return False


def _other_states(exercise: Exercise, later: Later) -> Iterator[tuple[str, Later]]:
    """What was kept otherwise, each with words for it."""
    if later.state:
        yield "the optimizer began anew: what it had kept was not used", Later({}, 0)
    if exercise.rule.counts or exercise.gamma is not None or exercise.decay is not None:
        for taken in range(later.taken + FURTHER):
            if taken != later.taken:
                yield f"it was step {taken + 1}, not step {later.taken + 1}", Later(later.state, taken)
    if "v" in exercise.rule.state and exercise.optimizer != "adam":
        rate = float(exercise.learning_rate)
        with_rate = {name: each(value, lambda v: -v / rate) for name, value in later.state.items()}
        yield "the velocity that was kept is −η times ours, as Keras has it", Later(with_rate, later.taken)


def _of_other_packages(exercise: Exercise, old: Numbers, theirs: Numbers, later: Later) -> Iterator[str]:
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
                if not exercise.liked_loss:
                    changes["loss"] = exercise.loss.replace("_", " ")  # of the book still
                tried[key] = _fits(exercise, changes, old, theirs, later)
            if tried[key]:
                makers.append(framework.call(name))
        if makers:
            yield f"{' or '.join(makers)} of {framework.full_name} gives just this"


def _slips(exercise: Exercise, before: Network, after: Network, later: Later) -> Iterator[str]:
    """Each slip of the catalogue that gives just these numbers."""
    old, theirs = dict(parameters(before)), dict(parameters(after))
    for slip, where, found in trials(exercise, "float", later):
        if "W_new" in found and same(old, new_numbers(exercise, old, found), theirs):
            formula = f": {slip.used}" if slip.used else ""
            yield f"{slip.name}{f', {where}' if where else ''}{formula}"


def _scaled(exercise: Exercise, old: Numbers, ours: Numbers, theirs: Numbers) -> Iterator[str]:
    """Every change is the same multiple of ours."""
    name = max(old, key=lambda name: abs(ours[name] - old[name]))
    if ours[name] == old[name]:
        return
    ratio = (theirs[name] - old[name]) / (ours[name] - old[name])
    scaled = {name: old[name] + ratio * (ours[name] - old[name]) for name in old}
    if ratio == 0 or not same(old, scaled, theirs):
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


def _not_updated(old: Numbers, ours: Numbers, theirs: Numbers) -> Iterator[str]:
    """Some kinds of parameters have stayed as they were, and all others are ours."""
    kinds: dict[str, list[str]] = {}
    for name in old:
        kinds.setdefault(name[: name.index("]") + 1], []).append(name)
    stayed = [kind for kind, names in kinds.items() if all(theirs[name] == old[name] for name in names)]
    expected = {name: old[name] if name[: name.index("]") + 1] in stayed else ours[name] for name in old}
    if stayed and same(old, expected, theirs):
        yield f"not updated: {', '.join(stayed)}"


def _decayed(exercise: Exercise, old: Numbers, ours: Numbers, theirs: Numbers) -> Iterator[str]:
    """Each weight is smaller than ours by the same part of what it was: weight decay, with or without the biases."""
    for which in ("W", "Wb"):
        names = [name for name in old if name[0] in which and old[name] != 0]
        if not names:
            continue
        name = max(names, key=lambda name: abs(old[name]))
        part = (ours[name] - theirs[name]) / old[name]
        expected = {name: ours[name] - (part * old[name] if name[0] in which else 0) for name in old}
        if part != 0 and same(old, expected, theirs):
            rate = part / float(exercise.learning_rate)
            of = "of the weights" if which == "W" else "of the weights and biases"
            yield f"weight decay {of}: λ = {rate:.6g} (each is smaller by η λ times what it was)"
