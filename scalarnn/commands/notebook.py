"""A notebook of an example, an exercise, or a function of your own: formulas, numbers, a picture, to be run again."""

from __future__ import annotations

import ast
from pathlib import Path

from scalarnn.commands.outputs import check_output, deliver, is_standard_output
from scalarnn.commands.own_function import OwnFunction, beside
from scalarnn.commands.solving import digits_of
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError
from scalarnn.exercise import as_toml
from scalarnn.notebook import cell, notebook_text
from scalarnn.notebook.file import NOTEBOOK_MARK
from scalarnn.worked.homework import HomeworkError, recorded
from scalarnn.worked.homework import arguments as own_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from typing import Any

    from scalarnn.notebook.file import Cell
    from scalarnn.worked import Example

__all__ = ["describe", "prepare", "run"]

LARGEST_GRAPH = 400  # lines of a program: beyond that a picture shows nothing


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write a notebook of an example, or of a function of your own: formulas, numbers and a picture."
    )
    add_target(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to; EXAMPLE.ipynb here if not given, - to print it"
    )
    parser.add_argument("--digits", metavar="N", help="show so many digits; everything is computed in full")


def prepare(arguments: argparse.Namespace) -> None:
    """What is named can be resolved, and a file can be written there."""
    check_target(arguments)
    arguments.digits = digits_of(arguments.digits)
    if arguments.output is None:
        stem = Path(arguments.target.rpartition(":")[0] or arguments.target).stem
        arguments.output = f"{stem}.ipynb"
    check_output("-o", arguments.output, NOTEBOOK_MARK, "notebook of scalarnn", [])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    text = notebook_text(_cells(arguments))
    deliver("-o", arguments.output, text.encode())
    if not is_standard_output(arguments.output):
        print(f"{arguments.output}: open it with Jupyter, VS Code or Colab, and run all cells")
    return 0


def _cells(arguments: argparse.Namespace) -> list[Cell]:
    """What was asked for, as cells."""
    target = resolved(arguments)
    if isinstance(target, OwnFunction):
        return list(_of_own_function(target, arguments.digits))
    return list(_of_an_example(target, arguments))


# ---- a function of your own ------------------------------------------------------------------------------------------


def _of_own_function(own: OwnFunction, digits: int | None) -> Iterator[Cell]:
    imports, style = _style(digits, "record, solution")
    own.recorded()  # what cannot be recorded is said before anything is written
    yield cell(
        "markdown", f"# {own.name}, written out\n\n`{own.path.name}` as mathematics: change the code or the numbers."
    )
    yield cell("code", _without_main(own.path.read_text(encoding="utf-8"), beside(own.path), own.path))
    fractions = ["from fractions import Fraction\n"] if "Fraction(" in repr(own.given) else []
    yield cell("code", "\n".join([*fractions, *(f"{name} = {value!r}" for name, value in own.given.items())]))
    call = ", ".join([own.name, *own.given])
    yield cell("markdown", "Every line with its formula, the numbers put in, and the result:")
    lines = [f"from scalarnn.tracing import {imports}\n", f"recording = record({call})"]
    yield cell("code", "\n".join([*lines, f"written = solution(recording){style}", "written"]))
    yield from _rest(own.function, list(own.given.values()), call)


def _without_main(text: str, neighbours: list[str], path: Path) -> str:
    """The file, without what it does when it is run; its folder can be imported from if it needs that."""
    lines = text.splitlines()
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            del lines[node.lineno - 1 : node.end_lineno]
    code = "\n".join(lines).strip("\n")
    if len(neighbours) > 1:
        code = f"import sys\n\nsys.path.insert(0, {str(path.resolve().parent)!r})\n\n{code}"
    return code


# ---- an example ------------------------------------------------------------------------------------------------------


def _of_an_example(example: Example, arguments: argparse.Namespace) -> Iterator[Cell]:
    """A worked example, or an exercise, whose text goes into the notebook."""
    name, kind = arguments.target, arguments.numbers
    exercise = getattr(example, "exercise", None)
    try:
        recorded(example, kind)
    except HomeworkError as error:
        raise UsageError(str(error)) from None
    imports, style = _style(arguments.digits, "solution")
    if exercise is None:
        title = f"# {example.title}\n\nThe worked example `{name}`. Put numbers of your own between the braces."
        settings = dict(setting.partition("=")[::2] for setting in arguments.set)
        begin = EXAMPLE.format(imports=imports, name=name, settings=settings, kind=kind)
    else:
        title = f"# {example.title}\n\nThe exercise `{Path(name).name}`. Change its numbers, and run all cells."
        begin = EXERCISE.format(imports=imports, text=_literal(as_toml(exercise)), name=Path(name).name, kind=kind)
    yield cell("markdown", title)
    yield cell("code", begin)
    yield cell("markdown", "Every line with its formula, the numbers put in, and the result:")
    yield cell("code", f"recording = recorded(example, {kind!r})\nwritten = solution(recording){style}\nwritten")
    yield cell("code", "work, given = example.module.work, list(arguments(example).values())")
    yield from _rest(example.module.work, list(own_arguments(example).values()), "work, *given")


EXAMPLE = """\
from scalarnn.tracing import {imports}
from scalarnn.worked.homework import arguments, recorded, with_own_numbers

example = with_own_numbers({name!r}, {settings!r}, {kind!r})
example.given"""

EXERCISE = """\
from scalarnn.exercise import WorkedExercise, read_text
from scalarnn.tracing import {imports}
from scalarnn.worked.homework import arguments, recorded

exercise = read_text({text})
example = WorkedExercise(exercise, {name!r}, {kind!r})
example.given"""


def _literal(text: str) -> str:
    """A text as a literal of several lines, whatever stands in it."""
    return repr(text) if "'''" in text else f"r'''\n{text.strip()}\n'''"


# ---- both ------------------------------------------------------------------------------------------------------------


def _style(digits: int | None, names: str) -> tuple[str, str]:
    """What is imported, and the line that rounds what is shown."""
    return (names, "") if digits is None else (f"Style, {names}", f"\nwritten.style = Style(digits={digits})")


def _rest(function: Callable[..., Any], given: list[Any], call: str) -> Iterator[Cell]:
    """A picture, where the function can be unrolled, and the lines that ran."""
    from scalarnn.unrolled import UnrollError, unroll

    _, _, numbers = call.partition(", ")
    try:
        program = unroll(function, *given)
        program.graph(*given)
        is_drawn = len(program.lines) <= LARGEST_GRAPH
    except (UnrollError, ArithmeticError, LookupError, TypeError, ValueError):
        is_drawn = False
    if is_drawn:
        yield cell("markdown", "The same as a picture: what is computed from what.")
        yield cell(
            "code", f"from scalarnn.unrolled import unroll\n\nprogram = unroll({call})\nprogram.graph({numbers})"
        )
        yield cell("markdown", "And as straight lines, every loop and call written out:")
        yield cell("code", "program")
    yield cell("markdown", "Every line that ran:")
    yield cell("code", "recording")
