"""A function as the straight lines it is: an example's, or one of your own file."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

from scalarnn.commands.usage import UsageError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import Any

    from scalarnn.unrolled import Program

__all__ = ["describe", "prepare", "run"]

LANGUAGES = ("python", "javascript", "latex", "svg", "lines")


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write a function as straight lines: its loops and calls written out, a line for each number that it computes."
    )
    parser.add_argument(
        "target", metavar="EXAMPLE|FILE.py:FUNCTION", help="an example, as in 'scalarnn examples', or a function"
    )
    parser.add_argument("--to", default="python", metavar="|".join(LANGUAGES), help="in which language; python if none")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="an argument: a number, or a list of them"
    )
    parser.add_argument(
        "--keep", action="append", default=[], metavar="COUNTER", help="leave this counter's loop a loop"
    )
    parser.add_argument("--static", action="append", default=[], metavar="NAME", help="compute with this argument now")
    parser.add_argument("--backward", metavar="NAME", help="the program of the derivative of this number, such as L")
    parser.add_argument("--any", action="store_true", help="for any kind of number: fractions, dual numbers, symbols")


def prepare(arguments: argparse.Namespace) -> None:
    """The language is one that there is."""
    if arguments.to not in LANGUAGES:
        raise UsageError(f"unknown language {arguments.to!r}{nearest(arguments.to, LANGUAGES)}")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.unrolled import UnrollError, unroll

    kind = "any" if arguments.any else "float"
    if arguments.target.rpartition(":")[0].endswith(".py"):
        function, values = _of_a_file(arguments.target, arguments.set)
    else:
        function, values = _of_an_example(arguments.target, arguments.set, kind)
    try:
        program = unroll(function, *values, static=arguments.static, keep=arguments.keep, kind=kind)
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


# ---- what is unrolled ------------------------------------------------------------------------------------------------


def _of_an_example(name: str, settings: list[str], kind: str) -> tuple[Callable[..., Any], list[Any]]:
    """What an example does, and what it is given, in floats unless any kind of number is wanted."""
    from scalarnn.worked import EXAMPLES, load
    from scalarnn.worked.homework import HomeworkError, arguments, with_own_numbers

    if name not in EXAMPLES:
        raise UsageError(f"unknown example {name!r}{nearest(name, EXAMPLES)}; a function is named as FILE.py:FUNCTION")
    own = dict(_parted(setting, load(name).given) for setting in settings)
    try:
        example = with_own_numbers(name, own, None if kind == "any" else kind)
    except HomeworkError as error:
        raise UsageError(str(error)) from None
    return example.module.work, list(arguments(example).values())


def _of_a_file(target: str, settings: list[str]) -> tuple[Callable[..., Any], list[Any]]:
    """A function of a file, with arguments as they were set; where none was, what its signature says."""
    import inspect

    file, _, name = target.rpartition(":")
    function = _function_of(Path(file), name)
    parameters = inspect.signature(function).parameters
    own = {key: _value(key, text) for key, text in (_parted(setting, parameters) for setting in settings)}
    values = []
    for key, parameter in parameters.items():
        if key not in own and parameter.default is inspect.Parameter.empty:
            raise UsageError(
                f"{name} is not given {key}: add --set {key}=… with a number, or a list of the right shape"
            )
        values.append(own.get(key, parameter.default))
    return function, values


def _parted(setting: str, known: Iterable[str]) -> tuple[str, str]:
    name, sign, text = setting.partition("=")
    if not sign or name.strip() not in known:
        raise UsageError(f"--set {setting!r}: expected NAME=VALUE{nearest(name.strip(), known)}")
    return name.strip(), text


def _function_of(path: Path, name: str) -> Callable[..., Any]:
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.path.insert(0, str(path.parent))
    try:
        specification.loader.exec_module(module)
    except Exception as error:  # noqa: BLE001  whatever a file of one's own does
        raise UsageError(f"{path} cannot be run: {type(error).__name__}: {error}") from None
    finally:
        sys.path.remove(str(path.parent))
    function = getattr(module, name, None)
    if not callable(function):
        known = [key for key, thing in vars(module).items() if getattr(thing, "__module__", "") == path.stem]
        raise UsageError(f"{path} has no function {name!r}{nearest(name, known) if known else ''}")
    return function  # type: ignore[no-any-return]


def _value(name: str, text: str) -> Any:
    try:
        value = ast.literal_eval(text.replace("−", "-").strip())
    except (SyntaxError, ValueError):
        raise UsageError(f"{name} is {text!r}: expected a number such as 2 or -0.5, or a list of them") from None
    if not isinstance(value, (int, float, list, tuple)):
        raise UsageError(f"{name} is {text!r}: expected a number such as 2 or -0.5, or a list of them")
    return value
