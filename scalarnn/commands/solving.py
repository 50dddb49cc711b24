"""`show` and `step`: an example, an exercise, a function of your own, written out or walked through."""

from __future__ import annotations

import json
import math
import sys
from fractions import Fraction

from scalarnn.commands.own_function import OwnFunction
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError
from scalarnn.float32 import Float32
from scalarnn.tracing import Style, solution
from scalarnn.worked import SOURCE_TITLES, reproduce
from scalarnn.worked.by_hand import as_data, as_text, rounded
from scalarnn.worked.homework import KINDS, HomeworkError, TooLongError, arguments, explained, recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.tracing import Recording
    from scalarnn.worked import Example, Result

__all__ = ["as_json_value", "describe", "digits_of", "prepare", "run"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    if command == "show":
        parser.description = (
            "Work one example by hand: every quantity with its formula, the numbers put in, and the result."
        )
        add_target(parser, KINDS)
        parser.add_argument(
            "--json", action="store_true", help="the same as data: every step as text and as LaTeX; and the values"
        )
        parser.add_argument("--digits", metavar="N", help="show so many digits; everything is computed in full")
    else:
        parser.description = "Walk through one example on the lines of the package that work it, forward and back."
        add_target(parser, KINDS)
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument("--pdb", action="store_true", help="under pdb, stopped on the first derivation step")
        instead.add_argument("--run", action="store_true", help="work it once and no more: for a debugger of your own")
        instead.add_argument(
            "--breakpoints", action="store_true", help="where to stop: a place for each derivation step"
        )


def prepare(asked: argparse.Namespace) -> None:
    """What is named can be resolved."""
    check_target(asked)
    if asked.command == "show":
        asked.digits = digits_of(asked.digits)


def run(asked: argparse.Namespace) -> int:
    """Do it."""
    try:
        return _show(asked) if asked.command == "show" else _step(asked)
    except HomeworkError as error:
        raise UsageError(str(error)) from None


def digits_of(text: str | None) -> int | None:
    """What --digits says.

    Raises:
        UsageError: no whole number from 1 to 17.

    Examples:
        >>> digits_of("4"), digits_of(None)
        (4, None)
    """
    if text is None:
        return None
    if not text.isdigit() or not 1 <= int(text) <= 17:
        raise UsageError(f"--digits {text!r}: expected a whole number from 1 to 17")
    return int(text)


# ---- show ------------------------------------------------------------------------------------------------------------


def _show(asked: argparse.Namespace) -> int:
    target = resolved(asked)
    if isinstance(target, OwnFunction):
        return _show_function(target, asked)
    if asked.json:
        data = {"steps": _steps(target), "values": _values(target)}
        print(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    lines = _lines(target, asked.digits)  # what cannot be worked is said before anything is printed
    print(f"{target.name} · {target.title}")
    place = f"{target.source}, {SOURCE_TITLES[target.source]}: {target.place}" if target.source else target.place
    print(f"Source: {place}\n" if place else "")
    for line in lines:
        print(line)
    if target.source and not asked.set and target.kind != "float32":
        _print_agreement(reproduce([target.name]))
    return 0


def _lines(target: Example, digits: int | None) -> list[str]:
    """All of it as text; of an exercise with very many steps the first, and what stands after the last."""
    try:
        return list(as_text(target, target.kind, digits))
    except TooLongError as error:
        first, left_out = _first_of_many(target, error)
    lines = list(as_text(first, first.kind, digits))
    lines += ["", f"… {left_out} more steps like that one; after the last:", ""]
    for name, value in _values(target).items():
        if name.endswith("_new"):
            lines += [f"{name} = {json.dumps(rounded(value, digits))}"]
    return lines


def _steps(target: Example) -> list[dict[str, Any]]:
    try:
        return as_data(target, target.kind)
    except TooLongError as error:
        first, left_out = _first_of_many(target, error)
    return [*as_data(first, first.kind), {"rounds_left_out": left_out}]


def _first_of_many(target: Example, error: TooLongError) -> tuple[Example, int]:
    """The first step alone, and how many more there are; fractions of very many steps nobody could read."""
    from scalarnn.exercise import WorkedExercise

    if not isinstance(target, WorkedExercise) or target.exercise.steps == 1 or target.kind == "fraction":
        raise error
    return target.first_step(), target.exercise.steps - 1


def _print_agreement(results: list[Result]) -> None:
    if results:
        reproduced = sum(result.status == "reproduced" for result in results)
        print(f"\nIn print\n  {len(results)} figures, {reproduced} of them reproduced.")
    for result in results:
        if result.status != "reproduced":
            print(f"  {result.place}: printed {result.printed}, computed {result.computed}: {result.cause}")


def _show_function(target: OwnFunction, asked: argparse.Namespace) -> int:
    recording = target.recorded()
    written = solution(recording)
    written.style = Style(digits=asked.digits, fractions=target.kind == "fraction")
    if asked.json:
        steps = [_as_object(block) for block in written]
        bound: dict[str, Any] = dict(target.given)
        for line in recording.call.lines:
            bound |= line.bound
        data = {"steps": steps, "values": as_json_value(bound | {"returned": recording.result})}
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        print(written)
    return 0


def _as_object(block: Any) -> dict[str, Any]:
    if block.rounds_left_out:
        return {"rounds_left_out": block.rounds_left_out}
    plain, latex = Style(), Style(latex=True)
    steps = [
        {
            "text": step.parts(plain),
            "latex": step.parts(latex) if step.symbol is not None else None,
            "why": step.why(plain),
        }
        for step in block.steps
    ]
    return {"line": block.line.number, "source": block.line.source, "steps": steps}


# ---- values as data --------------------------------------------------------------------------------------------------


def _values(target: Example) -> Any:
    """Of an exercise what it comes to, of an example everything that it names."""
    from scalarnn.exercise import WorkedExercise, values

    if isinstance(target, WorkedExercise):
        return as_json_value(values(target.exercise, target.kind, target.name), exact=target.kind == "fraction")
    return as_json_value(target.work(), exact=target.kind == "fraction")


def as_json_value(value: Any, *, exact: bool = False) -> Any:
    """Numbers for JSON: floats and ints as numbers, fractions as text; what is no number is left out of a dict.

    Args:
        value: a number, None, or lists and dicts of them.
        exact: ints are text too, since they stand among fractions.

    Examples:
        >>> as_json_value({"w": [0.5, 2], "half": Fraction(1, 2), "L": math.inf, "layer": object()})
        {'w': [0.5, 2], 'half': '1/2', 'L': 'inf'}
    """
    if isinstance(value, dict):
        return {name: as_json_value(one, exact=exact) for name, one in value.items() if _is_data(one)}
    if isinstance(value, (list, tuple)):
        return [as_json_value(one, exact=exact) for one in value]
    if isinstance(value, Fraction) or (exact and type(value) is int):
        return str(value)
    value = value.value if isinstance(value, Float32) else value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (bool, int, float, str, type(None))) else str(value)


def _is_data(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_data, value))
    return value is None or isinstance(value, (bool, int, float, str, Fraction, Float32, dict))


# ---- step ------------------------------------------------------------------------------------------------------------


def _step(asked: argparse.Namespace) -> int:
    from scalarnn.tracing import debugger, stepper, terminal
    from scalarnn.tracing.steps import breakpoints, shown_lines

    target = resolved(asked)
    if asked.run:
        return _run_for_a_debugger(target)
    recording = _recorded(target)
    lines = shown_lines(recording.call)
    title = target.title if isinstance(target, OwnFunction) else f"{target.name} · {target.title}"
    fractions = target.kind == "fraction"
    if asked.breakpoints:
        for text in stepper.table_of_breakpoints(breakpoints(lines), fractions):
            print(text)
    elif asked.pdb:
        debugger.run_under_debugger(target.function, _arguments(target), breakpoints(lines))
    elif terminal.is_terminal():
        stepper.step(stepper.Walk(recording, target.given), title, terminal.Terminal(), fractions)
    else:
        print(stepper.cut(title, stepper.COLUMNS))
        for text in stepper.listing(recording, target.given, fractions):
            print(text)
    return 0


def _recorded(target: Example | OwnFunction) -> Recording:
    return target.recorded() if isinstance(target, OwnFunction) else recorded(target, target.kind)


def _arguments(target: Example | OwnFunction) -> dict[str, Any]:
    return target.given if isinstance(target, OwnFunction) else arguments(target)


def _run_for_a_debugger(target: Example | OwnFunction) -> int:
    """Work it once, unrecorded; a debugger that is attached stops right before, one step into from the first line."""
    own = _arguments(target)
    if isinstance(target, OwnFunction):
        if sys.breakpointhook is not sys.__breakpointhook__:
            breakpoint()
        target.work()
        return 0
    with explained(target):
        if sys.breakpointhook is not sys.__breakpointhook__:
            breakpoint()
        target.function(**own)
    return 0
