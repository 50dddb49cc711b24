"""A block or a formula that no extension understood stops the build, instead of standing there as typed."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from docs.extensions.errors import BookError

LEFT = re.compile(r"<p>(///[^\n<]*(?:\n[^\n<]*)?)")
NOT_PROSE = re.compile(
    r'<(pre|code|script|style|svg)\b.*?</\1>|<span class="math__tex".*?</span>|<!--.*?-->|<[^>]*>', re.DOTALL
)
TEX = re.compile(r".{0,40}(?:\$|\\[A-Za-z]).{0,40}")


class Leftovers(Postprocessor):
    """Looks for /// at the start of a paragraph, and for $ or \\command in what a reader sees."""

    def run(self, text: str) -> str:
        left = LEFT.search(text)
        if left:
            raise BookError(f"no block understands {left.group(1)!r}: an unknown name, option or missing end")
        raw = raw_tex(text)
        if raw:
            raise BookError(f"no formula, but stands on the page as it was typed: {raw!r}")
        return text


def raw_tex(html: str) -> str:
    """The first dollar sign or LaTeX command that a reader would see, with what is around it; code may hold both."""
    found = TEX.search(NOT_PROSE.sub("\n", html))
    return found[0].strip() if found else ""


class LeftoversExtension(Extension):
    """No block and no formula is left as it was typed."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(Leftovers(md), "leftovers", 0)


def makeExtension(**options: Any) -> LeftoversExtension:
    return LeftoversExtension(**options)
