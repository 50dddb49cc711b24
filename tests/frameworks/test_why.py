"""why: two figures, and what gives each."""

import json

import pytest

from scalarnn.cli import main
from scalarnn.frameworks import frameworks
from scalarnn.frameworks.courses import COURSES
from scalarnn.frameworks.why import of_figures, of_step


def said(capsys, *words, code=0):
    assert main(["why", *words]) == code
    return capsys.readouterr().out


@pytest.mark.parametrize("name", [name for name, one in frameworks().items() if one.data["float64"]])
def test_a_measured_step_names_its_package_and_its_optimizer(name):
    """The third weight of the mixed course; of every fifth optimizer, since each time all are asked."""
    framework = frameworks()[name]
    course = COURSES["mixed"]
    for optimizer in framework.optimizers[::5]:
        figure = f"{framework.figures['optimizers'][optimizer]['mixed'][2]:.13g}"
        lines = "\n".join(of_step(figure, 1.0, course["gradients"][:3], course["rates"][:3]))
        assert f"{framework.call(optimizer)} of {framework.name} {framework.version}" in lines, optimizer


def test_of_two_weights(capsys):
    out = said(capsys, "0.6979", "0.544", "--gradients", "1,1,-0.5", "--rates", "0.1,0.1,0.01")
    first, second = out.split("0.544 is given by")
    assert "momentum: SGD(momentum=0.9) of PyTorch" in first
    assert "Keras on JAX" not in first
    assert "momentum_rate_inside: " in second
    assert "SGD(momentum=0.9) of Keras on JAX" in second
    assert "scalarnn/dialects/velocity.py:" in second
    assert "v_new = β v − η ∂L/∂θ, θ_new = θ + v_new" in second


def test_a_figure_worked_by_hand_is_held_to_the_digits_of_the_other(capsys):
    out = said(capsys, "0.9", "0.9000009838", "--gradients", "1", "--rates", "0.1")
    first, second = out.split("0.9000009838 is given by")
    assert "adam_epsilon_beside" not in first
    assert "Adam() of Keras on TensorFlow" in second


def test_of_two_losses(capsys):
    out = said(capsys, "324", "162", "--y-hat", "21", "--y", "3")
    assert "twice" in out
    assert "half_squared_error: L = ½ Σᵢ (ŷᵢ − yᵢ)²" in out.split("162 is given by")[1]


def test_of_two_numbers_alone():
    assert next(of_figures("0.9", "0.8999999761581421")) == "0.8999999761581421 is 0.9 as a float32"
    assert any("Keras" in line for line in of_figures("16.118", "5"))
    assert list(of_figures("1.5", "0.7")) == []


def test_what_is_not_known_says_so(capsys):
    assert "Nothing that is known here" in said(capsys, "1.5", "0.7", code=1)
    assert "no convention" in said(capsys, "1.5", "0.7", "--gradients", "1", "--rates", "0.1", code=1)


def test_as_data(capsys):
    found = json.loads(said(capsys, "324", "162", "--y-hat", "21", "--y", "3", "--json"))
    assert set(found) == {"both", "324", "162"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a", "1"], "a figure: 'a': expected a finite number"),
        (["inf", "1"], "expected a finite number"),
        (["1", "1.0"], "are the same number"),
        (["1", "2", "--gradients", "1"], "--gradients and --rates go together"),
        (["1", "2", "--gradients", "1,x", "--rates", "1"], "--gradients: '1,x': expected finite numbers"),
        (["1", "2", "--gradients", "1,1,1", "--rates", "1,2"], "--rates has 2 numbers: expected one, or 3"),
        (["1", "2", "--gradients", "1", "--rates", "0"], "expected rates above 0"),
        (["1", "2", "--y-hat", "1", "--y", "1,2"], "--y has 2 numbers: expected 1"),
    ],
)
def test_what_is_wrong_is_one_line(capsys, words, message):
    assert main(["why", *words]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
