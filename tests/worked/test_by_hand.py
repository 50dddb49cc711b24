"""The examples written out: what each page and the terminal show."""

import json
from fractions import Fraction

import pytest

from scalarnn.exercise import Exercise, WorkedExercise
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.by_hand import as_data, as_text, entries
from scalarnn.worked.homework import HomeworkError, with_own_numbers


def text_of(name, kind=None, **settings):
    return list(as_text(with_own_numbers(name, settings, kind), kind))


def short(name):
    """An example, of two hundred iterations five: folded all the same."""
    return {"n_iterations": "5"} if "n_iterations" in load(name).given else {}


NEURON = """\
z = Σᵢ wᵢ xᵢ + b
    z = w₀x₀ + w₁x₁ + w₂x₂ + b = (−3)(1) + (−1)(−2) + (2)(3) + 1 = 6

a = ReLU(z)
    a = z = 6, since z = 6 > 0

L = (a − y)²
    d = a − y = 6 − 0 = 6
    L = d² = 6² = 36

∂L/∂a = 2 (a − y)
    d = a − y = 6 − 0 = 6
    ∂L/∂a = 2d = 2 · 6 = 12

∂a/∂z = 1, since z = 6 > 0
∂z/∂(wᵢ xᵢ) = 1, as z is their sum
∂z/∂b = 1
to which power w₀ enters z: 1
∂L/∂z = ∂L/∂a · ∂a/∂z = 12 · 1 = 12

∂L/∂wᵢ = ∂L/∂z · xᵢ;  ∂L/∂b = ∂L/∂z;  ∂L/∂xᵢ = ∂L/∂z · wᵢ
    ∂z/∂w₀ = x₀ = 1
    ∂L/∂w₀ = ∂L/∂z · ∂z/∂w₀ = 12 · 1 = 12"""


def test_the_neuron_reads_like_a_textbook():
    assert NEURON in "\n".join(text_of("002-neuron"))


@pytest.mark.parametrize(
    "line",
    [
        "W is 3 × 2: neurons × inputs",
        "    u₁ = W₁₀x₀ + W₁₁x₁ + b₁ = (−3)(1) + (4)(2) + 2 = 7",
        "    z₂ = 0, since u₂ = −1 ≤ 0",
        "    y = W_out₀₀z₀ + W_out₀₁z₁ + W_out₀₂z₂ + b_out₀ = (1)(6) + (2)(7) + (3)(0) + 1 = 21",
        "    L = d² / 2 = 18² / 2 = 162",
        "    ∂L/∂u₂ = ∂L/∂z₂ · ∂z₂/∂u₂ = 54 · 0 = 0",
        "    W_out,new₀₀ = W_out₀₀ − η · ∂L/∂W_out₀₀ = 1 − 0.01 · 108 = −0.08",
    ],
)
def test_the_network_reads_like_a_textbook(line):
    assert line in text_of("004-network")


def test_layers_as_objects_go_by_their_names():
    lines = text_of("004-epochs")
    assert "    z_hidden₀ = W₀₀x₀ + W₀₁x₁ + b₀ = (1)(1) + (2)(2) + 1 = 6" in lines
    assert "    ∂L/∂W_out₀₀ = ∂L/∂y₀ · a_hidden₀ = 18 · 6 = 108" in lines
    assert "    W_out,new₀₀ = W_out₀₀ − η · ∂L/∂W_out₀₀ = 1 − 0.01 · 108 = −0.08000000000000007" in lines
    assert "… 8 more rounds of the loop, then the last:" in lines


def test_an_update_has_an_arrow():
    lines = text_of("003-neuron", n_iterations="5")
    assert "    w₀ ← w₀ − η · ∂L/∂w₀ = −3 − 0.001 · 12 = −3.012" in lines
    assert "b ← b − η · ∂L/∂b = 1 − 0.001 · 12 = 0.988" in lines


def test_the_largest_is_found_at_once():
    assert any(line.startswith("    m = max(Z₂,₀₀, Z₂,₀₁, Z₂,₀₂)") for line in text_of("000-forward"))


def test_what_is_only_moved_is_shown_as_a_matrix():
    lines = text_of("001-columns")
    at = lines.index("X = Xᵀ: a row for each sample")
    assert lines[at + 1 : at + 5] == ["    X = [0, 0]", "        [0, 1]", "        [1, 0]", "        [1, 1]"]


def test_numbers_of_ones_own():
    lines = text_of("002-neuron", kind="fraction", w="[1/3, 2, 1/2]", b="-1/6")
    assert "    z = w₀x₀ + w₁x₁ + w₂x₂ + b = (1/3)(1) + (2)(−2) + (1/2)(3) + (−1/6) = −7/3" in lines
    assert "a = 0, since z = −7/3 ≤ 0" in lines


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_line_shows_a_leftover(name):
    for line in text_of(name, **short(name)):
        assert "None" not in line
        assert "CLIP_TO" not in line
        assert " = 0 = 0" not in line
        assert "object at" not in line


@pytest.mark.parametrize("name", EXAMPLES)
def test_data_says_the_same(name):
    objects = as_data(with_own_numbers(name, short(name)))
    assert json.loads(json.dumps(objects)) == objects
    steps = [step for data in objects for step in data.get("steps", [])]
    assert all(
        step["sign"] in "=←" and step["latex"]["sign"] in ("=", r"\leftarrow") for step in steps if "name" in step
    )
    assert all(step["value"] for step in steps)


def test_entries_hold_the_values_themselves():
    entry = entries(load("004-network"))[7]
    assert (entry.names, entry.values) == (["u"], [[6, 7, -1]])
    assert [step.value for step in entry.steps] == [6, 7, -1]


def test_what_cannot_be_worked_is_said_in_a_line():
    example = load("000-forward")
    example.given = example.given | {"scale": Fraction(1, 10)}
    with pytest.raises(HomeworkError):
        list(as_text(example, "fraction"))


def test_what_an_optimizer_keeps_stands_before_the_step_that_takes_it():
    """The line gives W first: read so, its step would take the velocity of the step before."""
    exercise = Exercise([{"W": [[1.0]], "b": [0.0]}], x=[1.0], y=[3.0], loss="squared error", learning_rate=0.1)
    lines = list(as_text(WorkedExercise(exercise.but(optimizer="momentum", steps=2), kind="float"), "float"))
    assert "v_W ← β v_W + ∂L/∂W;  W ← W − η v_W" in lines
