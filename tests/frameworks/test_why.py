"""why: two figures, and what gives each."""

import json
from random import Random

import pytest

from scalarnn.cli import main
from scalarnn.frameworks import devices, frameworks
from scalarnn.frameworks.courses import COURSES
from scalarnn.frameworks.on_devices import adam_way
from scalarnn.frameworks.rounding import digits_of, of_adam, of_lengths, of_sum
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
        assert f"{framework.call(optimizer)} of {framework.full_name}" in lines, optimizer


def test_of_two_weights(capsys):
    out = said(capsys, "0.6979", "0.544", "--gradients", "1,1,-0.5", "--rates", "0.1,0.1,0.01")
    first, second = out.split("0.544 is given by")
    assert "momentum: SGD(momentum=0.9) of PyTorch" in first
    assert "Keras 3.15.1 on JAX" not in first
    assert "momentum_rate_inside: " in second
    assert "SGD(momentum=0.9) of Keras 3.15.1 on JAX" in second
    assert "scalarnn/dialects/velocity.py:" in second
    assert "v_new = β v − η ∂L/∂θ, θ_new = θ + v_new" in second


def test_a_figure_worked_by_hand_is_held_to_the_digits_of_the_other(capsys):
    out = said(capsys, "0.9", "0.9000009838", "--gradients", "1", "--rates", "0.1")
    first, second = out.split("0.9000009838 is given by")
    assert "adam_epsilon_beside" not in first
    assert "Adam() of Keras 3.15.1 on TensorFlow" in second


def test_of_two_losses(capsys):
    out = said(capsys, "324", "162", "--y-hat", "21", "--y", "3")
    assert "twice" in out
    assert "half_squared_error: L = ½ Σᵢ (ŷᵢ − yᵢ)²" in out.split("162 is given by")[1]


def test_of_two_numbers_alone():
    assert next(of_figures("0.9", "0.8999999761581421")) == "0.8999999761581421 is 0.9 as a float32"
    assert any("Keras" in line for line in of_figures("16.118", "5"))
    assert list(of_figures("1.5", "0.7")) == []


# ---- roundings -------------------------------------------------------------------------------------------------------


def test_a_loss_of_a_device_is_told_by_its_length():
    full = next(repr(row["last"]) for row in devices()["neuron"] if row["way"] == "from the left")
    for row in devices()["neuron"]:
        said = "".join(of_lengths(full, repr(row["last"])))
        if digits_of(repr(row["last"])) < 10:
            assert said == ""  # 9/512 may be anybody's
        elif row["kind"] != "float64":
            assert "digits: a " in said
            assert row["kind"] in said
        elif row["way"] != "from the left":
            assert said.startswith("apart by 229 units in the last place")


def test_no_length_is_told_by_chance():
    """Neither of floats that are drawn, nor of fractions of halves that somebody may have worked with."""
    rng = Random(0)
    assert not any(list(of_lengths(repr(rng.random()), repr(rng.random()))) for _ in range(2000))
    for k in range(1, 256):
        assert list(of_lengths(repr(k / 256), repr(rng.random()))) == []


def test_a_number_that_was_rounded_is_told_to_be_so():
    assert list(of_lengths("0.3", "0.30078125")) == ["0.30078125 is 0.3 as a bfloat16"]
    assert list(of_lengths("0.0999755859375", "0.1")) == ["0.0999755859375 is 0.1 as a float16"]
    assert list(of_lengths("0.99999999", "1.0")) == []


def test_of_two_weighted_sums(capsys):
    words = ["--x", "0.1,-1", "--w", "10,1"]
    first, second = said(capsys, "0.0", "5.551115123125783e-17", *words).split("5.551115123125783e-17 is given by")
    assert "float64: from the left; " in first
    assert second.split() == ["float64:", "fused,", "from", "the", "right"]
    assert list(of_sum("2.46", [0.123456, 1.0], [10.0, 1.234], 0.0)) == []
    assert "TF32: factors of 11 binary digits, added in float32" in list(of_sum("0.0999755859375", [0.1], [1.0], 0.0))


def test_adam_with_a_float32_correction_is_told_from_adam(capsys):
    rng, steps = Random(0), 6
    gradients, rates = [rng.gauss(0, 1) for _ in range(steps)], [0.1] * steps
    exact, short = (adam_way(kind, gradients, rates)[-1] for kind in ("exact", "float32"))
    assert list(of_adam(repr(exact), 1.0, gradients, rates)) == []
    assert list(of_adam(f"{short:.3f}", 1.0, gradients, rates)) == []
    assert list(of_adam(repr(exact - 2 * (short - exact)), 1.0, gradients, rates)) == []
    words = ["--gradients", ",".join(map(repr, gradients)), "--rates", "0.1"]
    first, second = said(capsys, repr(exact), f"{short:.9f}", *words).split(f"{short:.9f} is given by")
    assert "adam: Adam() of PyTorch" in first
    assert "Adam(capturable=True) of PyTorch, or differentiable=True: " in second


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
        (["1", "2", "--x", "1"], "--x and --w go together"),
        (["1", "2", "--b", "1"], "--x and --w go together"),
        (["1", "2", "--x", "1", "--w", "1,2"], "--w has 2 numbers: expected 1"),
        (["1", "2", "--x", "1", "--w", "1", "--b", "1,2"], "--b has 2 numbers: expected one"),
    ],
)
def test_what_is_wrong_is_one_line(capsys, words, message):
    assert main(["why", *words]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
