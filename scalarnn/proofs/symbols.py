"""Real symbols in the shapes of the package, and a loss of which nothing is known."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, Function, Symbol

__all__ = ["any_loss", "matrix", "number", "vector"]


def number(name: str) -> Symbol:
    """A real number."""
    return sympy.Symbol(name, real=True)


def vector(name: str, n: int) -> list[Symbol]:
    """[x_0, …]: n real numbers."""
    return [number(f"{name}_{i}") for i in range(n)]


def matrix(name: str, n_rows: int, n_columns: int) -> list[list[Symbol]]:
    """[[W_0_0, …], …]: n_rows rows of n_columns real numbers."""
    return [vector(f"{name}_{j}", n_columns) for j in range(n_rows)]


def any_loss(z: list[Any], name: str = "dL_dz") -> tuple[Expr, list[Symbol]]:
    """L(z₀, z₁, …), differentiable and otherwise arbitrary, with a symbol for each ∂L/∂zⱼ at this z.

    What is proved with it holds for every loss: SymPy's chain rule meets nothing but these partial derivatives.
    """
    dL_dz = vector(name, len(z))

    class L(Function):
        is_real = True

        def fdiff(self, argindex: int = 1) -> Expr:
            return dL_dz[argindex - 1]

    return L(*z), dL_dz
