"""Formulas: $…$ in a line, $$…$$ on lines of their own, typeset by MathJax while building.

MathJax is the one that its makers build, as files in a package that asks for nothing else; it runs in mini-racer, an
engine whose wheels fit every Python.

Each formula becomes one SVG without script or font. Its spoken name is its label, its LaTeX lies beside it
where selecting and copying find it, and the outlines of its letters stand once at the end of the page.
What is not TeX stops the build.
"""

from __future__ import annotations

import atexit
import json
import re
from functools import cache
from html import escape, unescape
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString
from py_mini_racer import MiniRacer

from docs.extensions.errors import BookError
from docs.extensions.kept import Kept, print_of
from docs.extensions.speech import speak

INLINE = r"(?<![\\$])\$(?![\s$])((?:\\.|[^\\$])+?)(?<!\s)\$(?![\d$])"
COPIED = re.compile(r'data-clipboard-text="([^"]*)"')
WIDTH = re.compile(r'style="width:([\d.]+)ex')
GLYPHS = "glyphs"
GLYPH = re.compile(r'href="#glyph-([^"]+)"')
SHEET = re.compile(r'<svg class="math-glyphs".*?</svg>', re.DOTALL)
ALONE = re.compile(r'<(\w+)((?: (?!transform)[\w-]+="[^"]*")*)(?: transform="([^"]*)")?/>')
KEPT = ("d", "transform", "x", "y", "width", "height", "viewBox", "rx", "ry", "stroke-width", "points")


HERE, MATHJAX = Path(__file__), files("mathjax") / "static" / "mathjax" / "es5"
PARTS = ("core", "adaptors/liteDOM", "input/tex-full", "output/svg", "output/svg/fonts/tex")  # no browser is needed
MADE_OF = print_of([HERE, HERE.with_name("speech.py")], ["django-static-mathjax", "mini-racer"])


class Formula(NamedTuple):
    """A typeset formula: the SVG, and how it reads aloud."""

    svg: str
    spoken: str


@cache
def _kept() -> Kept:
    """Formulas that were typeset before, as [svg, spoken], and the letters in them under GLYPHS."""
    found = Kept("formulas", MADE_OF)
    found.setdefault(GLYPHS, {})
    return found


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    atexit.register(engine.close)  # left to the interpreter's end, it waits now and then for a thread that is gone
    engine.eval('globalThis.MathJax = {startup: {adaptor: "liteDOM"}}; 0')
    for part in ("startup", *PARTS):
        engine.eval((MATHJAX / f"{part}.js").read_text(encoding="utf-8") + "; 0")
    engine.eval(f"MathJax.loader.preLoad(...{json.dumps(PARTS)}); 0")
    engine.eval("MathJax.startup.getComponents(); MathJax.startup.makeMethods(); 0")
    return engine


@cache
def typeset(tex: str, display: bool = False) -> Formula:
    """The formula as SVG, with its spoken name; BookError if it is no TeX."""
    name = f"{'$$' if display else '$'} {tex}"
    if name not in _kept():
        _kept()[name] = _typeset(tex, display)
    return Formula(*_kept()[name])


def _typeset(tex: str, display: bool) -> Formula:
    try:
        drawing = f"MathJax.tex2svg({json.dumps(tex)}, {{display: {json.dumps(display)}}})"
        drawn = ElementTree.fromstring(str(_engine().eval(f"MathJax.startup.adaptor.innerHTML({drawing})")))
    except Exception as error:
        raise BookError(f"MathJax could not typeset {tex!r}: {error}") from error
    _refuse_errors(drawn, tex)
    spoken = speak(drawn, tex)
    width, height = drawn.get("width", ""), drawn.get("height", "")
    style = f"width:{width};height:{height};{drawn.get('style', '')}".replace(" ", "")
    body = "".join(_write(child) for child in drawn)
    svg = f'<svg role="img" aria-label="{escape(spoken)}" viewBox="{drawn.get("viewBox")}" style="{style}">{body}</svg>'
    return Formula(svg, spoken)


def _refuse_errors(drawn: Element, tex: str) -> None:
    """MathJax draws its complaints in place of the formula: find them."""
    for node in drawn.iter():
        if node.get("data-mml-node") == "merror" or node.get("data-mjx-error"):
            reason = node.get("data-mjx-error") or node.get("title") or "not TeX"
            raise BookError(f"bad TeX {tex!r}: {reason}")
        if node.get("fill") == "red":
            unknown = "".join(chr(int(part.get("data-c", "3F"), 16)) for part in node.iter() if part.get("data-c"))
            raise BookError(f"bad TeX {tex!r}: undefined {unknown}")
        if _tag(node) == "text":
            raise BookError(f"bad TeX {tex!r}: no letter for {node.text!r}")


def _tag(node: Element) -> str:
    return node.tag.rsplit("}", 1)[-1]


def _write(node: Element) -> str:
    """One node of the SVG, without namespaces and notes; the outlines go to the page's sheet."""
    tag = _tag(node)
    if tag == "defs":
        for path in node:
            _kept()[GLYPHS][_glyph_name(path.get("id", ""))] = path.get("d", "")
        return ""
    if tag == "use":
        name = _glyph_name(node.get("{http://www.w3.org/1999/xlink}href", ""))
        if not _kept()[GLYPHS].get(name):
            return ""
        moved = f' transform="{node.get("transform")}"' if node.get("transform") else ""
        return f'<use href="#glyph-{name}"{moved}/>'
    inside = "".join(_write(child) for child in node)
    attributes = "".join(f' {key}="{escape(node.get(key, ""))}"' for key in KEPT if node.get(key) is not None)
    if tag == "g":
        if not inside:
            return ""
        if node.get("fill") == "currentColor":
            attributes += ' fill="currentColor" stroke="currentColor"'
        moved = node.get("transform", "")
        alone = ALONE.fullmatch(inside)
        if alone and attributes == f' transform="{moved}"':  # half of all groups hold one letter
            return f'<{alone[1]}{alone[2]} transform="{" ".join(filter(None, (moved, alone[3])))}"/>'
        return f"<g{attributes}>{inside}</g>" if attributes else inside
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _glyph_name(identifier: str) -> str:
    """MJX-7-MM-I-1D467 → MM-I-1D467: the same letter has one name on every formula."""
    return re.sub(r"^#?MJX-\d+-", "", identifier)


def inline_html(tex: str) -> str:
    """A formula in a line of text; search shows short ones, `$z$`, in its excerpts."""
    hidden = " data-search-exclude" if "\\" in tex else ""
    return (
        f'<span class="math">{typeset(tex).svg}'
        f'<span class="math__tex" aria-hidden="true"{hidden}>${escape(tex)}$</span></span>'
    )


def display_html(tex: str) -> str:
    """A formula on lines of its own, with a button that copies its LaTeX."""
    source = escape(tex)
    return (
        f'<div class="math math--display"><div class="math__scroll">{typeset(tex, display=True).svg}'
        f'<span class="math__tex" aria-hidden="true" data-search-exclude>$${source}$$</span></div>'
        f'<button class="math__copy" type="button" title="Copy LaTeX" aria-label="TeX of this formula, copy it" '
        f'data-search-exclude data-clipboard-text="{source}">TeX</button></div>'
    )


def width(tex: str) -> float:
    """How wide a formula in a line of text is, in heights of the letter x."""
    return float(WIDTH.search(typeset(tex).svg)[1])  # type: ignore[index]


def displayed(md: Markdown, element: Element) -> list[str]:
    """The LaTeX of the formulas that stand on lines of their own in this element."""
    places = [int(at) for part in element.iter("p") for at in HTML_PLACEHOLDER_RE.findall(part.text or "")]
    found = [COPIED.search(str(md.htmlStash.rawHtmlBlocks[at])) for at in places]
    return [unescape(tex[1]) for tex in found if tex]


class InlineMath(InlineProcessor):
    """$…$."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002
        return self.md.htmlStash.store(inline_html(m.group(1))), m.start(0), m.end(0)


class DisplayMath(BlockProcessor):
    """$$…$$, a block of its own without an empty line inside."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.md = md

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return block.lstrip().startswith("$$")

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0).strip()
        if len(block) < 5 or not block.endswith("$$"):
            raise BookError(f"a formula opens with $$ and does not close in the same block: {block!r}")
        place = ElementTree.SubElement(parent, "p")
        place.text = AtomicString(self.md.htmlStash.store(display_html(block[2:-2].strip())))


class Glyphs(Postprocessor):
    """The outlines of all letters of the page's formulas, once, at its end."""

    def run(self, text: str) -> str:
        text = SHEET.sub("", text)
        names = sorted(set(GLYPH.findall(text)))
        if not names:
            return text
        paths = "".join(f'<path id="glyph-{name}" d="{_kept()[GLYPHS][name]}"/>' for name in names)
        return f'{text}\n<svg class="math-glyphs" aria-hidden="true" width="0" height="0"><defs>{paths}</defs></svg>'


class MathExtension(Extension):
    """Formulas typeset while building."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(InlineMath(INLINE, md), "math", 185)
        md.parser.blockprocessors.register(DisplayMath(md), "math", 105)
        md.postprocessors.register(Glyphs(md), "math_glyphs", 5)
        if "$" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("$")


def makeExtension(**options: Any) -> MathExtension:
    return MathExtension(**options)
