"""What is typed into a page: its solution as in a terminal, its player, and errors in one line."""

import json
import sys

import pytest

from scalarnn.cli import main
from scalarnn.commands.typed import player, written

NEURON = """\
def helper(t):
    return max(0.0, t)

def neuron(x, w, b=0.5):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
    a = helper(z)
    return a
"""
ERRORS = {
    "def f(x:\n": "line 1: this is not Python",
    "def f(x):\n    return x +\n": "line 2: this is not Python",
    "x = 1\n": "no function is defined",
    "def f(x):\n    return x / 0\n": "line 2: ZeroDivisionError",
    "def f(x):\n    return x\n\ny = 1 / 0\n": "line 4: ZeroDivisionError",
    "def f(x, y):\n    return x\n": "missing a required argument: 'y'",
    "def f(x):\n    while True:\n        x += 1\n": "too long",
}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # as in the page


def test_the_last_function_is_written_out_as_in_a_terminal(capsys):
    found = json.loads(written(NEURON, "[[1, 2], [0.5, 0.75]]"))
    assert main(["show", "my_code.py:neuron", "--args", "[[1, 2], [0.5, 0.75]]"]) == 0
    assert found["solution"] in capsys.readouterr().out
    assert found["solution"].endswith("= 2.5")


def test_it_can_be_walked_through():
    html = json.loads(player(NEURON, "[[1, 2], [0.5, 0.75]]"))["player"]
    assert html.startswith("<iframe")
    assert "neuron, unrolled" in html


def test_a_number_that_decides_a_length_is_no_input_of_the_player():
    text = "def f(x, times):\n    for _ in range(times):\n        x = 2 * x\n    return x\n"
    assert "player" in json.loads(player(text, "[1.5, 3]"))


def test_what_has_no_player_says_why():
    text = "def f(x):\n    while x > 1:\n        x = x / 2\n    return x\n"
    assert "solution" in json.loads(written(text, "[8.0]"))
    assert "while" in json.loads(player(text, "[8.0]"))["error"]


@pytest.mark.parametrize("text", ERRORS)
def test_errors_are_one_line(text):
    error = json.loads(written(text, "[1]"))["error"]
    assert ERRORS[text] in error
    assert "\n" not in error
