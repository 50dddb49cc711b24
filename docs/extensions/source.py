"""/// source and /// module: the package's own code on a page.

    /// source | scalarnn.neuron.neuron_forward
    ///

    /// module | scalarnn.neuron
    ///

Every line has its number in the file and an anchor. Lines that carry a step of the page show its number.
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
from docs.extensions.steps import page_steps

Tokens = list[tuple[_TokenType, str]]
INK = {"n", "o"}  # names and operators have the colour of the text
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
        write_lines(figure, code, f"{code.name}-L", self._steps(code), _folded(self.argument, code))
        return figure

    def _steps(self, code: Code) -> dict[int, list[int]]:
        carried = page_steps(self.md)["lines"]
        return {line: numbers for (file, line), numbers in carried.items() if file == code.file}


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
    parent: Element, code: Code, anchor: str, steps: dict[int, list[int]], folded: tuple[int, int] | None
) -> None:
    """The numbered lines of the code, each with its anchor."""
    box = ElementTree.SubElement(parent, "div", {"class": "highlight source__lines"})
    pre = ElementTree.SubElement(box, "pre")
    ElementTree.SubElement(pre, "span")  # as Pygments writes it: a lone code would be highlighted again
    inner = ElementTree.SubElement(pre, "code")
    for number, tokens in enumerate(_lines("".join(code.lines)), start=code.first):
        if folded and folded[0] <= number <= folded[1]:
            if number == folded[0]:
                _fold(inner, code, folded)
            continue
        _line(inner, number, tokens, f"{anchor}{number}", steps.get(number, []))


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


def _line(parent: Element, number: int, tokens: Tokens, anchor: str, steps: list[int]) -> None:
    kind = "source__line source__line--step" if steps else "source__line"
    line = ElementTree.SubElement(parent, "span", {"class": kind, "id": anchor})
    if steps:
        first, last = steps[0], steps[-1]
        several = len(steps) > 1
        ElementTree.SubElement(
            line,
            "a",
            {
                "class": "source__step",
                "href": f"#step-{first}",
                "aria-label": f"Steps {', '.join(str(step) for step in steps)}" if several else f"Step {first}",
                "data-n": f"{first}\N{EN DASH}{last}" if several else str(first),
            },
        )
    ElementTree.SubElement(
        line,
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
        _token(line, kind_of_token, text)


def _token(line: Element, kind: _TokenType, text: str) -> None:
    name = STANDARD_TYPES.get(kind, "")
    if not name or name in INK or kind is Text or not text.strip():
        last = line[-1]
        last.tail = AtomicString((last.tail or "") + text)
        return
    span = ElementTree.SubElement(line, "span", {"class": name})
    span.text = AtomicString(text)


def _fold(parent: Element, code: Code, folded: tuple[int, int]) -> None:
    line = ElementTree.SubElement(parent, "span", {"class": "source__line source__fold"})
    link = _to_file(line, code.file, folded[0])
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
