"""What a written solution consists of: blocks, one for each line of the function, of steps.

Block       one line of the function that was asked for, and the steps that it took
Step        one named value: symbol, expression, value, and the condition under which it was taken
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from scalarnn.digits import shown
from scalarnn.tracing.expressions import (
    All,
    Comparison,
    Expression,
    Named,
    Number,
    Style,
    leaves,
    number_text,
    sign_text,
    spelled,
    write,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.record import Line
    from scalarnn.tracing.symbols import Symbol

__all__ = ["DEEPEST", "TOO_DEEP", "Block", "Step"]

DEEPEST = 40  # calls in calls that are written out
TOO_DEEP = f"calls go deeper than {DEEPEST} here: what the innermost do is not written out"


@dataclass(frozen=True)
class Step:
    """One named value.

    Attributes:
        symbol: what it is called; None for a line that stays code.
        expression: what it is; None for a line that stays code.
        value: its value.
        reason: the condition that led to this line, as it held; None where there was no choice.
        line: the recorded line.
    """

    symbol: Symbol | None
    expression: Expression | None
    value: Any
    reason: Comparison | All | None
    line: Line

    @property
    def is_update(self) -> bool:
        """Whether the symbol stands on the right too, with the value that it had so far: w ← w − η · ∂L/∂w."""
        inside = leaves(self.expression) if self.expression is not None else ()
        return any(leaf.symbol == self.symbol for leaf in inside)

    def sign(self, style: Style) -> str:
        """What stands between the name and the rest: =, or ← for an update."""
        if not self.is_update:
            return "="
        return r"\leftarrow" if style.latex else "←"

    def parts(self, style: Style) -> list[str]:
        """The step as the parts of an equation: name, formula, numbers put in, value; of code, the line and the value.

        The sign between the first two is `sign`; between the others it is =.
        """
        if self.symbol is None or self.expression is None:
            return self._code_parts(style)
        style = spelled(style, self.expression, self.symbol)
        parts = [self.symbol.latex() if style.latex else self.symbol.unicode()]
        if not isinstance(self.expression, Number):
            parts.append(write(self.expression, style))
        numbers = write(self.expression, style.with_numbers())
        value = number_text(self.value, style)
        if numbers not in (value, parts[-1]):
            parts.append(numbers)
        return [*parts, value]

    def _code_parts(self, style: Style) -> list[str]:
        """`z = f(x)` and its value; of a line that is no such equation, the names that it bound, in parentheses."""
        statement = self.line.statement
        style = Style(fractions=style.fractions)
        if isinstance(statement, ast.Assign) and all(isinstance(target, ast.Name) for target in statement.targets):
            return [self.line.source, ", ".join(_in_brackets(self.line.value, style))]
        names = self.line.bound | self.line.attributes_bound
        bound = [f"{name} = {', '.join(_in_brackets(value, style))}" for name, value in names.items()]
        if isinstance(statement, ast.Return):
            bound = _in_brackets(self.line.value, style)
        return [self.line.source + (f"   ({', '.join(bound)})" if bound else "")]

    def why(self, style: Style) -> str:
        """The reason as text: "z = 6 > 0"; empty where there is none."""
        if self.reason is None:
            return ""
        parts = self.reason.parts if isinstance(self.reason, All) else (self.reason,)
        return (r",\; " if style.latex else ", ").join(_why(part, style) for part in parts)


@dataclass
class Block:
    """One line of the function that was asked for, with the steps taken by it and by what it called.

    Attributes:
        line: the recorded line.
        steps: what it took.
        too_deep: whether it made calls in calls that are not written out, since they go too deep.
        rounds_left_out: where a loop goes round many times, how many rounds are left out here; such a block is empty.
    """

    line: Line
    steps: list[Step] = field(default_factory=list)
    rounds_left_out: int = 0
    too_deep: bool = False


def _why(part: Comparison, style: Style) -> str:
    """z = 6 > 0, or z₁ = 6 > 4 = z₀; k = label = 0 where both are the same."""
    left, right = write(part.left, style), write(part.right, style)
    first, second = write(part.left, style.with_numbers()), write(part.right, style.with_numbers())
    if part.sign == "==" and isinstance(part.left, Named) and not isinstance(part.right, Number):
        return f"{left} = {right} = {first}"
    before = f"{left} = " if left != first else ""
    after = f" = {right}" if right != second and isinstance(part.right, Named) else ""
    if part.sign == "==" and before:
        return f"{left} = {second}"
    return f"{before}{first} {sign_text(part.sign, style)} {second}{after}"


def _in_brackets(value: Any, style: Style) -> list[str]:
    """A value on one line: a matrix in brackets of its own."""
    if hasattr(type(value), "__array__") and hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], (list, tuple)):
        return ["[" + ", ".join(", ".join(_in_brackets(row, style)) for row in value) + "]"]
    if isinstance(value, (list, tuple)) or hasattr(type(value), "__truediv__"):
        return shown(value, style.fractions)
    return [repr(value)] if isinstance(value, (str, bool, type(None))) else [f"a {type(value).__name__}"]
