"""The API pages: every module and every public name has its place, and a docstring reads as it was meant."""

from __future__ import annotations

import importlib
import importlib.util
import re
from html import unescape
from pathlib import Path

import pytest

for tool in ("griffe", "mkdocs"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

import griffe  # noqa: E402

from docs.extensions.api import overview, page_of, pages, source_of, words_of_signatures  # noqa: E402
from docs.extensions.docstrings import PlainDocstrings, as_markdown, carried, signature  # noqa: E402
from docs.extensions.link_check import read_page  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
# The command line, how numbers are written, what only writes messages.
WITHOUT_A_PAGE = {"__init__", "__main__", "cli", "commands", "digits", "causes"}


def test_every_module_has_a_page() -> None:
    modules = {path.stem for path in (ROOT / "scalarnn").glob("*.py")}
    modules |= {f"learning.{path.stem}" for path in (ROOT / "scalarnn" / "learning").glob("[!_]*.py")}
    rooms = {path.parent.name for path in (ROOT / "scalarnn").glob("*/__init__.py")}
    assert set(pages()) == (modules | rooms) - WITHOUT_A_PAGE
    for name in pages():
        assert f"::: scalarnn.{name}" in (ROOT / "docs" / "api" / page_of(name)).read_text(encoding="utf-8")


def built(site: Path, name: str) -> str:
    return (site / "api" / page_of(name)).with_suffix(".html").read_text(encoding="utf-8")


def text_of(site: Path, module: str, name: str) -> str:
    """What the API page says of one function, as text."""
    part = built(site, module).partition(f'id="scalarnn.{module}.{name}"')[2].partition("doc doc-object doc-")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", "", part)).split())


@pytest.mark.parametrize("name", [name for name in pages() if name != "proofs"])
def test_every_public_name_is_on_its_page(site: Path, name: str) -> None:
    module = importlib.import_module(f"scalarnn.{name}")
    shown = read_page(built(site, name)).anchors
    offered = getattr(module, "__all__", [])
    public = [one for one in offered if getattr(getattr(module, one), "__doc__", None) and one.upper() != one]
    assert public or name == "learning"  # a room that offers nothing itself
    assert [one for one in public if not shown & {f"scalarnn.{name}.{one}", f"scalarnn.{name}.{one}.{one}"}] == []


def test_a_page_holds_all_that_a_docstring_says(site: Path) -> None:
    html = built(site, "neuron")
    part = html.partition('id="scalarnn.neuron.neuron_backward"')[2]
    text = " ".join(re.sub(r"<[^>]*>", " ", part).split())
    for title in ("Returns", "Source", "Examples"):
        assert f" {title} " in text
    assert "dL_dw (n numbers), dL_db (a number), dL_dx (n numbers)." in text
    assert "( [ 12 , - 24 , 36 ], 12 , [ - 36 , - 12 , 24 ])" in text or "([12, -24, 36], 12, [-36, -12, 24])" in text
    assert re.search(r'href="\.\./source/neuron\.html#L\d+">scalarnn/neuron\.py, lines \d+–\d+<', part)


def test_a_page_shows_what_a_function_takes(site: Path) -> None:
    """It is stated once, in the signature: kinds, and letters for lengths."""
    neuron = text_of(site, "neuron", "neuron_forward")
    assert "neuron_forward(x: Vector[n], w: Vector[n], b: Number) -> Number" in neuron
    layer = text_of(site, "layer", "layer_forward")
    assert "layer_forward(x: Vector[n], W: Matrix[m, n], b: Vector[m]) -> list[Number]" in layer
    assert layer.count("what the words of the signature mean") == 1
    for page, back in (("layer", ""), ("learning.adam", "../")):
        assert f'href="{back}index.html#what-the-signatures-mean"' in built(site, page)
    assert "what the words" not in built(site, "svg")
    assert "to_inputs: bool = True" in text_of(site, "layer", "Layer.backward_batch")
    for module, name in (("neuron", "neuron_forward"), ("layer", "layer_forward")):
        source = (site / "source" / f"{module}.html").read_text(encoding="utf-8")
        source = unescape(re.sub(r"<[^>]*>", "", source))
        stated = text_of(site, module, name).partition(f"{name}(")[2].partition(")")[0]
        assert f"def {name}({stated})" in source


def test_a_step_has_all_that_its_rule_says(site: Path) -> None:
    step = text_of(site, "learning.adam", "adam_step")
    assert "adam_step( theta: Parameters, dL_dtheta: Parameters, m: Parameters, v: Squares, t: Count," in step
    assert "* , beta1: Beta" in step or "*, beta1: Beta" in step
    for title in ("Arguments", "Returns", "Source", "Examples"):
        assert title in step
    rule = text_of(site, "learning.adam", "adam_rule")
    assert "The rule of one number; adam_step carries it over lists." in rule
    assert "Arguments" not in rule
    html = built(site, "learning.adam")
    assert html.count('href="../../source/learning/adam.html#L') >= 3  # the rule, the step and the object


def test_what_is_made_of_a_rule_is_found() -> None:
    module = griffe.load("scalarnn.learning.penalties", search_paths=[ROOT])
    assert isinstance(module, griffe.Module)
    found = carried(module)
    assert set(found) >= {"l1_penalty_gradient", "l2_penalty_gradient", "half_l2_penalty_gradient"}
    assert "l1_penalty" not in found
    made = found["l1_penalty_gradient"]
    assert [parameter.name for parameter in made.parameters] == ["theta", "strength"]
    assert made.lineno == module["l1_gradient_rule"].lineno


def test_the_front_page_lists_every_module() -> None:
    assert overview().count("](") == len(pages())
    assert source_of("datasets").name == "__init__.py"
    assert source_of("learning.adam").name == "adam.py"
    assert page_of("learning") == "learning/index.md"
    assert page_of("learning.adam") == "learning/adam.md"


def test_the_front_page_explains_every_kind() -> None:
    from scalarnn.doors.kinds import ALONE, LOOKS

    words = words_of_signatures()
    shown = {word.partition("[")[0] for cell in re.findall(r"`([^`]+)`", words) for word in cell.split(", ")}
    said_by_itself = {"LegacyRandom", "RateOrDecay"}  # a class of the package; Rate, or a decay
    assert {*LOOKS, *ALONE, "Matrix", "Parameters", "Squares"} - shown == said_by_itself
    assert "with forward(z) and backward(dL_da, z)" in words


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


def test_a_table_stays_one_without_its_indentation() -> None:
    """Where all lines after the first are indented, Python's tools take the indentation away."""
    assert as_markdown("Adam: a step.\n\ntheta    θ, *one*\ndL_dz    ∂L/∂z,\n         and so on\n\nθ = a * b") == (
        "Adam: a step.\n\n    theta    θ, *one*\n    dL_dz    ∂L/∂z,\n             and so on\n\nθ = a \\* b"
    )
    assert as_markdown("A sentence.\nTwo   lines") == "A sentence.\nTwo   lines"


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
