"""Small questions about the syntax of a function, and about the order of its recorded lines."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right

from scalarnn.tracing.symbols import INDEX_LETTERS
from scalarnn.tracing.translate import is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.record import Call, Line

__all__ = [
    "Order",
    "bound_in_loops_only",
    "calls_inside_out",
    "enclosing_loops",
    "extremes",
    "loop_in_place",
    "name_of",
    "names_added_to",
    "names_fed_back",
    "rounds_to_leave_out",
]

LONGEST_LOOP = 3


class Order:
    """Where, among the lines of a call, each name is read, bound anew, and appended to a list.

    Attributes:
        reads: for each name the places where it is read.
        binds: for each name the places where it is bound anew.
        ends: for a name and the place where it was bound: the list to which that value is appended, and at which index.
        appended: for a list and an index: what was appended there.
    """

    def __init__(self, call: Call) -> None:
        self.reads: dict[str, list[int]] = {}
        self.binds: dict[str, list[int]] = {}
        self.ends: dict[tuple[str, int], tuple[str, int]] = {}
        self.appended: dict[tuple[str, int], Any] = {}
        for line in call.lines:
            for name in line.read:
                self.reads.setdefault(name, []).append(line.order)
            if isinstance(line.statement, (ast.Assign, ast.AnnAssign, ast.For)):
                for name in line.bound:
                    self.binds.setdefault(name, []).append(line.order)
            self._note_append(line)

    def _note_append(self, line: Line) -> None:
        owner, name = _appended(line.statement)
        entries = line.bound.get(owner)
        if not isinstance(entries, list):
            return
        self.appended[owner, len(entries) - 1] = entries[-1]
        if name in self.binds:
            self.ends.setdefault((name, self.binds[name][-1]), (owner, len(entries) - 1))

    def bound_last(self, name: str, place: int) -> int:
        """Where a name was bound last, at that place or before; −1 if it was not."""
        places = self.binds.get(name, [])
        at = bisect_right(places, place)
        return places[at - 1] if at else -1

    def is_bound_again(self, name: str, place: int) -> bool:
        """Whether a name is bound anew behind that place."""
        places = self.binds.get(name, [])
        return bool(places) and places[-1] > place

    def uses_left(self, name: str, place: int) -> int:
        """By how many lines a name is read from that place on, until it is bound anew."""
        places, binds = self.reads.get(name, []), self.binds.get(name, [])
        following = bisect_right(binds, place)
        end = binds[following] if following < len(binds) else None
        until = len(places) if end is None else bisect_right(places, end)
        return until - bisect_left(places, place)


def _appended(statement: ast.stmt) -> tuple[str, str]:
    """The names of the list and of what is appended to it, in `z.append(z_j)`; empty where there is none."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return "", ""
    function, arguments = statement.value.func, statement.value.args
    if not isinstance(function, ast.Attribute) or function.attr != "append" or len(arguments) != 1:
        return "", ""
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    return owner, arguments[0].id if isinstance(arguments[0], ast.Name) else ""


def names_added_to(definition: ast.FunctionDef) -> set[str]:
    """The names that are changed by +=, −=, *= and so on, or an entry of which is; through `row = M[j]`, M too."""
    names: set[str] = set()
    for node in ast.walk(definition):
        if isinstance(node, ast.AugAssign):
            names |= _held_by(node.target)
    for node in ast.walk(definition):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and _held_by(node.targets[0]) & names:
            names |= _held_by(node.value)
    return names


def _held_by(target: ast.expr) -> set[str]:
    """x of `x`, of `x[i]` and of `x[j][i]`."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return {target.id} if isinstance(target, ast.Name) else set()


def names_fed_back(definition: ast.FunctionDef) -> set[str]:
    """The names that a call takes and gives back, as in `a = layer.forward(a)`."""
    names: set[str] = set()
    for node in ast.walk(definition):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Call):
            taken = [part.id for part in node.value.args if isinstance(part, ast.Name)]
            names |= {node.targets[0].id} & set(taken)
    return names


def extremes(definition: ast.FunctionDef) -> dict[ast.If, tuple[str, ast.expr, str]]:
    """Each `if z[k] > m: m = z[k]`, the search for the largest: the name m, the candidate z[k], and "max" or "min"."""
    found: dict[ast.If, tuple[str, ast.expr, str]] = {}
    for node in ast.walk(definition):
        if not isinstance(node, ast.If) or node.orelse or len(node.body) != 1 or not isinstance(node.test, ast.Compare):
            continue
        body, left, others = node.body[0], node.test.left, node.test.comparators
        if not isinstance(body, ast.Assign) or not isinstance(body.targets[0], ast.Name) or len(others) != 1:
            continue
        name, candidate = body.targets[0].id, ast.unparse(body.value)
        larger = isinstance(node.test.ops[0], (ast.Gt, ast.GtE))
        if not larger and not isinstance(node.test.ops[0], (ast.Lt, ast.LtE)):
            continue
        if ast.unparse(left) == candidate and ast.unparse(others[0]) == name:
            found[node] = (name, body.value, "max" if larger else "min")
        elif ast.unparse(others[0]) == candidate and ast.unparse(left) == name:
            found[node] = (name, body.value, "min" if larger else "max")
    return found


def bound_in_loops_only(call: Call) -> set[str]:
    """Names that are bound anew each time round a loop, and nowhere else, where the loop goes round more than once."""
    bound_outside: set[str] = set()
    inside: set[str] = set()
    rounds: dict[ast.stmt, int] = {}
    for line in call.lines:
        if isinstance(line.statement, ast.For) and line.bound:
            rounds[line.statement] = rounds.get(line.statement, 0) + 1
    repeated = {id(node) for loop, n in rounds.items() if n > 1 for node in ast.walk(loop)}
    for line in call.lines:
        if isinstance(line.statement, ast.Assign) and is_number(line.value):
            (inside if id(line.statement) in repeated else bound_outside).update(line.bound)
    return inside - bound_outside


def enclosing_loops(call: Call) -> dict[ast.stmt, list[str]]:
    """For each statement the index letters of the loops that it stands in."""
    found: dict[ast.stmt, list[str]] = {}

    def visit(body: list[ast.stmt], letters: list[str]) -> None:
        for statement in body:
            found[statement] = letters
            inner = letters
            if isinstance(statement, ast.For) and isinstance(statement.target, ast.Name):
                letter = statement.target.id
                inner = [*letters, letter] if letter in INDEX_LETTERS else letters
            visit(getattr(statement, "body", []), inner)
            for field in ("orelse", "finalbody"):
                visit(getattr(statement, field, []), letters)
            for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
                visit(part.body, letters)

    visit(call.function.definition.body, [])
    return found


def loop_in_place(line: Line) -> bool:
    """Whether the head of a loop is reached from its own body, and not for the first time."""
    if line.order == 0:
        return False
    before = line.call.lines[line.order - 1]
    return before.statement is line.statement or line.call.function.is_in_body(line.statement, before.number)


def rounds_to_leave_out(call: Call) -> dict[int, int]:
    """The lines of all rounds but the first and the last of a long loop, and on the first such line their number."""
    heads: dict[ast.stmt, list[int]] = {}
    for line in call.lines:
        if isinstance(line.statement, ast.For) and line.bound and line.statement in call.function.definition.body:
            heads.setdefault(line.statement, []).append(line.order)
    left_out: dict[int, int] = {}
    for loop, orders in heads.items():
        inside: list[Any] = [node for part in loop.body for node in ast.walk(part)]  # type: ignore[attr-defined]
        adds_up = any(isinstance(node, ast.AugAssign) for node in inside)
        calls = any(line.calls for line in call.lines[orders[0] : orders[-1]])
        if len(orders) > LONGEST_LOOP and calls and not adds_up and orders[0] not in left_out:
            for order in range(orders[1], orders[-1]):
                left_out[order] = 0
            left_out[orders[1]] = len(orders) - 2
    return left_out


def name_of(node: ast.Call) -> str:
    """What a call calls: f in f(x) and in object.f(x)."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def calls_inside_out(node: ast.AST) -> list[ast.Call]:
    """The calls in the order in which Python makes them; not those of comprehensions, which make any number of them."""
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)):
        return []
    calls = []
    for child in ast.iter_child_nodes(node):
        calls += calls_inside_out(child)
    if isinstance(node, ast.Call):
        calls.append(node)
    return calls
