"""Every number of a step under its name: W and b before and after it, and what the optimizer keeps of them.

W[0][1][0]     a weight, b[0][1] a bias: layer, neuron, input, from 0
v_W[0][1][0]   what is kept of it
"""

from __future__ import annotations

from scalarnn.exercise.kinds import ExerciseError
from scalarnn.exercise.program import Names
from scalarnn.exercise.slips.later import Later
from scalarnn.exercise.slips.running import Running
from scalarnn.float32 import round_to_float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from scalarnn import Network
    from scalarnn.exercise.description import Exercise

    Numbers = Mapping[str, float]

__all__ = ["are_float32", "after_step", "kept_numbers", "kinds_of", "later_of", "new_numbers", "parameters", "same"]

# How far two numbers may lie apart that are the same but for rounding, as a part of the number and of the step.
OF_DOUBLES = 1e-12
OF_FLOAT32 = 2.0**-22


def are_float32(numbers: list[float]) -> bool:
    """Whether float32 holds each of these numbers as it is."""
    return all(round_to_float32(number) == number for number in numbers)


def _agree(before: list[float], ours: list[float], theirs: list[float]) -> bool:
    """Whether numbers are the same but for rounding, in the precision that theirs have."""
    part = OF_FLOAT32 if are_float32(theirs) else OF_DOUBLES
    step = max(abs(new - old) for new, old in zip(ours, before, strict=True))
    return all(abs(a - b) <= part * (abs(a) + step) for a, b in zip(ours, theirs, strict=True))


def parameters(network: Network) -> Iterator[tuple[str, float]]:
    """Every weight and bias under its name."""
    for k, layer in enumerate(network.layers):
        yield from _entries(f"W[{k}]", layer.W)
        yield from _entries(f"b[{k}]", layer.b)


def after_step(exercise: Exercise, old: Numbers, later: Later) -> dict[str, float]:
    """Every number of `old` after the step of an exercise."""
    return new_numbers(exercise, old, Running(exercise, "float", later).values())


def new_numbers(exercise: Exercise, old: Numbers, new: Mapping[str, Any]) -> dict[str, float]:
    """The same from the values of a trial."""
    found = dict(old)
    names = Names(exercise)
    for k in range(len(exercise.layers)):
        for letter in "Wb":
            found |= dict(_entries(f"{letter}[{k}]", new[f"{letter}_new"][k] or []))
            for kept in exercise.rule.state:
                found |= dict(_entries(f"{kept}_{letter}[{k}]", new.get(f"{kept}_{names.of(letter, k)}_new") or []))
    return {name: found[name] for name in old}


def _entries(name: str, value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, list):
        for i, entry in enumerate(value):
            yield from _entries(f"{name}[{i}]", entry)
    else:
        yield name, float(value)


def kinds_of(names: Numbers) -> list[list[str]]:
    """The names of parameters, and those of each letter that is kept: their changes are of different sizes."""
    kinds: dict[str, list[str]] = {}
    for name in names:
        kinds.setdefault(name[0] if name[1] == "_" else "", []).append(name)
    return list(kinds.values())


def same(before: Numbers, ours: Numbers, theirs: Numbers) -> bool:
    """Whether all numbers are the same but for rounding; only those that are there before the step are looked at."""
    return all(_agree(*([one[name] for name in names] for one in (before, ours, theirs))) for names in kinds_of(before))


# ---- what is kept ----------------------------------------------------------------------------------------------------


def later_of(exercise: Exercise, state: Sequence[Mapping[str, Any]] | None, taken: int) -> Later:
    """What is kept, by its names in the program; all of it is there, in the shape of its parameters."""
    names, letters = Names(exercise), exercise.rule.state
    kept: dict[str, Any] = {}
    if type(taken) is not int or taken < 0:
        raise ExerciseError(f"taken is {taken!r}: expected how many steps were taken, a whole number from 0 up")
    if state is not None and len(state) != len(exercise.layers):
        raise ExerciseError(f"a state of {len(state)} layers: expected {len(exercise.layers)}, as the network has")
    for k, layer in enumerate(exercise.layers if state is not None else []):
        for letter, theta in (("W", layer.W), ("b", layer.b)):
            for kind in letters if theta is not None else ():
                name = f"{kind}_{letter}"
                value = (state or [])[k].get(name)
                if value is None and letter == "b":
                    continue  # there may be none in a layer without biases, which has zeros here
                if _shape(value) != _shape(theta):
                    said = "is missing" if value is None else f"has the shape {_shape(value)}"
                    raise ExerciseError(f"state[{k}].{name} {said}: expected {_shape(theta)}, as {letter}[{k}] has")
                kept[f"{kind}_{names.of(letter, k)}"] = value
    return Later(kept, taken)


def kept_numbers(later: Later) -> dict[str, float]:
    """Every number of a state: v_W0 as v_W[0][j][i]."""
    found: dict[str, float] = {}
    for name, value in later.state.items():
        found |= dict(_entries(f"{name[:3]}[{name[3:] or 0}]", value))
    return found


def _shape(value: Any) -> list[int]:
    return [len(value), *_shape(value[0])] if isinstance(value, list) and value else []
