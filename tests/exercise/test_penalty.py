"""A penalty in an exercise: its step is that of training_step, bit for bit; its gradients are slopes of L_total."""

from fractions import Fraction

import pytest

import scalarnn
from scalarnn import HalfL2Penalty, L1Penalty, L2Penalty
from scalarnn.cli import main
from scalarnn.exercise import Exercise, ExerciseError, as_toml, program, read_text, to_network, values, verify
from scalarnn.exercise.keys import PENALTIES
from scalarnn.exercise.slips import catalogue, worked_values
from scalarnn.exercise.slips.others import others
from scalarnn.exercise.slips.trying import trials
from scalarnn.training import ROOT, TO_CLASSES, training_step
from tests.exercise.test_working import CLASSES
from tests.player.exercises import some_exercise

OBJECTS = {"half_L2": HalfL2Penalty, "L2": L2Penalty, "L1": L1Penalty}
TEXT = """title = "A 2-3-2 network with a penalty"
x = [1.5, -0.5]
label = 1
loss = "softmax cross entropy"
penalty = "half L2"
strength = 0.1
learning_rate = 0.5

[[layer]]
W = [[0.5, -0.25], [0.75, 1], [-1, 0.5]]
b = [0.1, 0, -0.2]
activation = "tanh"

[[layer]]
W = [[1, -0.5, 0.25], [-0.75, 0.5, 1]]
b = [0, 0.3]
"""


def by_training_step(exercise):
    """Its network after one step of the package."""
    network, loss = to_network(exercise), exercise.loss
    if exercise.inside_loss:
        network.layers[-1].activation = None
    rates = {name: float(value) for name, value in exercise.settings.items()}
    optimizer = getattr(scalarnn, CLASSES[exercise.optimizer])(float(exercise.learning_rate), **rates)
    rows = [[float(number) for number in row] for row in exercise.X or [exercise.x]]
    targets = exercise.labels or ([exercise.label] if exercise.label is not None else None)
    targets = targets or [[float(number) for number in row] for row in exercise.Y or [exercise.y]]
    penalty = OBJECTS[exercise.penalty](float(exercise.strength))
    total = penalty.value(network)
    training_step(network, rows, targets, optimizer, loss, penalty)
    return network, total


@pytest.mark.parametrize("penalty", PENALTIES)
def test_a_step_is_that_of_training_step_bit_for_bit(penalty):
    n_tried = 0
    for seed in range(60):
        exercise = some_exercise(seed, wide=False)
        is_index = exercise.target in ("label", "labels")
        if (exercise.loss in TO_CLASSES) != is_index or (exercise.loss == ROOT and exercise.is_batch):
            continue  # training_step takes a class as an index, and the root of a mean
        same = {"steps": None, "frozen": None, "gamma": None, "decay": None, "learning_rate": 0.3}
        exercise = exercise.but(**same, penalty=penalty, strength=0.7)
        found, (network, price) = values(exercise, "float"), by_training_step(exercise)
        assert found["W_new"] == [layer.W for layer in network.layers]
        assert all(b in (None, layer.b) for b, layer in zip(found["b_new"], network.layers, strict=True))
        assert found["L_total"] == pytest.approx(found["L"] + price)
        n_tried += 1
    assert n_tried > 30


@pytest.mark.parametrize("penalty", PENALTIES)
def test_its_gradients_are_slopes_of_the_total(penalty):
    """And ∂L/∂b is one already: biases are free."""
    exercise, h = read_text(TEXT).but(penalty=penalty), 1e-5
    found = values(exercise, "float")
    for k, layer in enumerate(exercise.layers):
        places = [("W", (j, i)) for j in range(len(layer.W)) for i in range(len(layer.W[0]))]
        for letter, place in [*places, *(("b", (j,)) for j in range(len(layer.b)))]:
            up, down = (values(moved(exercise, k, letter, place, by), "float")["L_total"] for by in (h, -h))
            gradient = found["dL_total_dW" if letter == "W" else "dL_db"][k]
            for at in place:
                gradient = gradient[at]
            assert (up - down) / (2 * h) == pytest.approx(gradient, rel=1e-6)


def moved(exercise, k, letter, place, by):
    """With one number of one layer moved."""
    layers = [
        {"W": [list(row) for row in one.W], "b": list(one.b), "activation": one.activation} for one in exercise.layers
    ]
    inside = layers[k][letter]
    for at in place[:-1]:
        inside = inside[at]
    inside[place[-1]] = float(inside[place[-1]]) + by
    return exercise.but(layer=layers)


def test_over_several_steps_each_is_that_step():
    exercise = read_text(TEXT)
    one = exercise
    for _ in range(3):
        new = values(one, "float")
        layers = [dict(layer) for layer in exercise.given["layer"]]
        for k, layer in enumerate(layers):
            layer |= {"W": new["W_new"][k], "b": new["b_new"][k]}
        one = exercise.but(layer=layers)
    found = values(exercise.but(steps=3), "float")
    assert (found["W_new"], found["L_total_new"]) == (new["W_new"], new["L_total_new"])


def test_a_batch_pays_once_and_fractions_are_exact():
    layers, given = [{"W": [["1/2", -2]]}], {"loss": "squared error", "penalty": "L2", "strength": "1/3"}
    one = values(Exercise(layers, x=[1, 2], y=[3], **given))
    two = values(Exercise(layers, X=[[1, 2], [1, 2]], Y=[3, 3], **given))
    assert one["L_total"] == two["L_total"] == two["L"] + Fraction(1, 3) * (Fraction(1, 4) + 4)
    assert one["dL_total_dW"] == two["dL_total_dW"]


@pytest.mark.parametrize("spelling", ["half L2", "Half-L2", "half_l2", "HALFL2"])
def test_spellings_make_no_difference_and_it_is_written_again(spelling):
    exercise = read_text(TEXT.replace("half L2", spelling))
    assert read_text(as_toml(exercise)).penalty == exercise.penalty == "half_L2"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('penalty = "half L2"\n', "", "line 5: strength: without a penalty: expected penalty beside it"),
        ("strength = 0.1\n", "", "line 5: penalty: without a strength: expected strength beside it"),
        ("strength = 0.1", "strength = -0.1", "line 6: strength: -0.1: expected a number from 0 up"),
        ("half L2", "L3", "line 5: penalty: 'L3' is not known"),
        ('label = 1\nloss = "softmax cross entropy"\n', "", "line 3: penalty: without a loss: expected loss beside it"),
    ],
)
def test_what_is_wrong_is_one_line(old, new, says):
    with pytest.raises(ExerciseError, match=says):
        read_text(TEXT.replace(old, new))


# ---- whatever takes an exercise --------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "penalty.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["show", "--set", "strength=0.2"],
        ["step"],
        ["unroll", "--to", "javascript"],
        *(
            ["sheet", "-o", "x.xlsx"],
            ["notebook", "-o", "x.ipynb"],
            ["worksheet", "-o", "x.html"],
            ["play", "-o", "x.html"],
        ),
    ],
)
def test_every_command_takes_it(file, capsys, monkeypatch, words):
    monkeypatch.chdir(file.parent)
    assert main([words[0], str(file), *words[1:]]) == 0
    assert not capsys.readouterr().err


def test_the_page_of_the_solution_is_right(file, capsys):
    """Every value by the name that the solution has for it."""
    found = worked_values(read_text(TEXT))
    names = {"L_total": found["L_total"], "L_total,new": found["L_total_new"], "P₁": found["P1"]}
    names |= {"∂L_total/∂W₀,₁₀": found["dL_total_dW0"][1][0], "∂P₁/∂W₁,₀₂": found["dP1_dW1"][0][2]}
    assert main(["check-answer", str(file), *(f"{name} = {value!r}" for name, value in names.items())]) == 0
    assert "5 right, 0 wrong" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("W_new[0][0][0]", "the penalty left out"),
        ("L_total", "the ½ of the penalty forgotten"),
        ("L_total", "λ left out of the penalty"),
        ("b_new[0][0]", "the biases penalised too"),
    ],
)
def test_slips_are_named(file, capsys, name, slip):
    wrong = next(found for one, where, found in trials(read_text(TEXT)) if one.name == slip and not where)
    value = wrong
    for part in name.replace("]", "").split("["):
        value = value[int(part) if part.isdigit() else part]
    assert main(["check-answer", str(file), f"{name} = {value:.8f}"]) == 1
    assert slip in capsys.readouterr().out


def test_slips_with_a_penalty_are_of_exercises_that_have_one():
    plain = read_text(TEXT).but(penalty=None, strength=None)
    assert not [slip.name for slip, _ in others(plain) if "penalty" in slip.name]
    assert not [slip.name for slip, _, _ in trials(plain) if "penal" in slip.name]
    assert [slip.name for slip in catalogue() if "{price}" in "".join(slip.put)] == ["the biases penalised too"]


def test_a_step_with_a_penalty_is_verified():
    exercise = read_text(TEXT)
    after, _ = by_training_step(exercise)
    given = {name: value for name, value in exercise.given.items() if name not in ("layer", "title")}
    assert verify(to_network(exercise), after, **given).is_ours
    given |= {"penalty": None, "strength": None}
    explained = verify(to_network(exercise), after, **given).explanations
    assert "weight decay of the weights: λ = 0.1 (each is smaller by η λ times what it was)" in explained


def test_beside_a_package_its_decay_comes_after_the_penalty():
    """PyTorch adds λ θ to whatever gradient it is given: here that of the total; of biases too."""
    exercise = read_text(TEXT).but(like="torch", optimizer="SGD weight_decay")
    text = program(exercise)
    assert "dL_total_dW0_more = coupled_decay(dL_total_dW0, W0, 0.1)" in text
    assert "dL_db0_more = coupled_decay(dL_db0, b0, 0.1)" in text
