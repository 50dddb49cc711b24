"""Numbers of one's own: read exactly, checked first, and whatever does not fit is said in one line."""

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from scalarnn.float32 import Float32, round_to_float32
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.homework import HomeworkError, givens, recorded, with_own_numbers, worked_once

ROOT = Path(__file__).resolve().parents[2]


def read(name, text, example="002-neuron", kind=None):
    return givens(load(example), {name: text}, kind)[name]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, -2, 3]", [1, -2, 3]),
        ("(1, -2, 3)", [1, -2, 3]),
        ("1, -2, 3", [1, -2, 3]),
        (" [ 1 ,-2,+3 ] ", [1, -2, 3]),
        ("[1, −2, 3]", [1, -2, 3]),
        ("[1/3, 0.1, 1e-3]", [Fraction(1, 3), Fraction(1, 10), Fraction(1, 1000)]),
        ("[-1/3, 2.50, 1_000]", [Fraction(-1, 3), Fraction(5, 2), 1000]),
        ("[0.5/0.25, 0, 0]", [Fraction(2), 0, 0]),
    ],
)
def test_lists_are_read_exactly(text, value):
    assert repr(read("w", text)) == repr(value)


def test_numbers_take_the_kind_of_those_that_they_replace():
    assert repr(read("learning_rate", "1")) == "Fraction(1, 1)"  # was a Fraction
    assert repr(read("learning_rate", "0.1", "003-neuron")) == "0.1"  # was a float
    assert repr(read("x", "[1, 2, 3]", "003-neuron")) == "[1.0, 2.0, 3.0]"
    assert repr(read("b", "2")) == "2"  # was an int
    assert repr(read("b", "0.5")) == "Fraction(1, 2)"  # an example without floats stays exact
    assert repr(read("target", "0.1", "003-layer")) == "0.1"  # an int among floats
    assert repr(read("target", "2", "003-layer")) == "2"


def test_kinds():
    example = load("003-neuron")
    exact = givens(example, {}, "fraction")
    assert repr(exact["learning_rate"]) == "Fraction(1, 1000)"
    assert repr(exact["x"]) == "[Fraction(1, 1), Fraction(-2, 1), Fraction(3, 1)]"
    assert exact["n_iterations"] == 200
    assert isinstance(exact["n_iterations"], int)
    floats = givens(load("002-layer"), {"target": "1/3"}, "float")
    assert repr(floats["W"][0]) == "[0.1, 0.2, 0.3, 0.4]"
    assert repr(floats["x"]) == "[1.0, 2.0, 3.0, 4.0]"
    assert repr(floats["target"]) == "0.3333333333333333"
    assert givens(load("000-forward"), {}, "fraction")["labels"] == [0, 1, 1]


def test_nothing_set_is_nothing_changed():
    for name in EXAMPLES:
        example = load(name)
        assert givens(example, {}) == example.module.GIVEN
        assert repr(worked_once(example).keys()) == repr(worked_once(with_own_numbers(name, {})).keys())


@pytest.mark.parametrize(
    ("example", "name", "text", "message"),
    [
        ("002-neuron", "w", "[1, 2", "w is '[1, 2': expected a number such as 2, -0.5 or 1/3, or a list of them"),
        ("002-neuron", "w", "", "w is '': expected"),
        ("002-neuron", "w", "[" * 500, "expected a number"),
        ("002-neuron", "b", "-" * 5000 + "1", "expected a number"),
        ("002-neuron", "b", "1" * 20000, "b is 20000 characters long"),
        ("002-neuron", "b", "9" * 5000, "b is '9999"),
        ("002-neuron", "b", "1e999999999", "b: 1e999999999 is out of reach"),
        ("002-neuron", "b", "1e-999999999", "out of reach"),
        ("002-neuron", "b", "1/0", "a division by zero"),
        ("002-neuron", "b", "1/[2]", "is no number"),
        ("002-neuron", "b", "nan", "'nan' is no number"),
        ("002-neuron", "b", "Infinity", "'Infinity' is no number"),
        ("002-neuron", "w", "[1, True, 2]", "'True' is no number"),
        ("002-neuron", "w", "[1, 'a', 2]", "\"'a'\" is no number"),
        ("002-neuron", "w", "[1, None, 2]", "'None' is no number"),
        ("002-neuron", "b", "1j", "'1j' is no number"),
        ("002-neuron", "b", "__import__('os')", "is no number"),
        ("002-neuron", "b", "2**9", "is no number"),
        ("002-neuron", "b", "0,5", "b is [0, 5]: expected a number, such as 1"),
        ("002-neuron", "w", "1", "w is 1: expected a list of numbers, such as [-3, -1, 2]"),
        ("002-neuron", "w", "[[1, 2, 3]]", "w is [[1, 2, 3]]: expected a list of numbers"),
        ("002-neuron", "w", "[]", "w is empty: expected at least one entry"),
        ("004-network", "W", "[1, 2]", "W is [1, 2]: expected a list of rows of numbers"),
        ("004-network", "W", "[[1, 2], [3]]", "W[1] has length 1: expected 2, the length of W[0]"),
        ("004-network", "W", "[[1, 2], 3]", "W[1] is 3"),
        ("003-neuron", "n_iterations", "0", "n_iterations is 0: expected a whole number from 1 up"),
        ("003-neuron", "n_iterations", "2.5", "n_iterations is 5/2: expected whole numbers"),
        ("000-forward", "labels", "[0, 1.0, 1]", "labels is [0, 1, 1]: expected whole numbers"),
    ],
)
def test_what_is_no_number_or_of_another_nesting(example, name, text, message):
    with pytest.raises(HomeworkError) as caught:
        read(name, text, example)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("example", "settings", "message"),
    [
        ("002-neuron", {"w": "[1, 2]"}, "w has length 2: expected 3, one weight for each input of x"),
        ("002-neuron", {"learning_rate": "-1"}, "learning_rate is -1: expected a number above 0"),
        ("002-layer", {"W": "[[1, 2, 3, 4]]"}, "b has length 3: expected 1, one bias for each neuron"),
        ("000-forward", {"labels": "[0, 1, 7]"}, "label is 7: expected a class index from 0 to 2"),
        ("000-forward", {"labels": "[0, 1]"}, "list index out of range (in L_n = ["),
        ("004-network", {"W_out": "[[1, 2, 3], [4, 5, 6]]", "b_out": "[1, 2]"}, "(in (y,) = layer_forward("),
        ("002-derivatives", {"power": "0", "x": "0", "inner": "[0, 1]"}, "negative power"),
        ("003-neuron", {"w": "[1e300, 1, 1]", "n_iterations": "2"}, ""),
        ("003-layer", {"n_iterations": "100000"}, "too l"),
    ],
)
def test_what_does_not_fit_the_rest(example, settings, message):
    with pytest.raises(HomeworkError) as caught:
        recorded(with_own_numbers(example, settings))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_lengths_are_welcome_where_all_fit():
    example = with_own_numbers("002-neuron", {"x": "[1, 2]", "w": "[3, 1/2]"})
    assert worked_once(example)["z"] == 5
    assert recorded(example).result["z"] == 5


def test_an_error_of_the_package_itself_is_not_hidden(monkeypatch):
    example = load("002-neuron")
    monkeypatch.setattr(example.module, "work", lambda **_: [][0])
    with pytest.raises(IndexError):
        worked_once(example)


@pytest.mark.parametrize("name", EXAMPLES)
def test_in_fractions_everything_is_exact_or_the_answer_is_clear(name):
    settings = {count: "2" for count in load(name).given if count.startswith("n_")}
    example = with_own_numbers(name, settings, "fraction")
    if name in {"000-layers", "000-forward", "000-backward", "001-columns", "003-neuron", "003-layer"}:
        with pytest.raises(HomeworkError, match="use --numbers float"):
            worked_once(example, "fraction")
        with pytest.raises(HomeworkError, match="use --numbers float"):
            recorded(example, "fraction")
        return
    worked = worked_once(example, "fraction")
    recording = recorded(example, "fraction")
    in_floats = worked_once(with_own_numbers(name, settings, "float"), "float")
    for quantity, value in worked.items():
        assert flat(recording.result[quantity]) == flat(value)
        for exact, rounded in zip(flat(value), flat(in_floats[quantity]), strict=True):
            assert isinstance(exact, (int, Fraction))
            assert float(exact) == pytest.approx(rounded, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", EXAMPLES)
def test_in_float32_everything_is_one_and_near(name):
    """What is drawn or rounded by an example itself is a float, and so is what is made of that and of nothing else."""
    settings = {count: "2" for count in load(name).given if count.startswith("n_")}
    if name == "002-derivatives":  # a dual number of float32 is none
        with pytest.raises(HomeworkError, match="a Float32 does not go together with a Dual"):
            worked_once(with_own_numbers(name, settings, "float32"), "float32")
        return
    short = worked_once(with_own_numbers(name, settings, "float32"), "float32")
    in_floats = worked_once(with_own_numbers(name, settings, "float"), "float")
    seen = 0
    for quantity, value in in_floats.items():
        for near, number in zip(all_of(short[quantity]), flat(value), strict=True):
            assert float(near) == pytest.approx(number, rel=1e-4, abs=1e-5), quantity
            if isinstance(near, Float32):
                assert round_to_float32(near.value) == near.value
                seen += 1
    assert seen > 0


def all_of(value):
    if isinstance(value, (list, tuple)):
        return [number for entry in value for number in all_of(entry)]
    return [value] if isinstance(value, (int, float, Fraction, Float32)) else []


def flat(value):
    if isinstance(value, (list, tuple)):
        return [number for entry in value for number in flat(entry)]
    return [value] if isinstance(value, (int, float, Fraction)) else []


# ---- on the command line ---------------------------------------------------------------------------------------------


def scalarnn(*words):
    return subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command", [["step"], ["show"], ["step", "--pdb"], ["step", "--run"], ["step", "--breakpoints"]]
)
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "ww=[1]"], "002-neuron is not given 'ww'; did you mean 'w'?"),
        (["--set", "w"], "--set 'w': expected NAME=VALUE"),
        (["--set", "w=[1,2]"], "w has length 2: expected 3, one weight for each input of x"),
        (["--set", "w=[1,2"], "w is '[1,2': expected a number"),
        (["--numbers", "fractions"], "unknown kind of number 'fractions'; did you mean 'fraction'?"),
        (["--sett", "w=1"], "did you mean '--set'?"),
    ],
)
def test_errors_are_one_line_and_exit_2(command, words, message):
    done = scalarnn(command[0], "002-neuron", *command[1:], *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("scalarnn: ")
    assert done.stderr.count("\n") == 1
    assert message in done.stderr


def test_own_numbers_arrive():
    done = scalarnn("step", "002-neuron", "--set", "x=[1/3, 1, 1]", "--set", "b = -2", "--set", "w=3,1,1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  x = [1/3, 1, 1]\n  w = [3, 1, 1]\n  b = -2\n" in done.stdout
    assert "s ← s + w₀x₀ = 0 + (3)(1/3) = 1\n" in done.stdout
    assert "0.1" in scalarnn("step", "002-layer", "--numbers", "float").stdout
    assert "W = [[1/10, 1/5, 3/10, 2/5]" in scalarnn("step", "002-layer", "--numbers", "fraction").stdout
    assert "W = [[0.10000000149011612, " in scalarnn("step", "002-layer", "--numbers", "float32").stdout
