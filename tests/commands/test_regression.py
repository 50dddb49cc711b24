"""A number to be told: train --task regression, its report, predict, check; and nothing is called right."""

import json
import math
import re

import pytest

from scalarnn.cli import main
from scalarnn.regressor import load_regressor
from tests.commands.damage import changed
from tests.commands.test_report import Page

N = 80


def price(n):
    return 100_000 + 900 * (n * 7 % 40) - 2_000 * (n * 3 % 11)


HOUSES = "size,age,price\n" + "".join(f"{n * 7 % 40},{n * 3 % 11},{price(n)}\n" for n in range(N))
WORDS = ["train", "d.csv", "--task", "regression", "--learning-rate", "0.03"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text(HOUSES, encoding="utf-8")
    return tmp_path


def run(capsys, *words, code=0):
    status = main(list(words))
    output, errors = capsys.readouterr()
    assert status == code, errors
    return output, errors


def r_squared(true, told):
    mean = sum(true) / len(true)
    left = sum((y - y_hat) ** 2 for y, y_hat in zip(true, told, strict=True))
    return 1 - left / sum((y - mean) ** 2 for y in true)


@pytest.mark.usefixtures("here")
def test_what_it_says(capsys):
    output, _ = run(capsys, *WORDS)
    head, epochs, end = output.split("\n\n")
    assert head.splitlines()[0] == "data       d.csv: 80 samples, 2 features, to tell 'price', a number"
    assert "number in column 'price', the last" in head
    assert "network    2-16-1, relu, 65 parameters; half squared error of standardised numbers" in head
    assert "accuracy" not in epochs
    assert end.splitlines()[0].split() == ["at", "the", "end", "loss", "R²", "root", "mean", "squared", "error", "rows"]
    assert "right" not in output
    assert "class" not in output


def test_a_large_number_is_told_well(capsys, here):
    run(capsys, *WORDS, "--save", "m.json")
    figures = json.loads((here / "m.json").read_text())["notes"]["training"]["figures"]
    for part, n in (("learned", 64), ("held_out", 16)):
        assert figures[part]["samples"] == n
        assert figures[part]["r_squared"] > 0.95
        assert figures[part]["root_mean_squared_error"] < 3_000
        assert "accuracy" not in figures[part]


@pytest.mark.usefixtures("here")
def test_predict_gives_numbers_and_its_figures_are_those_of_the_rows(capsys):
    run(capsys, *WORDS, "--save", "m.json")
    output, errors = run(capsys, "predict", "m.json", "d.csv")
    rows = [line.split(",") for line in output.splitlines()]
    assert rows[0] == ["predicted", "true"]
    told, true = [float(row[0]) for row in rows[1:]], [float(row[1]) for row in rows[1:]]
    assert true == [price(n) for n in range(N)]
    found = re.fullmatch(r"R² (\d\.\d+), root mean squared error ([\d.]+), over 80 rows\n", errors)
    assert float(found.group(1)) == pytest.approx(r_squared(true, told), abs=1e-4)
    error = math.sqrt(sum((y - y_hat) ** 2 for y, y_hat in zip(true, told, strict=True)) / N)
    assert float(found.group(2)) == pytest.approx(error, rel=1e-5)
    data = json.loads(run(capsys, "predict", "m.json", "d.csv", "--json")[0])
    assert data["predictions"][3] == {"predicted": pytest.approx(told[3], rel=1e-9), "true": true[3]}
    assert data["r_squared"] == pytest.approx(r_squared(true, told), rel=1e-6)
    assert "right" not in data


def test_gaps_and_missing_numbers(capsys, here):
    run(capsys, *WORDS, "--save", "m.json")
    (here / "e.csv").write_text("size,age,price\n1,2,100\n,2,3\n1,2,NA\n1,2,120\n", encoding="utf-8")
    output, errors = run(capsys, "predict", "m.json", "e.csv", "--skip-missing")
    rows = output.splitlines()
    assert rows[2] == ",3"
    assert rows[3].endswith(",")
    assert "over 2 rows" in errors
    assert "no answer: 1 of 4 rows" in errors
    assert "not judged: 1 of 4 rows" in errors
    _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
    assert "line 3, column 'size': missing, '': expected a number; --skip-missing gives such rows" in errors
    (here / "f.csv").write_text("size,age\n1,2\n", encoding="utf-8")
    output, errors = run(capsys, "predict", "m.json", "f.csv")
    assert (len(output.splitlines()), errors) == (2, "")
    (here / "g.csv").write_text("size,age,price\n1,2,7\n3,2,7\n", encoding="utf-8")
    assert "R² none, since all are the same, root mean squared error " in run(capsys, "predict", "m.json", "g.csv")[1]
    (here / "h.csv").write_text("size,age,price\n1,2,much\n", encoding="utf-8")
    assert "line 2, column 'price': 'much': expected a number" in run(capsys, "predict", "m.json", "h.csv", code=2)[1]


@pytest.mark.parametrize("words", [[], ["d.csv"], ["d.csv", "--entries", "9"], ["d.csv", "--label", "2"]])
@pytest.mark.usefixtures("here")
def test_its_gradients_are_checked(capsys, words):
    run(capsys, *WORDS, "--save", "m.json")
    output, _ = run(capsys, "check", "m.json", *words)
    assert "number     price" in output
    assert "ok, by central differences and dual numbers." in output


def test_a_class_none_is_no_number(capsys, here):
    rows = HOUSES.splitlines()
    text = "\n".join([*rows[:60], *(f"{n},3,none" for n in range(20))])
    (here / "d.csv").write_text(text, encoding="utf-8")
    _, errors = run(capsys, *WORDS, code=2)
    assert "line 61, column 'price': missing, 'none': expected a number; --skip-missing" in errors
    assert "left out   20 of 79 rows, with gaps" in run(capsys, *WORDS, "--skip-missing")[0]


@pytest.mark.parametrize(
    ("text", "words", "message"),
    [
        ("x,y\n1,a\n2,b\n", [], "column 'y': 'a': expected a number; --task regression learns numbers"),
        ("x,y\n1,5\n2,5\n", [], "d.csv: 5 in every row of column 'y': there is nothing to learn"),
        ("x,y\n1,5\n", ["--test", "0"], "there is nothing to learn"),
        ("x,y\n1,1.7e308\n2,1.6e308\n3,1\n", ["--test", "0"], "column 'y' is too large to add up"),
        (HOUSES, ["--layers", "2,5,2"], "--layers 2,5,2: d.csv has a number to be told: expected 2,5,1"),
        (HOUSES, ["--layers", "3,5,1"], "--layers 3,5,1: d.csv has 2 features: expected 2,5,1"),
    ],
)
def test_one_line_if_it_does_not_fit(capsys, here, text, words, message):
    (here / "d.csv").write_text(text, encoding="utf-8")
    output, errors = run(capsys, *WORDS, *words, code=2)
    assert output == ""
    assert len(errors.splitlines()) == 1
    assert message in errors


@pytest.mark.usefixtures("here")
def test_named_data_have_classes(capsys):
    _, errors = run(capsys, "train", "penguins", "--task", "regression", code=2)
    assert errors == "scalarnn: --task goes with CSV files, not with penguins\n"


def test_numbers_as_classes_if_that_is_said(capsys, here):
    text = "x,y\n" + "".join(f"{n % 25},{n % 25}.5\n" for n in range(100))
    (here / "d.csv").write_text(text, encoding="utf-8")
    assert "25 classes in column 'y'" in run(capsys, "train", "d.csv", code=2)[1]
    assert "25 classes" in run(capsys, "train", "d.csv", "--task", "classification", "--epochs", "1")[0]


def test_the_report(capsys, here):
    run(capsys, *WORDS, "--report", "r.html", "--save", "m.json")
    text = (here / "r.html").read_text(encoding="utf-8")
    page = Page(text)
    figures = json.loads((here / "m.json").read_text())["notes"]["training"]["figures"]["held_out"]
    assert page.text["h1"] == f"d.csv: R² {figures['r_squared']:.3f} over 16 samples held out"
    assert f"{figures['root_mean_squared_error']:.6g}" in page.text["td"]
    assert text.count("picture__mark") >= 32  # both pictures show every sample
    for title in ("Told and true, samples held out", "Residuals, samples held out", "Farthest off, samples held out"):
        assert title in page.text["main"]
    for word in ("right", "accuracy", "confusion", "classes", "wrong"):
        assert word not in page.text["main"].lower()
    rows = re.findall(r'<tr><th scope="row">([\d.]+)</th><td>([\d.]+)</td><td>(-?[\d.]+)</td>', text)
    assert len(rows) == 16
    errors = [abs(float(row[2])) for row in rows]
    assert errors == sorted(errors, reverse=True)


def test_numbers_too_large_to_be_drawn_cost_no_report(capsys, here):
    text = "x,y\n" + "".join(f"{n},{'-' if n % 2 else ''}{n}e305\n" for n in range(40))
    (here / "d.csv").write_text(text, encoding="utf-8")
    run(capsys, *WORDS, "--epochs", "2", "--report", "r.html", "--save", "m.json")
    assert "R² " in Page((here / "r.html").read_text(encoding="utf-8")).text["h1"]
    figures = json.loads((here / "m.json").read_text())["notes"]["training"]["figures"]
    assert math.isfinite(figures["held_out"]["r_squared"])


def test_the_same_call_gives_the_same_bytes(capsys, here):
    kept = []
    for _ in range(2):
        run(capsys, *WORDS, "--epochs", "3", "--save", "m.json", "--report", "r.html")
        kept.append(((here / "m.json").read_bytes(), (here / "r.html").read_bytes()))
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.pop("target_mean"),
        lambda one: one.__setitem__("target_mean", "much"),
        lambda one: one.__setitem__("target_deviation", 0),
        lambda one: one.__setitem__("target_deviation", -1.0),
        lambda one: one.__setitem__("feature_names", ["size"]),
        lambda one: one.__setitem__("means", 3),
        lambda one: one.__setitem__("table", [1]),
        lambda one: one["table"].__setitem__("label", 9),
        lambda one: one["table"].__setitem__("features", [0, 0]),
        lambda one: one["table"].__setitem__("features", [0, "x"]),
        lambda one: one["table"].__setitem__("header", 1),
        lambda one: one["table"].__setitem__("delimiter", ""),
    ],
)
def test_a_damaged_file_gets_one_line(capsys, here, change):
    run(capsys, *WORDS, "--epochs", "1", "--save", "m.json")
    text = (here / "m.json").read_text(encoding="utf-8")
    damage = changed(lambda data: change(data["notes"]["regressor"]))
    (here / "m.json").write_text(damage(text), encoding="utf-8")
    _, errors = run(capsys, "predict", "m.json", "d.csv", code=2)
    assert len(errors.splitlines()) == 1
    assert "notes['regressor']" in errors
    output, _ = run(capsys, "check", "m.json", code=1)
    assert output.startswith("file       damaged: m.json: ")


def test_loaded_it_says_the_same(capsys, here):
    run(capsys, *WORDS, "--epochs", "2", "--save", "m.json")
    regressor, notes = load_regressor("m.json")
    assert notes["training"]["made"]["task"] == "regression"
    assert regressor.table["features"] == [0, 1]
    regressor.save("n.json", notes)
    assert (here / "n.json").read_bytes() == (here / "m.json").read_bytes()
