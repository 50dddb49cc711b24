"""A program as lines of text: which values have a line of their own, what is written inside another, in which order.

A line stands for a value that the source binds to a name, or that is used more than once. The fused text, for speed,
has a line only where a value is used more than once. What differs from language to language is in a Language.
"""

from __future__ import annotations

from scalarnn.unrolled.parts import Parts, leaves
from scalarnn.unrolled.rounds import Rounds
from scalarnn.unrolled.values import Append, Bound, Branch, Loop, Raise, Row, Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.unrolled.names import Names
    from scalarnn.unrolled.values import Block

__all__ = ["Text", "Writer"]

LARGEST = 250  # operations in one expression
NEVER_INSIDE = frozenset(["input", "item", "carried", "index", "list"])
COMPARISONS = frozenset(["lt", "le", "gt", "ge", "eq", "ne", "not", "and", "or", "is_float", "is_int", "is_symbolic"])
ATOMS = 9  # a precedence that needs no brackets


class Text:
    """One line: how deep it is indented, what it says, and the value or statement that it is."""

    __slots__ = ("depth", "item", "text")

    def __init__(self, depth: int, text: str, item: Any = None) -> None:
        self.depth = depth
        self.text = text
        self.item = item


class Writer:
    """Lays a program out in lines.

    Args:
        block: the program.
        results: what it gives: nested lists with values in them.
        names: the names that are taken.
        language: how an operation is written.
        fused: as few lines as possible.
    """

    def __init__(self, block: Block, results: Any, names: Names, language: Any, *, fused: bool = False) -> None:
        self.block = block
        self.parts = Parts(block, results)
        self.names = names
        self.language = language
        self.fused = fused
        self.same_name: dict[Value, Value] = {}
        self.inside: set[Value] = set()
        self.as_floats: set[Value] = set()
        self.sizes: dict[Value, int] = {}
        self.simple: set[Any] = set()
        self.handed_on = {
            plain(one.args[1]) for one in self.parts.live if one.op == "carried" and type(one.args[1]) is Value
        }
        language.writer = self
        self._find_simple(block)
        if fused and language.has_int_constants:
            self._find_floats(leaves(results))
        self._decide(block)
        self._coalesce(block)
        for loop in self._loops(block):
            Rounds(self, loop).share_names()
        self._name()

    # ---- decisions ---------------------------------------------------------------------------------------------------

    def _find_simple(self, block: Block) -> None:
        """Branches that only choose between two things: conditional expressions, in the fused text."""
        for item in block.items:
            if type(item) is Branch and item in self.parts.live_items:
                self._find_simple(item.then)
                self._find_simple(item.other)
                choices = self.fused or self.language.has_choices
                if choices and not self._needed(item.then) and not self._needed(item.other):
                    self.simple.add(item)
            elif type(item) is Loop and item in self.parts.live_items:
                self._find_simple(item.body)

    def _needed(self, block: Block) -> list[Any]:
        return [item for item in block.items if self.parts.is_needed(item)]

    def _find_floats(self, results: Iterator[Value]) -> None:
        """Choices between whole numbers that only ever meet floats: they may be floats from the start, same bits."""
        users: dict[Value, list[Any]] = {}
        for value in self.parts.live:
            for argument in value.args:
                if type(argument) is Value:
                    users.setdefault(plain(argument), []).append(value)
        wanted = {plain(value) for value in results}
        for item in self.parts.live_items:
            if type(item) is Append:
                wanted.update(plain(value) for value in leaves(item.entry))
            elif type(item) is Row:
                wanted.update(at for at in item.at if type(at) is Value)
        chosen = [v for v in self.parts.live if v.op in ("phi", "select") and v.kind in ("int", "number")]
        maybe = {v for v in chosen if v not in wanted and all(type(a) is not int or abs(a) < 2**53 for a in v.args)}
        changed = True
        while changed:
            changed = False
            for value in list(maybe):
                if not all(self._meets_floats(value, user, maybe) for user in users.get(value, [])):
                    maybe.discard(value)
                    changed = True
        self.as_floats = maybe

    def _meets_floats(self, value: Value, user: Value, maybe: set[Value]) -> bool:
        if user.op in ("add", "sub", "mul", "div"):
            others = [a for a in user.args if type(a) is not Value or plain(a) is not value]
            return bool(others) and all(getattr(a, "kind", type(a).__name__) == "float" for a in others)
        if user.op in ("phi", "select"):
            return user in maybe and value is not user.args[0] if user.op == "select" else user in maybe
        return user.op in ("lt", "le", "gt", "ge", "eq", "ne", "exp", "expm1", "log1p", "sqrt")

    def _decide(self, block: Block) -> None:
        """Which values are written inside the one that uses them."""
        for item in block.items:
            kind = type(item)
            if kind is Value:
                if item in self.parts.live and self._is_inside(item, block):
                    self.inside.add(item)
            elif kind is Branch and item in self.parts.live_items:
                self._decide(item.then)
                self._decide(item.other)
                if item in self.simple:
                    for phi in item.phis:
                        if phi in self.parts.live and self._is_inside(phi, block):
                            self.inside.add(phi)
            elif kind is Loop and item in self.parts.live_items:
                self._decide(item.body)

    def _is_inside(self, value: Value, block: Block) -> bool:
        if value.op in NEVER_INSIDE or value in self.handed_on:
            return False
        args = [plain(a) for a in value.args if type(a) is Value]
        size = 1 + sum(self.sizes.get(a, 0) for a in args if a in self.inside)
        self.sizes[value] = size
        parts = self.parts
        if value.op in COMPARISONS and not (value.is_bound and not self.fused):
            if all(a not in self.inside or a.op in COMPARISONS for a in args) and size < 40:
                return True
            return parts.uses[value] == 1 and size < LARGEST
        if parts.uses[value] != 1 or parts.used_in[value] != {block} or size > LARGEST:
            return False
        return (self.fused or not value.is_bound) and not self.language.needs_names_for(value)

    def _coalesce(self, block: Block) -> None:
        """The last value of a side takes the name of what both sides bind, so that no line only renames it."""
        for item in block.items:
            if type(item) is Branch and item in self.parts.live_items:
                if item not in self.simple:
                    for phi in item.phis:
                        if phi in self.parts.live:
                            for argument, side in zip(phi.args, (item.then, item.other), strict=True):
                                self._take_name(argument, side, phi)
                self._coalesce(item.then)
                self._coalesce(item.other)
            elif type(item) is Loop and item in self.parts.live_items:
                self._coalesce(item.body)

    def _take_name(self, argument: Any, side: Block, phi: Value) -> None:
        argument = plain(argument) if type(argument) is Value else argument
        if type(argument) is not Value or argument in self.same_name or argument.op in NEVER_INSIDE:
            return
        if self.parts.block_of.get(argument) is side and argument not in self.inside:
            self.same_name[argument] = phi

    # ---- names -------------------------------------------------------------------------------------------------------

    def _loops(self, block: Block) -> Iterator[Loop]:
        """Every kept loop, outer ones first."""
        for item in block.items:
            if type(item) is Loop and item in self.parts.live_items:
                yield item
                yield from self._loops(item.body)
            elif type(item) is Branch:
                yield from self._loops(item.then)
                yield from self._loops(item.other)

    def _named(self, block: Block) -> Iterator[Value]:
        """Every value that has a name of its own, in the order of the lines."""
        for item in block.items:
            kind = type(item)
            if kind is Value:
                if item in self.parts.live:
                    yield item
            elif kind is Branch and item in self.parts.live_items:
                yield from (phi for phi in item.phis if phi in self.parts.live)
                yield from self._named(item.then)
                yield from self._named(item.other)
            elif kind is Loop and item in self.parts.live_items:
                yield from (one for one in [item.index, *item.carried, *item.lists] if one in self.parts.live)
                yield from self._named(item.body)
            elif kind is Row and item in self.parts.live_items:
                yield from leaves(item.targets)

    def _name(self) -> None:
        """Names of the outermost call come first: they are the ones that stay as they are."""
        own = [one for one in self._named(self.block) if one not in self.inside and one not in self.same_name]
        for value in sorted(own, key=lambda one: min((depth for depth, _ in one.proposals), default=99)):
            self.names.give(value)

    def name_of(self, value: Value) -> str:
        """The name of the line that holds a value."""
        value = plain(value)
        while value in self.same_name:
            value = self.same_name[value]
        return value.name

    # ---- expressions -------------------------------------------------------------------------------------------------

    def operand(self, thing: Any, at_least: int, as_float: bool = False) -> str:
        """An operand, in brackets where its operation binds weaker than `at_least`."""
        text, binds = self.expression(thing, as_float)
        return text if binds >= at_least else f"({text})"

    def expression(self, thing: Any, as_float: bool = False) -> tuple[str, int]:
        """A known number, a name, or an operation that is written in place; and how strong it binds."""
        if type(thing) is not Value:
            text = self.language.constant(float(thing) if as_float and type(thing) is int else thing)
            return text, (7 if text.startswith("-") else ATOMS)
        thing = plain(thing)
        if thing in self.inside:
            return self.definition(thing)
        return self.name_of(thing), ATOMS

    def definition(self, value: Value) -> tuple[str, int]:
        """What stands on the right of = for a value."""
        if value.op == "phi":
            condition = self.parts.branch_of[value].condition
            text: tuple[str, int] = self.language.operation(value, "select", (condition, *value.args))
        else:
            text = self.language.operation(value, value.op, value.args)
        return text

    # ---- lines -------------------------------------------------------------------------------------------------------

    def lines(self, block: Block, depth: int) -> list[Text]:
        """The lines of a block."""
        made: list[Text] = []
        for item in block.items:
            if not self.parts.is_needed(item):
                continue
            kind = type(item)
            if kind is Value:
                if item not in self.inside:
                    made.append(Text(depth, self.language.binding(self.name_of(item), self.definition(item)[0]), item))
            elif kind is Branch:
                made.extend(self._branch(item, depth))
            elif kind is Raise:
                made.append(Text(depth, self.language.raising(item), item))
            elif kind is Loop:
                made.extend(self.language.loop(item, depth))
            elif kind is Row:
                made.extend(self.language.row(item, depth))
            elif kind is Append:
                made.append(Text(depth, self.language.append(item), item))
        return made

    def _branch(self, branch: Branch, depth: int) -> list[Text]:
        if branch in self.simple:
            made = []
            for phi in branch.phis:
                if phi in self.parts.live and phi not in self.inside:
                    text = self.language.binding(self.name_of(phi), self.definition(phi)[0])
                    made.append(Text(depth, text, phi))
            return made
        then = self._side(branch, 0, depth + 1)
        other = self._side(branch, 1, depth + 1)
        condition = branch.condition
        if not then and other:
            return self.language.branch(self.negation(condition), other, [], depth, branch)  # type: ignore[no-any-return]
        if not then and not other:
            return []
        return self.language.branch(self.expression(condition)[0], then, other, depth, branch)  # type: ignore[no-any-return]

    def negation(self, condition: Value) -> str:
        """The text of a condition that does not hold."""
        other = {"eq": "ne", "ne": "eq"}.get(condition.op)
        if other is not None and condition in self.inside:
            return self.language.operation(condition, other, condition.args)[0]  # type: ignore[no-any-return]
        text, binds = self.expression(condition)
        return self.language.negation(text if binds >= 4 else f"({text})")  # type: ignore[no-any-return]

    def _side(self, branch: Branch, at: int, depth: int) -> list[Text]:
        made = self.lines((branch.then, branch.other)[at], depth)
        for phi in branch.phis:
            if phi not in self.parts.live:
                continue
            argument = phi.args[at]
            if type(argument) is Value and self._name_or_none(argument) == self.name_of(phi):
                continue
            text = self.language.binding(self.name_of(phi), self.expression(argument, phi in self.as_floats)[0])
            made.append(Text(depth, text, Bound(phi, at)))
        return made

    def name_or_nothing(self, value: Value) -> str:
        """The name of the line that holds a value; nothing for one that is written inside another."""
        return self._name_or_none(value) or ""

    def _name_or_none(self, value: Value) -> str | None:
        value = plain(value)
        return None if value in self.inside else self.name_of(value)

    # ---- loops that are kept -----------------------------------------------------------------------------------------

    def shares_name(self, value: Value, other: Value) -> bool:
        """Whether two values are held by one name."""
        value = plain(value)
        return value not in self.inside and self.name_of(value) == self.name_of(other)

    def carrying(self, loop: Loop, depth: int) -> list[Text]:
        """The end of a round: what the next one begins with."""
        pairs = []
        for one in loop.carried:
            if one in self.parts.live and not (type(one.args[1]) is Value and self.shares_name(one.args[1], one)):
                pairs.append((self.name_of(one), self.expression(one.args[1])[0]))
        return self.language.carrying(pairs, depth)  # type: ignore[no-any-return]
