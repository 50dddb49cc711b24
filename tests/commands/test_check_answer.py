"""`check-answer`: right, wrong with its slip, a whole page, data; wrong calls in one line."""

import io
import json

import pytest

from scalarnn.cli import main
from scalarnn.exercise import read_text, values
from scalarnn.exercise.gallery import of_gallery
from scalarnn.exercise.slips import worked_values

FAMOUS = worked_values(of_gallery("mazur"))


def answered(capsys, *words, code):
    assert main(["check-answer", *words]) == code
    return capsys.readouterr().out


def test_right_answers(capsys):
    weight = f"{FAMOUS['dL_dW'][1][0][0]:.4f}"
    out = answered(capsys, "mazur", f"dL_dW[1][0][0] = {weight}", "∂L/∂W₁,₀₀ = 8,2167 · 10⁻²", code=0)
    assert out.count("right\n") == 2
    assert out.endswith("2 answers: 2 right, 0 wrong\n")


def test_the_best_known_figure_of_all(capsys):
    out = answered(capsys, "mazur", "L_new = 0.29102792390544", "L_new = 0.291027924", code=1)
    assert out.count("the updated weights on the way back") == 2
    assert "used   ∂L/∂a₀ = W_new₁ᵀ · ∂L/∂z₁" in out


def test_a_short_number_may_be_chance(capsys):
    out = answered(capsys, "mazur", f"L = {2 * FAMOUS['L']:.3f}", code=1)
    assert "With fewer than 5 digits nothing is sure" in out
    assert "· chance: about one number in" in out
    assert "the ½ forgotten" in out


def test_a_page_as_data(capsys, tmp_path, monkeypatch):
    text = f"My homework\n\nL = {FAMOUS['L']:.5f}\nL_new = 0.2911111111\n"
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    data = json.loads(answered(capsys, "mazur", str(page), "--json", code=1))
    assert [answer["is_right"] for answer in data["answers"]] == [True, False]
    assert data["answers"][1]["slips"] == []
    assert data["lines_passed_over"] == 1
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert json.loads(answered(capsys, "mazur", "-", "--json", code=1)) == data


def test_other_targets(capsys, tmp_path):
    out = answered(capsys, "002-neuron", "b_new = 0.989", "L = 36", code=1)
    assert "so it is printed in the source: the last digit" in out
    assert "1 right, 1 wrong" in out
    exercise = tmp_path / "homework.toml"
    exercise.write_text("x = 2\ny = 1\nloss = 'squared error'\n[[layer]]\nW = [['1/3']]\n", encoding="utf-8")
    answered(capsys, str(exercise), "dL_dW[0][0][0] = -4/3", "L = 1/9", code=0)
    answered(capsys, str(exercise), "--set", "x=4", "L = 1/9", code=0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mazur"], "expected an answer to check"),
        (["mazur", "no-such-page"], "expected NAME = NUMBER, or a file of such lines"),
        (["mazur", "L = abc"], "'abc': expected a number"),
        (["mazur", "L = 1,234"], "may be 1.234 or 1234"),
        (["mazur", "dL_dQ = 1"], "there is no value called 'dL_dQ'; did you mean"),
        (["mazurr", "L = 1"], "unknown example 'mazurr'; did you mean 'mazur'?"),
    ],
)
def test_a_wrong_call_gets_one_line(words, said, capsys):
    assert main(["check-answer", *words]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [50]\ny = [0]\nloss = 'binary cross entropy'\n[[layer]]\nW = [[1]]\nactivation = 'sigmoid'", "infinite"),
        ("x = [1e200]\ny = [0]\nloss = 'squared error'\n[[layer]]\nW = [[1e200]]", "finite"),
    ],
)
def test_what_cannot_be_worked_is_told_as_show_tells_it(tmp_path, capsys, text, said):
    (tmp_path / "edge.toml").write_text(text, encoding="utf-8")
    for words in (["show"], ["check-answer"]):
        more = ["L = 1.5"] if words == ["check-answer"] else []
        assert main([*words, str(tmp_path / "edge.toml"), *more]) == 2
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1


def test_a_list_is_no_number_with_a_comma(capsys):
    assert main(["check-answer", "mazur", "L = [1,2]"]) == 2
    assert "L: a list of 2: expected 1 number" in capsys.readouterr().err
    assert main(["check-answer", "mazur", "L = [0,298371109]"]) == 2
    assert main(["check-answer", "mazur", "L = 0,298371109"]) == 0


STEPS = """
X = [[0.5, -1], [1, 0.25]]
Y = [[1], [0]]
loss = "binary cross entropy"
learning_rate = 0.5
optimizer = "momentum"
steps = 2
[[layer]]
W = [[0.4, -0.2], [0.3, 0.7]]
b = [0.1, -0.1]
activation = "tanh"
[[layer]]
W = [[0.6, -0.5]]
b = [0.2]
activation = "sigmoid"
"""


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"frozen": ["b"]}, "the biases not updated in any step"),
        ({"frozen": ["W[0]", "b[0]"]}, "layer 0 not updated in any step"),
        ({"learning_rate": 1}, "the learning rate left out in every step"),
        ({"Y": [[0], [1]]}, "the targets of samples 0 and 1 exchanged"),
    ],
)
def test_slips_of_several_steps_and_samples_are_named(tmp_path, capsys, changes, name):
    (tmp_path / "steps.toml").write_text(STEPS, encoding="utf-8")
    wrong = values(read_text(STEPS).but(**changes))["L_new"]
    assert main(["check-answer", str(tmp_path / "steps.toml"), f"L_new = {wrong:.8f}"]) == 1
    assert name in capsys.readouterr().out
