"""Operations on numbers that may be known or not: what is known is computed now, with Python's own operators.

Dropped is only what changes no bit of any number: 1 · x, x / 1 and x − 0 of a float. 0 + x stays (it makes 0 of −0)
until the whole program is seen, and 0 · x stays (it is not 0 where x is infinite).
"""

from __future__ import annotations

import ast
import operator

from scalarnn.unrolled.lengths import known
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Value, grows, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = [
    "BINARY",
    "COMPARISONS",
    "TypeOf",
    "all_of",
    "any_of",
    "binary",
    "compare",
    "negated",
    "select",
    "truth",
    "unary",
]

BINARY = {
    ast.Add: ("add", operator.add, "+"),
    ast.Sub: ("sub", operator.sub, "-"),
    ast.Mult: ("mul", operator.mul, "*"),
    ast.Div: ("div", operator.truediv, "/"),
    ast.FloorDiv: ("floordiv", operator.floordiv, "//"),
    ast.Mod: ("mod", operator.mod, "%"),
    ast.Pow: ("pow", operator.pow, "**"),
}
WHOLE: dict[Any, Any] = {  # operations on whole numbers alone
    ast.BitXor: operator.xor,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
}
UNARY: dict[Any, Any] = {ast.USub: ("neg", operator.neg), ast.UAdd: ("pos", operator.pos)}
COMPARISONS = {
    ast.Lt: ("lt", operator.lt),
    ast.LtE: ("le", operator.le),
    ast.Gt: ("gt", operator.gt),
    ast.GtE: ("ge", operator.ge),
    ast.Eq: ("eq", operator.eq),
    ast.NotEq: ("ne", operator.ne),
}


class TypeOf:
    """The class of a number that only the run will know: float, int, or any."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


def binary(run: Run, kind: Any, a: Any, b: Any) -> Any:
    """a + b and its like.

    Raises:
        UnrollError: a value meets something that is no number.
    """
    if kind in WHOLE:
        return WHOLE[kind](known(a, f"{kind.__name__} of a value"), known(b, f"{kind.__name__} of a value"))
    if kind not in BINARY:
        raise UnrollError(f"{kind.__name__} is not unrolled")
    op, compute, sign = BINARY[kind]
    if type(a) is not Value and type(b) is not Value:
        result = compute(a, b)
        return run.heap.new(result) if isinstance(result, list) else result
    for operand in (a, b):
        if type(operand) is not Value and not is_number(operand) and type(operand) is not bool:
            if isinstance(operand, (list, tuple)) and op == "mul":
                known(a if operand is b else b, "a list is repeated")
            raise UnrollError(f"{sign} of a number and {_shown(operand)}")
    if type(b) is int and _drops(run, op, a, b):
        return a
    if type(a) is int and a == 1 and op == "mul" and b.kind != "bool":
        return b
    return run.emit(op, a, b)


def _drops(run: Run, op: str, a: Value, b: int) -> bool:
    if b == 1 and op in ("mul", "pow"):
        return a.kind != "bool"
    if run.kind == "any":
        return False
    if b == 1 and op == "div":
        return a.kind == "float"
    return b == 0 and op == "sub" and a.kind == "float"


def unary(run: Run, kind: Any, a: Any) -> Any:
    """−a and +a."""
    if type(a) is not Value:
        return UNARY[kind][1](a)
    if kind is ast.UAdd and run.kind != "any" and a.kind != "bool":
        return a
    return run.emit(UNARY[kind][0], a)


def truth(run: Run, thing: Any) -> Any:
    """True, False, or a Value of kind bool."""
    if type(thing) is not Value:
        if isinstance(thing, TypeOf):
            return True
        if grows(thing):
            raise UnrollError("the length of a list that grows in a kept loop is not known")
        return bool(thing)
    if thing.kind != "bool":
        thing = run.emit("ne", thing, 0)
    known = run.known_truth(thing)
    return thing if known is None else known


def negated(run: Run, thing: Any) -> Any:
    """Not thing."""
    thing = truth(run, thing)
    return run.emit("not", thing) if type(thing) is Value else not thing


def compare(run: Run, kind: Any, a: Any, b: Any) -> Any:
    """A comparison: True, False, or a Value.

    Raises:
        UnrollError: it cannot be told.
    """
    if kind in (ast.Is, ast.IsNot):
        same = _is(run, a, b)
        return same if kind is ast.Is else negated(run, same)
    if kind in (ast.In, ast.NotIn):
        found = _in(run, a, b)
        return found if kind is ast.In else negated(run, found)
    if isinstance(a, TypeOf) or isinstance(b, TypeOf):
        same = _is(run, a, b)
        return same if kind is ast.Eq else negated(run, same)
    op, decide = COMPARISONS[kind]
    if type(a) is not Value and type(b) is not Value:
        if op in ("eq", "ne") and _holds_values(a, b):
            same = _equal(run, a, b)
            return same if op == "eq" else negated(run, same)
        return decide(a, b)
    if op in ("eq", "ne") and not (_may_compare(a) and _may_compare(b)):
        return op == "ne"  # a number is no text, list or None
    return truth(run, run.emit(op, a, b))


def _is(run: Run, a: Any, b: Any) -> Any:
    if isinstance(a, TypeOf) or isinstance(b, TypeOf):
        value, kind = (a.value, b) if isinstance(a, TypeOf) else (b.value, a)
        if isinstance(kind, TypeOf):
            raise UnrollError("the classes of two values are compared")
        if value.kind == "any" and kind in (float, int):
            return truth(run, run.emit("is_float" if kind is float else "is_int", value))
        if value.kind == "number" and kind in (float, int):
            return truth(run, run.emit("is_float" if kind is float else "is_int", value))
        return False
    if type(a) is Value and type(b) is Value:
        return a is b
    return a is b


def _in(run: Run, a: Any, b: Any) -> Any:
    if type(a) is not Value and not _holds_values(b, a):
        return a in b
    found: Any = False
    for entry in b:
        found = any_of(run, found, compare(run, ast.Eq, a, entry))
    return found


def _equal(run: Run, a: Any, b: Any) -> Any:
    if type(a) is not type(b) or (isinstance(a, (list, tuple)) and len(a) != len(b)):
        return False
    if not isinstance(a, (list, tuple)):
        return a == b
    same: Any = True
    for i in range(len(a)):
        same = all_of(run, same, compare(run, ast.Eq, a[i], b[i]))
    return same


def all_of(run: Run, a: Any, b: Any) -> Any:
    """a and b, each True, False or a Value of kind bool."""
    if type(a) is not Value:
        return b if a else False
    if type(b) is not Value:
        return a if b else False
    return truth(run, run.emit("and", a, b))


def any_of(run: Run, a: Any, b: Any) -> Any:
    """a or b, each True, False or a Value of kind bool."""
    if type(a) is not Value:
        return True if a else b
    if type(b) is not Value:
        return True if b else a
    return truth(run, run.emit("or", a, b))


def select(run: Run, condition: Any, a: Any, b: Any) -> Any:
    """a where the condition holds, else b; both are numbers."""
    if type(condition) is not Value:
        return a if condition else b
    if a is b:
        return a
    return run.emit("select", condition, a, b)


def _may_compare(thing: Any) -> bool:
    return type(thing) in (Value, bool) or is_number(thing)


def _holds_values(*things: Any) -> bool:
    for thing in things:
        if type(thing) is Value:
            return True
        if isinstance(thing, (list, tuple)) and _holds_values(*thing):
            return True
    return False


def _shown(thing: Any) -> str:
    kind = type(thing).__name__
    return "None" if thing is None else f"a {kind}"
