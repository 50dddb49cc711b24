"""The formula of a line as data, with slots for its numbers; and symbols as data.

A formula is a small tree: a number; ["$", 2] for slot 2; ["+", a, b] and the like; ["exp", a]; ["?", test, a, b]. A
slot says whose number it is: a name, and which of the recorded places are its indices.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.symbols import Symbol

    Mathematics = Any  # translation.Mathematics, which calls these functions
    Formula = dict[str, Any]

__all__ = ["SHOWN", "Slots", "formula", "root_of", "symbol_data"]

SIGNS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Eq: "=",
    ast.NotEq: "!=",
    ast.And: "and",
}
SHOWN = {"bell_area": "Φ"}  # a name of JavaScript, too


class Slots:
    """The numbers that a line is computed from: what each is called, and the JavaScript that reads it.

    Args:
        translator: writes what is read.
    """

    def __init__(self, translator: Mathematics) -> None:
        self._translator = translator
        self.constant_of = translator.constant_of
        self._texts: list[str] = []
        self._places: list[str] = []
        self.names: list[list[Any]] = []

    def number(self, node: ast.expr) -> int:
        """The slot of a number."""
        text = self._translator.text(node)
        if text not in self._texts:
            self._texts.append(text)
            self.names.append(self.place(node))
        return self._texts.index(text)

    def place(self, node: ast.expr) -> list[Any]:
        """A name, and the recorded places in it: ["W", 0, 1]."""
        indices: list[int] = []
        if isinstance(node, ast.Call):
            return [ast.unparse(node.args[0]) if ast.unparse(node.func) == "_slope" else ast.unparse(node)]
        while isinstance(node, ast.Subscript):
            text = self._translator.text(node.slice)
            if text not in self._places:
                self._places.append(text)
            indices.insert(0, self._places.index(text))
            node = node.value
        return [ast.unparse(node), *indices]

    def values(self) -> str:
        """The numbers, as JavaScript."""
        return f"[{', '.join(self._texts)}]"

    def indices(self, counters: list[str]) -> str:
        """The places, and after them what the loops count, as JavaScript."""
        return f"[{', '.join([*self._places, *counters])}]"


def formula(node: ast.expr, slots: Slots) -> Formula:
    """A formula and its slots.

    Args:
        node: what stands on the right.
        slots: where its numbers go.
    """
    return {"formula": _tree(node, slots), "slots": slots.names}


def _tree(node: ast.expr, slots: Slots) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if slots.constant_of(node) is not None:
        return slots.constant_of(node)
    if isinstance(node, ast.BinOp):
        return [SIGNS[type(node.op)], _tree(node.left, slots), _tree(node.right, slots)]
    if isinstance(node, ast.UnaryOp):
        return ["-", _tree(node.operand, slots)]
    if isinstance(node, ast.BoolOp):
        return ["and", *(_tree(one, slots) for one in node.values)]
    if isinstance(node, ast.Compare):
        return [SIGNS[type(node.ops[0])], _tree(node.left, slots), _tree(node.comparators[0], slots)]
    if isinstance(node, ast.IfExp):
        return ["?", *(_tree(one, slots) for one in (node.test, node.body, node.orelse))]
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name in ("power", "scalar.power"):
            return ["^", *(_tree(one, slots) for one in node.args)]
        if name == "ratio":
            return ["/", _tree(node.args[0], slots), _tree(node.args[1], slots)]
        if name in ("len", "_slope"):
            return ["$", slots.number(node)]
        return [SHOWN.get(name, name), *(_tree(one, slots) for one in node.args)]
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "ZEROS":
        return 0
    return ["$", slots.number(node)]


def root_of(node: ast.expr) -> str:
    """W, of W[j][i]."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return ast.unparse(node)


def symbol_data(symbol: Symbol) -> list[Any]:
    """Letter, whether a word, whether with a hat, mark, number, indices, prefix, above, below; without empty ends."""
    data: list[Any] = [
        symbol.letter if symbol.is_word else _greek(symbol.letter),
        symbol.is_word + 2 * symbol.hat,
        symbol.mark,
        symbol.number,
        list(symbol.indices),
        symbol.prefix,
        symbol_data(symbol.over) if symbol.over is not None else 0,
        symbol_data(symbol.under) if symbol.under is not None else 0,
    ]
    while data and not data[-1]:
        data.pop()
    return data


def _greek(letter: str) -> str:
    from scalarnn.tracing.symbols import GREEK

    return GREEK.get(letter, letter)
