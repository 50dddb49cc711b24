"""A program as JavaScript: the same operations in the same order, so the same bits of + − × ÷ and √.

JavaScript has no whole numbers: where Python's 0 · −1 is 0, its own is −0, so a 0 is added there. What ends in an error
in Python (a division by zero, log of a negative number, e^1000) is NaN or Infinity here.
"""

from __future__ import annotations

import math

from scalarnn.unrolled.layout import WIDTH, wrapped
from scalarnn.unrolled.parts import leaves
from scalarnn.unrolled.python_text import SIGNS, nested, quoted, rows_read
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Branch, Loop, Row, Value, plain
from scalarnn.unrolled.writer import ATOMS, Text, Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.made import Made
    from scalarnn.unrolled.values import Append, Block, Raise

__all__ = ["JavaScript", "javascript_text"]

OTHER_SIGNS = {"eq": "===", "ne": "!==", "and": "&&", "or": "||"}
FUNCTIONS = frozenset(["exp", "expm1", "log", "log1p", "math_log", "tanh"])
LARGEST_WHOLE = 2**53

FITS = """\
function fits(name, list, shape) {
  if (!Array.isArray(list) || list.length !== shape[0]) {
    throw new RangeError(`${name} is no list of length ${shape[0]}`);
  }
  if (shape.length > 1) {
    list.forEach((row, i) => fits(`${name}[${i}]`, row, shape.slice(1)));
  }
}
"""


class JavaScript:
    """How a program is written in JavaScript."""

    has_int_constants = False
    has_tuples = False
    has_choices = False

    def __init__(self, portable: bool = False) -> None:
        self.portable = portable
        self.writer: Writer
        self.used: set[str] = set()
        self._twice: set[Value] | None = None
        self._hoisted: dict[str, None] | None = None

    # ---- expressions -------------------------------------------------------------------------------------------------

    def constant(self, thing: Any) -> str:
        """A known number."""
        if thing is None:
            return "null"
        if isinstance(thing, bool):
            return "true" if thing else "false"
        if isinstance(thing, str):
            return quoted(thing)
        if isinstance(thing, int) and abs(thing) > LARGEST_WHOLE:
            raise UnrollError(f"{thing} is too large a whole number for JavaScript")
        if isinstance(thing, int):
            return repr(thing)
        number = float(thing)
        if not math.isfinite(number):
            return "NaN" if number != number else "-Infinity" if number < 0 else "Infinity"
        return repr(number)

    def needs_names_for(self, value: Value) -> bool:
        """Whether what uses a value says it twice."""
        if self._twice is None:
            self._twice = set()
            for one in self.writer.parts.live:
                if one.op in ("pow", "abs") and type(one.args[0]) is Value:
                    self._twice.add(plain(one.args[0]))
        return value in self._twice

    def operation(self, value: Value, op: str, args: tuple[Any, ...]) -> tuple[str, int]:
        """The text of an operation, and how strong it binds."""
        write = self.writer.operand
        if op == "pow":
            return self._power(*args)
        if op in SIGNS and op not in ("floordiv", "mod"):
            sign, binds, left, right = SIGNS[op]
            text = f"{write(args[0], left)} {OTHER_SIGNS.get(op, sign)} {write(args[1], right)}"
            if op in ("and", "or"):
                text = f"{write(args[0], 4)} {OTHER_SIGNS[op]} {write(args[1], 4)}"
            if op in ("eq", "ne") and len({_is_bool(one) for one in args}) == 2:
                text = f"Number({write(args[0], 0)}) {OTHER_SIGNS[op]} Number({write(args[1], 0)})"
            if op == "mul" and value.kind == "int":
                return f"{text} + 0", 5
            return text, binds
        if op == "select":
            return f"{write(args[0], 1)} ? {write(args[1], 1)} : {write(args[2], 1)}", 0
        if op == "neg":
            return (f"0 - {write(args[0], 6)}", 5) if value.kind == "int" else (f"-{write(args[0], 8)}", 7)
        if op == "not":
            return f"!{write(args[0], 8)}", 7
        if op == "abs":
            x = write(args[0], ATOMS)
            return f"{x} > 0 ? {x} : 0 - {x}", 0
        if op in ("pos", "float"):
            return self.writer.expression(args[0])
        if op == "sqrt":
            return f"Math.sqrt({write(args[0], 0)})", ATOMS
        if op == "zero":
            return "0", ATOMS
        if op == "round_to_float32":
            return f"Math.fround({write(args[0], 0)})", ATOMS
        if op in FUNCTIONS:
            name = op.removeprefix("math_")
            self.used.add(name)
            return f"{name}({write(args[0], 0)})", ATOMS
        names = {
            "sum": "sum(…), which compensates",
            "is_float": "type(…) is float",
            "bell_area": "the area of a bell curve, which GELU has and GELU by tanh has not,",
        }
        raise UnrollError(f"{names.get(op, op)} is not written in JavaScript")

    def _power(self, x: Any, n: Any) -> tuple[str, int]:
        if type(n) is Value or n not in (0, 1, 2):
            if self.portable and type(n) is not float:
                self.used.add("pow")
                return f"pow({self.writer.operand(x, 0)}, {self.writer.operand(n, 0)})", ATOMS
            raise UnrollError(
                "a power other than a square is not written in JavaScript, whose digits differ; the portable pow is"
            )
        text = self.writer.operand(x, ATOMS)
        return {0: ("1", ATOMS), 1: (text, ATOMS), 2: (f"{text} * {text}", 6)}[n]

    # ---- statements --------------------------------------------------------------------------------------------------

    def binding(self, name: str, text: str) -> str:
        """const name = text;"""
        return f"{name} = {text};" if name in self.hoisted() else f"const {name} = {text};"

    def hoisted(self) -> dict[str, None]:
        """Names that are bound inside branches or loops: declared at the top."""
        if self._hoisted is None:
            self._hoisted = {}
            self._hoist(self.writer.block, top=True)
        return self._hoisted

    def _hoist(self, block: Block, top: bool) -> None:
        write = self.writer
        found: list[Value] = []
        for item in block.items:
            if not write.parts.is_needed(item):
                continue
            if type(item) is Value and not top:
                found.append(item)
            elif type(item) is Branch:
                if item not in write.simple or not top:
                    found.extend(phi for phi in item.phis if phi in write.parts.live)
                self._hoist(item.then, False)
                self._hoist(item.other, False)
            elif type(item) is Loop:
                found.extend(one for one in item.carried if one in write.parts.live)
                self._hoist(item.body, False)
            elif type(item) is Row:
                found.extend(leaves(item.targets))
        for one in found:
            if one not in write.inside:
                assert self._hoisted is not None
                self._hoisted[write.name_of(one)] = None

    def negation(self, text: str) -> str:
        """!(text)"""
        return f"!{text}" if text.isidentifier() or text.startswith("(") else f"!({text})"

    def branch(self, condition: str, then: list[Text], other: list[Text], depth: int, item: Any) -> list[Text]:
        """if, else if, else."""
        made = [Text(depth, f"if ({condition}) {{", item), *then]
        if other and other[0].text.startswith("if (") and _is_one_statement(other):
            made.append(Text(depth, "} else " + other[0].text, other[0].item))
            made.extend(Text(line.depth - 1, line.text, line.item) for line in other[1:])
            return made
        if other:
            made.append(Text(depth, "} else {"))
            made.extend(other)
        made.append(Text(depth, "}"))
        return made

    def raising(self, item: Raise) -> str:
        """throw new Error(`…`);"""
        parts = [f"{item.kind.__name__}: "]
        for part in item.message:
            parts.append(part.replace("`", "'") if isinstance(part, str) else "${" + self.writer.operand(part, 0) + "}")
        return f"throw new Error(`{''.join(parts)}`);"

    def loop(self, item: Loop, depth: int) -> list[Text]:
        """for (let n = 0; n < N; n += 1)"""
        write = self.writer
        start, stop, step = item.bounds
        if type(step) is not int or step == 0:
            raise UnrollError("a loop whose step is a value is not written in JavaScript")
        made = []
        for one in item.lists:
            if one in write.parts.live:
                entries = ", ".join(nested(self, entry) for entry in one.args)
                made.append(Text(depth, self.binding(write.name_of(one), f"[{entries}]"), one))
        for one in item.carried:
            if one in write.parts.live and not (type(one.args[0]) is Value and write.shares_name(one.args[0], one)):
                made.append(Text(depth, self.binding(write.name_of(one), write.expression(one.args[0])[0]), one))
        n = write.name_of(item.index) or write.names.new("round")
        sign = "<" if step > 0 else ">"
        head = f"for (let {n} = {write.operand(start, 5)}; {n} {sign} {write.operand(stop, 5)}; {n} += {step}) {{"
        made.append(Text(depth, head, item))
        made.extend(write.lines(item.body, depth + 1))
        made.extend(write.carrying(item, depth + 1))
        made.append(Text(depth, "}"))
        return made

    def carrying(self, pairs: list[tuple[str, str]], depth: int) -> list[Text]:
        """What the next round begins with, all at once."""
        if not pairs:
            return []
        names, texts = zip(*pairs, strict=True)
        return [Text(depth, f"[{', '.join(names)}] = [{', '.join(texts)}];")]

    def append(self, item: Append) -> str:
        """losses.push(L);"""
        return f"{self.writer.name_of(item.target)}.push({nested(self, item.entry)});"

    def row(self, item: Row, depth: int) -> list[Text]:
        """[x_0, x_1] = X[n];"""
        at = "".join(f"[{self.writer.operand(one, 0)}]" for one in item.at)
        return [Text(depth, f"{_targets(item.targets, self.writer.name_of)} = {item.source}{at};", item)]


def _is_bool(thing: Any) -> bool:
    return thing.kind == "bool" if type(thing) is Value else type(thing) is bool


def _is_one_statement(lines: list[Text]) -> bool:
    depth = lines[0].depth
    inner = lines[1:-1]
    return lines[-1].text == "}" and all(line.depth > depth or line.text.startswith("} else") for line in inner)


def _targets(template: Any, name_of: Any) -> str:
    if type(template) is Value:
        return str(name_of(template))
    if not isinstance(template, (list, tuple)):
        return ""
    return f"[{', '.join(_targets(entry, name_of) for entry in template)}]"


def javascript_text(program: Made, functions: str | None = None, portable: bool = False) -> str:
    """The text of a program as JavaScript, a function to be exported or called.

    Args:
        program: the program, of kind float.
        functions: JavaScript that defines the exp, expm1, log, log1p, pow, tanh that it calls; if not given, those of
            Math, whose last digits differ from browser to browser, or the portable ones.
        portable: whether they are portable.
    """
    language = JavaScript(portable)
    names = program.fresh_names()
    names.taken |= {"fits", "Math", "Number", "Array", "RangeError", "Error"}
    writer = Writer(program.block, program.results, names, language)
    body = writer.lines(program.block, 1)
    back = [line for path, thing in program.changes() for line in _written_back(path, thing, language)]
    end = f"return {nested(language, program.result)};"
    parameters = ", ".join(program.parameters)
    lines = []
    if functions is not None:
        lines.extend(functions.rstrip().splitlines())
    elif language.used and portable:
        from scalarnn.portable.javascript import javascript

        lines.extend(javascript(*sorted(language.used)).splitlines())
    elif language.used:
        lines.append(f"const {{ {', '.join(sorted(language.used))} }} = Math;")
    checks = list(_checks(program))
    if any(check.startswith("fits(") for check in checks):
        lines.extend(FITS.splitlines())
    lines.append(f"function {program.name}({parameters}) {{")
    lines.extend(f"  {check}" for check in checks)
    by_row = rows_read(program, writer)
    own = {value.name for template in program.templates for value in leaves(template)}
    hoisted = [name for name in language.hoisted() if name not in own]
    for name, template in zip(program.parameters, program.templates, strict=True):
        if name not in by_row:
            lines.extend(_apart(name, template, set(language.hoisted())))
    if hoisted:
        lines.extend(_declared(hoisted))
    for text in [*body, *(Text(1, line) for line in back), Text(1, end)]:
        lines.extend(_statement(text.text, text.depth))
    return "\n".join([*lines, "}"]) + "\n"


def _statement(text: str, depth: int) -> list[str]:
    if not text.endswith(";"):
        return _in_javascript(wrapped(text, depth, width=10_000))
    lines = _in_javascript(wrapped(text[:-1], depth))
    lines[-1] += ";"
    return lines


def _declared(names: list[str]) -> list[str]:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > WIDTH - 10:
            lines.append("")
        lines[-1] += f", {name}" if lines[-1] else name
    return [f"  let {line};" for line in lines]


def _in_javascript(lines: list[str]) -> list[str]:
    """Indented by two."""
    made = []
    for line in lines:
        text = line.lstrip(" ")
        made.append(" " * ((len(line) - len(text)) // 2) + text)
    return made


def _checks(program: Made) -> Any:
    for name, template in zip(program.parameters, program.templates, strict=True):
        yield from _lengths(name, template)
    for path, known in program.static_checks():
        text = f"{path} is ${{{path}}}: expected {known!r}, a setting that the program was unrolled for"
        yield f"if ({path} !== {known!r}) throw new RangeError(`{text}`);"


def _lengths(path: str, template: Any) -> Any:
    if isinstance(template, dict):
        for key, entry in template.items():
            yield from _lengths(f"{path}[{quoted(key)}]", entry)
    elif isinstance(template, (list, tuple)):
        shape = _shape(template)
        if shape is not None:
            yield f"fits({as_text(path)}, {path}, [{', '.join(map(str, shape))}]);"
        else:
            yield f"fits({as_text(path)}, {path}, [{len(template)}]);"
            for i in range(len(template)):
                yield from _lengths(f"{path}[{i}]", template[i])


def _shape(template: Any) -> tuple[int, ...] | None:
    if not isinstance(template, (list, tuple)):
        return ()
    inner = {_shape(entry) for entry in template}
    if len(inner) > 1 or None in inner:
        return None
    return (len(template), *(inner.pop() if inner else ()))  # type: ignore[misc]


def _apart(name: str, template: Any, changed: set[str]) -> list[str]:
    word = "let" if any(value.name in changed for value in leaves(template)) else "const"
    if type(template) is Value:
        return [] if template.name == name else [f"  {word} {template.name} = {name};"]
    if isinstance(template, dict):
        return [line for key, entry in template.items() for line in _apart(f"{name}[{quoted(key)}]", entry, changed)]
    if isinstance(template, (list, tuple)) and any(True for _ in leaves(template)):
        return _statement(f"{word} {_targets(template, lambda value: value.name)} = {name};", 1)
    return []


def _written_back(path: str, thing: Any, language: JavaScript) -> list[str]:
    if path.endswith("]") or not isinstance(thing, list):
        return [f"{path} = {nested(language, thing)};"]
    return [f"{path}.splice(0, {path}.length, ...{nested(language, thing)});"]


def as_text(path: str) -> str:
    """A place in the arguments, as JavaScript quotes it."""
    return "`" + path.replace("`", "'") + "`"
