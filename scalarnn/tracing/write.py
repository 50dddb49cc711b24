"""The writer: one recorded line as mathematics.

`dL_dz = dL_da * da_dz` reads ∂L/∂z = ∂L/∂a · ∂a/∂z, with numbers 12 · 1, and the result 12. Names are those of the
function in which the line stands; `solution` follows them through calls.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from scalarnn.tracing.expressions import (
    Comparison,
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
from scalarnn.tracing.flow import begin, run_of
from scalarnn.tracing.formulas import Formula
from scalarnn.tracing.frame import Frame
from scalarnn.tracing.letters import entry_symbol, symbol_for
from scalarnn.tracing.notation import SIGNS
from scalarnn.tracing.reading import calculated, read
from scalarnn.tracing.values import Cells, Name, Node, Thing, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.record import Line
    from scalarnn.tracing.symbols import Symbol
    from scalarnn.tracing.values import Value

__all__ = ["Written", "written"]


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
    frame = _Alone(line)
    statement = line.statement
    if isinstance(statement, (ast.If, ast.While)):
        return _written_condition(line, statement.test, frame, style)
    target, node = _sides(statement, frame)
    if target is None or not isinstance(node, Node):
        return None
    formula = Formula(_nothing)
    right = formula.of(node.formula if node.formula is not None and not node.names else node)
    value = _bound_value(statement, frame)
    if not formula.is_known or not is_number(value) or not holds(right, value) or not _is_clear(right):
        return None
    style = spelled(style, right, target)
    left = target.latex() if style.latex else target.unicode()
    text, numbers = write(right, style), write(right, style.with_numbers())
    result = number_text(value, style)
    if isinstance(right, Number):
        return Written(left, "", result)
    arrow = r"\leftarrow" if style.latex else "←"
    sign = arrow if any(leaf.symbol == target for leaf in leaves(right)) else "="
    return Written(f"{left} {sign} {text}", "" if numbers == result else numbers, result)


class _Alone(Frame):
    """One line without what came before it: each name means itself, with the value that the line read."""

    def __init__(self, line: Line) -> None:
        super().__init__(line.call, run_of(), {}, line)
        self.indices = _loop_variables(line)
        begin(self, line)
        self.waiting = []

    def name(self, name: str, value: Value) -> Name:  # noqa: ARG002
        """The name as the function has it."""
        return Name(self.depth, self.own(name))

    def is_constant(self, name: str) -> bool:  # noqa: ARG002
        """The constants of the module go by their names too."""
        return False


def _nothing(_node: Node) -> bool:
    return False


def _loop_variables(line: Line) -> dict[str, int]:
    """The index letters, with the values that the loops above gave them last."""
    letters: dict[str, int] = {}
    for earlier in line.call.lines[line.order :: -1]:
        if isinstance(earlier.statement, ast.For):
            for name, value in earlier.bound.items():
                if name not in letters and type(value) is int:
                    letters[name] = value
        if not set(line.call.function.index_letters).difference(letters):
            break
    return letters


def _written_condition(line: Line, test: ast.expr, frame: Frame, style: Style) -> Written | None:
    if not isinstance(test, ast.Compare) or len(test.ops) > 1 or type(test.ops[0]) not in SIGNS:
        return None
    sides = [read(frame, part) for part in (test.left, *test.comparators)]
    formula = Formula(_nothing)
    drawn = [formula.of(side) for side in sides if isinstance(side, Node)]
    if len(drawn) < 2 or not formula.is_known:
        return None
    found = Comparison(drawn[0], SIGNS[type(test.ops[0])], drawn[1])
    if not holds(found, bool(line.value)) or not _is_clear(found):
        return None
    numbers = write(found, style.with_numbers())
    return Written(write(found, style), numbers, "holds" if line.value else "does not hold", is_condition=True)


def _is_clear(expression: Expression) -> bool:
    """Whether no two different values go under one symbol."""
    values: dict[str, Any] = {}
    for leaf in leaves(expression):
        if not same_number(values.setdefault(leaf.symbol.unicode(), leaf.value), leaf.value):
            return False
    return True


def _sides(statement: ast.stmt, frame: Frame) -> tuple[Symbol | None, Value | None]:
    """What is bound, and to what: of `s += t`, s and s + t."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return _symbol(statement.targets[0], frame), read(frame, statement.value)
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return _symbol(statement.target, frame), read(frame, statement.value)
    if isinstance(statement, ast.AugAssign):
        before = frame.as_number(read(frame, statement.target))
        more = frame.as_number(read(frame, statement.value))
        return _symbol(statement.target, frame), calculated(frame, before, statement.op, more)
    return None, None


def _symbol(target: ast.expr, frame: Frame) -> Symbol | None:
    """The symbol of a target: a name, an attribute, or an entry of a list."""
    if isinstance(target, ast.Name):
        return frame.own(target.id)
    if isinstance(target, ast.Attribute):
        owner = read(frame, target.value)
        return frame.run.objects.symbol(owner.value, target.attr) if isinstance(owner, Thing) else None
    if isinstance(target, ast.Subscript):
        cells, place = read(frame, target.value), read(frame, target.slice)
        if not isinstance(cells, Cells) or not isinstance(place, (Node, Thing)):
            return None
        symbol = symbol_for(cells)
        if symbol is None:
            return None
        position = place.value
        return entry_symbol(symbol, position % len(cells) if type(position) is int and len(cells) else position)
    return None


def _bound_value(statement: ast.stmt, frame: Frame) -> Any:
    """The number that the line bound, looked up through the indices of its target."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    places: list[Any] = []
    while isinstance(target, ast.Subscript):
        place = read(frame, target.slice)
        if not isinstance(place, (Node, Thing)):
            return None
        places.insert(0, place.value)
        target = target.value
    value: Any = None
    if isinstance(target, ast.Name):
        value = frame.line.bound.get(target.id)
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        value = frame.line.attributes_bound.get(f"{target.value.id}.{target.attr}")
    for place in places:
        try:
            value = value[place]
        except (LookupError, TypeError):
            return None
    return value
