"""Slips with what is given: a number misread, two exchanged, a sample left out, classes counted from 1."""

from __future__ import annotations

import itertools
from fractions import Fraction

from scalarnn.exercise.slips.slip import GIVEN, SELDOM, Slip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

    Change = tuple[Slip, dict[str, Any]]

__all__ = ["misread"]

MOST_NUMBERS = 40  # of all that is given: of more, none is taken for misread
MOST_IN_PAIRS = 5


def misread(exercise: Exercise) -> Iterator[Change]:
    """Each slip, and the keys of the exercise that are other by it.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> exercise = Exercise([{"W": [[1, 2]]}], x=[3, -4], y=[10], loss="squared error")
        >>> [(slip.name, changes) for slip, changes in misread(exercise) if "not seen" in slip.name]
        [('the minus of x[1] not seen', {'x': [3, 4.0]})]
    """
    for make in (_classes, _samples, _exchanged, _numbers):
        yield from make(exercise)


def _classes(exercise: Exercise) -> Iterator[Change]:
    """Classes counted from 1; yes for no."""
    n = exercise.n_outputs
    for key in ("label", "labels"):
        given = getattr(exercise, key)
        for shift, words in ((-1, "the classes counted from 1"), (1, "the class behind")) if given is not None else ():
            classes = [label + shift for label in given] if key == "labels" else given + shift
            yield Slip(words, f"class {'+' if shift > 0 else '−'} 1", rank=SELDOM if shift > 0 else 1), {key: classes}
    for key in ("y", "Y"):
        rows = [exercise.y] if key == "y" else exercise.Y
        if getattr(exercise, key) is None or not all(number in (0, 1) for row in rows for number in row):
            continue
        if n > 1 and all(sum(row) == 1 for row in rows):
            for shift, words in ((1, "the classes counted from 1"), (-1, "the class behind")):
                turned = [[*row[shift:], *row[:shift]] for row in rows]
                yield Slip(words, rank=SELDOM), {key: turned if key == "Y" else turned[0]}
        opposite = [[1 - number for number in row] for row in rows]
        yield Slip("yes for no in the targets", "1 − y", "y"), {key: opposite if key == "Y" else opposite[0]}


def _samples(exercise: Exercise) -> Iterator[Change]:
    """Targets of samples exchanged; a sample left out, or one alone."""
    if not exercise.is_batch:
        return
    key = exercise.target or ""
    keys = ["X", *([key] if key else [])]
    samples = range(len(exercise.X))
    for n, other in itertools.combinations(samples, 2) if key else ():
        swapped = _swapped(getattr(exercise, key), n, other)
        yield Slip(f"the targets of samples {n} and {other} exchanged"), {key: swapped}
    for n in samples if len(samples) > 1 else ():
        left = {name: [row for m, row in enumerate(getattr(exercise, name)) if m != n] for name in keys}
        yield Slip(f"sample {n} left out"), left
        yield Slip(f"sample {n} alone"), {name: [getattr(exercise, name)[n]] for name in keys}


def _exchanged(exercise: Exercise) -> Iterator[Change]:
    """Two inputs, targets, rows, columns or biases exchanged wherever they are used; two layers."""
    for letter, words in (("x", "inputs"), ("y", "targets")):
        rows = [getattr(exercise, letter)] if getattr(exercise, letter) else getattr(exercise, letter.upper()) or []
        for i, j in _pairs(rows[0]) if rows else ():
            changed = [_swapped(row, i, j) for row in rows]
            many = getattr(exercise, letter) is None
            yield (
                Slip(f"{words} {i} and {j} exchanged"),
                {letter.upper() if many else letter: changed if many else changed[0]},
            )
    for letter, words in (("x", "the inputs"), ("y", "the targets")):
        numbers = getattr(exercise, letter)
        if numbers is not None and len(numbers) > 2:
            yield Slip(f"{words} in reverse order", rank=SELDOM), {letter: numbers[::-1]}
    layers = exercise.given["layer"]
    for place, layer in enumerate(layers):
        for i, j in _pairs(layer["W"]):
            yield _of_layer(f"rows {i} and {j} of W{place} exchanged", layers, place, W=_swapped(layer["W"], i, j))
            if layer.get("b"):
                yield _of_layer(
                    f"b{place}[{i}] and b{place}[{j}] exchanged", layers, place, b=_swapped(layer["b"], i, j)
                )
        for i, j in _pairs(layer["W"][0]):
            W = [_swapped(row, i, j) for row in layer["W"]]
            yield _of_layer(f"columns {i} and {j} of W{place} exchanged", layers, place, W=W)
    for letter, (place, other) in itertools.product(
        "Wb", itertools.combinations(range(min(len(layers), MOST_IN_PAIRS)), 2)
    ):
        mine, others = layers[place].get(letter), layers[other].get(letter)
        if mine and others and len(mine) == len(others) and (letter == "b" or len(mine[0]) == len(others[0])):
            both = _with(_with(layers, place, **{letter: others}), other, **{letter: mine})
            yield Slip(f"{letter}{place} and {letter}{other} exchanged", rank=SELDOM), {"layer": both}


def _numbers(exercise: Exercise) -> Iterator[Change]:
    """One number misread: without its minus or with one, its point elsewhere, two digits exchanged."""
    layers = exercise.given["layer"]
    places = [(key, getattr(exercise, key)) for key in ("x", "X", "y", "Y") if getattr(exercise, key) is not None]
    places += [(f"{letter}{place}", layer.get(letter) or []) for place, layer in enumerate(layers) for letter in "Wb"]
    numbers = [(key, path, number) for key, values in places for path, number in _entries(values, ())]
    for at, (key, path, number) in enumerate(numbers) if len(numbers) <= MOST_NUMBERS else ():
        name = key + "".join(f"[{i}]" for i in path)
        beside = [other for k, where, other in numbers[max(0, at - 1) : at + 2] if k == key and where != path]
        readings = [
            *_readings(name, Fraction(number)),
            *((f"the number beside {name} for it", float(Fraction(other))) for other in beside),
        ]
        for words, other in readings:
            values = _put(dict(places)[key], path, other)
            slip = Slip(words, rank=SELDOM, over=GIVEN)
            if key[0] in "Wb":
                yield slip, {"layer": _with(layers, int(key[1:]), **{key[0]: values})}
            else:
                yield slip, {key: values}


def _readings(name: str, number: Fraction) -> Iterator[tuple[str, float]]:
    if number < 0:
        yield f"the minus of {name} not seen", float(-number)
    elif number > 0:
        yield f"a minus too many at {name}", float(-number)
    if number:
        yield f"the point of {name} one place to the right", float(number * 10)
        yield f"the point of {name} one place to the left", float(number / 10)
    digits = repr(float(number))
    for k in range(len(digits) - 1):
        if "e" not in digits and digits[k] != digits[k + 1] and "." not in digits[k : k + 2] and digits[k] != "-":
            other = digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :]
            yield f"two digits of {name} exchanged", float(other)
    yield f"{name} left out", 0.0


# ---- lists -----------------------------------------------------------------------------------------------------------


def _of_layer(words: str, layers: list[dict[str, Any]], place: int, **changes: Any) -> Change:
    return Slip(words, rank=SELDOM), {"layer": _with(layers, place, **changes)}


def _with(layers: list[dict[str, Any]], place: int, **changes: Any) -> list[dict[str, Any]]:
    """The layers, one of them with other values."""
    return [dict(layer) | (changes if k == place else {}) for k, layer in enumerate(layers)]


def _swapped(values: list[Any], i: int, j: int) -> list[Any]:
    swapped = list(values)
    swapped[i], swapped[j] = values[j], values[i]
    return swapped


def _pairs(values: list[Any]) -> Iterator[tuple[int, int]]:
    """Each with each, of a few."""
    return itertools.combinations(range(len(values) if len(values) <= MOST_IN_PAIRS else 0), 2)


def _entries(values: Any, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Any]]:
    for i, value in enumerate(values):
        if isinstance(value, (list, tuple)):
            yield from _entries(value, (*path, i))
        else:
            yield (*path, i), value


def _put(values: Any, path: tuple[int, ...], number: float) -> Any:
    """The list with another number at a path."""
    if not path:
        return number
    return [*values[: path[0]], _put(values[path[0]], path[1:], number), *values[path[0] + 1 :]]
