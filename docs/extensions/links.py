"""Links to other pages in what a block prints: `[batches](../forward/batch.md)` leads to batch.html.

MkDocs turns the links that stand in Markdown. What a block prints is converted on its own, and MkDocs does not see it.
Links that the extensions make begin at the top, `/source/neuron.md`. MkDocs turns these too, and Zensical does not.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

ZENSICAL = "rendering_context"  # what it calls the part that knows which page is made
TO_A_PAGE = re.compile(r'(<a\b[^>]*\shref="(?![a-z]+:|/)[^"#?]*)\.md(["#])')
FROM_THE_TOP = re.compile(r'(<a\b[^>]*\shref=")/([^"#?]*)\.md(["#])')


class PageLinks(Postprocessor):
    """Runs on the whole page, the output of its blocks included."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.markdown: Markdown = md

    def run(self, text: str) -> str:
        text = TO_A_PAGE.sub(r"\1.html\2", text)
        if ZENSICAL not in self.markdown.preprocessors:
            return text
        folder = posixpath.dirname(self.markdown.preprocessors[ZENSICAL].page.url)
        return FROM_THE_TOP.sub(lambda at: f"{at[1]}{posixpath.relpath(f'{at[2]}.html', folder or '.')}{at[3]}", text)


class LinksExtension(Extension):
    """Links out of blocks."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(PageLinks(md), "page_links", 2)


def makeExtension(**options: Any) -> LinksExtension:
    return LinksExtension(**options)
