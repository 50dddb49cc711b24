"""check: a saved network, whole or damaged, the same or changed, with right gradients or wrong ones."""

import json
import re

import pytest

import scalarnn as nn
from scalarnn import ReLU
from scalarnn.cli import main
from scalarnn.doors.passes import BACKWARD
from scalarnn.saving import save
from tests.commands.damage import DAMAGE


def run(capsys, *words):
    status = main(["check", *map(str, words)])
    output, errors = capsys.readouterr()
    return status, output, errors


def test_a_sound_model(scalarnn, models):
    done = scalarnn("check", str(models / "penguins.json"))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("file       whole: ")
    assert lines[1] == "network    4-8-3, activations ReLU, none; 67 parameters"
    assert lines[2] == "classes    Adelie, Chinstrap, Gentoo"
    assert re.fullmatch(r"learned    \d+\.\d % right of 274: as noted", lines[3])
    assert re.fullmatch(r"held out   \d+\.\d % right of 68: as noted", lines[4])
    assert lines[5] == "answers    to 3 inputs that the file has: as noted, to the last digit"
    assert re.fullmatch(r"made by    \w+ 3\.\d+\.\d+, .+, .+; so it is here", lines[6])
    assert lines[7] == "samples    3, drawn from penguins"
    assert lines[8] == "gradients  of all 67 parameters, of the inputs and of the loss"
    assert "ok, by central differences and dual numbers." in done.stdout
    assert "worst: " in done.stdout


@pytest.mark.parametrize("name", ["xor", "moons"])
def test_the_others_too(capsys, models, name):
    status, output, errors = run(capsys, models / f"{name}.json")
    assert (status, errors) == (0, "")
    assert "as noted" in output


def test_the_same_every_time(scalarnn, models):
    words = ["check", str(models / "moons.json"), "--entries", "5", "--seed", "3"]
    assert scalarnn(*words).stdout == scalarnn(*words).stdout


def test_some_of_many_parameters(capsys, models):
    status, output, _ = run(capsys, models / "penguins.json", "--entries", "5", "--samples", "2")
    assert status == 0
    assert "gradients  of 5 of 67 parameters, drawn by seed 0" in output
    assert "Gradients of 5 numbers: ok" in output
    assert re.search(r"worst: layers\[[01]\]\.(W\[\d\]\[\d\]|b\[\d\]), the (weight|bias) of ", output)


def test_with_samples_of_a_file(capsys, models, penguins_csv):
    status, output, _ = run(capsys, models / "penguins.json", penguins_csv)
    assert status == 0
    assert f"samples    3, drawn from {penguins_csv}" in output


def test_a_network_without_names_is_checked_with_normal_numbers(capsys, tmp_path):
    for k, last in enumerate((None, nn.Softmax())):
        save(nn.dense_network([3, 4, 2], [nn.Tanh(), last]), tmp_path / f"{k}.json")
        status, output, _ = run(capsys, tmp_path / f"{k}.json")
        assert status == 0
        assert "drawn from the normal distribution" in output
        assert "classes" not in output
    (tmp_path / "d.csv").write_text("1,2,3,0\n", encoding="utf-8")
    status, _, errors = run(capsys, tmp_path / "0.json", tmp_path / "d.csv")
    assert status == 2
    assert "a network without names of features" in errors


# ---- what is not well ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entries", [[], ["--entries", "60"]])
def test_a_wrong_gradient_of_the_loss_is_found(capsys, models, monkeypatch, entries):
    right = nn.softmax_cross_entropy_index_gradient
    monkeypatch.setattr(
        nn, "softmax_cross_entropy_index_gradient", lambda z, label: [2 * dL_dz for dL_dz in right(z, label)]
    )
    status, output, _ = run(capsys, models / "penguins.json", *entries)
    assert status == 1
    assert "WRONG" in output
    assert "is 2 times what it should be." in output


@pytest.mark.parametrize("entries", [[], ["--entries", "60"]])
def test_a_gate_that_leaks_is_found_and_its_layer_named(capsys, models, monkeypatch, entries):
    monkeypatch.setitem(BACKWARD, ReLU, lambda self, dL_da, z: list(dL_da))  # noqa: ARG005
    status, output, _ = run(capsys, models / "penguins.json", *entries)
    assert status == 1
    assert re.search(r"worst: (layers\[0\]|X)", output)


def test_a_changed_weight_is_no_longer_the_network_it_was(capsys, models, tmp_path):
    data = json.loads((models / "penguins.json").read_text(encoding="utf-8"))
    data["layers"][1]["b"] = [100.0, 0.0, 0.0]
    (tmp_path / "m.json").write_text(json.dumps(data), encoding="utf-8")
    status, output, _ = run(capsys, tmp_path / "m.json")
    assert status == 1
    assert output.count("NOT the network it was") == 3


@pytest.mark.parametrize("name", [name for name in DAMAGE if name != "no notes"])
def test_damage_is_named_and_nothing_else_is_said(capsys, models, tmp_path, name):
    path = tmp_path / "m.json"
    path.write_text(DAMAGE[name]((models / "penguins.json").read_text(encoding="utf-8")), encoding="utf-8")
    status, output, errors = run(capsys, path)
    assert (status, errors) == (1, "")
    assert len(output.splitlines()) == 1
    assert output.startswith(f"file       damaged: {path}: ")


HOSTILE = {
    "samples": ("made", "samples", 10**9),
    "classes": ("made", "classes", 10**9),
    "classes as text": ("made", "classes", "3"),
    "noise": ("made", "noise", "loud"),
    "seed": ("settings", "seed", -1),
    "test": ("settings", "test", 0.9999),
    "test as text": ("settings", "test", "x"),
    "other data": ("", "data", "digits"),
    "no made": ("", "made", None),
    "figures": ("", "figures", [1]),
    "accuracy": ("figures", "learned", {"accuracy": "all"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_notes_do_no_harm(capsys, models, tmp_path, name):
    data = json.loads((models / "moons.json").read_text(encoding="utf-8"))
    place, key, value = HOSTILE[name]
    training = data["notes"]["training"]
    (training[place] if place else training)[key] = value
    (tmp_path / "m.json").write_text(json.dumps(data), encoding="utf-8")
    status, output, errors = run(capsys, tmp_path / "m.json")
    assert status in (0, 1)
    assert errors == ""
    assert "gradients  " in output


def test_names_cannot_write_on_the_terminal(capsys, models, tmp_path):
    data = json.loads((models / "xor.json").read_text(encoding="utf-8"))
    data["notes"]["classifier"]["class_names"] = ["\x1b[31mred", "b\nc"]
    (tmp_path / "m.json").write_text(json.dumps(data), encoding="utf-8")
    _, output, _ = run(capsys, tmp_path / "m.json")
    assert "classes    ?[31mred, b?c" in output


def test_a_network_of_many_layers_is_shown_by_its_ends(capsys, tmp_path):
    sizes = [2, *range(3, 60), 2]
    save(nn.dense_network(sizes, [nn.Tanh()] * 57 + [None]), tmp_path / "m.json")
    status, output, _ = run(capsys, tmp_path / "m.json", "--entries", "2", "--samples", "1")
    assert status == 0
    shown = "network    2-3-4-5-6-7-…-58-59-2 of 58 layers, activations Tanh, Tanh, Tanh, Tanh, Tanh, Tanh, …, "
    assert f"{shown}Tanh, Tanh, none; " in output
    assert max(len(line) for line in output.splitlines()) < 150


def test_more_layers_than_any_file_has_are_one_line(capsys, tmp_path):
    save(nn.Network([nn.Layer([[1.0]], [0.0]) for _ in range(3)]), tmp_path / "m.json")
    data = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    data["layers"] = data["layers"][:1] * 5000
    (tmp_path / "m.json").write_text(json.dumps(data), encoding="utf-8")
    status, output, errors = run(capsys, tmp_path / "m.json")
    assert (status, errors) == (1, "")
    assert output == f"file       damaged: {tmp_path / 'm.json'}: 5000 layers: expected at most 1000\n"


def test_numbers_that_overflow_are_said(capsys, tmp_path):
    layers = [nn.Layer([[1e200]], [0.0]), nn.Layer([[1e200], [1e200]], [0.0, 0.0])]
    save(nn.Network(layers), tmp_path / "m.json")
    status, output, _ = run(capsys, tmp_path / "m.json")
    assert status == 1
    assert "gradients  cannot be checked: " in output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "the following arguments are required: MODEL.JSON; see scalarnn check --help"),
        (["nothing.json"], "nothing.json: No such file or directory"),
        (["."], ".: Is a directory"),
        (["a\0b"], "a\0b: "),
        (["xor.json", "nothing.csv"], "nothing.csv: No such file or directory"),
        (["xor.json", "no_class.csv"], "no_class.csv: no column 'class': the gradient begins at the true class"),
        (["xor.json", "bad.csv"], "bad.csv: line 2, column 'x1': 'q': expected a number"),
        (["xor.json", "--entries", "0"], "argument --entries: '0': expected a whole number from 1 up"),
        (["xor.json", "--sample", "2"], "unknown option '--sample' of check; did you mean '--samples'?"),
        (["xor.json", "bad.csv", "more"], "check takes one or two files: 'more' is one too many"),
    ],
)
def test_a_wrong_call_gets_one_line(capsys, models, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xor.json").write_bytes((models / "xor.json").read_bytes())
    (tmp_path / "no_class.csv").write_text("x0,x1\n1,2\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("x0,x1\n1,q\n", encoding="utf-8")
    status, _, errors = run(capsys, *words)
    assert status == 2
    assert len(errors.splitlines()) == 1
    assert message in errors
