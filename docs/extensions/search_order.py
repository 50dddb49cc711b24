"""Chapters before code: who searches for a word finds its page of the book ahead of the modules that use it.

MkDocs runs it as a hook; Material for MkDocs multiplies what a page scores in a search by its boost.
"""

from __future__ import annotations

from typing import Any

OF_CODE = ("source/", "api/")
BOOST = 0.1  # low enough that a chapter which explains a word is above the ten files that say it oftener


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lower the boost of a page of code, unless the page sets its own."""
    if page.file.src_uri.startswith(OF_CODE):
        page.meta = {"search": {"boost": BOOST}, **page.meta}
    return markdown
