"""/// theorems: every theorem of a family, with its result.

    /// theorems | softmax
    ///

A family is the first part of the ids. What takes long to prove shows the command that proves it.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from docs.extensions.code import ROOT
from docs.extensions.elements import add, prose
from docs.extensions.errors import BookError
from docs.extensions.math import display_html
from docs.extensions.proofs import allow_second_process, command, status
from docs.extensions.source import file_page
from scalarnn.proofs import catalogue
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.theorem import Theorem


def family(name: str) -> list[Theorem | Derivation]:
    """The theorems whose ids begin with the name."""
    found = [one for one in catalogue.THEOREMS if one.id.startswith(f"{name}.")]
    if not found:
        raise BookError(f"there is no theorem {name}.…")
    return found


def summary() -> str:
    """How many theorems there are, and how many were proved just now."""
    now, errors, errors_now, errors_in_steps = 0, 0, 0, 0
    for one in catalogue.THEOREMS:
        errors += len(one.refuted)
        now += bool(status(one.id))
        if isinstance(one, Derivation):
            errors_in_steps += len(one.refuted)
        elif status(one.id):
            errors_now += len(one.refuted)
    later = errors - errors_now - errors_in_steps
    return (
        f"There are {len(catalogue.THEOREMS)} theorems. {now} of them were proved by the build of this book. The "
        "others take longer, and the tests prove them all. Together they come with "
        f"{errors} deliberate errors, and the tests see every one of them refuted. The build has refuted {errors_now} "
        f"of them; {errors_in_steps} are wrong signs in the steps of derivations, and {later} belong to the theorems "
        "that take longer."
    )


def place(thing: Any) -> tuple[str, str]:
    """The name of a function, and where the book shows it: nothing if no page does."""
    thing = inspect.unwrap(thing)
    _, first = inspect.getsourcelines(thing)
    file = Path(inspect.getsourcefile(thing) or "").resolve().relative_to(ROOT).as_posix()
    page = file_page(file)
    shown = (ROOT / "docs" / page.lstrip("/")).is_file()
    return thing.__qualname__, f"{page}#L{max(first, 1)}" if shown else ""


class Theorems(Block):  # type: ignore[misc]
    """A family of theorems."""

    NAME = "theorems"
    ARGUMENT = True
    argument: str

    def on_create(self, parent: Element) -> Element:
        box = add(parent, "div", class_="theorems")
        for one in family(self.argument):
            section = add(box, "section", class_="theorem", id=one.id)
            head = add(section, "p", class_="theorem__head")
            add(head, "code", one.id)
            said = status(one.id)
            if said:
                add(head, "span", said, class_="theorem__proved")
            else:
                add(head, "code", command(one.id), class_="theorem__later")
            prose(add(section, "p", class_="theorem__says"), one.statement)
            place_of_formula = add(section, "p")
            place_of_formula.text = AtomicString(self.md.htmlStash.store(display_html(one.latex)))
            self._functions(section, one)
        return box

    def _functions(self, section: Element, one: Theorem | Derivation) -> None:
        line = add(section, "p", "about ", class_="theorem__about")
        for at, thing in enumerate(one.about):
            name, href = place(thing)
            parent = add(line, "a", href=href) if href else line
            add(parent, "code", name)
            if at + 1 < len(one.about):
                line[-1].tail = AtomicString(", ")


class TheoremsExtension(BlocksExtension):  # type: ignore[misc]
    """Families of theorems."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002
        block_mgr.register(Theorems, self.getConfigs())


def makeExtension(**options: Any) -> TheoremsExtension:
    allow_second_process()
    return TheoremsExtension(**options)
