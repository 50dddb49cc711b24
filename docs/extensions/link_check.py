"""Every link of the built book leads somewhere: to a file of the site and, where it names one, to an anchor in it.

MkDocs checks the links that stand in Markdown. This one reads the pages as they were written to disk, so it also sees
links in raw HTML, links that an extension or a theme made, pictures, style sheets and scripts. Links to other hosts
are left alone. It is a command of its own and no hook, so that it is the same whatever has built the site; the tests
run it too. With the address where the site will stand, links that begin at its root are followed as well.

    python -m docs.extensions.link_check site
    python -m docs.extensions.link_check site https://example.org/book/
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

NO_TAGS = re.compile(r"<!--.*?-->|<(script|style)\b([^>]*)>.*?</\1>", re.DOTALL | re.IGNORECASE)
VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>"']+))"""
ATTRIBUTE = re.compile(rf"""([^\s=<>"'/]+){VALUE}""")
TAG = re.compile(rf"""<([a-z][\w-]*)((?:\s+[^\s=<>"'/]+(?:{VALUE})?)*)\s*/?>""", re.IGNORECASE)
LEADS = {"href", "src", "action", "poster", "data", "xlink:href"}
TOP = {"", "top"}  # every page has a top


class Page(NamedTuple):
    """What a page is called by, and where it leads."""

    anchors: set[str]
    links: list[str]


def read_page(html: str) -> Page:
    """The anchors and the links of a page."""
    anchors, links = set(), []
    for tag, attributes, *_ in TAG.findall(NO_TAGS.sub(r"<\1\2>", html)):
        for name, *values in ATTRIBUTE.findall(attributes):
            value = unescape("".join(values))
            if name == "id" or (name == "name" and tag == "a"):
                anchors.add(value)
            elif name in LEADS:
                links.append(value)
    return Page(anchors, links)


def broken_links(site: Path, base: str = "/") -> Iterator[tuple[str, str, str]]:
    """Each (page, link, what is wrong with it) of a site, whose address ends in `base`."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {name: read_page((site / name).read_text(encoding="utf-8")) for name in files if name.endswith(".html")}
    for name in sorted(pages):
        for link in dict.fromkeys(pages[name].links):
            wrong = _wrong(link, name, files, pages, base)
            if wrong:
                yield name, link, wrong


def _wrong(link: str, page: str, files: set[str], pages: dict[str, Page], base: str) -> str:
    scheme, host, path, _, anchor = urlsplit(link)
    if scheme or host:
        return ""
    if path.startswith("/"):
        if not path.startswith(base):
            return f"it leaves the site at {base}"
        target = posixpath.normpath(path.removeprefix(base) or ".")
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    if target in {".", ""} or path.endswith("/"):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return f"there is no {target}"
    if unquote(anchor) in TOP or target not in pages or unquote(anchor) in pages[target].anchors:
        return ""
    return f"{target} has no anchor {unquote(anchor)!r}"


def main(site: str, address: str = "") -> int:
    """Say which links lead nowhere, a line each; 1 if there are any."""
    base = urlsplit(address).path or "/"
    found = list(broken_links(Path(site), base if base.endswith("/") else f"{base}/"))
    for page, link, wrong in found:
        print(f"{page} contains the link {link!r}, but {wrong}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
