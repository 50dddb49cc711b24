"""A notebook of an example, or of a function of your own: formulas, numbers and a picture, all to be run again."""

from __future__ import annotations

import ast
from pathlib import Path

from scalarnn.commands.outputs import check_output, is_standard_output, write_output
from scalarnn.commands.own_code import add_options, asked, beside, digits_of, is_own
from scalarnn.commands.usage import UsageError, nearest
from scalarnn.notebook import cell, notebook_text
from scalarnn.notebook.file import NOTEBOOK_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from typing import Any

    from scalarnn.notebook.file import Cell

__all__ = ["describe", "prepare", "run"]

LARGEST_GRAPH = 400  # lines of a program: beyond that a picture shows nothing


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write a notebook of an example, or of a function of your own: formulas, numbers and a picture."
    )
    parser.add_argument("example", metavar="EXAMPLE", help="as in 'scalarnn examples', or FILE.py:FUNCTION")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to; EXAMPLE.ipynb here if not given, - to print it"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="your own number or list for a given one"
    )
    parser.add_argument("--numbers", metavar="fraction|float", help="the kind of number to work in")
    add_options(parser)


def prepare(arguments: argparse.Namespace) -> None:
    """There is such an example, and a file can be written there."""
    if arguments.output is None:
        stem = Path(arguments.example.rpartition(":")[0] or arguments.example).stem
        arguments.output = f"{stem}.ipynb"
    check_output("-o", arguments.output, NOTEBOOK_MARK, "notebook of scalarnn", [])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    text = notebook_text(_cells(arguments))
    try:
        write_output(arguments.output, text.encode())
    except (OSError, ValueError) as error:
        raise UsageError(f"-o {arguments.output}: cannot be written: {error}") from None
    if not is_standard_output(arguments.output):
        print(f"{arguments.output}: open it with Jupyter, VS Code or Colab, and run all cells")
    return 0


def _cells(arguments: argparse.Namespace) -> list[Cell]:
    """What was asked for, as cells: the one place that knows what sorts of things there are."""
    if is_own(arguments.example):
        return list(_of_own_code(arguments))
    return list(_of_an_example(arguments))


# ---- a function of your own ------------------------------------------------------------------------------------------


def _of_own_code(arguments: argparse.Namespace) -> Iterator[Cell]:
    own = asked(arguments)
    imports, style = _style(arguments.digits, "record, solution")
    own.recorded()  # what cannot be recorded is said before anything is written
    yield cell(
        "markdown", f"# {own.name}, written out\n\n`{own.path.name}` as mathematics: change the code or the numbers."
    )
    yield cell("code", _without_main(own.path.read_text(encoding="utf-8"), beside(own.path), own.path))
    yield cell("code", "\n".join(f"{name} = {value!r}" for name, value in own.given.items()))
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


def _of_an_example(arguments: argparse.Namespace) -> Iterator[Cell]:
    from scalarnn.worked import EXAMPLES
    from scalarnn.worked.homework import KINDS, HomeworkError, recorded, with_own_numbers
    from scalarnn.worked.homework import arguments as own_arguments

    name, kind = arguments.example, arguments.numbers
    if name not in EXAMPLES:
        raise UsageError(f"unknown example {name!r}{nearest(name, EXAMPLES)}; a function is named as FILE.py:FUNCTION")
    if arguments.args is not None:
        raise UsageError("--args is for a function of your own, FILE.py:FUNCTION; an example takes --set")
    if kind is not None and kind not in KINDS:
        raise UsageError(f"unknown kind of number {kind!r}{nearest(kind, KINDS)}")
    settings = dict(setting.partition("=")[::2] for setting in arguments.set)
    try:
        example = with_own_numbers(name, settings, kind)
        recorded(example, kind)
    except HomeworkError as error:
        raise UsageError(str(error)) from None
    yield cell(
        "markdown", f"# {example.title}\n\nThe worked example `{name}`. Put numbers of your own between the braces."
    )
    imports, style = _style(arguments.digits, "solution")
    yield cell("code", EXAMPLE.format(imports=imports, name=name, settings=settings, kind=kind))
    yield cell("markdown", "Every line with its formula, the numbers put in, and the result:")
    yield cell("code", f"recording = recorded(example, {kind!r})\nwritten = solution(recording){style}\nwritten")
    yield cell("code", "work, given = example.module.work, list(arguments(example).values())")
    yield from _rest(example.module.work, list(own_arguments(example).values()), "work, *given")


EXAMPLE = """\
from scalarnn.tracing import {imports}
from scalarnn.worked.homework import arguments, recorded, with_own_numbers

example = with_own_numbers({name!r}, {settings!r}, {kind!r})
example.given"""


# ---- both ------------------------------------------------------------------------------------------------------------


def _style(digits: str | None, names: str) -> tuple[str, str]:
    """What is imported, and the line that rounds what is shown."""
    n = digits_of(digits)
    return (names, "") if n is None else (f"Style, {names}", f"\nwritten.style = Style(digits={n})")


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
