"""Elements of a page, for the blocks that write tables of their own."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

SCRIPT = re.compile(r"(_[A-Za-z]\w*(?:,\w+)*|[₀-₉₊₋ᵢⱼₖₗₘₙₜ]+|[⁰¹²³⁴-⁹⁺⁻ⁿᵀᶻ]+)")


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new element with plain text."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value}
    element = ElementTree.SubElement(parent, tag, names)
    if text:
        element.text = AtomicString(text)
    return element


def start_table(parent: Element, *header: str) -> Element:
    """A table with its header: its body."""
    table = add(parent, "table")
    row = add(add(table, "thead"), "tr")
    for cell in header:
        add(row, "th", cell)
    return add(table, "tbody")


def prose(parent: Element, text: str) -> None:
    """Text with `code` in it."""
    for at, piece in enumerate(text.split("`")):
        if at % 2:
            add(parent, "code", piece)
        elif len(parent):
            parent[-1].tail = AtomicString(piece)
        else:
            parent.text = AtomicString(piece)


def formula(parent: Element, text: str) -> None:
    """A formula of a comment, such as w_out,j · zⱼ: what stands below or above its line is set there, in one font."""
    for at, piece in enumerate(SCRIPT.split(text)):
        if at % 2:
            below = piece[0] == "_" or unicodedata.decomposition(piece[0]).startswith("<sub>")
            apart = re.sub("([a-z])([₀-₉])", r"\1,\2", piece.lstrip("_"))  # a_new₀ is a new, 0
            add(parent, "sub" if below else "sup", unicodedata.normalize("NFKC", apart))
        elif len(parent):
            parent[-1].tail = AtomicString(piece)
        else:
            parent.text = AtomicString(piece)
