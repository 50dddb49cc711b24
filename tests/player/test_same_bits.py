"""What the page computes is what `scalarnn show --portable` gives, bit for bit; each formula has its line's value."""

import pytest

from scalarnn.exercise.program import Names
from scalarnn.exercise.working import WorkedExercise
from scalarnn.player import as_data, worked
from scalarnn.worked.homework import HomeworkError, worked_once
from tests.player.exercises import some_exercise
from tests.player.node import all_scripts, in_node, needs_node, plain

pytestmark = [needs_node, pytest.mark.usefixtures("portable_functions")]
TIMES = 100
RUN = """
const named = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, texts(value)]));
answer(data.map((one) => {
  const program = one.work ? new scalarnn.Work(one) : new scalarnn.Program(one);
  const { stops, values } = program.record();
  const steps = stops.filter((stop) => stop.kind === "step");
  const wrong = steps.filter((stop) => scalarnn.evaluate(stop.row.formula, stop) !== stop.value).length;
  const derivation = scalarnn.derivation(stops).map((step) => scalarnn.stepText(stops, step));
  return { named: named(program.values()), recorded: named(values), wrong, derivation };
}));
"""


def by_python(exercise):
    try:
        return worked_once(WorkedExercise(exercise, "exercise", "float"), "float")
    except HomeworkError:  # too large for floats
        return None


def pairs(seeds):
    made = [(some_exercise(seed).but(steps=None)) for seed in seeds]
    return [(exercise, expected) for exercise in made for expected in [by_python(exercise)] if expected is not None]


def differences(cases, before=None):
    """The names whose numbers differ, of every exercise."""
    found = in_node(RUN, [as_data(exercise) for exercise, _ in cases], before=before)
    wrong = []
    for n, ((_, expected), got) in enumerate(zip(cases, found, strict=True)):
        wrong += [(n, name) for name, value in expected.items() if plain(got["named"].get(name, "")) != plain(value)]
        wrong += [(n, "recorded")] * (got["named"] != got["recorded"])
        wrong += [(n, "formula")] * (got["wrong"] > 0)
        wrong += [(n, text) for text in got["derivation"] if "undefined" in text or "NaN" in text]
    return wrong


def test_random_exercises():
    cases = pairs(range(TIMES))
    assert len(cases) > 0.9 * TIMES
    assert differences(cases) == []


def test_many_steps():
    """What the page trains is what an exercise of so many steps comes to, for every rule, decay and batch."""
    made = [some_exercise(seed, wide=False) for seed in range(40)]
    exercises = [one.but(steps=4) for one in made if one.learning_rate is not None]
    script = """
    answer(data.map((one) => texts(Object.values(pick(one)))));
    function pick(one) {
      const { v } = new scalarnn.Program(one).train(4).state;
      return one.layers.flatMap(({ W, b }) => [v[W], b ? v[b] : []]);
    }
    """
    found = in_node(script, [as_data(one) for one in exercises])
    assert len({one.optimizer for one in exercises}) == 6
    for exercise, got in zip(exercises, found, strict=True):
        expected = by_python(exercise)
        names = Names(exercise)
        wanted = [(letter, n) for n in range(len(exercise.layers)) for letter in "Wb"]
        values = [expected.get(names.of(letter, n), []) for letter, n in wanted] if expected else None
        assert values is None or plain(got) == plain(values)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("s_j + W_j[i] * x[i]", "W_j[i] * x[i] + s_j * 1.0000000000000002"),
        ("z_j = s_j + b[j];", "z_j = b[j];"),
        ("dL_dx[i] + dL_dz_j * dz_dx", "dL_dz_j * dz_dx"),
        ("1 / (1 + e)", "1 / (1 + e + 1e-17 * e + 2e-16)"),
        ("theta - learning_rate * dL_dtheta", "theta - dL_dtheta * learning_rate - 1e-17"),
        ("const found = each\n          ?", "const found = each && n < 3\n          ?"),
    ],
)
def test_a_wrong_line_is_seen(old, new):
    assert old in all_scripts()
    cases = pairs(range(15))
    try:
        found = differences(cases, before=all_scripts().replace(old, new))
    except AssertionError:  # Node ended with an error
        return
    assert found


def test_every_worked_example():
    """The very lines of `work`: what is not left out to Python is the same to the last bit."""
    data = {name: worked.as_data(name) for name in worked.EXAMPLES}
    found = in_node(RUN, list(data.values()))
    for (name, one), got in zip(data.items(), found, strict=True):
        work = worked._works()[name]
        expected = work.module.work(
            **{key: as_floats(value) for key, value in (work.example.given | worked.EXAMPLES[name]).items()}
        )
        assert {key: plain(got["named"][key]) for key in one["bound"]} == {
            key: plain(expected[key]) for key in one["bound"]
        }, name
        assert got["named"] == got["recorded"]
        assert got["wrong"] == 0
        assert not [text for text in got["derivation"] if "undefined" in text or "NaN" in text]
        assert len(got["derivation"]) >= 5


def as_floats(value):
    if isinstance(value, (list, tuple)):
        return [as_floats(one) for one in value]
    return value if isinstance(value, int) else float(value)
