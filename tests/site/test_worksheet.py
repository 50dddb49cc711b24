"""Worksheets and their key in a browser and on paper: as large as handwriting, each variant on pages of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scalarnn.exercise import new_exercise
from scalarnn.worksheets import Worksheets

MILLIMETRE = 96 / 25.4  # in pixels of CSS
PAGES = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worksheets")
    for count in (1, 2):
        made = Worksheets(new_exercise([2, 2, 1]).but(optimizer="adam"), count, seed=7)
        (folder / f"sheets{count}.html").write_text(made.sheets(), encoding="utf-8")
        (folder / f"key{count}.html").write_text(made.key(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["sheets1", "key1"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_a_sheet_fits_asks_nobody_and_axe_finds_nothing(
    browser: Any, files: Path, name: str, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install the extra 'site'").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        address = (files / f"{name}.html").as_uri()
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        violations = axe.run(page).response["violations"]
        assert [f"{one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]] == []
        assert (said, asked) == ([], [address])
    finally:
        context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_blanks_are_as_high_as_handwriting_and_nothing_is_shrunk(
    browser: Any, files: Path, paper: str
) -> None:
    inside = {"A4": 210 - 30, "Letter": 215.9 - 30}[paper]
    page = browser.new_page(viewport={"width": int(inside * MILLIMETRE), "height": 1000})
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((files / "sheets1.html").as_uri())
    # A browser shrinks a page that is wider than its paper.
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    heights = page.evaluate("[...document.querySelectorAll('.blank')].map(one => one.getBoundingClientRect().height)")
    assert heights
    assert all(8 <= height / MILLIMETRE <= 10 for height in heights)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


@pytest.mark.parametrize(("name", "before"), [("sheets", 0), ("key", 1)])
def test_each_variant_has_pages_of_its_own(browser: Any, files: Path, name: str, before: int) -> None:
    """Two take twice as many as one; before the keys comes a page with all codes."""
    counts = []
    for count in (1, 2):
        page = browser.new_page()
        page.goto((files / f"{name}{count}.html").as_uri())
        counts.append(len(PAGES.findall(page.pdf(format="A4"))) - before)
        page.close()
    assert counts[0] > 0
    assert counts[1] == 2 * counts[0]
