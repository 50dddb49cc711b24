"""Small questions about the syntax of a function, and about the order of its recorded lines."""

from __future__ import annotations

import ast
from functools import cache

from scalarnn.tracing.symbols import INDEX_LETTERS
from scalarnn.tracing.values import is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.record import Call, Line

__all__ = [
    "bound_in_loops_only",
    "enclosing_loops",
    "extremes",
    "loop_in_place",
    "names_added_to",
    "rounds_to_leave_out",
]

LONGEST_LOOP = 3
LONGEST_SUM = 6  # of a loop that adds up, and does something else too
LONGEST_REPETITION = 12  # of a loop that calls nothing and adds nothing


@cache
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


@cache
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


@cache
def enclosing_loops(definition: ast.FunctionDef) -> dict[ast.stmt, list[str]]:
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

    visit(definition.body, [])
    return found


def loop_in_place(line: Line) -> bool:
    """Whether the head of a loop is reached from its own body, and not for the first time."""
    if line.order == 0:
        return False
    before = line.call.lines[line.order - 1]
    return before.facts is line.facts or line.facts.has_in_body(before.number)


def rounds_to_leave_out(call: Call) -> dict[int, int]:
    """The lines of all rounds but the first and the last of a long loop, and on the first such line their number."""
    heads: dict[ast.stmt, list[int]] = {}
    body = call.function.definition.body
    for line in call.lines:
        is_round = line.bound if isinstance(line.statement, ast.For) else line.value
        if isinstance(line.statement, (ast.For, ast.While)) and is_round and line.statement in body:
            heads.setdefault(line.statement, []).append(line.order)
    left_out: dict[int, int] = {}
    for loop, orders in heads.items():
        inside: list[Any] = [node for part in loop.body for node in ast.walk(part)]  # type: ignore[attr-defined]
        adds_up = any(isinstance(node, ast.AugAssign) for node in inside)
        assigns = any(isinstance(node, ast.Assign) for node in inside)
        works = isinstance(loop, ast.While) or any(line.calls for line in call.lines[orders[0] : orders[-1]])
        works = works or (assigns and (adds_up or len(orders) > LONGEST_REPETITION))
        if works and len(orders) > (LONGEST_SUM if adds_up else LONGEST_LOOP) and orders[0] not in left_out:
            for order in range(orders[1], orders[-1]):
                left_out[order] = 0
            left_out[orders[1]] = len(orders) - 2
    return left_out
