"""Worked examples, theorems, sessions and curves on a page."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

for tool in ("markdown", "pymdownx", "mathjax", "py_mini_racer", "pygments", "sympy"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

from markdown import Markdown  # noqa: E402

from docs.extensions import by_hand, proofs  # noqa: E402
from docs.extensions.errors import BookError  # noqa: E402
from docs.extensions.ledger import figures_table, results  # noqa: E402
from docs.extensions.math import typeset  # noqa: E402
from docs.extensions.prompt import prompt  # noqa: E402
from docs.extensions.stepping import walk_to  # noqa: E402

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = """/// step | Shift
    line: scalarnn.layer.layer_forward z_j

Add.
///

"""


# ---- worked examples -------------------------------------------------------------------------------------------------


def test_rows_hold_formula_numbers_and_value() -> None:
    _, formula, value = by_hand.by_hand_rows("002-layer", "z")[1]
    assert formula.startswith(r"$\begin{aligned} z_{1} &= W_{10} x_{0} + ")
    assert "(0.5)(1) + (0.6)(2)" in formula
    assert ">7.2<" in value


def test_an_update_is_no_equation() -> None:
    (_, first, _), *_ = by_hand.by_hand_rows("003-neuron", "w")
    assert r"w_{0} \leftarrow w_{0} - \eta" in first
    assert r"w_{0} = w_{0}" not in first
    (_, unlike, _), *_ = by_hand.by_hand_rows("003-neuron", "z")
    assert "leftarrow" not in unlike


def test_a_worked_page_shows_an_update_with_its_arrow() -> None:
    html = Markdown(extensions=["tables", "docs.extensions.math", "docs.extensions.worked"]).convert(
        "/// work | 003-neuron\n///\n"
    )
    assert html.count(r"$\leftarrow w_{0} - \eta \cdot") >= 1
    assert r"$\leftarrow \frac" not in html


def test_rows_of_a_line_that_binds_several_names_are_told_apart() -> None:
    names = {name: len(by_hand.by_hand_rows("002-layer", name)) for name in ("dL_dW", "dL_db", "dL_dx")}
    assert names == {"dL_dW": 12, "dL_db": 6, "dL_dx": 4}


@pytest.mark.parametrize("example", ["000-forward", "000-layers", "001-columns", "002-layer", "004-collapse"])
def test_every_row_can_be_typeset_and_spoken(example: str) -> None:
    for entry in by_hand._entries(example):
        for quantity in entry.names:
            if any(one.symbol is not None for one in by_hand.steps_of(example, quantity)):
                for _, formula, _ in by_hand.by_hand_rows(example, quantity):
                    for tex in formula.split("$")[1::2]:
                        assert typeset(tex).spoken


def test_a_row_shows_the_step_of_the_line_that_computed_it() -> None:
    book = [
        "pymdownx.superfences",
        "tables",
        "md_in_html",
        "docs.extensions.math",
        "docs.extensions.steps",
        "docs.extensions.by_hand",
    ]
    html = Markdown(extensions=book).convert(PAGE + by_hand.written_out("002-layer", "z", "a"))
    rows = html.split("<tr>")[2:]
    assert ['href="#step-1"' in row for row in rows] == [True] * 3 + [False] * 3
    assert "data-computed-at" not in html


DERIVED = """/// derived | derivation.004-output-layer output-weights
The output layer.
///

/// derived | derivation.004-hidden-layer hidden-weights
The hidden layer.
///

"""
WITH_STEPS = ["tables", "md_in_html", "docs.extensions.math", "docs.extensions.derived", "docs.extensions.by_hand"]


def test_a_line_that_serves_two_quantities_leaves_the_step_to_the_row() -> None:
    with pytest.raises(BookError, match="serves steps 1 and 2"):
        Markdown(extensions=WITH_STEPS).convert(DERIVED + by_hand.written_out("004-network", "dL_dW"))
    named = by_hand.written_out("004-network", "dL_dW", at=("hidden-weights",))
    html = Markdown(extensions=WITH_STEPS).convert(DERIVED + named)
    assert html.split("<tbody>")[1].count('href="#step-2"') == 6
    assert html.split("<tbody>")[1].count('href="#step-1"') == 0


def test_two_steps_about_the_same_quantity_share_a_line() -> None:
    page = (
        "/// derived | derivation.003-layer weights-chain\n///\n\n/// derived | derivation.003-layer weights\n///\n\n"
    )
    html = Markdown(extensions=WITH_STEPS).convert(page + by_hand.written_out("002-layer", "dL_dW", only=("∂L/∂W₀₀",)))
    assert "#step-1" in html.split("<tbody>")[1]
    assert "#step-2" in html.split("<tbody>")[1]


@pytest.mark.parametrize(("name", "found"), [("gone", "no step is"), ("inputs", "steps 1 and 2 are")])
def test_a_row_of_a_step_that_is_not_there_or_there_twice_stops_the_build(name: str, found: str) -> None:
    page = "/// derived | derivation.000-dense inputs\n///\n\n/// derived | derivation.batch inputs\n///\n\n"
    with pytest.raises(BookError, match=f"step '{name}', but {found} called so"):
        Markdown(extensions=WITH_STEPS).convert(page + by_hand.written_out("002-layer", "z", at=(name,)))
    spelled = by_hand.written_out("002-layer", "z", at=("derivation.batch inputs",))
    assert "#step-2" in Markdown(extensions=WITH_STEPS).convert(page + spelled).split("<tbody>")[1]


def test_letters_are_written_in_another_way() -> None:
    letters = {r"\text{target}": "t"}
    assert "t = 3" in by_hand.given("004-network", "target", letters=letters)
    (_, first, _), *_ = by_hand.by_hand_rows("004-network", "L", letters=letters)
    assert "d = y - t = 21 - 3" in first


def test_figures_printed_twice_say_where() -> None:
    once, twice = results("002-neuron", ("L",)), results("002-neuron", ("z", "w_new"))
    assert "| where |" not in figures_table(once)
    assert "| quantity | where | printed |" in figures_table(twice)
    rows = [row.split(" | ")[:2] for row in figures_table(twice).splitlines() if row.startswith("| `")]
    assert all(bool(where) == (name in {"| `z`", "| `w_new[1]`", "| `w_new[2]`"}) for name, where in rows)


@pytest.mark.parametrize(
    ("quantity", "only"),
    [("gone", ()), ("z", ("z₇",)), ("dy_da", ())],
)
def test_what_an_example_does_not_work_out_stops_the_build(quantity: str, only: tuple[str, ...]) -> None:
    with pytest.raises(BookError, match="002-layer"):
        by_hand.written_out("002-layer", quantity, only=only)


def test_given_numbers_are_a_formula() -> None:
    assert r"x = \begin{pmatrix} 1 \\ 2 \end{pmatrix}" in by_hand.given("004-network", "x", "W")
    with pytest.raises(BookError, match="not given gone"):
        by_hand.given("004-network", "gone")


def test_long_numerators_and_maxima_break() -> None:
    long = " + ".join(["1234567890.123456789"] * 4)
    assert by_hand._broken(rf"\frac{{{long}}}{{4}}").count(by_hand.JOIN) > 0
    assert by_hand._broken(rf"\max\left({long.replace(' +', ',')}\right)").count(by_hand.JOIN) > 0
    for part in (rf"\frac{{{long}}}{{4}}", rf"\max\left({long.replace(' +', ',')}\right)", long):
        assert typeset(by_hand._formula("m", [part])).spoken


# ---- theorems --------------------------------------------------------------------------------------------------------


def test_theorems_are_proved_here_and_now() -> None:
    shown = proofs.proved("layer.forward", "network.three-layers")
    assert "**proved**: 10 equations, 4 planted errors refuted" in shown
    assert "takes longer" in shown
    assert "scalarnn prove layer.forward" in shown


def test_no_formula_ends_its_cell() -> None:
    assert "|" not in proofs._statement("loss.mean-absolute-error").replace(r"\|", "")


def test_a_theorem_that_does_not_hold_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self) -> None:
            self.refuted = ()

        def prove(self) -> object:
            return type("Result", (), {"holds": False, "failure": "2 = 3"})()

    monkeypatch.setattr(proofs.catalogue, "find", lambda _: Broken())
    with pytest.raises(BookError, match="2 = 3"):
        proofs._prove("planted")


def test_an_unknown_theorem_or_function_is_named() -> None:
    with pytest.raises(BookError, match=r"no theorem layer\.gone"):
        proofs.proved("layer.gone")
    assert proofs.theorems_about("scalarnn.layer.layer_forward") == ["layer.forward"]
    with pytest.raises(BookError, match="no theorem is about"):
        proofs.theorems_about("scalarnn.check.vector")


# ---- sessions --------------------------------------------------------------------------------------------------------


def test_a_prompt_is_a_real_one() -> None:
    assert prompt(["x = 2", "x * 3"]) == "```pycon\n>>> x = 2\n>>> x * 3\n6\n```\n"
    assert "ValueError: math domain error" in prompt(["import math", "math.sqrt(-1)"], fails="ValueError")
    with pytest.raises(BookError, match="ZeroDivisionError"):
        prompt(["1 / 0"])
    with pytest.raises(BookError, match="nothing raised"):
        prompt(["1 / 1"], fails="ValueError")


def test_the_stepper_goes_where_the_page_says() -> None:
    assert "step 002-layer\n" in walk_to("002-layer", "z_j")
    assert "Enter for the next time this line runs" in walk_to("002-layer", "z_j")
    assert "next time" not in walk_to("002-layer", "L")
    with pytest.raises(BookError, match="no step of 002-layer binds gone"):
        walk_to("002-layer", "gone")


# ---- pages ---------------------------------------------------------------------------------------------------------


OF_NO_SOURCE = {"layer-objects.md", "three-layers.md"}  # no source works what they show


def test_pages_of_the_forward_chapter_keep_the_contract() -> None:
    pages = sorted((DOCS / "forward").glob("*.md"))
    assert len(pages) == 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        parts = [".question }", "/// step |", "/// source |", "proved(", "exercise("]
        if page.name not in OF_NO_SOURCE:
            parts += ["walk_to(", "## What the sources"]
        for part in parts:
            assert part in text, f"{page.name} lacks {part}"
