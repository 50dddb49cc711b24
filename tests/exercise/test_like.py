"""like = "keras": an exercise is worked as another package works it, and a step of its is recognised."""

import pytest

from scalarnn import Layer, Network
from scalarnn.cli import main
from scalarnn.exercise import (
    Exercise,
    ExerciseError,
    from_network,
    program,
    read,
    read_text,
    to_network,
    values,
    verify,
)
from scalarnn.exercise.keys import schema
from scalarnn.frameworks import frameworks
from scalarnn.frameworks.courses import COURSES

ONE = [{"W": [[1]], "b": [0]}]  # with x = 1 and a linear loss of the output, ∂L/∂w is what is asked for
GIVEN = {"x": [1], "y": [0], "loss": "half squared error", "learning_rate": 0.1}


@pytest.mark.parametrize("name", frameworks())
def test_the_first_step_of_every_optimizer_is_the_one_that_was_measured(name):
    """w = 1, b = 0, x = 1, y = 0: the gradient is 1, as in the course."""
    framework = frameworks()[name]
    for optimizer in framework.optimizers:
        exercise = Exercise(ONE, like=framework.called[0], optimizer=optimizer, layout="W", **GIVEN)
        (((w,),),) = values(exercise)["W_new"]
        assert COURSES["mixed"]["gradients"][0] == 1
        figures = framework.figures["optimizers"][optimizer]
        course, digits = ("mixed", 1e-12) if "mixed" in figures else ("mixed_float32", 1e-7)
        assert float(w) == pytest.approx(figures[course][0], abs=digits), optimizer


def test_several_steps_are_those_of_the_optimizer():
    exercise = Exercise(ONE, like="keras", optimizer="Adam", layout="W", steps=4, **GIVEN)
    network = Network([Layer([[1.0]], [0.0])])
    optimizer = frameworks()["keras_tensorflow"].optimizer("Adam", 0.1)
    for _ in range(4):
        (y_hat,) = network.forward([1.0])
        network.backward([y_hat])
        optimizer.step(network)
    assert values(exercise)["W_new"][0] == network.layers[0].W


def test_weights_lie_as_they_lie_there_unless_it_is_said():
    W = [[1, 2, 3], [4, 5, 6]]
    assert Exercise([{"W": W}], like="keras", x=[1, 2]).sizes == [2, 3]
    assert Exercise([{"W": W}], like="torch", x=[1, 2, 3]).sizes == [3, 2]
    assert Exercise([{"W": W}], like="keras", layout="W", x=[1, 2, 3]).sizes == [3, 2]


def test_without_a_name_it_is_the_first_optimizer_of_the_package():
    exercise = Exercise(ONE, like="sklearn", **GIVEN)
    assert (exercise.optimizer, exercise.rule.step) == ("sgd", "nesterov_rate_inside_step")


def test_the_rules_of_the_book_have_their_names_still():
    exercise = Exercise(ONE, like="keras", optimizer="momentum", beta=0.5, **GIVEN)
    assert exercise.optimizer == "momentum"


def test_a_setting_of_ones_own():
    exercise = Exercise(ONE, like="keras", optimizer="Adam", epsilon=1, **GIVEN)
    assert exercise.settings["epsilon"] == 1
    assert "beta1=beta1" in program(exercise)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('like = "kears"', "line 1: like: 'kears' was not measured; did you mean 'keras'?"),
        ('like = "keras 2"', "line 1: like: keras 2: measured is Keras 3.15.1 on TensorFlow 2.21.0, not version 2"),
        ('like = "torch"\noptimizer = "Frodo"', "line 2: optimizer: 'Frodo' is not known"),
        ('like = "torch"\noptimizer = "Adam"\nbeta = 0.5', "line 3: beta: is no setting of Adam: it takes beta1"),
        ("like = 3", "line 1: like: "),
    ],
)
def test_what_is_wrong_is_one_line(line, message):
    rest = '\nx = [1]\ny = [0]\nloss = "squared error"\nlearning_rate = 0.1\n[[layer]]\nW = [[1]]\n'
    with pytest.raises(ExerciseError, match=message.replace("?", r"\?")):
        read_text(line + rest)


def test_an_editor_knows_the_names():
    enums = [choice.get("enum", []) for choice in schema()["properties"]["optimizer"]["anyOf"]]
    assert any("Nadam" in names for names in enums)


# ---- a step of another package ---------------------------------------------------------------------------------------

LAYERS = [{"W": [[0.5, -0.25], [0.75, 1]], "b": [0.5, -0.5], "activation": "tanh"}, {"W": [[0.5, 2]], "b": [0.25]}]
STEP = {"x": [1, 2], "y": [0.5], "loss": "squared error", "learning_rate": 0.125}


def stepped(**given):
    new = values(from_network(to_network(Exercise(LAYERS)), **STEP, **given))
    layers = [layer | {"W": W, "b": b} for layer, W, b in zip(LAYERS, new["W_new"], new["b_new"], strict=True)]
    return to_network(Exercise(layers))


def explained(**given):
    return verify(to_network(Exercise(LAYERS)), stepped(**given), **STEP, optimizer="adam").explanations


def test_a_step_of_keras_is_recognised():
    found = explained(like="keras", optimizer="Adam")
    assert found == ["Adam() or Adam(amsgrad=True) of Keras 3.15.1 on TensorFlow 2.21.0 gives just this"]
    found = explained(like="mlx", optimizer="AdamW")
    assert found == ["AdamW() of MLX 0.32.4 gives just this"]


def test_it_is_ours_if_it_is_said():
    verdict = verify(to_network(Exercise(LAYERS)), stepped(like="paddle", optimizer="NAdam"), **STEP, like="paddle")
    assert not verdict.is_ours  # that was SGD
    verdict = verify(
        *(to_network(Exercise(LAYERS)), stepped(like="paddle", optimizer="NAdam")),
        **(STEP | {"like": "paddle", "optimizer": "NAdam"}),
    )
    assert verdict.is_ours


# ---- whatever takes an exercise --------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "keras.toml"
    lines = [
        'like = "keras"',
        'optimizer = "Adam"',
        "x = [1, 2]",
        "y = [3]",
        'loss = "squared error"',
        "learning_rate = 0.1",
    ]
    path.write_text(
        "\n".join([*lines, "[[layer]]", "W = [[1, -3, 1], [2, 4, -1]]", "b = [1, 2, 0]"]).replace(
            "y = [3]", "y = [3, 1, 0]"
        )
    )
    return path


@pytest.mark.parametrize(
    "words",
    [["show"], ["step"], ["unroll", "--to", "javascript"], ["sheet", "-o"], ["notebook", "-o"], ["worksheet", "-o"]],
)
def test_every_command_takes_it(file, capsys, words):
    ends = {"sheet": "x.xlsx", "notebook": "x.ipynb", "worksheet": "x.html"}
    output = [str(file.parent / ends[words[0]])] if words[0] in ends else []
    assert main([words[0], str(file), *words[1:], *output]) == 0
    assert not capsys.readouterr().err


def test_an_answer_is_checked_by_its_rule(file):
    w = values(read(file))["W_new"][0][0][0]
    assert main(["check-answer", str(file), f"W_new[0][0][0] = {float(w)!r}"]) == 0
    assert main(["check-answer", str(file), "W_new[0][0][0] = 0.123456"]) == 1
