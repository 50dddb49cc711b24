"""The lines of a program as they come: an operation is added, unless it has been computed before."""

from __future__ import annotations

from scalarnn.unrolled.heap import Heap
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Block, Origin, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Lines", "key_of", "kind_of"]

BOOLS = frozenset(["lt", "le", "gt", "ge", "eq", "ne", "not", "and", "or", "is_float", "is_int", "is_symbolic"])
MOST_LINES = 400_000


class Lines:
    """Everything that unrolling keeps while it goes through a function.

    Attributes:
        kind: "float" or "any".
        keep: counters whose loops stay loops.
        heap: lists, dicts and objects as they are.
        block: where the next line goes.
        frame: the call that is at work.
        facts: what is known of comparisons here.
        rows: arguments that are still as they were given.
        owners: whose local names a dict holds.
        evaluate, execute, call, inline, method_of, append: what the rooms above this one do with an expression, with
            statements, with calls, with an attribute and with a list that grows; put in place when unrolling begins.
    """

    def __init__(self, kind: str, keep: frozenset[str]) -> None:
        self.kind = kind
        self.keep = keep
        self.heap = Heap()
        self.block = Block()
        self.frame: Any = None
        self.facts: dict[Value, bool] = {}
        self.n_lines = 0
        self.n_raises = 0
        self.rows: dict[int, tuple[str, tuple[Any, ...]]] = {}
        self.outermost: dict[str, Any] = {}  # the local names of the function that is unrolled
        self.owners: dict[int, Any] = {}
        self.evaluate: Callable[..., Any]
        self.execute: Callable[..., Any]
        self.call: Callable[..., Any]
        self.inline: Callable[..., Any]
        self.method_of: Callable[..., Any]
        self.append: Callable[..., None]

    # ---- operations --------------------------------------------------------------------------------------------------

    def emit(self, op: str, *args: Any) -> Value:
        """The value of an operation: the one computed before, if it was, or a new line."""
        key = (op, *[key_of(argument) for argument in args])
        block: Block | None = self.block
        while block is not None:
            found = block.table.get(key)
            if found is not None:
                self._also(found)
                return found
            block = block.parent
        value = Value(op, args, self._kind(op, args), self.block, self.origin())
        self.block.table[key] = value
        self.add(value)
        return value

    def add(self, item: Any) -> None:
        """Put a statement into the present block."""
        self.n_lines += 1
        if self.n_lines > MOST_LINES:
            raise UnrollError(f"more than {MOST_LINES:,} lines: keep a loop, or take fewer samples")
        self.block.items.append(item)

    def origin(self) -> Origin | None:
        """The line that is at work."""
        return self.frame.origin() if self.frame is not None else None

    def _also(self, value: Value) -> None:
        if len(value.more) < 8 and self.frame is not None:
            value.more.append(self.frame.origin())

    def _kind(self, op: str, args: tuple[Any, ...]) -> str:
        if op in BOOLS:
            return "bool"
        if self.kind == "any":
            return "any"
        if op in ("add", "sub", "mul", "neg", "pow", "abs", "mod", "floordiv", "select", "phi", "pos", "sum"):
            kinds = {kind_of(a) for a in (args[1:] if op == "select" else args)}
            if op in ("select", "phi"):
                return kinds.pop() if len(kinds) == 1 else _join(kinds)
            if "float" in kinds:
                return "float"
            return "int" if kinds <= {"int", "bool"} and op != "pow" else "number"
        return "float"

    # ---- truth -------------------------------------------------------------------------------------------------------

    def known_truth(self, condition: Value) -> bool | None:
        """What a comparison that encloses this line has already said about this one."""
        found = self.facts.get(condition)
        if found is None and condition.op == "not":
            inner = self.facts.get(condition.args[0])
            return None if inner is None else not inner
        return found


def key_of(argument: Any) -> Any:
    """What two equal operands share: 0, 0.0, −0.0 and False are four."""
    if isinstance(argument, Value):
        return argument
    if isinstance(argument, tuple):
        return tuple(key_of(part) for part in argument)
    return type(argument), repr(argument)


def kind_of(argument: Any) -> str:
    """The kind of an operand."""
    if isinstance(argument, Value):
        return argument.kind
    if type(argument) is bool:
        return "bool"
    if type(argument) is int:
        return "int"
    return "float" if isinstance(argument, float) else "number"


def _join(kinds: set[str]) -> str:
    return "number" if kinds != {"int", "bool"} else "int"
