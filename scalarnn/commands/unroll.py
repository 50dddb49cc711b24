"""A function as the straight lines it is: an example's, or one of your own file."""

from __future__ import annotations

from pathlib import Path

from scalarnn.commands.own_function import OwnFunction
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError, nearest
from scalarnn.worked.homework import arguments as own_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from scalarnn.unrolled import Program

__all__ = ["describe", "prepare", "run"]

LANGUAGES = ("python", "javascript", "latex", "svg", "lines")


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write a function as straight lines: its loops and calls written out, a line for each number that it computes."
    )
    add_target(parser)
    parser.add_argument("--to", default="python", metavar="|".join(LANGUAGES), help="in which language; python if none")
    parser.add_argument(
        "--keep", action="append", default=[], metavar="COUNTER", help="leave this counter's loop a loop"
    )
    parser.add_argument("--static", action="append", default=[], metavar="NAME", help="compute with this argument now")
    parser.add_argument("--backward", metavar="NAME", help="the program of the derivative of this number, such as L")
    parser.add_argument("--any", action="store_true", help="for any kind of number: fractions, dual numbers, symbols")


def prepare(arguments: argparse.Namespace) -> None:
    """The language is one that there is, and so is what is to be unrolled."""
    check_target(arguments)
    if arguments.to not in LANGUAGES:
        raise UsageError(f"unknown language {arguments.to!r}{nearest(arguments.to, LANGUAGES)}")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.unrolled import UnrollError, unroll

    kind = "any" if arguments.any or arguments.numbers == "fraction" else "float"
    target = resolved(arguments, None if kind == "any" else kind)
    values = target.given if isinstance(target, OwnFunction) else own_arguments(target)
    try:
        program = unroll(target.function, *values.values(), static=arguments.static, keep=arguments.keep, kind=kind)
        if arguments.backward:
            program = program.backward(arguments.backward)
        print(_text(program, arguments.to), end="")
    except UnrollError as error:
        raise UsageError(str(error)) from None
    return 0


def _text(program: Program, language: str) -> str:
    if language == "javascript":
        return program.javascript
    if language == "latex":
        return program.latex
    if language == "svg":
        from scalarnn.svg import stylesheet

        return f"<style>{stylesheet()}</style>\n{program.svg}\n"
    if language == "lines":
        return "".join(f"{line}\n" for line in _lines(program))
    return program.python()


def _lines(program: Program) -> list[str]:
    """Each line, and the line of the source that it comes from."""
    shown = []
    width = min(60, max((len(f"{line}") for line in program.lines), default=0))
    for line in program.lines:
        text = f"{line}" if len(f"{line}") <= width else f"{line}"[: width - 1] + "…"
        file = Path(line.file).name
        shown.append(f"{text:<{width}}  {file}:{line.source_line}  {getattr(line.function, '__name__', '')}")
    return shown
