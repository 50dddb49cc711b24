"""Slips made by hand, in sums that know nothing of the catalogue: five digits of each are enough for its name."""

import math

import pytest

from scalarnn.exercise import Exercise, values
from scalarnn.exercise.slips import check_answers, read_answer, trials, verdict, worked_values
from scalarnn.exercise.slips.rounding import rounded_trials

W0, B0, W1, B1 = [[0.37, -0.52], [0.81, 0.26]], [0.15, -0.34], [[0.64, -0.93]], [0.28]
X, Y, RATE = [[0.9, 0.4], [-0.3, 1.2]], [[0.7], [0.1]], 0.5


def exercise(activation="sigmoid", **given):
    layers = [{"W": W0, "b": B0, "activation": activation}, {"W": W1, "b": B1, "activation": "sigmoid"}]
    given = {"x": X[0], "y": Y[0], "loss": "half squared error", "learning_rate": RATE} | given
    return Exercise(layers, **{key: value for key, value in given.items() if value is not None})


BATCH = {"x": None, "y": None, "X": X, "Y": Y}
ONE = values(exercise())
MANY = values(exercise(**BATCH))


def sigma(z):
    return 1 / (1 + math.exp(-z))


def z_of(W, x, b):
    return sum(w * x_i for w, x_i in zip(W, x, strict=True)) + b


def one_by_one():
    """W1[0][0] after an update for each sample."""
    layers = [{"W": W0, "b": B0, "activation": "sigmoid"}, {"W": W1, "b": B1, "activation": "sigmoid"}]
    for x, y in zip(X, Y, strict=True):
        new = values(Exercise(layers, x=x, y=y, loss="half squared error", learning_rate=RATE))
        layers = [layer | {"W": W, "b": b} for layer, W, b in zip(layers, new["W_new"], new["b_new"], strict=True)]
    return layers[1]["W"][0][0]


def rounded_twice():
    """ŷ with z and a of the first layer to three decimals."""
    a = [round(sigma(round(z_of(W0[j], X[0], B0[j]), 3)), 3) for j in range(2)]
    return round(sigma(round(z_of(W1[0], a, B1[0]), 3)), 3)


a0 = [sigma(z_of(W0[j], X[0], B0[j])) for j in range(2)]
delta = ONE["dL_dz"][1][0]
# What is asked, the exercise, the wrong number, and the name of the slip.
BY_HAND = {
    "z0[0]": [
        ({}, z_of(W0[0], X[0], B0[1]), "the bias of another neuron"),
        ({}, z_of(W0[1], X[0], B0[0]), "the weights of another neuron"),
        ({}, z_of(W0[0], X[0][::-1], B0[0]), "two inputs, or columns of W, exchanged"),
        ({}, z_of(W0[0], X[0], B1[0]), "one bias of another layer for all neurons"),
    ],
    "y_hat[0]": [
        ({}, sigma(z_of(W1[0], X[0], B1[0])), "the inputs of the network for the hidden layer's outputs"),
        ({}, a0[1], "the value of a0[1]"),
        ({}, 1 + math.exp(-z_of(W1[0], a0, B1[0])), "σ without its division"),
    ],
    "dL_dz[0][0]": [
        ({}, delta * W1[0][0] * (1 - a0[0] ** 2), "the derivative of tanh for that of σ"),
        ({}, delta * W1[0][0] * a0[1] * (1 - a0[1]), "f′ of another neuron"),
        ({}, delta * W1[0][1] * a0[0] * (1 - a0[0]), "two columns of W exchanged on the way back"),
        (
            {},
            ONE["dL_dz"][1][0] / (ONE["y_hat"][0] * (1 - ONE["y_hat"][0])) * W1[0][0] * a0[0] * (1 - a0[0]),
            "∂L/∂a for ∂L/∂z on the way on",
        ),
    ],
    "W_new[1][0][0]": [
        (BATCH, one_by_one(), "an update after each sample"),
        ({"steps": 2}, W1[0][0] - 2 * RATE * ONE["dL_dW"][1][0][0], "the first step's gradient in every step"),
        (BATCH, W1[0][0] * (1 - RATE * MANY["dL_dW"][1][0][0]), "the step as a factor"),
    ],
    "dL_dW[1][0][0]": [
        (
            BATCH,
            sum(MANY["dL_dz"][1][n][0] for n in range(2)) / 2 * sum(sigma(z_of(W0[0], x, B0[0])) for x in X) / 2,
            "the product of the means for the mean of the products",
        ),
        ({}, delta * X[0][0], "the inputs of the network for the layer's inputs"),
    ],
    "L": [({}, (ONE["y_hat"][0] + Y[0][0]) ** 2 / 2, "the target added")],
}
CASES = [(name, *case) for name, cases in BY_HAND.items() for case in cases]


@pytest.mark.parametrize(("name", "given", "wrong", "slip"), CASES, ids=[case[3] for case in CASES])
def test_a_slip_made_by_hand_is_named(name, given, wrong, slip):
    asked = exercise(**given)
    told = answered(asked, name, wrong, 6 if slip.startswith("the value of") else 5)
    assert told.is_named
    assert slip in [fit.slip.name for fit in told.fits]
    assert not answered(asked, name, wrong * 1.00037, 6).is_named  # a number near it has no name


@pytest.fixture(autouse=True)
def once(monkeypatch):
    """Slips are tried once with an exercise, and not again for each answer."""
    monkeypatch.setattr(verdict, "trials", lambda exercise, *_: tried(trials, exercise))
    monkeypatch.setattr(verdict, "rounded_trials", lambda exercise, *_: tried(rounded_trials, exercise))


def tried(what, exercise):
    key = what.__name__, repr(exercise.given)
    if key not in TRIED:
        TRIED[key] = list(what(exercise))
    return TRIED[key]


TRIED = {}


def answered(asked, name, number, digits):
    found = worked_values(asked)
    (told,) = check_answers(read_answer(f"{name} = {number:.{digits - 1}e}", asked, found), asked, found)
    return told


def test_the_gate_of_another_neuron():
    x = [0.3, 0.1]
    asked = exercise("relu", x=x)
    z = [z_of(W0[j], x, B0[j]) for j in range(2)]
    shut = 0 if z[0] < 0 else 1
    assert z[shut] < 0 < z[1 - shut]
    told = answered(asked, f"dL_dz[0][{shut}]", values(asked)["dL_dz"][1][0] * W1[0][shut], 5)
    assert told.is_named
    assert "f′ of another neuron" in [fit.slip.name for fit in told.fits]


def test_several_results_rounded_at_once():
    told = answered(exercise(), "L", (rounded_twice() - Y[0][0]) ** 2 / 2, 8)
    assert told.is_named
    assert "rounded to 3 decimals on the way" in [fit.slip.name for fit in told.fits]
