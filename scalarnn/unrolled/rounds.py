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

__all__ = ["Rounds"]

END = 10**9


class Rounds:
    """The order of the lines of a kept loop, and who uses what where."""

    def __init__(self, writer: Any, loop: Loop) -> None:
        self.writer = writer
        self.loop = loop
        self.at: dict[Any, int] = {}
        self.users: dict[Value, list[Any]] = {}
        self.last: dict[Value, int] = {}
        self._order(loop.body)
        for one in loop.carried:
            if one in writer.parts.live and type(one.args[1]) is Value:
                self.users.setdefault(plain(one.args[1]), []).append(one)

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
        writer = self.writer
        if following in writer.same_name or following in writer.inside or following.op in ("carried", "input", "item"):
            return False
        if writer.parts.block_of.get(following) is not self.loop.body:
            return False
        return self._last_use(one, following) <= self.at[following]

    def _last_use(self, value: Value, following: Value) -> int:
        last = -1
        for user in self.users.get(value, ()):
            if user is following:
                continue
            last = max(last, self._line_of(user))
        return last

    def _line_of(self, user: Any) -> int:
        """The line that a user is written in; of one written inside others, the last of theirs."""
        if type(user) is Value and user.op == "carried":
            return END
        if type(user) is Value and user in self.writer.inside:
            if user not in self.last:
                self.last[user] = max((self._line_of(one) for one in self.users.get(user, ())), default=-1)
            return self.last[user]
        return self.at[user]

    def _order(self, block: Block) -> None:
        needed = self.writer.parts.is_needed
        for item in block.items:
            if not needed(item):
                continue
            self.at[item] = len(self.at)
            if type(item) is Value:
                for argument in operands(item):
                    self._uses(argument, item)
            elif type(item) is Branch:
                self._uses(item.condition, item)
                self._order(item.then)
                self._order(item.other)
                for phi in item.phis:
                    self.at[phi] = len(self.at)
                    for argument in phi.args:
                        if type(argument) is Value:
                            self._uses(argument, phi)
            elif type(item) is Loop:
                self._order(item.body)
                for one in item.carried:
                    self.at[one] = len(self.at)
                for end in [*item.bounds, *[argument for one in item.carried for argument in one.args]]:
                    if type(end) is Value:
                        self._uses(end, item.carried[-1] if item.carried else item)
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

    def _uses(self, value: Value, user: Any) -> None:
        self.users.setdefault(plain(value), []).append(user)
