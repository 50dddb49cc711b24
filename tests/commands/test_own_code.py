"""`scalarnn show FILE.py:FUNCTION`, and `step`: a function of one's own, and what is said when it cannot be."""

import json
import sys

import pytest

from scalarnn.cli import main

HOMEWORK = """
from helpers_of_homework import squash

def neuron(x, w, b):
    z = sum(w_i * x_i for w_i, x_i in zip(w, x)) + b
    a = squash(z)
    return a

def fails(x):
    y = 1 / x
    return y
"""


@pytest.fixture
def homework(tmp_path, monkeypatch):
    """A file and its neighbour, in a process that has not imported them yet."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("homework", "helpers_of_homework"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    (tmp_path / "homework.py").write_text(HOMEWORK)
    (tmp_path / "helpers_of_homework.py").write_text("def squash(t):\n    s = t / (1 + abs(t))\n    return s\n")
    return tmp_path / "homework.py"


def test_a_function_is_written_out(homework, capsys):
    assert main(["show", f"{homework}:neuron", "--args", "[[1, 2], [0.5, 0.25], 1]"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Given",
        "  x = [1, 2]",
        "  w = [0.5, 0.25]",
        "  b = 1",
        "",
        "z = sum(w_i * x_i for w_i, x_i in zip(w, x)) + b",
        "    z = w₀x₀ + w₁x₁ + b = (0.5)(1) + (0.25)(2) + 1 = 2",
        "a = squash(z)",
        "    a = z / (1 + |z|) = 2 / (1 + |2|) = 0.6666666666666666",
    ]


def test_digits_are_what_is_shown(homework, capsys):
    assert main(["show", f"{homework}:neuron", "--args", "[[1, 2], [0.5, 0.25], 1]", "--digits", "3"]) == 0
    assert capsys.readouterr().out.endswith("a = z / (1 + |z|) = 2 / (1 + |2|) = 0.667\n")


def test_it_is_data_too(homework, capsys):
    assert main(["show", f"{homework}:neuron", "--args", "[[1], [2], 0]", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    first = data["steps"][0]
    assert data["values"] == {"x": [1], "w": [2], "b": 0, "z": 2, "a": 2 / 3, "returned": 2 / 3}
    assert first["steps"][0]["text"] == ["z", "w₀x₀ + b", "(2)(1) + 0", "2"]
    assert first["steps"][0]["latex"][1] == "w_{0} x_{0} + b"


def test_it_is_walked_through(homework, capsys):
    assert main(["step", f"{homework}:neuron", "--args", "[[1], [2], 0]"]) == 0
    printed = capsys.readouterr().out
    assert "neuron · " in printed
    assert "s = t / (1 + |t|) = 2 / (1 + |2|) = 0.6666666666666666" in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "nowhere.py:f"], "nowhere.py: no such file"),
        (["show", "{}:neurone"], "has no function 'neurone'; did you mean 'neuron'?"),
        (["show", "{}"], "which function? neuron, fails"),
        (["show", "{}:neuron", "--args", "[1"], "expected a JSON list such as '[[1, 2], 0.5]'"),
        (["show", "{}:neuron", "--args", "1"], "expected a JSON list of all arguments, such as '[1]'"),
        (["show", "{}:neuron", "--args", "[1]"], "does not take --args [1]"),
        (["show", "{}:fails", "--args", "[0]"], "line 10: ZeroDivisionError: division by zero"),
        (["show", "{}:fails", "--args", "[1]", "--digits", "0"], "expected a whole number from 1 to 17"),
        (["show", "{}:fails", "--set", "y=1"], "fails takes no 'y'; there are: x"),
        (["show", "{}:fails"], "fails is not given x: add --set x="),
        (["show", "{}:fails", "--set", "x=one"], "x: 'one' is no number"),
        (["show", "002-neuron", "--args", "[1]"], "--args is for a function of your own"),
    ],
)
def test_what_cannot_be_done_is_one_line(words, said, homework, capsys):
    assert main([word.replace("{}", str(homework)) for word in words]) == 2
    error = capsys.readouterr().err
    assert error.startswith("scalarnn: ")
    assert error.count("\n") == 1
    assert said in error
