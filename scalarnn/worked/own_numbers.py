"""Numbers as people write them: `-0.5`, `1/3`, `[[1, 2], [3, 4]]`, each read as exactly what its digits say.

0.1 is 1/10, whatever Python makes of it. What kind of number to go on in is chosen afterwards.
"""

from __future__ import annotations

import ast
import re
from fractions import Fraction

from scalarnn.float32 import Float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "HomeworkError",
    "as_text",
    "depth",
    "each",
    "exact_number",
    "holds",
    "read_numbers",
    "short",
    "to_float",
    "to_fraction",
    "to_kind",
]

LONGEST_TEXT = 10_000
LARGEST_EXPONENT = 400
EXPECTED = "expected a number such as 2, -0.5 or 1/3, or a list of them"


class HomeworkError(ValueError):
    """The numbers cannot be read, do not fit the example, or the example cannot be worked with them: one line."""


def read_numbers(name: str, text: str) -> Any:
    """An int for a whole number, a Fraction for any other, lists of them for lists; all of them exact."""
    if len(text) > LONGEST_TEXT:
        raise HomeworkError(f"{name} is {len(text)} characters long: expected {LONGEST_TEXT} at most")
    plain = text.replace("−", "-").strip()  # a minus sign copied from a page
    try:
        tree = ast.parse(plain, mode="eval")
        return _value_of(name, tree.body, plain)
    except (SyntaxError, RecursionError, MemoryError):
        raise HomeworkError(f"{name} is {short(text)!r}: {EXPECTED}") from None
    except HomeworkError:
        raise
    except ValueError:  # more digits than Python reads
        raise HomeworkError(f"{name} is {short(text)!r}: too large a number") from None


def _value_of(name: str, node: ast.expr, text: str) -> Any:
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_value_of(name, entry, text) for entry in node.elts]
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        digits = ast.get_source_segment(text, node) or ""
        return exact_number(name, node.value, digits.replace("_", ""))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = _value_of(name, node.operand, text)
        if not isinstance(value, list):
            return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        p, q = _value_of(name, node.left, text), _value_of(name, node.right, text)
        if q == 0:
            raise HomeworkError(f"{name} is {short(text)!r}: a division by zero")
        if not isinstance(p, list) and not isinstance(q, list):
            return Fraction(p) / Fraction(q)
    raise HomeworkError(f"{name}: {ast.unparse(node)!r} is no number; {EXPECTED}")


def exact_number(name: str, value: float, digits: str) -> int | Fraction:
    """The exact number that the digits say; 1e999 would be an infinite float, and 1e-999999999 a very long Fraction."""
    exponent = re.search(r"[eE]([+-]?\d+)$", digits)
    if exponent and abs(int(exponent[1])) > LARGEST_EXPONENT:
        raise HomeworkError(f"{name}: {digits} is out of reach; expected an exponent up to {LARGEST_EXPONENT}")
    return value if isinstance(value, int) else Fraction(digits)


def each(value: Any, convert: Callable[[Any], Any]) -> Any:
    """Every number of a list, or of lists in it, converted."""
    if isinstance(value, list):
        return [each(entry, convert) for entry in value]
    return convert(value)


def to_fraction(value: Any) -> Fraction:
    """Exactly the decimal that Python prints for a float: 0.1 is 1/10."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def to_float(name: str) -> Callable[[Any], float]:
    """What makes a float of a number; its errors speak of the name."""

    def convert(value: Any) -> float:
        try:
            return float(value)
        except OverflowError:
            raise HomeworkError(f"{name}: {short(str(value))} is too large for a float") from None

    return convert


def to_kind(kind: str, name: str) -> Callable[[Any], Any]:
    """What makes a number of that kind: "fraction", "float" or "float32"; its errors speak of the name."""
    if kind == "float32":
        return lambda value: Float32(to_fraction(value))
    return to_fraction if kind == "fraction" else to_float(name)


def depth(value: Any) -> int:
    """0 for a number, 1 for a list of numbers, 2 for a list of lists; the deepest entry counts."""
    if not isinstance(value, list):
        return 0
    return 1 + max((depth(entry) for entry in value), default=0)


def holds(value: Any, kind: type | tuple[type, ...]) -> bool:
    """Whether there is a number of that kind in it."""
    if isinstance(value, (list, tuple)):
        return any(holds(entry, kind) for entry in value)
    return isinstance(value, kind)


def as_text(value: Any) -> str:
    """Numbers as they are typed: Fractions as p/q."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(as_text(entry) for entry in value)}]"
    return str(value)


def short(text: str) -> str:
    """As much of a text as a message has room for."""
    return text if len(text) <= 40 else text[:39] + "…"
