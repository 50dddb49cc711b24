"""A program as Python: a function of plain lines, with the elementary functions as its only calls."""

from __future__ import annotations

import math

from scalarnn.scalar import is_portable
from scalarnn.unrolled.layout import returned, unpacked, wrapped
from scalarnn.unrolled.values import Loop, Row, Spread, Value, plain
from scalarnn.unrolled.writer import ATOMS, Text, Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.made import Made
    from scalarnn.unrolled.values import Append, Raise

__all__ = ["Python", "python_text"]

SIGNS = {
    "add": ("+", 5, 5, 6),
    "sub": ("-", 5, 5, 6),
    "mul": ("*", 6, 6, 7),
    "div": ("/", 6, 6, 7),
    "floordiv": ("//", 6, 6, 7),
    "mod": ("%", 6, 6, 7),
    "pow": ("**", 8, 9, 8),
    "lt": ("<", 4, 5, 5),
    "le": ("<=", 4, 5, 5),
    "gt": (">", 4, 5, 5),
    "ge": (">=", 4, 5, 5),
    "eq": ("==", 4, 5, 5),
    "ne": ("!=", 4, 5, 5),
    "and": ("and", 2, 2, 3),
    "or": ("or", 1, 1, 2),
}
UNDEFINED_AT = {"log": "0", "log1p": "-1"}  # there `math` raises, and these functions are −∞
MODULES = {"round_to_float32": "scalarnn.float32", "bell_area": "scalarnn.normal"}
OF_MATH = {"exp": "exp", "expm1": "expm1", "sqrt": "sqrt", "tanh": "tanh", "math_log": "log"}


class Python:
    """How a program is written in Python.

    Args:
        kind: "float", or "any" for the package's own exp, log … that take any kind of number.
    """

    has_int_constants = True
    has_tuples = True
    has_choices = False  # a branch is one, in the text to read

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.writer: Writer
        self.used: set[tuple[str, str]] = set()  # (module, name) to import

    # ---- expressions -------------------------------------------------------------------------------------------------

    def constant(self, thing: Any) -> str:
        """A known number."""
        if isinstance(thing, float) and not math.isfinite(thing):
            name = "nan" if thing != thing else "inf"
            self.used.add(("math", name))
            return f"-{name}" if thing == -math.inf else name
        if type(thing).__name__ == "Fraction":
            if self.kind == "float":
                return repr(float(thing))
            self.used.add(("fractions", "Fraction"))
        return repr(thing)

    def needs_names_for(self, value: Value) -> bool:
        """Whether the text of what uses a value says it twice, so that it has to be a name."""
        return self.kind == "float" and value in self.twice()

    def twice(self) -> set[Value]:
        """Operands of log and log1p."""
        if not hasattr(self, "_twice"):
            self._twice = {
                plain(v.args[0]) for v in self.writer.parts.live if v.op in UNDEFINED_AT and type(v.args[0]) is Value
            }
        return self._twice

    def operation(self, value: Value, op: str, args: tuple[Any, ...]) -> tuple[str, int]:
        """The text of an operation, and how strong it binds."""
        write = self.writer.operand
        if op == "mul" and self.writer.fused and self.kind == "float":
            gate = self._gated(*args)
            if gate is not None:
                return gate
        if op == "pow" and (self.writer.fused or is_portable()):
            text = self._power(*args)
            if text:
                return text, ATOMS
        if op in SIGNS:
            sign, binds, left, right = SIGNS[op]
            a_float = b_float = False
            if self.writer.fused and self.kind == "float" and op in ("add", "sub", "mul", "div"):
                a_float, b_float = _is_float(args[1]), _is_float(args[0])
            return f"{write(args[0], left, a_float)} {sign} {write(args[1], right, b_float)}", binds
        if op == "select":
            as_float = value in self.writer.as_floats or (self.writer.fused and value.kind == "float")
            condition = write(args[0], 1)
            return f"{write(args[1], 1, as_float)} if {condition} else {write(args[2], 1, as_float)}", 0
        if op == "neg":
            return f"-{write(args[0], 7)}", 7
        if op == "pos":
            return f"+{write(args[0], 7)}", 7
        if op == "not":
            return f"not {write(args[0], 4)}", 3
        return self._call(value, op, args)

    def _gated(self, a: Any, b: Any) -> tuple[str, int] | None:
        """x · (1 where c, else 0) is x where c, and x · 0 elsewhere: the same bits, and one product less."""
        for x, gate in ((a, b), (b, a)):
            gate = plain(gate) if type(gate) is Value else gate
            if type(gate) is not Value or gate not in self.writer.inside or not _is_float(x):
                continue
            condition = gate.args[0] if gate.op == "select" else None
            if gate.op == "phi":
                condition = self.writer.parts.branch_of[gate].condition
            ends = [(type(one), one) for one in gate.args[-2:]]
            if condition is not None and ends in ([(int, 1), (int, 0)], [(float, 1.0), (float, 0.0)]):
                text, binds = self.writer.expression(x)
                if binds == ATOMS and text.isidentifier():
                    return f"{text} if {self.writer.operand(condition, 1)} else {text} * 0.0", 0
        return None

    def _power(self, x: Any, n: Any) -> str | None:
        """A power as a call, for there are portable ones; None where ** is as good."""
        if type(x) is int or (type(x) is Value and x.kind == "int") or type(n) is float:
            return None
        if self.kind != "float" or not self.writer.fused:
            self.used.add(("scalarnn.scalar", "power as pow"))
        return f"pow({self.writer.operand(x, 0)}, {self.writer.operand(n, 0)})"

    def _source_of(self, name: str) -> str:
        """The module from which a function of floats is imported; a program that runs has them replaced in time."""
        return "scalarnn.portable" if is_portable() and not self.writer.fused and name != "sqrt" else "math"

    def _call(self, value: Value, op: str, args: tuple[Any, ...]) -> tuple[str, int]:
        write = self.writer.operand
        if op in UNDEFINED_AT and self.kind == "float":
            self.used |= {(self._source_of(op), op), ("math", "inf")}
            x = write(args[0], ATOMS)
            return f"{op}({x}) if {x} != {UNDEFINED_AT[op]} else -inf", 0
        if op in ("is_float", "is_int"):
            return f"type({write(args[0], 0)}) is {op[3:]}", 4
        if op == "sum":
            entries = ", ".join(write(one, 0) for one in args[1:])
            start = "" if type(args[0]) is int and args[0] == 0 else f", {write(args[0], 0)}"
            return f"sum([{entries}]{start})", ATOMS
        if op in ("abs", "float"):
            return f"{op}({write(args[0], 0)})", ATOMS
        if op in OF_MATH and (self.kind == "float" or op in ("tanh", "math_log")):
            self.used.add((self._source_of(OF_MATH[op]), OF_MATH[op]))
            return f"{OF_MATH[op]}({write(args[0], 0)})", ATOMS
        del value
        self.used.add((MODULES.get(op, "scalarnn.scalar"), op))
        return f"{op}({', '.join(write(one, 0) for one in args)})", ATOMS

    # ---- statements --------------------------------------------------------------------------------------------------

    def binding(self, name: str, text: str) -> str:
        """name = text"""
        return f"{name} = {text}"

    def negation(self, text: str) -> str:
        """not text"""
        return f"not {text}"

    def branch(self, condition: str, then: list[Text], other: list[Text], depth: int, item: Any) -> list[Text]:
        """if, elif, else."""
        made = [Text(depth, f"if {condition}:", item), *then]
        if other and other[0].depth == depth + 1 and other[0].text.startswith("if ") and _is_one_statement(other):
            made.append(Text(depth, "el" + other[0].text, other[0].item))
            made.extend(Text(line.depth - 1, line.text, line.item) for line in other[1:])
        elif other:
            made.append(Text(depth, "else:"))
            made.extend(other)
        return made

    def raising(self, item: Raise) -> str:
        """raise ValueError(f"…")"""
        module = item.kind.__module__
        if module != "builtins":
            self.used.add((module, item.kind.__name__))
        if not any(item.message):
            return f"raise {item.kind.__name__}"
        if all(isinstance(part, str) for part in item.message):
            return f"raise {item.kind.__name__}({quoted(''.join(item.message))})"
        parts = []
        for part in item.message:
            if isinstance(part, str):
                parts.append(part.replace("{", "{{").replace("}", "}}"))
            else:
                parts.append("{" + self.writer.operand(part, 1) + "}")
        return f"raise {item.kind.__name__}(f{quoted(''.join(parts))})"

    def loop(self, item: Loop, depth: int) -> list[Text]:
        """for … in range(…):"""
        write = self.writer
        start, stop, step = item.bounds
        ends = [stop] if type(start) is int and start == 0 else [start, stop]
        if not (type(step) is int and step == 1):
            ends = [start, stop, step]
        made = []
        for one in item.lists:
            if one in write.parts.live:
                entries = ", ".join(nested(self, entry) for entry in one.args)
                made.append(Text(depth, f"{write.name_of(one)} = [{entries}]", one))
        for one in item.carried:
            if one in write.parts.live and not (type(one.args[0]) is Value and write.shares_name(one.args[0], one)):
                made.append(Text(depth, self.binding(write.name_of(one), write.expression(one.args[0])[0]), one))
        counter = write.name_of(item.index) if item.index in write.parts.live else "_"
        made.append(Text(depth, f"for {counter} in range({', '.join(write.operand(end, 0) for end in ends)}):", item))
        body = [*write.lines(item.body, depth + 1), *write.carrying(item, depth + 1)]
        made.extend(body or [Text(depth + 1, "pass")])
        return made

    def carrying(self, pairs: list[tuple[str, str]], depth: int) -> list[Text]:
        """What the next round begins with, all at once."""
        if not pairs:
            return []
        names, texts = zip(*pairs, strict=True)
        return [Text(depth, f"{', '.join(names)} = {', '.join(texts)}")]

    def append(self, item: Append) -> str:
        """losses.append(L)"""
        return f"{self.writer.name_of(item.target)}.append({nested(self, item.entry)})"

    def row(self, item: Row, depth: int) -> list[Text]:
        """x_0, x_1 = X[n]"""
        at = "".join(f"[{self.writer.operand(one, 0)}]" for one in item.at)
        return [Text(depth, f"{unpacked(item.targets, self.writer.name_of)} = {item.source}{at}", item)]


def quoted(text: str) -> str:
    """A text in double quotes."""
    plain = repr(text)
    return plain if plain[0] == '"' or '"' in plain else f'"{plain[1:-1]}"'


def _is_float(thing: Any) -> bool:
    return thing.kind == "float" if type(thing) is Value else type(thing) is float


def _is_one_statement(lines: list[Text]) -> bool:
    """Whether lines are one if with its branches, and nothing after it."""
    depth = lines[0].depth
    return all(line.depth > depth or line.text.startswith(("elif ", "else:")) for line in lines[1:])


def nested(language: Any, thing: Any) -> str:
    """A nested list, with names and expressions in it."""
    if type(thing) is Value or not isinstance(thing, (list, tuple, dict, Spread)):
        return str(language.writer.expression(thing)[0])
    if isinstance(thing, Spread):
        return f"*{language.writer.name_of(thing.value)}"
    if isinstance(thing, dict):
        entries = []
        for key, entry in thing.items():
            entries.append(f"{quoted(key) if isinstance(key, str) else repr(key)}: {nested(language, entry)}")
        return f"{{{', '.join(entries)}}}"
    if len(thing) == 1 and isinstance(thing[0], Spread) and isinstance(thing, list):
        return str(language.writer.name_of(thing[0].value))
    text = ", ".join(nested(language, entry) for entry in thing)
    if isinstance(thing, list) or not language.has_tuples:
        return f"[{text}]"
    return f"({text},)" if len(thing) == 1 else f"({text})"


def python_text(
    program: Made, *, fused: bool = False, door: bool = False
) -> tuple[str, list[tuple[int, Any]], dict[Value, str]]:
    """The text of a program as Python; for each line of it what it stands for; the name of each value that has one.

    Args:
        program: the program.
        fused: as few lines as possible, for speed.
        door: with the lines that check what comes in; the text to read has none but those that take lists apart.
    """
    language = Python(program.kind)
    names = program.fresh_names()
    writer = Writer(program.block, program.results, names, language, fused=fused)
    lines_of_program = writer.lines(program.block, 1)
    body = [Text(1, line) for line in unpacking(program, writer, door=door)]
    body.extend(lines_of_program)
    body.extend(Text(1, line) for line in written_back(program, language))
    body.append(Text(1, "return " + returned(nested(language, program.result), program.result)))
    head = []
    for module in sorted({module for module, _ in language.used}):
        head.append(f"from {module} import {', '.join(sorted(n for m, n in language.used if m == module))}")
    lines = [*head, *(["", ""] if head else []), f"def {program.name}({', '.join(program.parameters)}):"]
    if not fused:
        lines[-1:] = wrapped(lines[-1], 0)
    places = []
    for text in body:
        if text.item is not None:
            places.append((len(lines) + 1, text.item))
        lines.extend([" " * text.depth + text.text] if fused else wrapped(text.text, text.depth))
    named = {value: writer.name_of(value) for value in writer.parts.live if value not in writer.inside}
    return "\n".join(lines) + "\n", places, named


def body_of(writer: Writer) -> list[str]:
    """The lines of a program alone."""
    return [" " * (text.depth - 1) + text.text for text in writer.lines(writer.block, 1)]


def unpacking(program: Made, writer: Writer, *, door: bool) -> list[str]:
    """The lines that take the arguments apart; with a door, a wrong length is told in words."""
    by_row = rows_read(program, writer)
    lines = []
    checks = []
    for name, template in zip(program.parameters, program.templates, strict=True):
        if name in by_row:
            checks.append(f"if len({name}) != {len(template)}:")
        else:
            lines.extend(_apart(name, template))
    if not door:
        return lines
    refuse = f"_refuse({', '.join(program.parameters)})"
    checks += [f"if {path} != {known!r}:" for path, known in program.static_checks()]
    guarded = ["try:", *(f" {line}" for line in lines)]
    for check in checks:
        guarded += [f" {check}", f"  {refuse}"]
    if len(guarded) == 1:
        return []
    return [*guarded, "except (TypeError, LookupError):", f" {refuse}", *_where_lengths_differ(bool(lines), refuse)]


def _where_lengths_differ(any_lines: bool, refuse: str) -> list[str]:
    return ["except ValueError as error:", f" {refuse}", " raise error"] if any_lines else []


def rows_read(program: Made, writer: Writer) -> set[str]:
    """Parameters that are read entry by entry in a kept loop, and nowhere else: they are not taken apart."""
    by_row = {item.source for item in writer.parts.live_items if type(item) is Row}
    for name, template in zip(program.parameters, program.templates, strict=True):
        if name in by_row and any(type(one) is Value and one in writer.parts.live for one in _leaves(template)):
            by_row.discard(name)
    return by_row


def _apart(name: str, template: Any) -> list[str]:
    if type(template) is Value:
        return [] if template.name == name else [f"{template.name} = {name}"]
    if isinstance(template, dict):
        lines = []
        for key, entry in template.items():
            lines.extend(_apart(f"{name}[{quoted(key) if isinstance(key, str) else repr(key)}]", entry))
        return lines
    if isinstance(template, (list, tuple)) and template and any(type(leaf) is Value for leaf in _leaves(template)):
        return [f"{unpacked(template, lambda value: value.name)} = {name}"]
    return []


def _leaves(template: Any) -> list[Any]:
    if isinstance(template, (list, tuple)):
        return [leaf for entry in template for leaf in _leaves(entry)]
    return [template]


def written_back(program: Made, language: Python) -> list[str]:
    """What the function changes in its arguments, changed in those of the program."""
    lines = []
    for path, thing in program.changes():
        if path.endswith("]") or not isinstance(thing, list):
            lines.append(f"{path} = {nested(language, thing)}")
        else:
            lines.append(f"{path}[:] = {nested(language, thing)}")
    return lines
