"""What an exercise comes to is what the package's objects come to, bit for bit; exact where that is possible."""

import itertools
from fractions import Fraction

import pytest

import scalarnn
from scalarnn import Layer, Network, mean_over_samples
from scalarnn.exercise import Exercise, ExerciseError, WorkedExercise, from_network, to_network, values
from scalarnn.exercise.keys import ACTIVATIONS, OPTIMIZERS
from scalarnn.training import LOSSES, TO_CLASSES
from scalarnn.worked.homework import HomeworkError

CLASSES = {"gradient_descent": "GradientDescent", "momentum": "Momentum", "nesterov": "Nesterov"}
CLASSES |= {"adagrad": "AdaGrad", "rmsprop": "RMSProp", "adam": "Adam"}
FIRST = {"W": [[0.5, -0.25], [0.75, 0.1], [-0.3, 0.6]], "b": [0.1, 0.2, -0.3]}
LAST = {"W": [[0.2, -0.4, 0.3], [0.1, 0.5, -0.2]], "b": [0.05, -0.1]}
X = [[1.0, 2.0], [0.5, -1.5], [-1.0, 0.25]]
NUMBERS, LABELS = [[0.25, 0.75], [1.0, 0.0], [0.5, 0.5]], [1, 0, 1]


def ends(loss):
    """The last activation that goes with a loss."""
    if loss in ("cross_entropy", "clipped_cross_entropy"):
        return {"activation": "softmax"}
    return {"activation": "sigmoid"} if loss == "binary_cross_entropy" else {}


def exercise_of(loss="half_squared_error", hidden="tanh", *, batch=False, classes=False, **more):
    targets = {"labels": LABELS, "X": X} if classes else {"Y": NUMBERS, "X": X}
    if not batch:
        targets = {"label": LABELS[0], "x": X[0]} if classes else {"y": NUMBERS[0], "x": X[0]}
    return Exercise([FIRST | {"activation": hidden}, LAST | ends(loss)], loss=loss, **targets, **more)


def by_objects(exercise):
    """The same by Network and Optimizer, which an exercise does not use."""
    network = to_network(exercise)
    rates = {"learning_rate": float(exercise.learning_rate)}
    rates |= {name: float(value) for name, value in exercise.settings.items()}
    optimizer = getattr(scalarnn, CLASSES[exercise.optimizer])(**rates)
    function, gradient = LOSSES[exercise.loss]
    if exercise.target in ("y", "Y") and exercise.loss in TO_CLASSES:
        function, gradient = getattr(scalarnn, exercise.loss), getattr(scalarnn, f"{exercise.loss}_gradient")
    rows = [[float(number) for number in row] for row in exercise.X or [exercise.x]]
    targets = exercise.Y or exercise.labels or [exercise.y if exercise.label is None else exercise.label]
    targets = [one if isinstance(one, int) else [float(number) for number in one] for one in targets]

    def loss_now():
        Y_hat = network.forward_batch(rows)
        return Y_hat, mean_over_samples([function(a, b) for a, b in zip(Y_hat, targets, strict=True)])

    first = None
    for _ in range(exercise.steps):
        Y_hat, L = loss_now()
        dLn_dX = network.backward_batch([gradient(a, b) for a, b in zip(Y_hat, targets, strict=True)])
        if first is None:
            layers = network.layers
            first = {
                "L": L,
                "dL_dz": [layer.dLn_dZ for layer in layers],
                "dL_dW": [layer.dL_dW for layer in layers],
                "dL_db": [layer.dL_db for layer in layers],
                "dL_dx": dLn_dX,
            }
        optimizer.step(network)
    after = {"W_new": [layer.W for layer in network.layers], "b_new": [layer.b for layer in network.layers]}
    return first | after | {"L_new": loss_now()[1]}


def one_row(found):
    """The values of one sample, as those of a batch of one."""
    return found | {"dL_dz": [[dL_dz] for dL_dz in found["dL_dz"]], "dL_dx": [found["dL_dx"]]}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("batch", [False, True])
def test_every_loss_gives_what_the_objects_give(loss, batch):
    for classes in [False, True] if loss in TO_CLASSES else [False]:
        exercise = exercise_of(loss, batch=batch, classes=classes, learning_rate=0.5)
        found = values(exercise)
        y_hat = found.pop("y_hat")
        assert (found if batch else one_row(found)) == by_objects(exercise)
        if loss in TO_CLASSES:
            assert sum(y_hat[0] if batch else y_hat) == pytest.approx(1)


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_activation_and_rule_over_several_steps(hidden, optimizer):
    exercise = exercise_of(hidden=hidden, batch=True, learning_rate=0.1, optimizer=optimizer, steps=3)
    found = values(exercise)
    found.pop("y_hat")
    assert found == by_objects(exercise)
    assert values(exercise.but(steps=1))["L"] == found["L"] != found["L_new"]


def test_the_witness_other_settings_would_be_seen():
    exercise = exercise_of(learning_rate=0.1, optimizer="momentum", steps=3)
    for change in ({"beta": 0.8}, {"steps": 2}, {"optimizer": "nesterov"}, {"learning_rate": 0.2}):
        other = by_objects(exercise.but(**change))
        assert values(exercise)["W_new"] != other["W_new"]


def test_what_is_frozen_stays_and_nothing_else_does():
    all_of_it = values(exercise_of(learning_rate=0.5))
    for frozen, staying in (("b", {"b0", "b1"}), ("W[0]", {"W0"}), ("b[1]", {"b1"})):
        found = values(exercise_of(learning_rate=0.5, frozen=[frozen]))
        for letter, place in itertools.product("Wb", range(2)):
            given = (FIRST, LAST)[place][letter]
            assert (found[f"{letter}_new"][place] == given) == (f"{letter}{place}" in staying)
        assert found["dL_dW"] == all_of_it["dL_dW"]
        assert found["L_new"] != all_of_it["L_new"]


def test_frozen_over_several_steps():
    exercise = exercise_of(learning_rate=0.5, frozen=["W[0]", "b"], steps=4, optimizer="adam")
    found = values(exercise)
    assert found["W_new"][0] == FIRST["W"]
    assert found["b_new"] == [FIRST["b"], LAST["b"]]
    assert found["W_new"][1] != LAST["W"]


@pytest.mark.parametrize("steps", [1, 3])
@pytest.mark.parametrize("batch", [False, True])
def test_a_layer_without_biases_has_none_and_learns_none(batch, steps):
    layers = [{"W": FIRST["W"], "activation": "sigmoid"}, LAST]
    data = {"X": X, "Y": NUMBERS} if batch else {"x": X[0], "y": NUMBERS[0]}
    found = values(Exercise(layers, loss="squared error", learning_rate=0.5, steps=steps, **data))
    zeros = [FIRST | {"b": [0, 0, 0], "activation": "sigmoid"}, LAST]
    other = values(Exercise(zeros, loss="squared error", learning_rate=0.5, frozen="b[0]", steps=steps, **data))
    assert found["dL_db"][0] is None
    assert found["b_new"][0] is None
    assert {**other, "dL_db": [None, other["dL_db"][1]], "b_new": [None, other["b_new"][1]]} == found


def test_the_layout_says_how_weights_are_written_and_no_more():
    turned = [{**layer, "W": [list(column) for column in zip(*layer["W"], strict=True)]} for layer in (FIRST, LAST)]
    data = {"x": X[0], "y": NUMBERS[0], "loss": "squared error", "learning_rate": 0.5}
    assert values(Exercise(turned, layout="W transposed", **data)) == values(Exercise([FIRST, LAST], **data))


@pytest.mark.parametrize(("name", "rate"), [("gamma", [1, 0.5, 0.25]), ("decay", [1, 1 / 1.5, 0.5])])
def test_a_decay_changes_the_rate_from_step_to_step(name, rate):
    """A line of slope 1: the weight falls by the rate itself."""
    exercise = Exercise(
        [{"W": [[5.0]]}], x=1, y=-9, loss="mean absolute error", learning_rate=1, steps=3, **{name: 0.5}
    )
    assert values(exercise)["W_new"] == [[[5 - sum(rate)]]]


# ---- kinds of number -------------------------------------------------------------------------------------------------

EXACT = {"x": [1, 2], "y": [3], "loss": "half mean squared error", "learning_rate": 0.01}
HIDDEN = {"W": [[1, 2], [-3, 4], [1, -1]], "b": [1, 2, 0], "activation": "relu"}
OUT = {"W": [[1, 2, 3]], "b": [1]}


def test_fractions_are_exact_and_are_those_of_the_shipped_example():
    found = values(Exercise([HIDDEN, OUT], **EXACT), "fraction")
    shipped = scalarnn.worked.load("004-network").work()
    assert found["W_new"] == [shipped["W_new"], shipped["W_out_new"]]
    assert found["b_new"] == [shipped["b_new"], shipped["b_out_new"]]
    assert found["dL_dz"] == [shipped["dL_du"], [shipped["dL_dy"]]]
    assert found["dL_dx"] == shipped["dL_dx"]
    assert all(type(number) is Fraction for row in found["W_new"][0] for number in row)


def test_one_fraction_makes_all_exact_where_the_functions_allow():
    exercise = Exercise([HIDDEN | {"b": ["1/3", 0.1, 0]}, OUT], optimizer="momentum", steps=2, **EXACT)
    assert type(values(exercise)["L_new"]) is Fraction
    assert values(exercise) == values(exercise, "fraction")
    assert type(values(exercise, "float")["L_new"]) is float
    assert values(exercise, "float")["L_new"] == pytest.approx(float(values(exercise)["L_new"]))


def test_and_where_they_do_not_floats_serve():
    exercise = Exercise([HIDDEN | {"b": ["1/3", 0.1, 0], "activation": "sigmoid"}, OUT], **EXACT)
    assert type(values(exercise)["L_new"]) is float
    assert values(exercise) == values(exercise, "float")
    with pytest.raises(HomeworkError, match="needs exp, whose value is no fraction"):
        values(exercise, "fraction")


def test_whole_numbers_stay_whole():
    found = values(Exercise([HIDDEN, OUT], x=[1, 2], y=3, loss="squared error"))
    assert found["y_hat"] == [21]
    assert type(found["y_hat"][0]) is int


def test_settings_left_out_are_the_packages_exactly():
    assert Exercise([HIDDEN, OUT], optimizer="adam", **EXACT).settings == {
        "beta1": Fraction(9, 10),
        "beta2": Fraction(999, 1000),
        "epsilon": Fraction(1, 10**8),
    }


# ---- what cannot be worked -------------------------------------------------------------------------------------------


def test_a_forward_pass_alone_has_an_output_alone():
    assert values(Exercise([HIDDEN, OUT], x=[1, 2])) == {"y_hat": [21]}


def test_a_network_alone_is_not_worked():
    with pytest.raises(ExerciseError, match="exercise has no inputs: expected x"):
        WorkedExercise(Exercise([HIDDEN]))


def test_what_overflows_is_one_line():
    big = Exercise([{"W": [[1e200]], "b": [0]}, {"W": [[1e200]]}], x=1.5, y=0, loss="squared error")
    with pytest.raises(HomeworkError, match=r"^y_hat\[0\] is inf: expected a finite number \(in exercise: L = "):
        values(big)


def test_a_title_is_no_code():
    exercise = Exercise([HIDDEN], x=[1, 2], title="'''\nimport os; '\\", source="\"'}\n")
    worked = WorkedExercise(exercise)
    assert worked.title == "''' import os; '\\"
    assert not hasattr(worked.module, "os")


def test_a_network_becomes_an_exercise_and_a_network_again():
    network = Network([Layer([[0.1, 1 / 3]], [-0.7], scalarnn.LeakyReLU(0.3)), Layer([[2.0]], [0.0])])
    again = to_network(from_network(network))
    assert repr(again) == repr(network)
    assert again.forward([0.3, -5.0]) == network.forward([0.3, -5.0])
    with pytest.raises(ExerciseError, match=r"layer\[0\].activation: 'Odd' is not known"):
        from_network(Network([Layer([[1.0]], [0.0], type("Odd", (scalarnn.ReLU,), {})())]))


@pytest.mark.parametrize(
    ("loss", "inside"), [("sigmoid_cross_entropy", "sigmoid"), ("softmax_cross_entropy", "softmax")]
)
def test_predictions_from_scores_are_probabilities_and_the_activation_may_be_named(loss, inside):
    exercise = exercise_of(loss, learning_rate=0.5)
    named = exercise.but(layer=[exercise.given["layer"][0], {**LAST, "activation": inside}])
    assert values(named) == values(exercise)
    outside = named.but(loss=None, y=None, learning_rate=None)
    assert values(exercise)["y_hat"] == values(outside)["y_hat"]
