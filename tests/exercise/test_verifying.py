"""Steps of other software: ours are recognised, others are explained by what makes them."""

import json

import pytest

from scalarnn import AdaGrad, Adam, Momentum, Nesterov, RMSProp, saving, squared_error_gradient
from scalarnn.cli import main
from scalarnn.exercise import Exercise, ExerciseError, from_network, to_network, values, verify
from scalarnn.exercise.parameters import later_of
from scalarnn.exercise.slips import trials
from scalarnn.float32 import round_to_float32

LAYERS = [
    {"W": [[0.15, -0.2], [0.25, 0.3], [0.5, 0.1]], "b": [0.35, -0.35, 0.1], "activation": "sigmoid"},
    {"W": [[0.4, 0.45, -0.3], [0.5, 0.55, 0.2]], "b": [0.6, -0.6]},
]
GIVEN = {"X": [[0.05, 0.1], [0.3, -0.4], [1, 0.25]], "Y": [[0.01, 0.99], [0.5, -0.5], [0.1, 0.2]]}
GIVEN |= {"loss": "squared error", "learning_rate": 0.125}


def stepped(layers=LAYERS, **given):
    """The network after a step of the package."""
    return changed(values(Exercise(layers, **GIVEN | given)))


def changed(new):
    layers = [layer | {"W": W, "b": b} for layer, W, b in zip(LAYERS, new["W_new"], new["b_new"], strict=True)]
    return to_network(Exercise(layers))


BEFORE = to_network(Exercise(LAYERS))


@pytest.mark.parametrize("optimizer", ["gradient descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_a_step_of_ours_is_recognised(optimizer):
    verdict = verify(BEFORE, stepped(optimizer=optimizer), **GIVEN, optimizer=optimizer)
    assert verdict.is_ours
    assert verdict.digits > 14
    assert not verdict.explanations


def in_float32(network):
    for layer in network.layers:
        layer.W = [[round_to_float32(w) for w in row] for row in layer.W]
        layer.b = [round_to_float32(b) for b in layer.b]
    return network


def test_float32_has_fewer_digits():
    before = in_float32(to_network(Exercise(LAYERS)))
    after = in_float32(changed(values(from_network(before, **GIVEN))))
    verdict = verify(before, after, **GIVEN)
    assert verdict.is_ours
    assert verdict.precision == "float32"
    assert 5 < verdict.digits < 9


def moved(move):
    """The step, changed weight by weight."""
    after = stepped()
    for old, new in zip(BEFORE.layers, after.layers, strict=True):
        new.W = [
            [move("W", w, w_new) for w, w_new in zip(*rows, strict=True)] for rows in zip(old.W, new.W, strict=True)
        ]
        new.b = [move("b", b, b_new) for b, b_new in zip(old.b, new.b, strict=True)]
    return after


OTHERS = {
    "the sum over the 3 samples, not their mean": lambda: moved(lambda _, old, new: old + 3 * (new - old)),
    "uphill, the gradient was added": lambda: moved(lambda _, old, new: old - (new - old)),
    "the learning rate was taken twice": lambda: moved(lambda _, old, new: old + (new - old) / 8),
    "the step is 0.7 times ours: another learning rate": lambda: moved(lambda _, old, new: old + 0.7 * (new - old)),
    "loss half squared error": lambda: stepped(loss="half squared error"),
    "optimizer adagrad": lambda: stepped(optimizer="adagrad"),
    "optimizer nesterov": lambda: stepped(optimizer="nesterov"),
    "not updated: b[0], b[1]": lambda: stepped(frozen=["b"]),
    "not updated: W[0], b[0]": lambda: stepped(frozen=["W[0]", "b[0]"]),
    "weight decay of the weights: λ = 0.01 ": lambda: moved(lambda of, old, new: new - 0.00125 * old * (of == "W")),
    "weight decay of the weights and biases: λ = 0.01 ": lambda: moved(lambda _, old, new: new - 0.00125 * old),
    "nothing has changed": lambda: BEFORE,
}


@pytest.mark.parametrize("why", OTHERS)
def test_another_step_is_explained(why):
    verdict = verify(BEFORE, OTHERS[why](), **GIVEN)
    assert not verdict.is_ours
    assert any(why in one for one in verdict.explanations), verdict.explanations


def test_files_exchanged():
    assert verify(stepped(), BEFORE, **GIVEN).explanations == ["the two files are exchanged"]


def test_nothing_is_claimed_of_other_numbers():
    after = stepped()
    after.layers[0].W[1][0] += 1e-7
    verdict = verify(BEFORE, after, **GIVEN)
    assert not verdict.is_ours
    assert verdict.explanations == []
    assert verdict.largest[0] == "W[0][1][0]"


def test_what_makes_no_step_is_refused():
    for more, said in (({"steps": 2}, "expected one step"), ({"learning_rate": None}, "what a step is made of")):
        with pytest.raises(ExerciseError, match=said):
            verify(BEFORE, stepped(), **{key: value for key, value in (GIVEN | more).items() if value is not None})
    with pytest.raises(ExerciseError, match="different shapes"):
        verify(BEFORE, to_network(Exercise(LAYERS[:1])), **GIVEN)


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path):
    """Two saved networks and the data of the step between them."""
    for name, network in (("before", BEFORE), ("after", stepped()), ("other", stepped(loss="half squared error"))):
        saving.save(network, tmp_path / f"{name}.json")
    lines = [f"{key} = {json.dumps(value)}" for key, value in GIVEN.items()]
    (tmp_path / "step.toml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def call(files, after, *words):
    return main(["verify", str(files / "before.json"), str(files / after), "--data", str(files / "step.toml"), *words])


def test_the_command(files, capsys):
    assert call(files, "after.json") == 0
    assert capsys.readouterr().out.startswith("It is our step, to ")
    assert call(files, "other.json") == 1
    out = capsys.readouterr().out
    assert "It is another step: " in out
    assert "loss half squared error" in out
    assert call(files, "other.json", "--json") == 1
    assert not json.loads(capsys.readouterr().out)["is_ours"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "step.toml: "),
        ("[[layer]]\nW = [[1]]", "expected no [[layer]]"),
        ("x = [1, 2]", "what a step is made of"),
    ],
)
def test_wrong_data_is_one_line(files, capsys, text, said):
    (files / "step.toml").write_text(text, encoding="utf-8")
    assert call(files, "after.json") == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


# ---- a later step ----------------------------------------------------------------------------------------------------

OBJECTS = {"momentum": Momentum, "nesterov": Nesterov, "adagrad": AdaGrad, "rmsprop": RMSProp, "adam": Adam}


def a_step(network, optimizer):
    predicted = network.forward_batch(GIVEN["X"])
    network.backward_batch([squared_error_gradient(y_hat, y) for y_hat, y in zip(predicted, GIVEN["Y"], strict=True)])
    optimizer.step(network)


def trained(name, n_steps):
    """The network and the optimizer after so many steps of the objects, which know nothing of exercises."""
    network, optimizer = to_network(Exercise(LAYERS)), OBJECTS[name](GIVEN["learning_rate"])
    for _ in range(n_steps):
        a_step(network, optimizer)
    return network, optimizer


@pytest.mark.parametrize("name", OBJECTS)
def test_a_later_step_is_recognised_with_what_was_kept(name):
    before, optimizer = trained(name, 3)
    after, then = trained(name, 4)
    state = {"state": optimizer.state, "taken": optimizer.t}
    verdict = verify(before, after, **state, state_after=then.state, **GIVEN, optimizer=name)
    assert verdict.is_ours
    assert verdict.digits > 12
    assert not verify(before, after, **GIVEN, optimizer=name).is_ours  # without it, it is none


def test_what_was_kept_after_the_step_is_held_against_ours():
    before, optimizer = trained("adam", 2)
    after, then = trained("adam", 3)
    then.state[1]["v_W"][0][0] *= 1.001
    verdict = verify(before, after, state=optimizer.state, taken=2, state_after=then.state, **GIVEN, optimizer="adam")
    assert not verdict.is_ours
    assert verdict.largest[0] == "v_W[1][0][0]"
    assert verdict.explanations == ["the parameters are ours, and what the optimizer keeps is not"]


def test_another_later_step_is_explained():
    before, optimizer = trained("adam", 2)
    after, _ = trained("adam", 3)
    given = GIVEN | {"state": optimizer.state}
    assert verify(before, after, taken=5, optimizer="adam", **given).explanations == ["it was step 3, not step 6"]
    begun = Adam(GIVEN["learning_rate"])
    again, _ = trained("adam", 2)
    a_step(again, begun)
    explained = verify(before, again, taken=2, optimizer="adam", **given).explanations
    assert "the optimizer began anew: what it had kept was not used" in explained


def test_the_velocity_of_keras_is_explained():
    before, optimizer = trained("momentum", 2)
    after, _ = trained("momentum", 3)
    rate = GIVEN["learning_rate"]
    theirs = [{name: negative(value, rate) for name, value in layer.items()} for layer in optimizer.state]
    verdict = verify(before, after, state=theirs, taken=2, optimizer="momentum", **GIVEN)
    assert "the velocity that was kept is −η times ours, as Keras has it" in verdict.explanations


def negative(value, rate):
    return [negative(entry, rate) for entry in value] if isinstance(value, list) else -rate * value


def test_a_slip_explains_a_step():
    before, optimizer = trained("momentum", 2)
    state = optimizer.state
    wrong = next(
        found
        for slip, where, found in trials(
            from_network(before, **GIVEN, optimizer="momentum"),
            later=later_of(from_network(before, **GIVEN, optimizer="momentum"), state, 2),
        )
        if slip.name == "the velocity damped" and not where
    )
    verdict = verify(before, changed(wrong), state=state, taken=2, optimizer="momentum", **GIVEN)
    assert [why.partition(":")[0] for why in verdict.explanations] == ["the velocity damped"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"state": []}, "a state of 0 layers: expected 2"),
        ({"state": [{}, {}]}, r"state\[0\].v_W is missing: expected \[3, 2\]"),
        ({"state": [{"v_W": [[0.0]]}, {}]}, r"state\[0\].v_W has the shape \[1, 1\]"),
        ({"taken": -1}, "taken is -1: expected how many steps were taken"),
    ],
)
def test_a_state_that_does_not_fit_is_refused(more, said):
    with pytest.raises(ExerciseError, match=said):
        verify(BEFORE, stepped(), **GIVEN, optimizer="momentum", **more)


def test_the_command_with_a_state(tmp_path, capsys):
    for n in (2, 3):
        network, optimizer = trained("adam", n)
        saving.save(network, tmp_path / f"{n}.json")
        kept = {"t": optimizer.t, "state": optimizer.state}
        (tmp_path / f"kept{n}.json").write_text(json.dumps(kept), encoding="utf-8")
    lines = [f"{key} = {json.dumps(value)}" for key, value in (GIVEN | {"optimizer": "adam"}).items()]
    (tmp_path / "step.toml").write_text("\n".join(lines), encoding="utf-8")
    words = ["verify", str(tmp_path / "2.json"), str(tmp_path / "3.json"), "--data", str(tmp_path / "step.toml")]
    state = ["--state", str(tmp_path / "kept2.json")]
    assert main([*words, *state, "--state-after", str(tmp_path / "kept3.json")]) == 0
    assert capsys.readouterr().out.startswith("It is our step, to ")
    assert main([*words, *state, "--taken", "0"]) == 1
    assert "it was step 3, not step 1" in capsys.readouterr().out
    assert main(words) == 1
    assert "--state FILE" in capsys.readouterr().out
    assert main([*words, "--state", str(tmp_path / "step.toml")]) == 2
    assert main([*words, "--state", str(tmp_path / "none.json")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 2
    assert "none.json: No such file" in error
    (tmp_path / "step.toml").write_text("taken = 2", encoding="utf-8")
    assert main(words) == 2
    assert "expected --taken beside --data" in capsys.readouterr().err
