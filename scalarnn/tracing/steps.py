"""Which recorded lines a reader walks through, which of them are derivation steps, and where to stop a debugger.

A derivation step is a line that binds a named number (or a vector, or a matrix of them). Checks are left out of the
walk altogether. Heads of loops, branches, empty lists and rows looked up for speed are walked through, and are no
steps.
"""

from __future__ import annotations

import ast
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from scalarnn.tracing.record import Call, Line

__all__ = [
    "Breakpoint",
    "breakpoints",
    "frame_values",
    "in_package",
    "is_step",
    "quantities",
    "shown_lines",
    "visible",
    "visible_calls",
]

# In a comprehension's own frame, which Python has up to 3.11, the first local is called ".0".
NOT_INSIDE_A_COMPREHENSION = '".0" not in locals()'


def shown_lines(call: Call) -> list[Line]:
    """The lines of a call and of the calls below it, in the order of execution, without checks.

    Examples:
        >>> from scalarnn import relu
        >>> from scalarnn.tracing import record
        >>> [line.source for line in shown_lines(record(relu, 6).call)]
        ['if z > 0:', 'a = z', 'return a']
    """
    return list(_below(call.lines))


def visible(lines: Iterable[Line]) -> Iterator[Line]:
    """Those of a call's own lines that are no checks."""
    for line in lines:
        if not _is_check(line.statement):
            yield line


def visible_calls(line: Line) -> Iterator[Call]:
    """The recorded calls that a line makes, without private checks."""
    for made in line.calls:
        if not _is_private_check(made.function.name.rpartition(".")[2]):
            yield made


def is_step(line: Line) -> bool:
    """Whether the line is a derivation step: it binds a named number, or numbers, and does more than bookkeeping.

    Examples:
        >>> from scalarnn import weighted_sum
        >>> from scalarnn.tracing import record
        >>> [line.source for line in shown_lines(record(weighted_sum, [2], [3]).call) if is_step(line)]
        ['s += w[i] * x[i]']
    """
    statement = line.statement
    if isinstance(statement, ast.AugAssign):
        return bool(line.bound) and all(_has_numbers(value) for value in line.bound.values())
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or not line.bound:
        return False
    if not all(_has_numbers(value) for value in line.bound.values()):
        return False
    if statement.value is None or _is_start_of_a_sum(line, statement):
        return False
    looked_up = isinstance(statement.value, (ast.Subscript, ast.Name, ast.Tuple)) and isinstance(line.value, list)
    return not looked_up or _has_comment(line)


def quantities(line: Line) -> str:
    """The names that a line binds, as text: `dL_dw, dL_db, dL_dx`."""
    return ", ".join(line.bound)


def frame_values(line: Line) -> dict[str, Any]:
    """The names of the line's call with their values right after the line, in the order in which they appeared.

    Examples:
        >>> from scalarnn import relu
        >>> from scalarnn.tracing import record
        >>> frame_values(shown_lines(record(relu, 6).call)[-1])
        {'z': 6, 'a': 6}
    """
    values = dict(line.call.arguments)
    for earlier in line.call.lines:
        values.update(earlier.bound)
        if earlier is line:
            break
    return values


class Breakpoint:
    """A place to stop a debugger, on a derivation step.

    Attributes:
        file: the path of the file.
        number: the line in it.
        quantity: the names that the line binds.
        condition: what has to hold there, for a line that holds a comprehension; else empty.
        lines: the executions of that line in the recording.
    """

    __slots__ = ("condition", "file", "lines", "number", "quantity")

    def __init__(self, line: Line) -> None:
        self.file = line.file
        self.number = line.number
        self.quantity = quantities(line)
        self.condition = NOT_INSIDE_A_COMPREHENSION if _has_comprehension(line.statement) else ""
        self.lines = [line]

    @property
    def place(self) -> str:
        """File and line as pdb's `break` finds them from anywhere: `scalarnn/neuron.py:119`."""
        return f"{in_package(self.file) or self.file}:{self.number}"


def in_package(file: str) -> str:
    """A file of the package by its place in it, `scalarnn/neuron.py`, wherever the package is; empty for another file.

    Examples:
        >>> in_package("/home/me/scalarnn/scalarnn/layer.py"), in_package("/home/me/homework.py")
        ('scalarnn/layer.py', '')
    """
    parts = file.replace(os.sep, "/").split("/")
    if "scalarnn" not in parts[:-1]:
        return ""
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("scalarnn") :])


def breakpoints(lines: Sequence[Line]) -> list[Breakpoint]:
    """A breakpoint for each line that is a derivation step, in the order in which they are reached."""
    found: dict[tuple[str, int], Breakpoint] = {}
    for line in lines:
        if not is_step(line):
            continue
        place = (line.file, line.number)
        if place in found:
            found[place].lines.append(line)
        else:
            found[place] = Breakpoint(line)
    return list(found.values())


# ---- checks ----------------------------------------------------------------------------------------------------------


def _below(lines: Iterable[Line]) -> Iterator[Line]:
    for line in visible(lines):
        yield line
        for made in visible_calls(line):
            yield from _below(made.lines)


def _is_check(statement: ast.stmt) -> bool:
    """A call of `check.…` or of `_check…`, an error raised, or a branch or loop with nothing else in it."""
    if isinstance(statement, (ast.Raise, ast.Assert)):
        return True
    if isinstance(statement, (ast.If, ast.For)):
        return not statement.orelse and all(_is_check(inner) for inner in statement.body)
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    function = statement.value.func
    if isinstance(function, ast.Attribute):
        owner = function.value
        return (isinstance(owner, ast.Name) and owner.id == "check") or _is_private_check(function.attr)
    return isinstance(function, ast.Name) and _is_private_check(function.id)


def _is_private_check(name: str) -> bool:
    return name.startswith("_check")


# ---- bookkeeping -----------------------------------------------------------------------------------------------------


def _has_numbers(value: Any) -> bool:
    """A number, or a list of numbers that is not empty."""
    if isinstance(value, list):
        return bool(value) and all(_has_numbers(entry) for entry in value)
    return not isinstance(value, (bool, str)) and hasattr(type(value), "__truediv__")


def _is_start_of_a_sum(line: Line, statement: ast.Assign | ast.AnnAssign) -> bool:
    """`s = 0` or `dL_dx = [0] * n` where the same function adds to that name later."""
    if any(isinstance(node, ast.Name) for node in ast.walk(statement.value or statement)) and not _is_list_of_zeros(
        statement.value
    ):
        return False
    return any(name in _grown(line.call.function.definition) for name in line.bound)


def _is_list_of_zeros(value: ast.expr | None) -> bool:
    """`[0] * len(x)`, or a comprehension of such rows."""
    if isinstance(value, ast.ListComp):
        return _is_list_of_zeros(value.elt)
    return isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult) and isinstance(value.left, ast.List)


def _grown(definition: ast.FunctionDef) -> set[str]:
    """The names to which a function adds: `s += …`, `s = s + …`."""
    if definition not in _GROWN:
        names = set()
        for node in ast.walk(definition):
            if isinstance(node, ast.AugAssign):
                names.add(_root(node.target))
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                if any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node.value)):
                    names.add(name)
        _GROWN[definition] = names
    return _GROWN[definition]


_GROWN: dict[ast.FunctionDef, set[str]] = {}


def _root(target: ast.expr) -> str:
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _has_comment(line: Line) -> bool:
    text = line.call.function.text[(line.statement.end_lineno or line.number) - 1]
    after = text.encode()[line.statement.end_col_offset or 0 :].decode()
    return after.lstrip().startswith("#")


def _has_comprehension(statement: ast.stmt) -> bool:
    kinds = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return any(isinstance(node, kinds) for node in ast.walk(statement))
