"""Names in a kept loop: where a number is not looked at any more once its next one is known, both take one name.

w_0 = w_0 - learning_rate * dL_dw_0        and not        w_0_next = …; w_0 = w_0_next
"""

from __future__ import annotations

from scalarnn.unrolled.parts import leaves, operands
from scalarnn.unrolled.values import Append, Branch, Loop, Raise, Row, Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.values import Block

    # A line: its number in the order of the loop, and the sides of branches that it stands in.
    Place = tuple[int, tuple[tuple[Any, int], ...]]

__all__ = ["Rounds"]

END = 10**9


class Rounds:
    """The order of the lines of a kept loop, and who uses what where."""

    def __init__(self, writer: Any, loop: Loop) -> None:
        self.writer = writer
        self.loop = loop
        self.at: dict[Any, Place] = {}
        self.users: dict[Value, list[Any]] = {}  # of a phi, with the side: (phi, 0) or (phi, 1)
        self.found: dict[Value, list[Place]] = {}
        self._order(loop.body, ())
        for one in loop.carried:
            if one in writer.parts.live and type(one.args[1]) is Value:
                self._uses(one.args[1], one)

    def share_names(self) -> None:
        """Let the next value take the name of the one that is carried, and that one the name of what it begins with."""
        writer = self.writer
        for one in self.loop.carried:
            if one not in writer.parts.live:
                continue
            following = plain(one.args[1]) if type(one.args[1]) is Value else None
            if following is not None and self._may_replace(following, one):
                writer.same_name[following] = one
            first = plain(one.args[0]) if type(one.args[0]) is Value else None
            if first is not None and first.op == "input" and writer.parts.uses[first] == 1:
                writer.same_name[one] = first
        for inner in self.loop.body.items:
            if type(inner) is Loop and inner in writer.parts.live_items:
                self._hand_in(inner)

    def _hand_in(self, inner: Loop) -> None:
        """What a loop inside carries goes by the name of what this one carries, if only that loop looks at it."""
        for one in inner.carried:
            first = plain(one.args[0]) if type(one.args[0]) is Value else None
            if one in self.writer.parts.live and first in self.loop.carried and len(self.users[first]) == 1:
                self.writer.same_name[one] = first

    def _may_replace(self, following: Value, one: Value) -> bool:
        """Whether no line looks at the old value after the new one has been written under its name."""
        writer = self.writer
        if following in writer.same_name or following in writer.inside or following.op in ("carried", "input", "item"):
            return False
        if writer.parts.block_of.get(following) is not self.loop.body:
            return False
        written = self._writes(following)
        for user in self.users.get(one, ()):
            for use in self._places(user):
                if any(write[0] < use[0] and not _exclude(write[1], use[1]) for write in written):
                    return False
        return True

    # ---- places ------------------------------------------------------------------------------------------------------

    def _writes(self, value: Value) -> list[Place]:
        """Where the name of a value is written: by its own line, or by those of the sides that it is joined from."""
        branch = self.writer.parts.branch_of.get(value)
        if branch is None or branch in self.writer.simple:
            return [self.at[value]]
        written = []
        for side in (0, 1):
            argument = plain(value.args[side]) if type(value.args[side]) is Value else None
            if argument is not None and self.writer.same_name.get(argument) is value:
                written += self._writes(argument)
            else:
                written.append(self._end(value, side))
        return written

    def _places(self, user: Any) -> list[Place]:
        """The lines that a user is written in: those of its own users, where it is written inside them."""
        if type(user) is tuple:
            return [self._end(*user)] if user[0] not in self.writer.inside else self._places(user[0])
        if type(user) is Value and user.op == "carried":
            return [(END, ())]
        if type(user) is Value and user in self.writer.inside:
            if user not in self.found:
                self.found[user] = [place for one in self.users.get(user, ()) for place in self._places(one)]
            return self.found[user]
        return [self.at[user]]

    def _end(self, phi: Value, side: int) -> Place:
        """The end of a side, where what both sides bind is bound."""
        branch = self.writer.parts.branch_of[phi]
        number, around = self.at[phi]
        return number, (around if branch in self.writer.simple else (*around, (branch, side)))

    # ---- the order of the lines --------------------------------------------------------------------------------------

    def _order(self, block: Block, around: tuple[tuple[Any, int], ...]) -> None:
        needed = self.writer.parts.is_needed
        for item in block.items:
            if not needed(item):
                continue
            self.at[item] = (len(self.at), around)
            if type(item) is Value:
                for argument in operands(item):
                    self._uses(argument, item)
            elif type(item) is Branch:
                is_simple = item in self.writer.simple  # the condition stands in the line of each choice
                for user in [phi for phi in item.phis if phi in self.writer.parts.live] if is_simple else [item]:
                    self._uses(item.condition, user)
                self._order(item.then, (*around, (item, 0)))
                self._order(item.other, (*around, (item, 1)))
                for phi in item.phis:
                    self.at[phi] = (len(self.at), around)
                    for side in (0, 1):
                        self._uses(phi.args[side], (phi, side))
            elif type(item) is Loop:
                self._order(item.body, around)
                for one in item.carried:
                    self.at[one] = (len(self.at), around)
                for end in [*item.bounds, *[argument for one in item.carried for argument in one.args]]:
                    self._uses(end, item)
                self.at[item] = (len(self.at), around)
            else:
                parts: Any = ()
                if type(item) is Append:
                    parts = leaves(item.entry)
                elif type(item) is Raise:
                    parts = leaves(list(item.message))
                elif type(item) is Row:
                    parts = leaves(list(item.at))
                for one in parts:
                    self._uses(one, item)

    def _uses(self, value: Any, user: Any) -> None:
        if type(value) is Value:
            self.users.setdefault(plain(value), []).append(user)


def _exclude(a: tuple[tuple[Any, int], ...], b: tuple[tuple[Any, int], ...]) -> bool:
    """Whether two places stand on different sides of a branch, so that a round comes to one of them only."""
    sides = dict(a)
    return any(branch in sides and sides[branch] != side for branch, side in b)
