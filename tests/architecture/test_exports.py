"""What a module offers is what its __all__ says, and what the package offers is what its modules do."""

import ast
import importlib

import pytest

import scalarnn
from tests.architecture.source import MATHEMATICS, PACKAGE, parsed

# Offered by the package itself; the others are imported from their own modules.
EXPORTED = [
    *["neuron", "layer", "activations", "softmax", "losses", "labels", "network"],
    *["optimizers", "penalties", "initialization", "search", "gradient_check", "layouts"],
]


def public_definitions(path):
    return [
        node.name
        for node in parsed(path).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("name", MATHEMATICS)
def test_all_of_a_module(name):
    module = importlib.import_module(f"scalarnn.{name}")
    assert sorted(public_definitions(PACKAGE / f"{name}.py")) == sorted(module.__all__)
    assert len(set(module.__all__)) == len(module.__all__)
    assert sorted(module.__all__) == module.__all__
    for exported in module.__all__:
        assert getattr(module, exported).__module__ == module.__name__


def test_all_of_the_package():
    expected = []
    for name in EXPORTED:
        expected.extend(importlib.import_module(f"scalarnn.{name}").__all__)
    assert scalarnn.__all__ == expected
    assert len(set(expected)) == len(expected)
    for name in EXPORTED:
        module = importlib.import_module(f"scalarnn.{name}")
        for exported in module.__all__:
            if exported != name:  # the function softmax stands in front of the module of its name
                assert getattr(scalarnn, exported) is getattr(module, exported)
    assert callable(scalarnn.softmax)
    assert scalarnn.softmax is importlib.import_module("scalarnn.softmax").softmax


def test_the_package_offers_nothing_else():
    offered = {name for name in vars(scalarnn) if not name.startswith("_")}
    submodules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert offered - submodules <= set(scalarnn.__all__)
    assert set(scalarnn.__all__) <= offered


def test_version():
    parts = scalarnn.__version__.split(".")
    assert len(parts) == 3
    assert all(part.isdigit() for part in parts)
