"""Values of a program as formulas of a spreadsheet: the same operations on the same operands, in the same order.

+ − × ÷ and √ are the same bits everywhere, and so are EXP and LN where a spreadsheet program takes them from the C
library, as Python does. Two functions of the package have no counterpart: log(1 + x) is written with ATANH, and tanh is
TANH. Both keep their digits, and may differ in the last one.
"""

from __future__ import annotations

import math

from scalarnn.unrolled.values import Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from scalarnn.unrolled.values import Branch

__all__ = ["COMPARISONS", "FUNCTIONS", "Formulas", "SheetError", "number_text", "operation"]

# Each sign, how strong it binds, and how strong an operand on its left and on its right has to bind. A minus in front
# binds strongest: =-A1^2 is (−A1)². On the right it stands in brackets, for the reader.
SIGNS = {
    "add": ("+", 3, 3, 4),
    "sub": ("-", 3, 3, 4),
    "mul": ("*", 4, 4, 5),
    "div": ("/", 4, 4, 5),
    "pow": ("^", 5, 7, 7),
    "lt": ("<", 1, 2, 2),
    "le": ("<=", 1, 2, 2),
    "gt": (">", 1, 2, 2),
    "ge": (">=", 1, 2, 2),
    "eq": ("=", 1, 2, 2),
    "ne": ("<>", 1, 2, 2),
}
COMPARISONS = frozenset(["lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"])
MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
FUNCTIONS = {"exp": "EXP", "log": "LN", "sqrt": "SQRT", "abs": "ABS", "tanh": "TANH", "max": "MAX", "if": "IF"}
FUNCTIONS |= {"bell_area": "NORMSDIST"}
FUNCTIONS |= {"and": "AND", "or": "OR", "not": "NOT"}
REFUSED = {"round_to_float32": "rounding to float32", "sum": "sum(…), which compensates"}
NEGATIVE, ATOM = 6, 9


class SheetError(ValueError):
    """No spreadsheet can be made of this; one line that says why."""


class Formulas:
    """How values are written.

    Args:
        branch_of: of a value that two sides of a branch bind, the branch.
        cell_of: the cell that a value stands in, such as B4; None for one that is written out.
    """

    def __init__(self, branch_of: Mapping[Value, Branch], cell_of: Callable[[Value], str | None]) -> None:
        self.branch_of = branch_of
        self.cell_of = cell_of

    def definition(self, thing: Any) -> str:
        """What stands behind the = of a value's own cell."""
        return self._written(thing)[0] if type(thing) is Value else number_text(thing)

    def _left(self, thing: Any, at_least: int) -> str:
        text, binds = self._expression(thing)
        return text if binds >= at_least else f"({text})"

    def _right(self, thing: Any, at_least: int) -> str:
        text, binds = self._expression(thing)
        return f"({text})" if binds < at_least or (binds == NEGATIVE and at_least > 2) else text

    def _expression(self, thing: Any) -> tuple[str, int]:
        """A number, a cell, or an operation in place; and how strong it binds."""
        if type(thing) is not Value:
            text = number_text(thing)
            return text, NEGATIVE if text.startswith("-") else ATOM
        cell = self.cell_of(plain(thing))
        return (cell, ATOM) if cell is not None else self._written(thing)

    def _written(self, value: Value) -> tuple[str, int]:
        op, args = operation(value, self.branch_of)
        if op == "same":
            return self._expression(args[0])
        if op in SIGNS:
            sign, binds, left, right = SIGNS[op]
            return f"{self._left(args[0], left)}{sign}{self._right(args[1], right)}", binds
        if op == "neg":
            return f"-{self._right(args[0], 7)}", NEGATIVE
        if op == "log1p":
            return self._log1p(args[0])
        if op in FUNCTIONS:
            texts = [self._expression(argument)[0] for argument in args]
            return f"{FUNCTIONS[op]}({_joined(texts) if op == 'max' else ','.join(texts)})", ATOM
        raise SheetError(f"no spreadsheet can be made of it: {REFUSED.get(op, op)} is no function of spreadsheets")

    def _log1p(self, x: Any) -> tuple[str, int]:
        """log(1 + x) = 2 artanh(x / (2 + x)), which keeps the digits of a small x; of log(1 − p) up to ½."""
        if type(x) is Value and operation(x, self.branch_of)[0] == "neg":
            p = self._right(operation(x, self.branch_of)[1][0], 7)
            return f"IF({p}<0.5,-2*ATANH({p}/(2-{p})),LN(1-{p}))", ATOM
        text = self._right(x, 5)
        return f"2*ATANH({text}/(2+{text}))", 4


def operation(value: Value, branch_of: Mapping[Value, Branch]) -> tuple[str, tuple[Any, ...]]:
    """What a value is in a spreadsheet: the operation, and what it works on.

    Only what changes no bit is simplified: x + 0, x · 0, x · 1, −(−x), x + (−y). The sign of a zero is not kept.
    """
    value = plain(value)
    op, args = value.op, tuple(map(_plain, value.args))
    if op == "phi":
        return _choice((branch_of[value].condition, *args), branch_of)
    if op == "select":
        return _choice(args, branch_of)
    if op == "math_log":
        return "log", args
    if op in ("pos", "float"):
        return "same", args
    if op in ("add", "sub", "mul", "div", "pow"):
        return _arithmetic(op, *args)
    if op in ("gt", "lt") and any(_is_infinite(one) for one in args):
        return "same", (True,)
    if op in ("eq", "ne") and type(args[0]) is not Value:
        return op, args[::-1]
    if op in MIRRORED and _is(args[1], 0) and _op(args[0]) == "neg":
        return MIRRORED[op], (_plain(args[0].args[0]), 0)
    if op == "and":
        open_ = tuple(one for one in args if not _is_true(one, branch_of))
        return ("and", args) if len(open_) > 1 else ("same", open_ or (True,))
    if op == "neg" and _op(args[0]) == "neg":
        return "same", (_plain(args[0].args[0]),)
    return op, args


def _arithmetic(op: str, x: Any, y: Any) -> tuple[str, tuple[Any, ...]]:
    x, y = (0 if _is_nothing(one) else one for one in (x, y))
    nothing = 0 if op in ("add", "sub") else 1
    if op == "mul" and (_is(x, 0) or _is(y, 0)):
        return "same", (0,)
    if _is(y, nothing):  # x + 0, x − 0, x · 1, x / 1, x¹
        return "same", (x,)
    if _is(x, nothing) and op in ("add", "mul"):
        return "same", (y,)
    if op == "sub" and _is(x, 0):
        return "neg", (y,)
    if op == "pow" and _is(y, 0):
        return "same", (1,)
    if op in ("add", "sub") and _op(y) == "neg":
        return {"add": "sub", "sub": "add"}[op], (x, _plain(y.args[0]))
    return op, (x, y)


def _choice(parts: tuple[Any, ...], branch_of: Mapping[Value, Branch]) -> tuple[str, tuple[Any, ...]]:
    """IF(condition, a, b); and where that is the larger of two, or the tanh of a number, just that."""
    condition, a, b = map(_plain, parts)
    if type(a) is Value and type(b) is Value and _op(condition) == "gt":
        x, y = map(_plain, condition.args)
        if x is a and y is b:
            before = operation(b, branch_of)
            return "max", (*before[1], a) if before[0] == "max" else (b, a)
    z = _argument_of_tanh(condition, a, b)
    return ("tanh", (z,)) if z is not None else ("if", (condition, a, b))


def _argument_of_tanh(condition: Any, a: Any, b: Any) -> Any:
    """z of −d / (2 + d) with d = e^(−2z) − 1 where z ≥ 0, and d / (2 + d) with d = e^(2z) − 1 below."""
    if _op(condition) != "ge" or _op(a) != "div" or _op(b) != "div" or _op(a.args[0]) != "neg":
        return None
    z = _plain(condition.args[0])
    for d, two in ((_plain(a.args[0].args[0]), -2), (_plain(b.args[0]), 2)):
        if _op(d) != "expm1" or _op(d.args[0]) != "mul":
            return None
        factor, of = d.args[0].args
        if not _is(factor, two) or _plain(of) is not z:
            return None
    return z


def _joined(texts: list[str]) -> str:
    """B4:B6 for B4, B5, B6; a list as it is if it is no column."""
    letters = texts[0].rstrip("0123456789")
    first = texts[0].removeprefix(letters)
    if letters.isalpha() and first and texts == [f"{letters}{int(first) + k}" for k in range(len(texts))]:
        return f"{texts[0]}:{texts[-1]}"
    return ",".join(texts)


def number_text(number: Any) -> str:
    """A known number, with all of its digits.

    Examples:
        >>> number_text(0.1), number_text(1e16), number_text(2.0), number_text(True)
        ('0.1', '1E+16', '2', 'TRUE')
    """
    if isinstance(number, bool):
        return "TRUE" if number else "FALSE"
    value = float(number)
    if not math.isfinite(value):
        raise SheetError(f"{value} is no number of spreadsheets")
    return "0" if value == 0 else repr(value).upper().removesuffix(".0")


def _plain(thing: Any) -> Any:
    return plain(thing) if type(thing) is Value else thing


def _op(thing: Any) -> str:
    return plain(thing).op if type(thing) is Value else ""


def _is(thing: Any, number: int) -> bool:
    return type(thing) is not Value and not isinstance(thing, (bool, str)) and bool(thing == number)


def _is_nothing(thing: Any) -> bool:
    """Whether it is a number times 0, as where a sum over time begins."""
    return _op(thing) == "mul" and any(_is(one, 0) for one in plain(thing).args)


def _is_infinite(thing: Any) -> bool:
    return isinstance(thing, float) and math.isinf(thing)


def _is_true(thing: Any, branch_of: Mapping[Value, Branch]) -> bool:
    return (operation(thing, branch_of) if type(thing) is Value else ("same", (thing,))) == ("same", (True,))
