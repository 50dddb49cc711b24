"""/// derived: one numbered step of a derivation that is proved.

    /// derived | derivation.000-softmax-cross-entropy chain-rule
    What the step says in words.
    ///

Quantity, rule, formula and line come from the derivation's list of steps, the one that SymPy proves. A step that is
gone from the list stops the build. `letters: 004` writes a derivation of that source in the letters of the book.
"""

from __future__ import annotations

import inspect
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension

from docs.extensions.errors import BookError
from docs.extensions.letters import in_our_letters
from docs.extensions.math import display_html
from docs.extensions.steps import Step
from scalarnn.proofs import catalogue, derivation


def find_step(name: str, step: str) -> derivation.Step:
    """A step of a derivation, both by their ids."""
    try:
        found = catalogue.find(name)
    except KeyError:
        raise BookError(f"there is no derivation {name}") from None
    steps = {one.id: one for one in found.steps} if isinstance(found, derivation.Derivation) else {}
    if step not in steps:
        raise BookError(f"{name} has no step {step!r}; its steps are {', '.join(steps) or 'none'}")
    return steps[step]


def bound_at(line: Any) -> str:
    """The function and the variable that carry a step: "scalarnn.layer.weight_gradient dL_dw"."""
    if line is None:
        return ""
    variable = line.variable.partition("[")[0].partition(".")[0]
    function = inspect.unwrap(line.function)
    return f"{function.__module__}.{function.__qualname__} {variable}"


class Derived(Step):
    """A numbered step whose formula is proved."""

    NAME = "derived"
    OPTIONS = {"letters": ["", str]}  # noqa: RUF012
    argument: str

    def on_create(self, parent: Element) -> Element:
        name, _, step = self.argument.partition(" ")
        self.derivation = name
        self.step = find_step(name, step.strip())
        self.argument = f"${self._in_letters(self.step.quantity)}$: {self.step.rule}"
        self.options = {**self.options, "line": bound_at(self.step.line)}
        self.body = super().on_create(parent)
        return self.body

    def names(self) -> list[str]:
        """Its id, and where another derivation of the page has the same, the derivation's id before it."""
        return [self.step.id, f"{self.derivation} {self.step.id}"]

    def quantity(self) -> str:
        """The left-hand side."""
        return self._in_letters(self.step.quantity)

    def _in_letters(self, tex: str) -> str:
        source = str(self.options["letters"])
        return in_our_letters(tex, source) if source else tex

    def on_end(self, block: Element) -> None:
        tex = self._in_letters(f"{self.step.quantity} = {self.step.latex}")
        place = ElementTree.SubElement(self.body, "p")
        place.text = AtomicString(self.md.htmlStash.store(display_html(tex)))
        super().on_end(block)


class DerivedExtension(BlocksExtension):  # type: ignore[misc]
    """Steps of proved derivations."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002
        block_mgr.register(Derived, self.getConfigs())


def makeExtension(**options: Any) -> DerivedExtension:
    return DerivedExtension(**options)
