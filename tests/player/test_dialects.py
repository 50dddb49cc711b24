"""A played exercise that is like a package computes in the page what `show --portable` gives, bit for bit."""

import pytest

from scalarnn.cli import main
from scalarnn.exercise import Exercise, program, read_text
from scalarnn.exercise.keys import PENALTIES
from scalarnn.exercise.program import Names
from scalarnn.frameworks import frameworks
from scalarnn.player import as_data
from scalarnn.player.dialects import script
from tests.exercise.test_like_losses import FILE, exercise_of
from tests.exercise.test_working import exercise_of as softmax_exercise
from tests.player.node import in_node, needs_node, plain
from tests.player.test_same_bits import RUN, by_python

pytestmark = [needs_node, pytest.mark.usefixtures("portable_functions")]
# Each program in a page of its own: the mathematics is as it was, and what the exercise carries comes to it.
EACH = """
const kept = { ...scalarnn.mathematics };
const answers = [];
for (const { own, program } of data) {
  Object.assign(scalarnn.mathematics, kept, { run: { ...kept.run }, functions: { ...kept.functions } });
  (0, eval)(own);
  const { v } = new scalarnn.Program(program).train(3).state;
  answers.push({ ...of(program), trained: program.layers.flatMap(({ W, b }) => [texts(v[W]), texts(v[b])]) });
}
answer(answers);
"""
RECORDED = RUN.replace("answer(data.map((one) => {", "function of(one) {").replace("}));\n", "}\n")


def every_optimizer():
    """Each with a loss and an activation of its package, by turns all of them, for one sample and for two."""
    for framework in frameworks().values():
        names = [one for one in framework.activations if one not in ("identity", "softmax")]
        for n, optimizer in enumerate(framework.optimizers):
            hidden = {"W": [[0.5, -1, 0.25], [1, 0.75, -0.5]], "b": [0.5, -0.25]}
            hidden["activation"] = names[n % len(names)].replace("_", " ")
            if framework.losses:
                name = framework.losses[n % len(framework.losses)]
                exercise = exercise_of(framework, name, batch=n % 3 == 2, optimizer=optimizer)
                yield exercise.but(layer=[hidden, exercise.given["layer"][1]])
            else:
                given = {"like": framework.called[0], "optimizer": optimizer, "layout": "W", "learning_rate": 0.125}
                layers = [hidden, {"W": [[1, -2]], "b": [0.25]}]
                yield Exercise(layers, x=[1, -0.5, 2], y=[2], loss="squared error", **given)


EXERCISES = list(every_optimizer())


def every_penalty():
    """Each penalty with one sample and with two, and with a package's optimizer that has a decay of its own."""
    given = {"learning_rate": 0.5, "strength": 0.1}
    for penalty, optimizer in zip(PENALTIES, ("gradient_descent", "adam", "momentum"), strict=True):
        for batch in (False, True):
            more = given | {"penalty": penalty, "optimizer": optimizer}
            yield softmax_exercise("softmax_cross_entropy", batch=batch, classes=True, **more)
    more = given | {"like": "torch", "optimizer": "SGD weight_decay", "penalty": "half L2", "frozen": "W[0]"}
    yield softmax_exercise("half squared error", **more)


PRICED = list(every_penalty())


def differences(exercises, spoil=lambda own: own):
    data = [{"own": spoil(script(one)), "program": as_data(one)} for one in exercises]
    wrong = []
    for exercise, got in zip(exercises, in_node(RECORDED + EACH, data), strict=True):
        what, names = (exercise.like, exercise.optimizer, exercise.loss), Names(exercise)
        values, trained = by_python(exercise), by_python(exercise.but(steps=3))
        wrong += [(*what, name) for name, one in values.items() if plain(got["named"].get(name, "")) != plain(one)]
        wrong += [(*what, "recorded")] * (got["named"] != got["recorded"])
        wrong += [(*what, "formula")] * (got["wrong"] > 0)
        wrong += [(*what, text) for text in got["derivation"] if "undefined" in text or "NaN" in text]
        ends = [trained[names.of(letter, place)] for place in range(2) for letter in "Wb"]
        wrong += [(*what, "trained")] * (plain(got["trained"]) != plain(ends))
    return wrong


def test_every_optimizer_loss_and_activation():
    assert {one.optimizer for one in EXERCISES if one.like == "torch"} == set(frameworks()["torch"].optimizers)
    assert differences(EXERCISES) == []


def test_every_penalty():
    assert differences(PRICED) == []
    assert differences(PRICED[:1], lambda own: own.replace("total + s_j", "total * 1.25 + s_j"))
    assert differences(PRICED[:1], lambda own: own.replace("= dL_dtheta + dP_dtheta", "= dL_dtheta"))


def test_a_wrong_line_is_seen():
    (one,) = [one for one in EXERCISES if (one.like, one.optimizer) == ("keras tensorflow", "Nadam")]
    assert differences([one], lambda own: own.replace("r + epsilon", "r + epsilon * 2"))


def test_the_file_that_a_page_gives_is_the_same_exercise():
    some = EXERCISES[::4] + PRICED
    texts = in_node("answer(data.map((one) => scalarnn.toml(new scalarnn.Program(one))));", list(map(as_data, some)))
    for exercise, text in zip(some, texts, strict=True):
        again = read_text(text).but(title=None)
        assert program(again, "float").partition("GIVEN")[2] == program(exercise, "float").partition("GIVEN")[2]


def test_a_page_carries_what_it_uses_and_no_other_page_does(tmp_path):
    file, out = tmp_path / "keras.toml", tmp_path / "keras.html"
    file.write_text(FILE)
    assert main(["play", str(file), "-o", str(out)]) == 0
    own = script(EXERCISES[0])
    assert "function nadam_rule" in out.read_text()
    assert own.count("function ") < 30
    assert script(Exercise([{"W": [[1]], "activation": "tanh"}], x=[1], y=[1], loss="squared error")) == ""
