"""What optimizers of PyTorch keep comes in, and its later steps are ours, or explained."""

import json
from pathlib import Path

import pytest

from scalarnn import Layer, Network, Sigmoid
from scalarnn.exchange import ExchangeError
from scalarnn.exchange.kept import kept_of, read_kept
from scalarnn.exchange.safetensors import write_safetensors
from scalarnn.exercise import verify

MADE = json.loads((Path(__file__).parent / "files" / "torch-steps.json").read_text(encoding="utf-8"))
STEPS = MADE["steps"]


def network_of(noted):
    W = noted["parameters"]
    return Network([Layer(W["0.weight"], W["0.bias"], Sigmoid()), Layer(W["2.weight"], W["2.bias"])])


def verified(name, optimizer, **more):
    before, after = STEPS[name]
    kept, then = kept_of({"state": before["state"]}), kept_of({"state": after["state"]})
    given = MADE["given"] | {"state": kept.state, "taken": kept.t or 3, "state_after": then.state} | more
    return verify(network_of(before), network_of(after), optimizer=optimizer, **given)


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_the_fourth_step_of_pytorch_is_ours(optimizer):
    verdict = verified(optimizer, optimizer)
    assert verdict.is_ours
    assert verdict.digits > 12


def test_in_float32():
    verdict = verified("adam in float32", "adam")
    assert verdict.is_ours
    assert (verdict.precision, int(verdict.digits)) == ("float32", 6)


@pytest.mark.parametrize(
    ("name", "optimizer", "why"),
    [
        ("damped", "momentum", "the velocity damped: v_new = β v + (1 − β) ∂L/∂θ"),
        ("adamw", "adam", "weight decay of the weights and biases: λ = 0.01 "),
    ],
)
def test_other_rules_of_pytorch_are_explained(name, optimizer, why):
    verdict = verified(name, optimizer)
    assert not verdict.is_ours
    assert any(one.startswith(why) for one in verdict.explanations)


def test_a_file_of_any_form(tmp_path):
    noted, _ = STEPS["adam"]
    kept = kept_of({"state": noted["state"]})
    flat = {f"{number}.{name}": value for number, of_one in noted["state"].items() for name, value in of_one.items()}
    flat = {name: value if isinstance(value, list) else [value] for name, value in flat.items()}
    (tmp_path / "a.json").write_text(json.dumps({"state": noted["state"], "param_groups": []}), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(flat), encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps({"t": kept.t, "state": kept.state}), encoding="utf-8")
    (tmp_path / "d.safetensors").write_bytes(write_safetensors(flat, {}))
    assert kept.t == 3
    assert [sorted(layer) for layer in kept.state] == [["m_W", "m_b", "v_W", "v_b"]] * 2
    for file in sorted(tmp_path.iterdir()):
        assert read_kept(file) == kept, file.name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "expected {"),
        ({"state": {}}, "expected {"),
        ({"state": [{"w": [1]}]}, r"state\[0\]: 'w': expected m, v or s of W or b"),
        ({"state": [{"v_W": "x"}]}, r"state\[0\].v_W: .* expected a number"),
        ({"0.max_exp_avg_sq": [[1.0]]}, "0.max_exp_avg_sq: expected momentum_buffer"),
        ({"0.exp_avg": [[[1.0]]]}, "expected a vector or a matrix"),
        ({"0.step": "x", "0.exp_avg": [1.0]}, "0.step"),
    ],
)
def test_what_is_no_state_is_said_in_a_line(content, said):
    with pytest.raises(ExchangeError, match=said):
        kept_of(content)


def test_amsgrad_is_refused():
    with pytest.raises(ExchangeError, match="max_exp_avg_sq"):
        kept_of({"state": STEPS["amsgrad"][0]["state"]})
