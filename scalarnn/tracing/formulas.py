"""From numbers that know what they are made of to formulas with letters.

Formula     a formula: a letter for a number that has a name, the formula of one that is put in place
compared    the same for a condition
parts_of    the numbers that a formula is made of
"""

from __future__ import annotations

from scalarnn.tracing.expressions import (
    Comparison,
    Expression,
    Function,
    Minus,
    Named,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    evaluate,
    holds,
    leaves,
)
from scalarnn.tracing.letters import symbol_for
from scalarnn.tracing.values import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scalarnn.tracing.symbols import Symbol

__all__ = ["Formula", "compared", "parts_of"]


def parts_of(expression: Expression | None) -> Iterator[Node]:
    """The nodes that a formula is made of."""
    if isinstance(expression, Node):
        yield expression
    elif isinstance(expression, Sum):
        for _, term in expression.terms:
            yield from parts_of(term)
    elif isinstance(expression, (Product, Function)):
        for part in expression.factors if isinstance(expression, Product) else expression.arguments:
            yield from parts_of(part)
    elif isinstance(expression, Quotient):
        yield from parts_of(expression.top)
        yield from parts_of(expression.bottom)
    elif isinstance(expression, Power):
        yield from parts_of(expression.base)
        yield from parts_of(expression.exponent)
    elif isinstance(expression, Minus):
        yield from parts_of(expression.inner)


BEGINNING = Number(0)


class Formula:
    """A formula with letters for nodes.

    Args:
        is_put_in_place: whether a number is no step of its own.
        letter_of: what a number is called.

    Attributes:
        reasons: those of what was put in place.
        inlined: what was put in place.
        is_known: whether every number has a name, or a formula.
    """

    def __init__(
        self, is_put_in_place: Callable[[Node], bool], letter_of: Callable[[Node], Symbol | None] = symbol_for
    ) -> None:
        self.is_put_in_place = is_put_in_place
        self.letter_of = letter_of
        self.reasons: list[Comparison] = []
        self.inlined: list[Node] = []
        self.is_known = True

    def of(self, expression: Expression) -> Expression:
        """The formula."""
        if isinstance(expression, Node):
            return self._leaf(expression)
        if isinstance(expression, Sum):
            return self._sum(expression)
        if isinstance(expression, Product):
            first, *others = (self.of(factor) for factor in expression.factors)
            return Product((*(first.factors if isinstance(first, Product) else (first,)), *others))
        if isinstance(expression, Quotient):
            return Quotient(self.of(expression.top), self.of(expression.bottom))
        if isinstance(expression, Power):
            return Power(self.of(expression.base), self.of(expression.exponent))
        if isinstance(expression, Minus):
            inner = self.of(expression.inner)
            return inner.inner if isinstance(inner, Minus) else Minus(inner)
        if isinstance(expression, Function):
            first, *others = (self.of(argument) for argument in expression.arguments)
            goes_on = isinstance(first, Function) and first.name == expression.name in ("max", "min")
            return Function(expression.name, (*(first.arguments if goes_on else (first,)), *others))  # type: ignore[attr-defined]
        return expression

    def _sum(self, expression: Sum) -> Expression:
        (sign, begin), *others = expression.terms
        terms = [(sign, term) for sign, part in others for term in [self.of(part)]]
        if sign > 0 and isinstance(begin, Node) and self._is_left_out(begin):
            if len(terms) == 1 and terms[0][0] > 0:  # 0 + −0 is 0, and −0 alone is not
                return Sum(((1, BEGINNING), *terms)) if repr(evaluate(terms[0][1])) == "-0.0" else terms[0][1]
            return Sum(tuple(terms))
        first = self.of(begin)
        if sign > 0 and isinstance(first, Sum):
            known = first.terms[1:] if first.terms[0][1] is BEGINNING else first.terms
            return Sum((*known, *terms))
        return Sum(((sign, first), *terms))

    def _is_left_out(self, begin: Node) -> bool:
        """Whether it is a 0 that is only where a sum begins: that of `s = 0`, or of `[0] * n`."""
        if not isinstance(begin.formula, Number) or type(begin.value) is not int or begin.value != 0:
            return False
        if begin.names:
            return begin.is_start and self.is_put_in_place(begin)
        return begin.is_start and bool(begin.homes) and begin.place is None

    def _leaf(self, node: Node) -> Expression:
        if node.is_index:
            return Number(node.value)
        symbol = self.letter_of(node)
        if symbol is not None and not self.is_put_in_place(node):
            return Named(symbol, node.value)
        if node.formula is None:
            self.is_known = False
            return Number(node.value)
        self.inlined.append(node)
        formula = self.of(node.formula)
        self.reasons += node.reasons
        return formula


def compared(
    part: Comparison, is_put_in_place: Callable[[Node], bool], letter_of: Callable[[Node], Symbol | None]
) -> Comparison | None:
    """A reason with letters; the variable of a loop goes by its name here."""
    sides: list[Expression] = []
    for side in (part.left, part.right):
        if isinstance(side, Node) and side.is_index:
            symbol = symbol_for(side)
            sides.append(Named(symbol, side.value) if symbol is not None else Number(side.value))
            continue
        formula = Formula(is_put_in_place, letter_of)
        sides.append(formula.of(side))
        if not formula.is_known:
            return None
    found = Comparison(sides[0], part.sign, sides[1])
    return found if holds(found, True) and any(True for _ in leaves(found)) else None
