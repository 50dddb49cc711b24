"""A network put together in the page has the lines that Python writes for it, to the letter."""

import itertools
import random

import pytest

from scalarnn.exercise import Exercise
from scalarnn.exercise.keys import OPTIMIZERS
from scalarnn.player import as_data, bench
from tests.player.node import all_scripts, in_node, needs_node

pytestmark = needs_node
HIDDEN = ["relu", "leaky_relu", "sigmoid", "tanh", "identity"]
COMPOSE = "answer(data.map(({ wanted, given }) => scalarnn.composed(wanted, given)));"


def some_networks():
    """Every loss with every number of layers; every rule; activations by chance."""
    chance = random.Random(2)
    for kind, n_layers in itertools.product(bench.catalogue()["kinds"], (1, 2, 3, 4)):
        for optimizer in [*OPTIMIZERS] if kind["loss"] == "squared_error" else ["gradient_descent"]:
            sizes = [chance.randint(1, 4) for _ in range(n_layers + 1)]
            activations = [chance.choice(HIDDEN) for _ in range(n_layers)]
            activations[-1] = chance.choice(HIDDEN[:4]) if kind["ending"] == "tanh" else kind["ending"]
            layers = [
                {"W": [[0.5] * sizes[p] for _ in range(sizes[p + 1])], "b": [0.25] * sizes[p + 1], "activation": name}
                for p, name in enumerate(activations)
            ]
            target = {"label": 0} if kind["target"] == "label" else {"y": [1, *[0] * (sizes[-1] - 1)]}
            yield Exercise(
                layers, x=[0.5] * sizes[0], loss=kind["loss"], learning_rate=0.5, optimizer=optimizer, **target
            )


def wanted(exercise):
    data = as_data(exercise)
    return {
        "sizes": exercise.sizes,
        "activations": [layer["activation"] for layer in data["layers"]],
        "loss": exercise.loss,
        "target": exercise.target,
        "optimizer": exercise.optimizer,
    }


def differences(before=None):
    exercises = list(some_networks())
    data = [{"wanted": wanted(one), "given": as_data(one)["given"]} for one in exercises]
    found = in_node(COMPOSE, data, before=before)
    wrong = []
    for exercise, got in zip(exercises, found, strict=True):
        expected = as_data(exercise)
        for part, lines in expected["parts"].items():
            kept = [[line[key] for key in ("text", "says", "targets", "call", "given")] for line in lines]
            made = [[line[key] for key in ("text", "says", "targets", "call", "given")] for line in got["parts"][part]]
            wrong += [(a, b) for a, b in itertools.zip_longest(kept, made) if a != b]
        names = {name: symbol for name, symbol in expected["names"].items() if got["names"].get(name) != symbol}
        wrong += [(name, symbol) for name, symbol in names.items() if name != "step"]
        wrong += [
            (key, expected[key])
            for key in ("layers", "given", "inside", "settings", "classes", "wanted")
            if got[key] != expected[key]
        ]
    return wrong


def test_every_network_has_the_lines_of_python():
    assert differences()[:5] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("`${name}${Number(n) + by}`)\n", "`${name}${Number(n)}`)\n"),
        ('if (part === "backward") order.reverse();', ";"),
        ('"₀₁₂₃"', '"₀₁₂₂"'),
    ],
)
def test_a_wrong_name_is_seen(old, new):
    assert old in all_scripts()
    assert differences(all_scripts().replace(old, new))
