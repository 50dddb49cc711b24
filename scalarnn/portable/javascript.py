"""The portable functions in JavaScript, translated from their source, line by line: the same algorithm, the same bits.

Floats are JavaScript's numbers and whole numbers its BigInt; the files mix them nowhere. What ends in an error in
Python is Infinity here (too large, divided by 0) or NaN (undefined). No function of `Math` is called.

The files keep to what can be translated: assignments, if, while, for over a list or a range, calls of one another, and
operators. All else is refused.
"""

from __future__ import annotations

import ast
import inspect

from scalarnn import activations
from scalarnn.portable import circle, exponential, logarithm, powers, powers_of_two, whole_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["FUNCTIONS", "javascript"]

# Each function, and the files that it needs.
GROUND = (powers_of_two, whole_numbers)
FUNCTIONS = {
    "exp": exponential,
    "expm1": exponential,
    "log": logarithm,
    "log1p": logarithm,
    "pow": powers,
    "tanh": exponential,
    "sin": circle,
    "cos": circle,
}
HELPERS = """\
const bit_length = (n) => (n === 0n ? 0n : BigInt((n < 0n ? -n : n).toString(2).length));
const floor_divided = (a, b) => (a % b < 0n ? a / b - 1n : a / b);
"""
# Each operator: its sign in JavaScript, and how strongly it binds there.
SIGNS: dict[type, tuple[str, int]] = {
    ast.Mult: ("*", 12),
    ast.Div: ("/", 12),
    ast.Mod: ("%", 12),
    ast.Add: ("+", 11),
    ast.Sub: ("-", 11),
    ast.LShift: ("<<", 10),
    ast.RShift: (">>", 10),
    ast.Lt: ("<", 9),
    ast.LtE: ("<=", 9),
    ast.Gt: (">", 9),
    ast.GtE: (">=", 9),
    ast.Eq: ("===", 8),
    ast.NotEq: ("!==", 8),
    ast.BitAnd: ("&", 7),
    ast.And: ("&&", 4),
    ast.Or: ("||", 3),
}
CALL, NEGATED, CHOICE = 14, 13, 2
IN_PLACE_OF_ERRORS = {"OverflowError": "Infinity", "ZeroDivisionError": "Infinity", "ValueError": "NaN"}


def javascript(*names: str) -> str:
    """JavaScript that defines portable functions.

    Args:
        names: of exp, expm1, log, log1p, pow, sin, cos, tanh; all if none is given.

    Returns:
        A text that ends with `const { exp, … } = …`.

    Examples:
        >>> print(javascript("pow").splitlines()[-1])
        const pow = (x, n) => powers.pow(x, BigInt(n));
    """
    wanted = names or tuple(FUNCTIONS)
    modules = [*GROUND, *dict.fromkeys(FUNCTIONS[name] for name in wanted)]
    lines = HELPERS.splitlines()
    for module in modules:
        lines.extend(_module(module))
    lines.append("")
    for name in wanted:
        if name == "tanh":
            lines.extend(_tanh())
        elif name == "pow":
            lines.append("const pow = (x, n) => powers.pow(x, BigInt(n));")
        else:
            lines.append(f"const {{ {name} }} = {_short(FUNCTIONS[name].__name__)};")
    return "\n".join(lines) + "\n"


def _tanh() -> list[str]:
    """The shipped lines, in which a whole number is a number like any other."""
    (function,) = ast.parse(inspect.getsource(activations.tanh)).body
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            node.value = float(node.value)
    return ["const tanh = (() => {", "const { expm1 } = exponential;", *_statement(function), "return tanh;", "})();"]


def _short(module: str) -> str:
    return module.rpartition(".")[2]


def _module(module: ModuleType) -> list[str]:
    """A file as a constant that has what the file offers."""
    body: list[str] = []
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            offered = ", ".join(alias.name for alias in node.names)
            body.append(f"const {{ {offered} }} = {_short(node.module or '')};")
        elif isinstance(node, ast.FunctionDef):
            body.extend(_statement(node))
        elif isinstance(node, ast.Assign) and not ast.unparse(node).startswith(("__all__", "TYPE_CHECKING")):
            body.extend(f"const {line}" for line in _statement(node))
    lines = ["", f"const {_short(module.__name__)} = (() => {{", *body, f"return {{ {', '.join(module.__all__)} }};"]
    return [*lines, "})();"]


# ---- statements ------------------------------------------------------------------------------------------------------


def _function(node: ast.FunctionDef) -> list[str]:
    parameters = [one.arg for one in node.args.args]
    own: dict[str, None] = {}
    for statement in ast.walk(node):
        if isinstance(statement, ast.Assign):
            for one in ast.walk(statement.targets[0]):
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and one.id not in parameters:
                    own[one.id] = None
    declared = [f"  let {', '.join(own)};"] if own else []
    return [f"function {node.name}({', '.join(parameters)}) {{", *declared, *_block(node.body), "}"]


def _block(body: list[ast.stmt]) -> list[str]:
    return [f"  {line}" for node in body for line in _statement(node)]


def _statement(node: ast.stmt) -> list[str]:
    """The lines of a statement."""
    if isinstance(node, ast.FunctionDef):
        return _function(node)
    if isinstance(node, ast.Assign):
        return [f"{_text(node.targets[0])} = {_text(node.value)};"]
    if isinstance(node, ast.Return):
        return [f"return {_text(node.value)};"]
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        return [f"return {IN_PLACE_OF_ERRORS[ast.unparse(node.exc.func)]};"]
    if isinstance(node, ast.Expr):
        return [] if isinstance(node.value, ast.Constant) else [f"{_text(node.value)};"]  # a docstring, or append
    if isinstance(node, ast.If):
        other = [*(["} else {", *_block(node.orelse)] if node.orelse else []), "}"]
        return [f"if ({_text(node.test)}) {{", *_block(node.body), *other]
    if isinstance(node, ast.While):
        return [f"while ({_text(node.test)}) {{", *_block(node.body), "}"]
    if isinstance(node, ast.For):
        return [f"for ({_rounds(node)}) {{", *_block(node.body), "}"]
    raise _refused(node)


def _rounds(node: ast.For) -> str:
    """The head of a loop over a range or a list."""
    each = _text(node.target)
    if isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) == "range":
        *start, stop = [_text(one) for one in node.iter.args]
        return f"let {each} = {start[0] if start else '0n'}; {each} < {stop}; {each} += 1n"
    return f"const {each} of {_text(node.iter)}"


def _refused(node: ast.AST) -> TypeError:
    return TypeError(f"{ast.unparse(node)}: not written in JavaScript")


# ---- expressions -----------------------------------------------------------------------------------------------------


def _text(node: ast.AST | None, least: int = 0) -> str:
    """An expression, in brackets if what stands around it needs it to bind at least so strongly."""
    text, binds = _expression(node)
    return text if binds >= least else f"({text})"


def _expression(node: Any) -> tuple[str, int]:
    """An expression, and how strongly it binds."""
    if isinstance(node, ast.Constant):
        return _constant(node.value), CALL
    if isinstance(node, ast.Name):
        return node.id, CALL
    if isinstance(node, (ast.Tuple, ast.List)):
        return f"[{', '.join(_text(one) for one in node.elts)}]", CALL
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        return f"floor_divided({_text(node.left)}, {_text(node.right)})", CALL
    if isinstance(node, ast.BinOp):
        sign, binds = SIGNS[type(node.op)]
        return f"{_text(node.left, binds)} {sign} {_text(node.right, binds + 1)}", binds
    if isinstance(node, ast.UnaryOp):
        return f"{'!' if isinstance(node.op, ast.Not) else '-'}{_text(node.operand, NEGATED)}", NEGATED
    if isinstance(node, ast.BoolOp):
        sign, binds = SIGNS[type(node.op)]
        return f" {sign} ".join(_text(one, binds + 1) for one in node.values), binds
    if isinstance(node, ast.Compare):
        return _comparison(node)
    if isinstance(node, ast.IfExp):
        choice = f"{_text(node.test, CHOICE + 1)} ? {_text(node.body, CHOICE + 1)} : {_text(node.orelse, CHOICE)}"
        return choice, CHOICE
    if isinstance(node, ast.Subscript):
        return _item(node), CALL
    if isinstance(node, ast.Call):
        return _call(node), CALL
    raise _refused(node)


def _constant(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value}n" if isinstance(value, int) else repr(value)


def _comparison(node: ast.Compare) -> tuple[str, int]:
    """a < b < c is a < b && b < c."""
    sides = [node.left, *node.comparators]
    texts = []
    for i in range(len(node.ops)):
        sign, binds = SIGNS[type(node.ops[i])]
        texts.append(f"{_text(sides[i], binds + 1)} {sign} {_text(sides[i + 1], binds + 1)}")
    return " && ".join(texts), SIGNS[ast.And][1] if len(texts) > 1 else binds


def _item(node: ast.Subscript) -> str:
    if isinstance(node.slice, ast.Slice):
        return f"{_text(node.value)}.slice({_index(node.slice.lower)})"
    return f"{_text(node.value)}[{_index(node.slice)}]"


def _index(node: Any) -> str:
    """A place in a list, which is no BigInt in JavaScript."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "int":
        return _text(node.args[0], SIGNS[ast.Add][1])
    if isinstance(node, ast.BinOp):
        return f"{_index(node.left)} {SIGNS[type(node.op)][0]} {_index(node.right)}"
    return f"Number({_text(node)})"


def _call(node: ast.Call) -> str:
    arguments = ", ".join(_text(one) for one in node.args)
    if isinstance(node.func, ast.Attribute):
        owner, name = _text(node.func.value, CALL), node.func.attr
        return f"{owner}.push({arguments})" if name == "append" else f"{name}({owner})"
    name = ast.unparse(node.func)
    return f"{ {'int': 'BigInt', 'float': 'Number'}.get(name, name) }({arguments})"
