"""check: the figures and answers in a file, held against the network, from data of one's own too."""

import json
import re

import pytest

from scalarnn.cli import main
from scalarnn.commands.answers import answers, deviation, fingerprint, is_close
from scalarnn.commands.machine import machine, machine_in_words

ROWS = "x,y,c\n" + "".join(f"{n * 7 % 11},{n * 5 % 13},{'abc'[n * 7 % 11 // 4]}\n" for n in range(90))
NOT = "NOT the network it was"


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    """A network from a CSV file, m.json, and its data, d.csv."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text(ROWS, encoding="utf-8")
    assert main(["train", "d.csv", "--epochs", "30", "--quiet", "--save", "m.json"]) == 0
    capsys.readouterr()
    return tmp_path


def check(capsys, *words):
    status = main(["check", *words])
    output, errors = capsys.readouterr()
    assert errors == ""
    return status, output


def changed(folder, change, name="n.json"):
    """m.json with its content changed, as another file."""
    data = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    change(data)
    (folder / name).write_text(json.dumps(data), encoding="utf-8")
    return name


def negate(data):
    layer = data["layers"][-1]
    layer["W"] = [[-w for w in W_j] for W_j in layer["W"]]


def nudge(data):
    data["layers"][0]["W"][3][1] *= 1 + 1e-5


def scale(data):
    """No class changes by it, the loss does."""
    layer = data["layers"][-1]
    layer["W"] = [[2 * w for w in W_j] for W_j in layer["W"]]
    layer["b"] = [2 * b for b in layer["b"]]


def shift(data):
    data["notes"]["classifier"]["means"][0] += 0.5


def stretch(data):
    data["notes"]["classifier"]["deviations"][1] *= 1.001


def swap(data):
    """Two classes have each other's names."""
    names = data["notes"]["classifier"]["class_names"]
    names[0], names[1] = names[1], names[0]


CHANGES = {"negated": negate, "nudged": nudge, "scaled": scale, "shifted": shift, "stretched": stretch, "swapped": swap}


def test_a_network_from_a_file_of_ones_own(capsys, folder):
    status, output = check(capsys, "m.json")
    assert status == 0
    lines = output.splitlines()[3:8]
    assert re.fullmatch(r"learned    \d+\.\d % right of 72: as noted", lines[0])
    assert re.fullmatch(r"held out   \d+\.\d % right of 18: as noted", lines[1])
    assert lines[2] == "answers    to 3 inputs that the file has: as noted, to the last digit"
    assert lines[3] == f"made by    {machine_in_words(machine())}; so it is here"
    assert lines[4] == "samples    3, drawn from d.csv"
    (folder / "e.csv").write_text(ROWS.replace(",", ";"), encoding="utf-8")  # the same numbers
    status, output = check(capsys, "m.json", "e.csv")
    assert (status, output.count(": as noted")) == (0, 3)


@pytest.mark.parametrize("data", [[], ["d.csv"], None], ids=["found", "named", "gone"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_network_is_found(capsys, folder, name, data):
    if data is None:
        (folder / "d.csv").unlink()
    status, output = check(capsys, changed(folder, CHANGES[name]), *(data or []))
    if name == "swapped" and data:
        assert "names      of features or classes are others than when it was saved" in output
    assert status == 1
    assert NOT in output


def test_what_cannot_be_compared_is_said(capsys, folder):
    (folder / "d.csv").rename(folder / "moved.csv")
    status, output = check(capsys, "m.json")
    assert status == 0
    assert "figures    not compared: d.csv is not here\nanswers    to 3 inputs that the file has: as noted" in output
    assert ": as noted" in check(capsys, "m.json", "moved.csv")[1].splitlines()[3]
    (folder / "d.csv").write_text(ROWS + "3,4,a\n", encoding="utf-8")
    status, output = check(capsys, "m.json")
    assert status == 0
    assert "figures    not compared: d.csv is not what it has learned from\n" in output
    assert "samples    3, drawn from the normal distribution" in output
    (folder / "d.csv").write_text("p,q\n1,2\n", encoding="utf-8")
    assert "figures    not compared: d.csv cannot be read as it was\n" in check(capsys, "m.json")[1]


def test_the_notes_say_how_the_file_was_read(capsys, folder):
    text = "c;x;unused;y\n" + "".join(f"{'ab'[n % 2]};{n % 2 + n % 3};?;{n % 5}\n" for n in range(60)) + "a;NA;1;2\n"
    (folder / "gaps.csv").write_text(text, encoding="utf-8")
    words = ["--label", "c", "--columns", "y,x", "--skip-missing", "--epochs", "5", "--quiet"]
    assert main(["train", "gaps.csv", *words, "--save", "m.json"]) == 0
    status, output = check(capsys, "m.json")
    assert (status, output.count(": as noted")) == (0, 3)
    assert check(capsys, changed(folder, negate))[0] == 1


def test_a_file_without_names_is_read_as_it_was(capsys, folder):
    rows = "".join(f"{'ab'[n % 2]};{n % 2 + n % 3},5;{n % 5}\n" for n in range(60))
    (folder / "bare.csv").write_text(rows, encoding="utf-8")
    assert main(["train", "bare.csv", "--label", "0", "--epochs", "5", "--quiet", "--save", "m.json"]) == 0
    status, output = check(capsys, "m.json")
    assert (status, output.count(": as noted")) == (0, 3)
    status, output = check(capsys, "m.json", "bare.csv")
    assert (status, output.count(": as noted")) == (0, 3)
    assert check(capsys, changed(folder, negate), "bare.csv")[0] == 1


def test_a_regression_is_held_against_its_figures_too(capsys, folder):
    rows = "x,y,price\n" + "".join(f"{n % 7},{n % 5},{3 * (n % 7) - n % 5 + 100}\n" for n in range(60))
    (folder / "p.csv").write_text(rows, encoding="utf-8")
    assert main(["train", "p.csv", "--task", "regression", "--epochs", "5", "--quiet", "--save", "m.json"]) == 0
    status, output = check(capsys, "m.json")
    assert (status, output.count(": as noted")) == (0, 3)
    assert re.search(r"^learned    loss [\d.e-]+ over 48: as noted$", output, re.MULTILINE)
    assert ", drawn from p.csv\n" in output

    def other_mean(data):
        data["notes"]["regressor"]["target_mean"] += 1

    def other_unit(data):
        data["notes"]["regressor"]["target_deviation"] *= 1.01

    for gone in (False, True):
        if gone:
            (folder / "p.csv").unlink()
        for change in (negate, nudge, other_mean, other_unit):
            status, output = check(capsys, changed(folder, change))
            assert status == 1
            assert NOT in output


def test_drawings_are_found_again(capsys, folder):
    for word, stroke in (("across", [[0, 255], [0, 0]]), ("down", [[0, 0], [0, 255]])):
        lines = [json.dumps({"word": word, "drawing": [stroke]})] * 10
        (folder / f"{word}.ndjson").write_text("\n".join(lines), encoding="utf-8")
    words = ["across.ndjson", "down.ndjson", "--side", "8", "--epochs", "5", "--quiet", "--save", "m.json"]
    assert main(["train", *words]) == 0
    status, output = check(capsys, "m.json", "--entries", "20")
    assert (status, output.count(": as noted")) == (0, 3)
    assert check(capsys, changed(folder, negate), "--entries", "20")[0] == 1
    status, output = check(capsys, "m.json", "down.ndjson", "--entries", "20")
    assert (status, output.count(": as noted")) == (0, 3)
    assert "drawn from down.ndjson\n" in output
    (folder / "across.ndjson").unlink()
    status, output = check(capsys, "m.json", "down.ndjson", "--entries", "20")
    assert (status, output.count(": as noted")) == (0, 1)
    assert "figures    not compared: across.ndjson, down.ndjson is not here" in output


# ---- old and odd files -----------------------------------------------------------------------------------------------


def older(data):
    for key in ("answers", "fingerprint", "machine", "names", "words"):
        del data["notes"]["training"][key]


def test_an_old_file_loads_and_says_what_it_lacks(capsys, folder):
    status, output = check(capsys, changed(folder, older))
    assert status == 0
    assert output.count(": as noted") == 2
    assert "answers    not compared: the file has none, an older scalarnn saved it" in output
    assert "made by    an older scalarnn" in output
    assert main(["predict", "n.json", "d.csv"]) == 0
    capsys.readouterr()

    def both(data):
        older(data)
        negate(data)

    status, output = check(capsys, changed(folder, both))
    assert status == 1
    assert f"{NOT}, or d.csv has changed" in output
    assert "nobody knows whether it has learned from d.csv" in check(capsys, "n.json", "d.csv")[1]


ODD = {
    "answers": [[], 3, "x", {"inputs": []}, {"inputs": [[1.0]], "outputs": [[1.0]]}, {"inputs": 1, "outputs": 2}],
    "fingerprint": [3, [], "0" * 16],
    "machine": [3, [], {}, {"python": 3}, {"python": "\x1b[31m" * 99}],
    "names": [3, [], {}],
    "words": [3, [], [3], ["/dev/zero"], ["."], ["\0"], ["d.csv"] * 3, ["d.csv"] * 5000],
    "data": [3, None, "", "/dev/zero", "digits", "moons", "nothing.csv"],
    "settings": [3, None, {}, {"seed": -1, "test": 2}, {"seed": 0, "test": 0.2, "loss": 3}],
    "made": [3, None, {}, {"label": 9}, {"columns": 3}, {"__class__": 3}, {"label": ["x"]}, {"columns": [[]]}],
    "figures": [3, None, {}, {"learned": 3}, {"learned": {"accuracy": "all", "loss": "none"}}],
}


@pytest.mark.parametrize("key", ODD)
def test_odd_notes_do_no_harm(capsys, folder, key):
    for value in ODD[key]:
        name = changed(folder, lambda data, value=value: data["notes"]["training"].__setitem__(key, value))
        status, output = check(capsys, name)
        assert status in (0, 1)
        assert "gradients  " in output
        assert output.replace("\n", "").isprintable()


def test_the_machine_of_the_figures_is_told(capsys, folder):
    def told(**parts):
        change = lambda data: data["notes"]["training"]["machine"].update(parts)  # noqa: E731
        return next(line for line in check(capsys, changed(folder, change))[1].splitlines() if "made by" in line)

    here = machine_in_words(machine())
    line = told(python="CPython 3.99.0", libm="musl", functions="00000000")
    assert line.startswith("made by    CPython 3.99.0, musl, ")
    ours = machine()["functions"]
    differ = f"; here {here}: exp, log, tanh and powers differ (00000000 there, {ours} here), so last digits may"
    assert line.endswith(differ)
    assert told(functions="00000000").endswith(f"{differ}; a library may have several, each for other processors")
    assert told(python="CPython 3.99.0").endswith(f"; here {here}: exp, log, tanh and powers are the same")
    assert told(functions=3).endswith(
        f"; here {here}: whether exp, log, tanh and powers are the same, the file does not say"
    )
    assert told(functions="portable").endswith("here), so last digits may; with --portable they are the same")


def test_the_machine_is_seen_by_its_functions(monkeypatch):
    import math

    before = machine()
    assert before == machine()
    for name in ("exp", "expm1", "log", "log1p", "tanh", "sin", "cos"):
        exact = getattr(math, name)
        with monkeypatch.context() as here:
            other = lambda z, exact=exact: math.nextafter(exact(z), 2) if 0.3 < z < 0.4 else exact(z)  # noqa: E731
            here.setattr(math, name, other)
            after = machine()
        assert before["functions"] != after["functions"], name
        assert before | {"functions": ""} == after | {"functions": ""}


# ---- answers ---------------------------------------------------------------------------------------------------------


def test_answers_are_of_the_size_of_the_data_and_short():
    from scalarnn import Layer, Network
    from scalarnn.classifier import Classifier

    network = Network([Layer([[1.0, 1.0], [2.0, -1.0]], [0.0, 0.0])])
    classifier = Classifier(network, ["a", "b"], ["x", "y"], means=[1e6, 0.0], deviations=[1.0, 1e-3])
    noted = answers(classifier)
    for x in noted["inputs"]:
        assert abs(x[0] - 1e6) < 5
        assert 0 < abs(x[1]) < 5e-3
        assert max(len(repr(number)) for number in x) <= 12
    assert deviation(classifier, noted) == 0
    classifier.means[1] = 1e-9
    assert deviation(classifier, noted) > 0
    for s in (1e-300, 1e300, -2.0, 3):
        assert answers(Classifier(network, ["a", "b"], ["x", "y"], deviations=[s, s])) is not None


def test_answers_that_are_not_finite_are_none():
    from scalarnn import Layer, Network
    from scalarnn.classifier import Classifier

    network = Network([Layer([[1e308], [1e308]], [1e308, 0.0])])
    classifier = Classifier(network, ["a", "b"], ["x"])
    assert answers(classifier) is None
    assert not is_close(deviation(classifier, {"inputs": [[1.76]], "outputs": [[1.0, 1.0]]}))


def test_close_is_what_another_library_makes_and_no_changed_weight():
    assert is_close(1e-12)
    assert not is_close(1e-6)


def test_a_fingerprint_tells_lists_apart():
    values = [
        [],
        [[]],
        [[], []],
        [[1.0]],
        [[1]],
        [["1.0"]],
        [[1.0, 2.0]],
        [[1.0], [2.0]],
        [["a", "b"]],
        [["ab"]],
        [[None]],
    ]
    assert len({fingerprint(value) for value in values}) == len(values)
