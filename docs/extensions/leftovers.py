"""A block that no extension understood stops the build, instead of standing on the page as it was typed."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from docs.extensions.errors import BookError

LEFT = re.compile(r"<p>(///[^\n<]*(?:\n[^\n<]*)?)")


class Leftovers(Postprocessor):
    """Looks for /// at the start of a paragraph."""

    def run(self, text: str) -> str:
        left = LEFT.search(text)
        if left:
            raise BookError(f"no block understands {left.group(1)!r}: an unknown name, option or missing end")
        return text


class LeftoversExtension(Extension):
    """No block is left as it was typed."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(Leftovers(md), "leftovers", 0)


def makeExtension(**options: Any) -> LeftoversExtension:
    return LeftoversExtension(**options)
