"""An exercise worked with every slip of the catalogue: what each would give."""

from __future__ import annotations

import functools
import itertools
import re
import sys

import scalarnn
from scalarnn.exercise.slips.given import misread
from scalarnn.exercise.slips.lines import by_hand, is_at, matches, target_of, with_lines
from scalarnn.exercise.slips.others import others
from scalarnn.exercise.slips.running import FAILURES, Running, functions
from scalarnn.exercise.slips.samples import after_each_sample
from scalarnn.exercise.slips.slip import Slip, catalogue
from scalarnn.tracing.symbols import symbol_of
from scalarnn.variants import bare, module_with_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.later import Later
    from scalarnn.exercise.slips.running import Edit

    Trial = tuple[Slip, str, dict[str, Any]]

__all__ = ["at", "trials", "worked_values"]

MOST_ENTRIES = 12  # of a vector: each alone is a trial of its own
MOST_IN_PAIRS = 5  # of a vector: each with each
MOST_WEIGHTS = 12  # of a matrix: each alone


def worked_values(exercise: Exercise, kind: str | None = "float") -> dict[str, Any]:
    """Every name of an exercise with its value: those of its program, and those of `values`.

    With several steps, the values are those of the first; what ends in _new comes after the last.
    """
    return Running(exercise, kind).values()


def trials(exercise: Exercise, kind: str | None = "float", later: Later | None = None) -> Iterator[Trial]:
    """Each slip of the catalogue, where it was made, and every name with the value that it gives.

    A slip is tried everywhere at once, in each layer, and in each place alone. What cannot be worked is passed over.

    Args:
        exercise: the exercise.
        kind: the kind of number to work in, as for WorkedExercise.
        later: what is known before its step, if it is not the first.
    """
    work = Running(exercise, kind, later)
    right = work.values()
    for slip in catalogue():
        yield from _inside(work, slip, right) if slip.inside else _on_lines(work, slip)
    for slip, changes in (*others(exercise), *misread(exercise)):
        try:  # it may not fit this network
            yield slip, "", Running(exercise.but(**changes), kind, later).values()
        except FAILURES:
            continue
    if later is None:
        yield from after_each_sample(exercise, kind)


def _tried(
    work: Running, slip: Slip, where: str, edit: Edit | None = None, others: dict[str, Any] | None = None
) -> Iterator[Trial]:
    """The trial, if it can be worked."""
    try:
        yield slip, where, work.values(edit, others)
    except FAILURES:
        return


# ---- lines -----------------------------------------------------------------------------------------------------------


def _on_lines(work: Running, slip: Slip) -> Iterator[Trial]:
    """The lines of a slip put in: everywhere, in each layer, alone; for each entry, or two, where it is about them."""
    names = matches(slip.line, work.lines)
    groups = _groups(names, work)
    if slip.over in TWO and not work.is_large:
        groups = _of_two(groups, slip.over)
    for places, where in groups:
        for indices in _indices(slip, work.exercise):
            put = functools.partial(with_lines, slip=slip, places=places, exercise=work.exercise, indices=indices)
            said = f"{where} {list(indices)}".strip() if indices else where
            n_worked = 0
            for edit in _ways(put, slip, places, work.exercise):
                for trial in _tried(work, slip, said, edit):
                    n_worked += 1
                    yield trial
            if indices and not n_worked and slip.over != "weights":
                break


OF_OUTPUTS = ("ACTIVATION", "RELU", "LEAKY", "SIGMOID", "TANH", "SOFTMAX", "SOFTMAX_BATCH")


def _ways(put: Edit, slip: Slip, places: list[str], exercise: Exercise) -> Iterator[Edit]:
    """The lines of the program with the slip in them; of an a that was changed, with what follows on paper as well."""
    yield put
    if slip.line in OF_OUTPUTS:
        for slopes in (False, True):
            yield functools.partial(_by_hand, put=put, places=places, exercise=exercise, slopes=slopes)


def _by_hand(lines: list[str], put: Edit, places: list[str], exercise: Exercise, *, slopes: bool) -> list[str]:
    """The lines edited, and by hand; there are none if that is the same, which has been tried."""
    edited = put(lines)
    as_on_paper = by_hand(edited, places, exercise, slopes=slopes)
    if as_on_paper == edited:
        raise LookupError("tried")
    return as_on_paper


TWO = ("pairs", "others", "weights")


def _indices(slip: Slip, exercise: Exercise) -> Iterable[tuple[int, ...]]:
    """What {i} and {j} stand for: first what the shortest vectors have."""
    if slip.over == "entries":
        return zip(range(MOST_ENTRIES))
    if slip.over == "weights":
        places = itertools.product(range(max(exercise.sizes[1:])), range(max(exercise.sizes[:-1])))
        return places if max(len(layer.W) * len(layer.W[0]) for layer in exercise.layers) <= MOST_WEIGHTS else ()
    if slip.over in ("pairs", "others"):
        of_two = sorted(itertools.permutations(range(MOST_IN_PAIRS), 2), key=max)
        return of_two if slip.over == "others" else [(i, j) for i, j in of_two if i < j]
    return [()]


def _groups(names: list[str], work: Running) -> list[tuple[list[str], str]]:
    """All places at once; those of each layer; each alone: with words for where."""
    seen: list[list[str]] = []
    of_kind = [[name for name in names if name[0] == letter] for letter in "Wb"]
    groups = [names, *_by_layer(names), *of_kind, *([name] for name in names)]
    found = []
    for places in groups[:1] if work.is_large else groups:
        if places and places not in seen:
            seen.append(places)
            found.append((places, "" if places is names else at(places)))
    return found


def _by_layer(names: list[str]) -> list[list[str]]:
    by_layer: dict[str, list[str]] = {}
    for name in names:
        by_layer.setdefault("".join(re.findall(r"\d+", name)), []).append(name)
    return list(by_layer.values())


def _of_two(groups: list[tuple[list[str], str]], over: str) -> list[tuple[list[str], str]]:
    """Those of one layer, in both passes or in the first; an exchange may be made everywhere."""
    return [
        (places, where)
        for places, where in groups
        if (len(_by_layer(places)) == 1 or over == "pairs") and not (len(places) == 1 and "_new" in places[0])
    ]


def at(places: Iterable[str]) -> str:
    """Where, as symbols."""
    return "at " + " and ".join(symbol_of(name).unicode() for name in places)


# ---- functions -------------------------------------------------------------------------------------------------------


def _inside(work: Running, slip: Slip, right: dict[str, Any]) -> Iterator[Trial]:
    """A function with the slip in it: everywhere, and in each line alone that uses its module."""
    changed = _function(slip)
    own = [name for name, thing in functions().items() if getattr(thing, "__module__", "") == changed.__module__]
    used = re.compile(rf"\b({'|'.join(own)})\b(?=\()")
    names = [name for line in work.lines for name in [target_of(line)] if used.search(line)]
    if not names:
        return
    swapped = vars(_changed(slip))
    for _, _, found in _tried(work, slip, "", others={name: swapped[name] for name in own}):
        if found == right:
            return
        yield slip, "", found
    others = {f"another_{name}": swapped[name] for name in own}
    for places, where in _groups(names, work):
        if where:
            edit = functools.partial(_renamed, places=places, pattern=used)
            yield from _tried(work, slip, where, edit, others)


def _renamed(lines: list[str], places: Iterable[str], pattern: re.Pattern[str]) -> list[str]:
    """The changed function at some places alone."""
    return [pattern.sub(r"another_\1", line) if is_at(line, places) else line for line in lines]


@functools.cache
def _changed(slip: Slip) -> ModuleType:
    """The module of a function with the slip in it."""
    return module_with_error(_function(slip), slip.old, slip.new)


def _function(slip: Slip) -> Any:
    """The function that a slip is inside of: one that is exported, or the rule of an update step."""
    function = getattr(scalarnn, slip.inside, None)
    if function is None:
        step = bare(getattr(scalarnn, slip.inside.replace("_rule", "_step")))
        return getattr(sys.modules[step.__module__], slip.inside)
    return bare(function)
