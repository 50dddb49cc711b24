"""Functions that are known by themselves: Python's own, `math`, and the elementary functions of the package."""

from __future__ import annotations

import ast
import math

from scalarnn import scalar
from scalarnn.normal import bell_area
from scalarnn.unrolled.arithmetic import TypeOf, all_of, any_of, binary, compare, select, truth
from scalarnn.unrolled.items import forget_rows
from scalarnn.unrolled.lengths import known
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Value, grows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["FUNCTIONS", "METHODS", "NATIVE"]

# Called as they are when everything is known.
NATIVE = {str, repr, hash, id, divmod, ord, chr, callable, isinstance, issubclass, format, iter, next, complex}


def _checked(thing: Any) -> Any:
    if grows(thing):
        raise UnrollError("a list that grows in a kept loop is only appended to and returned")
    if type(thing) is Value:
        raise UnrollError("a number where a list belongs")
    return thing


def _len(_run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return len(_checked(args[0]))


def _range(_run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return range(*[known(argument, "the length of a loop") for argument in args])


def _list(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return run.heap.new(list(_checked(args[0])) if args else [])


def _tuple(_run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return tuple(_checked(args[0])) if args else ()


def _dict(run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
    return run.heap.new(dict(*args, **settings))


def _pairs(make: Any) -> Any:
    def handler(_run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
        return list(make(*[_checked(argument) for argument in args], **settings))

    return handler


def _sum(run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
    entries = list(_checked(args[0]))
    start = args[1] if len(args) > 1 else settings.get("start", 0)
    if not any(type(entry) is Value for entry in [*entries, start]):
        return sum(entries, start)
    return run.emit("sum", start, *entries)


def _largest(kind: Any, name: str) -> Any:
    def handler(run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
        entries = list(_checked(args[0])) if len(args) == 1 else args
        if settings:
            raise UnrollError(f"{name} with {', '.join(settings)}= is not unrolled")
        best = entries[0]
        for entry in entries[1:]:
            best = select(run, compare(run, kind, entry, best), entry, best)
        return best

    return handler


def _all(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    result: Any = True
    for entry in _checked(args[0]):
        result = all_of(run, result, truth(run, entry))
    return result


def _any(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    result: Any = False
    for entry in _checked(args[0]):
        result = any_of(run, result, truth(run, entry))
    return result


def _type(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    thing = args[0]
    if type(thing) is not Value:
        return type(thing)
    kinds = {"float": float, "int": int, "bool": bool}
    del run
    return kinds.get(thing.kind) or TypeOf(thing)


def _isinstance(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    thing, kinds = args
    if type(thing) is not Value:
        return isinstance(thing, kinds)
    result: Any = False
    for kind in kinds if isinstance(kinds, tuple) else (kinds,):
        if kind in (float, int):
            found = _type(run, [thing], {})
            same = compare(run, ast.Is, found, kind) if isinstance(found, TypeOf) else found is kind
            result = any_of(run, result, same)
    return result


def _hasattr(_run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    thing, name = args
    if isinstance(thing, TypeOf):
        thing = float  # what any number has and has not
    if type(thing) is Value:
        thing = 0.0
    return hasattr(thing, name)


def _getattr(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    if len(args) == 3 and not hasattr(args[0], args[1]):
        return args[2]
    return run.method_of(run, args[0], args[1])


def _abs(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return run.emit("abs", args[0]) if type(args[0]) is Value else abs(args[0])


def _float(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    thing = args[0] if args else 0.0
    if type(thing) is not Value:
        return float(thing)
    if thing.kind == "float":
        return thing
    return run.emit("float", thing)


def _int(_run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
    if args and type(args[0]) is Value:
        if args[0].kind in ("int",):
            return args[0]
        return int(known(args[0], "a number is made whole"))
    return int(*args, **settings)


def _bool(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return truth(run, args[0]) if args else False


def _super(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    if args:
        return super(*args)
    frame: Any = run.frame
    first = next(iter(frame.names.values()))
    return super(frame.around["__class__"], first)


def _locals(run: Run, _args: list[Any], _settings: dict[str, Any]) -> Any:
    frame: Any = run.frame
    return run.heap.new(Locals(frame.names))


class Locals(dict):  # type: ignore[type-arg]
    """What `locals()` gave; what is no number or list in it is left out of a result."""

    def copy(self) -> Locals:
        """Of the same class."""
        return Locals(self)


def _sorted(run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
    try:
        return run.heap.new(sorted(_checked(args[0]), **settings))
    except TypeError as error:
        raise UnrollError(f"sorted(…) compares values: {error}") from None


def _print(_run: Run, _args: list[Any], _settings: dict[str, Any]) -> Any:
    raise UnrollError("print(…) is not unrolled: a program computes and says nothing")


def _map(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    function, *lists = args
    made = []
    for entries in zip(*[_checked(one) for one in lists], strict=False):
        made.append(run.call(run, run.frame, function, list(entries), {}))
    return run.heap.new(made)


def _vars(_run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return vars(args[0])


# ---- elementary functions --------------------------------------------------------------------------------------------


def _elementary(op: str, compute: Any) -> Any:
    def handler(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
        return run.emit(op, args[0]) if type(args[0]) is Value else compute(args[0])

    return handler


def _zero(run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
    like = args[0] if args else settings["like"]
    if type(like) is not Value:
        return scalar.zero(like)
    if like.kind == "float":
        return 0.0
    if like.kind == "int":
        return 0
    return run.emit("zero", like)


def _ratio(run: Run, args: list[Any], settings: dict[str, Any]) -> Any:
    p, q, like = [*args, *settings.values()]
    if type(like) is not Value:
        return scalar.ratio(p, q, like)
    if run.kind != "any":
        return p / q
    return run.emit("ratio", p, q, like)


def _is_symbolic(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    if type(args[0]) is not Value:
        return scalar.is_symbolic(args[0])
    return truth(run, run.emit("is_symbolic", args[0])) if run.kind == "any" else False


def _fabs(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return run.emit("abs", args[0]) if type(args[0]) is Value else math.fabs(args[0])


def _pow(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return binary(run, ast.Pow, args[0], args[1])


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    len: _len,
    range: _range,
    list: _list,
    tuple: _tuple,
    dict: _dict,
    zip: _pairs(zip),
    enumerate: _pairs(enumerate),
    reversed: _pairs(reversed),
    sum: _sum,
    max: _largest(ast.Gt, "max"),
    min: _largest(ast.Lt, "min"),
    all: _all,
    any: _any,
    type: _type,
    isinstance: _isinstance,
    hasattr: _hasattr,
    getattr: _getattr,
    abs: _abs,
    float: _float,
    int: _int,
    bool: _bool,
    pow: _pow,
    scalar.power: _pow,
    scalar.base: lambda _run, args, _settings: args[0],
    super: _super,
    locals: _locals,
    print: _print,
    sorted: _sorted,
    map: _map,
    vars: _vars,
    scalar.exp: _elementary("exp", scalar.exp),
    scalar.expm1: _elementary("expm1", scalar.expm1),
    scalar.log: _elementary("log", scalar.log),
    scalar.log1p: _elementary("log1p", scalar.log1p),
    scalar.sqrt: _elementary("sqrt", scalar.sqrt),
    bell_area: _elementary("bell_area", bell_area),
    scalar.zero: _zero,
    scalar.ratio: _ratio,
    scalar.is_symbolic: _is_symbolic,
    math.exp: _elementary("exp", math.exp),
    math.expm1: _elementary("expm1", math.expm1),
    math.log: _elementary("math_log", math.log),
    math.sqrt: _elementary("sqrt", math.sqrt),
    math.tanh: _elementary("tanh", math.tanh),
    math.fabs: _fabs,
}


# ---- methods of lists and dicts --------------------------------------------------------------------------------------


def _changing(name: str) -> Any:
    def method(run: Run, owner: Any, *args: Any, **settings: Any) -> Any:
        run.heap.change(owner, "a list or dict")
        _checked(owner)
        forget_rows(run, owner)
        result = getattr(owner, name)(*args, **settings)
        return run.heap.new(result) if isinstance(result, list) and run.heap.time_of(result) is None else result

    return method


def _append(run: Run, owner: Any, entry: Any) -> None:
    run.heap.change(owner, "a list")
    forget_rows(run, owner)
    if grows(owner):
        run.append(run, owner, entry)
        return
    owner.append(entry)


def _reading(name: str) -> Any:
    def method(run: Run, owner: Any, *args: Any, **settings: Any) -> Any:
        result = getattr(_checked(owner), name)(*args, **settings)
        return run.heap.new(result) if isinstance(result, (list, dict)) else result

    return method


def _shared(name: str) -> Any:
    def method(_run: Run, owner: Any, *args: Any, **settings: Any) -> Any:
        key = [known(one, "a key") for one in args[:1]]
        return getattr(owner, name)(*key, *args[1:], **settings)

    return method


def _by_key(name: str) -> Any:
    change = _changing(name)

    def method(run: Run, owner: Any, key: Any, *args: Any) -> Any:
        return change(run, owner, known(key, "a key"), *args)

    return method


def _sort(_run: Run, _owner: Any, *_args: Any, **_settings: Any) -> Any:
    raise UnrollError("sort() is not unrolled")


METHODS: dict[type, dict[str, Callable[..., Any]]] = {
    list: {
        "append": _append,
        "extend": _changing("extend"),
        "insert": _changing("insert"),
        "pop": _changing("pop"),
        "clear": _changing("clear"),
        "reverse": _changing("reverse"),
        "copy": _reading("copy"),
        "sort": _sort,
    },
    dict: {
        "update": _changing("update"),
        "pop": _by_key("pop"),
        "setdefault": _by_key("setdefault"),
        "get": _shared("get"),
        "keys": _shared("keys"),
        "values": _shared("values"),
        "items": _shared("items"),
        "copy": _reading("copy"),
    },
}
