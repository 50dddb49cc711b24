"""Do two tools make the same book? The article of each page, as one has built it and as the other has.

    python -m mkdocs build --strict --site-dir one
    python -m zensical build --strict -f mkdocs.yml
    python -m tests.articles one site

What a theme puts around the articles is its own affair. What else may differ stands here, in LEFT_OUT.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
LEFT_OUT = {
    "data-search-exclude": "says to the search what it is not to take: Zensical takes it off when it has done so",
    "__skip": "where the link to the content leads: Zensical puts it into the article",
    "md-tags": "the words in which readers ask: Zensical shows them above the title",
}


class Article(HTMLParser):
    """What stands in the article of a page: each tag with its attributes, and each piece of text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[bool] = []  # of each element around, whether it counts
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.open and tag != "article":
            return
        values = {name: " ".join((value or "").split()) for name, value in attrs if name not in LEFT_OUT}
        counts = all(self.open[-1:]) and not LEFT_OUT.keys() & {values.get("id"), *values.get("class", "").split()}
        if counts:
            self.found.append(" ".join([f"<{tag}", *(f'{name}="{values[name]}"' for name in sorted(values))]))
        if tag not in VOID:
            self.open.append(counts)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in VOID and self.open.pop():
            self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] and data.strip():
            self.found.append(" ".join(data.split()))


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line for each page that only one has, or whose article is another."""
    pages = {file.relative_to(site) for site in (one, other) for file in site.rglob("*.html")}
    for page in sorted(pages):
        if not (one / page).is_file() or not (other / page).is_file():
            yield f"{page}: only in {one if (one / page).is_file() else other}"
            continue
        articles = [Article((site / page).read_text(encoding="utf-8")).found for site in (one, other)]
        if articles[0] != articles[1]:
            first = next(pair for pair in zip_longest(*articles, fillvalue="its end") if pair[0] != pair[1])
            yield f"{page}: {first[0][:150]} | {first[1][:150]}"


def main(one: str, other: str) -> int:
    found = list(differences(Path(one), Path(other)))
    for line in found:
        print(line)
    pages = len(list(Path(one).rglob("*.html")))
    print(f"{pages} pages, {len(found)} with another article; left out of the comparison:")
    for name, why in LEFT_OUT.items():
        print(f"  {name}: {why}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
