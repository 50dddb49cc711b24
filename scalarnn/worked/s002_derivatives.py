"""Derivatives by rule: powers and sums, then (3x² − 5x + 1)⁷ by the chain rule, checked by dual numbers."""

from __future__ import annotations

from scalarnn import check, scalar
from scalarnn.dual import derivative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number, Vector

PLACE = "derivatives; chain rule"

GIVEN = {
    "line": [0, 1],  # f(x) = x, as its coefficients from the constant up
    "square": [0, 0, 1],  # f(x) = x²
    "cubic": [6, 0, 2, 1],  # f(x) = x³ + 2x² + 6
    "inner": [1, -5, 3],  # u = g(x) = 3x² − 5x + 1
    "power": 7,  # y = f(u) = u⁷
    "x": 2,  # where the chain rule is checked: any number does
}


def work(line: Vector, square: Vector, cubic: Vector, inner: Vector, power: int, x: Number) -> dict[str, Any]:
    """Power rule term by term, sum rule over the terms, chain rule around them."""
    line_derivative = polynomial_derivative(line)  # f′(x), from c xⁿ → n c xⁿ⁻¹
    square_derivative = polynomial_derivative(square)  # f′(x), from c xⁿ → n c xⁿ⁻¹
    cubic_derivative = polynomial_derivative(cubic)  # f′(x), term by term
    factor, power_left = power, power - 1  # dy/du = n uⁿ⁻¹: the factor n; the power that is left
    inner_derivative = polynomial_derivative(inner)  # du/dx, term by term
    u = polynomial(inner, x)  # u = g(x)
    dy_du = factor * scalar.power(u, power_left)  # dy/du = n uⁿ⁻¹
    du_dx = polynomial(inner_derivative, x)  # du/dx
    dy_dx = dy_du * du_dx  # dy/dx = dy/du · du/dx
    by_dual_numbers = derivative(Composite(inner, power), x)  # the same by dual numbers
    return locals()


class Composite:
    """y(x) = g(x)ⁿ for a polynomial g."""

    def __init__(self, inner: Vector, power: int) -> None:
        self.inner = inner
        self.power = power

    def __call__(self, x: Number) -> Number:
        """Y at x."""
        u = polynomial(self.inner, x)
        y = scalar.power(u, self.power)
        return y


def polynomial(coefficients: Vector, x: Number) -> Number:
    """c₀ + c₁ x + c₂ x² + …

    Examples:
        >>> polynomial([1, -5, 3], 2)
        3
    """
    check.vector(coefficients, "coefficients")
    total = 0
    for n in range(len(coefficients)):
        total += coefficients[n] * scalar.power(x, n)
    return total


def polynomial_derivative(coefficients: Vector) -> list[Number]:
    """The power rule c xⁿ → n c xⁿ⁻¹ on each term, and the sum rule over them.

    Examples:
        >>> polynomial_derivative([6, 0, 2, 1])
        [0, 4, 3]
    """
    check.vector(coefficients, "coefficients")
    derived = []
    for n in range(1, len(coefficients)):
        derived.append(n * coefficients[n])
    return derived
