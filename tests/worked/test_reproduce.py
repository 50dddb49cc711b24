"""Every printed figure is reproduced or explained; and the comparison notices when one is not."""

from __future__ import annotations

import ast
import copy
import inspect
import math
import tomllib
from dataclasses import replace
from fractions import Fraction
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from scalarnn import layer_forward
from scalarnn.worked import EXAMPLES, load, read_claims, read_figures, reproduce
from scalarnn.worked import ledger as ledger_module
from scalarnn.worked.example import lookup
from scalarnn.worked.reproduce import compare

WORKED = Path(inspect.getfile(ledger_module)).parent


def test_every_printed_figure_is_reproduced_or_explained():
    unexplained = [result for result in reproduce() if result.status not in ("reproduced", "erratum")]
    assert unexplained == []


def test_the_ledger_holds_the_figures_that_the_sources_print():
    """Counted by hand in the documents: outputs of listings and cells, and the epochs."""
    places = {}
    for figure in read_figures():
        places[figure.place] = places.get(figure.place, 0) + 1
    assert places["§2.3, output of listing 3"] == 2 * 2
    assert places["§2.4, listing 4, layer1.output"] == 3 * 5
    assert places["§2.4, listing 4, layer2.output"] == 3 * 2
    assert places["§2.5, listing 5, layer1.output"] == 3 * 5
    assert places["§2.5, listing 5, activation1.output"] == 3 * 5
    assert places["§2, output of cell 3, iterations 1 to 200"] == 200
    assert places["§3, output of cell 5, iterations 0 to 180"] == 10
    assert places["§3, output of cell 5, final weights"] == 3 * 4
    assert places["§3.1.2, output of cell 13, iterations 0 to 180"] == 10
    assert places["output of the training loop, Loss of epochs 0 to 9"] == 10


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_leaves_what_it_is_given_as_it_was(name):
    example = load(name)
    before = copy.deepcopy(example.given)
    first = example.work()
    assert example.given == before
    assert repr_of(example.work()) == repr_of(first)


def repr_of(values):
    """The values of one run, without objects whose text is an address."""
    return {name: repr(value) for name, value in values.items() if " object at " not in repr(value)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_quantity_has_a_name_a_formula_and_a_value(name):
    quantities = load(name).quantities()
    assert len(quantities) >= 3
    assert any(not quantity.is_given for quantity in quantities)
    for quantity in quantities:
        assert quantity.name.isidentifier()
        assert quantity.formula


def test_the_list_of_examples_is_the_folder_of_examples():
    modules = sorted(path.stem for path in WORKED.glob("s[0-9]*.py"))
    assert sorted("s" + name.replace("-", "_") for name in EXAMPLES) == modules


def test_no_example_reads_the_ledger():
    for path in WORKED.glob("s[0-9]*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("scalarnn.worked", "scalarnn.worked.ledger") or all(
                    alias.name.startswith("s0") for alias in node.names
                ), path.name
            if isinstance(node, ast.Import):
                assert "tomllib" not in [alias.name for alias in node.names], path.name


def test_no_example_contains_a_long_printed_figure():
    """A figure of six digits or more that stood in the code would be copied, not computed."""
    long_figures = {figure.printed.lstrip("-") for figure in read_figures() if len(figure.printed) >= 7}
    for path in WORKED.glob("*.py"):
        numbers = {
            repr(node.value)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, float)
        }
        assert not numbers & long_figures, path.name


# ---- the comparison can fail -----------------------------------------------------------------------------------------


def find(example, quantity):
    return next(figure for figure in read_figures() if (figure.example, figure.quantity) == (example, quantity))


def test_one_unit_in_the_last_place_is_noticed():
    figure = find("003-neuron", "losses[57]")
    worked = load("003-neuron").work()
    assert compare(figure, worked, {}).status == "reproduced"
    worked["losses"][57] = math.nextafter(worked["losses"][57], math.inf)
    assert compare(figure, worked, {}).status == "unexplained"


def test_a_whole_number_is_not_reached_by_rounding():
    figure = find("004-network", "L")
    worked = load("004-network").work()
    assert compare(figure, worked, {}).status == "reproduced"
    worked["L"] = 162.25
    assert compare(figure, worked, {}).status == "unexplained"


def test_a_wrong_figure_without_an_erratum_is_unexplained():
    figure = replace(find("002-neuron", "b_new"), right=None, cause=None)
    assert compare(figure, load("002-neuron").work(), {}).status == "unexplained"


def test_an_erratum_whose_right_value_is_not_the_computed_one_is_unexplained():
    figure = replace(find("002-neuron", "b_new"), right="0.987")
    result = compare(figure, load("002-neuron").work(), {})
    assert result.status == "unexplained"
    assert "0.987" in result.cause


def test_an_erratum_for_a_figure_that_agrees_is_unexplained():
    figure = replace(find("002-neuron", "L_new"), right="33.8724", cause="none")
    assert compare(figure, load("002-neuron").work(), {}).status == "unexplained"


def test_a_route_that_leads_elsewhere_is_unexplained():
    example = load("002-layer")
    worked = example.work()
    figure = find("002-layer", "z[0]")
    assert compare(figure, worked, example.slips(worked)).status == "erratum"
    assert compare(figure, worked, {"z_bias_moved": [Fraction(4), 0, 0]}).status == "unexplained"


def test_a_figure_of_an_unknown_quantity_is_an_error():
    figure = replace(find("002-neuron", "z"), quantity="zz")
    with pytest.raises(KeyError, match="zz: no such quantity"):
        compare(figure, load("002-neuron").work(), {})


@pytest.mark.parametrize("path", ["dL_dW[3][0]", "dL_dW[0][4]", "nothing", "L[0]"])
def test_lookup_refuses_what_is_not_there(path):
    with pytest.raises(KeyError, match="no such quantity"):
        lookup(load("004-network").work(), path)


def test_an_erratum_without_its_figure_is_an_error():
    table = {
        "example": "002-neuron",
        "place": "here",
        "quantity": "z",
        "printed": "6",
        "erratum": [{"at": "[0]", "right": "6", "cause": "none"}],
    }
    with pytest.raises(ValueError, match="no figure is printed"):
        ledger_module._figures_of_table("002", table)


# ---- the ledger itself -----------------------------------------------------------------------------------------------


def test_every_erratum_says_what_is_right_and_why():
    for figure in read_figures():
        assert (figure.right is None) == (figure.cause is None)
        if figure.right is not None:
            assert figure.right != figure.printed
            assert len(figure.cause) > 10


def test_every_route_that_is_computed_explains_a_printed_figure():
    for name in EXAMPLES:
        example = load(name)
        routes = {figure.route.split("[")[0] for figure in read_figures() if figure.example == name and figure.route}
        worked = example.work()
        inputs = set(worked)
        computed = {route for route in example.slips(worked) if route not in inputs and route != "worked"}
        helpers = {"b_moved"}
        assert computed - helpers == routes


def test_every_claim_says_what_is_right_and_why():
    for claim in read_claims():
        assert claim.place
        assert min(len(claim.says), len(claim.right), len(claim.cause)) >= 5


def test_every_table_of_the_ledger_is_known():
    for source in ledger_module.SOURCES:
        text = resources.files("scalarnn.worked").joinpath("ledger", f"{source}.toml").read_text(encoding="utf-8")
        data = tomllib.loads(text)
        assert set(data) <= {"figures", "claims"}
        for table in data.get("figures", []):
            assert set(table) <= {"example", "place", "quantity", "quantities", "printed", "style", "erratum"}
            assert ("quantity" in table) != ("quantities" in table)
            assert table["example"] in EXAMPLES
            if "quantities" in table:
                assert len(table["quantities"]) == len(table["printed"])


# ---- why digits differ -----------------------------------------------------------------------------------------------


def printed_losses(example):
    return [figure.printed for figure in read_figures() if figure.example == example and "losses" in figure.quantity]


def test_without_float32_rounding_the_notebook_prints_other_digits():
    printed = printed_losses("003-layer")
    in_float64 = [repr(L) for L in load("003-layer-float64").work()["losses"][::20]]
    assert printed != in_float64
    assert printed[0] == in_float64[0]


def test_the_second_cell_needs_the_two_lanes(monkeypatch):
    """One lane, from left to right, gives the printed digits of three losses and other digits after that."""
    module = load("003-layer-float64").module
    printed = printed_losses("003-layer-float64")
    assert [repr(L) for L in load("003-layer-float64").work()["losses"][::20]] == printed

    def one_lane_sum(x, w):
        return layer_forward(x, [w], [0.0])[0]

    monkeypatch.setattr(module, "two_lane_sum", one_lane_sum)
    one_lane = [repr(L) for L in load("003-layer-float64").work()["losses"][::20]]
    agreeing = [a == b for a, b in zip(one_lane, printed, strict=True)]
    assert agreeing == [True] * 3 + [False] * 7


def test_numpy_prints_arrays_in_the_style_of_the_ledger():
    worked = load("000-layers").work()
    figures = [figure for figure in read_figures() if figure.place == "§2.4, listing 4, layer1.output"]
    text = np.array2string(np.array(worked["Z1"]), max_line_width=200)
    assert text.replace("[", " ").replace("]", " ").split() == [figure.printed for figure in figures]


def test_numpy_gives_the_layers_of_000():
    rng = np.random.RandomState(0)
    W1, W2 = 0.10 * rng.randn(4, 5), 0.10 * rng.randn(5, 2)
    Z1 = np.dot(load("000-layers").given["X"], W1)
    worked = load("000-layers").work()
    np.testing.assert_allclose(worked["Z1"], Z1, rtol=1e-13)
    np.testing.assert_allclose(worked["Z2"], np.dot(Z1, W2), rtol=1e-12)


def test_numpy_gives_the_forward_and_backward_pass_of_000():
    rng = np.random.RandomState(0)
    W1, W2 = 0.10 * rng.randn(2, 3), 0.10 * rng.randn(3, 3)
    example = load("000-backward")
    X, labels = np.array(example.given["X"]), example.given["labels"]
    Z1 = X @ W1
    A1 = np.maximum(0, Z1)
    E = np.exp(A1 @ W2)
    Y_hat = E / E.sum(axis=1, keepdims=True)
    L = -np.log(Y_hat[range(3), labels]).mean()
    delta2 = Y_hat.copy()
    delta2[range(3), labels] -= 1
    delta2 /= 3
    delta1 = (delta2 @ W2.T) * (Z1 > 0)
    worked = example.work()
    np.testing.assert_allclose(load("000-forward").work()["L"], L, rtol=1e-12)
    np.testing.assert_allclose(worked["dL_dW2"], (A1.T @ delta2).T, rtol=1e-12)
    np.testing.assert_allclose(worked["dL_db2"], delta2.sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(worked["dL_dW1"], (X.T @ delta1).T, rtol=1e-12)
    np.testing.assert_allclose(worked["dL_db1"], delta1.sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(worked["through_J"], worked["dLn_dZ2"], rtol=1e-12)


def test_the_first_step_of_004_is_exact():
    worked = load("004-network").work()
    assert worked["L"] == 162
    assert worked["W_new"][0] == [Fraction(41, 50), Fraction(41, 25)]
    assert worked["W_out_new"][0] == [Fraction(-2, 25), Fraction(37, 50), 3]
    assert all(isinstance(entry, Fraction) for row in worked["W_new"] for entry in row)


def test_the_collapsed_layer_gives_what_two_layers_give():
    worked = load("004-collapse").work()
    assert worked["y_one_layer"] == worked["y_two_layers"]
    assert worked["W_new"] == [[-2, 7]]
