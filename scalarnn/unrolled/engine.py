"""Automatic differentiation at run time, in forty lines: each number remembers what it was made of.

Not used by the package. It stands here for comparison with a program's own derivative, in the manner of the field's
small engines: the same rules, but found again in every run, with an object for every operation.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Value"]


class Value:
    """A number that can say how a result answers to it.

    Args:
        data: the number.
        parts: what it was made of, each with its local derivative.

    Examples:
        >>> x, w = Value(3.0), Value(2.0)
        >>> L = (w * x - 1.0) * (w * x - 1.0)
        >>> L.backward()
        >>> L.data, x.gradient, w.gradient
        (25.0, 20.0, 30.0)
    """

    def __init__(self, data: Any, parts: tuple[tuple[Value, Any], ...] = ()) -> None:
        self.data = data
        self.parts = parts
        self.gradient: Any = 0

    def __add__(self, other: Any) -> Value:
        other = _value(other)
        return Value(self.data + other.data, ((self, 1), (other, 1)))

    def __mul__(self, other: Any) -> Value:
        other = _value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __truediv__(self, other: Any) -> Value:
        other = _value(other)
        quotient = self.data / other.data
        return Value(quotient, ((self, 1 / other.data), (other, -quotient / other.data)))

    def __neg__(self) -> Value:
        return self * -1

    def __sub__(self, other: Any) -> Value:
        return self + -_value(other)

    def __gt__(self, other: Any) -> bool:
        return bool(self.data > _value(other).data)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Any) -> Value:
        return _value(other) - self

    def backward(self) -> None:
        """∂self/∂v into v.gradient, for every v that it was made of."""
        order: list[Value] = []
        _visit(self, order, set())
        self.gradient = 1
        for value in reversed(order):
            for part, derivative in value.parts:
                part.gradient += value.gradient * derivative


def _value(thing: Any) -> Value:
    return thing if isinstance(thing, Value) else Value(thing)


def _visit(value: Value, order: list[Value], seen: set[Value]) -> None:
    """What a value was made of comes before it."""
    if value not in seen:
        seen.add(value)
        for part, _ in value.parts:
            _visit(part, order, seen)
        order.append(value)
