"""No decimal figure is typed on a page: each comes from a block that computes it. Code that is shown fits the page."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs").rglob("*.md"))
FENCE = re.compile(r"^(\s*)```([^\n]*)\n(.*?)^\1```\s*$", re.DOTALL | re.MULTILINE)
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
DECIMAL = re.compile(r"\d+[.,]\d+")
COLUMNS = 82  # of code in the width of the text


def decimals_in_prose(text: str) -> list[str]:
    """Decimals outside fences, formulas included."""
    return DECIMAL.findall(FENCE.sub("", FRONT.sub("", text)))


def decimals_in_printed_text(text: str) -> list[str]:
    """Decimals typed into the strings of a block that runs; the numbers it computes with are its own."""
    found: list[str] = []
    for _, header, code in FENCE.findall(text):
        if "exec=" in header:
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.extend(DECIMAL.findall(node.value))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_decimal_is_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert decimals_in_prose(text) == []
    assert decimals_in_printed_text(text) == []


def test_planted_decimals_are_found() -> None:
    assert decimals_in_prose("The loss is 33.8724.") == ["33.8724"]
    assert decimals_in_prose("$L = 0.5$") == ["0.5"]
    block = '```python exec="on"\nx = 0.5\nprint(f"The loss is 0.25 and {x}")\n```\n'
    assert decimals_in_prose(block) == []
    assert decimals_in_printed_text(block) == ["0.25"]


def too_long(text: str) -> list[str]:
    """Lines of shown code that would have to be scrolled beside a text that is read as it stands."""
    shown = [code for _, header, code in FENCE.findall(text) if "exec=" not in header or "source=" in header]
    return [line for code in shown for line in code.splitlines() if len(line) > COLUMNS]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_shown_code_fits_the_page(page: Path) -> None:
    assert too_long(page.read_text(encoding="utf-8")) == []


def test_a_planted_long_line_is_found() -> None:
    line = "x = " + " + ".join("1" * COLUMNS)
    assert too_long(f"```python\n{line}\n```\n") == [line]
    assert too_long(f'```python exec="on"\n{line}\n```\n') == []
