"""Docstrings as the API pages show them: an extension of Griffe, which reads the package for mkdocstrings.

Docstrings are plain text with `code` in it, and mkdocstrings reads them as Markdown. So what Markdown would take for a
mark of its own, the brackets of `W[j][i]` or the star of a product, is escaped: by a backslash where Markdown takes one
for that, by its name in HTML where the backslash would be shown. "Source: …" is a section of ours.
Every function and class gets its signature, a parameter a line where it is long, and the place of its code. A rule of
one number says its formula and leads to the step that carries it over lists, where all the rest stands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import griffe

from scalarnn.doors.kinds import ALONE, LOOKS

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 84  # characters of a signature on one line
SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Examples|Source|Glossary):\s*$")
SOURCE = re.compile(r"^Source: +(.+(?:\n(?! *\n).+)*)", re.MULTILINE)
NAMES = re.compile(r"^    (\w+(?:, \w+)+):")  # several attributes in one entry
ROW = re.compile(r"\S(?:.*\S)? {3,}\S")  # of a table whose indentation, common to all of a docstring, is gone
MARKS = re.compile(r"[\[\]*<&$|\\]|(?<![^\W_])_|_(?![^\W_])")
NAMED = {"<": "&lt;", "&": "&amp;", "$": "&#36;", "|": "&#124;"}  # Markdown shows a backslash before these
WORD = re.compile("|".join(f"{kind}\\b" for kind in sorted({*ALONE, *LOOKS, "Matrix", "Parameters", "Squares"})))
STARS = {griffe.ParameterKind.var_positional: "*", griffe.ParameterKind.var_keyword: "**"}


def as_markdown(text: str) -> str:
    """A docstring with nothing in it that Markdown would take for a mark."""
    text = "\n\n".join(_table_indented(paragraph) for paragraph in text.split("\n\n"))
    text = SOURCE.sub(lambda found: "Source:\n" + re.sub(r"(?m)^\s*", "    ", found[1]), text)
    section, lines = "", []
    for line in text.splitlines():
        begins = SECTION.match(line)
        if begins:
            section = begins[1]
        elif line and not line.startswith(" "):
            section = ""
        is_code = section == "Examples" or (not section and line.startswith("    "))
        if section == "Attributes":
            line = NAMES.sub(lambda found: found[0].replace(", ", ","), line)
        lines.append(line if is_code else _escaped(line))
    return "\n".join(lines)


def _table_indented(paragraph: str) -> str:
    """Words with their meanings beside them, in columns: shown as they stand, wherever they begin."""
    lines = paragraph.split("\n")
    is_table = ROW.match(lines[0]) and all(ROW.match(line) or line.startswith(" " * 4) for line in lines)
    return "\n".join(f"    {line}" for line in lines) if is_table else paragraph


def _escaped(line: str) -> str:
    pieces = line.split("`")
    for at in range(0, len(pieces), 2):
        pieces[at] = MARKS.sub(lambda found: NAMED.get(found[0], f"\\{found[0]}"), pieces[at])
    return "`".join(pieces)


def signature(function: griffe.Function, name: str) -> str:
    """What stands between def and the colon."""
    parts: list[str] = []
    named = False  # whether a star told that only names follow
    for parameter in function.parameters:
        if parameter.name in ("self", "cls") and function.parent is not None and function.parent.is_class:
            continue
        if parameter.kind is griffe.ParameterKind.keyword_only and not named:
            parts.append("*")
            named = True
        named = named or parameter.kind is griffe.ParameterKind.var_positional
        parts.append(_parameter(parameter))
    returns = f" -> {function.annotation}" if function.annotation and function.name != "__init__" else ""
    line = f"{name}({', '.join(parts)}){returns}"
    if len(line) <= LONGEST:
        return line
    return "\n".join([f"{name}(", *[f"    {part}," for part in parts], f"){returns}"])


def _parameter(parameter: griffe.Parameter) -> str:
    text = STARS.get(parameter.kind or griffe.ParameterKind.positional_or_keyword, "") + parameter.name
    if parameter.annotation is not None:
        text += f": {parameter.annotation}"
    if parameter.default is not None and parameter.kind not in STARS:
        default = str(parameter.default)
        default = default if '"' in default else default.replace("'", '"')
        text += f" = {default}" if parameter.annotation is not None else f"={default}"
    return text


def place(found: griffe.Object) -> dict[str, str]:
    """Where the code stands, and the page of the book that shows it, if one does."""
    file = Path(str(found.filepath)).resolve().relative_to(ROOT).as_posix()
    page = f"source/{file.removeprefix('scalarnn/').removesuffix('.py')}"
    shown = (ROOT / "docs" / f"{page}.md").is_file()
    page = "../" * _depth(found.module.path) + page
    lines = f"line {found.lineno}" if found.lineno == found.endlineno else f"lines {found.lineno}–{found.endlineno}"
    return {
        "text": file if found.is_module else f"{file}, {lines}",
        "href": (f"{page}.html" + ("" if found.is_module else f"#L{found.lineno}")) if shown else "",
    }


def words(function: griffe.Function) -> str:
    """The way to what the words of a signature mean, if it has any."""
    stated = any(WORD.match(str(parameter.annotation or "")) for parameter in function.parameters)
    return f"{'../' * (_depth(function.module.path) - 1)}index.html#what-the-signatures-mean" if stated else ""


def _depth(module: str) -> int:
    """How many folders deep the API page of a module lies, or that of the room it is in."""
    parts = module.split(".")[1:]
    while parts:
        page = (ROOT / "docs" / "api").joinpath(*parts)
        if page.with_suffix(".md").is_file():
            return len(parts)
        if (page / "index.md").is_file():
            return len(parts) + 1
        parts = parts[:-1]
    return 1


def carried(module: griffe.Module) -> dict[str, griffe.Function]:
    """What a module makes of its rules: `momentum_step = for_every_number(momentum_rule, "momentum_step")`."""
    found = {}
    for name, member in module.members.items():
        value = member.value if isinstance(member, griffe.Attribute) else None
        if isinstance(value, griffe.ExprCall) and str(value.function) == "for_every_number":
            rule = module.members[str(value.arguments[0])]
            if isinstance(rule, griffe.Function):
                found[name] = _like(rule, name, member)
    return found


def _like(rule: griffe.Function, name: str, assigned: griffe.Object | griffe.Alias) -> griffe.Function:
    """A function that takes and returns what the rule does, and says what it says; its code is that of the rule."""
    made = griffe.Function(name, lineno=rule.lineno, endlineno=rule.endlineno, parent=assigned.parent)  # type: ignore[arg-type]
    made.parameters, made.returns = rule.parameters, rule.returns
    if rule.docstring is not None:
        made.docstring = griffe.Docstring(rule.docstring.value, parent=made)
        made.docstring.parser, made.docstring.parser_options = rule.docstring.parser, rule.docstring.parser_options
        first = rule.docstring.value.partition("\n")[0]
        rule.docstring.value = f"{first}\n\nThe rule of one number; `{name}` carries it over lists."
    return made


class PlainDocstrings(griffe.Extension):
    """Prepares what the templates of the API pages show."""

    def on_module_members(self, *, mod: griffe.Module, **_: Any) -> None:
        for name, made in carried(mod).items():
            mod.set_member(name, made)
            made.extra["book"]["place"] = place(made)
            made.extra["book"]["signature"] = signature(made, name)
            made.extra["book"]["place"]["words"] = words(made)

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)
        if obj.is_function or obj.is_class or obj.is_module:
            obj.extra["book"]["place"] = place(obj)
        if isinstance(obj, griffe.Function):
            name = obj.parent.name if obj.name == "__init__" and obj.parent is not None else obj.name
            obj.extra["book"]["signature"] = signature(obj, name)
            obj.extra["book"]["place"]["words"] = words(obj)
