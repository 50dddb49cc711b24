"""A worksheet on a page: its first sheet of paper as a picture, made of the very HTML that is printed."""

from __future__ import annotations

import re
from base64 import b64encode

from docs.extensions.errors import BookError
from docs.extensions.terminal import folder
from scalarnn.svg import rules
from scalarnn.svg.style import LIGHT
from scalarnn.svg.text import escape
from scalarnn.worksheets.look import style

WIDE, HIGH = 794, 1123  # A4 in pixels of CSS
# A column is a page: what does not fit goes to the next one, out of sight.
ON_PAPER = """
body { background: #fff; height: 297mm; overflow: hidden; }
article { column-fill: auto; column-gap: 40mm; column-width: 180mm; height: 266mm; padding: 14mm 15mm; width: 180mm; }
"""
NARROW = re.compile(r"^@media \(max-width.*\n", re.MULTILINE)  # paper is not, however small its picture
ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)
XHTML, SVG = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"


def first_page(name: str, spoken: str) -> str:
    """The first page of a file of sheets, or of a key, as it comes out of the printer.

    Args:
        name: the file, in the folder where commands run.
        spoken: what is seen on it.
    """
    found = ARTICLE.search((folder() / name).read_text(encoding="utf-8"))
    if found is None:
        raise BookError(f"{name}: there is no sheet in it")
    kind = "keys" if "key" in name else "sheets"
    variables = "".join(f"--picture-{key}: {colour}; " for key, colour in LIGHT.items())
    printed = NARROW.sub("", style()).replace("@media print", "@media all")
    css = f":root {{ {variables}}}\n{rules()}{printed}{ON_PAPER}"
    article = found[0].replace("<svg ", f'<svg xmlns="{SVG}" ')
    drawn = (
        f'<svg xmlns="{SVG}" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}">'
        f'<foreignObject width="{WIDE}" height="{HIGH}"><body xmlns="{XHTML}"><style>{escape(css)}</style>'
        f'<div class="{kind}">{article}</div></body></foreignObject></svg>'
    )
    data = b64encode(drawn.encode()).decode()
    picture = f'<img class="sheet-of-paper" width="{WIDE}" height="{HIGH}" alt="{escape(spoken)}"'
    return f'{picture} src="data:image/svg+xml;base64,{data}">\n'
