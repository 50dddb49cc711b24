"""What is written of an exercise holds: every step, worked out anew from its symbols, is its value; none stays code."""

import pytest

from scalarnn.exercise import WorkedExercise, program
from scalarnn.exercise.keys import ACTIVATIONS, OPTIMIZERS
from scalarnn.tracing.solution import solution
from scalarnn.training import LOSSES, TO_CLASSES
from scalarnn.unrolled import unroll
from scalarnn.worked.homework import arguments, recorded
from tests.exercise.test_working import exercise_of
from tests.tracing.oracle import check_solution, check_written


def small(*arguments, **more):
    """One input and one hidden neuron less."""
    exercise = exercise_of(*arguments, **more)
    first, last = exercise.given["layer"]
    first = first | {"W": [row[:1] for row in first["W"][:2]], "b": first["b"][:2]}
    name = exercise.inputs
    data = {name: exercise.given["x"][:1] if name == "x" else [row[:1] for row in exercise.given["X"]]}
    return exercise.but(layer=[first, last | {"W": [row[:2] for row in last["W"]]}], **data)


ALL = [small(loss, batch=place % 2 == 0) for place, loss in enumerate(LOSSES)]
ALL += [small(loss, classes=True) for loss in TO_CLASSES]
ALL += [small(hidden=name, batch=place % 2 == 0, learning_rate=0.5) for place, name in enumerate(ACTIVATIONS)]
ALL += [small(learning_rate=0.5, optimizer=name) for name in OPTIMIZERS]
ALL += [small(learning_rate=0.5, gamma=0.5, steps=2), small(learning_rate=0.5, decay=1, frozen="b")]


@pytest.mark.parametrize("exercise", ALL, ids=range(len(ALL)))
def test_every_step_holds_and_none_stays_code(exercise):
    worked = WorkedExercise(exercise)
    recording = recorded(worked)
    n_steps, n_code = check_solution(recording)
    check_written(recording)
    assert n_steps > 15
    assert n_code == 0
    assert all(quantity.formula for quantity in worked.quantities() if quantity.name != "losses")


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_the_straight_lines_give_the_same(hidden):
    exercise = exercise_of("softmax_cross_entropy", hidden, batch=True, classes=True, learning_rate=0.5, steps=2)
    worked = WorkedExercise(exercise, kind="float")
    given = arguments(worked)
    assert unroll(worked.function, *given.values())(*given.values())["L_new"] == worked.work()["L_new"]


def test_every_line_has_the_formula_of_its_letters():
    lines = [line for line in program(exercise_of(learning_rate=0.5)).splitlines() if line.startswith("    ")]
    work = [line for line in lines if " = " in line]
    assert len(work) == 16
    assert all("  # " in line for line in work)
    assert "    dL_dz0 = Tanh().backward(dL_da0, z0)  # ∂L/∂z₀ = ∂L/∂a₀ ⊙ tanh′(z₀)" in work


def test_the_letters_of_a_leaky_relu_are_those_of_its_layer():
    """It is called by another name, f = self.value, inside the layer's activation."""
    text = str(solution(recorded(WorkedExercise(exercise_of(hidden="leaky_relu", batch=True)))))
    assert "A₀,₂₁ = α₀Z₀,₂₁ = " in text
    assert "z_value" not in text
