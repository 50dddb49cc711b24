"""Which numbers are shown as steps, and which are put in place: the nodes of a run in the order they ran, folded.

    folded    the places of a run, each with the steps that are left

A sum that a loop adds to is one step, at its last term. What has no name is put in place where it is used. A formula is
written down only if it holds: its value, computed from its letters, is that of the run, and no letter in it stands for
another value than the reader was told last. Where folding would break that, the sum is shown term by term; where a call
has a letter of its caller for something else, its own gets the name of the function, x_sigmoid. Otherwise the line
stays code.
"""

from __future__ import annotations

from scalarnn.tracing.blocks import Block, Step
from scalarnn.tracing.details import Details
from scalarnn.tracing.expressions import (
    All,
    Comparison,
    Expression,
    Function,
    Named,
    Number,
    Sum,
    holds,
    leaves,
    same_number,
)
from scalarnn.tracing.formulas import Formula, compared, parts_of
from scalarnn.tracing.letters import depth_of, other_symbols, renewed, symbol_for, where
from scalarnn.tracing.symbols import symbol_of
from scalarnn.tracing.values import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.tracing.frame import Place, Run
    from scalarnn.tracing.record import Line
    from scalarnn.tracing.symbols import Symbol

__all__ = ["folded"]

TRIES = 8


def folded(run: Run, told: dict[str, Any], details: bool = False) -> list[Block]:
    """The run as blocks of steps.

    Args:
        run: as it was read.
        told: what each symbol stands for at the beginning.
        details: show the way to a derivative too where its own line would do.
    """
    uses = _Uses(run)
    for _ in range(TRIES):
        writer = _Writer(uses, dict(told), details)
        blocks = [writer.block(place) for place in run.places]
        if not writer.mend():
            break
    return [block for block in blocks if block.steps or block.line.bound or block.rounds_left_out]


# ---- what is used where ----------------------------------------------------------------------------------------------


class _Uses:
    """By which shown numbers each number is used, through the nameless ones between; and which sums fold."""

    def __init__(self, run: Run) -> None:
        self.users: dict[int, list[Node]] = {}
        self.apart: set[int] = set()  # sums that have to be shown
        self.at_once: set[int] = (
            set()
        )  # places that give several numbers at once, made of those before: x, y = y, x + y
        nodes = [node for place in run.places for node in place.came_up if isinstance(node, Node)]
        for node in nodes:
            if symbol_for(node) is not None:
                for used in parts_of(node.formula):
                    self._note(used, node)

    def _note(self, used: Node, user: Node) -> None:
        self.users.setdefault(id(used), []).append(user)
        if symbol_for(used) is None:
            for inner in parts_of(used.formula):
                self._note(inner, user)

    def is_put_in_place(self, node: Node) -> bool:
        """Whether a number is no step of its own: a sum that goes on, or that one line uses."""
        users = self.users.get(id(node), [])
        if node.formula is None or id(node) in self.apart:
            return False
        if len(users) != 1:
            return not users and self._is_passing(node)
        user = users[0]
        if user.previous is node:
            return self._goes_on(node, user)
        if node.previous is None or node.homes or not _adds_up(node):
            return False
        if depth_of(node) == 0:
            in_the_work = node.line is not None and node.line.depth == 0  # else a call gave what was asked for
            return in_the_work and _begins_with(user.formula, node)
        return True

    def _is_passing(self, node: Node) -> bool:
        """Whether it was the largest for a while."""
        return node.previous is not None and isinstance(node.formula, Function)

    def _goes_on(self, node: Node, user: Node) -> bool:
        """Whether the next change belongs to the same sum: of one statement of a loop, or from a start on."""
        if isinstance(user.formula, Function):
            return True
        if _adds_up(node):
            return _has_letters(user, node) or _is_lettered_inside(node)
        same_line = node.line is not None and user.line is not None and node.line.statement is user.line.statement
        return same_line and node.previous is not None and _has_letters(user, node)


def _adds_up(node: Node) -> bool:
    """Whether it is a sum from its start on: the 0 of `s = 0` or of `[0] * n`, or a name that stood for it."""
    while node.previous is not None:
        node = node.previous
    return node.is_start or (isinstance(node.formula, Number) and not node.names)


def _has_letters(user: Node, before: Node) -> bool:
    """Whether what is added has a letter in it: counting does not."""
    others = [part for part in parts_of(user.formula) if part is not before]
    return any(_is_lettered(part) for part in others)


def _is_lettered(node: Node) -> bool:
    if node.is_index:
        return False
    return symbol_for(node) is not None or any(_is_lettered(part) for part in parts_of(node.formula))


def _is_lettered_inside(node: Node) -> bool:
    """Whether a sum so far has a letter in it."""
    while node.previous is not None:
        if _has_letters(node, node.previous):
            return True
        node = node.previous
    return any(_is_lettered(part) for part in parts_of(node.formula))


def _begins_with(formula: Expression | None, node: Node) -> bool:
    """Whether a formula goes on with a sum: s + b."""
    while isinstance(formula, Node) and symbol_for(formula) is None:
        formula = formula.formula
    while isinstance(formula, Sum) and formula.terms[0][0] > 0:
        first = formula.terms[0][1]
        if first is node:
            return True
        formula = first.formula if isinstance(first, Node) and symbol_for(first) is None else None
    return False


def _is_bound(place: Place, node: Node, symbol: Symbol) -> bool:
    """Whether a number goes by a name that the line of the work binds."""
    names = {symbol_of(name).bare().unicode() for name in place.line.bound}
    return depth_of(node) == 0 and symbol.bare().unicode() in names


def _by_place(nodes: list[Node]) -> list[Node]:
    """Sums in the order of their places, unless one is made of another."""
    lists: dict[str, int] = {}
    keys: dict[int, tuple[Any, ...]] = {}
    for node in nodes:
        symbol = symbol_for(node)
        if symbol is None or {id(part) for part in parts_of(node.formula)} & {id(other) for other in nodes}:
            return nodes
        below = symbol.under or symbol
        number = lists.setdefault(symbol.bare().unicode(), len(lists))
        keys[id(node)] = (number, tuple(str(index).rjust(9) for index in below.indices))
    return sorted(nodes, key=lambda node: keys[id(node)])


# ---- steps -----------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes the steps down, and keeps what each letter stands for.

    Attributes:
        told: what each symbol stands for, as the reader was told by the blocks so far.
        letters: the same in this block.
        seen: what each symbol stood for when a step gave it a value.
        tellers: the node that gave a letter its value.
        to_mend: what was in the way of a formula: a sum to be shown, or a letter to be kept apart.
    """

    def __init__(self, uses: _Uses, told: dict[str, Any], details: bool) -> None:
        self.uses = uses
        self.shows_details = details
        self.told = told
        self.letters: dict[str, Any] = {}
        self.updated: set[str] = set()
        self.seen: dict[str, Any] = {}
        self.tellers: dict[str, Node] = {}
        self.sums_to_show: list[Node] = []
        self.letters_to_mark: list[Node] = []
        self.places_at_once: set[int] = set()

    def mend(self) -> bool:
        """Do what would make more lines formulas; False where there is nothing to do."""
        for node in self.sums_to_show:
            self.uses.apart.add(id(node))
        for node in self.letters_to_mark:
            node.mark = where(node)
            node.cached = None
        self.uses.at_once |= self.places_at_once
        return bool(self.sums_to_show or self.letters_to_mark or self.places_at_once)

    def block(self, place: Place) -> Block:
        """One line of the work."""
        self.told |= {text: self.letters[text] for text in self.updated if text in self.told}
        self.letters, self.updated = {}, set()
        block = Block(place.line, rounds_left_out=place.rounds_left_out, too_deep=place.too_deep)
        if place.rounds_left_out:
            self.told, self.tellers = {}, {}
        details = Details(place, self._was_told)
        for node in self._in_order(place):
            if not self.shows_details and details.hold(node):
                continue
            step = self._step(node) if isinstance(node, Node) else Step(None, None, node.value, None, node)
            is_code_again = (
                step is not None
                and step.symbol is None
                and any(known.symbol is None and known.line is step.line for known in block.steps)
            )
            if step is not None and not is_code_again:
                block.steps.append(step)
        for told in place.tells:
            symbol = symbol_for(told) if isinstance(told, Node) else None
            texts = {symbol.unicode(): told.value} if isinstance(told, Node) and symbol is not None else told
            if isinstance(texts, dict):
                self.told |= texts
                for text in texts:
                    self.tellers.pop(text, None)
        return block

    def _in_order(self, place: Place) -> Iterator[Node | Line]:
        """What came up, in order; the sums of one list that are ready side by side, by their places in it."""
        ready: list[Node] = []
        for node in place.came_up:
            if isinstance(node, Node) and (self.uses.is_put_in_place(node) or symbol_for(node) is None):
                continue
            if isinstance(node, Node) and node.previous is not None and node.homes and _adds_up(node):
                ready.append(node)
                continue
            yield from _by_place(ready)
            ready = []
            yield node
        yield from _by_place(ready)

    def _step(self, node: Node) -> Step | None:
        symbol = symbol_for(node)
        if symbol is None or node.line is None or self.uses.is_put_in_place(node):
            return None
        if node.place is not None and id(node.place[0]) in self.uses.at_once and _is_bound(node.place[0], node, symbol):
            symbol = renewed(symbol)
        if node.formula is None:
            self._told(symbol.unicode(), node)
            return Step(None, None, node.line.value, None, node.line)
        formula = Formula(self.uses.is_put_in_place, self._letter)
        expression = formula.of(node.formula)
        if isinstance(expression, Named) and expression.symbol == symbol and same_number(expression.value, node.value):
            return None
        plain = not any(True for _ in leaves(expression)) and holds(expression, node.value)
        if plain and formula.inlined and all(part.previous is not None or part.is_start for part in formula.inlined):
            expression = Number(node.value)  # a sum of nothing
        ok = formula.is_known and holds(expression, node.value) and self._agrees(node, expression, formula)
        if not ok:
            self._told(symbol.unicode(), node)
            return Step(None, None, node.line.value, None, node.line)
        step = Step(symbol, expression, node.value, self._why((*formula.reasons, *node.reasons)), node.line)
        for leaf in leaves(expression):
            self.letters[leaf.symbol.unicode()] = leaf.value
        if step.is_update:
            self.updated.add(symbol.unicode())
        self._told(symbol.unicode(), node)
        return step

    def _letter(self, node: Node) -> Symbol | None:
        """What a number is called now: by another of its names, if the first stands for something else by now."""
        best = symbol_for(node)
        if best is None or self._stands_for(best, node.value, True):
            return best
        others = (symbol for symbol in other_symbols(node) if self._stands_for(symbol, node.value, False))
        return next(others, best)

    def _was_told(self, symbol: Symbol, value: Any) -> bool:
        """Whether the reader has seen a number under that symbol, which stands for nothing else by now."""
        return same_number(self.seen.get(symbol.unicode()), value) and self._stands_for(symbol, value, True)

    def _stands_for(self, symbol: Symbol, value: Any, if_unknown: bool) -> bool:
        text = symbol.unicode()
        if text not in self.letters and text not in self.told:
            return if_unknown
        return same_number(self.letters.get(text, self.told.get(text)), value)

    def _told(self, text: str, node: Node) -> None:
        self.letters[text] = self.seen[text] = node.value
        self.tellers[text] = node

    def _why(self, reasons: tuple[Comparison, ...]) -> Comparison | All | None:
        found = (compared(reason, self.uses.is_put_in_place, self._letter) for reason in reasons)
        parts = [part for part in found if part is not None]
        parts = [part for part in dict.fromkeys(parts) if self._is_clear(part)]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _is_clear(self, expression: Expression) -> bool:
        return not any(True for _ in self._unclear(expression))

    def _unclear(self, expression: Expression) -> Iterator[Named]:
        """The letters that stand for something else than the reader was told."""
        seen: dict[str, Any] = {}
        for leaf in leaves(expression):
            text = leaf.symbol.unicode()
            known = self.letters.get(text, self.told.get(text, seen.setdefault(text, leaf.value)))
            if not same_number(known, leaf.value) or not same_number(seen[text], leaf.value):
                yield leaf
            seen.setdefault(text, leaf.value)

    def _agrees(self, node: Node, expression: Expression, formula: Formula) -> bool:
        unclear = list(self._unclear(expression))
        if not unclear:
            return True
        sums = [part for part in formula.inlined if symbol_for(part) is not None]
        values: dict[str, Any] = {}
        own = any(
            not same_number(values.setdefault(leaf.symbol.unicode(), leaf.value), leaf.value)
            for leaf in leaves(expression)
        )
        marked = [leaf for leaf in unclear if not (sums and own) and self._keep_apart(node, leaf)]
        if not marked:
            self.sums_to_show += sums
        return False

    def _keep_apart(self, node: Node, leaf: Named) -> bool:
        """Two numbers go by one letter: the one further in gets the name of its function."""
        teller = self.tellers.get(leaf.symbol.unicode())
        if teller is not None and self._is_at_once(node, teller, leaf.symbol):
            return True
        found = [part for part in self._all_parts(node) if symbol_for(part) == leaf.symbol]
        found = [part for part in (*found, *([teller] if teller is not None else [])) if depth_of(part) > 0]
        found = [part for part in found if not part.mark]
        if found:
            deepest = max(map(depth_of, found))
            self.letters_to_mark += [part for part in found if depth_of(part) == deepest]
        return bool(found)

    def _is_at_once(self, node: Node, teller: Node, symbol: Symbol) -> bool:
        """Whether a line of the work gives a letter a new value and uses the old one, as `x, y = y, x + y` does."""
        if node.place is None or teller.place is None or teller.place[0] is not node.place[0]:
            return False
        place = node.place[0]
        if id(place) in self.uses.at_once or not _is_bound(place, teller, symbol):
            return False
        self.places_at_once.add(id(place))
        return True

    def _all_parts(self, node: Node) -> Iterator[Node]:
        for part in parts_of(node.formula):
            yield part
            if symbol_for(part) is None or self.uses.is_put_in_place(part):
                yield from self._all_parts(part)
