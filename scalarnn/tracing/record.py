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
import linecache
import sys
from fractions import Fraction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType, FrameType
    from typing import Any

__all__ = ["DOORS", "Call", "Line", "Recording", "RecordingTooLong", "is_transparent", "record"]

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
        number: its line number in the file, from 1.
        statement: its syntax tree; for `if`, `for` and `while` only the head was executed.
        source: its text, without indentation.
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
        "number",
        "order",
        "read",
        "source",
        "statement",
        "value",
    )

    def __init__(self, call: Call, statement: ast.stmt, read: dict[str, Any]) -> None:
        self.call = call
        self.statement = statement
        self.order = len(call.lines)
        self.number = statement.lineno
        self.source = call.function.text_of(statement)
        self.read = read
        self.bound: dict[str, Any] = NOTHING
        self.calls: list[Call] = NO_CALLS
        self.value: Any = None
        self.attributes_read: dict[str, Any] = NOTHING
        self.attributes_bound: dict[str, Any] = NOTHING

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
    except _Stop:
        pass
    finally:
        sys.settrace(before)
    if recorder.too_long:  # even where the function caught what should have stopped it
        raise RecordingTooLong(recorder.too_long)
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
        function = function_source(frame.f_code)
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
        names = _parameters(frame.f_code)
        call = Call(function, {name: self.copied(frame.f_locals[name]) for name in names}, caller, frame.f_globals)
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
        if kind is float:
            return value
        if isinstance(value, (list, tuple)):
            self.count_numbers(len(value) + 1)
            return list(value) if set(map(type, value)) == {float} else [self.copied(entry) for entry in value]
        if kind is dict:
            self.count_numbers(len(value) + 1)
            return {key: self.copied(entry) for key, entry in value.items()}
        self.count_numbers(_size(value) - 1)
        return value

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
            self.finish(frame, next_number=None)
            if not self.goes_on:
                self.call.returned = self.recorder.copied(argument)
            if not self.goes_on and self.call.lines and isinstance(self.call.lines[-1].statement, ast.Return):
                self.call.lines[-1].value = self.call.returned
            while self.recorder.open and self.recorder.open.pop() is not self:
                pass
        return self.on_event

    def on_line(self, frame: FrameType) -> None:
        statement = self.call.function.statement_at(frame.f_lineno)
        if statement is None:  # the lines around those of a rule
            self.finish(frame, next_number=frame.f_lineno)
            self.pending = None
            return
        same = self.pending is not None and statement is self.pending.statement
        if same and frame.f_lasti > self.began_at:
            return  # still inside a statement that spans lines or holds a comprehension
        self.finish(frame, next_number=frame.f_lineno)
        if _says_nothing(statement):
            self.pending = None
            return
        self.recorder.count_line()
        names = self.call.function.names_read(statement)
        values = frame.f_locals
        read = {name: self.recorder.copied(values[name]) for name in names if name in values}
        for name in names:
            if name not in values and _is_data(frame.f_globals.get(name)):
                read[name] = self.recorder.copied(frame.f_globals[name])
        self.pending = Line(self.call, statement, read)
        self.pending.attributes_read = self.attributes(frame, ast.Load)
        self.began_at = frame.f_lasti
        self.call.lines.append(self.pending)

    def finish(self, frame: FrameType, next_number: int | None) -> None:
        """The pending line is over: see what it bound."""
        line, raised = self.pending, self.raised
        self.raised = False
        if line is None or raised:
            return
        values = frame.f_locals
        goes_in = next_number is not None and self.call.function.is_in_body(line.statement, next_number)
        if isinstance(line.statement, (ast.If, ast.While)):
            line.value = goes_in
        elif isinstance(line.statement, ast.For) and not goes_in:
            return  # the head of a loop is executed once more to find that nothing is left
        names = [name for name in self.call.function.names_bound(line.statement) if name in values]
        if names:
            line.bound = {name: self.recorder.copied(values[name]) for name in names}
        if line.bound and not isinstance(line.statement, (ast.If, ast.While)):
            line.value = next(iter(line.bound.values()))
        line.attributes_bound = self.attributes(frame, ast.Store)

    def attributes(self, frame: FrameType, context: type[ast.expr_context]) -> dict[str, Any]:
        """The values of the attributes such as `self.w` that the pending line reads, or binds."""
        assert self.pending is not None
        wanted = self.call.function.attributes(self.pending.statement)
        if not wanted:
            return NOTHING
        found = {}
        for name, attribute, how in wanted:
            held = getattr(frame.f_locals.get(name), "__dict__", None)
            if how is context and isinstance(held, dict) and _is_data(held.get(attribute)):
                found[f"{name}.{attribute}"] = self.recorder.copied(held[attribute])
        return found or NOTHING


def _parameters(code: CodeType) -> list[str]:
    """The parameters of a function, *arguments among them, **keywords not."""
    found = inspect.getargs(code)
    return [*found.args, found.varargs] if found.varargs else found.args


def _is_data(value: Any) -> bool:
    """Whether a value is a number or a list, and no function, module or object of some other sort."""
    return isinstance(value, (list, tuple, dict)) or (
        hasattr(type(value), "__truediv__") and hasattr(type(value), "__neg__")
    )


# ---- what is known of a function's source ----------------------------------------------------------------------------


class Crowded(ast.stmt):
    """Several statements on one line, as in `if x > 0: y = 1`: Python does not report which of them were executed."""

    _fields = ("statements",)
    statements: list[ast.stmt]

    def __init__(self, statements: list[ast.stmt]) -> None:
        super().__init__()
        self.statements = statements
        self.lineno = self.end_lineno = statements[0].lineno
        self.col_offset, self.end_col_offset = statements[0].col_offset, statements[-1].end_col_offset


class FunctionSource:
    """The statements of one function by line number, and the names that each reads and binds."""

    def __init__(self, code: CodeType, definition: ast.FunctionDef, text: list[str]) -> None:
        self.code = code
        self.name = code.co_qualname
        self.file = code.co_filename
        self.definition = definition
        self.is_carried = code.co_name != definition.name
        self.text = text
        self.by_line: dict[int, ast.stmt] = {}
        self.names = {node.id for node in ast.walk(definition) if isinstance(node, ast.Name)}
        self.names |= {node.arg for node in ast.walk(definition.args) if isinstance(node, ast.arg)}
        self.index_letters = {part for name in self.names for part in name.split("_")[1:] if len(part) == 1}
        self._read: dict[ast.stmt, list[str]] = {}
        self._bound: dict[ast.stmt, list[str]] = {}
        self._attributes: dict[ast.stmt, list[tuple[str, str, type[ast.expr_context]]]] = {}
        for statement in _statements(definition.body):
            for number in range(statement.lineno, _last_line(statement) + 1):
                before = self.by_line.get(number)
                self.by_line[number] = statement if before is None else _crowded(before, statement)

    def is_of(self, code: CodeType) -> bool:
        """Whether this is the source of a code object."""
        return self.code is code or (self.code == code and self.file == code.co_filename)

    def statement_at(self, number: int) -> ast.stmt | None:
        """The statement, or the head of a compound one, that covers a line."""
        return self.by_line.get(number)

    def is_in_body(self, statement: ast.stmt, number: int) -> bool:
        """Whether a line stands in the body of an `if`, `for` or `while`, and not in its `else`."""
        body: list[ast.stmt] = getattr(statement, "body", [])
        return bool(body) and _first_line(body[0]) <= number <= (body[-1].end_lineno or 0)

    def text_of(self, statement: ast.stmt) -> str:
        """Its source, or that of its head, on one line and without the comment."""
        if isinstance(statement, (ast.If, ast.While)):
            word = "if" if isinstance(statement, ast.If) else "while"
            return f"{word} {ast.unparse(statement.test)}:"
        if isinstance(statement, ast.With):
            return f"with {', '.join(ast.unparse(item) for item in statement.items)}:"
        if isinstance(statement, ast.For):
            return f"for {ast.unparse(statement.target)} in {ast.unparse(statement.iter)}:"
        if isinstance(statement, Crowded):
            return self.text[statement.lineno - 1].strip()
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

    def attributes(self, statement: ast.stmt) -> list[tuple[str, str, type[ast.expr_context]]]:
        """The attributes of local names that it reads or binds: ("self", "w", ast.Load) for `self.w`."""
        if statement not in self._attributes:
            self._attributes[statement] = list(dict.fromkeys(_attributes(statement)))
        return self._attributes[statement]


_KNOWN: dict[tuple[CodeType, str], FunctionSource | None] = {}


def function_source(code: CodeType) -> FunctionSource | None:
    """The source of a code object; None for what is no plain function, or has no source."""
    key = code, code.co_filename  # equal functions of two files have equal code
    if key not in _KNOWN:
        _KNOWN[key] = _find_source(code)
    return _KNOWN[key]


def _find_source(code: CodeType) -> FunctionSource | None:
    text = linecache.getlines(code.co_filename)
    try:
        tree = ast.parse("".join(text))
    except SyntaxError:
        return None
    carried = None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if code.co_firstlineno in (first, node.lineno):
                if node.name == code.co_name:
                    return FunctionSource(code, node, text)
                carried = node  # a rule for one number, carried over lists by a loop around its lines
    is_rule = carried is not None and code.co_name.isidentifier() and code.co_names and code.co_argcount
    return FunctionSource(code, carried, text) if carried is not None and is_rule else None


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, field, []))
        for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
            yield from _statements(part.body)


def _crowded(*statements: ast.stmt) -> Crowded:
    """Statements that share a line, as one."""
    flat: list[ast.stmt] = []
    for statement in statements:
        flat += statement.statements if isinstance(statement, Crowded) else [statement]
    return Crowded(flat)


def _says_nothing(statement: ast.stmt) -> bool:
    """A docstring, a definition, an import."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)):
        return True
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _last_line(statement: ast.stmt) -> int:
    """The last line of a simple statement, or of the head of a compound one."""
    if isinstance(statement, (ast.If, ast.While)):
        return statement.test.end_lineno or statement.lineno
    if isinstance(statement, ast.For):
        return statement.iter.end_lineno or statement.lineno
    if hasattr(statement, "body") or hasattr(statement, "cases"):
        return statement.lineno
    return statement.end_lineno or statement.lineno


def _head(statement: ast.stmt) -> list[ast.AST]:
    if isinstance(statement, (ast.If, ast.While)):
        return [statement.test]
    if isinstance(statement, ast.For):
        return [statement.iter]
    if isinstance(statement, Crowded):
        return [part for one in statement.statements for part in _head(one)]
    if hasattr(statement, "body") or hasattr(statement, "cases"):
        return []
    return [statement]


def _names_read(statement: ast.stmt) -> Iterator[str]:
    for part in _head(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                yield node.target.id


def _names_bound(statement: ast.stmt) -> Iterator[str]:
    for part in statement.statements if isinstance(statement, Crowded) else [statement]:
        for target in _targets(part):
            yield from _names_of_target(target)
        for head in _head(part):
            for node in ast.walk(head):
                if isinstance(node, ast.NamedExpr):
                    yield node.target.id


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    if isinstance(statement, ast.AnnAssign):
        return [statement.target] if statement.value is not None else []
    if isinstance(statement, (ast.AugAssign, ast.For)):
        return [statement.target]
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        if isinstance(function, ast.Attribute) and function.attr in ("append", "insert", "extend"):
            return [function.value]
    return []


def _attributes(statement: ast.stmt) -> Iterator[tuple[str, str, type[ast.expr_context]]]:
    for part in _head(statement):
        for node in ast.walk(part):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                yield node.value.id, node.attr, type(node.ctx)
                if isinstance(statement, ast.AugAssign) and node is statement.target:
                    yield node.value.id, node.attr, ast.Load
            if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                inner = node.value
                while isinstance(inner, ast.Subscript):
                    inner = inner.value
                if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                    yield inner.value.id, inner.attr, ast.Store


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
