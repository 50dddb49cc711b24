"""A call that is being unrolled: its names, its place, and the counters that its loops are at."""

from __future__ import annotations

import builtins

from scalarnn.unrolled.heap import MISSING, Book
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Origin, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["Frame"]

_BUILTINS = vars(builtins)


class Frame:
    """One call of a function.

    Attributes:
        function: what was called.
        names: its local names; a container like any other, so that branches can put it back.
        around: names of an enclosing function, for a function defined inside another.
        counters: loop counters and what they are at, for names such as z_j.
        line: the line that is at work, as in the file.
    """

    __slots__ = (
        *("around", "book", "caller", "counters", "depth", "function", "globals", "line", "loops", "names", "offset"),
        *("path", "quiet", "rounds", "run", "settled"),
    )

    def __init__(self, run: Run, function: Any, offset: int, names: dict[str, Any], around: dict[str, Any]) -> None:
        self.run = run
        self.function = function
        self.globals = function.__globals__
        self.offset = offset
        self.names = run.heap.new(names)
        run.owners[id(names)] = self
        self.around = around
        self.caller: Frame | None = run.frame
        self.depth: int = 0 if self.caller is None else self.caller.depth + 1
        self.path: tuple[Any, ...] = ()
        if self.caller is not None:
            self.path = (*self.caller.path, (self.caller.function, self.caller.line))
        self.counters: dict[str, int] = {}
        self.book = run.heap.new(Book())
        self.rounds: list[tuple[frozenset[str], int]] = []  # of each open loop: names bound before it, rounds so far
        self.quiet = False  # a loop hands out what has a name already
        self.settled: set[str] = set()  # names that are bound outside of loops
        self.loops: list[tuple[Any, Any]] = []  # where break and continue lead
        self.line: int = function.__code__.co_firstlineno

    def origin(self, line: int | None = None) -> Origin:
        """The line that is at work, or another one of this call."""
        return Origin((*self.path, (self.function, self.line if line is None else line)))

    @property
    def place(self) -> str:
        """File and line, as a message begins."""
        file = self.function.__code__.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{file}:{self.line}"

    def read(self, name: str) -> Any:
        """What a name stands for.

        Raises:
            UnrollError: one side of a branch has not bound it, or nothing has.
        """
        for names in (self.names, self.around, self.globals, _BUILTINS):
            if name in names:
                found = names[name]
                if found is MISSING:
                    raise UnrollError(f"{name} is not the same kind of thing, or not bound, on both sides of a branch")
                return found
        raise UnrollError(f"{name} is not bound")

    def write(self, name: str, thing: Any) -> None:
        """Bind a local name."""
        if self.run.heap.levels:
            self.run.heap.change(self.names, name)
            self.run.heap.change(self.book, "it")
            self.book[name] = self.line
        self.names[name] = thing
        if type(thing) is Value and not self.quiet:
            if any(name not in before for before, _ in self.rounds):
                self.settled.discard(name)
            else:
                self.settled.add(name)
            self.bind(name, thing)

    def bind(self, name: str, value: Value) -> None:
        """A variable holds this value: it may be called so, with the loop's counters for the letters of its indices."""
        if value.op == "input":
            return
        value.is_bound = True
        value.proposals.append((self.depth, self._indexed(name)))
        if value.origin is not None and value.origin.variable is None:
            value.origin.variable = name

    def _indexed(self, name: str) -> str:
        """z_j is z_0 where j is at 0; a name that is new in each round of a loop gets the number of the round."""
        head, _, letters = name.rpartition("_")
        if head and letters:
            if letters in self.counters:
                return f"{head}_{self.counters[letters]}"
            if all(letter in self.counters for letter in letters):
                return head + "_" + "_".join(str(self.counters[letter]) for letter in letters)
        rounds = [str(number) for before, number in self.rounds if name not in before]
        return "_".join([name, *rounds])

    def name_lists(self, parameters: frozenset[str]) -> None:
        """Propose names for what is in the lists that this call has made: z_0, dL_dW_01."""
        for name, thing in self.names.items():
            if isinstance(thing, (list, tuple)) and name not in parameters:
                name_entries(name, thing, self.depth)
            elif type(thing) is Value and thing.op != "input" and name in self.settled and self.depth == 0:
                thing.proposals.append((-1, name))  # what it is in the end, it is called


def name_entries(name: str, entries: Any, depth: int) -> None:
    """Propose name_0, name_1 … for the values in a nested list."""
    short = _largest(entries) <= 10

    def visit(entry: Any, at: tuple[int, ...]) -> None:
        if type(entry) is Value:
            if entry.op != "input":
                separator = "" if short else "_"
                entry.proposals.append((depth, f"{name}_{separator.join(map(str, at))}"))
                entry.is_bound = True
        elif isinstance(entry, (list, tuple)):
            for i in range(len(entry)):
                visit(entry[i], (*at, i))

    visit(entries, ())


def _largest(entries: Any) -> int:
    largest = len(entries)
    for entry in entries:
        if isinstance(entry, (list, tuple)):
            largest = max(largest, _largest(entry))
    return largest
