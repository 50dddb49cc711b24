"""The calls that a line makes: which recorded call it is, what its parameters mean, and what comes back.

A function that was recorded is gone into: its parameters mean what the arguments mean here. A lambda is put in place.
A door (`scalarnn.layer_forward`, which checks and hands on) is read as the function behind it.
"""

from __future__ import annotations

import ast
import functools
import inspect

from scalarnn.tracing.arrays import array_call
from scalarnn.tracing.attributes import store
from scalarnn.tracing.blocks import DEEPEST
from scalarnn.tracing.carrying import carry, is_carried
from scalarnn.tracing.frame import Frame
from scalarnn.tracing.knowing import KNOWN, result
from scalarnn.tracing.library import of_the_library
from scalarnn.tracing.record import is_transparent
from scalarnn.tracing.source import lambda_source
from scalarnn.tracing.values import Cells, Node, Thing, given, is_number, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType
    from typing import Any

    from scalarnn.tracing.record import Call
    from scalarnn.tracing.values import Value

__all__ = ["Asked", "Closure", "call", "leftover", "named_tuple"]


class Asked:
    """A call as the code asks for it: the function, the object before the dot, the name, the arguments."""

    __slots__ = ("arguments", "function", "is_method", "keywords", "name", "owner")

    def __init__(
        self,
        function: Value | None,
        owner: Value | None,
        name: str,
        arguments: list[Value | None],
        keywords: dict[str | None, Value | None],
    ) -> None:
        self.function = function
        self.owner = owner
        self.name = name
        self.arguments = arguments
        self.keywords = keywords
        self.is_method = False  # f in x.f()


class Closure:
    """A lambda, and what the names around it mean."""

    def __init__(self, node: ast.Lambda, names: dict[str, Value]) -> None:
        self.node = node
        self.names = names
        self.function: Any = None  # what Python made of it


def call(frame: Frame, asked: Asked) -> Value | None:
    """What a call gives; None where nobody can tell."""
    if isinstance(asked.function, Thing) and isinstance(asked.function.value, functools.partial):
        asked = _whole(frame, asked, asked.function.value)
    made = _recorded(frame, asked)
    if made is not None:
        frame.waiting.pop(0)
        return _go_into(frame, made, asked)
    if not isinstance(asked.function, Thing):
        return None
    function = asked.function.value
    if is_transparent(getattr(function, "__module__", None)) and function not in KNOWN:
        return _passed_on(frame, asked)
    if getattr(function, "__name__", "") == "<lambda>" and function.__globals__ is frame.recorded.room:
        node = None if function.__closure__ else lambda_source(function.__code__, frame.recorded.room)
        function = Closure(node, {}) if node is not None else function
    if isinstance(function, Closure):
        return _put_in_place(frame, function, asked.arguments)
    known = [value for value in asked.arguments if value is not None]
    if len(known) == len(asked.arguments):
        found = array_call(frame, function, known, asked.keywords)
        if found is not None:
            return found
    if isinstance(function, type) and issubclass(function, tuple) and hasattr(function, "_fields"):
        return named_tuple(frame, function._fields, asked.arguments, asked.keywords)
    if not asked.keywords:
        found = of_the_library(frame, function, asked.arguments)
        if found is not None:
            return found
    return result(frame, function, asked.arguments, asked.keywords)


def _whole(frame: Frame, asked: Asked, part: functools.partial[Any]) -> Asked:
    """A call of a function that has some of its arguments already."""
    first: list[Value | None] = [given(value, frame.run.serial()) for value in part.args]
    named: dict[str | None, Value | None] = {}
    for name, value in part.keywords.items():
        named[name] = frame.literal(value) if is_number(value) else given(value, frame.run.serial())
    first = [frame.literal(value.value) if isinstance(value, Node) else value for value in first]
    name = getattr(part.func, "__name__", asked.name)
    return Asked(Thing(part.func), None, name, [*first, *asked.arguments], named | asked.keywords)


def named_tuple(
    frame: Frame, fields: tuple[str, ...], arguments: Sequence[Value | None], keywords: dict[str | None, Value | None]
) -> Value | None:
    """A named tuple: its entries by their names, those that are given by name last."""
    parts = dict(zip(fields, arguments, strict=False)) | keywords
    cells = frame.list_of([parts[name] for name in fields]) if parts.keys() == set(fields) else None
    if cells is not None:
        cells.fields = fields
    return cells


def leftover(frame: Frame) -> None:
    """Calls that no part of the line accounts for: what they did is read with their own names."""
    while frame.waiting:
        made = frame.waiting.pop(0)
        _go_into(frame, made, Asked(None, None, "", [], {}))


# ---- which call ------------------------------------------------------------------------------------------------------


def _recorded(frame: Frame, asked: Asked) -> Call | None:
    """The next recorded call, if it is one of the function that is asked for."""
    if not frame.waiting:
        return None
    made = frame.waiting[0]
    function = asked.function.value if isinstance(asked.function, Thing) else None
    codes = _codes(function)
    if codes:
        return made if any(made.function.is_of(code) for code in codes) else None
    if inspect.isbuiltin(function) or (inspect.isclass(function) and function.__module__ == "builtins"):
        return None
    return made if made.function.definition.name == asked.name else None


def _codes(function: Any) -> list[CodeType]:
    """The code that a call of something runs first: of a function, of what it wraps, of the making of an object."""
    if inspect.isclass(function):
        function = getattr(function, "__init__", None)
    codes: list[CodeType] = []
    while function is not None and len(codes) < DEEPEST:
        function = getattr(function, "__func__", function)
        code = getattr(function, "__code__", None)
        if code is not None:
            codes.append(code)
        elif not codes and not inspect.isbuiltin(function) and not inspect.isclass(function):
            code = getattr(getattr(type(function), "__call__", None), "__code__", None)  # noqa: B004
            codes += [code] if code is not None else []
        function = getattr(function, "__wrapped__", None)
    return codes


def _passed_on(frame: Frame, asked: Asked) -> Value | None:
    """What a function of the doors gives: what the recorded call behind it does, or the argument that it hands back."""
    given = [value for value in (*asked.arguments, *asked.keywords.values()) if value is not None]
    if asked.name == "keep" and given:
        return store(frame, given[-1])
    if not frame.waiting:
        return next((value for value in given if same(value, frame.line.value)), None)
    made = frame.waiting.pop(0)
    positional = []
    for name, value in made.arguments.items():
        if name not in ("self", "cls"):
            positional.append(next((one for one in given if same(one, value)), None))
    behind = Asked(None, None, asked.name, positional, {})
    behind.is_method = True
    return _go_into(frame, made, behind)


# ---- into it ---------------------------------------------------------------------------------------------------------


def _go_into(frame: Frame, made: Call, asked: Asked) -> Value | None:
    if made.depth > DEEPEST and frame.run.places:
        frame.run.places[-1].too_deep = True
    if not made.lines or made.depth > DEEPEST:
        return _unexplained(frame, made)
    receiver = _receiver(made, asked)
    inner = Frame(made, frame.run, _parameters(frame, made, asked, receiver))
    for name, value in made.arguments.items():
        if name not in inner.names:
            inner.given(name, value)
    returned = carry(inner, dict(inner.names)) if is_carried(made) else frame.run.walk(inner, made.lines)
    if made.function.name.startswith(f"{frame.recorded.function.name}.<locals>."):
        _give_back(frame, inner)
    if made.function.definition.name == "__init__" and receiver is not None:
        return receiver
    return returned if same(returned, made.returned) else _unexplained(frame, made)


def _give_back(frame: Frame, inner: Frame) -> None:
    """What a function in a function did to the `nonlocal` names."""
    for name in inner.recorded.function.outer_names & inner.names.keys():
        value = inner.names[name]
        frame.names[name] = value
        if isinstance(value, (Node, Cells)):
            value.names = (*value.names, frame.name(name, value))
        frame.note(name, value)


def _receiver(made: Call, asked: Asked) -> Value | None:
    """What `self` is: the object before the dot, or the one that is being made."""
    first = next(iter(made.arguments), "")
    if first not in ("self", "cls"):
        return None
    if isinstance(asked.owner, Thing) and asked.owner.value is made.arguments[first]:
        return asked.owner
    return Thing(made.arguments[first])


def _parameters(frame: Frame, made: Call, asked: Asked, receiver: Value | None) -> dict[str, Value]:
    """The parameters whose arguments have a meaning here."""
    definition = made.function.definition.args
    positional = [argument.arg for argument in (*definition.posonlyargs, *definition.args)]
    arguments = list(asked.arguments)
    if positional[:1] in (["self"], ["cls"]):
        of_class = isinstance(asked.owner, Thing) and inspect.isclass(asked.owner.value)
        making = isinstance(asked.function, Thing) and inspect.isclass(asked.function.value)
        bound = isinstance(asked.function, Thing) and inspect.ismethod(asked.function.value)  # f = self.f; f(x)
        if (asked.is_method and not of_class) or making or bound or not arguments:
            arguments = [receiver, *arguments]
    found: dict[str, Value | None] = dict(zip(positional, arguments, strict=False))
    rest = arguments[len(positional) :]
    if definition.vararg is not None and None not in rest:
        parts = [part for part in rest if part is not None]
        found[definition.vararg.arg] = Cells([part.value for part in parts], list(parts), frame.run.serial())
    found |= {name: value for name, value in asked.keywords.items() if name is not None}
    return {
        name: value
        for name, value in found.items()
        if value is not None and name in made.arguments and same(value, made.arguments[name])
    }


def _unexplained(frame: Frame, made: Call) -> Value:
    """What a call returned, of which no more is known than its value."""
    value = given(made.returned, frame.run.serial())
    if isinstance(value, Node):
        value.is_unknown = True
    return value


def _put_in_place(frame: Frame, closure: Closure, arguments: list[Value | None]) -> Value | None:
    """A lambda: its body, with the arguments for its parameters."""
    names = [argument.arg for argument in closure.node.args.args]
    if len(names) != len(arguments) or None in arguments:
        return None
    kept = frame.names
    frame.names = {**closure.names, **kept}
    frame.names |= {name: value for name, value in zip(names, arguments, strict=True) if value is not None}
    value = frame.read(closure.node.body)
    frame.names = kept
    return value
