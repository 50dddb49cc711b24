"""`scalarnn notebook`: what is in the file, and what is said when there can be none."""

import ast
import json
import sys

import pytest

from scalarnn.cli import main
from scalarnn.notebook import cell, notebook_text

HOMEWORK = """
import math

def sigmoid(t):
    return 1 / (1 + math.exp(-t))

def neuron(x, w, b):
    z = w[0] * x[0] + w[1] * x[1] + b
    a = sigmoid(z)
    return a

def fails(x):
    return 1 / x

if __name__ == "__main__":
    raise SystemExit("not in a notebook")
"""


@pytest.fixture
def homework(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "homework", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "homework.py").write_text(HOMEWORK)
    return tmp_path / "homework.py"


def written(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code_of(notebook):
    return ["".join(one["source"]) for one in notebook["cells"] if one["cell_type"] == "code"]


def run(cells):
    """The cells as one program; what the last expression of each is."""
    room, shown = {"__name__": "__main__"}, []
    for text in cells:
        tree = ast.parse(text)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), room)
        if last is not None:
            shown.append(eval(compile(ast.Expression(last.value), "<cell>", "eval"), room))
    return shown


def test_an_example_is_a_notebook_that_runs(tmp_path, capsys):
    file = tmp_path / "neuron.ipynb"
    assert main(["notebook", "002-neuron", "-o", str(file), "--set", "b=2", "--digits", "4"]) == 0
    assert capsys.readouterr().out.startswith(f"{file}: open it")
    notebook = written(file)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({one["id"] for one in notebook["cells"]}) == len(notebook["cells"])
    given, solution, graph, program, recording = run(code_of(notebook))
    assert given["b"] == 2
    assert "z = w₀x₀ + w₁x₁ + w₂x₂ + b = (−3)(1) + (−1)(−2) + (2)(3) + 2 = 7" in str(solution)
    assert solution.style.digits == 4
    assert graph.startswith("<figure")
    assert program.name == "work"
    assert len(recording.lines()) > 20


def test_the_same_call_writes_the_same_bytes(tmp_path):
    first, second = tmp_path / "first.ipynb", tmp_path / "second.ipynb"
    for file in (first, second, second):  # and one that came from here may be replaced
        assert main(["notebook", "004-collapse", "-o", str(file)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_function_of_a_file_is_a_notebook_too(homework, capsys):
    assert main(["notebook", "homework.py:neuron", "--args", "[[1, 2], [0.5, 0.25], 1]"]) == 0
    assert capsys.readouterr().out.startswith("homework.ipynb: ")
    file = homework.with_name("homework.ipynb")
    code, numbers, *_ = code_of(written(file))
    assert "def neuron(x, w, b):" in code
    assert "__main__" not in code
    assert numbers == "x = [1, 2]\nw = [0.5, 0.25]\nb = 1"
    room = {"__name__": "__main__"}
    exec(f"{code}\n{numbers}\na = neuron(x, w, b)", room)
    assert room["a"] == room["sigmoid"](2)


def test_a_minus_is_standard_output(homework, capsys):
    assert main(["notebook", "homework.py:neuron", "--args", "[[1, 2], [0.5, 0.25], 1]", "-o", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["cells"]
    assert not homework.with_name("homework.ipynb").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["004-netwrok"], "unknown example '004-netwrok'; did you mean '004-network'?"),
        (["homework.py:nueron"], "homework.py has no function 'nueron'; did you mean 'neuron'?"),
        (["homework.py:fails", "--args", "[0]"], "ZeroDivisionError"),
        (["homework.py:neuron", "--args", "[1]"], "does not take --args [1]"),
        (["homework.py:neuron", "--set", "x=1"], "neuron is not given w: add --set w="),
        (["002-neuron", "--args", "[1]"], "--args is for a function of your own"),
        (["002-neuron", "--set", "b=x"], "b"),
        (["002-neuron", "--digits", "0"], "--digits '0'"),
        (["002-neuron", "-o", "nowhere/x.ipynb"], "there is no folder nowhere"),
        (["002-neuron", "-o", "homework.py"], "it is no notebook of scalarnn"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_leaves_nothing(words, said, homework, capsys):
    before = sorted(homework.parent.iterdir())
    assert main(["notebook", *words]) == 2
    error = capsys.readouterr().err
    assert error.startswith("scalarnn: ")
    assert error.count("\n") == 1
    assert said in error
    assert [file for file in sorted(homework.parent.iterdir()) if file.name != "__pycache__"] == before


def test_a_notebook_is_valid():
    nbformat = pytest.importorskip("nbformat", reason="needs the extra notebook")
    text = notebook_text([cell("markdown", "# z"), cell("code", "x = 1\nx")])
    nbformat.validate(nbformat.reads(text, as_version=4))
    broken = text.replace('"cell_type": "code"', '"cell_type": "sheet"')
    with pytest.raises(nbformat.ValidationError):
        nbformat.validate(nbformat.reads(broken, as_version=4))
    with pytest.raises(ValueError, match="expected"):
        cell("sheet", "")


def test_an_exercise_is_written_whole(tmp_path):
    """Whatever stands in its title, which is text and no code."""
    for title in ("Two in, one out", "quotes ''' and \\\" and backslashes \\\\n", 'a """ b'):
        text = f"title = {json.dumps(title)}\nx = [1, 2]\ny = [3]\nloss = 'squared error'\n[[layer]]\nW = [[1, 2]]\n"
        (tmp_path / "homework.toml").write_text(text, encoding="utf-8")
        assert main(["notebook", str(tmp_path / "homework.toml"), "-o", str(tmp_path / "x.ipynb")]) == 0
        cells = json.loads((tmp_path / "x.ipynb").read_text(encoding="utf-8"))["cells"]
        space = {}
        exec("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"), space)
        assert space["exercise"].title == title
        assert "L = " in str(space["written"])
