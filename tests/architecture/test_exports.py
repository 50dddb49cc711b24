"""What a module offers is what its __all__ says, and what the package offers is what its modules do."""

import ast
import importlib
from pathlib import Path

import pytest

import scalarnn
from scalarnn import neuron
from scalarnn.doors import door, is_door
from tests.architecture.source import MATHEMATICS, PACKAGE, modules, parsed

# Offered by the package itself, in the order of the chapters; the others are imported from their own modules.
EXPORTED = [
    *["neuron", "layer", "activations", "softmax", "losses", "labels", "network"],
    *["learning.gradient_descent", "learning.momentum", "learning.adagrad", "learning.adam", "learning.decay"],
    *["learning.optimizer", "learning.penalties", "learning.initialization", "learning.search"],
    *["gradient_check", "layouts"],
]
# What a module offers to whoever reads or builds on it, and the package does not.
FROM_THEIR_MODULE_ALONE = {"Optimizer"}


def public_definitions(path):
    """The functions and classes of a module, and what it makes of its rules: `momentum_step = for_every_number(…)`."""
    found = []
    for node in parsed(path).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.append(node.name)
        elif isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("for_every_number("):
            found.append(ast.unparse(node.targets[0]))
    return [name for name in found if not name.startswith("_")]


def offered_by(name):
    """What the package offers of a module: all that is public but the rules of one number."""
    names = importlib.import_module(f"scalarnn.{name}").__all__
    return [one for one in names if not one.endswith("_rule") and one not in FROM_THEIR_MODULE_ALONE]


@pytest.mark.parametrize("name", MATHEMATICS)
def test_all_of_a_module(name):
    module = importlib.import_module(f"scalarnn.{name}")
    constants = [exported for exported in module.__all__ if exported.isupper()]
    assert sorted([*constants, *public_definitions(modules()[name])]) == sorted(module.__all__)
    assert len(set(module.__all__)) == len(module.__all__)
    assert sorted(module.__all__) == module.__all__
    for exported in module.__all__:
        assert exported in constants or getattr(module, exported).__module__ == module.__name__


def test_all_of_the_package():
    expected = []
    for name in EXPORTED:
        expected.extend(offered_by(name))
    assert scalarnn.__all__ == expected
    assert len(set(expected)) == len(expected)
    for name in EXPORTED:
        module = importlib.import_module(f"scalarnn.{name}")
        for exported in offered_by(name):
            assert is_offered(getattr(scalarnn, exported), getattr(module, exported))
    assert callable(scalarnn.softmax)  # the function stands in front of the module of its name


def is_offered(thing, from_module):
    """A class is offered as it is, a function behind its door; some look at what they are given themselves."""
    return thing is from_module or (is_door(thing) and thing.__wrapped__ is from_module)


def test_a_door_to_another_function_is_seen():
    assert is_offered(scalarnn.neuron_forward, neuron.neuron_forward)
    assert not is_offered(scalarnn.neuron_forward, neuron.weighted_sum)
    assert not is_offered(door(scalarnn.neuron_forward), neuron.neuron_forward)


def test_the_package_offers_nothing_else():
    offered = {name for name in vars(scalarnn) if not name.startswith("_")}
    submodules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    later = {name for names in scalarnn._LATER.values() for name in names}  # there once somebody has asked for them
    own = {"open_doors", "door", "TYPE_CHECKING", "annotations"}
    assert offered - submodules - own - later <= set(scalarnn.__all__)
    assert set(scalarnn.__all__) <= offered


def test_version():
    parts = scalarnn.__version__.split(".")
    assert len(parts) == 3
    assert all(part.isdigit() for part in parts)


def test_who_cites_it_cites_this_version():
    text = (Path(scalarnn.__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {scalarnn.__version__}\n" in text
    assert "\ncff-version: 1.2.0\n" in f"\n{text}"
