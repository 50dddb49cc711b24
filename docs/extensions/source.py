"""/// source and /// module: the package's own code on a page.

    /// source | scalarnn.neuron.neuron_forward
    ///

    /// module | scalarnn.neuron
    ///

Every line has its number in the file and an anchor. Lines that carry a step of the page show its number, and the
formula that the step leads to stands beside them.
A source shows the first line of the docstring and leaves the rest to the file's own page, /// module.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString
from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES, Text, _TokenType
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from docs.extensions.code import ROOT, Code, docstring_lines, read
from docs.extensions.math import inline_html, width
from docs.extensions.steps import page_steps

Tokens = list[tuple[_TokenType, str]]
INK = {"n", "o"}  # names and operators have the colour of the text
ROOM = 32  # heights of an x: a wider formula stands above its line on every screen
LINES_AT_ONCE = 50  # of a whole file, laid out together when they come near the window


def file_page(file: str) -> str:
    """scalarnn/neuron.py → the page of the book that shows the whole file."""
    return f"/source/{file.removeprefix('scalarnn/').removesuffix('.py')}.md"


def _to_file(parent: Element, file: str, line: int) -> Element:
    """A link to a line of a file, or plain text where no page shows the file."""
    page = file_page(file)
    if not (ROOT / "docs" / page.lstrip("/")).is_file():
        return ElementTree.SubElement(parent, "span")
    return ElementTree.SubElement(parent, "a", {"href": f"{page}#L{line}"})


class Source(Block):  # type: ignore[misc]
    """A symbol's source."""

    NAME = "source"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        code = read(self.argument)
        figure = ElementTree.SubElement(
            parent, "figure", {"class": "source", "id": f"source-{code.name}", "data-copy": "".join(code.lines)}
        )
        caption = ElementTree.SubElement(figure, "figcaption", {"class": "source__caption"})
        name = ElementTree.SubElement(caption, "code")
        name.text = AtomicString(code.name)
        link = _to_file(caption, code.file, code.first)
        link.text = AtomicString(f"{code.file}, lines {code.first}–{code.last}")
        marks = self._marks(code)
        if _beside(marks):
            figure.set("class", f"source source--annotated{' source--above' if self.widest > ROOM else ''}")
        write_lines(figure, code, f"{code.name}-L", marks, _folded(self.argument, code))
        return figure

    def _marks(self, code: Code) -> dict[int, Element]:
        """What stands before a line that carries steps: their numbers, with their formulas if they have one."""
        steps, self.widest = page_steps(self.md), 0.0
        places = [(line, numbers) for (file, line), numbers in sorted(steps["lines"].items()) if file == code.file]
        carried = {line: numbers for line, numbers in places if code.first <= line <= code.last}
        first = {number: line for line, numbers in reversed(carried.items()) for number in numbers}  # of two branches
        if not any(number in steps["formulas"] for number in first):
            return {line: _step(numbers) for line, numbers in carried.items()}
        return {
            line: self._with_formulas([(n, steps["formulas"].get(n, "") if first[n] == line else "") for n in numbers])
            for line, numbers in carried.items()
        }

    def _with_formulas(self, steps: list[tuple[int, str]]) -> Element:
        """Steps with their formulas; a browser puts them above the line where there is no room beside it."""
        marks = Element("span", {"class": "source__steps", "data-search-exclude": ""})
        rows = [([number], tex) for number, tex in steps]
        if not any(tex for _, tex in steps):
            rows = [([number for number, _ in steps], "")]
        for numbers, tex in rows:
            row = ElementTree.SubElement(marks, "span", {"class": "source__formula"})
            row.append(_step(numbers))
            if tex:
                self.widest = max(self.widest, width(tex))
                formula = ElementTree.SubElement(row, "span")
                formula.text = AtomicString(self.md.htmlStash.store(inline_html(tex)))
        return marks


class Module(Block):  # type: ignore[misc]
    """A whole file."""

    NAME = "module"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        code = read(self.argument)
        figure = ElementTree.SubElement(parent, "figure", {"class": "source", "data-copy": "".join(code.lines)})
        write_lines(figure, code, "L", {}, None)
        _in_chunks(figure, code)
        return figure


def _folded(symbol: str, code: Code) -> tuple[int, int] | None:
    """The docstring's lines after its first."""
    found = docstring_lines(symbol)
    if found is None or found[1] - found[0] < 2 or code.first == 1:
        return None
    return found[0] + 1, found[1]


def write_lines(
    parent: Element, code: Code, anchor: str, marks: dict[int, Element], folded: tuple[int, int] | None
) -> None:
    """The numbered lines of the code, each with its anchor, and before some a mark."""
    box = ElementTree.SubElement(parent, "div", {"class": "highlight source__lines"})
    pre = ElementTree.SubElement(box, "pre")
    ElementTree.SubElement(pre, "span")  # as Pygments writes it: a lone code would be highlighted again
    inner = ElementTree.SubElement(pre, "code")
    for number, tokens in enumerate(_lines("".join(code.lines)), start=code.first):
        if folded and folded[0] <= number <= folded[1]:
            if number == folded[0]:
                _fold(inner, code, folded, _beside(marks))
            continue
        _line(inner, number, tokens, f"{anchor}{number}", marks.get(number), _beside(marks))


def _in_chunks(figure: Element, code: Code) -> None:
    """A long file in chunks of lines, each as wide as the widest line: so a browser can leave those out of sight."""
    (inner,) = figure.iter("code")
    lines = list(inner)
    width = max(len(line) for line in code.lines)
    for line in lines:
        inner.remove(line)
    for at in range(0, len(lines), LINES_AT_ONCE):
        chunk = ElementTree.SubElement(inner, "span", {"class": "source__chunk"})
        chunk.extend(lines[at : at + LINES_AT_ONCE])
        chunk.set("style", f"--lines:{len(chunk)};--columns:{width}")


def _beside(marks: dict[int, Element]) -> bool:
    """Whether the code stands beside formulas, in a column of its own."""
    return any(mark.tag == "span" for mark in marks.values())


def _step(steps: list[int]) -> Element:
    """A link to the first of these steps."""
    first, last = steps[0], steps[-1]
    several = len(steps) > 1
    return Element(
        "a",
        {
            "class": "source__step",
            "href": f"#step-{first}",
            "aria-label": f"Steps {', '.join(str(step) for step in steps)}" if several else f"Step {first}",
            "data-n": f"{first}\N{EN DASH}{last}" if several else str(first),
        },
    )


def _line(parent: Element, number: int, tokens: Tokens, anchor: str, mark: Element | None, beside: bool) -> None:
    kind = "source__line source__line--step" if mark is not None else "source__line"
    line = ElementTree.SubElement(parent, "span", {"class": kind, "id": anchor})
    if mark is not None:
        line.append(mark)
    code = _place_of_code(line, beside)
    ElementTree.SubElement(
        code,
        "a",
        {
            "class": "source__number",
            "href": f"#{anchor}",
            "tabindex": "-1",
            "aria-label": f"Line {number}",
            "data-n": str(number),
        },
    )
    for kind_of_token, text in tokens:
        _token(code, kind_of_token, text)


def _place_of_code(line: Element, beside: bool) -> Element:
    return ElementTree.SubElement(line, "span", {"class": "source__code"}) if beside else line


def _token(line: Element, kind: _TokenType, text: str) -> None:
    name = STANDARD_TYPES.get(kind, "")
    if not name or name in INK or kind is Text or not text.strip():
        last = line[-1]
        last.tail = AtomicString((last.tail or "") + text)
        return
    span = ElementTree.SubElement(line, "span", {"class": name})
    span.text = AtomicString(text)


def _fold(parent: Element, code: Code, folded: tuple[int, int], beside: bool) -> None:
    line = ElementTree.SubElement(parent, "span", {"class": "source__line source__fold"})
    link = _to_file(_place_of_code(line, beside), code.file, folded[0])
    link.text = AtomicString(f"what comes back, where it is from, an example: lines {folded[0]}–{folded[1]}")
    link.tail = "\n"


def _lines(text: str) -> list[Tokens]:
    """The tokens of each line."""
    lines: list[Tokens] = [[]]
    for kind, value in lex(text, PythonLexer(stripnl=False)):
        for at, piece in enumerate(value.split("\n")):
            if at:
                lines[-1].append((Text, "\n"))
                lines.append([])
            if piece:
                lines[-1].append((kind, piece))
    return [line for line in lines if line]


class SourceExtension(BlocksExtension):  # type: ignore[misc]
    """The package's own code on a page."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002
        block_mgr.register(Source, self.getConfigs())
        block_mgr.register(Module, self.getConfigs())


def makeExtension(**options: Any) -> SourceExtension:
    return SourceExtension(**options)
