"""The name of a value as somebody wrote it: as in the program, in the values of `show --json`, or in the solution.

    dL_dW[1][0][0]   dL_dW1[0][0]   ∂L/∂W₁,₀₀   dL/dw5   W_new[1][0][0]   W₁,₀₀⁺   ŷ₀   z0[1]   net_h1   out_o1

Layers, neurons and inputs are counted from 0. The names that textbooks count from 1 are known too: w5 is the fifth
weight, row by row and layer by layer, h1 the first hidden neuron, o1 the first output.
"""

from __future__ import annotations

import re
import unicodedata

from scalarnn.exercise.program import Names
from scalarnn.nearest import nearest
from scalarnn.worked.own_numbers import HomeworkError, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

    Path = tuple[str | int, ...]

__all__ = ["entries", "entry", "named", "written"]

SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
GRADIENT = re.compile(r"d(?:Ln?|E|C|J|E_?total|loss)(?:/d|_d)(?P<rest>.+)")
NAME = re.compile(
    r"(?P<letter>[A-Za-z]+?(?:_hat)?)(?P<new>_?new|\+|')?_?(?P<numbers>\d[\d,_]*)?(?P<new2>_?new|\+|')?"
    r"(?P<index>(?:\[[\d, ]+\])*)"
)
LETTERS = {"w": "W", "b": "b", "z": "z", "a": "a", "h": "a", "x": "x", "y_hat": "y_hat", "yhat": "y_hat", "net": "z"}
LOSS = re.compile(r"(?:L|E|C|J|[Ll]oss|[Cc]ost|[Ee]rror|E_?total)(?P<new>_?new|\+|')?")
OF_PENALTY = re.compile(r"d(?P<of>L_total|P\d*)(?:/d|_d)(?P<rest>[Ww].*)")
COUNTED = re.compile(r"(?:(?P<part>net|out|z|a)_?)?\{?(?P<where>[ho])_?(?P<number>\d+)\}?(?P<new>_?new|\+|')?")


def named(text: str, exercise: Exercise | None, values: dict[str, Any]) -> Path:
    """The path of the value that is meant: its name in the values, and the indices. It is a number, or a list of them.

    Args:
        text: the name as it was written.
        exercise: the exercise; None if the values are another's, and have the names that they have.
        values: every value by its name.

    Raises:
        HomeworkError: there is none of that name, or there are two.
    """
    found: list[Path] = []
    text = text.strip()
    readings = list(_readings(_plain(text), exercise, values))
    for path in readings:
        value = entry(values, path)
        if value is not None and path not in found:
            found.append(path)
    numbers = [path for path in found if not isinstance(entry(values, path), list)]
    paths = numbers or found[:1]
    if numbers and written(numbers[0]) == text:  # letter for letter
        paths = numbers[:1]
    if numbers and len({entry(values, path) for path in paths}) > 1:
        raise HomeworkError(f"{short(text)!r} may be {' or '.join(map(written, paths))}: say which")
    if not paths:
        for path in readings:
            if path[0] in values and len(path) > 1:
                raise HomeworkError(f"there is no {short(text)!r}: {_missing(values, path)}")
        known = [name for name in values if not name.startswith("_")]
        raise HomeworkError(f"there is no value called {short(text)!r}{nearest(text.partition('[')[0], known)}")
    return paths[0]


def _missing(values: dict[str, Any], path: Path) -> str:
    """What there is in place of an entry that is not: the shape of the nearest list, or a number."""
    value, n = values[str(path[0])], 1
    while n < len(path) and isinstance(value, list) and int(path[n]) < len(value):
        value, n = value[int(path[n])], n + 1
    name = written(path[:n])
    if not isinstance(value, list):
        return f"{name} is {'a number' if value is not None else 'not there'}: expected no index behind it"
    inner = next((len(row) for row in value if isinstance(row, list)), None)
    shape = f"has {len(value)} entries" if inner is None else f"has {len(value)} entries of {inner}"
    return f"{name} {shape}: expected an index from 0 to {len(value) - 1}"


def entry(values: dict[str, Any], path: Path) -> Any:
    """The number, or the list, at a path; a list of one number is that number; None where there is nothing."""
    value: Any = values
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return None if isinstance(value, (bool, str, dict)) else value


def entries(values: dict[str, Any], path: Path) -> Iterator[tuple[Path, Any]]:
    """Every number at a path or below it."""
    value: Any = values
    for step in path:
        value = value[step]
    if isinstance(value, list):
        for i in range(len(value)):
            yield from entries(values, (*path, i))
    elif value is not None:
        yield path, value


def written(path: Path) -> str:
    """A path as text.

    Examples:
        >>> written(("dL_dW", 1, 0, 0))
        'dL_dW[1][0][0]'
    """
    return str(path[0]) + "".join(f"[{step}]" for step in path[1:])


# ---- what a name may mean --------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """In ASCII: ∂ as d, ŷ as y_hat, subscripts as digits."""
    text = unicodedata.normalize("NFC", text).strip().replace("⁺", "+").replace("′", "'")
    for letter in "yY":
        text = text.replace(unicodedata.normalize("NFC", f"{letter}\u0302"), f"{letter}_hat")
    text = text.replace("∂", "d").replace("δ", "delta").replace("ₙ", "n").replace(",new", "_new").translate(SUBSCRIPTS)
    text = re.sub(r"\s+(?=[/\[\],])|(?<=[/\[,])\s+", "", text)
    return re.sub(r"^d\s+|(?<=/d)\s+", lambda found: found[0].strip(), text)


def _readings(text: str, exercise: Exercise | None, values: dict[str, Any]) -> Iterator[Path]:
    """Everything that it may mean, the likeliest first."""
    name, index = text.partition("[")[0], [int(number) for number in re.findall(r"\d+", text.partition("[")[2])]
    if name in values:
        yield (name, *index)
    if exercise is None:
        return
    yield from _of_penalty(text, exercise, values)
    gradient = GRADIENT.fullmatch(text)
    rest = gradient["rest"] if gradient else text
    if rest.startswith("delta"):
        gradient, rest = gradient or GRADIENT.match("dL_dz"), "z" + rest.removeprefix("delta")
    counted = COUNTED.fullmatch(rest)
    if counted:
        yield from _counted(counted, exercise, is_gradient=gradient is not None)
    loss = LOSS.fullmatch(rest)
    if loss:
        yield ("L_new" if loss["new"] else "L",)
    found = NAME.fullmatch(rest)
    if found is None:
        return
    letter, is_new = found["letter"], bool(found["new"] or found["new2"])
    if letter.lower() not in LETTERS:
        return
    kind = LETTERS[letter.lower()]
    groups = re.findall(r"\d+", found["numbers"] or "")
    brackets = [int(number) for number in re.findall(r"\d+", found["index"])]
    if kind in ("x", "y_hat"):
        indices = [*(int(digit) for group in groups for digit in group), *brackets]
        yield from _paths(kind, 0, is_new, gradient is not None, indices, exercise)
        return
    for layer, indices in _places(groups, brackets, exercise):
        if layer < len(exercise.layers):
            yield from _paths(kind, layer, is_new, gradient is not None, indices, exercise)
    if letter == "w" and len(groups) == 1 and not brackets:
        place = _of_weight(int(groups[0]), exercise)
        if place is not None:
            yield from _paths("W", place[0], is_new, gradient is not None, [*place[1:]], exercise)


def _of_penalty(text: str, exercise: Exercise, values: dict[str, Any]) -> Iterator[Path]:
    """∂L_total/∂W₀,₀₀ and ∂P₀/∂W₀,₀₀: the place is read as in ∂L/∂W₀,₀₀."""
    found = OF_PENALTY.fullmatch(text)
    for _, k, *place in _readings(f"dL/d{found['rest']}", exercise, values) if found else ():
        P, W = (Names(exercise).of(letter, int(k)) for letter in "PW")
        yield ("dL_total_dW", k, *place) if text.startswith("dL_total") else (f"d{P}_d{W}", *place)


def _places(groups: list[str], brackets: list[int], exercise: Exercise) -> Iterator[tuple[int, list[int]]]:
    """Layer and indices: W₁,₀₀ and W1[0][0] say the layer, W₀₀ of a single layer does not, W[1][0][0] in brackets."""
    if groups:
        more = [int(digit) for group in groups[1:] for digit in (group if len(groups) == 2 else [group])]
        yield int(groups[0]), [*more, *brackets]
        if len(exercise.layers) == 1:
            yield 0, [*(int(digit) for group in groups for digit in group), *brackets]
    elif len(exercise.layers) == 1:
        yield 0, brackets
    if not groups and brackets:
        yield brackets[0], brackets[1:]


def _paths(
    kind: str, layer: int, is_new: bool, is_gradient: bool, indices: list[int], exercise: Exercise
) -> Iterator[Path]:
    names = Names(exercise, new=is_new)
    if kind in ("x", "y_hat"):
        name = names.a(-1) if kind == "x" else names.a(names.last)
        yield (names.gradient(name) if is_gradient else name, *indices)
    elif kind in ("z", "a"):
        name = names.z(layer) if kind == "z" else names.a(layer)
        yield (names.gradient(name) if is_gradient else name, *indices)
    elif is_gradient:
        yield (f"dL_d{kind}", layer, *indices)
    elif is_new:
        yield (f"{kind}_new", layer, *indices)
    else:
        yield (names.of(kind, layer), *indices)


def _counted(found: re.Match[str], exercise: Exercise, *, is_gradient: bool) -> Iterator[Path]:
    """h1, o1, net_h1, out_o1: neurons counted from 1."""
    if found["where"] == "h" and len(exercise.layers) != 2:
        return
    layer = 0 if found["where"] == "h" else len(exercise.layers) - 1
    kind = "z" if found["part"] in ("net", "z") else "a"
    yield from _paths(kind, layer, bool(found["new"]), is_gradient, [int(found["number"]) - 1], exercise)


def _of_weight(number: int, exercise: Exercise) -> tuple[int, int, int] | None:
    """Layer, row and column of the weight that is the so-maniest, from 1."""
    before = 0
    for place, layer in enumerate(exercise.layers):
        columns = len(layer.W[0])
        if before < number <= before + len(layer.W) * columns:
            return place, (number - before - 1) // columns, (number - before - 1) % columns
        before += len(layer.W) * columns
    return None
