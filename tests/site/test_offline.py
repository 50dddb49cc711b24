"""No page and no style sheet loads anything from another host."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "xlink:href"}
CSS_LOADING = re.compile(r"@import\s+[\"']?([^\"';]+)|url\(\s*[\"']?([^\"')]+)")
OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


class _Loads(HTMLParser):
    """Every address a page loads by itself; links to follow are not among them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in LOADING or (name == "href" and tag not in {"a", "area"}):
                self.found.append(value or "")
            if name == "style":
                self.found.extend(_css_loads(value or ""))


def _css_loads(text: str) -> list[str]:
    return [first or second for first, second in CSS_LOADING.findall(text)]


def _outside(addresses: list[str]) -> list[str]:
    return [address for address in addresses if OUTSIDE.match(address)]


def test_pages_load_nothing_from_outside(site: Path) -> None:
    for page in site.rglob("*.html"):
        loads = _Loads()
        loads.feed(page.read_text(encoding="utf-8"))
        assert loads.found
        assert _outside(loads.found) == [], page.name


def test_style_sheets_load_nothing_from_outside(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        assert _outside(_css_loads(sheet.read_text(encoding="utf-8"))) == [], sheet.name


def test_our_own_scripts_name_no_host(site: Path) -> None:
    for name in ("book.js", "iframe-worker.js"):
        assert "//" not in (site / "assets" / "javascripts" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://example.org/x.js"></script>',
        '<link rel="stylesheet" href="//example.org/x.css">',
        '<p style="background: url(https://example.org/x.png)">',
    ],
)
def test_a_planted_address_is_found(planted: str) -> None:
    loads = _Loads()
    loads.feed(planted)
    assert len(_outside(loads.found)) == 1
