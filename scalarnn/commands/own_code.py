"""A function of your own: `scalarnn show FILE.py:FUNCTION --args '[[1, 2], 0.5]'`, and `step` the same way."""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
import traceback
from pathlib import Path

from scalarnn.commands.usage import UsageError, nearest
from scalarnn.tracing import RecordingTooLong, Style, record, solution
from scalarnn.tracing.record import MATHEMATICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from scalarnn.tracing import Recording, Solution

__all__ = ["add_options", "is_own", "show_own", "step_own"]


def is_own(word: str) -> bool:
    """Whether a word names a function in a file, and no example.

    Examples:
        >>> is_own("homework.py:forward"), is_own("002-neuron")
        (True, False)
    """
    file, _, _ = word.rpartition(":")
    return file.endswith(".py") or word.endswith(".py")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What goes with a function of your own."""
    own = parser.add_argument_group("a function of your own, FILE.py:FUNCTION")
    own.add_argument("--args", metavar="JSON", help="its arguments by position, as a JSON list: '[[1, 2], 0.5]'")
    own.add_argument("--digits", metavar="N", help="show so many digits; everything is computed in full")


def show_own(arguments: argparse.Namespace) -> int:
    """Write it out."""
    written: Solution = solution(_recorded(arguments))
    written.style = Style(digits=_digits(arguments.digits))
    if arguments.json:
        print(json.dumps([_as_object(block) for block in written], ensure_ascii=False, indent=1))
    else:
        print(written)
    return 0


def step_own(arguments: argparse.Namespace) -> int:
    """Walk through it."""
    from scalarnn.tracing import stepper, terminal
    from scalarnn.tracing.steps import breakpoints, shown_lines

    if arguments.pdb or arguments.run:
        raise UsageError("--pdb and --run are for examples: a file of your own runs under 'python3 -m pdb FILE.py'")
    recording = _recorded(arguments)
    given, title = recording.call.arguments, arguments.example
    if arguments.breakpoints:
        for text in stepper.table_of_breakpoints(breakpoints(shown_lines(recording.call))):
            print(text)
    elif terminal.is_terminal():
        stepper.step(stepper.Walk(recording, given), title, terminal.Terminal())
    else:
        print(stepper.cut(title, stepper.COLUMNS))
        for text in stepper.listing(recording, given):
            print(text)
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


# ---- the function and its arguments ----------------------------------------------------------------------------------


def _recorded(arguments: argparse.Namespace) -> Recording:
    for option, value in (("--set", arguments.set), ("--numbers", arguments.numbers)):
        if value:
            raise UsageError(f"{option} is for examples: a function of your own takes --args")
    file, _, name = arguments.example.rpartition(":")
    if not file:
        file, name = arguments.example, ""
    path = Path(file)
    module = _module(path)
    function = _function(module, path, name)
    given = _arguments(function, name, arguments.args)
    try:
        return record(function, *given, also=[*MATHEMATICS, *_beside(path)])
    except RecordingTooLong as error:
        raise UsageError(str(error)) from None
    except Exception as error:  # noqa: BLE001 - whatever the reader's own code raises
        raise UsageError(f"{name} could not be run: {_where(error, path)}{type(error).__name__}: {error}") from None


def _module(path: Path) -> ModuleType:
    """The file as a module, which may import its neighbours."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.resolve().parent))
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the same
        raise UsageError(f"{path} could not be run: {_where(error, path)}{type(error).__name__}: {error}") from None
    return module


def _function(module: ModuleType, path: Path, name: str) -> Callable[..., Any]:
    names = [
        known for known, value in vars(module).items() if inspect.isfunction(value) and value.__module__ == path.stem
    ]
    if not name:
        raise UsageError(f"{path}: which function? {', '.join(names) or 'it has none'}; say {path}:NAME")
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
    if not callable(found):
        raise UsageError(f"{path} has no function {name!r}{nearest(name, names)}")
    return found  # type: ignore[no-any-return]


def _arguments(function: Callable[..., Any], name: str, text: str | None) -> list[Any]:
    signature = inspect.signature(function)
    try:
        given = json.loads(text) if text is not None else []
    except ValueError as error:
        raise UsageError(f"--args {text!r}: expected a JSON list such as '[[1, 2], 0.5]': {error}") from None
    if not isinstance(given, list):
        raise UsageError(f"--args {text!r}: expected a JSON list of all arguments, such as '[{text}]'")
    try:
        signature.bind(*given)
    except TypeError as error:
        raise UsageError(f"{name}{signature} does not take --args {text or '[]'}: {error}") from None
    return given


def _beside(path: Path) -> list[str]:
    """The modules in the folder of the file, which it has imported."""
    folder = path.resolve().parent
    names = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and folder == Path(file).resolve().parent:
            names.append(name)
    return names


def _where(error: BaseException, path: Path) -> str:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == path]
    return f"line {lines[-1]}: " if lines else ""


def _digits(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdigit() or not 1 <= int(text) <= 17:
        raise UsageError(f"--digits {text!r}: expected a whole number from 1 to 17")
    return int(text)
