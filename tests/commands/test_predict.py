"""predict: what a saved network says of the rows of a file."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from scalarnn.classifier import load_classifier
from scalarnn.cli import main
from scalarnn.datasets import load_penguins
from tests.commands.conftest import ENVIRONMENT
from tests.commands.damage import DAMAGE


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def test_a_class_and_its_probabilities_for_every_row(scalarnn, models, penguins_csv):
    done = scalarnn("predict", str(models / "penguins.json"), str(penguins_csv))
    assert done.returncode == 0
    head, *rows = rows_of(done.stdout)
    assert head == ["predicted", "true", "Adelie", "Chinstrap", "Gentoo"]
    table = load_penguins()
    classifier, _ = load_classifier(models / "penguins.json")
    predicted = classifier.predicted(table.X)
    assert [row[0] for row in rows] == [table.class_names[k] for k in predicted]
    assert [row[1] for row in rows] == [table.class_names[k] for k in table.labels]
    for row in rows:
        shares = [float(text) for text in row[2:]]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert head[2 + shares.index(max(shares))] == row[0]
    n_right = sum(row[0] == row[1] for row in rows)
    assert done.stderr == f"right: {n_right} of 342, {100 * n_right / 342:.1f} %\n"
    assert n_right > 0.9 * 342


def test_without_the_classes_there_is_nothing_to_be_right_about(scalarnn, models, penguins_csv):
    done = scalarnn("predict", str(models / "penguins.json"), str(penguins_csv), "--no-label")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows_of(done.stdout)[0] == ["predicted", "Adelie", "Chinstrap", "Gentoo"]
    without = penguins_csv.read_text(encoding="utf-8").replace("species", "kind", 1)
    assert scalarnn("predict", str(models / "penguins.json"), "-", input=without).stdout == done.stdout


def test_standard_input(scalarnn, models, penguins_csv):
    text = penguins_csv.read_text(encoding="utf-8")
    model = str(models / "penguins.json")
    assert scalarnn("predict", model, "-", input=text).stdout == scalarnn("predict", model, str(penguins_csv)).stdout
    done = scalarnn("predict", model, "-", input=text.replace("3750", "heavy", 1))
    assert done.returncode == 2
    assert done.stderr == "scalarnn: standard input: line 2, column 'body_mass_g': 'heavy': expected a number\n"


def test_json(scalarnn, models, penguins_csv):
    data = json.loads(scalarnn("predict", str(models / "penguins.json"), str(penguins_csv), "--json").stdout)
    assert data["samples"] == 342
    assert data["accuracy"] == data["right"] / 342
    first = data["predictions"][0]
    assert (first["true"], first["predicted"]) == ("Adelie", "Adelie")
    assert max(first["probabilities"], key=first["probabilities"].get) == "Adelie"


def test_a_single_output_is_shown_as_it_is(scalarnn, models):
    done = scalarnn("predict", str(models / "xor.json"), "-", input="0,0\n0,1\n1,0\n1,1\n")
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows = rows_of(done.stdout)
    assert head == ["predicted", "output"]
    assert [row[0] for row in rows] == ["0", "1", "1", "0"]
    assert [round(float(row[1])) for row in rows] == [0, 1, 1, 0]
    data = json.loads(scalarnn("predict", str(models / "xor.json"), "-", "--json", input="0,1,1\n").stdout)
    assert data["predictions"][0]["output"] == pytest.approx(1, abs=0.01)
    assert data["accuracy"] == 1.0


def test_without_a_header_the_class_may_stand_last_or_where_it_is_said(scalarnn, models):
    model = str(models / "xor.json")
    said = scalarnn("predict", model, "-", input="x1,class,x0\n1,1,0\n1,0,1\n").stdout
    assert scalarnn("predict", model, "-", input="0,1,1\n1,1,0\n").stdout == said
    assert scalarnn("predict", model, "-", "--label", "0", input="1,0,1\n0,1,1\n").stdout == said


@pytest.mark.parametrize("label", ["-1", "2", "-3", "0"])
def test_without_a_header_a_column_may_be_counted_from_the_end(scalarnn, models, label):
    model = str(models / "xor.json")
    said = scalarnn("predict", model, "-", input="x0,x1,class\n0,1,1\n1,1,0\n").stdout
    data = "0,1,1\n1,1,0\n" if label in ("-1", "2") else "1,0,1\n0,1,1\n"
    done = scalarnn("predict", model, "-", f"--label={label}", input=data)
    assert done.stderr.startswith("right: 2 of 2")
    assert done.stdout == said


HOSTILE = ["\x1b[31mred", "b\x9b2J\u202e\U000e0001é", "c\nd"]


def hostile_model(folder):
    """A network that tells two classes of hostile names apart; the file of its data."""
    from scalarnn import Layer, Network
    from scalarnn.classifier import Classifier

    network = Network([Layer([[1.0], [-1.0], [0.0]], [0.0, 0.0, 0.0])])
    Classifier(network, HOSTILE, ["x"]).save(folder / "m.json")
    (folder / "d.csv").write_text("x\n1\n-1\n", encoding="utf-8")


def on_a_terminal(folder, *words):
    """What the program writes if its standard output is a terminal."""
    import pty

    parent, child = pty.openpty()
    words = [sys.executable, "-S", "-m", "scalarnn", *words]
    process = subprocess.Popen(words, cwd=folder, env=ENVIRONMENT, stdout=child, stderr=subprocess.PIPE)
    os.close(child)
    written = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:  # the other side has ended
            break
        if not piece:
            break
        written += piece
    os.close(parent)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    return written.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
def test_names_cannot_write_on_the_terminal(scalarnn, tmp_path):
    hostile_model(tmp_path)
    shown = on_a_terminal(tmp_path, "predict", "m.json", "d.csv")
    assert shown.replace("\n", "").isprintable()
    assert [row[0] for row in rows_of(shown)] == ["predicted", "?[31mred", "b?2J??é"]
    assert rows_of(shown)[0][1:] == ["?[31mred", "b?2J??é", "c?d"]
    assert rows_of(scalarnn("predict", "m.json", "d.csv").stdout)[0][1:] == HOSTILE  # a file gets them as they are


def test_json_holds_no_control_characters_and_means_the_same(scalarnn, tmp_path):
    hostile_model(tmp_path)
    output = scalarnn("predict", "m.json", "d.csv", "--json").stdout
    assert output.replace("\n", "").isprintable()
    assert "é" in output
    assert list(json.loads(output)["predictions"][0]["probabilities"]) == HOSTILE


def test_what_train_holds_out_is_what_predict_gets_right(scalarnn, models, tmp_path):
    from scalarnn.datasets import moons_data, train_test_split

    _, notes = load_classifier(models / "moons.json")
    X, labels = moons_data(100, 0.15, 0)
    _, _, X_test, labels_test = train_test_split(X, labels, 0.2, 0, True)
    lines = [f"{x[0]!r},{x[1]!r},{label}" for x, label in zip(X_test, labels_test, strict=True)]
    (tmp_path / "d.csv").write_text("\n".join(["x0,x1,class", *lines]), encoding="utf-8")
    data = json.loads(scalarnn("predict", str(models / "moons.json"), "d.csv", "--json").stdout)
    assert data["accuracy"] == notes["training"]["figures"]["held_out"]["accuracy"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "d.csv: no row at all"),
        ("x0,x1\n", "d.csv: no row to use"),
        ("x0,y\n1,2\n", "d.csv: no column 'x1': expected those of the training, 'x0', 'x1'"),
        ("1\n2\n", "d.csv: line 1 has 1 fields: expected 2 features, or one more"),
        ("1,2,3,4\n", "d.csv: line 1 has 4 fields"),
        ("x0,x1\n1,2\n3\n", "d.csv: line 3 has 1 field: expected 2"),
        ("x0,x1\n1,2\n3,\n", "d.csv: line 3, column 'x1': missing, '': expected a number"),
        ("x0,x1\n1,2\n3,four\n", "d.csv: line 3, column 'x1': 'four': expected a number"),
        ("x0,x1\n1,1e999\n", "d.csv: line 2, column 'x1': '1e999' is too large"),
        ("x0,x1,class\n1,1,7\n", "d.csv: line 2, column 'class': '7' is none of the 2 class names"),
        ('x0,x1\n"1,2\n', "d.csv: line 2"),
        ("x0,x1\n\udcff,2\n", "is not UTF-8 text"),
        ("x0,x0,x1\n1,2,3\n", "two columns are called 'x0'"),
    ],
)
def test_wrong_data_are_named_by_line_and_column(capsys, models, tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert main(["predict", str(models / "xor.json"), "d.csv"]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert len(errors.splitlines()) == 1
    assert errors.startswith("scalarnn: ")
    assert message in errors


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "the following arguments are required: MODEL.JSON, DATA.CSV; see scalarnn predict --help"),
        (["xor.json"], "the following arguments are required: DATA.CSV"),
        (["nothing.json", "d.csv"], "nothing.json: No such file or directory"),
        ([".", "d.csv"], ".: Is a directory"),
        (["xor.json", "nothing.csv"], "nothing.csv: No such file or directory"),
        (["xor.json", "."], ".: Is a directory"),
        (["xor.json", "d.csv", "e.csv"], "predict takes two files: 'e.csv' is one too many"),
        (["xor.json", "d.csv", "--jsn"], "unknown option '--jsn' of predict; did you mean '--json'?"),
        (["xor.json", "d.csv", "--label", "a", "--no-label"], "say one of them"),
        (["xor.json", "d.csv", "--label", "z"], "label is 'z': no such column"),
        (["xor.json", "d.csv", "--label", "²"], "d.csv: label is '\\xb2': no such column among 'x0', 'x1'"),
        (["xor.json", "d.csv", "--label=--5"], "d.csv: label is '--5': no such column among 'x0', 'x1'"),
        (["xor.json", "d.csv", "--label=-"], "d.csv: label is '-': no such column among 'x0', 'x1'"),
        (["xor.json", "d.csv", "--label", "9" * 5000], "no such column among 'x0', 'x1'"),
        (["xor.json", "d.csv", "--label", "5"], "d.csv: label is 5: the file has 2 columns"),
        (["xor.json", "bare.csv", "--label", "5"], "bare.csv: label is 5: the file has 3 columns"),
        (["xor.json", "bare.csv", "--label=-4"], "bare.csv: label is -4: the file has 3 columns"),
        (["xor.json", "d.ndjson"], "d.ndjson: the network has 2 features, which are no square of pixels"),
        (["xor.json", "d.npy"], "d.npy: byte 0"),
        (["xor.json", "d.npy", "--label", "x"], "d.npy: drawings have no columns"),
        (["d.csv", "d.csv"], "d.csv: line 1, column 1: not JSON"),
    ],
)
def test_a_wrong_call_gets_one_line(capsys, models, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xor.json").write_bytes((models / "xor.json").read_bytes())
    (tmp_path / "d.csv").write_text("x0,x1\n1,2\n", encoding="utf-8")
    (tmp_path / "bare.csv").write_text("1,2,0\n", encoding="utf-8")
    for name in ("d.ndjson", "d.npy"):
        (tmp_path / name).write_text("{}\n", encoding="utf-8")
    assert main(["predict", *words]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert len(errors.splitlines()) == 1
    assert message in errors


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_model_gets_one_line(capsys, models, tmp_path, name):
    text = (models / "penguins.json").read_text(encoding="utf-8")
    path = tmp_path / "m.json"
    path.write_text(DAMAGE[name](text), encoding="utf-8")
    (tmp_path / "d.csv").write_text("1,2,3,4\n", encoding="utf-8")
    assert main(["predict", str(path), str(tmp_path / "d.csv")]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert len(errors.splitlines()) == 1
    assert str(path) in errors


def test_outputs_that_overflow_are_said(capsys, tmp_path):
    from scalarnn import Layer, Network
    from scalarnn.classifier import Classifier

    network = Network([Layer([[1e200], [1.0]], [0.0, 0.0]), Layer([[1e200, 1.0], [1.0, 1.0]], [0.0, 0.0])])
    Classifier(network, ["a", "b"], ["x"]).save(tmp_path / "m.json")
    (tmp_path / "d.csv").write_text("x\n3\n", encoding="utf-8")
    assert main(["predict", str(tmp_path / "m.json"), str(tmp_path / "d.csv")]) == 2
    assert "d.csv: z[0] is inf" in capsys.readouterr().err


def test_exact_fractions_have_no_softmax(capsys, tmp_path):
    from fractions import Fraction

    from scalarnn import Layer, Network
    from scalarnn.classifier import Classifier

    network = Network([Layer([[Fraction(1, 3)], [Fraction(1, 7)]], [Fraction(0), Fraction(0)])])
    Classifier(network, ["a", "b"], ["x"]).save(tmp_path / "m.json")
    (tmp_path / "d.csv").write_text("x\n3\n", encoding="utf-8")
    assert main(["predict", str(tmp_path / "m.json"), str(tmp_path / "d.csv")]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("a,0.63")
