"""The rooms beside the mathematics explain themselves as the mathematics does."""

import ast
import importlib

import pytest

from scalarnn import datasets
from tests.architecture.source import modules
from tests.architecture.test_docstrings import SECTIONS, classes, described, functions, parameters, sections

ROOMS = [
    name
    for name in modules()
    if name in ("saving", "scaled_network", "classifier", "regressor")
    or (name.startswith("datasets.") and "__" not in name)
]


@pytest.mark.parametrize("name", ROOMS)
def test_every_function_says_all_of_it_in_order(name):
    path = modules()[name]
    for function in functions(path):
        docstring = ast.get_docstring(function)
        assert "Examples:" in sections(docstring), function.name
        assert sections(docstring) == [section for section in SECTIONS if section in sections(docstring)], function.name
        assert described(docstring, "Args:") == parameters(function), function.name
        gives_nothing = ast.unparse(function.returns) == "None"
        assert ("Returns:" in sections(docstring)) != gives_nothing, function.name
    for node in classes(path):
        assert "Examples:" in sections(ast.get_docstring(node)), node.name


@pytest.mark.parametrize("name", ROOMS)
def test_all_of_a_module(name):
    module = importlib.import_module(f"scalarnn.{name}")
    path = modules()[name]
    public = {node.name for node in [*functions(path), *classes(path)]}
    assert public == {exported for exported in module.__all__ if not exported.isupper()}


def test_all_of_the_package():
    for exported in datasets.__all__:
        assert exported in importlib.import_module(getattr(datasets, exported).__module__).__all__
    imported = {name for name, value in vars(datasets).items() if callable(value) and not name.startswith("_")}
    assert imported == set(datasets.__all__)
