"""A program as its computational graph: a node a line, joined to the lines that use it; folded where it is large.

From left to right stand the inputs and what is computed from them. With numbers put in, each node shows its value; with
the program of a derivative beside it, the gradient too.
"""

from __future__ import annotations

import re

from scalarnn.svg.diagram import node, words
from scalarnn.svg.text import counted, figure, fitting, place
from scalarnn.unrolled.latex_text import Symbols
from scalarnn.unrolled.parts import operands
from scalarnn.unrolled.python_text import Python
from scalarnn.unrolled.values import Branch, Loop, Value, plain
from scalarnn.unrolled.writer import Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from scalarnn.unrolled.made import Made
    from scalarnn.unrolled.values import Block

__all__ = ["graph"]

MOST = 40
RADIUS, COLUMN, EDGE = 25, 118, 44.0
ROW, ROW_OF_NUMBERS = 66, 92


class _Nodes:
    """The lines of a program and who uses whom, by name."""

    def __init__(self, program: Made) -> None:
        names = program.fresh_names()
        self.writer = Writer(program.block, program.results, names, Python(program.kind))
        self.uses: dict[str, dict[str, None]] = {}
        for value in self._lines(program.block):
            name = self.writer.name_of(value)
            self.uses.setdefault(name, {}).update(dict.fromkeys(self._sources(value)))
        inputs = [source for sources in self.uses.values() for source in sources if source not in self.uses]
        self.uses = {**{source: {} for source in inputs}, **self.uses}

    def _lines(self, block: Block) -> Iterator[Value]:
        for item in block.items:
            if not self.writer.parts.is_needed(item):
                continue
            if type(item) is Value and item not in self.writer.inside:
                yield item
            elif type(item) is Branch:
                yield from self._lines(item.then)
                yield from self._lines(item.other)
                yield from (phi for phi in item.phis if phi in self.writer.parts.live)
            elif type(item) is Loop:
                yield from (one for one in item.carried if one in self.writer.parts.live)
                yield from self._lines(item.body)

    def _sources(self, value: Value) -> Iterator[str]:
        args = list(operands(value))
        if value.op == "phi":
            args.append(self.writer.parts.branch_of[value].condition)
        own = self.writer.name_of(value)
        for one in map(plain, args):
            if one in self.writer.inside:
                yield from self._sources(one)
            elif self.writer.name_of(one) != own:
                yield self.writer.name_of(one)


def _folded(uses: Mapping[str, Mapping[str, None]], of: Any) -> dict[str, dict[str, None]]:
    """The same with several nodes in one: `of` says which."""
    folded: dict[str, dict[str, None]] = {}
    for name, sources in uses.items():
        kept = folded.setdefault(of(name), {})
        kept.update(dict.fromkeys(of(source) for source in sources if of(source) != of(name)))
    return folded


def _list_of(name: str) -> str:
    """W_01 is part of W."""
    return re.sub(r"(_\d+)+$", "", name)


def graph(program: Made, values: Mapping[str, Any] | None = None, gradients: Mapping[str, Any] | None = None) -> str:
    """The graph as a `<figure>` in the manner of `scalarnn.svg`.

    Args:
        program: the program.
        values: name of a line, or of an input → its number; what is missing is not written.
        gradients: the same for ∂L/∂line.
    """
    uses = _Nodes(program).uses
    sizes = dict.fromkeys(uses, 1)
    if len(uses) > MOST:
        sizes = {}
        for name in uses:
            sizes[_list_of(name)] = sizes.get(_list_of(name), 0) + 1
        uses = _folded(uses, _list_of)
    columns = _columns(uses)
    row = ROW if values is None and max(sizes.values()) == 1 else ROW_OF_NUMBERS
    height = max(len(column) for column in columns) * row + 2 * EDGE
    places = {}
    for at, column in enumerate(columns):
        top = (height - (len(column) - 1) * row) / 2
        for j, name in enumerate(column):
            places[name] = (EDGE + COLUMN * at + 20, top + j * row)
    symbols = Symbols(uses)
    parts = []
    for name, sources in uses.items():
        x1, y1 = places[name]
        for source in sources:
            x0, y0 = places[source]
            ends = f'x1="{place(x0)}" y1="{place(y0)}" x2="{place(x1)}" y2="{place(y1)}"'
            parts.append(f'<line class="picture__wire" {ends}/>')
    for name in uses:
        x, y = places[name]
        letters = symbols.of(name).unicode()
        small = " picture__node--small" if len(letters) > 4 else ""
        parts.append(node(x, y, letters, ("picture__node--input" if not uses[name] else "") + small))
        if sizes[name] > 1:
            parts.append(words(x, y + RADIUS + 15, f"{sizes[name]} numbers", "picture__caption"))
        elif values is not None and name in values:
            parts.append(words(x, y - RADIUS - 5, fitting(values[name]), "picture__value"))
        if gradients is not None and name in gradients and sizes[name] == 1:
            parts.append(words(x, y + RADIUS + 15, fitting(gradients[name]), "picture__gradient"))
    n_inputs = sum(not sources for sources in uses.values())
    spoken = f"{counted(n_inputs, 'input')}, {counted(len(uses) - n_inputs, 'line')}. " + " ".join(
        f"{symbols.of(name).unicode()} from {', '.join(symbols.of(one).unicode() for one in sources)}."
        for name, sources in uses.items()
        if sources
    )
    size = (2 * EDGE + 40 + COLUMN * (len(columns) - 1), height)
    return figure("diagram", size, f"{program.name} as a graph", spoken, parts)


def _columns(uses: Mapping[str, Mapping[str, None]]) -> list[list[str]]:
    """Each node one column behind the last of its sources; an input right before its first use."""
    depth: dict[str, int] = {}

    def find(name: str, above: frozenset[str]) -> int:
        if name not in depth:
            sources = [one for one in uses[name] if one not in above]
            depth[name] = max((find(one, above | {name}) for one in sources), default=-1) + 1
        return depth[name]

    for name in uses:
        find(name, frozenset())
    for name, sources in uses.items():
        if not sources:
            users = [depth[user] for user, needed in uses.items() if name in needed]
            depth[name] = max(0, min(users, default=1) - 1)
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in uses:
        columns[depth[name]].append(name)
    return [column for column in columns if column]
