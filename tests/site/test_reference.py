"""What the reference says of the whole book is so on the finished pages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.site.conftest import need_the_docs_tools

TAG = re.compile(r"<[^>]*>")
IN_A_TABLE = re.compile(r"<td><code>([\w.-]+)</code><br\s*/?>.*?</td>\s*<td[^>]*>(.*?)</td>", re.DOTALL)
IN_THE_LIST = re.compile(r'<p class="theorem__head"><code>([\w.-]+)</code><(span|code)[^>]*>(.*?)</\2>', re.DOTALL)
LANES = re.compile(r"[Ff]rom left to right(?:, its sum is|:) ([\d.]+\d)\. In two lanes(?: it is|:) ([\d.]+\d)\.")


def statuses(html: str) -> list[tuple[str, str]]:
    """Each theorem that a page shows, and whether it says that it was proved in this build."""
    found = []
    for pattern in (IN_A_TABLE, IN_THE_LIST):
        for name, *_, said in pattern.findall(html):
            text = " ".join(unescape(TAG.sub("", said)).split())
            command = f"python3 -m scalarnn prove {name}"
            found.append((name, text if text.startswith("proved: ") else "later" if text.endswith(command) else text))
    return found


def test_a_theorem_has_one_status_in_the_whole_book(site: Path) -> None:
    catalogue = pytest.importorskip("scalarnn.proofs.catalogue")
    said: dict[str, dict[str, str]] = {}
    for page in site.rglob("*.html"):
        for name, status in statuses(page.read_text(encoding="utf-8")):
            said.setdefault(name, {})[page.relative_to(site).as_posix()] = status
    assert {name: pages for name, pages in said.items() if len(set(pages.values())) > 1} == {}
    assert [name for name, pages in said.items() if "reference/proofs.html" not in pages] == []
    assert len(said) == len(catalogue.THEOREMS)
    assert sum(len(pages) > 1 for pages in said.values()) > 50
    told = {status for pages in said.values() for status in pages.values()}
    assert {status for status in told if not status.startswith("proved: ")} == {"later"}


def test_a_status_is_read_off_both_kinds_of_pages() -> None:
    table = '<td><code>layer.gradients</code><br />All.<br>x</td>\n<td data-label="result">{}</td>'
    listed = '<p class="theorem__head"><code>layer.gradients</code>{}</p>'
    proved = table.format('<span class="verdict"><strong>proved</strong>: 2 equations</span>')
    assert statuses(proved) == [("layer.gradients", "proved: 2 equations")]
    assert statuses(listed.format('<span class="theorem__proved">proved: 2 equations</span>')) == statuses(proved)
    later = "<code>python3 -m scalarnn prove layer.gradients</code>"
    assert statuses(table.format(f"takes longer; prove it yourself: {later}")) == [("layer.gradients", "later")]
    assert statuses(listed.format(later)) == [("layer.gradients", "later")]
    assert statuses(table.format("takes longer: prove it yourself")) != [("layer.gradients", "later")]


def test_what_takes_longer_is_a_theorem() -> None:
    need_the_docs_tools()
    from docs.extensions.proofs import SLOW, command, proved
    from scalarnn.proofs import catalogue

    assert {one.id for one in catalogue.THEOREMS} >= SLOW
    name = min(SLOW)
    assert command(name) in proved(name)
    assert "**proved**" not in proved(name)


@pytest.mark.parametrize("page", ["reference/digits.html", "worked/003-layer-float64.html"])
def test_two_lanes_are_shown_where_they_differ(site: Path, page: str) -> None:
    text = " ".join(unescape(TAG.sub("", (site / page).read_text(encoding="utf-8"))).split())
    (sums,) = LANES.findall(text)
    assert sums[0] != sums[1]
    assert float(sums[0]) == pytest.approx(float(sums[1]), rel=1e-15)


def test_equal_lanes_would_be_seen() -> None:
    assert LANES.findall("From left to right, its sum is 3.0. In two lanes it is 3.0.") == [("3.0", "3.0")]


@pytest.mark.parametrize("page", ["how-to-read.html", "stepping.html"])
def test_the_way_to_the_code_stands_where_commands_begin(site: Path, page: str) -> None:
    text = TAG.sub("", (site / page).read_text(encoding="utf-8"))
    assert "Get the code" in text
    assert re.search(r"You need Python \d\.\d+ or newer", " ".join(text.split()))
