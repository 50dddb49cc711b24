"""/// step: one numbered step of a derivation.

    /// step | $z$: sum rule
        line: scalarnn.neuron.neuron_forward z

    What the step says, with its formula.
    ///

The title names the quantity and the rule. `line` names a function and a variable of it, and so the line that carries
the step: the step links to that line, and /// source further down writes the step's number and formula beside it. A row
of numbers that belongs to the step may call it by its title.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from docs.extensions.code import binding_lines, read
from docs.extensions.errors import BookError
from docs.extensions.math import displayed

ALIGNED = r"\begin{aligned}"


class Step(Block):  # type: ignore[misc]
    """A numbered step."""

    NAME = "step"
    ARGUMENT = True
    OPTIONS = {"line": ["", str]}  # noqa: RUF012

    def on_create(self, parent: Element) -> Element:
        steps = page_steps(self.md)
        number = self.number = len(steps["numbers"]) + 1
        steps["numbers"].append(number)
        steps["quantities"][number] = self.quantity()
        for name in self.names():
            steps["names"].setdefault(name, []).append(number)
        section = ElementTree.SubElement(parent, "section", {"class": "step", "id": f"step-{number}"})
        head = ElementTree.SubElement(section, "p", {"class": "step__head"})
        link = ElementTree.SubElement(
            head,
            "a",
            {
                "class": "step__number",
                "href": f"#step-{number}",
                "aria-label": f"Step {number}",
                "data-search-exclude": "",
            },
        )
        link.text = str(number)
        rule = ElementTree.SubElement(head, "strong", {"class": "step__rule"})
        rule.text = self.argument
        if self.options["line"]:
            self._link_line(head, number)
        return ElementTree.SubElement(section, "div", {"class": "step__body"})

    def on_end(self, block: Element) -> None:
        """The formula that it leads to, for the line of code; not one that is itself a chain of lines."""
        found = [tex for tex in displayed(self.md, block) if ALIGNED not in tex]
        if found:
            page_steps(self.md)["formulas"][self.number] = found[-1]

    def names(self) -> list[str]:
        """What rows of the page may call this step."""
        return [self.argument]

    def quantity(self) -> str:
        """What the step is about, as LaTeX; empty where only its words say it."""
        return ""

    def _link_line(self, head: Element, number: int) -> None:
        symbol, _, variable = str(self.options["line"]).partition(" ")
        if not variable:
            raise BookError(f"step {number}: line wants a function and a variable, got {self.options['line']!r}")
        code, lines = read(symbol), binding_lines(symbol, variable.strip())
        for line in lines:
            page_steps(self.md)["lines"].setdefault((code.file, line), []).append(number)
        file = code.file.rsplit("/", 1)[-1]
        anchor = f"#{code.name}-L{lines[0]}"
        link = ElementTree.SubElement(head, "a", {"class": "step__line", "href": anchor, "data-search-exclude": ""})
        link.text = f"{file}, line{'s' if len(lines) > 1 else ''} {' and '.join(str(line) for line in lines)}"


def page_steps(md: Markdown) -> dict[str, Any]:
    """The steps of the page so far: numbers, which (file, line) carries which, names, quantities and formulas."""
    if not hasattr(md, "book_steps"):
        md.book_steps = _no_steps()  # type: ignore[attr-defined]
    steps: dict[str, Any] = md.book_steps  # type: ignore[attr-defined]
    return steps


def _no_steps() -> dict[str, Any]:
    return {"numbers": [], "lines": {}, "names": {}, "quantities": {}, "formulas": {}}


class StepsExtension(BlocksExtension):  # type: ignore[misc]
    """Numbered steps, counted from 1 on every page."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        block_mgr.register(Step, self.getConfigs())
        md.registerExtension(self)
        self.md = md

    def reset(self) -> None:
        self.md.book_steps = _no_steps()  # type: ignore[attr-defined]


def makeExtension(**options: Any) -> StepsExtension:
    return StepsExtension(**options)
