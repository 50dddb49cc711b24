"""Calls: a function of Python source is written out in place, a known one is an operation, any other is refused."""

from __future__ import annotations

import types

from scalarnn.unrolled.arithmetic import TypeOf
from scalarnn.unrolled.binding import bound, named
from scalarnn.unrolled.carried import carried, carried_rule
from scalarnn.unrolled.frame import Frame
from scalarnn.unrolled.heap import MISSING
from scalarnn.unrolled.known import FUNCTIONS, METHODS, NATIVE
from scalarnn.unrolled.lines import key_of
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.run import Raised
from scalarnn.unrolled.source import definition
from scalarnn.unrolled.values import Spread, Value, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["call", "closure", "inline", "method_of"]

DEEPEST = 60
LONGEST_KEY = 400
DRAWN = ("random", "_random")  # random numbers are drawn when a program is made


class Closure:
    """A function that was defined inside the run: its source, and the names around it."""

    __slots__ = ("frame", "node", "settings")

    def __init__(self, node: Any, frame: Frame, settings: list[Any]) -> None:
        self.node = node
        self.frame = frame
        self.settings = settings


def closure(run: Run, frame: Frame, node: Any) -> Closure:
    """A lambda or an inner function."""
    return Closure(node, frame, [run.evaluate(run, frame, one) for one in node.args.defaults])


def method_of(run: Run, owner: Any, name: str) -> Any:
    """owner.name; a property is written out.

    Raises:
        UnrollError: there is none.
    """
    for kind in type(owner).__mro__:
        found = vars(kind).get(name)
        if isinstance(found, property):
            return call(run, run.frame, found.fget, [owner], {})
        if found is not None:
            break
    try:
        thing = getattr(owner, name)
    except AttributeError:
        raise UnrollError(f"{type(owner).__name__} has no {name}") from None
    if thing is MISSING:
        raise UnrollError(f".{name} is not bound, or not the same kind of thing, on both sides of a branch")
    return thing


def call(run: Run, frame: Any, function: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    """What a call returns.

    Raises:
        UnrollError: the function is not known and has no source.
    """
    if isinstance(function, Closure):
        return _inline_closure(run, function, args, settings)
    if isinstance(function, types.MethodType):
        if type(function.__self__).__module__ in DRAWN and not holds_values([args, settings]):
            return function(*args, **settings)
        return call(run, frame, function.__func__, [function.__self__, *args], settings)
    while isinstance(function, types.FunctionType) and hasattr(function, "__wrapped__"):
        function = function.__wrapped__  # a door: the bare function stands behind it
    if getattr(function, "__module__", None) == "scalarnn.check" and holds_values([args, settings]):
        return None  # a program does not look at values
    handler = _known(function)
    if handler is not None:
        for argument in args if run.heap.views else ():
            run.heap.look(argument)
        return handler(run, args, settings)
    if isinstance(function, types.FunctionType):
        rule = carried_rule(function)
        return inline(run, function, args, settings) if rule is None else carried(run, rule, args, settings)
    if isinstance(function, type) and function not in NATIVE:
        return _instance(run, frame, function, args, settings)
    owner = getattr(function, "__self__", None)
    if owner is not None and isinstance(function, types.BuiltinMethodType) and type(owner) in METHODS:
        method = METHODS[type(owner)].get(function.__name__)
        if method is not None:
            run.heap.look(owner)
            return method(run, owner, *args, **settings)
    of_class = getattr(type(function), "__call__", None)  # noqa: B004  an object that is called
    if isinstance(of_class, types.FunctionType):
        return call(run, frame, of_class, [function, *args], settings)
    return _native(run, function, args, settings)


def _known(function: Any) -> Any:
    try:
        return FUNCTIONS.get(function)
    except TypeError:  # cannot be a key
        return None


def _native(run: Run, function: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    name = getattr(function, "__qualname__", None) or repr(function)
    owner = getattr(function, "__self__", None)
    is_safe = isinstance(owner, (str, int, float)) or getattr(function, "__module__", "") == "math"
    is_safe = is_safe or function in NATIVE or type(owner).__module__ in DRAWN
    if not is_safe:
        raise UnrollError(f"{name}(…) is neither written in Python nor known here")
    if holds_values(args) or holds_values(list(settings.values())):
        raise UnrollError(f"{name}(…) of values is not known here")
    result = function(*args, **settings)
    return run.heap.new(result) if isinstance(result, (list, dict)) else result


def holds_values(thing: Any) -> bool:
    """Whether there is a value in it that only the run will know."""
    if type(thing) in (Value, Spread):
        return True
    if isinstance(thing, (list, tuple)):
        return any(holds_values(entry) for entry in thing)
    if isinstance(thing, dict):
        return any(holds_values(entry) for entry in thing.values())
    return isinstance(thing, TypeOf)


# ---- functions of Python source --------------------------------------------------------------------------------------


def inline(run: Run, function: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    """Write a call out; one that has been made before with the same values is not made again."""
    key = _call_key(function, args, settings)
    if key is not None:
        block: Any = run.block
        while block is not None:
            if key in block.calls:
                return _copied(run, block.calls[key])
            block = block.parent
    node, offset = definition(function)
    names = bound(node, function, args, settings)
    around = {}
    if function.__closure__:
        for name, cell in zip(function.__code__.co_freevars, function.__closure__, strict=True):
            around[name] = cell.cell_contents
    started, earlier = run.heap.clock, run.heap.oldest_change
    run.heap.oldest_change = started + 1
    block = run.block
    result = _executed(run, Frame(run, function, offset, names, around), node)
    is_pure = run.heap.oldest_change > started
    run.heap.oldest_change = min(earlier, run.heap.oldest_change)
    if key is not None and is_pure and run.block is block and _is_new(run, result, started):
        run.block.calls[key] = _copied(run, result)
    return result


def _executed(run: Run, frame: Frame, node: Any) -> Any:
    if frame.depth > DEEPEST:
        raise UnrollError(f"{frame.function.__name__} calls itself on values, or more than {DEEPEST} calls deep")
    caller, run.frame = run.frame, frame
    parameters = frozenset(frame.names)
    try:
        if isinstance(node.body, list):
            ended = run.execute(run, frame, node.body)
            value, ended = run.arrive(frame, ended)
        else:
            value, ended = run.evaluate(run, frame, node.body), None
        frame.name_lists(parameters)
        if frame.depth == 0:
            run.outermost = dict(frame.names)
    except UnrollError as error:
        raise _placed(error, frame) from None
    run.frame = caller
    if ended is not None:
        raise Raised(ended)
    return value


def _placed(error: UnrollError, frame: Frame) -> UnrollError:
    """The error with its place, said once, where it arose."""
    if getattr(error, "place", None) is None:
        error = UnrollError(f"{frame.place}: {error}")
        error.place = frame.place  # type: ignore[attr-defined]
    return error


def _inline_closure(run: Run, function: Closure, args: list[Any], settings: dict[str, Any]) -> Any:
    names = named(function.node.args, "inner function", args, settings, function.settings, {})
    outer = function.frame
    frame = Frame(run, outer.function, outer.offset, names, {**outer.around, **outer.names})
    return _executed(run, frame, function.node)


def _instance(run: Run, frame: Any, kind: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    if issubclass(kind, BaseException) or (kind.__module__ in DRAWN and not holds_values([args, settings])):
        return kind(*args, **settings)
    if kind.__new__ is not object.__new__:
        raise UnrollError(f"an object of class {kind.__name__}, which makes its objects itself, is not unrolled")
    made = object.__new__(kind)
    if not hasattr(made, "__dict__"):
        raise UnrollError(f"an object of class {kind.__name__}, which has slots, is not unrolled")
    run.heap.new(vars(made))
    if hasattr(kind, "__dataclass_fields__"):
        return _of_dataclass(run, made, args, settings)
    if kind.__init__ is not object.__init__:
        call(run, frame, kind.__init__, [made, *args], settings)
    return made


def _of_dataclass(run: Run, made: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    """A dataclass, whose __init__ has no source: its fields, in order."""
    fields = type(made).__dataclass_fields__
    names = [name for name in fields if fields[name].init]
    given = dict(zip(names, args, strict=False)) | settings
    for name in names:
        default = fields[name].default
        if name not in given and type(default).__name__ == "_MISSING_TYPE":
            raise UnrollError(f"{type(made).__name__} is not given {name}, which has no plain default")
        vars(made)[name] = given.get(name, default)
    if hasattr(made, "__post_init__"):
        run.call(run, run.frame, made.__post_init__, [], {})
    return made


# ---- calls that have been made ---------------------------------------------------------------------------------------


def _call_key(function: Any, args: list[Any], settings: dict[str, Any]) -> Any:
    parts: list[Any] = [function]
    if not _append_key(parts, args) or not _append_key(parts, list(settings.values())):
        return None
    return (*parts, *settings)


def _append_key(parts: list[Any], thing: Any) -> bool:
    if len(parts) > LONGEST_KEY:
        return False
    if isinstance(thing, (list, tuple)):
        parts.append((type(thing), len(thing)))
        return all(_append_key(parts, entry) for entry in thing)
    if type(thing) is Value or is_number(thing) or type(thing) in (bool, str, type(None)):
        parts.append(key_of(thing))
        return True
    if callable(thing) or (hasattr(thing, "__dict__") and not vars(thing)):
        parts.append(id(thing))
        return True
    return False


def _is_new(run: Run, thing: Any, started: int) -> bool:
    if isinstance(thing, list):
        time = run.heap.time_of(thing)
        return time is not None and time > started and all(_is_new(run, entry, started) for entry in thing)
    if isinstance(thing, tuple):
        return all(_is_new(run, entry, started) for entry in thing)
    return type(thing) is Value or is_number(thing) or type(thing) in (bool, str, type(None))


def _copied(run: Run, thing: Any) -> Any:
    if isinstance(thing, list):
        return run.heap.new([_copied(run, entry) for entry in thing])
    if isinstance(thing, tuple):
        return tuple(_copied(run, entry) for entry in thing)
    return thing
