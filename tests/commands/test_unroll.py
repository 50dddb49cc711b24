"""`scalarnn unroll`: an example, or a function of a file, as straight lines."""

import pytest

from scalarnn.cli import main
from scalarnn.worked import load
from scalarnn.worked.homework import arguments, with_own_numbers

FILE = """
def area(width, height, scale=2.0):
    total = 0
    for side in (width, height):
        total += side * side
    A = total * scale
    return A


def until(x):
    while x > 1:
        x = x / 2
    return x
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "own.py"
    path.write_text(FILE, encoding="utf-8")
    return path


def printed(capsys, *words):
    assert main(["unroll", *words]) == 0
    return capsys.readouterr().out


def refused(capsys, *words):
    assert main(["unroll", *words]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.count("\n") == 1
    return error


def test_an_example_in_python_runs_and_gives_what_the_example_gives(capsys):
    space = {}
    exec(printed(capsys, "004-network"), space)
    example = with_own_numbers("004-network", {}, "float")
    assert space["work"](*arguments(example).values()) == example.work() | {}


def test_with_numbers_of_ones_own_the_shapes_are_others(capsys):
    text = printed(capsys, "002-neuron", "--set", "x=[1, 2]", "--set", "w=[3, 4]")
    assert "x_0, x_1 = x" in text
    assert "x_2" not in text


def test_other_languages(capsys):
    assert "const [x_0, x_1, x_2] = x;" in printed(capsys, "002-neuron", "--to", "javascript")
    assert printed(capsys, "002-neuron", "--to", "latex").startswith("\\begin{aligned}")
    assert "<figure" in printed(capsys, "002-neuron", "--to", "svg")
    lines = printed(capsys, "002-neuron", "--to", "lines").splitlines()
    assert any(line.startswith("dL_dz = ") and "s002_neuron.py:" in line for line in lines)


def test_the_derivative(capsys):
    text = printed(capsys, "002-neuron", "--backward", "L")
    assert text.startswith("def work_backward(")
    assert '"dL_dw": [dL_dw_0, dL_dw_1, dL_dw_2]' in text


def test_a_loop_that_is_kept(capsys):
    assert printed(capsys, "003-neuron", "--keep", "iteration").count("for ") == 1


def test_any_kind_of_number(capsys):
    assert "zero(" in printed(capsys, "002-layer", "--any")
    assert "zero(" not in printed(capsys, "002-layer")


def test_a_function_of_a_file(capsys, file):
    text = printed(capsys, f"{file}:area", "--set", "width=1.0", "--set", "height=2.0")
    assert "A = total * scale" in text
    space = {}
    exec(text, space)
    assert space["area"](3.0, 4.0, 2.0) == 50.0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["002-nueron"], "unknown example '002-nueron'; did you mean '002-neuron'?"),
        (["002-neuron", "--to", "html"], "unknown language 'html'; there are: python, javascript, latex, svg, lines"),
        (["002-neuron", "--set", "v=1"], "002-neuron is not given 'v'; there are: x, w, b"),
        (["002-neuron", "--set", "w=[1, 2]"], "list index out of range"),
        (["002-neuron", "--backward", "loss"], "work has no number loss: its numbers are "),
        (["FILE:area"], "area is not given width: add --set width="),
        (["FILE:aera"], "has no function 'aera'; did you mean 'area'?"),
        (["FILE:until", "--set", "x=2.0"], "own.py:11: while x > 1: how often it runs hangs on a value"),
        (["FILE:area", "--set", "width=import os"], "width is 'import os': expected a number"),
        (["missing.py:f"], "missing.py: no such file"),
        ([], "the following arguments are required"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(capsys, file, words, says):
    assert says in refused(capsys, *[word.replace("FILE", str(file)) for word in words])


def test_a_file_that_cannot_be_run(capsys, file):
    file.write_text("1 / 0\n", encoding="utf-8")
    assert "own.py could not be run: line 1: ZeroDivisionError: division by zero" in refused(capsys, f"{file}:area")
    assert load("002-neuron").given
