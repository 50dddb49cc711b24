"""The atlas: every optimizer and every clue, each cell with its version; its tables are filtered and sorted."""

from __future__ import annotations

import importlib.util
import math
from inspect import signature
from typing import Any

import pytest

if importlib.util.find_spec("mkdocs") is None:
    pytest.skip("mkdocs missing; install the extra 'docs'", allow_module_level=True)

from docs.extensions.atlas import (
    FAMILIES,
    answers,
    by_value,
    decays,
    derivative,
    from_the_wrong_number,
    loss_and_gradient,
    named,
    optimizers,
    own_kinks,
    rule,
    starts_and_layouts,
    ties,
)
from docs.extensions.figures import number
from scalarnn.frameworks import clues, frameworks, others
from scalarnn.frameworks.mlp_classifier import mlp_classifier

PLAIN = ("gradient_descent",)


def test_every_optimizer_stands_in_the_table_of_its_family() -> None:
    tables = "".join(optimizers(family) for family in FAMILIES)
    for framework in frameworks().values():
        for name in framework.optimizers:
            if framework.data["optimizers"][name]["rule"] not in PLAIN:
                assert f"{named(framework)}<br>`{framework.call(name)}`" in tables


@pytest.mark.parametrize("question", ["loss", "step", "printed", "deltas"])
def test_everybody_answers_with_a_version(question: str) -> None:
    table = answers(question)
    for package in (*frameworks().values(), *others().values()):
        assert named(package) in table


def test_every_package_has_its_start_and_every_other_its_ties() -> None:
    starts, at_ties = starts_and_layouts(), ties()
    assert all(named(package) in starts for package in (*frameworks().values(), *others().values()))
    assert all(named(package) in at_ties for package in others().values())


def test_every_figure_of_kinks_and_losses_is_there() -> None:
    for kind, shown in (("kinks", derivative), ("losses", loss_and_gradient)):
        table = by_value(kind, shown)
        for framework in frameworks().values():
            for what, figure in framework.figures.get(kind, {}).items():
                assert f"| {what} | {shown(figure)} |" in table


def test_twelve_packages_are_found_from_a_wrong_number() -> None:
    """By their name, in what is said of a clue, or in the figure beside it."""
    table = from_the_wrong_number()
    names = ["Keras", "PyTorch", "scikit-learn", "Paddle", "MLX", "tinygrad", "optax", "TensorFlow", "MXNet"]
    names += ["Chainer", "FANN", "OpenCV", "nnet", "AMORE", "synaptic", "neataptic", "brain.js", "Weka"]
    assert [name for name in names if name not in table] == []
    assert table.count("\n| ") == len(clues()) + 2


def test_a_clue_shows_the_figure_that_was_measured() -> None:
    table = from_the_wrong_number()
    for clue in clues():
        for name, optimizer, course, step in clue.get("ways", ()):
            (framework,) = [one for one in frameworks().values() if name in one.called]
            way = framework.figures["optimizers"][optimizer][course]
            assert f": {number(way[step - 1])}" in table


def test_where_a_weight_decay_stands_is_said_of_each() -> None:
    """Beside the step it is η λ θ; a gradient of 0 shows it, and Adam makes a whole η of λ θ in the gradient."""
    table = decays()
    for there, where, weight in (
        ("PyTorch 2.13.0<br>`Adam(weight_decay=0.1)`", "in the gradient", "0.900000009999999"),
        ("PyTorch 2.13.0<br>`AdamW()`", "beside the step", "0.999"),
    ):
        (row,) = [
            line for line in table.replace("\N{NO-BREAK SPACE}", " ").splitlines() if line.startswith(f"| {there}")
        ]
        assert f"| {where} | {weight} |" in row
    assert "`Adam(weight_decay=0.1)` | [`adam`]" in optimizers("Adam")
    assert "decay=0.1 in the gradient" in optimizers("Adam")


def test_what_stands_beside_a_rule_says_its_digits() -> None:
    """Two packages with the same words have the same figures."""
    said: dict[str, list[float]] = {}
    for framework in (one for one in frameworks().values() if one.data["float64"]):
        for name in framework.optimizers:
            figures = framework.figures["optimizers"][name]["mixed"]
            assert figures == pytest.approx(said.setdefault(rule(framework, name), figures), rel=1e-12)


def test_who_has_a_weight_decay_by_default_is_named() -> None:
    (clue,) = [one for one in clues() if one["seen"].startswith("weights shrink")]
    for framework in frameworks().values():
        for entry in framework.data["optimizers"].values():
            if "decay" in entry and not entry.get("options"):
                assert framework.name.partition(" on ")[0] in clue["because"]
                assert entry["call"] in clue["because"]
    assert signature(mlp_classifier).parameters["alpha"].default == float(clue["because"].rpartition("= ")[2][:-1])


def test_the_first_steps_of_rmsprop_are_those_that_were_measured() -> None:
    (clue,) = [one for one in clues() if one["seen"].startswith("RMSProp's")]
    for framework in frameworks().values():
        for name in ("RMSprop", "RMSProp", "rmsprop"):
            if name in framework.optimizers:
                figures = framework.figures["optimizers"][name]
                step = f"{10 * (1 - figures.get('mixed', figures['mixed_float32'])[0]):.2f}".removesuffix(".00")
                assert f"{step} η" in clue["seen"], framework.name


def test_a_clue_leads_to_a_heading_and_to_its_rule() -> None:
    table = from_the_wrong_number()
    assert "see [TF32](devices.md#tf32)" in table
    assert "see [Forgotten zero_grad](../wrong-number.md#zero_grad)" in table
    assert "#scalarnn.dialects.losses.weighted_over_weights)<br>here [`weighted_over_rows`]" in table


def test_the_book_stands_among_the_slopes_at_a_kink_and_optax_as_jax() -> None:
    table = by_value("kinks", derivative)
    assert table.count("this book") == len(own_kinks())
    assert "optax" not in table


def test_a_softmax_too_many_keeps_a_loss_above_what_the_clue_says() -> None:
    (clue,) = [one for one in clues() if one.get("page") == "../wrong-number.md#softmax-twice"]
    for n_classes in (3, 10):
        assert f"{math.log1p((n_classes - 1) / math.e):.4f}" in clue["seen"]


# ---- in a browser ----------------------------------------------------------------------------------------------------


def rows(page: Any) -> list[str]:
    shown = "rows => rows.filter(row => row.offsetParent !== null).map(row => row.textContent)"
    found: list[str] = page.locator(".atlas table").first.locator("tbody tr").evaluate_all(shown)
    return found


def test_a_table_is_filtered_and_sorted(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}reference/atlas.html", wait_until="load")
    everything = rows(page)
    assert len(everything) == len(clues())
    page.locator(".atlas__filter").first.fill("keras adam")
    some = rows(page)
    assert 0 < len(some) < len(everything)
    assert all("keras" in row.lower() and "adam" in row.lower() for row in some)
    page.locator(".atlas__filter").first.fill("")
    heading = page.locator(".atlas__sort").first
    heading.click()
    assert rows(page) != everything
    assert sorted(rows(page)) == sorted(everything)
    heading.click()
    heading.click()
    assert rows(page) == everything
    page.close()
