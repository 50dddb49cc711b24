"""Imports run one way: from what uses to what is used. The picture is drawn here; the source has to match it."""

import subprocess
import sys

import pytest

from tests.architecture.source import LEARNING, MATHEMATICS, PACKAGE, imports, inside, modules, runtime_imports

GROUND = {"scalar", "check"}
SIBLINGS = {"neuron", "layer", "activations", "softmax", "losses"}

# The doors, from the ground up. A layer calls `passes`; the others stand before all rooms and know none of them.
DOORS = {
    "doors.later": set(),
    "doors.reasons": {"scalar"},
    "doors.kinds": {"check", "random_numbers"},
    "doors.passes": {"doors.looking"},
    "doors.straight": {"doors.passes"},
    "doors.signature": {"doors.later", "doors.reasons"},
    "doors.glance": {"doors.kinds", "doors.signature"},
    "doors.looking": {"check", "doors.kinds", "doors.reasons", "doors.signature"},
    "doors.making": {
        *{"doors.functions", "doors.glance", "doors.kinds", "doors.later", "doors.looking", "doors.objects"},
        *{"doors.passes", "doors.signature", "doors.straight"},
    },
    "doors.functions": {"check", "doors.kinds", "doors.reasons"},
    "doors.objects": {
        *{"check", "doors.glance", "doors.kinds", "doors.passes", "doors.reasons", "doors.signature"},
    },
    "doors.__init__": {"doors.later", "doors.making", "doors.passes"},
}
A_RULE = {"scalar", "learning.carrying", "doors.__init__"}  # what an update rule needs, and its object with a door

# What each module of the mathematics may use, and no more: behind the doors, nothing uses `check`.
ALLOWED = {
    "scalar": set(),
    "check": {"scalar"},
    **DOORS,
    "neuron": {"scalar", "doors.passes"},
    "layer": {"scalar", "doors.passes"},
    "activations": {"scalar"},
    "softmax": {"scalar"},
    "losses": {"scalar"},
    "labels": {"scalar"},
    "layouts": {"scalar"},
    "float32": GROUND,
    "dual": GROUND,
    "normal": {"scalar"},
    "random_numbers": GROUND,
    "network": {"scalar", "doors.passes", "layer", "learning.gradient_descent"},
    "learning.__init__": set(),
    "learning.carrying": {"doors.later"},
    "learning.optimizer": A_RULE | {"doors.passes"},
    "learning.gradient_descent": A_RULE | {"learning.optimizer"},
    "learning.momentum": A_RULE | {"learning.optimizer"},
    "learning.adagrad": A_RULE | {"learning.optimizer"},
    "learning.adam": A_RULE | {"learning.optimizer"},
    "learning.decay": {"scalar", "doors.__init__"},
    "learning.penalties": A_RULE | {"doors.passes"},
    "learning.initialization": {"scalar", "layer", "layouts", "network", "random_numbers"},
    "learning.search": {"scalar", "random_numbers"},
    "gradient_check": GROUND | {"dual", "network"},
    "__init__": SIBLINGS | {*LEARNING, "labels", "network", "gradient_check", "layouts", "doors.__init__"},
}

# Above the mathematics: what each part of the house may use, beside itself.
PARTS = {
    "mathematics": set(),
    "javascript": set(),
    "portable": {"mathematics", "javascript"},
    "digits": {"mathematics"},
    "nearest": set(),
    "formulas": set(),
    "short_floats": {"mathematics"},
    "variants": {"mathematics"},
    "dialects": {"mathematics", "nearest"},
    "frameworks": {"mathematics", "nearest", "formulas", "short_floats", "dialects", "training"},  # no package
    "svg": {"mathematics", "digits"},
    "datasets": {"mathematics"},
    "passing": {"mathematics"},
    "saving": {"mathematics", "dialects", "passing"},
    "causes": {"mathematics"},
    "training": {"mathematics", "datasets", "causes"},
    "notebook": {"mathematics", "svg"},
    "tracing": {"mathematics", "digits", "notebook"},
    "unrolled": {"mathematics", "doors", "portable", "digits", "svg", "notebook", "tracing"},
    "sheet": {"mathematics", "tracing", "unrolled"},
    "worked": {"mathematics", "digits", "tracing", "training", "datasets"},
    "exercise": {
        *{"mathematics", "nearest", "formulas", "variants", "tracing", "training", "worked", "dialects", "frameworks"}
    },
    "worksheets": {"mathematics", "digits", "svg", "tracing", "worked", "exercise"},
    "player": {"mathematics", "javascript", "portable", "dialects", "training", "tracing", "worked", "exercise"},
    # and no worked example: a proof needs no figures
    "proofs": {"mathematics", "digits", "variants", "dialects", "notebook", "tracing"},
    "scaled_network": {"mathematics", "saving"},
    "classifier": {"mathematics", "saving", "scaled_network"},
    "regressor": {"mathematics", "saving", "scaled_network"},
    "exchange": {  # and no package that it reads files of
        *{"mathematics", "dialects", "frameworks", "passing", "saving", "scaled_network", "classifier", "regressor"}
    },
    "commands": {
        *{"mathematics", "portable", "digits", "svg", "datasets", "saving", "training", "classifier", "regressor"},
        *{"notebook", "tracing", "unrolled", "sheet", "worked", "exercise", "exchange", "worksheets", "proofs"},
        *{"nearest", "player", "frameworks"},
    },
    "cli": {"mathematics", "portable", "commands"},
}


def part(name):
    top = name.split(".")[0]
    if name in ALLOWED:
        return "mathematics"
    return "cli" if top == "__main__" else top


@pytest.mark.parametrize("name", ALLOWED)
def test_a_module_of_the_mathematics_uses_only_what_is_drawn(name):
    assert inside(modules()[name]) <= ALLOWED[name]


def test_the_picture_shows_every_module():
    assert {*MATHEMATICS, *DOORS, "__init__", "learning.__init__", "learning.carrying"} == set(ALLOWED)
    assert {part(name) for name in modules()} <= set(PARTS), "draw the new part into PARTS: what may it use?"


def test_only_doors_check():
    """Beside the doors, `check` serves kinds of number, the generator and gradient checking."""
    users = {name for name, allowed in ALLOWED.items() if "check" in allowed and not name.startswith("doors.")}
    assert users == {"float32", "dual", "random_numbers", "gradient_check"}


def test_siblings_import_none_of_each_other():
    for name in SIBLINGS:
        assert not inside(modules()[name]) & SIBLINGS


@pytest.mark.parametrize("name", modules())
def test_parts_are_used_from_above_only(name):
    for used in inside(modules()[name]):
        assert part(used) == part(name) or part(used) in PARTS[part(name)], f"{name} imports {used}"


def test_there_is_no_circle():
    uses = {name: inside(path) for name, path in modules().items()}
    done, open_ = set(), []

    def visit(name):
        assert name not in open_, f"a circle: {' → '.join([*open_, name])}"
        if name in done:
            return
        open_.append(name)
        for used in sorted(uses[name]):
            visit(used)
        open_.pop()
        done.add(name)

    for name in uses:
        visit(name)
    assert done == set(uses)


def test_only_proofs_know_sympy():
    for name, path in modules().items():
        tops = {imported.split(".")[0] for imported in imports(path)}
        if part(name) != "proofs":
            assert "sympy" not in tops, name


def test_the_standard_library_is_enough():
    for name, path in modules().items():
        for imported in runtime_imports(path):  # a type checker may know more
            top = imported.split(".")[0]
            allowed = top == "scalarnn" or top in sys.stdlib_module_names or (top == "sympy" and part(name) == "proofs")
            assert allowed, f"{name} imports {imported}"


def test_the_mathematics_needs_little_of_it():
    used = {"__future__"}
    for name in MATHEMATICS:
        used.update(top for top in runtime_imports(modules()[name]) if not top.startswith("scalarnn"))
    assert used == {"__future__", "math", "struct", "random", "itertools"}


HEAVY = ["argparse", "dataclasses", "json", "random", "typing"]


def loaded_by(statement):
    """The modules that a fresh interpreter without site packages has after a statement."""
    program = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); {statement}; print(*sorted(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-S", "-I", "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


def test_import_loads_nothing_heavy():
    loaded = loaded_by("import scalarnn")
    assert "scalarnn.network" in loaded
    assert not loaded & set(HEAVY)


def test_what_doors_are_made_with_is_loaded_by_the_first_call_of_one():
    rooms = {f"scalarnn.{name}" for name in DOORS} | {"scalarnn.check"}
    loaded = loaded_by("import scalarnn")
    assert loaded & rooms == {"scalarnn.doors.later", "scalarnn.doors.passes"}
    assert "scalarnn.doors.making" in loaded_by("import scalarnn; scalarnn.relu(1.0)")


def test_every_module_of_the_mathematics_is_as_light():
    loaded = loaded_by("import " + ", ".join(f"scalarnn.{name}" for name in MATHEMATICS))
    assert "scalarnn.random_numbers" in loaded
    assert not loaded & set(HEAVY)


def test_pictures_are_loaded_when_they_are_used_and_are_light():
    assert not any(name.startswith("scalarnn.svg") for name in loaded_by("import scalarnn"))
    loaded = loaded_by("import scalarnn.svg")
    assert "scalarnn.svg.neuron" in loaded
    assert not loaded & {*HEAVY, "html", "re", "fractions", "xml"}


def test_random_is_loaded_when_it_is_used():
    assert "random" in loaded_by("from scalarnn.random_numbers import LegacyRandom; LegacyRandom(0)")


def test_the_witness_would_be_seen():
    assert "json" in loaded_by("import scalarnn, json")
