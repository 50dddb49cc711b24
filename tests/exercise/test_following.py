"""Errors carried on: what follows from a wrong answer is told, what does not is not."""

import pytest

from scalarnn import layer_forward, sigmoid
from scalarnn.exercise import Exercise
from scalarnn.exercise.slips import read_answer, worked_values
from scalarnn.exercise.slips.following import followed

LAYERS = [
    {"W": [[0.5, -0.25], [0.75, 1]], "b": [0.1, -0.2], "activation": "sigmoid"},
    {"W": [[1, -2]], "b": [0.3], "activation": "sigmoid"},
]
DECIMAL = Exercise(LAYERS, x=[1, 2], y=[1], loss="half squared error", learning_rate=0.5)
VALUES = worked_values(DECIMAL)


def carried_on(exercise, *answers):
    """For each answer, all of them wrong, the numbers of those from which it follows."""
    values = worked_values(exercise)
    read = [one for answer in answers for one in read_answer(answer, exercise, values)]
    return followed(exercise, "float", read)


def after(z0):
    """What comes of a z0, worked on without an error."""
    a0 = [sigmoid(z) for z in z0]
    (z1,) = layer_forward(a0, LAYERS[1]["W"], LAYERS[1]["b"])
    y_hat = sigmoid(z1)
    dL_dz = (y_hat - 1) * y_hat * (1 - y_hat)
    return {"a0[0]": a0[0], "a0[1]": a0[1], "z1": z1, "L": (y_hat - 1) ** 2 / 2, "dL_dW[1][0][0]": dL_dz * a0[0]}


@pytest.mark.parametrize("digits", [3, 5, 9])
def test_what_follows_from_one_error_is_counted_once(digits):
    z0 = [VALUES["z0"][0] + 0.5, VALUES["z0"][1]]
    wrong = {name: value for name, value in after(z0).items() if name != "a0[1]"}
    page = [f"{name} = {value:.{digits}f}" for name, value in {"z0[0]": z0[0], **wrong}.items()]
    assert carried_on(DECIMAL, *reversed(page)) == [*[[len(page) - 1]] * len(wrong), []]  # in whatever order


def test_a_second_error_is_one_of_its_own():
    wrong = after([VALUES["z0"][0] + 0.5, VALUES["z0"][1]])
    page = [f"z0[0] = {VALUES['z0'][0] + 0.5:.6f}", f"a0[0] = {wrong['a0[0]']:.6f}", f"L = {2 * wrong['L']:.6f}"]
    assert carried_on(DECIMAL, *page) == [[], [0], []]


def test_two_errors_together():
    z0 = [VALUES["z0"][0] + 0.5, VALUES["z0"][1] - 0.25]
    page = [
        f"z0[0] = {z0[0]:.6f}",
        f"z0[1] = {z0[1]:.6f}",
        f"a0[1] = {after(z0)['a0[1]']:.6f}",
        f"L = {after(z0)['L']:.6f}",
    ]
    assert carried_on(DECIMAL, *page) == [[], [], [1], [0, 1]]


def test_from_a_wrong_a_the_slope_may_be_taken_as_on_paper():
    a = 0.9
    (z1,) = layer_forward([a, VALUES["a0"][1]], LAYERS[1]["W"], LAYERS[1]["b"])
    dL_da = (sigmoid(z1) - 1) * sigmoid(z1) * (1 - sigmoid(z1)) * LAYERS[1]["W"][0][0]
    for slope in (a * (1 - a), sigmoid(VALUES["z0"][0]) * (1 - sigmoid(VALUES["z0"][0]))):
        assert carried_on(DECIMAL, f"a0[0] = {a}", f"dL_dz[0][0] = {dL_da * slope:.6f}") == [[], [0]]


def test_whole_numbers_and_fractions_are_meant_exactly():
    layers = [{"W": [[1, 2], [-1, 1]], "b": [0, 1], "activation": "relu"}, {"W": [[3, 1]], "b": [-1]}]
    exercise = Exercise(layers, x=[2, 1], y=["1/2"], loss="half squared error")
    assert carried_on(exercise, "z0[0] = 5", "a0[0] = 5", "y_hat = 14", "dL_dz[1][0] = 27/2") == [[], [0], [0], [0]]
    assert carried_on(exercise, "z0[0] = 5", "a0[0] = 6", "y_hat = 17") == [[], [], [1]]


def test_of_several_steps_nothing_is_said():
    z0 = VALUES["z0"][0] + 0.5
    page = [f"z0[0] = {z0:.6f}", f"a0[0] = {sigmoid(z0):.6f}"]
    assert carried_on(DECIMAL.but(steps=2), *page) == [[], []]
