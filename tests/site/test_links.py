"""The check of every link of the built book, on small sites with and without a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.extensions.link_check import broken_links, main, read_page

HOME = """<!doctype html><link rel="stylesheet" href="assets/book.css"><h1 id="home">Home</h1>
<a href="one/page.html#step-1">A step</a> <a href="#home">Home</a> <a href="#">Top</a> <a href="./">Here</a>
<a href="https://example.org/gone">Elsewhere</a> <a href="mailto:someone@example.org">Write</a>
<code>&lt;a href="gone.html"&gt;</code> <script>"<a href='gone.html'>"</script> <!-- <a href="gone.html"> -->
"""
PAGE = """<section id=step-1><a href='../index.html#home'>Home</a><img src="../assets/a%20b.svg" alt="A > B"></section>
<a href="/book/index.html">Home, from the root</a><a name="old"></a><a href="#old">Old</a>
"""


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    for name, text in {"index.html": HOME, "one/page.html": PAGE, "assets/book.css": "", "assets/a b.svg": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_site_has_no_broken_link(small_site: Path) -> None:
    assert list(broken_links(small_site, "/book/")) == []


@pytest.mark.parametrize(
    ("page", "right", "wrong", "said"),
    [
        ("index.html", "one/page.html#step-1", "one/gone.html#step-1", "there is no one/gone.html"),
        ("index.html", "#step-1", "#step-2", "one/page.html has no anchor 'step-2'"),
        ("index.html", 'href="#home"', 'href="#gone"', "index.html has no anchor 'gone'"),
        ("index.html", "assets/book.css", "assets/gone.css", "there is no assets/gone.css"),
        ("index.html", '"./"', '"one/"', "there is no one/index.html"),
        ("one/page.html", "'../index.html#home'", "'index.html'", "there is no one/index.html"),
        ("one/page.html", "a%20b.svg", "gone.svg", "there is no assets/gone.svg"),
        ("one/page.html", "/book/index.html", "/index.html", "it leaves the site at /book/"),
        ("one/page.html", "/book/index.html", "../../index.html", "there is no ../index.html"),
    ],
)
def test_a_planted_mistake_is_found(small_site: Path, page: str, right: str, wrong: str, said: str) -> None:
    text = (small_site / page).read_text(encoding="utf-8")
    assert text.count(right) == 1
    (small_site / page).write_text(text.replace(right, wrong), encoding="utf-8")
    assert [(where, what) for where, _, what in broken_links(small_site, "/book/")] == [(page, said)]


def test_anchors_and_links_are_read_out_of_tags_alone() -> None:
    page = read_page(HOME)
    assert page.anchors == {"home"}
    assert not [link for link in page.links if "gone.html" in link]


def test_the_command_says_which_and_ends_with_1(small_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(small_site), "https://example.org/book") == 0
    assert capsys.readouterr().out == ""
    (small_site / "assets" / "book.css").unlink()
    assert main(str(small_site), "https://example.org/book/") == 1
    assert (
        capsys.readouterr().out == "index.html contains the link 'assets/book.css', but there is no assets/book.css\n"
    )
