"""train --loss: which goes with what, and how a network answers afterwards."""

import math

import pytest

from scalarnn import Layer, Network, Sigmoid, Softmax
from scalarnn.classifier import Classifier, load_classifier
from scalarnn.cli import main
from scalarnn.commands import options
from scalarnn.commands.learning import figures_of
from scalarnn.training import LOSSES

MOONS = ["train", "moons", "--samples", "30", "--epochs", "6", "--save", "m.json"]


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(capsys, *words, code=0):
    status = main(list(words))
    output, errors = capsys.readouterr()
    assert status == code, errors
    return output, errors


def test_the_command_line_knows_every_loss():
    assert sorted(options.LOSSES) == sorted(LOSSES)


@pytest.mark.parametrize("name", ["sigmoid_cross_entropy", "binary_cross_entropy"])
def test_yes_or_no_learns_from_scores_and_answers_with_probabilities(capsys, name):
    output, _ = run(capsys, *MOONS, "--loss", name)
    assert "; sigmoid cross entropy" in output
    classifier, notes = load_classifier("m.json")
    assert isinstance(classifier.network.layers[-1].activation, Sigmoid)
    assert len(classifier.network.layers[-1].W) == 1
    assert all(0 < y_hat < 1 for (y_hat,) in classifier.outputs([[0.1, 0.2], [2.0, -1.0]]))
    output, _ = run(capsys, "check", "m.json")
    assert "as noted" in output
    assert "NOT" not in output
    training = notes["training"]
    assert training["settings"]["loss"] == "sigmoid_cross_entropy"
    assert 0 < training["figures"]["held_out"]["loss"] < math.log(2)


def test_a_probability_that_is_rounded_to_1_still_has_a_loss():
    sure = Classifier(Network([Layer([[40.0]], [0.0], Sigmoid())]), ["no", "yes"], ["x"])
    assert sure.outputs([[1.0]]) == [[1.0]]
    assert figures_of(sure, ([[1.0], [-1.0]], [0, 0]), "sigmoid_cross_entropy").loss == 20.0


def test_clipped_cross_entropy_ends_in_softmax(capsys):
    run(capsys, *MOONS, "--loss", "clipped-cross-entropy")
    classifier, _ = load_classifier("m.json")
    assert isinstance(classifier.network.layers[-1].activation, Softmax)
    assert sum(classifier.probabilities([[0.1, 0.2]])[0]) == pytest.approx(1, rel=1e-15)
    assert "as noted" in run(capsys, "check", "m.json")[0]


def test_cross_entropy_is_taken_from_scores(capsys):
    with_name, _ = run(capsys, *MOONS, "--loss", "cross_entropy")
    without, _ = run(capsys, *MOONS)
    assert with_name.replace(" --loss cross_entropy", "") == without


def test_numbers_are_learned_with_the_root_of_their_mean(capsys, tmp_path):
    rows = "".join(f"{n % 7},{n % 5},{3 * (n % 7) - n % 5}\n" for n in range(70))
    (tmp_path / "d.csv").write_text("a,b,c\n" + rows, encoding="utf-8")
    words = ["train", "d.csv", "--task", "regression", "--epochs", "30", "--save", "r.json"]
    for loss in ("root_mean_squared_error", "mean_absolute_error"):
        output, _ = run(capsys, *words, "--loss", loss)
        assert f"; {loss.replace('_', ' ')} of standardised numbers" in output
        assert "as noted" in run(capsys, "check", "r.json")[0]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["spiral", "--loss", "sigmoid_cross_entropy"], "spiral has 3 classes: expected one of softmax_cross_entropy"),
        (
            ["moons", "--layers", "2,4,2", "--loss", "squared_error"],
            "moons has 2 classes: expected one of softmax_cross",
        ),
        (
            ["moons", "--layers", "2,4,1", "--loss", "cross_entropy"],
            "two classes and one output: expected one of sigmoid",
        ),
        (["moons", "--loss", "mean_square_error"], "unknown loss 'mean_square_error'"),
    ],
)
def test_a_loss_that_does_not_fit_is_refused(capsys, words, message):
    _, errors = run(capsys, "train", *words, code=2)
    assert message in errors
