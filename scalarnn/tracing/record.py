"""The recorder: run a function and keep every executed line of the chosen functions.

For each line: where it stands, its source, the names it read with their values, the names it bound with theirs, how
deep the call was. The code is left alone: Python itself reports the lines (`sys.settrace`), and values are copied as
they were at that moment, since a list may grow later.

    Recording     the result, and the calls in the order of their beginning
    Call          one call of one function: its lines, and from which line it was called
    Line          one execution of one statement

Memory is bounded: at most `max_lines` lines and `max_numbers` copied numbers. By default that stays below 100 MB: 90 MB
was the most that runs written to need as much as possible took, before they were stopped with a RecordingTooLong that
says what to do; the longest worked example, 200 iterations of a layer, takes 58 MB.
"""

from __future__ import annotations

import ast
import inspect
import os
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from fractions import Fraction
from operator import is_

from scalarnn.digits import value_text
from scalarnn.notebook import on_a_screen, table
from scalarnn.notebook.screen import ROWS
from scalarnn.tracing.source import function_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import FrameType
    from typing import Any

    from scalarnn.tracing.source import Facts, FunctionSource

__all__ = ["DOORS", "Call", "Line", "Recording", "RecordingTooLong", "is_transparent", "record"]

# The dicts that are kept as they were; one of another class may know more than its entries.
DICTS = frozenset((dict, defaultdict, Counter, OrderedDict))

MAX_LINES = 100_000
MAX_NUMBERS = 1_000_000

# The rooms whose lines are mathematics, with the rooms in them: what a reader wants to see executed.
MATHEMATICS = (
    "scalarnn.neuron",
    "scalarnn.layer",
    "scalarnn.activations",
    "scalarnn.softmax",
    "scalarnn.losses",
    "scalarnn.labels",
    "scalarnn.network",
    "scalarnn.learning",
    "scalarnn.dialects",
    "scalarnn.layouts",
)

# Functions that only check what they are given, ask what sort it is, or choose what a sum adds: no mathematics.
CHECKS = ("_check", "_is_", "_that_add")


# The room that looks at what users give, and hands on: a line that calls a door calls what is behind it.
DOORS = "scalarnn.doors"


def is_transparent(module: Any) -> bool:
    """Whether a module is the doors', whose lines nobody wants to see."""
    return module == DOORS or str(module).startswith(f"{DOORS}.")


class RecordingTooLong(Exception):  # noqa: N818
    """The run has more lines, or larger lists, than a recording may hold."""


# What most lines have; one object for all of them, never changed.
NOTHING: dict[str, Any] = {}
NO_CALLS: list[Call] = []


class Line:
    """One execution of one statement.

    Attributes:
        call: the Call it belongs to.
        order: its place among the lines of its call, from 0.
        facts: what is known of its statement: the syntax tree, the text.
        read: the names it read and their values, as they were.
        bound: the names it bound and their values, right after it.
        calls: the recorded calls made by it.
        value: the value of the first name bound; for a `return`, the value returned; for an `if`, True or False.
        attributes_read: the attributes that it read, such as `self.w`, and their values, as they were.
        attributes_bound: the attributes that it bound, and their values, right after it.
    """

    __slots__ = (
        "attributes_bound",
        "attributes_read",
        "bound",
        "call",
        "calls",
        "facts",
        "order",
        "read",
        "value",
    )

    def __init__(self, call: Call, facts: Facts, read: dict[str, Any]) -> None:
        self.call = call
        self.facts = facts
        self.order = len(call.lines)
        self.read = read
        self.bound: dict[str, Any] = NOTHING
        self.calls: list[Call] = NO_CALLS
        self.value: Any = None
        self.attributes_read: dict[str, Any] = NOTHING
        self.attributes_bound: dict[str, Any] = NOTHING

    @property
    def statement(self) -> ast.stmt:
        """Its syntax tree; for `if`, `for` and `while` only the head was executed."""
        return self.facts.statement

    @property
    def number(self) -> int:
        """Its line number in the file, from 1."""
        return self.facts.statement.lineno

    @property
    def source(self) -> str:
        """Its text, without indentation."""
        return self.facts.text

    @property
    def file(self) -> str:
        """The file it stands in."""
        return self.call.function.file

    @property
    def depth(self) -> int:
        """How many recorded calls are above this one: 0 for the function that was asked for."""
        return self.call.depth

    def __repr__(self) -> str:
        return f"<Line {self.call.function.name}:{self.number} {self.source!r}>"


class Call:
    """One call of one function.

    Attributes:
        function: what is known of its source.
        arguments: its parameters and their values at the start.
        caller: the Line that made the call; None for the outermost.
        depth: 0 for the outermost.
        lines: what was executed, in order.
        returned: the value returned; None too where an exception ended it.
        room: the global names that it sees.
    """

    __slots__ = ("arguments", "caller", "depth", "function", "lines", "returned", "room")

    def __init__(
        self, function: FunctionSource, arguments: dict[str, Any], caller: Line | None, room: dict[str, Any]
    ) -> None:
        self.function = function
        self.room = room
        self.arguments = arguments
        self.caller = caller
        self.depth = 0 if caller is None else caller.depth + 1
        self.lines: list[Line] = []
        self.returned: Any = None

    @property
    def name(self) -> str:
        """What was called; of a method that a class has from another one, under the name of its own class."""
        own = type(self.arguments["self"]).__name__ if "self" in self.arguments else ""
        inside, dot, method = self.function.name.rpartition(".")
        return f"{own}.{method}" if own and dot and "<locals>" not in inside else self.function.name

    def __repr__(self) -> str:
        return f"<Call {self.function.name}, {len(self.lines)} lines>"


class Recording:
    """What a run did.

    Attributes:
        result: what the function returned.
        call: the outermost call, with its lines, their calls, and so on.
    """

    def __init__(self, result: Any, call: Call) -> None:
        self.result = result
        self.call = call

    def lines(self) -> list[Line]:
        """Every line in the order in which it began, callees after the line that calls them."""
        return list(_flat(self.call))

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        """For each line: its source, as deep as its call; where it stands; what it bound or returned. Some in full."""
        for number, line in enumerate(_flat(self.call)):
            if number > ROWS:
                yield "", "", ""
                continue
            values = [f"{name} = {value_text(value)}" for name, value in line.bound.items()]
            if isinstance(line.statement, ast.Return):
                values = [value_text(line.value)]
            where = f"{os.path.basename(line.file)}:{line.number}"  # noqa: PTH119
            yield "\u2003" * line.depth + line.source, where, ", ".join(values)

    def __repr__(self) -> str:
        rows = ("   ".join(filter(None, (source, values))) for source, _, values in self._rows())
        lines = [f"<Recording of {self.call.name}>", *(f"  {row}" for row in rows)]
        return on_a_screen(lines, "recording.lines()")

    def _repr_html_(self) -> str:
        return table(("line", "where", "values"), self._rows(), "recording.lines()")


def record(
    function: Callable[..., Any],
    *arguments: Any,
    also: Iterable[str] = MATHEMATICS,
    max_lines: int = MAX_LINES,
    max_numbers: int = MAX_NUMBERS,
    **keywords: Any,
) -> Recording:
    """Run a function and record its lines, and those of the functions of its module and of the modules in `also`.

    The result is the one of an unrecorded run, bit for bit.

    Args:
        function: a Python function or method, of this package or your own.
        arguments: passed on.
        also: names of further modules to record; by default the mathematics of this package.
        max_lines: how many lines a recording may hold.
        max_numbers: how many numbers its copies of lists may hold.
        keywords: passed on.

    Returns:
        The Recording.

    Raises:
        TypeError: function is not written in Python.
        RecordingTooLong: the run is too long to be read; the function was stopped in the middle.
        RuntimeError: the function called breakpoint(), or sys.settrace: only its beginning was recorded.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> recording = record(neuron_forward, [1, -2, 3], [-3, -1, 2], 1)
        >>> recording.result
        6
        >>> [line.source for line in recording.lines() if "z" in line.bound]
        ['z = s + b']
    """
    target = inspect.unwrap(function)
    if not hasattr(target, "__code__") and not hasattr(getattr(target, "__func__", None), "__code__"):
        raise TypeError(f"function is {function!r}: expected a function written in Python")
    if getattr(target, "__name__", "") == "<lambda>":
        raise TypeError("function is a lambda, which has no lines: expected a function made with def")
    recorder = _Recorder({target.__module__, *also}, max_lines, max_numbers)
    before, was_cut_short = sys.gettrace(), False
    sys.settrace(recorder.on_call)
    try:
        result = function(*arguments, **keywords)
        was_cut_short = sys.gettrace() != recorder.on_call
    except _Stop:
        pass
    finally:
        sys.settrace(before)
    if recorder.too_long:  # even where the function caught what should have stopped it
        raise RecordingTooLong(recorder.too_long)
    if was_cut_short:
        raise RuntimeError(
            "the recording was cut short: the function, or what it calls, set another trace function, as breakpoint() "
            "and debuggers do; record it without"
        )
    if recorder.outermost is None:
        raise TypeError(
            f"function is {function!r}: no line of it was executed where the recorder could see it; "
            "expected a function whose source is in a file"
        )
    return Recording(result, recorder.outermost)


# ---- while it runs ---------------------------------------------------------------------------------------------------


class _Stop(BaseException):
    """Ends a run that is too long; no Exception, so that no `except` of the function holds it up."""


class _Recorder:
    """What `sys.settrace` calls: one object for one run."""

    def __init__(self, modules: set[str], max_lines: int, max_numbers: int) -> None:
        self.modules = modules
        self.follows: dict[Any, bool] = {}
        self.max_lines = max_lines
        self.max_numbers = max_numbers
        self.copies: dict[int, list[Any]] = {}  # for the identity of a list, its last copy
        self.n_lines = 0
        self.n_numbers = 0
        self.too_long = ""
        self.outermost: Call | None = None
        self.open: list[_OpenCall] = []

    def on_call(self, frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ARG002
        """A function begins: follow its lines if it is one of the chosen."""
        name = frame.f_globals.get("__name__")
        if name not in self.follows:
            self.follows[name] = self.is_chosen(str(name))
        if not self.follows[name]:  # a door of the package too: the line that called it calls what is behind it
            return None
        if self.open and frame.f_code.co_name.startswith(CHECKS):
            return None
        function = function_source(frame.f_code, frame.f_globals)
        if function is None:  # a comprehension, a lambda, a class body, code without source
            return None
        inner = self.open[-1] if self.open else None
        if inner is not None and function.is_carried and inner.call.function is function:
            opened = _OpenCall(self, inner.call, goes_on=True)  # for the rows of a matrix
            self.open.append(opened)
            return opened.on_event
        caller = inner.pending if inner is not None else None
        if caller is None and self.outermost is not None:
            return None
        values = frame.f_locals
        arguments = {name: self.copied(values[name]) for name in function.parameters}
        call = Call(function, arguments, caller, frame.f_globals)
        if caller is None:
            self.outermost = call
        else:
            caller.calls = [*caller.calls, call]
        opened = _OpenCall(self, call)
        self.open.append(opened)
        return opened.on_event

    def is_chosen(self, module: str) -> bool:
        """Whether a module is one of the chosen, or in one of them."""
        return module in self.modules or module.startswith(
            tuple(f"{chosen}." for chosen in self.modules if chosen in MATHEMATICS)
        )

    def count_line(self) -> None:
        """One more line."""
        self.n_lines += 1
        if self.n_lines > self.max_lines:
            self.stop(
                f"more than {self.max_lines} lines: too long to read; record a smaller run, one step or one sample"
            )

    def copied(self, value: Any) -> Any:
        """The value as it is now: lists, tuples and dicts are copied, all the way down."""
        kind = type(value)
        if kind is float or value is None or (kind is int and value.bit_length() < 256):
            return value
        if isinstance(value, (list, tuple)):
            self.count_numbers(len(value) + 1)
            again = self.copied_list(value)
            return again if kind is list or not hasattr(kind, "_fields") else kind(*again)  # a named tuple
        if kind in DICTS:
            self.count_numbers(len(value) + 1)
            return {key: self.copied(entry) for key, entry in value.items()}
        if kind is deque:
            self.count_numbers(len(value) + 1)
            return [self.copied(entry) for entry in value]
        if kind.__module__ == "numpy" and hasattr(kind, "__array__"):
            self.count_numbers(value.size)
            return value.copy() if value.shape else value.item()
        self.count_numbers(_size(value) - 1)
        return value

    def copied_list(self, value: Sequence[Any]) -> list[Any]:
        """A copy of a list; the last one again, if the same numbers are still there."""
        before = self.copies.get(id(value))
        if set(map(type, value)) == {float}:
            again = list(value)
            if before == again and 0.0 not in again and set(map(type, before)) == {float}:  # 0.0 may have been −0.0
                return before
        else:
            again = [self.copied(entry) for entry in value]
            if before is not None and len(before) == len(again) and all(map(is_, before, again)):
                return before
        self.copies[id(value)] = again
        return again

    def count_numbers(self, n: int) -> None:
        """So many more numbers; a list counts as one more, an exact number by its digits."""
        self.n_numbers += n
        if self.n_numbers > self.max_numbers:
            self.stop(
                f"more than {self.max_numbers} numbers in lists: too large to read; record a smaller network or step"
            )

    def stop(self, why: str) -> None:
        """End the run."""
        self.too_long = why
        raise _Stop


def _size(value: Any) -> int:
    """As how many numbers an exact number counts: one for 256 binary digits."""
    if isinstance(value, int):
        return 1 + value.bit_length() // 256
    if isinstance(value, Fraction):
        return 1 + (value.numerator.bit_length() + value.denominator.bit_length()) // 256
    return 1


class _OpenCall:
    """A call that has not returned yet, and its line that has not finished yet."""

    def __init__(self, recorder: _Recorder, call: Call, *, goes_on: bool = False) -> None:
        self.recorder = recorder
        self.goes_on = goes_on
        self.call = call
        self.by_line = call.function.by_line
        self.pending: Line | None = None
        self.raised = False
        self.began_at = 0

    def on_event(self, frame: FrameType, event: str, argument: Any) -> Any:
        """A line begins, an exception passes through, or the function returns."""
        if event == "line":
            self.on_line(frame)
        elif event == "exception":
            self.raised = not issubclass(argument[0], StopIteration)  # how a loop is told that nothing is left
        elif event == "return":
            self.finish(frame.f_locals, next_number=0)
            if not self.goes_on:
                self.call.returned = self.recorder.copied(argument)
                if self.call.lines and isinstance(self.call.lines[-1].statement, ast.Return):
                    self.call.lines[-1].value = self.call.returned
            while self.recorder.open and self.recorder.open.pop() is not self:
                pass
        return self.on_event

    def on_line(self, frame: FrameType) -> None:
        facts = self.by_line.get(frame.f_lineno)
        pending = self.pending
        if pending is not None and facts is pending.facts and frame.f_lasti > self.began_at:
            return  # still inside a statement that spans lines or holds a comprehension
        values = frame.f_locals
        self.finish(values, next_number=frame.f_lineno)
        if facts is None or facts.says_nothing:  # None: a line around those of a rule
            self.pending = None
            return
        self.recorder.count_line()
        copied = self.recorder.copied
        read = {name: copied(values[name]) for name in facts.reads if name in values}
        if len(read) < len(facts.reads):
            room = frame.f_globals
            read |= {
                name: copied(room[name]) for name in facts.reads if name not in values and _is_data(room.get(name))
            }
        self.pending = Line(self.call, facts, read)
        if facts.loads:
            self.pending.attributes_read = self.attributes(values, facts.loads)
        self.began_at = frame.f_lasti
        self.call.lines.append(self.pending)

    def finish(self, values: dict[str, Any], next_number: int) -> None:
        """The pending line is over: see what it bound."""
        line, raised = self.pending, self.raised
        self.raised = False
        if line is None or raised:
            return
        facts = line.facts
        if facts.is_branch:
            line.value = facts.has_in_body(next_number)
        elif facts.is_loop and not facts.has_in_body(next_number):
            return  # the head of a loop is executed once more to find that nothing is left
        if facts.binds:
            copied = self.recorder.copied
            line.bound = {name: copied(values[name]) for name in facts.binds if name in values} or NOTHING
            if len(line.bound) < len(facts.binds):
                line.bound = self.with_globals(line.bound, facts) or NOTHING
            if line.bound and not facts.is_branch:
                line.value = next(iter(line.bound.values()))
        if facts.stores:
            line.attributes_bound = self.attributes(values, facts.stores)

    def with_globals(self, bound: dict[str, Any], facts: Facts) -> dict[str, Any]:
        """What a line bound, with the names of the module: `global total`, or a list of the module that it changed."""
        room = self.call.room
        names = [name for name in facts.binds if name not in bound and _is_data(room.get(name))]
        return bound | {name: self.recorder.copied(room[name]) for name in names}

    def attributes(self, values: dict[str, Any], wanted: list[tuple[str, str]]) -> dict[str, Any]:
        """The values of attributes such as `self.w`."""
        found = {}
        for name, attribute in wanted:
            held = getattr(values.get(name), "__dict__", None)
            if isinstance(held, dict) and _is_data(held.get(attribute)):
                found[f"{name}.{attribute}"] = self.recorder.copied(held[attribute])
        return found or NOTHING


def _is_data(value: Any) -> bool:
    """Whether a value is a number or a list, and no function, module or object of some other sort."""
    return isinstance(value, (list, tuple, dict)) or (
        hasattr(type(value), "__truediv__") and hasattr(type(value), "__neg__")
    )


def _flat(call: Call) -> Iterator[Line]:
    for line in call.lines:
        yield line
        for made in line.calls:
            yield from _flat(made)
