"""Python in JavaScript, statement by statement: what the portable functions and the mathematics of the player share.

A translator reads the tree of a function and writes the same statements. It knows a small part of Python, assignments,
if, while, for, calls and operators, and refuses all else. What is a whole number, what a call means and what is an
error differ, and are a subclass's own.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["CALL", "SIGNS", "Translator"]

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
    ast.Is: ("===", 8),
    ast.IsNot: ("!==", 8),
    ast.BitAnd: ("&", 7),
    ast.And: ("&&", 4),
    ast.Or: ("||", 3),
}
CALL, NEGATED, CHOICE = 14, 13, 2


class Translator:
    """How Python is written in JavaScript."""

    # ---- statements --------------------------------------------------------------------------------------------------

    def function(self, node: ast.FunctionDef) -> list[str]:
        """A function, with its own names declared at its head."""
        parameters = [one.arg for one in node.args.args]
        own = self.own_names(node, parameters)
        declared = [f"  let {', '.join(own)};"] if own else []
        return [f"function {node.name}({', '.join(parameters)}) {{", *declared, *self.block(node.body), "}"]

    def own_names(self, node: ast.AST, parameters: list[str]) -> list[str]:
        """What it assigns to; a counter is declared by its loop."""
        own: dict[str, None] = {}
        for statement in ast.walk(node):
            if isinstance(statement, ast.Assign):
                for one in ast.walk(statement.targets[0]):
                    if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and one.id not in parameters:
                        own[one.id] = None
        return list(own)

    def block(self, body: list[ast.stmt]) -> list[str]:
        """Statements, indented."""
        return [f"  {line}" for node in body for line in self.statement(node)]

    def statement(self, node: ast.stmt) -> list[str]:
        """The lines of a statement."""
        if isinstance(node, ast.FunctionDef):
            return self.function(node)
        if isinstance(node, ast.Assign):
            return [f"{self.text(node.targets[0])} = {self.text(node.value)};"]
        if isinstance(node, ast.Return):
            return [f"return {self.text(node.value)};"]
        if isinstance(node, ast.Expr):
            return [] if isinstance(node.value, ast.Constant) else [f"{self.text(node.value)};"]  # a docstring, a call
        if isinstance(node, ast.If):
            other = [*(["} else {", *self.block(node.orelse)] if node.orelse else []), "}"]
            return [f"if ({self.text(node.test)}) {{", *self.block(node.body), *other]
        if isinstance(node, ast.While):
            return [f"while ({self.text(node.test)}) {{", *self.block(node.body), "}"]
        if isinstance(node, ast.For):
            return [f"for ({self.rounds(node)}) {{", *self.block(node.body), "}"]
        raise self.refused(node)

    def rounds(self, node: ast.For) -> str:
        """The head of a loop."""
        raise self.refused(node)

    def refused(self, node: ast.AST) -> TypeError:
        """What cannot be written."""
        return TypeError(f"{ast.unparse(node)}: not written in JavaScript")

    # ---- expressions -------------------------------------------------------------------------------------------------

    def text(self, node: ast.AST | None, least: int = 0) -> str:
        """An expression, in brackets if what stands around it needs it to bind at least so strongly."""
        text, binds = self.expression(node)
        return text if binds >= least else f"({text})"

    def expression(self, node: Any) -> tuple[str, int]:
        """An expression, and how strongly it binds."""
        if isinstance(node, ast.Constant):
            return self.constant(node.value), CALL
        if isinstance(node, ast.Name):
            return node.id, CALL
        if isinstance(node, (ast.Tuple, ast.List)):
            return f"[{', '.join(self.text(one) for one in node.elts)}]", CALL
        if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
            sign, binds = SIGNS[type(node.op)]
            return f"{self.text(node.left, binds)} {sign} {self.text(node.right, binds + 1)}", binds
        if isinstance(node, ast.UnaryOp):
            return f"{'!' if isinstance(node.op, ast.Not) else '-'}{self.text(node.operand, NEGATED)}", NEGATED
        if isinstance(node, ast.BoolOp):
            sign, binds = SIGNS[type(node.op)]
            return f" {sign} ".join(self.text(one, binds + 1) for one in node.values), binds
        if isinstance(node, ast.Compare):
            return self.comparison(node)
        if isinstance(node, ast.IfExp):
            test, chosen = self.text(node.test, CHOICE + 1), self.text(node.body, CHOICE + 1)
            return f"{test} ? {chosen} : {self.text(node.orelse, CHOICE)}", CHOICE
        if isinstance(node, ast.Subscript):
            return self.item(node), CALL
        if isinstance(node, ast.Call):
            return self.call(node), CALL
        raise self.refused(node)

    def constant(self, value: Any) -> str:
        """A number, a text, True, False or None."""
        return {"True": "true", "False": "false", "None": "null"}.get(repr(value), repr(value))

    def comparison(self, node: ast.Compare) -> tuple[str, int]:
        """a < b < c is a < b && b < c."""
        sides = [node.left, *node.comparators]
        texts = []
        for i in range(len(node.ops)):
            sign, binds = SIGNS[type(node.ops[i])]
            texts.append(f"{self.text(sides[i], binds + 1)} {sign} {self.text(sides[i + 1], binds + 1)}")
        return " && ".join(texts), SIGNS[ast.And][1] if len(texts) > 1 else binds

    def item(self, node: ast.Subscript) -> str:
        """An entry of a list."""
        return f"{self.text(node.value, CALL)}[{self.text(node.slice)}]"

    def call(self, node: ast.Call) -> str:
        """A call."""
        return f"{self.text(node.func, CALL)}({', '.join(self.text(one) for one in node.args)})"
