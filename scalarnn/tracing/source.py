"""What is known of the source of a function: its statements, and the names that each reads and binds.

function_source    the source of a code object
FunctionSource     the statements of one function by line number
Facts              one statement: what it reads, what it binds, its text
Crowded            several statements on one line
"""

from __future__ import annotations

import ast
import inspect
import linecache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType
    from typing import Any

__all__ = ["Crowded", "Facts", "FunctionSource", "function_source", "lambda_source"]


# The methods of a list that change it, called for what they do.
IN_PLACE = ("append", "insert", "extend", "pop", "remove", "sort", "reverse", "clear")


class Crowded(ast.stmt):
    """Several statements on one line, as in `if x > 0: y = 1`: Python does not report which of them were executed."""

    _fields = ("statements",)
    statements: list[ast.stmt]

    def __init__(self, statements: list[ast.stmt]) -> None:
        super().__init__()
        self.statements = statements
        self.lineno = self.end_lineno = statements[0].lineno
        self.col_offset, self.end_col_offset = statements[0].col_offset, statements[-1].end_col_offset


class Facts:
    """What is known of one statement, or of the head of a compound one.

    Attributes:
        statement: its syntax tree.
        reads: the names whose values it uses.
        binds: the names that it binds, or whose list it changes.
        loads: the attributes of local names that it reads: ("self", "w") for `self.w`.
        stores: those that it binds.
        says_nothing: it is a docstring, a definition, an import.
        is_branch: it is an `if` or a `while`.
        is_loop: it is a `for`.
        body: the first and the last line of its body.
        text: its source, or that of its head, on one line and without the comment.
    """

    __slots__ = (
        "binds",
        "body",
        "is_branch",
        "is_loop",
        "loads",
        "reads",
        "says_nothing",
        "statement",
        "stores",
        "text",
    )

    def __init__(self, statement: ast.stmt, lines: list[str]) -> None:
        self.statement = statement
        self.reads = list(dict.fromkeys(_names_read(statement)))
        self.binds = list(dict.fromkeys(_names_bound(statement)))
        found = dict.fromkeys(_attributes(statement))
        self.loads = [(name, attribute) for name, attribute, context in found if context is ast.Load]
        self.stores = [(name, attribute) for name, attribute, context in found if context is ast.Store]
        self.says_nothing = _says_nothing(statement)
        self.is_branch = isinstance(statement, (ast.If, ast.While))
        self.is_loop = isinstance(statement, ast.For)
        body: list[ast.stmt] = getattr(statement, "body", [])
        self.body = (_first_line(body[0]), body[-1].end_lineno or 0) if body else (1, 0)
        self.text = _text_of(statement, lines)

    def has_in_body(self, number: int) -> bool:
        """Whether a line stands in its body, and not in its `else`."""
        return self.body[0] <= number <= self.body[1]


class FunctionSource:
    """The statements of one function by line number."""

    def __init__(self, code: CodeType, definition: ast.FunctionDef, text: list[str]) -> None:
        self.code = code
        self.name = code.co_qualname
        self.file = code.co_filename
        self.definition = definition
        self.is_carried = code.co_name != definition.name
        self.parameters = _parameters(code)
        self.text = text
        self.names = {node.id for node in ast.walk(definition) if isinstance(node, ast.Name)}
        self.names |= {node.arg for node in ast.walk(definition.args) if isinstance(node, ast.arg)}
        self.index_letters = {part for name in self.names for part in name.split("_")[1:] if len(part) == 1}
        by_line: dict[int, ast.stmt] = {}
        for statement in _statements(definition.body):
            for number in range(statement.lineno, _last_line(statement) + 1):
                before = by_line.get(number)
                by_line[number] = statement if before is None else _crowded(before, statement)
        self.facts = {statement: Facts(statement, text) for statement in dict.fromkeys(by_line.values())}
        self.by_line = {number: self.facts[statement] for number, statement in by_line.items()}
        declared = [node for node in ast.walk(definition) if isinstance(node, ast.Nonlocal)]
        self.outer_names = {name for node in declared for name in node.names}
        self.bound = {name for facts in self.facts.values() for name in facts.binds}

    def is_of(self, code: CodeType) -> bool:
        """Whether this is the source of a code object."""
        return self.code is code or (self.code == code and self.file == code.co_filename)


def _parameters(code: CodeType) -> list[str]:
    """The parameters of a function, *arguments among them, **keywords not."""
    found = inspect.getargs(code)
    return [*found.args, found.varargs] if found.varargs else found.args


def _text_of(statement: ast.stmt, text: list[str]) -> str:
    if isinstance(statement, (ast.If, ast.While)):
        word = "if" if isinstance(statement, ast.If) else "while"
        return f"{word} {ast.unparse(statement.test)}:"
    if isinstance(statement, ast.With):
        return f"with {', '.join(ast.unparse(item) for item in statement.items)}:"
    if isinstance(statement, ast.For):
        return f"for {ast.unparse(statement.target)} in {ast.unparse(statement.iter)}:"
    if isinstance(statement, Crowded):
        return text[statement.lineno - 1].strip()
    lines = text[statement.lineno - 1 : statement.end_lineno]
    if len(lines) == 1:
        return lines[0].encode()[statement.col_offset : statement.end_col_offset].decode()
    return ast.unparse(statement)


_KNOWN: dict[tuple[CodeType, str], FunctionSource | None] = {}


def function_source(code: CodeType, room: dict[str, Any]) -> FunctionSource | None:
    """The source of a code object; None for what is no plain function, or has no source.

    Args:
        code: of a function.
        room: its globals, whose loader knows the text of a module in a zip file.
    """
    key = code, code.co_filename  # equal functions of two files have equal code
    if key not in _KNOWN:
        _KNOWN[key] = _find_source(code, room)
    return _KNOWN[key]


def lambda_source(code: CodeType, room: dict[str, Any]) -> ast.Lambda | None:
    """The lambda of a code object, if its line tells: by where its code stands, if there are several."""
    text = "".join(linecache.getlines(code.co_filename, room))
    try:
        found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Lambda)]
    except SyntaxError:
        return None
    here = [node for node in found if node.lineno == code.co_firstlineno]
    if len(here) > 1:
        here = [node for node in here if _holds_code(node.body, code)]
    names = [argument.arg for argument in here[0].args.args] if len(here) == 1 else None
    return here[0] if names == inspect.getargs(code).args else None


def _holds_code(body: ast.expr, code: CodeType) -> bool:
    """Whether what a code object does is all of an expression, from its first column to its last."""
    starts, ends = [], []
    for first, last, start, end in code.co_positions():
        if start is not None and end is not None and start < end and first == last == body.lineno:
            starts.append(start)
            ends.append(end)
    is_on_one_line = body.lineno == body.end_lineno
    return is_on_one_line and bool(starts) and (min(starts), max(ends)) == (body.col_offset, body.end_col_offset)


def _find_source(code: CodeType, room: dict[str, Any]) -> FunctionSource | None:
    if any(type(constant).__module__ == "scalarnn.doors.later" for constant in code.co_consts):
        return None  # the one line that writes the others
    linecache.checkcache(code.co_filename)  # the file may have changed, and the module been loaded again
    text = linecache.getlines(code.co_filename, room)
    try:
        tree = ast.parse("".join(text))
    except SyntaxError:
        return None
    carried, alike = None, []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if node.name == code.co_name:
                alike.append(node)
            if code.co_firstlineno in (_first_line(node), node.lineno):
                if node.name == code.co_name:
                    return FunctionSource(code, node, text)
                carried = node  # a rule for one number, carried over lists by a loop around its lines
    if len(alike) == 1:
        return _moved(code, alike[0], text)
    is_rule = carried is not None and code.co_name.isidentifier() and code.co_names and code.co_argcount
    return FunctionSource(code, carried, text) if carried is not None and is_rule else None


def _moved(code: CodeType, node: ast.FunctionDef, text: list[str]) -> FunctionSource | None:
    """The source of a function that was compiled alone, as IPython's autoreload does: its lines count from 1."""
    away = _first_line(node) - code.co_firstlineno
    lines = {number for _, _, number in code.co_lines() if number is not None}
    last = (node.end_lineno or node.lineno) - away
    given = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    if away <= 0 or max(lines) > last or inspect.getargs(code).args != given:
        return None
    ast.increment_lineno(node, -away)
    return FunctionSource(code, node, text[away:])


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
        if isinstance(function, ast.Attribute) and function.attr in IN_PLACE:
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
