"""/// printed: every printed figure of a worked example. /// errata: what is wrong in all the sources.

    /// printed | 002-neuron
    ///

    /// errata | figures
    ///

Each printed figure stands beside the computed one. A figure that agrees with nothing stops the build.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from docs.extensions.elements import add, prose, start_table
from docs.extensions.errors import BookError
from docs.extensions.figures import number
from docs.extensions.ledger import SOURCES, printed_figures
from scalarnn.worked import EXAMPLES, Result, load, read_claims


class Printed(Block):  # type: ignore[misc]
    """Every printed figure of an example beside the computed one."""

    NAME = "printed"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        found = printed_figures(self.argument)
        box = add(parent, "div", class_="worked")
        if not found:
            add(box, "p", "The source prints no figure for this example. The results here are this package's own.")
            return box
        errata = [result for result in found if result.status == "erratum"]
        kept = len(found) - len(errata)
        said = f"The source prints {len(found)} figures for this example: {kept} come out as printed"
        add(box, "p", f"{said}, {len(errata)} are errata." if errata else f"{said}, digit for digit.")
        if errata:
            errata_table(box, errata)
        folded = add(box, "details", class_="worked__more worked__all")
        add(folded, "summary", f"All {len(found)} printed figures, in the order of the source")
        body = start_table(folded, "where", "quantity", "printed", "computed", "verdict")
        place = ""
        for result in found:
            row = add(body, "tr")
            add(row, "td", result.place if result.place != place else "″")
            add(add(row, "td"), "code", result.quantity)
            add(row, "td", number(result.printed), class_="worked__number")
            add(row, "td", number(result.computed), class_="worked__number")
            add(add(row, "td"), "span", result.status, class_=f"worked__verdict verdict--{result.status}")
            place = result.place
        return box


def errata_table(parent: Element, errata: list[Result]) -> None:
    """Where, what is printed, what is right, and how the wrong figure came about."""
    body = start_table(add(parent, "div", class_="stacked"), "where", "quantity", "printed", "right", "cause")
    for result in errata:
        row = add(body, "tr")
        add(row, "td", result.place, class_="worked__where")
        add(add(row, "td"), "code", result.quantity)
        add(row, "td", number(result.printed), class_="worked__number verdict--erratum", data_label="printed")
        add(row, "td", number(result.computed), class_="worked__number", data_label="right")
        prose(add(row, "td", class_="worked__text"), result.cause or "")


class Errata(Block):  # type: ignore[misc]
    """/// errata | figures and /// errata | statements: what is wrong in the sources."""

    NAME = "errata"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        box = add(parent, "div", class_="worked")
        if self.argument == "figures":
            for example in EXAMPLES:
                wrong = [result for result in printed_figures(example) if result.status == "erratum"]
                if wrong:
                    head = add(box, "h3", f"{load(example).place} (")
                    add(head, "a", example, href=f"/worked/{example}.md").tail = ")"
                    errata_table(box, wrong)
        elif self.argument == "statements":
            for source, kind in SOURCES.items():
                add(box, "h3", f"{source}, {kind}")
                body = start_table(add(box, "div", class_="stacked"), "where", "says", "right", "cause")
                for claim in read_claims():
                    if claim.source == source:
                        row = add(body, "tr")
                        said = {"": claim.place, "says": claim.says, "right": claim.right, "cause": claim.cause}
                        for label, text in said.items():
                            prose(add(row, "td", class_="worked__text", data_label=label), text)
        else:
            raise BookError(f"/// errata wants figures or statements, got {self.argument!r}")
        return box


class PrintedExtension(BlocksExtension):  # type: ignore[misc]
    """Printed figures."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002
        block_mgr.register(Printed, self.getConfigs())
        block_mgr.register(Errata, self.getConfigs())


def makeExtension(**options: Any) -> PrintedExtension:
    return PrintedExtension(**options)
