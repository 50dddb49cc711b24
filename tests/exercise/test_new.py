"""New exercises, exercises written out and changed: what is written is read again as the same."""

from fractions import Fraction

import pytest

from scalarnn.exercise import Exercise, ExerciseError, as_toml, new_exercise, read_text, values, with_settings
from scalarnn.exercise.keys import ACTIVATIONS
from scalarnn.training import LOSSES, TO_CLASSES
from tests.exercise.test_reading import WHOLE


def same(one, other):
    """Whether two exercises are the same in all that they are."""
    layers = [[vars(layer) for layer in exercise.layers] for exercise in (one, other)]
    plain = [{name: value for name, value in vars(e).items() if name not in ("given", "layers")} for e in (one, other)]
    return layers[0] == layers[1] and plain[0] == plain[1]


def test_what_is_written_is_read_again():
    for exercise in (
        read_text(WHOLE),
        new_exercise([2, 2, 1]),
        Exercise([{"W": [[Fraction(1, 3), 1e-300]]}], X=[[1, 2.5]]),
    ):
        assert same(read_text(as_toml(exercise, ["a comment"])), exercise)
    assert not same(read_text(as_toml(read_text(WHOLE).but(steps=2))), read_text(WHOLE))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("integers", [False, True])
def test_every_loss_has_new_exercises_that_can_be_worked(loss, integers):
    exercise = new_exercise([2, 3, 2], loss=loss, integers=integers)
    found = values(exercise)
    assert 0 < found["L"] != found["L_new"]
    assert same(read_text(as_toml(exercise)), exercise)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation):
    exercise = new_exercise([2, 2, 2], activation=activation, seed=5)
    assert exercise.layers[0].activation == activation
    assert values(exercise)["L"] > 0


def test_a_neuron_alone_has_the_activation_that_was_asked_for():
    for activation in ("relu", "leaky_relu", "sigmoid", "tanh"):
        exercise = new_exercise([3, 1], activation=activation, loss="squared_error", integers=True)
        assert exercise.layers[0].activation == activation
        assert values(exercise)["L_new"] < values(exercise)["L"]
    assert new_exercise([3, 1], integers=True).layers[0].activation == "identity"
    assert new_exercise([2, 3], activation="relu", loss="softmax_cross_entropy").layers[0].activation == "identity"


def test_numbers_are_pleasant():
    """One digit behind the point, two for inputs; with integers none; never 0, no gate at its kink, one open."""
    for seed in range(10):
        exercise = new_exercise([3, 2, 2], seed=seed)
        parameters = [number for layer in exercise.layers for row in [*layer.W, layer.b] for number in row]
        assert all(number * 10 == int(number * 10) and number != 0 for number in parameters)
        assert all(0 < number <= 1 and number * 20 == int(number * 20) for number in exercise.x)
        whole = new_exercise([3, 2, 2], integers=True, seed=seed)
        assert all(type(n) is int for layer in whole.layers for row in [*layer.W, layer.b, whole.x] for n in row)
        z = values(Exercise([{"W": whole.layers[0].W, "b": whole.layers[0].b}], x=whole.x))["y_hat"]
        assert 0 not in z
        assert min(z) < 0 < max(z)
        assert type(values(whole, "fraction")["L_new"]) is Fraction


def test_the_seed_decides():
    assert same(new_exercise([2, 2, 1], seed=3), new_exercise([2, 2, 1], seed=3))
    assert not same(new_exercise([2, 2, 1], seed=3), new_exercise([2, 2, 1], seed=4))


def test_sizes_that_are_no_network_for_hands():
    for sizes in ([2], [2, 0], [2, 99]):
        with pytest.raises(ExerciseError, match="expected inputs and the neurons of each layer, such as 2-2-1"):
            new_exercise(sizes)
    for loss in TO_CLASSES:
        with pytest.raises(ExerciseError, match="expected at least 2 outputs"):
            new_exercise([2, 1], loss=loss)


# ---- other values ----------------------------------------------------------------------------------------------------


def test_every_key_can_be_set():
    exercise = new_exercise([2, 2, 1])
    settings = {"x": "[1/3, .5]", "y": "1", "W0": "[[1, 2], [3, −4]]", "b1": "'1/2'", "activation0": "tanh"}
    settings |= {"loss": "squared error", "optimizer": "adam", "steps": "3", "frozen": "b", "beta1": "0.8"}
    changed = with_settings(exercise, settings)
    assert changed.x == [Fraction(1, 3), Fraction(1, 2)]
    assert changed.layers[0].W == [[1, 2], [3, -4]]
    assert (changed.layers[0].activation, changed.layers[1].b) == ("tanh", [Fraction(1, 2)])
    assert (changed.loss, changed.optimizer, changed.steps, changed.frozen) == (
        "squared_error",
        "adam",
        3,
        ("b[0]", "b[1]"),
    )
    assert changed.settings["beta1"] == Fraction(4, 5)
    assert changed.is_exact
    assert exercise.x != changed.x


def test_decimals_that_are_set_are_no_fractions():
    for text in ("[0.5, 1.25]", "[.5, 1.]", "[1, 2]"):
        assert not with_settings(new_exercise([2, 1]), {"x": text}).is_exact


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("w", "1", "there is nothing to set called 'w'"),
        ("W", "[[1, 2]]", "there is nothing to set called 'W'"),
        ("W2", "[[1, 2]]", "nothing to set called 'W2'"),
        ("x", "[1, 2, 3]", "x: 3 numbers: expected 2"),
        ("W0", "[[1, 2]]", "layer[0].b: 2 numbers: expected 1"),
        ("x", "__import__('os')", "is no number"),
        ("x", "nan", "x: nan: expected a number"),
        ("loss", "wrong", "loss: 'wrong' is not known"),
        ("steps", "many", "steps: 'many' is no number"),
    ],
)
def test_what_cannot_be_set(name, text, says):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  one line of its own, whichever it is
        with_settings(new_exercise([2, 2, 1]), {name: text})
    assert says in str(caught.value)
