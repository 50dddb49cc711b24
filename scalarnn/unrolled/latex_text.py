"""A program as LaTeX: one equation a line, `aligned`; a choice has its two cases, a branch its two blocks."""

from __future__ import annotations

import math
import re

from scalarnn.tracing.symbols import symbol_of
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Value
from scalarnn.unrolled.writer import ATOMS, Text, Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from scalarnn.unrolled.made import Made
    from scalarnn.unrolled.values import Append, Loop, Raise, Row

__all__ = ["Symbols", "latex_text"]

RELATIONS = {"lt": "<", "le": r"\le", "gt": ">", "ge": r"\ge", "eq": "=", "ne": r"\ne"}
CALLS = {"log": r"\log", "math_log": r"\log", "tanh": r"\tanh", "bell_area": r"\Phi"}


class Symbols:
    """The symbols of the names of a program: W_01 is W with two indices, x_10 in a long list x with one."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        self.long = {base for base, digits in map(self._parted, self.names) if len(digits) == 1 and len(digits[0]) == 1}

    def _parted(self, name: str) -> tuple[str, list[str]]:
        found = re.fullmatch(r"(.+?)((?:_\d+)*)", name)
        assert found is not None
        return found[1], found[2].split("_")[1:]

    def of(self, name: str) -> Any:
        """The symbol of a name."""
        base, digits = self._parted(name)
        if len(digits) == 1 and base not in self.long:
            digits = list(digits[0])
        return symbol_of(base).at(*map(int, digits))


class LaTeX:
    """How a program is written in LaTeX."""

    has_int_constants = False
    has_tuples = False
    has_choices = True

    def __init__(self) -> None:
        self.writer: Writer
        self.symbols: Symbols

    def constant(self, thing: Any) -> str:
        """A known number."""
        if isinstance(thing, float) and not math.isfinite(thing):
            return r"\text{NaN}" if thing != thing else r"\infty" if thing > 0 else r"-\infty"
        if isinstance(thing, float):
            mantissa, _, exponent = repr(thing).partition("e")
            mantissa = mantissa.removesuffix(".0")
            return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa
        if type(thing).__name__ == "Fraction":
            return rf"\tfrac{{{thing.numerator}}}{{{thing.denominator}}}"
        return rf"\text{{{thing}}}" if isinstance(thing, (bool, str, type(None))) else str(thing)

    def needs_names_for(self, _value: Value) -> bool:
        """Nothing is said twice."""
        return False

    def operation(self, value: Value, op: str, args: tuple[Any, ...]) -> tuple[str, int]:
        """The text of an operation, and how strong it binds."""
        if op in ("add", "sub"):
            sign, right = ("+", 5) if op == "add" else ("-", 6)
            return f"{self._of(args[0], 5)} {sign} {self._of(args[1], right)}", 5
        if op == "mul" and args[0] is args[1]:
            return f"{self._of(args[0], ATOMS)}^2", 8
        if op == "mul":
            left, second = self._of(args[0], 6), self._of(args[1], 7)
            dot = r" \cdot " if second[:1].isdigit() or not _is_letter(left) or not _is_letter(second) else r" \, "
            return left + dot + second, 6
        if op == "div":
            return rf"\frac{{{self._of(args[0], 0)}}}{{{self._of(args[1], 0)}}}", ATOMS
        if op == "neg":
            return f"-{self._of(args[0], 7)}", 6
        if op == "pow":
            return f"{self._of(args[0], ATOMS)}^{{{self._of(args[1], 0)}}}", 8
        if op in RELATIONS:
            return f"{self._of(args[0], 5)} {RELATIONS[op]} {self._of(args[1], 5)}", 4
        if op in ("and", "or"):
            binds = 2 if op == "and" else 1
            return rf"{self._of(args[0], binds)} \text{{ {op} }} {self._of(args[1], binds + 1)}", binds
        if op == "not":
            return rf"\text{{not }} {self._of(args[0], 4)}", 3
        return self._call(value, op, args)

    def _call(self, value: Value, op: str, args: tuple[Any, ...]) -> tuple[str, int]:
        if op == "select":
            condition, a, b = (self._of(one, 0) for one in args)
            return rf"\begin{{cases}} {a} & {condition} \\ {b} & \text{{otherwise}} \end{{cases}}", ATOMS
        if op == "exp":
            return f"e^{{{self._of(args[0], 0)}}}", 8
        if op == "expm1":
            return f"e^{{{self._of(args[0], 0)}}} - 1", 5
        if op == "log1p":
            return rf"\log\left( {self._one_more(args[0])} \right)", ATOMS
        if op == "sqrt":
            return rf"\sqrt{{{self._of(args[0], 0)}}}", ATOMS
        if op == "abs":
            return rf"\left| {self._of(args[0], 0)} \right|", ATOMS
        if op in ("pos", "float"):
            return self.writer.expression(args[0])
        if op == "sum":
            return " + ".join(self._of(one, 5) for one in args[1:]), 5
        if op == "zero":
            return "0", ATOMS
        if op in CALLS:
            return rf"{CALLS[op]}\left( {self._of(args[0], 0)} \right)", ATOMS
        del value
        return rf"\text{{{op.replace('_', ' ')}}}\left( {', '.join(self._of(one, 0) for one in args)} \right)", ATOMS

    def _one_more(self, x: Any) -> str:
        """1 + x, and 1 − x of a −x."""
        if type(x) is Value and x.op == "neg" and x in self.writer.inside:
            return f"1 - {self._of(x.args[0], 6)}"
        return f"1 + {self._of(x, 6)}"

    def _of(self, thing: Any, at_least: int) -> str:
        if type(thing) is Value:
            text, binds = self.writer.expression(thing)
            if text == self.writer.name_or_nothing(thing):
                return str(self.symbols.of(text).latex())
        else:
            text = self.constant(thing)
            binds = 7 if text.startswith("-") else ATOMS
        return text if binds >= at_least else rf"\left( {text} \right)"

    # ---- statements --------------------------------------------------------------------------------------------------

    def binding(self, name: str, text: str) -> str:
        """name &= text"""
        if re.fullmatch(r"[A-Za-z]\w*", text):
            text = self.symbols.of(text).latex()
        return f"{self.symbols.of(name).latex()} &= {text}"

    def negation(self, text: str) -> str:
        """Not text."""
        return rf"\text{{not }} {text}"

    def branch(self, condition: str, then: list[Text], other: list[Text], depth: int, item: Any) -> list[Text]:
        """If, and otherwise."""
        made = [Text(depth, rf"&\text{{if }} {condition}\text{{:}}", item), *then]
        if other:
            made.extend([Text(depth, r"&\text{otherwise:}"), *other])
        return made

    def raising(self, item: Raise) -> str:
        """An error."""
        return rf"&\text{{{item.kind.__name__}}}"

    def loop(self, _item: Loop, _depth: int) -> list[Text]:
        """A kept loop."""
        raise UnrollError("a loop that is kept is not written in LaTeX: unroll it without keep=")

    def append(self, _item: Append) -> str:
        """Only in kept loops."""
        raise UnrollError("a loop that is kept is not written in LaTeX: unroll it without keep=")

    def row(self, _item: Row, _depth: int) -> list[Text]:
        """Only in kept loops."""
        raise UnrollError("a loop that is kept is not written in LaTeX: unroll it without keep=")


def _is_letter(text: str) -> bool:
    return text[:1].isalpha() or text.startswith((r"\left", r"\hat", r"\frac")) or text[:1].isdigit()


def latex_text(program: Made) -> str:
    """The lines of a program as one `aligned`."""
    language = LaTeX()
    names = program.fresh_names()
    writer = Writer(program.block, program.results, names, language)
    language.symbols = Symbols(sorted(names.taken))
    lines = []
    for text in writer.lines(program.block, 0):
        left, sign, right = text.text.partition("&")
        indent = r"\quad " * text.depth
        lines.append(f"{left}{sign}{indent if not left else ''}{right}" if not left else f"{left}&{right}")
    body = " \\\\\n".join(lines)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n"
