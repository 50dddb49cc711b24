"""Dual numbers: a second, independent way to a derivative.

    v + d ε    a value v and its derivative d, with ε² = 0

Run any function of this package on x + 1·ε and the ε part of the result is its derivative at x: no backward pass, no
step size, no rounding beyond that of the arithmetic itself. That makes them a witness: what backpropagation says and
what dual numbers say must agree.
"""

from __future__ import annotations

from scalarnn import check, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.scalar import Number, Vector

__all__ = ["Dual", "derivative", "gradient"]


class Dual:
    """value + derivative · ε with ε² = 0.

    Args:
        value: v, a number.
        derivative: d, a number.

    Raises:
        TypeError: one of them is not a number.

    Examples:
        >>> x = Dual(3, 1)
        >>> x * x
        Dual(9, 6)
    """

    __slots__ = ("derivative", "value")

    def __init__(self, value: Number, derivative: Number = 0) -> None:
        check.any_number(value, "value")
        check.any_number(derivative, "derivative")
        self.value = value
        self.derivative = derivative

    def __add__(self, other: Any) -> Dual:
        v, d = _parts(other)
        return Dual(self.value + v, self.derivative + d)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Dual:
        v, d = _parts(other)
        return Dual(self.value - v, self.derivative - d)

    def __rsub__(self, other: Any) -> Dual:
        v, d = _parts(other)
        return Dual(v - self.value, d - self.derivative)

    def __mul__(self, other: Any) -> Dual:
        v, d = _parts(other)
        return Dual(self.value * v, self.derivative * v + self.value * d)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Dual:
        v, d = _parts(other)
        quotient = self.value / v
        return Dual(quotient, (self.derivative - quotient * d) / v)

    def __rtruediv__(self, other: Any) -> Dual:
        return Dual(*_parts(other)) / self

    def __pow__(self, n: int) -> Dual:
        check.integer(n, "n", 0, None)
        if n == 0:
            return Dual(self.value**0, 0 * self.derivative)  # x⁰ is 1 everywhere, at 0 too
        return Dual(scalar.power(self.value, n), n * scalar.power(self.value, n - 1) * self.derivative)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.derivative)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == (other.value if isinstance(other, Dual) else other))

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < _parts(other)[0])

    def __le__(self, other: Any) -> bool:
        return bool(self.value <= _parts(other)[0])

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > _parts(other)[0])

    def __ge__(self, other: Any) -> bool:
        return bool(self.value >= _parts(other)[0])

    def __repr__(self) -> str:
        return f"Dual({self.value!r}, {self.derivative!r})"


def derivative(f: Callable[[Number], Number], x: Number) -> Number:
    """f′(x).

    Args:
        f: a function of one number, made of + − × ÷ and the functions of this package.
        x: where, a number.

    Returns:
        A number.

    Raises:
        TypeError: x is not a number, or f returns none.

    Source: the derivative as `001` and `002` define it, computed without a limit.

    Examples:
        >>> def y(x):
        ...     return (3 * x * x - 5 * x + 1) ** 7
        >>> derivative(y, 2)
        35721
        >>> derivative(lambda x: derivative(lambda x: x * x * x, x), 2)  # the second derivative
        12
    """
    result = f(Dual(x, 1))
    check.any_number(result, "f(x)")
    return _parts(result)[1]


def gradient(f: Callable[[list[Number]], Number], x: Vector) -> list[Number]:
    """∂f/∂xᵢ for each i.

    Args:
        f: a function of a list of numbers.
        x: where, n numbers.

    Returns:
        n numbers.

    Raises:
        TypeError: an entry is not a number, or f returns none.
        ValueError: x is empty, or an entry is not finite.

    Source: `001` (partial derivatives), `002` (gradients).

    Examples:
        >>> def L(x):
        ...     return x[0] * x[0] + 3 * x[1]
        >>> gradient(L, [5, 7])
        [10, 3]
    """
    check.vector(x, "x")
    df_dx = []
    for i in range(len(x)):
        duals = []
        for k in range(len(x)):
            duals.append(Dual(x[k], 1 if k == i else 0))
        result = f(duals)
        check.any_number(result, "f(x)")
        df_dx_i = _parts(result)[1]
        df_dx.append(df_dx_i)
    return df_dx


def _parts(x: Any) -> tuple[Number, Number]:
    return (x.value, x.derivative) if isinstance(x, Dual) else (x, 0)


def _exp(x: Dual) -> Dual:
    e = scalar.exp(x.value)
    return Dual(e, e * x.derivative)


def _expm1(x: Dual) -> Dual:
    return Dual(scalar.expm1(x.value), scalar.exp(x.value) * x.derivative)


def _log(x: Dual) -> Dual:
    return Dual(scalar.log(x.value), x.derivative / x.value)


def _log1p(x: Dual) -> Dual:
    return Dual(scalar.log1p(x.value), x.derivative / (1 + x.value))


def _sqrt(x: Dual) -> Dual:
    root = scalar.sqrt(x.value)
    return Dual(root, x.derivative / (2 * root))


scalar.register(Dual, exp=_exp, expm1=_expm1, log=_log, log1p=_log1p, sqrt=_sqrt)
