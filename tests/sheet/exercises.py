"""Exercises that between them have every loss, activation and rule."""

import itertools

from scalarnn.commands.sheet import sheet_of
from scalarnn.exercise import Exercise, WorkedExercise
from scalarnn.exercise.keys import ACTIVATIONS, OPTIMIZERS, PENALTIES
from scalarnn.training import LOSSES, TO_CLASSES

FIRST = {"W": [[0.5, -0.25], [0.75, 0.1], [-0.3, 0.6]], "b": [0.1, 0.2, -0.3]}
LAST = {"W": [[0.2, -0.4, 0.3], [0.1, 0.5, -0.2]], "b": [0.05, -0.1]}
X = [[1.0, 2.0], [0.5, -1.5]]
NUMBERS, LABELS = [[0.25, 0.75], [1.0, 0.0]], [1, 0]
ENDS = {"cross_entropy": "softmax", "clipped_cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}


def exercise_of(loss="half_squared_error", hidden="sigmoid", *, batch=False, classes=False, **more):
    targets = {"labels": LABELS, "X": X} if classes else {"Y": NUMBERS, "X": X}
    if not batch:
        targets = {"label": LABELS[0], "x": X[0]} if classes else {"y": NUMBERS[0], "x": X[0]}
    last = LAST | ({"activation": ENDS[loss]} if loss in ENDS else {})
    return Exercise([FIRST | {"activation": hidden}, last], loss=loss, **({"learning_rate": 0.1} | targets | more))


def every_kind():
    """Each loss with one sample and with two, and around them the activations and rules in turn."""
    turn = zip(itertools.cycle(ACTIVATIONS), itertools.cycle(OPTIMIZERS))
    for loss in LOSSES:
        for batch in (False, True):
            for classes in (False, True) if loss in TO_CLASSES else (False,):
                hidden, optimizer = next(turn)
                yield exercise_of(loss, hidden, batch=batch, classes=classes, optimizer=optimizer)
    for hidden, optimizer in itertools.product(("relu", "tanh", "softmax"), ("adam", "adagrad")):
        yield exercise_of(hidden=hidden, optimizer=optimizer)
    for penalty, batch in zip(PENALTIES, (False, True, False), strict=True):
        yield exercise_of(batch=batch, penalty=penalty, strength=0.25)


def sheet(exercise):
    """An exercise on a sheet."""
    return sheet_of(WorkedExercise(exercise, kind="float"))


def names_of(exercise):
    """What an exercise comes to, in the names of its sheet: VALUES' entry → name, or a list of them."""
    layers = range(len(exercise.layers))
    dL, sample = ("dLn_d", str.upper) if exercise.is_batch else ("dL_d", str)
    last = len(exercise.layers) - 1
    is_plain = exercise.layers[last].activation == "identity" and exercise.inside_loss is None
    z = [sample("z") + str(place) for place in layers]
    if is_plain:
        z[last] = "Y_hat" if exercise.is_batch else "y_hat"
    names = {"y_hat": "Y_hat" if exercise.is_batch else "y_hat", "L": "L", "dL_dx": dL + sample("x"), "L_new": "L_new"}
    names["dL_dz"] = [dL + one for one in z]
    for letter in "Wb":
        names[f"dL_d{letter}"] = [f"dL_d{letter}{place}" for place in layers]
        names[f"{letter}_new"] = [f"{letter}{place}_new" for place in layers]
    if exercise.penalty:
        names |= {name: name for name in ("L_total", "L_total_new")}
        names["dL_total_dW"] = [f"dL_total_dW{place}" for place in layers]
    return names
