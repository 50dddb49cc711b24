"""Exercises made by seed: any shape, activation, loss, optimizer; one sample and several; numbers of every size."""

import random

from scalarnn.exercise import Exercise
from scalarnn.exercise.fitting import INSIDE
from scalarnn.exercise.keys import OPTIMIZERS
from scalarnn.training import LOSSES, TO_CLASSES, YES_OR_NO

HIDDEN = ("identity", "relu", "leaky_relu", "sigmoid", "tanh")

SET_BELOW = {  # comments of lines, and how their letters are set: in the player and in the book
    "∂y/∂w_out,j = zⱼ": "∂y/∂w<sub>out,j</sub> = z<sub>j</sub>",
    "a_new₀ = ReLU(z_new₀)": "a<sub>new,0</sub> = ReLU(z<sub>new,0</sub>)",
    "b₁ − η v_b1,new; Wᵀ x": "b<sub>1</sub> − η v<sub>b1,new</sub>; W<sup>T</sup> x",
    "1/n where ŷᵢ < yᵢ": "1/n where ŷ<sub>i</sub> &lt; y<sub>i</sub>",
    "c xⁿ⁻¹ and e⁻ᶻ, n¹": "c x<sup>n−1</sup> and e<sup>−z</sup>, n<sup>1</sup>",
}


def number(chance, wide):
    """A short decimal, a long one, a whole one; at times very large or small."""
    kind = chance.random()
    if kind < 0.15:
        return chance.randint(-3, 3)
    if kind < 0.6:
        return round(chance.uniform(-2, 2), 2)
    if kind < 0.9 or not wide:
        return chance.uniform(-2, 2)
    return chance.uniform(-1, 1) * 10 ** chance.randint(-12, 3)


def some_exercise(seed, *, wide=True, batch=None):
    """An exercise of this seed.

    Args:
        seed: a number.
        wide: very large and small numbers too.
        batch: several samples; by chance if None.
    """
    chance = random.Random(seed)
    sizes = [chance.randint(1, 4) for _ in range(chance.randint(2, 4))]
    loss = chance.choice(list(LOSSES))
    is_batch = chance.random() < 0.4 if batch is None else batch
    layers = []
    for place in range(len(sizes) - 1):
        is_last = place == len(sizes) - 2
        activation = chance.choice(HIDDEN)
        if is_last and loss in INSIDE:
            activation = chance.choice(["identity", INSIDE[loss]])
        elif is_last and loss in TO_CLASSES:
            activation = "softmax"
        elif is_last and loss in YES_OR_NO:
            activation = "sigmoid"
        layer = {"W": [[number(chance, wide) for _ in range(sizes[place])] for _ in range(sizes[place + 1])]}
        layer["activation"] = activation
        if chance.random() < 0.85:
            layer["b"] = [number(chance, wide) for _ in range(sizes[place + 1])]
        if activation == "leaky_relu" and chance.random() < 0.5:
            layer["alpha"] = 0.2
        layers.append(layer)
    given = _data(chance, sizes, loss, is_batch, wide)
    if chance.random() < 0.8:
        given |= {"learning_rate": chance.choice([1, 0.5, 0.1, 0.003]), "optimizer": chance.choice(list(OPTIMIZERS))}
        if chance.random() < 0.3:
            given[chance.choice(["gamma", "decay"])] = 0.9
        if chance.random() < 0.2:
            given["frozen"] = ["b"] if chance.random() < 0.5 or len(layers) == 1 else ["W[0]"]
    return Exercise(layers, loss=loss, **given)


def _data(chance, sizes, loss, is_batch, wide):
    n_samples = chance.randint(1, 4)
    rows = [[number(chance, wide) for _ in range(sizes[0])] for _ in range(n_samples)]
    labels = [chance.randrange(sizes[-1]) for _ in rows]
    if loss in TO_CLASSES and chance.random() < 0.5:
        return {"X": rows, "labels": labels} if is_batch else {"x": rows[0], "label": labels[0]}
    if loss in TO_CLASSES:
        targets = [[int(k == label) for k in range(sizes[-1])] for label in labels]
    elif loss in YES_OR_NO:
        targets = [[chance.choice([0, 1, 0.25]) for _ in range(sizes[-1])] for _ in rows]
    else:
        targets = [[number(chance, wide) for _ in range(sizes[-1])] for _ in rows]
    return {"X": rows, "Y": targets} if is_batch else {"x": rows[0], "y": targets[0]}
