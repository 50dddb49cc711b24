"""What a reader need not see again: the way to a derivative that its own line says, as a · (1 − a) for the sigmoid.

The sigmoid's derivative works a out once more, and 1 − a too, from z. Where the reader was told a before, and it is the
same number, the one line is enough.
"""

from __future__ import annotations

from scalarnn.tracing.formulas import parts_of
from scalarnn.tracing.letters import symbol_for
from scalarnn.tracing.values import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.tracing.frame import Place
    from scalarnn.tracing.record import Call, Line
    from scalarnn.tracing.symbols import Symbol

__all__ = ["Details"]


class Details:
    """The calls of one line of the work that end with such a derivative.

    Args:
        place: the line.
        was_told: whether a symbol stands for a value, as the reader was told.
    """

    def __init__(self, place: Place, was_told: Callable[[Symbol, Any], bool]) -> None:
        self.was_told = was_told
        self.derivatives: dict[int, Node] = {}
        self.is_short: dict[int, bool] = {}
        for node in place.came_up:
            if isinstance(node, Node) and node.line is not None and node.line.depth > 0 and len(node.names) > 1:
                own = node.names[0].own
                if own.over is not None and own.over.is_plain and not own.index_letters():
                    self.derivatives[id(node.line.call)] = node

    def hold(self, what: Node | Line) -> bool:
        """Whether this is on the way to a derivative that says enough by itself."""
        line = what.line if isinstance(what, Node) else what
        call: Call | None = line.call if line is not None else None
        while call is not None:
            derivative = self.derivatives.get(id(call))
            if derivative is not None and derivative is not what:
                if id(call) not in self.is_short:
                    self.is_short[id(call)] = self._says_enough(derivative)
                if self.is_short[id(call)]:
                    return True
            call = call.caller.call if call.caller is not None else None
        return False

    def _says_enough(self, derivative: Node) -> bool:
        """Whether every letter of its formula is the a of ∂a/∂z, or 1 − a, and the reader knows a."""
        own, symbol = derivative.names[0].own, symbol_for(derivative)
        if own.over is None or symbol is None or symbol.over is None:
            return False
        depth = derivative.line.depth if derivative.line is not None else 0
        letters: list[tuple[Node, Symbol]] = []
        for part in parts_of(derivative.formula):
            here = [name.own for name in part.names if name.depth == depth]
            if not here:
                return False
            letter = here[0]
            outside = symbol.over.at()
            outside.prefix = letter.prefix
            inside = own.over.at()
            inside.prefix = letter.prefix
            if letter != inside or (not letter.prefix and not self.was_told(outside, part.value)):
                return False
            letters.append((part, outside))
        if not any(not letter.prefix for _, letter in letters):
            return False
        for part, letter in letters:
            part.cached = letter
        return True
