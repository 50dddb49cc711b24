"""The API pages: every module and every public name has its place, and a docstring reads as it was meant."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

for tool in ("griffe", "mkdocs"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

import griffe  # noqa: E402

from docs.extensions.api import overview, pages, source_of, words_of_signatures  # noqa: E402
from docs.extensions.docstrings import PlainDocstrings, as_markdown, signature  # noqa: E402
from docs.extensions.link_check import read_page  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_A_PAGE = {
    "__init__",
    "__main__",
    "cli",
    "commands",
    "digits",
    "causes",
}  # the command line; what only writes messages


def test_every_module_has_a_page() -> None:
    modules = {path.stem for path in (ROOT / "scalarnn").glob("*.py")} - WITHOUT_A_PAGE
    rooms = {path.parent.name for path in (ROOT / "scalarnn").glob("*/__init__.py")}
    assert set(pages()) == (modules | rooms) - WITHOUT_A_PAGE
    for name in pages():
        assert f"::: scalarnn.{name}" in (ROOT / "docs" / "api" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in pages() if name != "proofs"])
def test_every_public_name_is_on_its_page(site: Path, name: str) -> None:
    module = importlib.import_module(f"scalarnn.{name}")
    shown = read_page((site / "api" / f"{name}.html").read_text(encoding="utf-8")).anchors
    public = [one for one in module.__all__ if getattr(getattr(module, one), "__doc__", None) and one.upper() != one]
    assert public
    assert [one for one in public if not shown & {f"scalarnn.{name}.{one}", f"scalarnn.{name}.{one}.{one}"}] == []


def test_a_page_holds_all_that_a_docstring_says(site: Path) -> None:
    html = (site / "api" / "neuron.html").read_text(encoding="utf-8")
    part = html.partition('id="scalarnn.neuron.neuron_backward"')[2]
    text = " ".join(re.sub(r"<[^>]*>", " ", part).split())
    for title in ("Arguments", "Returns", "Raises", "Source", "Examples"):
        assert f" {title} " in text
    assert "the gradient of the loss with respect to z, a number." in text
    assert "( [ 12 , - 24 , 36 ], 12 , [ - 36 , - 12 , 24 ])" in text or "([12, -24, 36], 12, [-36, -12, 24])" in text
    assert re.search(r'href="\.\./source/neuron\.html#L\d+">scalarnn/neuron\.py, lines \d+–\d+<', part)


def test_the_front_page_lists_every_module() -> None:
    assert overview().count("](") == len(pages())
    assert source_of("datasets").name == "__init__.py"
    assert "a row of W is a neuron" in words_of_signatures()


# ---- docstrings as Markdown ------------------------------------------------------------------------------------------

DOCSTRING = """W[j][i] weighs input i; 2 * d * x, `W[j][i]`.

    W[j][i]    a table stays as it is

Args:
    W: rows; W[j][i] is one, and $5 is no formula.

Attributes:
    w, b: copies.

Source: `001`,
    and `002`.

Examples:
    >>> W[0][1] * 2
    4
"""


MARKED = [
    "0 where z < 0, −1 where a<b, and <b> is no tag",
    "A & B &lt; C, $5 and $6$, {x} | a |, a \\ b, \\_ \\*",
    "__init__ and _y_ are names, so are dL_dz and x_i",
    "W[j][i] * 2 * x, [a](b), ![a](b), [[x]]",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_reader_sees_what_was_written(text: str) -> None:
    import html

    import markdown

    html_ = markdown.markdown(as_markdown(text), extensions=["tables", "attr_list", "abbr", "docs.extensions.math"])
    assert html.unescape(html_.removeprefix("<p>").removesuffix("</p>")) == text


def test_no_page_shows_a_backslash_that_nobody_wrote(site: Path) -> None:
    for page in (site / "api").glob("*.html"):
        text = re.sub(r"<(pre|code|script|style|svg)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r".{0,20}\\.{0,20}", re.sub(r"<[^>]*>", "", text)) == [], page.name


def test_what_markdown_would_take_for_a_mark_is_escaped() -> None:
    text = as_markdown(DOCSTRING)
    assert text.startswith(r"W\[j\]\[i\] weighs input i; 2 \* d \* x, `W[j][i]`.")
    assert "\n    W[j][i]    a table stays as it is\n" in text
    assert r"    W: rows; W\[j\]\[i\] is one, and &#36;5 is no formula." in text
    assert "\n    w,b: copies." in text
    assert "Source:\n    `001`,\n    and `002`.\n" in text
    assert ">>> W[0][1] * 2\n" in text


@pytest.fixture(scope="module")
def small_module() -> griffe.Module:
    code = """
def short(x: int, /, y, *, z=2) -> int: ...
def many(*values: float, sep: str = " ", **named) -> None: ...
class Box:
    def __init__(self, a: int = 1): ...
def long(first_argument: dict[str, int], second_argument: dict[str, int], third: int) -> dict[str, int]: ...
"""
    module = griffe.visit("small", filepath=ROOT / "scalarnn" / "neuron.py", code=code)
    assert isinstance(module, griffe.Module)
    return module


def test_signatures_are_written_as_python(small_module: griffe.Module) -> None:
    def written(path: str, name: str = "") -> str:
        found = small_module[path]
        return signature(found, name or found.name)

    assert written("short") == "short(x: int, y, *, z=2) -> int"
    assert written("many") == 'many(*values: float, sep: str = " ", **named) -> None'
    assert written("Box.__init__", "Box") == "Box(a: int = 1)"
    assert written("long").splitlines()[1:3] == [
        "    first_argument: dict[str, int],",
        "    second_argument: dict[str, int],",
    ]


def test_the_place_of_the_code_is_a_page_of_the_book() -> None:
    module = griffe.load("scalarnn.neuron", search_paths=[ROOT], extensions=griffe.load_extensions(PlainDocstrings))
    found = module["neuron_forward"].extra["book"]["place"]
    assert (
        found["text"]
        == f"scalarnn/neuron.py, lines {module['neuron_forward'].lineno}–{module['neuron_forward'].endlineno}"
    )
    assert found["href"] == f"../source/neuron.html#L{module['neuron_forward'].lineno}"
