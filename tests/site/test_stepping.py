"""How many steps lead from a user's line to the mathematics, with the settings of the book and without."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

import scalarnn
from scalarnn import Layer, ReLU

pytest.importorskip("pymdownx", reason="pymdownx missing; install the extra 'docs'")

from docs.extensions.debugger import steps_to

ROOT = Path(__file__).resolve().parents[2]
FOR_PDB = re.findall(r"(?:skip=|SKIP = )(\[.*?\])", (ROOT / "docs" / "stepping.md").read_text(encoding="utf-8"))
LAUNCH = json.loads((ROOT / ".vscode" / "launch.json").read_text(encoding="utf-8"))["configurations"]

NUMBERS = {
    "ints": ([1, -2, 3], [-3, -1, 2], 1),
    "floats": ([1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0),
    "both": ([1, -2.5, 3], [-3.0, -1, 2], 1),
}
GRADIENTS = {"ints": [1, -2], "floats": [1.0, -2.0], "both": [1, -2.0]}


def for_pdb():
    """The modules that docs/stepping.md tells pdb to skip."""
    assert FOR_PDB
    assert len(set(FOR_PDB)) == 1
    return json.loads(FOR_PDB[0])


def for_an_editor():
    """The rules of .vscode/launch.json as bdb would have them: debugpy takes a module and what is below it, no star."""
    rules = LAUNCH[0]["rules"]
    assert all(one["rules"] == rules for one in LAUNCH)
    assert all(rule["include"] is False and "*" not in rule["module"] for rule in rules)
    return [pattern for rule in rules for pattern in (rule["module"], f"{rule['module']}.*")]


def steps_to_a_neuron(kind, skip=()):
    names = dict(zip("xwb", NUMBERS[kind], strict=True)) | {"scalarnn": scalarnn}
    return steps_to(scalarnn.neuron_forward, "z = scalarnn.neuron_forward(x, w, b)", names, skip)


def steps_to_the_way_back(kind, skip=()):
    layer = Layer([[1, 2], [3.0, 4.0]], [1, 2], ReLU())
    layer.forward([1, 2])
    return steps_to(Layer.backward, "dL_dx = layer.backward(g)", {"layer": layer, "g": GRADIENTS[kind]}, skip)


@pytest.mark.parametrize("kind", NUMBERS)
def test_without_settings_a_reader_passes_through_few_lines(kind):
    assert steps_to_a_neuron(kind) <= 6
    assert steps_to_the_way_back(kind) <= 8


@pytest.mark.parametrize("skip", [for_pdb, for_an_editor])
@pytest.mark.parametrize("kind", NUMBERS)
def test_with_the_settings_the_next_step_is_the_mathematics(kind, skip):
    assert steps_to_a_neuron(kind, skip()) == 1
    assert steps_to_the_way_back(kind, skip()) == 1


def test_fractions_are_as_near_with_the_modules_that_the_book_adds():
    page = (ROOT / "docs" / "stepping.md").read_text(encoding="utf-8")
    (more,) = re.findall(r"For fractions\nput those into the list too: (.*?)\. Or", page, re.DOTALL)
    modules = re.findall(r'`"([\w.]+)"`', more)
    x, w, b = [Fraction(1), 2], [Fraction(1, 3), 1], Fraction(1)
    names = {"scalarnn": scalarnn, "x": x, "w": w, "b": b}
    way = (scalarnn.neuron_forward, "z = scalarnn.neuron_forward(x, w, b)", names)
    assert steps_to(*way, [*for_pdb(), *modules]) == 1
    assert steps_to(*way, for_pdb()) > 1


def test_what_is_skipped_is_there():
    for rule in LAUNCH[0]["rules"]:
        place = ROOT.joinpath(*rule["module"].split("."))
        assert place.with_suffix(".py").is_file() or place.is_dir()


def test_a_door_that_calls_a_function_would_be_seen():
    """The witness: an argument that is not plain, a tuple, is looked at entry by entry."""
    names = {"scalarnn": scalarnn, "x": (1, -2, 3), "w": [-3, -1, 2], "b": 1}
    assert steps_to(scalarnn.neuron_forward, "z = scalarnn.neuron_forward(x, w, b)", names) > 6
    assert steps_to(scalarnn.neuron_forward, "z = scalarnn.neuron_forward(x, w, b)", names, ["scalarnn.nothing"]) > 6
