"""One call of a recorded run at one of its lines, and what all calls have in common.

Frame     what the names of a call mean now; how a new number or list is made
Run       the lines of the work, the objects, the number of the next node
Place     one line of the work, with what came up in it
"""

from __future__ import annotations

from scalarnn.tracing.letters import Letters, Objects, symbols_in
from scalarnn.tracing.symbols import Symbol, symbol_of
from scalarnn.tracing.syntax import bound_in_loops_only, enclosing_loops, names_added_to
from scalarnn.tracing.values import Cells, Name, Node, Thing, Truth, given, literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from scalarnn.tracing.expressions import Comparison
    from scalarnn.tracing.record import Call, Line
    from scalarnn.tracing.values import Value

__all__ = ["Frame", "Place", "Run"]


class Place:
    """One line of the work that was asked for, with what came up in it, in order: nodes, and lines that stay code."""

    __slots__ = ("came_up", "line", "rounds_left_out", "tells", "too_deep")

    def __init__(self, line: Line, rounds_left_out: int = 0) -> None:
        self.line = line
        self.rounds_left_out = rounds_left_out
        self.came_up: list[Node | Line] = []
        self.too_deep = False
        self.tells: list[Node | dict[str, Any]] = []


class Run:
    """What all calls of a solution have in common.

    Args:
        read: reads an expression.
        call: calls a function.
        walk: reads lines of a call.
    """

    def __init__(
        self,
        read: Callable[[Frame, ast.expr], Value | None],
        call: Callable[[Frame, Value | None, list[Value | None]], Value | None],
        walk: Callable[[Frame, list[Line]], Value | None],
    ) -> None:
        self.read, self.call, self.walk = read, call, walk
        self.places: list[Place] = []
        self.objects = Objects()
        self.n_nodes = 0

    def serial(self) -> int:
        """The number of the next node."""
        self.n_nodes += 1
        return self.n_nodes

    def come_up(self, what: Node | Line) -> None:
        """A node, or a line without a formula, is next."""
        if not self.places:
            return
        came_up = self.places[-1].came_up
        if isinstance(what, Node):
            if what.place is not None:
                return
            what.place = (self.places[-1], len(came_up))
        elif came_up and came_up[-1] is what:
            return
        came_up.append(what)


class Frame:
    """One call, at one of its lines.

    Attributes:
        recorded: the call.
        names: what each name means now.
        bound_as: what each letter was bound to last.
        indices: the loop variables that are whole numbers now.
        line: the present line.
        began: nodes from this number on were made by the present line.
        waiting: recorded calls of the present line that nobody has read yet.
        reasons: what was so, for the next step to say.
        guards: why the function did not return earlier.
        items: for each loop that is going on, what it goes through.
        returned: what the call returned.
    """

    def __init__(self, recorded: Call, run: Run, names: dict[str, Value], line: Line | None = None) -> None:
        self.recorded = recorded
        self.run = run
        self.depth = recorded.depth
        self.names = names
        *_, holder, self.where = ("", *recorded.function.name.split("."))
        if self.where.startswith("__"):
            self.where = holder
        self.symbols = dict(symbols_in(recorded.function))
        self.bound_as: dict[str, Value] = {}
        self.partials: dict[str, tuple[Symbol, Value]] = {}
        self.letters = Letters(self.depth, self.bound_as, self.partials)
        self.indices: dict[str, int] = {}
        self.line: Line = line or recorded.lines[0]
        self.began = 0
        self.waiting: list[Call] = []
        self.reasons: list[Comparison] = []
        self.condition: tuple[list[Comparison], list[ast.stmt]] | None = None
        self.guards: list[Comparison] = []
        self.items: dict[ast.stmt, Cells | None] = {}
        self.rounds: dict[ast.stmt, int] = {}
        self.returned: Value | None = None
        self.loops = enclosing_loops(recorded.function.definition)
        self.looped = bound_in_loops_only(recorded) if line is None else set()
        self.added_to = names_added_to(recorded.function.definition)
        for name, value in names.items():
            self.note(name, value)

    @property
    def is_outermost(self) -> bool:
        """Whether this is the work that was asked for."""
        return self.recorded.caller is None

    # ---- names -------------------------------------------------------------------------------------------------------

    def own(self, name: str) -> Symbol:
        """The symbol of a name, with the numbers of the loops for its letters."""
        symbol = self.symbols.get(name) or symbol_of(name)
        symbol = symbol.with_values(self.indices)
        round_ = self.round()
        if name in self.looped and symbol.is_plain and not symbol.indices and round_ is not None:
            return symbol.at(round_)
        return symbol

    def round(self) -> int | str | None:
        """Where the innermost loop over an index letter stands."""
        letters = self.loops.get(self.line.statement, [])
        return self.indices.get(letters[-1], letters[-1]) if letters else None

    def name(self, name: str, value: Value) -> Name:
        """The name as one for a value."""
        own = self.own(name)
        if isinstance(value, Cells):
            while own.indices and isinstance(own.indices[-1], str) and own.over is None:
                own = own.without_last_index()
        if own.over is None or own.under is None or self.is_outermost:
            return Name(self.depth, own, where=self.where)
        over, under, round_, letters = own.over, own.under, self.round(), self.letters
        made = lambda: letters.outside(over, round_).over_(letters.outside(under, round_))  # noqa: E731
        return Name(self.depth, own, made, where=self.where)

    def note(self, name: str, value: Value) -> None:
        """Remember what a letter stands for in this call."""
        symbol = self.symbols.get(name) or symbol_of(name)
        if symbol.over is not None and symbol.under is not None:
            for letter in (symbol.over, symbol.under):
                before = self.partials.get(letter.bare().unicode())
                if before is None or (before[0].index_letters() and not symbol.index_letters()):
                    self.partials[letter.bare().unicode()] = (symbol, value)
        elif symbol.indices:  # z_j, where z itself may have a meaning
            self.bound_as.setdefault(symbol.bare().unicode(), value)
        else:
            self.bound_as[symbol.unicode()] = value

    def node(self, value: Any, formula: Any = None) -> Node:
        """A new number."""
        return Node(value, formula, self.run.serial())

    def literal(self, value: Any) -> Node:
        """A number that stands in the code."""
        return literal(value, self.run.serial())

    def given(self, name: str, value: Any) -> Value:
        """A value of which only the name is known."""
        made = given(value, self.run.serial())
        if isinstance(made, (Node, Cells)):
            made.names = (self.name(name, made),)
            made.line = self.line
        self.names[name] = made
        self.note(name, made)
        return made

    def is_constant(self, name: str) -> bool:
        """Whether a name is one of the module's constants, such as CLIP_TO_ONE_IN: the reader sees the number."""
        if len(name) == 1 or not name.isupper() or name not in self.recorded.room:
            return False
        return name not in self.recorded.arguments and name not in self.recorded.function.bound

    def is_fresh(self, value: Value) -> bool:
        """Whether a value was made by the present line."""
        return isinstance(value, (Node, Cells)) and value.serial > self.began

    def read(self, node: ast.expr) -> Value | None:
        """What an expression is here."""
        return self.run.read(self, node)

    def call(self, function: Value | None, arguments: list[Value | None]) -> Value | None:
        """What a function makes of its arguments, as for `map`."""
        return self.run.call(self, function, arguments)

    # ---- numbers and lists -------------------------------------------------------------------------------------------

    def as_number(self, value: Value | None) -> Node | None:
        """A number; a condition counts as 1 or 0, and says why."""
        if isinstance(value, Truth):
            node = self.literal(int(value.value))
            node.reasons = value.parts()
            return node
        if isinstance(value, Thing) and isinstance(value.value, bool):
            return self.literal(int(value.value))
        return value if isinstance(value, Node) else None

    def list_of(self, parts: Sequence[Value | None]) -> Cells | None:
        """A new list; None if one of its entries is unknown."""
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        cells = Cells([part.value for part in known], list(known), self.run.serial())
        for place, part in enumerate(known):
            cells.hold(place, part)
        cells.copied_from = _copied_by_rows(cells)
        return cells

    def dict_of(self, parts: Mapping[Any, Value | None]) -> Cells | None:
        """A new dict; None if one of its entries is unknown."""
        known = {key: part for key, part in parts.items() if part is not None}
        if len(known) < len(parts):
            return None
        cells = Cells({key: part.value for key, part in known.items()}, dict(known), self.run.serial())
        for key, part in known.items():
            cells.hold(key, part)
        return cells

    def settle(self, node: Node) -> None:
        """This is the line that made a number."""
        if node.line is None:
            node.line = self.line
        node.reasons = tuple(dict.fromkeys((*self.take_reasons(), *node.reasons)))
        self.run.come_up(node)

    def place(self, value: Any) -> Any:
        """A number is put somewhere: here it came up, if this line made it."""
        is_new = isinstance(value, Node) and self.is_fresh(value) and not value.names
        if is_new and (value.is_computed or value.reasons):
            self.settle(value)
        return value

    # ---- reasons -----------------------------------------------------------------------------------------------------

    def take_reasons(self) -> tuple[Comparison, ...]:
        """What was so when the present line ran: the condition above it, once."""
        found = self.reasons
        self.reasons = []
        if self.condition is not None:
            parts, body = self.condition
            self.condition = None
            if self.line.statement in body:
                found = [*parts, *found]
        return tuple(dict.fromkeys(found))


def _copied_by_rows(cells: Cells) -> Cells | None:
    """The matrix of which [list(row) for row in W] is a copy."""
    rows = [part.copied_from if isinstance(part, Cells) else None for part in cells.parts]
    home = rows[0].homes[0][0] if rows and rows[0] is not None and rows[0].homes else None
    if home is None or len(home) != len(rows):
        return None
    return home if all(home.at(i) is row for i, row in enumerate(rows)) else None
