"""A function of your own, `FILE.py:FUNCTION`: the file runs as Python runs it, and it is given its arguments."""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
import traceback
from fractions import Fraction
from pathlib import Path

from scalarnn.commands.usage import UsageError, nearest
from scalarnn.tracing import RecordingTooLong, record
from scalarnn.tracing.record import MATHEMATICS
from scalarnn.worked.own_numbers import HomeworkError, each, holds, read_numbers, to_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType
    from typing import Any

    from scalarnn.tracing import Recording

__all__ = ["OwnFunction", "beside", "is_own"]


def is_own(word: str) -> bool:
    """Whether a word names a function in a file, and no example.

    Examples:
        >>> is_own("homework.py:forward"), is_own("002-neuron")
        (True, False)
    """
    file, _, _ = word.rpartition(":")
    return file.endswith(".py") or word.endswith(".py")


class OwnFunction:
    """A function of a file, with its arguments.

    Args:
        word: FILE.py:FUNCTION.
        positional: a JSON list of all arguments, or None.
        settings: the text of a value for each argument that is set by name.
        kind: "fraction", "float" or "float32" for every number that is given; None for floats, and fractions where one
            is given.

    Attributes:
        title: the word.
        function: the function.
        given: name and value of every argument.
        kind: as given.

    Raises:
        UsageError: there is no such file or function, the file cannot be run, or the arguments do not fit.
    """

    def __init__(self, word: str, positional: str | None, settings: Mapping[str, str], kind: str | None) -> None:
        file, _, self.name = word.rpartition(":")
        if not file:
            file, self.name = word, ""
        self.path = Path(file)
        self.title = word
        self.kind = kind
        self.function = _function(_module(self.path), self.path, self.name)
        self.given = _arguments(self.function, self.name, positional, settings)
        parameters = inspect.signature(self.function).parameters
        for name, value in self.given.items():
            is_count = parameters[name].annotation in (int, "int", list[int], "list[int]")
            self.given[name] = value if is_count else _in_kind(name, value, kind)

    def recorded(self) -> Recording:
        """The function run under the recorder, with the neighbours of its file.

        Raises:
            UsageError: it fails, or the run is too long to be read.
        """
        modules = [*MATHEMATICS, *beside(self.path)]
        return self._run(lambda: record(self.function, also=modules, **self.given))  # type: ignore[no-any-return]

    def work(self) -> Any:
        """The function run, and no more.

        Raises:
            UsageError: it fails.
        """
        return self._run(lambda: self.function(**self.given))

    def _run(self, run: Callable[[], Any]) -> Any:
        try:
            return run()
        except RecordingTooLong as error:
            raise UsageError(str(error)) from None
        except Exception as error:  # noqa: BLE001 - whatever the reader's own code raises
            said = f"{_where(error, self.path)}{type(error).__name__}: {error}"
            raise UsageError(f"{self.name} could not be run: {said}") from None


# ---- the file and the function ---------------------------------------------------------------------------------------


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
        raise UsageError(f"{path} has no function {name!r}{nearest(name, names) if names else ''}")
    return found  # type: ignore[no-any-return]


def beside(path: Path) -> list[str]:
    """The modules in the folder of a file that have been imported, itself too."""
    folder = path.resolve().parent
    names = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and folder == Path(file).resolve().parent:
            names.append(name)
    return names


def _where(error: BaseException, path: Path) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename).resolve() == path.resolve()]
    return f"line {lines[-1]}: " if lines else ""


# ---- its arguments ---------------------------------------------------------------------------------------------------


def _arguments(
    function: Callable[..., Any], name: str, text: str | None, settings: Mapping[str, str]
) -> dict[str, Any]:
    """Every argument by its name: those of the list, those that were set, and what the signature says of the rest."""
    signature = inspect.signature(function)
    for wanted in settings:
        if wanted not in signature.parameters:
            raise UsageError(f"{name} takes no {wanted!r}{nearest(wanted, signature.parameters)}")
    given = _list(text)
    try:
        bound = signature.bind_partial(*given)
    except TypeError as error:
        raise UsageError(f"{name}{signature} does not take --args {text}: {error}") from None
    bound.arguments |= {key: _value(key, value) for key, value in settings.items()}
    bound.apply_defaults()
    missing = [key for key, one in signature.parameters.items() if key not in bound.arguments and one.kind < 4]
    if missing and text is not None:
        raise UsageError(f"{name}{signature} does not take --args {text}: missing a required argument: {missing[0]!r}")
    if missing:
        raise UsageError(
            f"{name} is not given {missing[0]}: add --set {missing[0]}=… with a number, or a list of the right shape"
        )
    if any(one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in signature.parameters.values()):
        raise UsageError(f"{name}{signature}: expected a function that names all its arguments")
    return dict(bound.arguments)


def _list(text: str | None) -> list[Any]:
    try:
        given = json.loads(text) if text is not None else []
    except ValueError as error:
        raise UsageError(f"--args {text!r}: expected a JSON list such as '[[1, 2], 0.5]': {error}") from None
    if not isinstance(given, list):
        raise UsageError(f"--args {text!r}: expected a JSON list of all arguments, such as '[{text}]'")
    return given


def _value(name: str, text: str) -> Any:
    """What was set: exactly where a fraction is given, and otherwise in floats."""
    try:
        value = read_numbers(name, text)
    except HomeworkError as error:
        raise UsageError(str(error)) from None
    return value if "/" in text else each(value, lambda number: number if type(number) is int else float(number))


def _in_kind(name: str, value: Any, kind: str | None) -> Any:
    """The numbers of an argument in the kind that was asked for; what is no number, or list of numbers, stays."""
    if kind is None or holds(value, (str, bool, dict, type(None))) or not holds(value, (int, float, Fraction)):
        return value
    value = list(value) if isinstance(value, tuple) else value
    try:
        return each(value, to_kind(kind, name))
    except HomeworkError as error:
        raise UsageError(str(error)) from None
