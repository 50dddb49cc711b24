"""A picture that stands alone: its style and its namespace inside, no script, light and dark as the page around it.

A page of a notebook says in its own way whether it is dark; a page that says nothing is as the reader's system. What is
drawn has its own paper, so that it can be read on any. Only the rules that a picture needs go with it.
"""

from __future__ import annotations

from scalarnn.svg.style import DARK, LIGHT, rules
from scalarnn.svg.text import Picture

__all__ = ["framed", "image"]

NAMESPACE = "http://www.w3.org/2000/svg"

FRAME = ".scalarnn-shown"
# What stands above an output where the page is light, and where it is dark: Jupyter and nbconvert, VS Code, Colab,
# marimo.
IN_LIGHT = ('[data-jp-theme-light="true"]', ".vscode-light", '[theme="light"]', ".light")
IN_DARK = ('[data-jp-theme-light="false"]', ".vscode-dark", '[theme="dark"]', ".dark")


def framed(drawn: str) -> str:
    """Pictures, or other HTML, as HTML that needs nothing from the page around it.

    Examples:
        >>> shown = framed('<figure class="picture"><svg viewBox="0 0 1 1"></svg></figure>')
        >>> "<style>" in shown, 'xmlns="http://www.w3.org/2000/svg"' in shown, "<script" in shown
        (True, True, False)
    """
    named = drawn.replace("<svg ", f'<svg xmlns="{NAMESPACE}" ')
    return f'<div class="{FRAME[1:]}"><style>{_style(drawn)}</style>{named}</div>'


def image(picture: str) -> str:
    """The drawing of a picture as an SVG file: no HTML around it, style and namespace inside.

    Examples:
        >>> print(image('<figure class="picture"><svg viewBox="0 0 1 1"></svg></figure>')[:70])
        <svg xmlns="http://www.w3.org/2000/svg" class="picture scalarnn-shown"
    """
    start = picture.index("<svg ")
    drawn = picture[start : picture.index("</svg>", start) + len("</svg>")]
    kinds = picture[picture.index('class="') + len('class="') :].partition('"')[0]
    style = f"<style>{_style(picture)}</style>"
    head, _, rest = drawn.partition(">")
    return f'{head.replace("<svg ", f"""<svg xmlns="{NAMESPACE}" class="{kinds} {FRAME[1:]}" """, 1)}>{style}{rest}'


def _style(drawn: str) -> str:
    """The rules for what is drawn, and its colours."""
    import re

    classes = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', drawn))))
    return _frame() + _of_use(rules(), classes)


def _frame() -> str:
    """The colours, and a paper to draw on."""
    light, dark = (
        "".join(f"--picture-{name}: {colour}; " for name, colour in colours.items()) for colours in (LIGHT, DARK)
    )
    in_light, in_dark = (", ".join(f"{above} {FRAME}" for above in places) for places in (IN_LIGHT, IN_DARK))
    return (
        f"{FRAME} {{ {light}background: var(--picture-paper); color: var(--picture-ink); padding: 0.3em 0.6em; }}\n"
        f"@media (prefers-color-scheme: dark) {{ {FRAME} {{ {dark}}} }}\n"
        f"{in_light} {{ {light}}}\n{in_dark} {{ {dark}}}\n"
        f"svg{FRAME} {{ font-family: system-ui, sans-serif; }}\n"
        f"{FRAME} :is(code, tr, td, th) {{ background: none !important; color: inherit; "
        "text-align: left !important; }\n"
    )


def _of_use(text: str, classes: set[str]) -> str:
    """The rules that speak of classes which are there.

    Examples:
        >>> _of_use(".a { fill: red; }\\n.b text { fill: blue; }\\n@media print {\\n  .a { fill: none; }\\n}", {"a"})
        '.a { fill: red; }\\n@media print {\\n  .a { fill: none; }\\n}'
    """
    import re

    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    blocks = re.findall(r"[^{}]+\{(?:[^{}]|\{[^{}]*\})*\}", plain)
    kept = [block.strip() for block in blocks if set(re.findall(r"\.([a-z][\w-]*)", block)) & classes]
    return "\n".join(kept)


Picture._repr_html_ = framed  # type: ignore[attr-defined]  # what a notebook asks for
