"""How the mathematics is written: one step a line, nothing hidden, names that say which gradient."""

import ast
import re

import pytest

from tests.architecture.source import LEARNING, MATHEMATICS, modules, parsed

# The modules whose lines are derivation steps; an optimizer's state and the drawing of weights are none.
STEPS = ["neuron", "layer", "activations", "softmax", "losses", "labels", "network", "layouts"]
STEPS += [name for name in LEARNING if name not in ("learning.optimizer", "learning.initialization")]
TREES = [pytest.param(parsed(modules()[name]), id=name) for name in STEPS]

# Beside list(map(list, W)).
COPIES = ["[list(W_j) for W_j in W]", "[list(a_n) for a_n in A]", "[list(dLn_dx) for dLn_dx in dLn_dX]"]
ACCUMULATORS = ["[[0] * len(X[0]) for _ in dLn_dZ[0]]"]


def test_the_steps_are_modules_of_the_mathematics():
    assert set(STEPS) <= set(MATHEMATICS)


@pytest.mark.parametrize("tree", TREES)
def test_no_comprehension_hides_an_intermediate(tree):
    for node in ast.walk(tree):
        assert not isinstance(node, (ast.SetComp, ast.DictComp, ast.GeneratorExp)), ast.unparse(node)
        if isinstance(node, ast.ListComp):
            assert ast.unparse(node) in COPIES + ACCUMULATORS


@pytest.mark.parametrize("tree", TREES)
def test_no_lambda_or_closure(tree):
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Lambda), ast.unparse(node)
        if isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                assert inner is node or not isinstance(inner, (ast.FunctionDef, ast.Lambda)), inner.name


@pytest.mark.parametrize("tree", TREES)
def test_sums_are_loops(tree):
    """`sum` compensates since Python 3.12 and `+=` never does: only the loop gives the same bits everywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not is_copy(node):
            assert node.func.id not in ("sum", "map", "filter", "reduce", "max", "min", "abs"), ast.unparse(node)


def is_copy(call):
    return ast.unparse(call.func) == "map" and ast.unparse(call.args[0]) == "list"


@pytest.mark.parametrize("tree", TREES)
def test_constants_are_integers(tree):
    """0.5 · x or a sum started at 0.0 turns a Fraction into a float."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), node.value


@pytest.mark.parametrize("tree", TREES)
def test_statements_take_a_line_each(tree):
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            lines = [statement.lineno for statement in body]
            assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("tree", TREES)
def test_no_walrus_and_no_star_import(tree):
    for node in ast.walk(tree):
        assert not isinstance(node, ast.NamedExpr), ast.unparse(node)
        if isinstance(node, ast.ImportFrom):
            assert all(alias.name != "*" for alias in node.names)


GRADIENT = re.compile(r"^(dL(_total)?|dLn|dP|da|dz|dy_hat(_k)?)_d\w+$")


@pytest.mark.parametrize("tree", TREES)
def test_a_name_that_starts_like_a_gradient_is_one(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and re.match(r"d[A-Z]|d\w+_d", node.id):
            assert GRADIENT.match(node.id), node.id


@pytest.mark.parametrize("tree", TREES)
def test_a_gradient_function_stands_beside_its_loss(tree):
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    for name in names:
        if name.endswith(("_gradient", "_derivative")) and name not in (
            "weight_gradient",
            "bias_gradient",
            "input_gradient",
            "batch_input_gradient",
        ):
            before = names[names.index(name) - 1]
            assert name in (f"{before}_gradient", f"{before}_derivative")
