"""The strict build stands; with one mistake planted it fails and says which."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from docs.extensions.link_check import broken_links
from tests.articles import Article, differences

PAGE = """# A page

A formula $z = w x + b$.

$$\\frac{\\partial z}{\\partial w} = x$$

/// step | Sum
    line: scalarnn.neuron.neuron_forward z

Add.
///

/// source | scalarnn.neuron.neuron_forward
///

```python exec="on" session="planted"
from fractions import Fraction

print("Computed: $" + str(1 + 1) + "$, as in [the code](source/neuron.md#L1).")
```

```python exec="on" session="planted"
half = Fraction(1, 2)
```

Half is `= half`, and `= -half * 3` is less.

[To the top](#a-page) <a href="source/layer.html#L1">In HTML</a>
"""

MISTAKES = {
    "an exception in a block": ("1 + 1", "1 / 0", "ZeroDivisionError"),
    "a vanished symbol": ("source | scalarnn.neuron.neuron_forward", "source | scalarnn.neuron.gone", "gone"),
    "a vanished module": ("source | scalarnn.neuron.neuron_forward", "source | scalarnn.gone.f", "gone"),
    "a vanished variable": ("neuron_forward z", "neuron_forward zz", "binds zz"),
    "a vanished function behind a step": ("line: scalarnn.neuron.neuron_forward z", "line: scalarnn.neuron.f z", "f"),
    "code that is not the project's": ("source | scalarnn.neuron.neuron_forward", "source | json.dumps", "own"),
    "an open brace": ("w x + b$", "\\frac{w}{ x + b$", "Missing close brace"),
    "an unknown macro": ("w x + b$", "\\wheight x + b$", "undefined"),
    "a formula that stays as it was typed": ("w x + b$", "w x + b $", "as it was typed"),
    "an unclosed environment": ("$$\\frac", "$$\\begin{aligned} \\frac", "Missing"),
    "a formula that does not close": ("= x$$", "= x", "does not close"),
    "bad TeX out of a block": ('"Computed: $" + str(1 + 1) + "$,', '"Computed: $\\\\frac{1$,', "Missing close brace"),
    "a character that cannot be spoken": ("w x + b$", "w ⨳ x + b$", "⨳"),
    "a name in a sentence that no block binds": ("`= half`", "`= gone`", "NameError"),
    "a sentence that cannot be computed": ("`= half`", "`= half / 0`", "ZeroDivisionError"),
    "a block that is none": ("/// step | Sum", "/// stepp | Sum", "stepp"),
    "an option that is none": ("    line: scalarnn", "    lines: scalarnn", "lines"),
    "a broken link": ("(#a-page)", "(elsewhere.md)", "elsewhere.md"),
    "a broken anchor": ("(#a-page)", "(#elsewhere)", "elsewhere"),
    "a broken anchor on another page": ("(#a-page)", "(source/neuron.md#L9999)", "L9999"),
    "a broken link out of a block": ("source/neuron.md#L1", "source/elsewhere.md#L1", "elsewhere.html"),
    "a broken anchor out of a block": ("source/neuron.md#L1", "source/neuron.md#L9999", "L9999"),
    "a broken link in HTML": ("source/layer.html", "source/elsewhere.html", "elsewhere.html"),
    "a broken anchor in HTML": ("layer.html#L1", "layer.html#L9999", "L9999"),
    "a picture that is not there": ('href="source/layer.html#L1"', 'href="#"><img alt="" src="gone.png"', "gone.png"),
}

Build = Callable[[str], subprocess.CompletedProcess[str]]


def test_the_book_builds_strictly(site: Path) -> None:
    assert (site / "index.html").is_file()
    assert (site / "one-neuron.html").is_file()


def test_every_link_leads_somewhere(site: Path) -> None:
    assert list(broken_links(site)) == []


def test_no_python_reaches_the_site(site: Path) -> None:
    assert not list(site.rglob("*.py"))
    assert not list(site.rglob("*.pyc"))


def transferred(page: Path) -> int:
    """How many bytes a page and all that it loads weigh on their way, compressed."""
    loads = [
        (page.parent / link.split("#")[0]).resolve()
        for link in re.findall(r'(?:src|href)="([^"]+)"', _head(page))
        if not link.startswith("data:")  # it is in the page
    ]
    return sum(compressed(one) for one in {page.resolve(), *loads} if one.is_file())


@cache
def compressed(file: Path) -> int:
    """All pages load the same style sheets and scripts."""
    return len(gzip.compress(file.read_bytes()))


def _head(page: Path) -> str:
    """The tags that load something: style sheets, icons, scripts, pictures."""
    return "".join(re.findall(r"<(?:link|script|img)\b[^>]*>", page.read_text(encoding="utf-8")))


def test_no_page_is_heavy(site: Path) -> None:
    weights = {page.relative_to(site).as_posix(): transferred(page) for page in site.rglob("*.html")}
    heaviest = max(weights, key=lambda name: weights[name])
    assert weights["index.html"] > 50_000  # the theme's style sheets and script are counted
    assert weights[heaviest] < 500_000, heaviest


def test_the_page_without_a_mistake_builds(build_page: Build) -> None:
    result = build_page(PAGE)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_sentence_holds_computed_numbers(build_page: Build, tmp_path: Path) -> None:
    assert build_page(PAGE).returncode == 0
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'Half is <span class="value">0.5</span>, and <span class="value">−1.5</span> is less.' in html


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_stops_the_build(build_page: Build, mistake: str) -> None:
    right, wrong, said = MISTAKES[mistake]
    assert PAGE.count(right) == 1
    result = build_page(PAGE.replace(right, wrong))
    assert result.returncode != 0
    assert said in result.stdout + result.stderr


ARTICLE = (
    '<html><article class="a"><h1 id="b">A <b>book</b></h1><br><p data-search-exclude>of two</p></article>foot</html>'
)


@pytest.mark.parametrize(
    ("right", "wrong", "same"),
    [
        ("foot", "feet", True),
        (" data-search-exclude", "", True),
        ("<h1", '<nav class="md-tags"><i>words</i></nav><h1', True),
        ("<h1", '<nav class="tags"><i>words</i></nav><h1', False),
        ("of two", "of three", False),
        ('id="b"', 'id="c"', False),
        ("<b>book</b>", "book", False),
    ],
)
def test_articles_of_two_builds_are_held_against_each_other(right: str, wrong: str, same: bool) -> None:
    assert right in ARTICLE
    assert (Article(ARTICLE).found == Article(ARTICLE.replace(right, wrong)).found) is same


def test_a_page_that_only_one_build_has_is_seen(tmp_path: Path) -> None:
    for name, pages in {"one": ("a", "b"), "other": ("a", "c")}.items():
        (tmp_path / name).mkdir()
        for page in pages:
            (tmp_path / name / f"{page}.html").write_text(ARTICLE, encoding="utf-8")
    found = [line.partition(":")[0] for line in differences(tmp_path / "one", tmp_path / "other")]
    assert found == ["b.html", "c.html"]
