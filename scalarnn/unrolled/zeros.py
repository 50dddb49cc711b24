"""0 + x, where it may be written x: where x is never −0, or nobody sees the sign of a zero.

0 + x is x for every float but −0, which it makes 0. A sum begun at 0 keeps its 0 only where that can be seen: in a
result, in a product that is one, in a difference from −0.
"""

from __future__ import annotations

import math

from scalarnn.unrolled.parts import Parts, leaves
from scalarnn.unrolled.values import Append, Branch, Loop, Raise, Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.unrolled.values import Block

__all__ = ["drop_zeros"]

BLIND = frozenset(["lt", "le", "gt", "ge", "eq", "ne", "exp", "abs", "log", "log1p", "math_log"])


def drop_zeros(block: Block, results: Any) -> None:
    """Take the 0 out of sums that begin with one, where no bit of any result hangs on it."""
    parts = Parts(block, results)
    users: dict[Value, list[Value]] = {}
    for value in parts.live:
        for argument in value.args:
            if type(argument) is Value:
                users.setdefault(plain(argument), []).append(value)
    seen = {*leaves(results)}
    for item in parts.live_items:
        if type(item) is Raise:
            seen.update(part for part in item.message if type(part) is Value)
        elif type(item) is Append:
            seen.update(leaves(item.entry))
    sight = _Sight(users, seen, parts)
    for value in _in_order(block):
        if value in parts.live and value.op == "add" and value.kind == "float" and value not in sight.kept:
            for zero, other in (value.args, value.args[::-1]):
                is_sum_from_zero = _is_zero(zero) and type(other) is Value and other.kind == "float"
                if is_sum_from_zero and (sight.never_minus_zero(other) or not sight.is_seen(value)):
                    _become(value, other)
                    break


def _in_order(block: Block) -> Iterator[Value]:
    """Every operation, after those that it works on."""
    for item in block.items:
        if type(item) is Value:
            yield item
        elif type(item) is Branch:
            yield from _in_order(item.then)
            yield from _in_order(item.other)
        elif type(item) is Loop:
            yield from _in_order(item.body)


def _is_zero(thing: Any) -> bool:
    return type(thing) in (int, float) and thing == 0 and str(thing)[0] != "-"


def _become(value: Value, other: Value) -> None:
    """A sum that is its second operand: every use of it is one of the other, which takes over its name."""
    value.op, value.args = "copy", (other,)
    if other.op not in ("input", "item") and value.is_bound:
        other.proposals = [*value.proposals, *other.proposals]
        other.is_bound = True
        if other.origin is not None and value.origin is not None and other.origin.variable is None:
            other.origin.variable = value.origin.variable


class _Sight:
    """Whether the sign of a zero can be seen behind a value."""

    def __init__(self, users: dict[Value, list[Value]], seen: set[Value], parts: Parts) -> None:
        self.users = users
        self.seen = seen
        self.parts = parts
        self.known: dict[Value, bool] = {}
        self.kept: set[Value] = set()  # sums whose 0 something else relies on

    def never_minus_zero(self, thing: Any, depth: int = 0) -> bool:
        """Whether a number is never −0. A sum that is taken for that because of its 0 keeps the 0 from now on."""
        if type(thing) is not Value:
            return not (isinstance(thing, float) and thing == 0 and math.copysign(1, thing) < 0)
        thing = plain(thing)
        if depth > 40:
            return False
        if thing.kind in ("int", "bool") or thing.op in ("exp", "abs"):
            return True
        args = thing.args
        if thing.op == "add":
            if any(_is_zero(one) for one in args):
                self.kept.add(thing)
                return True
            return any(self.never_minus_zero(one, depth + 1) for one in args)
        if thing.op == "sub":
            return self.never_minus_zero(args[0], depth + 1)
        if thing.op == "mul":
            return args[0] is args[1]
        if thing.op in ("phi", "select"):
            return all(self.never_minus_zero(one, depth + 1) for one in args[-2:])
        return False

    def is_seen(self, value: Value) -> bool:
        """Whether some result tells 0 from −0 in this value."""
        found = self.known.get(value)
        if found is None:
            self.known[value] = True  # what hangs on itself, through a loop
            found = value in self.seen or any(self._by(value, user) for user in self.users.get(value, ()))
            self.known[value] = found
        return found

    def _by(self, value: Value, user: Value) -> bool:
        op, args = user.op, user.args
        if op in BLIND or (op == "mul" and args[0] is args[1]):
            return False
        if op == "add":
            other = args[1] if args[0] is value else args[0]
            if args[0] is not args[1] and self.never_minus_zero(other):
                return False
        if op == "sub" and args[1] is value and args[0] is not value and self.never_minus_zero(args[0]):
            return False
        if op == "phi" and self._is_not_zero_there(value, user):
            return False
        if op == "select" and args[0] is not value and _is_about(args[0], value, args[1] is value):
            return False
        if op in ("item", "carried", "list", "sum", "pow", "mod", "floordiv"):
            return True
        return self.is_seen(user)

    def _is_not_zero_there(self, value: Value, phi: Value) -> bool:
        condition = self.parts.branch_of[phi].condition
        if phi.args[0] is phi.args[1]:
            return False
        return _is_about(condition, value, phi.args[0] is value)


def _is_about(condition: Any, value: Value, holds: bool) -> bool:
    """Whether a condition, holding or not, says that the value is not zero."""
    if type(condition) is not Value or len(condition.args) != 2:
        return False
    a, b = condition.args
    zero_b = a is value and type(b) in (int, float) and b == 0
    zero_a = b is value and type(a) in (int, float) and a == 0
    if not (zero_a or zero_b):
        return False
    return condition.op in (("lt", "gt", "ne") if holds else ("le", "ge", "eq"))
