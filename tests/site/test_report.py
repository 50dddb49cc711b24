"""The report of a training in a browser: light, dark, narrow, and without a word to anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scalarnn.cli import main
from tests.site.visits import Axe, reading

KINDS = {
    "moons": ["moons", "--epochs", "5"],
    "penguins": ["penguins", "--epochs", "2"],
    "digits": ["digits", "--epochs", "1"],
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, words in KINDS.items():
        assert main(["train", *words, "--quiet", "--report", str(folder / f"{name}.html")]) == 0
    return folder


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_a_report_fits_asks_nobody_and_axe_finds_nothing(
    browser: Any, reports: Path, name: str, scheme: str, width: int
) -> None:
    pytest.importorskip("axe_playwright_python", reason="install the extra 'site'")
    address = (reports / f"{name}.html").as_uri()
    with reading(browser, address, scheme, width) as reader:
        asked: list[str] = []
        said: list[str] = []
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.page.on("console", lambda message: said.append(message.text))
        reader.open("")
        assert reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert said == []
        assert Axe()(reader) == []
        assert asked == [address]


def test_dark_is_dark(browser: Any, reports: Path) -> None:
    papers = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto((reports / "moons.html").as_uri())
        papers.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    light, dark = [sum(int(part) for part in paper[4:-1].split(",")) for paper in papers]
    assert light > 600
    assert dark < 150
