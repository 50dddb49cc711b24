"""The lines of a program: where each comes from, what each is called, and that they follow the source."""

import ast
import importlib.util
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from scalarnn import neuron_forward
from scalarnn.unrolled import UnrollError, unroll
from tests.unrolled import house_style as h
from tests.unrolled.inputs import CASES, matrix, vector
from tests.unrolled.losses import BY_HAND, network_loss, neuron_loss


def source_line(line):
    return Path(line.file).read_text(encoding="utf-8").splitlines()[line.source_line - 1]


def bound_names(text):
    """The names that a line of source gives a value, and those that it uses."""
    text = text.strip()
    if text.startswith(("for ", "if ", "elif ", "while ", "else")):
        text += " pass"
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("function", [h.neuron_step, h.network_step, h.layer_step, h.softmax_step, h.rnn_step])
def test_each_line_leads_to_the_line_that_computes_it(function):
    program = unroll(function, *CASES[function])
    assert program.lines
    for line in program.lines:
        assert Path(line.file).name == "house_style.py" or "scalarnn" in line.file
        text = source_line(line)
        stays = text.strip().startswith("if ")  # a side that leaves a number as it was
        assert stays or line.variable is None or line.variable in bound_names(text), (line, text)
        operations = set(re.findall(r"[-+*/]", re.sub(r"e-\d+", "", line.expression)))
        if len(operations) == 1 and "log(" not in line.expression:
            assert operations.pop() in text or "sum" in text, (line, text)
        assert line.path[0][0] is function
        assert line.path[-1] == (line.function, line.source_line)


def test_the_path_names_the_calls():
    program = unroll(h.network_step, *CASES[h.network_step])
    (line,) = [line for line in program.lines if line.name == "u_1"]
    assert [called.__name__ for called, _ in line.path] == ["network_step", "layer_forward"]
    assert source_line(line).strip() == "z_j = s_j + b[j]"
    assert line.variable == "z_j"
    assert line.expression == "s_1 + b_1"


def test_what_is_computed_once_has_several_origins():
    program = unroll(h.softmax_step, *CASES[h.softmax_step])
    (line,) = [line for line in program.lines if line.name == "e_1"]
    assert {called.__name__ for called, _ in line.also} == {"softmax"}
    assert program.python().count("exp(") == 3


def test_numbers_of_lines_are_those_of_the_text():
    program = unroll(h.network_step, *CASES[h.network_step])
    rows = program.python().splitlines()
    for line in program.lines:
        assert rows[line.number - 1].strip().startswith(f"{line.name} = ")


def test_names_say_what_a_number_is():
    names = {line.name for line in unroll(h.network_step, *CASES[h.network_step]).lines}
    assert {"u_0", "z_2", "y_hat_0", "L", "dL_dz_0", "dL_dW_21", "W_new_00", "W_out_new_02", "b_out_new_0"} <= names


def clashing(z, z_0, z_1):
    a = z[0] + z_0
    z_00 = z[1] * z_1
    lambda_ = a - z_00
    e = lambda_ * lambda_
    e2 = e + 1
    return [a, z_00, lambda_, e, e2]


def test_names_that_clash_are_kept_apart():
    program = unroll(clashing, vector(2), 1.0, 1.0)
    assert program([1.0, 2.0], 3.0, 4.0) == clashing([1.0, 2.0], 3.0, 4.0)
    names = [line.name for line in program.lines]
    assert len(names) == len(set(names))


def keywords(new, function, let, Infinity):
    var = new * function
    yield_ = var + let
    return yield_ / Infinity


def test_words_that_a_language_keeps_for_itself_are_no_names():
    program = unroll(keywords, 1.0, 1.0, 1.0, 1.0)
    assert program(1.0, 2.0, 3.0, 4.0) == 1.25
    assert "const var " not in program.javascript


@pytest.mark.parametrize("function", CASES, ids=lambda function: function.__name__)
def test_the_text_is_formatted_and_has_no_call_but_elementary_functions(function):
    text = unroll(function, *CASES[function]).python()
    assert max(map(len, text.splitlines())) <= 120
    calls = {node.func.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}
    assert calls <= {
        "exp",
        "expm1",
        "log",
        "log1p",
        "sqrt",
        "tanh",
        "sum",
        "abs",
        "zero",
        "ValueError",
        "IndexError",
        "OverflowError",
        "ratio",
    }


def test_the_text_is_as_the_formatter_writes_it(tmp_path):
    pytest.importorskip("ruff") if importlib.util.find_spec("ruff") else None
    formatter = Path(sys.executable).with_name("ruff")
    if not formatter.exists():
        pytest.skip("ruff is not installed")
    for function in (h.network_step, h.softmax_step, h.momentum_step, h.two_ways_out):
        path = tmp_path / f"{function.__name__}.py"
        path.write_text(unroll(function, *CASES[function]).python(), encoding="utf-8")
        command = [formatter, "format", "--check", "--isolated", "--line-length", "120", path]
        assert subprocess.run(command, check=False, capture_output=True).returncode == 0, function.__name__


# ---- the source decides ----------------------------------------------------------------------------------------------

SOURCE = """
    def step(w, x, rate):
        total = 0
        for i in range(len(w)):
            total += w[i] * x[i]
        if total > 0:
            total = total - rate
        return total
"""


def program_of(tmp_path, name, text):
    path = tmp_path / f"{name}.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.step, unroll(module.step, vector(2), vector(2), 1.0)


@pytest.mark.parametrize(
    ("before", "after"),
    [("w[i] * x[i]", "w[i] + x[i]"), ("> 0", ">= 0"), ("total - rate", "rate - total"), ("total = 0", "total = 2")],
)
def test_a_change_of_the_source_changes_the_program(tmp_path, before, after):
    function, program = program_of(tmp_path, "first", SOURCE)
    changed, other = program_of(tmp_path, "second", SOURCE.replace(before, after))
    assert program.python() != other.python()
    arguments = ([1.0, 2.0], [3.0, 1.0], 0.5) if before != "> 0" else ([1.0, 2.0], [3.0, -1.5], 0.5)
    assert program(*arguments) == function(*arguments)
    assert other(*arguments) == changed(*arguments)
    assert program(*arguments) != other(*arguments)


def test_a_debugger_finds_the_text():
    program = unroll(neuron_forward, vector(2), vector(2), 1.0)
    import linecache

    code = program.run.__code__
    assert linecache.getline(code.co_filename, code.co_firstlineno).startswith("def neuron_forward(")


# ---- other views -----------------------------------------------------------------------------------------------------


def test_the_numbers_of_a_run():
    program = unroll(neuron_loss, *BY_HAND[neuron_loss][1])
    worked = program.worked([1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0, 0.0)
    assert worked == {"s": 5.0, "z": 6.0, "a": 6.0, "d": 6.0, "L": 36.0}
    assert set(worked) == {line.name for line in program.lines}


def test_latex_has_an_equation_a_line():
    text = unroll(neuron_loss, *BY_HAND[neuron_loss][1]).latex
    assert text.startswith("\\begin{aligned}\n")
    assert r"s &= w_{0} \, x_{0} + w_{1} \, x_{1} + w_{2} \, x_{2} \\" in text
    assert r"a &= \begin{cases} z & z > 0 \\ 0 & \text{otherwise} \end{cases} \\" in text
    assert "L &= d^2\n" in text


def test_the_graph_shows_values_and_gradients():
    program = unroll(neuron_loss, *BY_HAND[neuron_loss][1])
    numbers = [1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0, 0.0
    picture = program.graph(*numbers, of="L")
    for text in ("∂", "neuron_loss as a graph", 'picture__value"', 'picture__gradient"', ">36<", ">−24<"):
        assert (text in picture) or text == "∂"
    assert "picture__value" not in program.svg
    assert "L from d." in picture


def test_a_large_graph_is_folded():
    shapes = vector(8), vector(1), matrix(16, 8), vector(16), matrix(1, 16), vector(1)
    picture = unroll(network_loss, *shapes).svg
    assert picture.count("<circle") <= 40
    assert "128 numbers" in picture


def test_operations_are_counted():
    counts = unroll(h.layer_forward, vector(4), matrix(3, 4), vector(3)).count()
    assert counts["*"] == 12
    assert counts["+"] == 12 + 3  # a sum that begins at 0 keeps its 0: the sign of zero shows in z


def test_a_loop_that_is_kept_is_not_written_in_latex():
    from tests.unrolled.test_kept_loops import train_neuron

    program = unroll(train_neuron, vector(3), vector(3), 1.0, 1.0, 0.1, 3, keep="step")
    with pytest.raises(UnrollError, match="a loop that is kept is not written in LaTeX"):
        _ = program.latex
