"""A slip tried in the page gives the numbers that it gives in Python, and names the answers that it leads to."""

import pytest

from scalarnn.exercise import Exercise
from scalarnn.exercise import values as values_of
from scalarnn.exercise.slips import trying
from scalarnn.player import as_data, slips, worked
from tests.player.exercises import some_exercise
from tests.player.node import all_scripts, in_node, needs_node, plain

pytestmark = [needs_node, pytest.mark.usefixtures("portable_functions")]
SEEDS = (3, 5, 9, 14, 22, 31)
BY_LAYER = {"dL_dz", "dL_dW", "dL_db", "W_new", "b_new"}  # of one layer Python has these as a list of one
TRIALS = """
const program = new scalarnn.Program(data);
const found = [];
const { Slipped, groupsOf, indicesOf, inside } = scalarnn.slipParts;
const slipped = new Slipped(program);
const named = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, texts(value)]));
const note = (slip, values) => found.push([slip.name, named(values)]);
for (const slip of scalarnn.slips.all) {
  if (slip.inside) inside(slip, () => note(slip, program.values()));
  else for (const lines of groupsOf(slipped.lines(slip), slip.over))
    for (const indices of indicesOf(slip.over, program)) {
    try { note(slip, slipped.values(slip, lines, indices)); } catch { /* it does not fit */ }
  }
}
answer(found);
"""


def as_text(values, names):
    return repr([(name, plain(values[name])) for name in names if name in values])


def strange(seeds, before=None):
    """Trials of the page that Python does not have; and how many there are."""
    wrong, n_found, kinds = [], 0, set()
    for seed in seeds:
        exercise = some_exercise(seed, wide=False).but(steps=None)
        data = as_data(exercise)
        bound = [name for lines in data["parts"].values() for line in lines for name in line["targets"]]
        names = [name for name in (*data["given"], *bound) if name not in BY_LAYER]
        expected = {}
        right = as_text(trying.worked_values(exercise), names)
        for slip, _, values in trying.trials(exercise):
            expected.setdefault(slip.name, set()).add(as_text(values, names))
        for name, values in in_node(TRIALS, data, before=before):
            text = as_text(values, names)
            if text == right or "nan" in text or "inf" in text or "undefined" in text:
                continue
            n_found += 1
            kinds.add(name)
            if text not in expected.get(name, set()):
                wrong.append((seed, name))
    return wrong, n_found, kinds


def test_a_slip_gives_what_it_gives_in_python():
    wrong, n_found, kinds = strange(SEEDS)
    assert wrong == []
    assert n_found > 300
    assert len(kinds) > 40


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (": value * factor;", ": value * factor + 1e-9;"),
        ("v[groups[name] || name] = names.length > 1 ? found[n] : found;", "v[name] = found;"),
    ],
)
def test_a_wrong_trial_is_seen(old, new):
    assert old in all_scripts()
    assert strange(SEEDS[:3], before=all_scripts().replace(old, new))[0]


def test_most_of_the_catalogue_is_tried():
    made = slips.translated_slips()
    assert len([one for _, one in made if one is not None]) > 0.75 * len(made)


def test_an_answer_is_named():
    exercise = some_exercise(3, wide=False, batch=False).but(steps=None)
    script = """
    const program = new scalarnn.Program(data);
    const right = program.values();
    const name = program.network.layers[0].W;
    const negative = -right[`dL_d${name}`][0][0];
    const found = scalarnn.slipsThatGive(program, `dL_d${name}`, [0, 0], (value) => value === negative);
    answer(found.map((slip) => slip.name));
    """
    assert any("sign" in name for name in in_node(script, as_data(exercise)))


def test_another_loss_and_another_activation_are_named():
    """The ½ forgotten, and no activation: the numbers are those of the other exercise, in Python."""
    layers = [{"W": [[0.5, -1]], "b": [0.25], "activation": "sigmoid"}]
    exercise = Exercise(layers, x=[1, 2], y=[1], loss="half squared error", learning_rate=0.5)
    whole = values_of(exercise.but(loss="squared error"))["L"]
    linear = values_of(exercise.but(layer=[layers[0] | {"activation": "identity"}]))["y_hat"][0]
    script = """
    const program = new scalarnn.Program(data.program);
    const named = (...asked) => scalarnn.slipsThatGive(program, ...asked).map((slip) => slip.name);
    answer([named("L", [], (L) => L === data.whole), named("y_hat", [0], (y_hat) => y_hat === data.linear)]);
    """
    of_loss, of_output = in_node(script, {"program": as_data(exercise), "whole": whole, "linear": linear})
    assert "the ½ forgotten" in of_loss
    assert "no activation for sigmoid" in of_output


def test_a_slip_on_a_worked_example_is_named():
    script = """
    const program = new scalarnn.Work(data);
    const { w, learning_rate } = program.given;
    const right = program.values().w_new[0];
    const slipped = w[0] + (right - w[0]) / learning_rate;
    const found = scalarnn.slipsThatGive(program, "w_new", [0], (value) => Math.abs(value - slipped) < 1e-9);
    answer(found.map((slip) => slip.name));
    """
    assert in_node(script, worked.as_data("002-neuron")) == ["the learning rate left out"]
