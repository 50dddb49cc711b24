"""`check-answer`: right, wrong with its slip, a whole page, data; wrong calls in one line."""

import io
import json

import pytest

from scalarnn.cli import main
from scalarnn.commands.check_answer import MOST_GUESSES
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


def test_of_a_number_that_says_little_this_is_said_first(capsys):
    """Ten slips give 2, and so would they give nearly any number near 1."""
    lines = answered(capsys, "micrograd-neuron", "dL_dW[0][0] = 2", code=1).splitlines()
    assert "nearly every number" in lines[1]
    assert sum(line.strip().startswith("·") for line in lines) == MOST_GUESSES


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


def test_the_right_number_can_be_hidden(capsys):
    wrong = f"L = {2 * FAMOUS['L']:.8f}"
    out = answered(capsys, "mazur", wrong, "--hide", code=1)
    assert f"{wrong}   wrong\n    · the ½ forgotten\n" in out
    assert f"{FAMOUS['L']:.4f}" not in out
    (told,) = json.loads(answered(capsys, "mazur", wrong, "--json", "--hide", code=1))["answers"]
    assert "value" not in told
    assert told["slips"][0]["name"] == "the ½ forgotten"
    assert answered(capsys, "002-neuron", "b_new = 0.989", "--hide", code=1).startswith("b_new = 0.989   wrong\n\n")


def test_an_error_that_is_carried_on_is_counted_once(capsys, tmp_path):
    file = tmp_path / "small.toml"
    file.write_text("x = [2]\ny = [1]\nloss = 'half squared error'\n[[layer]]\nW = [[3]]\nb = [1]\n", encoding="utf-8")
    page = ["y_hat = 6", "dL_dz[0][0] = 5", "dL_dW[0][0][0] = 10"]
    out = answered(capsys, str(file), *page, code=1)
    assert out.count("    follows from y_hat = 6\n") == 2
    assert out.endswith("3 answers: 0 right, 3 wrong, 2 of these carried on\n")
    told = json.loads(answered(capsys, str(file), *page, "--json", code=1))["answers"]
    assert [one["follows_from"] for one in told] == [[], ["y_hat"], ["y_hat"]]


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
        (["mazur", "no-such-page"], "expected an answer in quotes, such as 'L = 0.5', or a file of such lines"),
        (["mazur", "L = abc"], "'abc': expected a number"),
        (["mazur", "L = 1,234"], "may be 1.234 or 1234"),
        (["mazur", "dL_dQ = 1"], "there is no value called 'dL_dQ'; did you mean"),
        (["mazur", "dL_dW[2][0][0] = 1"], "dL_dW has 2 entries of 2: expected an index from 0 to 1"),
        (["mazur", "z0[2] = 1"], "there is no 'z0[2]': z0 has 2 entries: expected an index from 0 to 1"),
        (["mazur", "L[0] = 1"], "L is a number: expected no index behind it"),
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


@pytest.mark.parametrize("words", [["L: 0.3"], ["L:", "0.3"], ["L", "=", "0.3"], ["L=", "0.3"], ["L", "≈0.3"]])
def test_an_answer_that_the_shell_has_cut_up_is_one(words, capsys):
    assert answered(capsys, "mazur", *words, "L = 0.3", code=0).count("right\n") == 2


def test_a_value_that_few_decimals_would_hide_is_shown_with_more(capsys, tmp_path):
    small = tmp_path / "small.toml"
    small.write_text("x = [0.01]\ny = [0]\nloss = 'squared error'\n[[layer]]\nW = [[0.2]]\n", encoding="utf-8")
    out = answered(capsys, str(small), "L = 0.0022", code=1)
    assert "wrong, it is 4e-06" in out
    assert "wrong, it is 0.002" in answered(capsys, str(small), "y_hat = 0.5", code=1)


def test_what_comes_out_infinite_is_told_with_the_file_and_the_line(capsys, tmp_path):
    file = tmp_path / "large.toml"
    file.write_text(LARGE, encoding="utf-8")
    for words in (["show", str(file)], ["check-answer", str(file), "L = 1.5"]):
        assert main(words) == 2
        assert "(in large.toml: y_hat = layer_forward(a0, W1, b1))" in capsys.readouterr().err


LARGE = """
x = [1e200]
y = [0]
loss = "squared error"
[[layer]]
W = [[1e200]]
b = [0]
activation = "relu"
[[layer]]
W = [[1]]
b = [0]
"""


def test_settings_of_a_rule_that_is_replaced_are_left_out_and_that_is_said(capsys, tmp_path):
    file = tmp_path / "steps.toml"
    file.write_text(STEPS.replace("steps = 2", "steps = 1\nbeta = 0.5"), encoding="utf-8")
    assert main(["show", str(file), "--set", "optimizer=sgd", "--json"]) == 0
    out, error = capsys.readouterr()
    assert json.loads(out)["values"]["L_new"] == values(read_text(STEPS).but(steps=1, optimizer="sgd"))["L_new"]
    assert "beta is left out: it belongs to momentum, which is replaced" in error
    assert main(["show", str(file), "--set", "optimizer=nesterov"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["show", str(file), "--set", "optimizer=sgd", "--set", "beta=0.5"]) == 2
    assert "beta: is no setting of gradient descent" in capsys.readouterr().err


def test_an_exercise_as_another_package_works_it(capsys, tmp_path):
    file = tmp_path / "like.toml"
    text = STEPS.replace('"momentum"\nsteps = 2', '"adam"\nlike = "keras 3.15 tensorflow"\nlayout = "W"')
    file.write_text(text, encoding="utf-8")
    new = values(read_text(text))["W_new"][1][0][0]
    assert "right" in answered(capsys, str(file), f"W_new[1][0][0] = {new:.9f}", code=0)
    answered(capsys, str(file), f"W_new[1][0][0] = {new + 0.01:.9f}", code=1)
