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
from scalarnn.javascript import CALL, SIGNS, Translator
from scalarnn.portable import circle, exponential, logarithm, powers, powers_of_two, whole_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["FUNCTIONS", "WithBigInt", "javascript"]

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
    return [
        "const tanh = (() => {",
        "const { expm1 } = exponential;",
        *WithBigInt().statement(function),
        "return tanh;",
        "})();",
    ]


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
            body.extend(WithBigInt().statement(node))
        elif isinstance(node, ast.Assign) and not ast.unparse(node).startswith(("__all__", "TYPE_CHECKING")):
            body.extend(f"const {line}" for line in WithBigInt().statement(node))
    lines = ["", f"const {_short(module.__name__)} = (() => {{", *body, f"return {{ {', '.join(module.__all__)} }};"]
    return [*lines, "})();"]


class WithBigInt(Translator):
    """Whole numbers are BigInt, everywhere but as the place in a list; an error is a value."""

    def statement(self, node: ast.stmt) -> list[str]:
        """An error is returned as a value."""
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            return [f"return {IN_PLACE_OF_ERRORS[ast.unparse(node.exc.func)]};"]
        return super().statement(node)

    def rounds(self, node: ast.For) -> str:
        """Over a range or a list."""
        each = self.text(node.target)
        if isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) == "range":
            *start, stop = [self.text(one) for one in node.iter.args]
            return f"let {each} = {start[0] if start else '0n'}; {each} < {stop}; {each} += 1n"
        return f"const {each} of {self.text(node.iter)}"

    def expression(self, node: Any) -> tuple[str, int]:
        """And whole division, rounded down."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
            return f"floor_divided({self.text(node.left)}, {self.text(node.right)})", CALL
        return super().expression(node)

    def constant(self, value: Any) -> str:
        """A whole number with its n."""
        return f"{value}n" if type(value) is int else super().constant(value)

    def item(self, node: ast.Subscript) -> str:
        """An entry, or the entries from one on."""
        if isinstance(node.slice, ast.Slice):
            return f"{self.text(node.value)}.slice({self._index(node.slice.lower)})"
        return f"{self.text(node.value)}[{self._index(node.slice)}]"

    def _index(self, node: Any) -> str:
        """A place in a list, which is no BigInt in JavaScript."""
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "int":
            return self.text(node.args[0], SIGNS[ast.Add][1])
        if isinstance(node, ast.BinOp):
            return f"{self._index(node.left)} {SIGNS[type(node.op)][0]} {self._index(node.right)}"
        return f"Number({self.text(node)})"

    def call(self, node: ast.Call) -> str:
        """A call, or a method of a number or a list."""
        arguments = ", ".join(self.text(one) for one in node.args)
        if isinstance(node.func, ast.Attribute):
            owner, name = self.text(node.func.value, CALL), node.func.attr
            return f"{owner}.push({arguments})" if name == "append" else f"{name}({owner})"
        name = ast.unparse(node.func)
        return f"{ {'int': 'BigInt', 'float': 'Number'}.get(name, name) }({arguments})"
