"""Links to other pages in what a block prints: `[batches](../forward/batch.md)` leads to batch.html.

MkDocs turns the links that stand in Markdown. What a block prints is converted on its own, and MkDocs does not see it.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

TO_A_PAGE = re.compile(r'(<a\b[^>]*\shref="(?![a-z]+:|/)[^"#?]*)\.md(["#])')


class PageLinks(Postprocessor):
    """Runs on the whole page, the output of its blocks included."""

    def run(self, text: str) -> str:
        return TO_A_PAGE.sub(r"\1.html\2", text)


class LinksExtension(Extension):
    """Links out of blocks."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(PageLinks(md), "page_links", 2)


def makeExtension(**options: Any) -> LinksExtension:
    return LinksExtension(**options)
