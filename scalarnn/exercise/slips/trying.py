"""An exercise worked with every slip of the catalogue: what each would give."""

from __future__ import annotations

import functools
import itertools
import re

import scalarnn
from scalarnn.exercise.program import Names, given_numbers, program
from scalarnn.exercise.slips.helpers import HELPERS
from scalarnn.exercise.slips.lines import matches, target_of, with_lines
from scalarnn.exercise.slips.others import other_exercises
from scalarnn.exercise.slips.slip import ROUNDING, Slip, catalogue
from scalarnn.exercise.working import named_values
from scalarnn.tracing.symbols import symbol_of
from scalarnn.variants import bare, module_with_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType
    from typing import Any

    from scalarnn.exercise.description import Exercise

    Edit = Callable[[list[str]], list[str]]

__all__ = ["rounded_trials", "trials", "worked_values"]

MOST_ENTRIES = 12  # of a vector: each alone is a trial of its own
MOST_DECIMALS, MOST_DIGITS = 6, 5
LARGE = 20_000  # weights times samples times steps: from here on a slip is tried everywhere at once and no more
FAILURES = (
    ArithmeticError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
)  # a line may have moved before what it needs


def worked_values(exercise: Exercise, kind: str | None = "float") -> dict[str, Any]:
    """Every name of an exercise with its value: those of its program, and those of `values`.

    With several steps, the values are those of the first; what ends in _new comes after the last.
    """
    return _Program(exercise, kind).values()


def trials(exercise: Exercise, kind: str | None = "float") -> Iterator[tuple[Slip, str, dict[str, Any]]]:
    """Each slip of the catalogue, where it was made, and every name with the value that it gives.

    A slip is tried everywhere at once, in each layer, and in each place alone. What cannot be worked is passed over.
    """
    work = _Program(exercise, kind)
    for slip in catalogue():
        yield from _inside(work, slip) if slip.inside else _on_lines(work, slip)
    for slip, other in other_exercises(exercise):
        try:
            yield slip, "", _Program(other, kind).values()
        except FAILURES:
            continue


def _on_lines(work: _Program, slip: Slip) -> Iterator[tuple[Slip, str, dict[str, Any]]]:
    """The lines of a slip put in: everywhere, in each layer, alone; for each entry, where it is about one."""
    indices = range(MOST_ENTRIES) if any("{i}" in line for line in slip.put) else (None,)
    for places, where in work.groups(matches(slip.line, work.lines)):
        for i in indices:
            edit = functools.partial(
                with_lines, pattern=slip.line, put=slip.put, places=places, exercise=work.exercise, i=i or 0
            )
            found = list(work.tried(slip, where if i is None else f"{where} [{i}]".strip(), edit))
            yield from found
            if i is not None and not found:
                break


def _inside(work: _Program, slip: Slip) -> Iterator[tuple[Slip, str, dict[str, Any]]]:
    """A function with the slip in it: everywhere, and in each line alone that uses its module."""
    swapped = _changed(slip)
    for _, _, found in work.tried(slip, "", swapped=swapped):
        if found == work.values():
            return
        yield slip, "", found
    others = {f"another_{name}": thing for name, thing in _of_module(swapped).items()}
    names = [name for line in work.lines for name in [target_of(line)] if re.search(_any_of(swapped), line)]
    for places, where in work.groups(names):
        if where:
            edit = functools.partial(_renamed, places=places, pattern=_any_of(swapped))
            yield from work.tried(slip, where, edit, others=others)


def rounded_trials(exercise: Exercise, kind: str | None = "float") -> Iterator[tuple[Slip, str, dict[str, Any]]]:
    """The same for results rounded on the way: all of them, and each alone, to so many decimals or digits."""
    work = _Program(exercise, kind)
    names = [name for name in dict.fromkeys(map(target_of, work.lines)) if name not in ("", "losses", "eta_t")]
    for places in [names, *([name] for name in names if not work.is_large)]:
        for how, most, words in (("decimals", MOST_DECIMALS, "decimals"), ("digits", MOST_DIGITS, "digits")):
            for k in range(1, most + 1):
                edit = functools.partial(_rounded, places=places, how=how, k=k)
                where = "every result" if places is names else _at(places)
                one = words if k > 1 else words[:-1]
                yield from work.tried(Slip(f"rounded to {k} {one} on the way", rank=ROUNDING), where, edit)


# ---- the program, changed --------------------------------------------------------------------------------------------


class _Program:
    """The program of an exercise, to be run with other lines or other functions."""

    def __init__(self, exercise: Exercise, kind: str | None) -> None:
        self.exercise = exercise
        self.kind = kind
        self._space = HELPERS | {"n_outputs": exercise.n_outputs, "targets": self._targets}
        self.texts = [program(exercise, kind).partition("\n\n\n")]
        if exercise.steps > 1:
            self.texts.insert(0, program(exercise.but(steps=1), kind).partition("\n\n\n"))

    @property
    def lines(self) -> list[str]:
        """The lines of the first step's program."""
        return _lines(self.texts[0][2])

    @property
    def is_large(self) -> bool:
        """Whether one run takes so long that some hundred would be too many."""
        weights: int = sum(len(layer.W) * len(layer.W[0]) for layer in self.exercise.layers)
        n_samples, steps = len(self.exercise.X or [0]), int(self.exercise.steps)
        return weights * n_samples * steps > LARGE

    def groups(self, names: list[str]) -> Iterable[tuple[list[str], str]]:
        """Where a slip is tried: everywhere at once; in each layer, and in each place alone."""
        return itertools.islice(_groups(names), 1) if self.is_large else _groups(names)

    def tried(
        self,
        slip: Slip,
        where: str,
        edit: Edit | None = None,
        swapped: ModuleType | None = None,
        others: dict[str, Any] | None = None,
    ) -> Iterator[tuple[Slip, str, dict[str, Any]]]:
        """The trial, if it can be worked."""
        try:
            yield slip, where, self.values(edit, others if swapped is None else _of_module(swapped))
        except FAILURES:
            return

    def values(self, edit: Edit | None = None, others: dict[str, Any] | None = None) -> dict[str, Any]:
        """Every name with its value.

        Args:
            edit: what changes the lines.
            others: other functions, by the names that the lines have for them.
        """
        runs = [self._run(text, place, edit, others or {}) for place, (_, _, text) in enumerate(self.texts)]
        found = dict(runs[0])
        if len(runs) > 1:
            new = Names(self.exercise)
            last = runs[1]
            found |= {name: value for name, value in last.items() if "_new" in name}
            for place in range(len(self.exercise.layers)):
                for letter in "Wb":
                    name = new.of(letter, place)
                    if name in last:
                        found[f"{name}_new"] = last[name]
        return found | named_values(self.exercise, runs[0], runs[-1])

    def _run(self, text: str, place: int, edit: Edit | None, others: dict[str, Any]) -> dict[str, Any]:
        exercise = self.exercise if place == len(self.texts) - 1 else self.exercise.but(steps=1)
        given = given_numbers(exercise, self.kind)
        space = _functions() | _imported(self.texts[place][0]) | self._space | others
        lines = _lines(text)
        exec(compile("\n".join(edit(lines) if edit else lines), "<slip>", "exec"), space)
        found: dict[str, Any] = space["work"](**given)
        return given | found

    def _targets(self, target: Any) -> Any:
        """Targets as numbers: a class as 1 among 0s."""
        if isinstance(target, int):
            return [int(k == target) for k in range(self.exercise.n_outputs)]
        return [self._targets(one) for one in target] if self.exercise.target == "labels" else target


def _imported(header: str) -> dict[str, Any]:
    """What a program imports from other modules of the package, such as the rule of another package."""
    space: dict[str, Any] = {}
    imports = [line for line in header.splitlines() if line.startswith("from scalarnn.")]
    exec("\n".join(imports), space)
    return {name: thing for name, thing in space.items() if not name.startswith("__")}


def _lines(text: str) -> list[str]:
    """The function without its comments."""
    return [line.partition("  # ")[0].rstrip() for line in text[text.index("def work") :].splitlines()]


@functools.cache
def _functions() -> dict[str, Any]:
    """What a program may use, without doors: a slip may hand on what no door would let in."""
    return {name: bare(getattr(scalarnn, name)) for name in scalarnn.__all__}


def _of_module(module: ModuleType) -> dict[str, Any]:
    """Those functions that are of this module, as it has them."""
    own = {name: thing for name, thing in _functions().items() if getattr(thing, "__module__", "") == module.__name__}
    return {name: getattr(module, name) for name in own if hasattr(module, name)}


def _any_of(module: ModuleType) -> str:
    """A pattern for a call of one of them."""
    return rf"\b({'|'.join(_of_module(module))})\b(?=\()"


def _renamed(lines: list[str], places: Iterable[str], pattern: str) -> list[str]:
    """The changed function at some places alone."""
    return [re.sub(pattern, r"another_\1", line) if target_of(line) in places else line for line in lines]


@functools.cache
def _changed(slip: Slip) -> ModuleType:
    """The module of a function with the slip in it."""
    function = getattr(scalarnn, slip.inside, None)
    if function is None:  # the rule of an update step
        step = bare(getattr(scalarnn, slip.inside.replace("_rule", "_step")))
        function = getattr(__import__(step.__module__, fromlist=["rule"]), slip.inside)
    return module_with_error(function, slip.old, slip.new)


def _groups(names: list[str]) -> Iterator[tuple[list[str], str]]:
    """All places at once; those of each layer; each alone: with words for where."""
    seen: list[list[str]] = []
    by_layer: dict[str, list[str]] = {}
    for name in names:
        by_layer.setdefault("".join(re.findall(r"\d+", name)), []).append(name)
    for places in [names, *by_layer.values(), *([name] for name in names)]:
        if places and places not in seen:
            seen.append(places)
            yield places, "" if places is names else _at(places)


def _at(places: Iterable[str]) -> str:
    """Where, as symbols."""
    return "at " + " and ".join(symbol_of(name).unicode() for name in places)


def _rounded(lines: list[str], places: Iterable[str], how: str, k: int) -> list[str]:
    """A rounding below each line that binds one of the places."""
    written = []
    for line in lines:
        written.append(line)
        if target_of(line) in places:
            indent, names = line[: len(line) - len(line.lstrip())], line.strip().partition(" = ")[0]
            written.append(f"{indent}{names} = {how}({f'[{names}]' if ', ' in names else names}, {k})")
    return written
