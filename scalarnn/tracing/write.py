"""The writer: one recorded line as mathematics.

`dL_dz = dL_da * da_dz` reads ∂L/∂z = ∂L/∂a · ∂a/∂z, with numbers 12 · 1, and the result 12. Names are those of the
function in which the line stands; `solution` follows them through calls.
"""

from __future__ import annotations

import ast
import builtins
import inspect
from dataclasses import dataclass
from functools import cache

from scalarnn.tracing.expressions import (
    Expression,
    Number,
    Style,
    holds,
    leaves,
    number_text,
    same_number,
    spelled,
    write,
)
from scalarnn.tracing.symbols import symbol_of, symbols_of
from scalarnn.tracing.translate import combined, comparison, is_number, named, translate, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.record import FunctionSource, Line
    from scalarnn.tracing.symbols import Symbol
    from scalarnn.tracing.translate import Meaning

__all__ = ["Written", "function_of", "symbols_in", "written"]


@dataclass(frozen=True)
class Written:
    """A line as mathematics.

    Attributes:
        formula: with symbols: "∂L/∂z = ∂L/∂a · ∂a/∂z"; with ← where a name takes another value: "w ← w − η · ∂L/∂w".
        numbers: the right side with the numbers put in: "12 · 1"; empty where that would only repeat the value.
        value: the result: "12"; for a branch "holds" or "does not hold".
        is_condition: it is a branch.
    """

    formula: str
    numbers: str
    value: str

    is_condition: bool = False

    def __str__(self) -> str:
        if self.is_condition:
            return f"{self.formula}: {self.numbers} {self.value}"
        parts = [self.formula, self.numbers, self.value] if self.numbers else [self.formula, self.value]
        return " = ".join(parts)


def written(line: Line, style: Style | None = None) -> Written | None:
    """One line as mathematics; None where the writer cannot express it, and the code is to be shown instead.

    Args:
        line: of a Recording.
        style: LaTeX or Unicode, Fractions as p/q or as decimals; Unicode and p/q by default.

    Returns:
        The Written line, or None.

    Examples:
        >>> from scalarnn import neuron_backward
        >>> from scalarnn.tracing import record
        >>> lines = record(neuron_backward, 12, [1, -2, 3], [-3, -1, 2]).lines()
        >>> print(*[text for text in map(written, lines) if text][:4], sep="\\n")
        ∂z/∂w₀ = x₀ = 1
        ∂L/∂w₀ = ∂L/∂z · ∂z/∂w₀ = 12 · 1 = 12
        ∂z/∂w₁ = x₁ = −2
        ∂L/∂w₁ = ∂L/∂z · ∂z/∂w₁ = 12 · (−2) = −24
    """
    style = style or Style()
    scope = _LineScope(line)
    statement = line.statement
    if isinstance(statement, (ast.If, ast.While)):
        return _written_condition(line, statement.test, scope, style)
    target, right = _sides(statement, scope)
    if target is None or right is None:
        return None
    value = _bound_value(statement, line, scope)
    if not is_number(value) or not holds(right, value) or not _is_clear(right):
        return None
    style = spelled(style, right, target)
    left = target.latex() if style.latex else target.unicode()
    formula, numbers = write(right, style), write(right, style.with_numbers())
    result = number_text(value, style)
    if isinstance(right, Number):
        return Written(left, "", result)
    arrow = r"\leftarrow" if style.latex else "←"
    sign = arrow if any(leaf.symbol == target for leaf in leaves(right)) else "="
    return Written(f"{left} {sign} {formula}", "" if numbers == result else numbers, result)


def _written_condition(line: Line, test: ast.expr, scope: _LineScope, style: Style) -> Written | None:
    condition = comparison(test, scope)
    if condition is None or not holds(condition, bool(line.value)) or not _is_clear(condition):
        return None
    numbers = write(condition, style.with_numbers())
    return Written(write(condition, style), numbers, "holds" if line.value else "does not hold", is_condition=True)


def _is_clear(expression: Expression) -> bool:
    """Whether no two different values go under one symbol."""
    values: dict[str, Any] = {}
    for leaf in leaves(expression):
        if not same_number(values.setdefault(leaf.symbol.unicode(), leaf.value), leaf.value):
            return False
    return True


def _sides(statement: ast.stmt, scope: _LineScope) -> tuple[Symbol | None, Expression | None]:
    """What is bound, and to what: of `s += t`, s and s + t."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        right = translate(statement.value, scope)
        return scope.symbol(statement.targets[0]), right if isinstance(right, Expression) else None
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        right = translate(statement.value, scope)
        return scope.symbol(statement.target), right if isinstance(right, Expression) else None
    if isinstance(statement, ast.AugAssign):
        before = translate(_as_read(statement.target), scope)
        more = translate(statement.value, scope)
        if isinstance(before, Expression) and isinstance(more, Expression):
            return scope.symbol(statement.target), combined(before, statement.op, more)
    return None, None


def _as_read(target: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(target), mode="eval").body


def _bound_value(statement: ast.stmt, line: Line, scope: _LineScope) -> Any:
    """The number that the line bound, looked up through the indices of its target."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    indices: list[int] = []
    while isinstance(target, ast.Subscript):
        i = whole_number(target.slice, scope)
        if i is None:
            return None
        indices.insert(0, i)
        target = target.value
    if not isinstance(target, ast.Name):
        return None
    value = line.bound.get(target.id)
    for i in indices:
        value = value[i] if isinstance(value, list) and -len(value) <= i < len(value) else None
    return value


def function_of(node: ast.expr, line: Line) -> Any:
    """The function that a name of a line means, or that `math.exp` means; None where that cannot be told.

    Examples:
        >>> from scalarnn import softmax
        >>> from scalarnn.tracing import record
        >>> line = record(softmax, [1.0, 2.0]).call.lines[0]
        >>> function_of(ast.parse("exp", mode="eval").body, line).__name__
        'exp'
    """
    if isinstance(node, ast.Name):
        if node.id in line.read:
            return line.read[node.id]
        return line.call.room.get(node.id, getattr(builtins, node.id, None))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id not in line.read:
        module = line.call.room.get(node.value.id)
        return getattr(module, node.attr, None) if inspect.ismodule(module) else None
    return None


@cache
def symbols_in(function: FunctionSource) -> dict[str, Symbol]:
    """The symbols of the names of a function."""
    return symbols_of(function.names)


class _LineScope:
    """What the names of one line mean: themselves, with the values that the line read."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.symbols = symbols_in(line.call.function)

    def meaning(self, name: str) -> Meaning | None:
        if name not in self.line.read:
            return None
        return named(self._with_indices(self.symbols.get(name) or symbol_of(name)), self.line.read[name])

    def attribute(self, name: str, attribute: str) -> Meaning | None:  # noqa: ARG002
        return None

    def call(self, node: ast.Call) -> Meaning | None:  # noqa: ARG002
        return None

    def function(self, node: ast.expr) -> Any:
        return function_of(node, self.line)

    def whole_number(self, name: str) -> int | None:
        value = self.line.read.get(name)
        return value if type(value) is int else self.loop_variable(name)

    def symbol(self, target: ast.expr) -> Symbol | None:
        """The symbol of a target: a name, or an entry of a list."""
        if isinstance(target, ast.Name):
            return self._with_indices(self.symbols.get(target.id) or symbol_of(target.id))
        if isinstance(target, ast.Subscript):
            i = whole_number(target.slice, self)
            symbol = self.symbol(target.value)
            return None if i is None or i < 0 or symbol is None else symbol.at(i)
        return None

    def loop_variable(self, name: str) -> int | None:
        """The value that the nearest loop above gave a name."""
        lines = self.line.call.lines
        for order in range(self.line.order - 1, -1, -1):
            bound = lines[order].bound
            if name in bound:
                return bound[name] if type(bound[name]) is int else None
        return None

    def _with_indices(self, symbol: Symbol) -> Symbol:
        values = {}
        for letter in symbol.index_letters():
            value = self.loop_variable(letter)
            if value is not None:
                values[letter] = value
        return symbol.with_values(values)
