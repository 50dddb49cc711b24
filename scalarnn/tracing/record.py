"""The recorder: run a function and keep every executed line of the chosen functions.

For each line: where it stands, its source, the names it read with their values, the names it bound with theirs, how
deep the call was. The code is left alone: Python itself reports the lines (`sys.settrace`), and values are copied as
they were at that moment, since a list may grow later.

    Recording     the result, and the calls in the order of their beginning
    Call          one call of one function: its lines, and from which line it was called
    Line          one execution of one statement

Memory is bounded: at most `max_lines` lines and `max_numbers` copied numbers, by default about 100 MB at the very most;
beyond that the run is stopped with a RecordingTooLong that says what to do.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType, FrameType
    from typing import Any

__all__ = ["Call", "Line", "Recording", "RecordingTooLong", "record"]

MAX_LINES = 100_000
MAX_NUMBERS = 1_000_000

# The rooms whose lines are mathematics: what a reader wants to see executed.
MATHEMATICS = (
    "scalarnn.neuron",
    "scalarnn.layer",
    "scalarnn.activations",
    "scalarnn.softmax",
    "scalarnn.losses",
    "scalarnn.labels",
    "scalarnn.network",
    "scalarnn.optimizers",
    "scalarnn.layouts",
)


class RecordingTooLong(Exception):  # noqa: N818
    """The run has more lines, or larger lists, than a recording may hold."""


class Line:
    """One execution of one statement.

    Attributes:
        call: the Call it belongs to.
        order: its place among the lines of its call, from 0.
        number: its line number in the file, from 1.
        statement: its syntax tree; for `if`, `for` and `while` only the head was executed.
        source: its text, without indentation.
        read: the names it read and their values, as they were.
        bound: the names it bound and their values, right after it.
        calls: the recorded calls made by it.
        value: the value of the first name bound; for a `return`, the value returned; for an `if`, True or False.
    """

    __slots__ = ("bound", "call", "calls", "number", "order", "read", "source", "statement", "value")

    def __init__(self, call: Call, statement: ast.stmt, read: dict[str, Any]) -> None:
        self.call = call
        self.statement = statement
        self.order = len(call.lines)
        self.number = statement.lineno
        self.source = call.function.text_of(statement)
        self.read = read
        self.bound: dict[str, Any] = {}
        self.calls: list[Call] = []
        self.value: Any = None

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
        returned: the value returned.
    """

    __slots__ = ("arguments", "caller", "depth", "function", "lines", "returned")

    def __init__(self, function: FunctionSource, arguments: dict[str, Any], caller: Line | None) -> None:
        self.function = function
        self.arguments = arguments
        self.caller = caller
        self.depth = 0 if caller is None else caller.depth + 1
        self.lines: list[Line] = []
        self.returned: Any = None

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
    recorder = _Recorder({target.__module__, *also}, max_lines, max_numbers)
    before = sys.gettrace()
    sys.settrace(recorder.on_call)
    try:
        result = function(*arguments, **keywords)
    finally:
        sys.settrace(before)
    if recorder.outermost is None:
        raise TypeError(f"function is {function!r}: no line of it was executed where the recorder could see it")
    return Recording(result, recorder.outermost)


# ---- while it runs ---------------------------------------------------------------------------------------------------


class _Recorder:
    """What `sys.settrace` calls: one object for one run."""

    def __init__(self, modules: set[str], max_lines: int, max_numbers: int) -> None:
        self.modules = modules
        self.max_lines = max_lines
        self.max_numbers = max_numbers
        self.n_lines = 0
        self.n_numbers = 0
        self.outermost: Call | None = None
        self.open: list[_OpenCall] = []

    def on_call(self, frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ARG002
        """A function begins: follow its lines if it is one of the chosen."""
        if frame.f_globals.get("__name__") not in self.modules or frame.f_code.co_name.startswith("_check"):
            return None
        function = function_source(frame.f_code)
        if function is None:  # a comprehension, a lambda, a class body, code without source
            return None
        caller = self.open[-1].pending if self.open else None
        if caller is None and self.outermost is not None:
            return None
        names = inspect.getargs(frame.f_code).args
        call = Call(function, {name: self.copied(frame.f_locals[name]) for name in names}, caller)
        if caller is None:
            self.outermost = call
        else:
            caller.calls.append(call)
        opened = _OpenCall(self, call)
        self.open.append(opened)
        return opened.on_event

    def count_line(self) -> None:
        """One more line."""
        self.n_lines += 1
        if self.n_lines > self.max_lines:
            raise RecordingTooLong(
                f"more than {self.max_lines} lines: too long to read; record a smaller run, one step or one sample"
            )

    def copied(self, value: Any) -> Any:
        """The value as it is now: lists and tuples are copied, all the way down."""
        if not isinstance(value, (list, tuple)):
            return value
        self.n_numbers += len(value)
        if self.n_numbers > self.max_numbers:
            raise RecordingTooLong(
                f"more than {self.max_numbers} numbers in lists: too large to read; record a smaller network or step"
            )
        return [self.copied(entry) for entry in value]


class _OpenCall:
    """A call that has not returned yet, and its line that has not finished yet."""

    def __init__(self, recorder: _Recorder, call: Call) -> None:
        self.recorder = recorder
        self.call = call
        self.pending: Line | None = None
        self.began_at = 0

    def on_event(self, frame: FrameType, event: str, argument: Any) -> Any:
        """A line begins, or the function returns."""
        if event == "line":
            self.on_line(frame)
        elif event == "return":
            self.finish(frame, next_statement=None)
            self.call.returned = self.recorder.copied(argument)
            if self.call.lines and isinstance(self.call.lines[-1].statement, ast.Return):
                self.call.lines[-1].value = self.call.returned
            while self.recorder.open and self.recorder.open.pop() is not self:
                pass
        return self.on_event

    def on_line(self, frame: FrameType) -> None:
        statement = self.call.function.statement_at(frame.f_lineno)
        if statement is None:
            return
        same = self.pending is not None and statement is self.pending.statement
        if same and frame.f_lasti > self.began_at:
            return  # still inside a statement that spans lines or holds a comprehension
        self.finish(frame, next_statement=statement)
        self.recorder.count_line()
        names = self.call.function.names_read(statement)
        values = frame.f_locals
        read = {name: self.recorder.copied(values[name]) for name in names if name in values}
        self.pending = Line(self.call, statement, read)
        self.began_at = frame.f_lasti
        self.call.lines.append(self.pending)

    def finish(self, frame: FrameType, next_statement: ast.stmt | None) -> None:
        """The pending line is over: see what it bound."""
        line = self.pending
        if line is None:
            return
        values = frame.f_locals
        if isinstance(line.statement, (ast.If, ast.While)):
            line.value = next_statement in line.statement.body
            return
        ended = isinstance(line.statement, ast.For) and next_statement not in line.statement.body
        if ended:  # the head of a loop is executed once more to find that nothing is left
            return
        for name in self.call.function.names_bound(line.statement):
            if name in values:
                line.bound[name] = self.recorder.copied(values[name])
        if line.bound:
            line.value = next(iter(line.bound.values()))


# ---- what is known of a function's source ----------------------------------------------------------------------------


class FunctionSource:
    """The statements of one function by line number, and the names that each reads and binds."""

    def __init__(self, code: CodeType, definition: ast.FunctionDef, text: list[str]) -> None:
        self.name = code.co_qualname
        self.file = code.co_filename
        self.definition = definition
        self.text = text
        self.by_line: dict[int, ast.stmt] = {}
        self._read: dict[ast.stmt, list[str]] = {}
        self._bound: dict[ast.stmt, list[str]] = {}
        for statement in _statements(definition.body):
            for number in range(statement.lineno, _last_line(statement) + 1):
                self.by_line[number] = statement

    def statement_at(self, number: int) -> ast.stmt | None:
        """The statement, or the head of a compound one, that covers a line; None for a docstring or a definition."""
        statement = self.by_line.get(number)
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)):
            return None
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            return None
        return statement

    def text_of(self, statement: ast.stmt) -> str:
        """Its source, or that of its head, on one line and without the comment."""
        if isinstance(statement, (ast.If, ast.While)):
            word = "if" if isinstance(statement, ast.If) else "while"
            return f"{word} {ast.unparse(statement.test)}:"
        if isinstance(statement, ast.For):
            return f"for {ast.unparse(statement.target)} in {ast.unparse(statement.iter)}:"
        lines = self.text[statement.lineno - 1 : statement.end_lineno]
        if len(lines) == 1:
            return lines[0].encode()[statement.col_offset : statement.end_col_offset].decode()
        return ast.unparse(statement)

    def names_read(self, statement: ast.stmt) -> list[str]:
        """The names whose values a statement, or the head of a compound one, uses."""
        if statement not in self._read:
            self._read[statement] = list(dict.fromkeys(_names_read(statement)))
        return self._read[statement]

    def names_bound(self, statement: ast.stmt) -> list[str]:
        """The names that it binds, or whose list it changes."""
        if statement not in self._bound:
            self._bound[statement] = list(dict.fromkeys(_names_bound(statement)))
        return self._bound[statement]


_KNOWN: dict[CodeType, FunctionSource | None] = {}


def function_source(code: CodeType) -> FunctionSource | None:
    """The source of a code object; None for what is no plain function, or has no source."""
    if code not in _KNOWN:
        _KNOWN[code] = _find_source(code)
    return _KNOWN[code]


def _find_source(code: CodeType) -> FunctionSource | None:
    text = linecache.getlines(code.co_filename)
    try:
        tree = ast.parse("".join(text))
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if code.co_firstlineno in (first, node.lineno):
                return FunctionSource(code, node, text)
    return None


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, field, []))
        for handler in getattr(statement, "handlers", []):
            yield from _statements(handler.body)


def _last_line(statement: ast.stmt) -> int:
    """The last line of a simple statement, or of the head of a compound one."""
    if isinstance(statement, (ast.If, ast.While)):
        return statement.test.end_lineno or statement.lineno
    if isinstance(statement, ast.For):
        return statement.iter.end_lineno or statement.lineno
    if hasattr(statement, "body"):
        return statement.lineno
    return statement.end_lineno or statement.lineno


def _head(statement: ast.stmt) -> list[ast.AST]:
    if isinstance(statement, (ast.If, ast.While)):
        return [statement.test]
    if isinstance(statement, ast.For):
        return [statement.iter]
    if isinstance(statement, (ast.With, ast.Try)):
        return []
    return [statement]


def _names_read(statement: ast.stmt) -> Iterator[str]:
    for part in _head(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id


def _names_bound(statement: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AugAssign, ast.AnnAssign, ast.For)):
        targets = [statement.target]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        if isinstance(function, ast.Attribute) and function.attr in ("append", "insert", "extend"):
            targets = [function.value]
    for target in targets:
        yield from _names_of_target(target)


def _names_of_target(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List)):
        for entry in target.elts:
            yield from _names_of_target(entry)
    elif isinstance(target, (ast.Subscript, ast.Starred)):
        yield from _names_of_target(target.value)


def _flat(call: Call) -> Iterator[Line]:
    for line in call.lines:
        yield line
        for made in line.calls:
            yield from _flat(made)
