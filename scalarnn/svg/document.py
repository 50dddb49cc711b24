"""A page that holds pictures and needs nothing else: one HTML file, without scripts, which asks nobody for anything."""

from __future__ import annotations

import scalarnn
from scalarnn.svg.style import stylesheet
from scalarnn.svg.text import escape

__all__ = ["document"]

ALLOWED = "default-src 'none'; style-src 'unsafe-inline'"


def document(title: str, content: str, style: str, generator: str = "scalarnn") -> str:
    """A whole HTML document, light and dark as the reader's system is, light on paper.

    Args:
        title: its name, as text.
        content: the HTML of its body.
        style: CSS beside that of the pictures.
        generator: what it says it was made by, before the version.

    Examples:
        >>> "<title>1 &lt; 2</title>" in document("1 < 2", "<main></main>", "")
        True
    """
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="{generator} {scalarnn.__version__}">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{ALLOWED}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{(stylesheet() + style).strip()}\n</style>\n</head>\n"
        f"<body>\n{content}</body>\n</html>\n"
    )
