"""/// exercises: all exercises of the book, by chapter and page, with links.

    /// exercises
    ///

Chapters and pages come from the navigation, the titles from the calls of `exercise` below a page's heading "Exercises".
This is no block of Python: what such a one wrote is kept, and would not know of a new exercise on another page. MkDocs
does not see what stands in the output of blocks, so `link_check` looks at the links to single exercises. The page with
the list lies at the top of the book.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from docs.extensions.code import ROOT
from docs.extensions.elements import add
from docs.extensions.errors import BookError
from docs.extensions.figures import exercise_id

ENTRY = re.compile(r"^ +- (?:\"?([^\":\n]+)\"?: ?)?([\w/-]+\.md)?$", re.MULTILINE)
TITLE = re.compile(r"^(?:title: |# )\"?(.+?)\"?$", re.MULTILINE)
BLOCK = re.compile(r"^```python exec=[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = "\n## Exercises\n"


def chapters() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each chapter of the navigation, with the pages that stand in it: their titles and files."""
    chapter, pages = "", list[tuple[str, str]]()
    for title, page in ENTRY.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]):
        if page:
            pages.append((title or title_of(page), page))
        elif title:
            yield chapter, pages
            chapter, pages = title, []
    yield chapter, pages


def title_of(page: str) -> str:
    """What a page calls itself."""
    found = TITLE.search((ROOT / "docs" / page).read_text(encoding="utf-8"))
    if found is None:
        raise BookError(f"{page} has no title")
    return found.group(1)


def exercises(page: Path) -> list[str]:
    """The titles of the exercises of a page, in their order."""
    found: list[str] = []
    for code in BLOCK.findall(page.read_text(encoding="utf-8").partition(HEADING)[2]):
        for call in ast.walk(ast.parse(code)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "exercise":
                title = call.args[0]
                if not isinstance(title, ast.Constant):
                    raise BookError(f"{page.name}: the title of an exercise is computed: {ast.unparse(title)}")
                if title.value in found:
                    raise BookError(f"{page.name}: two exercises are called {title.value!r}; a link needs one")
                found.append(str(title.value))
    return found


class Exercises(Block):  # type: ignore[misc]
    """All exercises."""

    NAME = "exercises"

    def on_create(self, parent: Element) -> Element:
        box = add(parent, "div")
        count = add(box, "p")
        n_exercises = n_pages = 0
        for chapter, pages in chapters():
            asking = [(title, page, found) for title, page in pages if (found := exercises(ROOT / "docs" / page))]
            if asking:
                add(box, "h2", chapter)
                rows = add(box, "ul")
            for title, page, found in asking:
                row = add(rows, "li")
                links = " ".join(f'<a href="{page}#{exercise_id(one)}">{escape(one)}</a>' for one in found)
                to_page = add(row, "a", title, href=f"/{page}#exercises")
                to_page.tail = AtomicString(f": {self.md.htmlStash.store(links)}")
                n_exercises, n_pages = n_exercises + len(found), n_pages + 1
        count.text = f"{n_exercises} exercises on {n_pages} pages."
        return box


class CollectedExtension(BlocksExtension):  # type: ignore[misc]
    """What is collected from all pages."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002
        block_mgr.register(Exercises, self.getConfigs())


def makeExtension(**options: Any) -> CollectedExtension:
    return CollectedExtension(**options)
