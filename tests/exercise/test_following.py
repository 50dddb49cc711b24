"""Errors carried on: what follows from a wrong answer is told, what does not is not."""

import pytest

from scalarnn import layer_forward, sigmoid
from scalarnn.exercise import Exercise
from scalarnn.exercise.gallery import of_gallery
from scalarnn.exercise.slips import carrying, check_answers, read_answer, read_figure, trials, worked_values
from scalarnn.exercise.slips.carrying import slacks
from scalarnn.exercise.slips.following import followed
from scalarnn.exercise.slips.quantities import entries, entry

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
    return followed(exercise, "float", read, slacks(exercise, "float", read))


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


# ---- rounding on the way ---------------------------------------------------------------------------------------------


def verdicts(exercise, *answers):
    values = worked_values(exercise)
    return check_answers([one for answer in answers for one in read_answer(answer, exercise, values)], exercise, values)


def test_who_carries_three_decimals_is_right_up_to_rounding():
    mazur = of_gallery("mazur")
    *right, L, dL_dz = verdicts(mazur, "a0 = [0.593, 0.597]", "ŷ = [0.751, 0.773]", "L = 0.299", "dL_dz[1][0] = 0.1386")
    assert all(one.is_right and not one.is_rounded for one in right)
    assert [(one.is_right, one.is_rounded) for one in (L, dL_dz)] == [(False, True)] * 2
    (alone,) = verdicts(mazur, "dL_dz[1][0] = 0.1386")  # nobody has said that less than its four decimals were carried
    assert not alone.is_rounded
    slip = verdicts(mazur, "ŷ = [0.751, 0.773]", "dL_dz[1][0] = 0.2770")[-1]
    assert not slip.is_rounded


def test_rounding_moves_the_last_digit_and_hides_no_slip():
    """Of an answer alone: what a slip changes by two of its last digits or more is no rounding."""
    mazur = of_gallery("mazur")
    right = worked_values(mazur)
    names = ("y_hat", "L", "dL_dz", "dL_dW", "dL_dx", "W_new", "L_new")
    answers = [(path, read_figure(f"{value:.3e}")) for name in names for path, value in entries(right, (name,))]
    may_be_off = slacks(mazur, None, answers)
    assert all(slack < 2 * figure.unit for slack, (_, figure) in zip(may_be_off, answers, strict=True))
    seen = hidden = 0
    for _, _, found in trials(mazur):
        for slack, (path, figure) in zip(may_be_off, answers, strict=True):
            off = abs(entry(found, path) - entry(right, path))
            seen += off > figure.unit
            hidden += figure.unit < off <= slack
    assert hidden < seen / 100


def test_a_slip_that_is_sure_is_no_rounding_and_two_digits_are_none():
    mazur = of_gallery("mazur")
    (famous,) = verdicts(mazur, "L_new = 0.291027924")
    assert famous.is_named
    assert not famous.is_rounded
    assert not verdicts(mazur, "dL_dz[1][0] = 0.2")[0].is_rounded
    assert not any(one.is_rounded for one in verdicts(DECIMAL.but(steps=2), "L = 0.299", "y_hat = 0.5"))


def test_where_rounding_can_do_anything_it_is_no_excuse(monkeypatch):
    """A step of Adam where the gradient is nearly 0 goes either way."""
    near = Exercise([{"W": [[1.0]]}], x=[0.5], y=[0.5000001], loss="squared error", optimizer="adam", learning_rate=0.1)
    answer = read_answer("W_new = 1.0123", near, worked_values(near))
    assert slacks(near, "float", answer)[0] <= worked_values(near)["W_new"][0][0][0] / 10
    monkeypatch.setattr(carrying, "MOST", 10)
    assert slacks(near, "float", answer)[0] > worked_values(near)["W_new"][0][0][0] / 10


def test_an_error_carried_on_with_three_decimals_follows():
    z0 = [round(VALUES["z0"][0] + 0.5, 3), round(VALUES["z0"][1], 3)]
    a0 = [round(sigmoid(z), 3) for z in z0]
    z1 = round(layer_forward(a0, LAYERS[1]["W"], LAYERS[1]["b"])[0], 3)
    y_hat = round(sigmoid(z1), 3)
    dL_dz = round((y_hat - 1) * y_hat * (1 - y_hat), 3)
    page = {"z0[0]": z0[0], "a0[0]": a0[0], "z1": z1, "y_hat": y_hat, "dL_dz[1][0]": dL_dz}
    page |= {"dL_dW[1][0][0]": dL_dz * a0[0], "dL_dW[1][0][1]": dL_dz * a0[1]}
    told = verdicts(DECIMAL, *(f"{name} = {value:.3f}" for name, value in page.items()))
    own = [one.name for one in told if not (one.is_right or one.is_rounded or one.follows_from)]
    assert own == ["z0[0]"]
