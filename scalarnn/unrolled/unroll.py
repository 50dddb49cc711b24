"""From a function and the shapes of its arguments to its program."""

from __future__ import annotations

import types

from scalarnn.unrolled.calls import call, inline, method_of
from scalarnn.unrolled.expressions import evaluate
from scalarnn.unrolled.frame import name_entries
from scalarnn.unrolled.heap import MISSING
from scalarnn.unrolled.known import FUNCTIONS, Locals
from scalarnn.unrolled.loops import append_at_run
from scalarnn.unrolled.made import collector_off, path_text
from scalarnn.unrolled.package import OF_THE_PACKAGE
from scalarnn.unrolled.program import Program
from scalarnn.unrolled.refusal import NeedsKnown, UnrollError
from scalarnn.unrolled.run import Run
from scalarnn.unrolled.source import definition
from scalarnn.unrolled.statements import execute
from scalarnn.unrolled.values import Spread, Value, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

__all__ = ["unroll"]

FUNCTIONS.update(OF_THE_PACKAGE)


def unroll(
    function: Callable[..., Any],
    *arguments: Any,
    static: str | Iterable[str] = (),
    keep: str | Iterable[str] = (),
    kind: str = "float",
) -> Program:
    """The straight lines that a function is, for arguments of these shapes.

    Loops are written out, calls too; what is known is computed now. Every number among the arguments is an input, save
    those that decide a length, or that `static` names. Text, None, classes and objects such as `ReLU()` are settings.

    Args:
        function: a function of Python source in the style of this package; of a checked one, the bare one behind it.
        arguments: numbers, and lists of them, of the shapes wanted; their values do not matter.
        static: names of parameters whose numbers are settings too: computed now.
        keep: names of loop counters whose loops stay loops, such as "epoch".
        kind: "float", or "any" for a program that takes any kind of number.

    Returns:
        A program: `program(*arguments)` gives what the function gives.

    Raises:
        UnrollError: the function cannot be unrolled; the line says where and why.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> program = unroll(neuron_forward, [0.0, 0.0], [0.0, 0.0], 0.0)
        >>> program([1.0, 2.0], [3.0, 4.0], 5.0)
        16.0
    """
    statics = {static} if isinstance(static, str) else set(static)
    kept = frozenset([keep] if isinstance(keep, str) else keep)
    function = bare(function)
    parameters = _parameters(function, statics)
    while True:
        run = begun(kind, kept)
        try:
            with collector_off():
                return _unrolled(run, function, parameters, list(arguments), statics)
        except NeedsKnown as needs:
            more = {one.args[2] for one in needs.inputs} - statics
            if not more:
                raise UnrollError(f"{function.__name__}: {needs}") from None
            statics = statics | more
        except RecursionError:
            raise UnrollError(f"{function.__name__} is nested too deep to be unrolled") from None


def begun(kind: str, keep: frozenset[str]) -> Run:
    """A run before its first line."""
    run = Run(kind, keep)
    run.evaluate, run.execute = evaluate, execute
    run.call, run.inline, run.method_of, run.append = call, inline, method_of, append_at_run
    return run


def bare(function: Any) -> Any:
    """The function behind a door."""
    while isinstance(function, types.FunctionType) and hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    if not isinstance(function, (types.FunctionType, types.MethodType)):
        kind = type(function).__name__
        raise UnrollError(
            f"{getattr(function, '__name__', function)!s} is a {kind}: expected a function of Python source"
        )
    return function


def _parameters(function: Any, statics: set[Any]) -> list[str]:
    node, _ = definition(getattr(function, "__func__", function))
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    if isinstance(function, types.MethodType):
        names = names[1:]
    unknown = [name for name in statics if isinstance(name, str) and name not in names]
    if unknown:
        raise UnrollError(f"static names {unknown[0]!r}: {function.__name__} has {', '.join(names) or 'no parameters'}")
    if node.args.vararg is not None:
        raise UnrollError(f"{function.__name__} takes *{node.args.vararg.arg}: name its parameters")
    return names


def _unrolled(run: Run, function: Any, parameters: list[str], arguments: list[Any], statics: set[Any]) -> Program:
    if len(arguments) > len(parameters):
        takes = f"{function.__name__} takes {len(parameters)} arguments"
        raise UnrollError(f"{takes}: {len(arguments)} were given")
    inputs = Inputs(run, statics)
    given = [inputs.made(parameters[i], arguments[i]) for i in range(len(arguments))]
    templates = [_copy(one) for one in given]
    target = function
    args = given
    if isinstance(function, types.MethodType):
        target, args = function.__func__, [function.__self__, *given]
    n_positional = len(parameters) - target.__code__.co_kwonlyargcount
    by_name = dict(zip(parameters[n_positional:], given[n_positional:], strict=False))
    result = inline(run, target, args[: len(args) - len(by_name)], by_name)
    if isinstance(result, Value) and not result.proposals:
        result.proposals.append((80, "result"))
    elif isinstance(result, (list, tuple)):
        name_entries("result", result, 80)
    try:
        for one in _lists([result, given]):
            run.heap.look(one)
    except UnrollError as error:
        file = target.__code__.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
        raise UnrollError(f"{file}:{target.__code__.co_firstlineno}: {error}") from None
    settings = {"static": {one for one in statics if isinstance(one, str)}, "keep": run.keep}
    return Program(
        run,
        name=target.__name__,
        parameters=parameters[: len(arguments)],
        given=given,
        templates=templates,
        checked=inputs.checked,
        result=plain_result(result, target.__name__),
        local_names=run.outermost,
        again=lambda kind: unroll(function, *arguments, kind=kind, **settings),
    )


def _lists(thing: Any) -> Iterator[Any]:
    if isinstance(thing, dict):
        thing = list(thing.values())
    if isinstance(thing, (list, tuple)):
        yield thing
        for entry in thing:
            yield from _lists(entry)


class Inputs:
    """The arguments with a value in place of each number that is not static."""

    def __init__(self, run: Run, statics: set[Any]) -> None:
        self.run = run
        self.statics = statics
        self.checked: list[tuple[tuple[Any, ...], Any]] = []

    def made(self, name: str, argument: Any) -> Any:
        """One argument."""
        return self._made((name,), argument, name in self.statics)

    def _made(self, path: tuple[Any, ...], thing: Any, is_static: bool) -> Any:
        is_static = is_static or path in self.statics
        if isinstance(thing, (list, tuple)):
            entries = [self._made((*path, i), thing[i], is_static) for i in range(len(thing))]
            if isinstance(thing, tuple):
                return tuple(entries)
            made = self.run.heap.new(entries)
            if not is_static:
                self.run.rows[id(made)] = (path[0], path[1:])
            return made
        if type(thing) is dict:
            return self.run.heap.new({key: self._made((*path, key), thing[key], is_static) for key in thing})
        if is_number(thing):
            if is_static:
                self.checked.append((path, thing))
                return thing
            return self._input(path, thing)
        if hasattr(type(thing), "__len__") and not isinstance(thing, str):
            text = path_text(path)
            raise UnrollError(f"{text} is of class {type(thing).__name__}: expected a number or a list")
        return thing

    def _input(self, path: tuple[Any, ...], thing: Any) -> Value:
        kind = "any" if self.run.kind == "any" else "float" if type(thing) is float else "number"
        value = Value("input", (path_text(path), type(thing) is int, path), kind, None, None)
        separator = "_" if any(isinstance(at, int) and at > 9 for at in path) else ""
        indices = separator.join(str(at) for at in path[1:])
        value.proposals.append((-1, f"{path[0]}_{indices}" if indices else path[0]))
        return value


def _copy(thing: Any) -> Any:
    if isinstance(thing, list):
        return [_copy(entry) for entry in thing]
    if isinstance(thing, tuple):
        return tuple(_copy(entry) for entry in thing)
    if isinstance(thing, dict):
        return {key: _copy(entry) for key, entry in thing.items()}
    return thing


def plain_result(thing: Any, name: str) -> Any:
    """The result as numbers and lists.

    Raises:
        UnrollError: there is something else in it.
    """
    if isinstance(thing, Locals):
        kept = {}
        for key, entry in thing.items():
            try:
                kept[key] = plain_result(entry, name)
            except UnrollError:
                continue
        return kept
    if isinstance(thing, list):
        for i in range(len(thing)):
            plain_result(thing[i], name)
        return thing
    if isinstance(thing, tuple):
        return tuple(plain_result(entry, name) for entry in thing)
    if isinstance(thing, dict):
        return {key: plain_result(entry, name) for key, entry in thing.items()}
    if type(thing) in (Value, Spread, bool, str, type(None)) or is_number(thing):
        return thing
    if thing is MISSING:
        raise UnrollError(f"{name} returns things of different kind or length, as a value decides")
    raise UnrollError(f"{name} returns something of class {type(thing).__name__}: expected numbers and lists")
