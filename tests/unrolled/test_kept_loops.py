"""A loop that is kept gives the same bits as the function, for any number of rounds, and is one loop in the text."""

import copy
import re

import pytest

from scalarnn.unrolled import UnrollError, unroll
from tests.unrolled import house_style as h
from tests.unrolled.inputs import matrix, outcome, random_arguments, vector
from tests.unrolled.losses import network_loss


def train_neuron(x, w, b, y, learning_rate, steps):
    losses = []
    for _step in range(steps):
        L, w, b = h.neuron_step(x, w, b, y, learning_rate)
        losses.append(L)
    return losses, w, b


def train_network(X, targets, W, b, W_out, b_out, learning_rate, n_epochs):
    losses = []
    for _epoch in range(n_epochs):
        total = 0
        for n in range(len(X)):
            L, W, b, W_out, b_out = h.network_step(X[n], targets[n], W, b, W_out, b_out, learning_rate)
            total += L
        losses.append([total / len(X), L])
    return losses, W, b, W_out, b_out


def batches(X, labels, W, b, learning_rate, steps, size):
    """An index that is counted modulo, a label that is read in a round, sums of gradients that begin anew."""
    scores = []
    for step in range(steps):
        dL_dW = [[0] * len(W[0]) for _ in W]
        first = step * size % len(X)
        for n in range(2):
            z = h.layer_forward(X[(first + n) % len(X)], W, b)
            p = h.softmax(z)
            label = labels[(first + n) % len(X)]
            for j in range(len(W)):
                d = p[j] - 1 if j == label else p[j]
                for i in range(len(W[j])):
                    dL_dW[j][i] += d * X[(first + n) % len(X)][i]
        W = h.descend(W, dL_dW, learning_rate)
        scores.append(p)
    return scores, W, b


def swapped(a, b, values, n):
    """Two numbers that change places in every round, and a condition."""
    largest = values[0]
    for k in range(n):
        a, b = b, a + k
        if a > largest:
            largest = a
        values[0] = values[1] * a
    return a, b, largest


def two_choices(a, b, c, n):
    """One comparison decides what two numbers are next, and is about both of them."""
    for _k in range(n):
        if a > b:
            a, b = b, c
        c = c + 1
    return a, b, c


def with_momentum(w, n):
    layer = Kept(w)
    for _step in range(n):
        layer.move()
    return layer.w, layer.v


class Kept:
    def __init__(self, w):
        self.w = w
        self.v = [0] * len(w)

    def move(self):
        for i in range(len(self.w)):
            self.v[i] = self.v[i] / 2 + self.w[i]
        self.w = [self.w[i] - self.v[i] / 4 for i in range(len(self.w))]


NETWORK = (matrix(4, 2), matrix(4, 1), matrix(2, 2), vector(2), matrix(1, 2), vector(1), 0.1)
CASES = [
    (train_neuron, (vector(3), vector(3), 1.0, 1.0, 0.1), "step"),
    (train_network, NETWORK, "epoch"),
    (train_network, NETWORK, ("n", "epoch")),
    (batches, (matrix(4, 2), [0, 1, 1, 0], matrix(2, 2), vector(2), 0.1), ("step", "n")),
    (swapped, (1.0, 1.0, vector(2)), "k"),
    (with_momentum, (vector(2),), "step"),
    (two_choices, (1.0, 1.0, 1.0), "k"),
]
NAMES = [f"{function.__name__} keeps {keep}" for function, _, keep in CASES]


@pytest.mark.parametrize(("function", "shapes", "keep"), CASES, ids=NAMES)
def test_the_bits_are_the_same_for_any_number_of_rounds(function, shapes, keep):
    after = (2,) if function is batches else ()
    program = unroll(function, *shapes, 3, *after, keep=keep)
    to_read = program._compiled(program.python(), "read")
    for seed in range(150):
        arguments = [*random_arguments(shapes, seed), (1, 2, 5, 9)[seed % 4], *after]
        expected = outcome(function, copy.deepcopy(arguments))
        assert outcome(program, copy.deepcopy(arguments)) == expected, (seed, arguments)
        assert outcome(to_read, copy.deepcopy(arguments)) == expected, (seed, arguments)


def test_the_loop_is_one_in_the_text():
    kept = unroll(train_network, *NETWORK, 3, keep=("n", "epoch")).python()
    assert len(re.findall(r"^ +for ", kept, re.MULTILINE)) == 2
    assert "for" not in re.findall(r"^ +(\w+) ", unroll(train_network, *NETWORK, 3).python(), re.MULTILINE)


def test_a_number_that_is_handed_on_keeps_its_name():
    text = unroll(train_neuron, vector(3), vector(3), 1.0, 1.0, 0.1, 3, keep="step").python()
    assert "w_0 = w_0 - learning_rate * dL_dw_0" in text


def leaves_early(x, n):
    for _k in range(n):
        x = x * x
        if x > 10:
            break
    return x


def grows_sideways(x, n):
    rows = []
    for _k in range(n):
        rows.insert(0, x)
    return rows


def changes_shape(x, n):
    rows = [x]
    for _k in range(n):
        rows = [rows, rows]
    return rows


def looks_at_what_grows(x, n):
    losses = []
    for _k in range(n):
        losses.append(x)
        x = x + len(losses)
    return losses


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (leaves_early, "a loop that is kept is left by break, return or raise"),
        (grows_sideways, "a list that grows in a kept loop is only appended to and returned"),
        (changes_shape, "rows is not the same kind of thing, or not bound"),
        (looks_at_what_grows, "a list that grows in a kept loop is only appended to and returned"),
    ],
)
def test_what_cannot_be_kept_is_refused(function, says):
    with pytest.raises(UnrollError, match=says):
        unroll(function, 1.0, 3, keep="k")


def test_a_kept_loop_is_not_differentiated():
    def repeated(x, n):
        for _k in range(n):
            x = x * x
        L = x + 1
        return L

    with pytest.raises(UnrollError, match="a loop that is kept is not differentiated"):
        unroll(repeated, 1.0, 3, keep="k").backward("L")
    assert unroll(repeated, 1.0, 3).backward("L")(2.0, 3) == {"dL_dx": 1024.0}
    assert unroll(network_loss, *NETWORK[:0], *_one_sample()).backward("L") is not None


def _one_sample():
    return vector(2), vector(1), matrix(3, 2), vector(3), matrix(1, 3), vector(1)
