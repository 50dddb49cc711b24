"""`scalarnn sheet`: what it writes, and what it refuses in one line with nothing written."""

import pytest

from scalarnn import Layer, Network, Sigmoid
from scalarnn.cli import main
from scalarnn.saving import save
from tests.sheet.computing import differing
from tests.sheet.reading import cells_of

HOMEWORK = """
title = "=1+1"
x = [0.05, 0.1]
y = [0.01, 0.99]
loss = "half squared error"
learning_rate = 0.5
steps = 3
[[layer]]
W = [["1/3", 0.2], [0.25, 0.3]]
b = [0.35, 0.35]
activation = "sigmoid"
"""
OWN = "def neuron(x, w, b):\n    z = x * w + b\n    return z\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "homework.toml").write_text(HOMEWORK, encoding="utf-8")
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    save(Network([Layer([[0.5, 0.25]], [0.1], Sigmoid())]), tmp_path / "model.json")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["homework.toml"], "=1+1: the first of 3 steps"),
        (["004-network"], None),
        (["000-backward"], None),
        (["homework.toml", "--set", "steps=1", "--set", "x=[1, 2]"], "=1+1"),
        (["own.py:neuron", "--args", "[2, 3, 4]"], "own.py:neuron"),
        (["model.json", "--set", "x=[1, 2]"], None),
    ],
)
def test_a_sheet_is_written_and_its_formulas_come_to_what_is_stored(folder, words, title):
    assert main(["sheet", *words, "-o", "sheet.xlsx"]) == 0
    data = (folder / "sheet.xlsx").read_bytes()
    assert differing(data) == []
    assert title is None or cells_of(data)["A1"].value == title
    assert main(["sheet", *words, "-o", "sheet.xlsx"]) == 0  # over its own
    assert (folder / "sheet.xlsx").read_bytes() == data
    assert sorted(path.name for path in folder.glob("*.xlsx")) == ["sheet.xlsx"]


def test_its_name_is_that_of_the_file_if_none_is_given(folder, capsys):
    assert main(["sheet", "homework.toml"]) == 0
    assert capsys.readouterr().out.startswith("homework.xlsx: open it with")
    assert differing((folder / "homework.xlsx").read_bytes()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["homework.toml", "-o", "sheet.ods"], "expected a name that ends in .xlsx"),
        (["homework.toml", "-o", "notes.xlsx"], "it is no spreadsheet of scalarnn"),
        (["homework.toml", "-o", "homework.toml"], "expected a name that ends in .xlsx"),
        (["homework.toml", "-o", "nowhere/sheet.xlsx"], "there is no folder nowhere"),
        (["homework.toml", "-o", "s.xlsx", "--numbers", "fraction"], "a spreadsheet has floats alone"),
        (["model.json", "-o", "s.xlsx"], "has no inputs"),
        (["002-derivatives", "-o", "s.xlsx"], "002-derivatives: no spreadsheet can be made of it"),
        (["003-neuron", "-o", "s.xlsx"], "rounding to float32 is no function of spreadsheets"),
        (["homework", "-o", "s.xlsx"], "unknown example"),
    ],
)
def test_what_does_not_fit_is_one_line_and_nothing_is_written(folder, capsys, words, says):
    (folder / "notes.xlsx").write_bytes(b"PK mine")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert main(["sheet", *words]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert says in error
    assert error.count("\n") == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
