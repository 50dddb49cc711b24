"""Training: what is learned, what is written down, and every way to end."""

import ast
import copy
import inspect
import math
import os
import pty
import re
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest

import scalarnn
from scalarnn import (
    Adam,
    ExponentialDecay,
    GradientDescent,
    HalfL2Penalty,
    Identity,
    L1Penalty,
    L2Penalty,
    Layer,
    LeakyReLU,
    Momentum,
    Network,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    binary_cross_entropy,
    dense_network,
    half_squared_error,
    half_squared_error_gradient,
    root_mean_squared_error,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
)
from scalarnn import training as module
from scalarnn.datasets import load_digits, moons_data, spiral_data, xor_clouds, xor_data
from scalarnn.training import LOSSES, Epoch, History, NonFiniteLossError, evaluate, train, training_step

HOUSE = Path(__file__).resolve().parents[2]


def parameters(network):
    return [([list(W_j) for W_j in layer.W], list(layer.b)) for layer in network.layers]


def clouds():
    X, labels = xor_clouds(samples=10, seed=0)
    return dense_network([2, 8, 2], [ReLU(), None], seed=0), X, labels


# ---- worked end to end -----------------------------------------------------------------------------------------------


def test_xor_is_solved_by_two_hidden_neurons():
    X, labels = xor_data()
    network = dense_network([2, 2, 1], [Tanh(), None], seed=0)
    targets = [[label] for label in labels]
    history = train(network, X, targets, Adam(0.05), loss="half_squared_error", epochs=500, batch_size=4)
    assert [round(network.forward(x)[0]) for x in X] == labels
    assert max(abs(network.forward(x)[0] - label) for x, label in zip(X, labels, strict=True)) < 0.01
    assert history.epochs[-1].loss < 1e-5 < history.epochs[0].loss
    assert history.curve("accuracy") == [None] * 500


def test_without_a_hidden_layer_xor_is_not():
    X, labels = xor_data()
    network = dense_network([2, 1], [None], seed=0)
    train(network, X, [[label] for label in labels], Adam(0.05), loss="half_squared_error", epochs=500, batch_size=4)
    assert [network.forward(x)[0] for x in X] == pytest.approx([0.5] * 4, abs=0.02)


def test_a_small_spiral_is_learned():
    X, labels = spiral_data(samples=25, classes=2, seed=3)
    network = dense_network([2, 16, 16, 2], [ReLU(), ReLU(), None], seed=0)
    optimizer = Adam(ExponentialDecay(0.03, gamma=0.997))
    history = train(network, X, labels, optimizer, epochs=110, batch_size=10, seed=0)
    _, accuracy = evaluate(network, X, labels)
    assert accuracy >= 0.95
    assert history.epochs[0].accuracy < 0.7
    assert 0 <= history.epochs[-1].dead_relu_share < 0.5


def test_digits_begin_to_be_told_apart():
    digits = load_digits()
    X = [[ink / 16 for ink in x] for x in digits.X[:300]]
    network = dense_network([64, 16, 10], [ReLU(), None], seed=0)
    history = train(network, X, digits.labels[:300], Adam(0.02), epochs=5, validation=0.2)
    assert history.epochs[-1].validation_accuracy > 0.7


@pytest.mark.parametrize("loss", [name for name in LOSSES if "squared" in name and "root" not in name])
def test_a_line_is_fitted_by_every_squared_loss(loss):
    X = [[n / 10] for n in range(-10, 11)]
    targets = [[2 * x[0] - 1, -x[0]] for x in X]
    network = dense_network([1, 2], [None], seed=0)
    train(network, X, targets, Momentum(0.05), loss=loss, epochs=100, batch_size=7)
    assert [w for W_j in network.layers[0].W for w in W_j] == pytest.approx([2, -1], abs=1e-3)
    assert network.layers[0].b == pytest.approx([-1, 0], abs=1e-3)


def test_a_question_is_answered_with_yes_or_no():
    X, labels = xor_data()
    network = dense_network([2, 3, 1], [Tanh(), Sigmoid()], seed=0)
    targets = [[label] for label in labels]
    history = train(network, X, targets, Adam(0.1), loss="binary_cross_entropy", epochs=200, batch_size=4)
    assert [round(network.forward(x)[0]) for x in X] == labels
    assert history.epochs[-1].loss < 0.05 < history.epochs[0].loss
    assert history.epochs[0].accuracy < history.epochs[-1].accuracy == 1.0


# ---- the step --------------------------------------------------------------------------------------------------------


def test_a_step_is_what_its_lines_are_by_hand():
    network, X, labels = clouds()
    other, _, _ = clouds()
    Y_hat, L = training_step(network, X[:5], labels[:5], GradientDescent(0.5), penalty=HalfL2Penalty(0.1))
    logits = other.forward_batch(X[:5])
    rows = []
    total = 0
    for z, label in zip(logits, labels[:5], strict=True):
        rows.append(softmax_cross_entropy_index_gradient(z, label))
        total += softmax_cross_entropy_index(z, label)
    other.backward_batch(rows)
    HalfL2Penalty(0.1).add_gradient(other)
    other.update(0.5)
    assert (Y_hat, L) == (logits, total / 5)
    assert parameters(network) == parameters(other)


def test_a_step_of_binary_cross_entropy_goes_back_with_the_plain_mistake():
    """∂L/∂zᵢ = (ŷᵢ − yᵢ)/n for sigmoid, of each sample's own loss; L is the mean over the samples."""
    network = Network([Layer([[1.0, -2.0], [0.5, 1.5]], [0.25, -0.5], Sigmoid())])
    X, targets = [[1.0, 0.5], [-1.0, 2.0], [0.0, 1.0]], [[1, 0], [0, 0.25], [1, 1]]
    before = copy.deepcopy(network)
    Y_hat, L = training_step(network, X, targets, GradientDescent(0.5), loss="binary_cross_entropy")
    assert Y_hat == before.forward_batch(X)
    total = sum(binary_cross_entropy(y_hat, y) for y_hat, y in zip(Y_hat, targets, strict=True))
    assert pytest.approx(total / 3, rel=1e-15) == L
    rows = network.layers[0].dLn_dZ
    for row, y_hat, y in zip(rows, Y_hat, targets, strict=True):
        assert row == pytest.approx([(y_hat[0] - y[0]) / 2, (y_hat[1] - y[1]) / 2], rel=1e-12)
    moved = sum(row[1] * x[0] for row, x in zip(rows, X, strict=True)) / 3
    assert network.layers[0].W[1][0] == pytest.approx(0.5 - 0.5 * moved, rel=1e-12)


def test_every_question_of_a_sample_has_to_be_answered_right():
    network = Network([Layer([[1.0], [-1.0]], [0.0, 0.0], Sigmoid())])
    X, targets = [[2.0], [-2.0], [2.0], [2.0]], [[1, 0], [1, 0], [1, 1], [0.75, 0.25]]
    L, accuracy = evaluate(network, X, targets, "binary_cross_entropy")
    assert accuracy == 0.5
    total = sum(binary_cross_entropy(network.forward(X[n]), targets[n]) for n in range(4))
    assert pytest.approx(total / 4, rel=1e-15) == L
    optimizer = GradientDescent(1e-9)
    history = train(network, X, targets, optimizer, loss="binary_cross_entropy", epochs=1, validation=(X, targets))
    assert (history.epochs[0].accuracy, history.epochs[0].validation_accuracy) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("activation", "targets", "message"),
    [
        (
            None,
            [[1], [0]],
            r"^the last layer has no activation, and binary_cross_entropy .*: give it Sigmoid\(\)$",
        ),
        (ReLU(), [[1], [0]], r"^y_hat\[0\] is 2\.0: expected a probability from 0 to 1$"),
        (Sigmoid(), [[1], [2]], r"^targets\[1\]\[0\] is 2: expected a probability from 0 to 1$"),
        (Sigmoid(), [[1, 0], [0, 1]], r"^targets\[0\] has length 2: expected 1, one number for each output"),
        (Sigmoid(), [1, 0], r"^targets\[0\] is 1, an int: expected a list"),
    ],
)
def test_what_does_not_fit_binary_cross_entropy(activation, targets, message):
    network = Network([Layer([[1.0]], [0.0], activation)])
    before = parameters(network)
    with pytest.raises((TypeError, ValueError), match=message):
        train(network, [[2.0], [1.0]], targets, Adam(0.1), loss="binary_cross_entropy", shuffle=False)
    assert parameters(network) == before


def test_training_is_the_step_for_every_batch():
    network, X, labels = clouds()
    other, _, _ = clouds()
    history = train(network, X, labels, Momentum(0.1), epochs=2, batch_size=16, shuffle=False)
    optimizer = Momentum(0.1)
    losses = []
    for _ in range(2):
        total = 0
        for first in (0, 16, 32):
            batch = X[first : first + 16]
            _, L = training_step(other, batch, labels[first : first + 16], optimizer)
            total += L * len(batch)
        losses.append(total / 40)
    assert parameters(network) == parameters(other)
    assert history.curve("loss") == losses


def test_exact_fractions_stay_exact():
    network = Network([Layer([[Fraction(1, 3)]], [Fraction(0)])])
    X, targets = [[Fraction(1)], [Fraction(2)]], [[Fraction(1)], [Fraction(0)]]
    train(network, X, targets, GradientDescent(Fraction(1, 10)), loss="half_squared_error", epochs=3, batch_size=1)
    assert isinstance(network.layers[0].W[0][0], Fraction)


def test_the_step_is_a_few_named_lines():
    """A debugger that steps over them sees the forward pass, the loss, its gradient, the way back and the step."""
    tree = ast.parse(inspect.getsource(training_step))
    called = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for name in ("network.forward_batch", "loss_of_sample", "gradient_of_sample", "network.backward_batch"):
        assert name in called
    assert "optimizer.step" in called
    for node in ast.walk(tree):
        assert not isinstance(node, (ast.Lambda, ast.ListComp, ast.GeneratorExp))


# ---- figures ---------------------------------------------------------------------------------------------------------


def test_same_seed_same_figures():
    runs = []
    for seed in (3, 3, 4):
        network, X, labels = clouds()
        history = train(network, X, labels, Adam(0.02), epochs=4, batch_size=7, seed=seed, validation=0.25)
        runs.append((history.epochs, parameters(network)))
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_every_sample_is_in_one_batch_of_an_epoch(monkeypatch):
    seen = []

    def watched(network, X, targets, *rest):
        seen.append([x[0] for x in X])
        return training_step(network, X, targets, *rest)

    monkeypatch.setattr(module, "training_step", watched)
    X = [[float(n)] for n in range(10)]
    train(dense_network([1, 1], [None]), X, X, Adam(0.001), loss="squared_error", epochs=2, batch_size=4)
    assert [len(batch) for batch in seen] == [4, 4, 2, 4, 4, 2]
    first, second = [*seen[0], *seen[1], *seen[2]], [*seen[3], *seen[4], *seen[5]]
    assert sorted(first) == sorted(second) == [x[0] for x in X]
    assert first != second


def test_inputs_are_left_as_they_were():
    network, X, labels = clouds()
    before = [list(x) for x in X], list(labels)
    train(network, X, labels, Adam(0.02), epochs=2, validation=0.25)
    assert (X, labels) == before


def test_the_gradient_norm():
    network = Network([Layer([[1.0, 2.0]], [0.0])])
    history = train(network, [[1, 1]], [[2]], GradientDescent(0.1), loss="half_squared_error", epochs=1)
    assert history.epochs[0].gradient_norm == pytest.approx(math.sqrt(3))  # ∂L/∂W = (1, 1), ∂L/∂b = 1


def test_a_dead_unit_is_counted_and_one_that_wakes_once_is_not():
    W = [[1.0], [-1.0], [0.0], [1.0]]
    b = [0.0, 0.0, -1.0, -1.5]  # active: for 1 and 2; never; never; for 2 alone
    network = Network([Layer(W, b, ReLU()), Layer([[0.0] * 4], [0.0])])
    history = train(network, [[1], [2]], [[0], [0]], GradientDescent(0.1), loss="squared_error", epochs=1, batch_size=1)
    assert history.epochs[0].dead_relu_share == 0.5


@pytest.mark.parametrize("activation", [LeakyReLU(), Tanh(), Identity(), None])
def test_without_relu_there_is_no_share_of_dead_units(activation):
    network = Network([Layer([[1.0]], [0.0], activation)])
    history = train(network, [[1]], [[0]], GradientDescent(0.1), loss="squared_error", epochs=1)
    assert history.epochs[0].dead_relu_share is None


def test_accuracy_and_loss_are_from_before_each_step():
    network, X, labels = clouds()
    before = evaluate(network, X, labels)
    history = train(network, X, labels, Adam(0.02), epochs=1, batch_size=40, shuffle=False)
    assert (history.epochs[0].loss, history.epochs[0].accuracy) == before


def test_evaluate_takes_more_samples_than_fit_at_once():
    network, X, labels = clouds()
    L, accuracy = evaluate(network, X, labels)
    many, share = evaluate(network, X * 7, labels * 7)
    assert many == pytest.approx(L)
    assert share == accuracy


def test_evaluate_a_squared_loss():
    network = Network([Layer([[1.0]], [0.0])])
    assert evaluate(network, [[1], [3]], [[0], [0]], loss="half_squared_error") == (2.5, None)
    assert half_squared_error([3], [0]) == 4.5
    assert half_squared_error_gradient([3], [0]) == [3]


def test_history():
    history = History()
    assert repr(history) == "<History of 0 epochs>"
    history.epochs.append(Epoch(0.5, 0.75, 1.0, 0.0, 0.25, 0.875))
    history.stopped = "all epochs"
    figures = "loss 0.5, accuracy 75.0%, validation loss 0.25, accuracy 87.5%"
    assert repr(history) == f"<History of 1 epoch: {figures}; all epochs>"
    with pytest.raises(ValueError, match=r"name is 'lost': expected one of loss, accuracy"):
        history.curve("lost")


# ---- validation and early stop ---------------------------------------------------------------------------------------


def test_validation_samples_are_not_learned_from(monkeypatch):
    learned = set()

    def watched(network, X, targets, *rest):
        learned.update(tuple(x) for x in X)
        return training_step(network, X, targets, *rest)

    monkeypatch.setattr(module, "training_step", watched)
    network, X, labels = clouds()
    history = train(network, X, labels, Adam(0.02), epochs=3, validation=0.25)
    assert len(learned) == 30
    left = [(x, label) for x, label in zip(X, labels, strict=True) if tuple(x) not in learned]
    L, accuracy = evaluate(network, [x for x, _ in left], [label for _, label in left])
    assert history.epochs[-1].validation_loss == pytest.approx(L)
    assert history.epochs[-1].validation_accuracy == accuracy


def test_validation_samples_of_your_own():
    network, X, labels = clouds()
    X_other, labels_other = xor_clouds(samples=5, seed=1)
    history = train(network, X, labels, Adam(0.02), epochs=2, validation=(X_other, labels_other))
    last = history.epochs[-1]
    assert (last.validation_loss, last.validation_accuracy) == evaluate(network, X_other, labels_other)


def test_early_stop_puts_the_best_epoch_back():
    X, labels = moons_data(samples=20, noise=0.4, seed=0)
    X_other, labels_other = moons_data(samples=20, noise=0.4, seed=1)
    network = dense_network([2, 24, 2], [ReLU(), None], seed=0)
    history = train(network, X, labels, Adam(0.05), epochs=200, validation=(X_other, labels_other), patience=5)
    watched = history.curve("validation_loss")
    assert history.stopped == "early stop"
    assert len(watched) < 200
    assert history.kept_epoch == watched.index(min(watched)) + 1 == len(watched) - 5
    assert evaluate(network, X_other, labels_other)[0] == min(watched)


def test_patience_without_validation_watches_the_loss():
    network = Network([Layer([[0.0]], [0.0])])
    history = train(network, [[1.0]], [[0.0]], GradientDescent(0.1), loss="squared_error", patience=3)
    assert (history.stopped, len(history.epochs), history.kept_epoch) == ("early stop", 4, 1)  # nothing to gain


def test_the_best_epoch_is_put_back_after_the_last_too():
    X, targets = [[1.0]], [[0.0]]
    network = Network([Layer([[1.0]], [0.0])])
    optimizer = GradientDescent(0.55)  # each step overshoots, and the loss grows
    history = train(network, X, targets, optimizer, loss="squared_error", epochs=3, patience=9, validation=(X, targets))
    assert history.stopped == "all epochs"
    assert history.kept_epoch == 1
    assert evaluate(network, X, targets, "squared_error")[0] == history.epochs[0].validation_loss


def test_without_patience_the_last_epoch_stays():
    network, X, labels = clouds()
    history = train(network, X, labels, Adam(0.02), epochs=3, validation=0.25)
    assert (history.stopped, history.kept_epoch, len(history.epochs)) == ("all epochs", 3, 3)


# ---- numbers that run away -------------------------------------------------------------------------------------------


def test_too_large_a_learning_rate_is_named_and_the_last_good_epoch_is_back():
    X = [[x / 4] for x in range(-4, 5)]
    targets = [[x[0]] for x in X]
    network = dense_network([1, 8, 1], [ReLU(), None], seed=0)
    settings = {"loss": "squared_error", "epochs": 100, "batch_size": 3, "seed": 0}
    with pytest.raises(NonFiniteLossError) as caught:
        train(network, X, targets, GradientDescent(30.0), **settings)
    error = caught.value
    assert re.match(rf"epoch {error.epoch}, batch {error.batch}: the loss is not finite \(.+\)\. Likely ", str(error))
    assert "too large a learning rate in GradientDescent(learning_rate=30.0)" in str(error)
    assert error.history.stopped == "non-finite loss"
    assert len(error.history.epochs) == error.epoch - 1
    assert math.isfinite(evaluate(network, X, targets, "squared_error")[0])

    kept = error.history.kept_epoch
    assert kept in (error.epoch - 1, error.epoch - 2)
    put_back = f"those of epoch {kept}" if kept else "those it came with"
    assert str(error).endswith(f"The network's parameters are {put_back} again.")
    again = dense_network([1, 8, 1], [ReLU(), None], seed=0)
    if kept:
        train(again, X, targets, GradientDescent(30.0), **{**settings, "epochs": kept})
    assert parameters(network) == parameters(again)


def diverging(rate):
    """One weight that is multiplied by 1 − 2 · rate in every step."""
    network = Network([Layer([[1.0]], [0.0])])
    network.layers[0].b = [0.0]
    X, targets = [[1.0]], [[0.0]]
    return network, X, targets, GradientDescent(rate)


def test_an_epoch_whose_last_step_was_too_long_is_not_good():
    network, X, targets, optimizer = diverging(1e100)
    with pytest.raises(NonFiniteLossError) as caught:
        train(network, X, targets, optimizer, loss="squared_error", epochs=50)
    error = caught.value
    assert (error.epoch, error.batch) == (3, 1)  # 1, −2e100, 4e200: its square is infinite
    assert error.history.kept_epoch == 1
    assert network.layers[0].W[0][0] == pytest.approx(-2e100)
    assert len(error.history.epochs) == 2


def test_a_last_step_to_infinity_is_seen_without_another_pass():
    network, X, targets, optimizer = diverging(1e308)
    network.layers[0].W = [[10.0]]
    with pytest.raises(NonFiniteLossError, match=r"epoch 1, batch 1: .*layers\[0\]\.W\[0\]\[0\] is -inf"):
        train(network, X, targets, optimizer, loss="squared_error", epochs=1)
    assert network.layers[0].W == [[10.0]]


def test_it_may_show_in_the_validation_only():
    network, X, labels = clouds()
    with pytest.raises(NonFiniteLossError, match="epoch 1, validation: the loss is not finite") as caught:
        train(network, X, labels, Adam(0.02), epochs=2, validation=([[1e308, 1e308]], [0]))
    assert caught.value.batch is None
    assert parameters(network) == parameters(clouds()[0])


def test_large_inputs_are_named():
    network = dense_network([1, 4, 2], [ReLU(), None], seed=0)
    with pytest.raises(NonFiniteLossError, match=r"batch 1: .*Likely cause: inputs as large as 1e\+308; bring them"):
        train(network, [[1e308], [-1e308]], [0, 1], Adam(0.1))


def test_large_targets_are_named():
    network = dense_network([1, 1], [None], seed=0)
    with pytest.raises(NonFiniteLossError, match=r"Likely cause: targets as large as 1e\+200; bring them"):
        train(network, [[1.0]], [[1e200]], GradientDescent(0.1), loss="squared_error")


def test_large_weights_are_named():
    network = Network([Layer([[1e200]], [0.0]), Layer([[1e200]], [0.0])])
    with pytest.raises(NonFiniteLossError, match=r"weights as large as 1e\+200 before any step.*those it came with"):
        train(network, [[1.0]], [[1.0]], GradientDescent(0.1), loss="squared_error")
    assert network.layers[0].W == [[1e200]]


@pytest.mark.parametrize(
    ("penalty", "where"),
    [
        (L2Penalty(1e308), "epoch 1, batch 1"),  # its gradient is infinite
        (L2Penalty(1e200), "epoch 1, batch 2"),  # its square is, in Adam
        (HalfL2Penalty(1e200), "epoch 1, batch 2"),
        (L1Penalty(1e200), "epoch 1, batch 2"),
        (HalfL2Penalty(10**200), "epoch 1, batch 2"),
    ],
)
def test_a_penalty_that_is_too_strong_is_named(penalty, where):
    network, X, labels = clouds()
    network.layers[0].W[0][0] = 2.0
    with pytest.raises(NonFiniteLossError) as caught:
        train(network, X, labels, Adam(0.02), epochs=2, batch_size=4, penalty=penalty)
    assert str(caught.value).startswith(where)
    assert f"Likely cause: too strong a penalty, {penalty}; those of use are far below 1." in str(caught.value)
    assert "learning rate" not in str(caught.value)


def test_a_penalty_and_a_learning_rate_that_are_too_large_together_are_both_named():
    for strength, named in ((50.0, True), (0.001, False)):
        network, X, targets, _ = diverging(0.1)
        rate = 0.1 if named else 1e100
        with pytest.raises(NonFiniteLossError) as caught:
            train(
                *(network, X, targets, GradientDescent(rate)),
                loss="squared_error",
                epochs=500,
                penalty=L2Penalty(strength),
            )
        assert f"too large a learning rate in GradientDescent(learning_rate={rate})" in str(caught.value)
        assert (f" or too strong a penalty in L2Penalty(strength={strength})" in str(caught.value)) == named


def test_a_penalty_of_your_own_may_have_no_strength():
    class Own:
        def add_gradient(self, network):
            pass

    odd = Own()
    odd.strength = "strong"
    for penalty in (Own(), odd):
        network, X, targets, optimizer = diverging(1e100)
        with pytest.raises(NonFiniteLossError, match=r"Likely cause: too large a learning rate in Grad[^,]*; the w"):
            train(network, X, targets, optimizer, loss="squared_error", epochs=50, penalty=penalty)


def test_an_error_of_another_kind_stays_what_it_is():
    class Odd(Identity):
        def value(self, z):
            raise ValueError(f"{z} not on a Sunday")

    network = Network([Layer([[1.0]], [0.0], Odd())])
    with pytest.raises(ValueError, match=r"layers\[0\]: 1.0 not on a Sunday"):
        train(network, [[1.0]], [[1.0]], GradientDescent(0.1), loss="squared_error")
    optimizer = Momentum(0.1)
    network, X, labels = clouds()
    train(network, X, labels, optimizer, epochs=1)
    with pytest.raises(ValueError, match="network has other layers than in the steps before"):
        train(clouds()[0], X, labels, optimizer, epochs=1)


def test_a_network_of_your_own_may_know_no_other_words():
    class Mine(Network):
        def backward_batch(self, dLn_dY_hat):
            return super().backward_batch(dLn_dY_hat)

    network, same = Mine([Layer([[1.0, 2.0]], [0.0])]), Network([Layer([[1.0, 2.0]], [0.0])])
    for one in (network, same):
        training_step(one, [[1.0, 1.0]], [[2.0]], GradientDescent(0.5), loss="half_squared_error")
    assert network.layers[0].W == same.layers[0].W


# ---- Ctrl-C ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("patience", [None, 50])
def test_interrupted_in_the_middle_of_an_epoch(monkeypatch, patience):
    network, X, labels = clouds()
    other, _, _ = clouds()
    steps = 0

    def interrupted(*arguments):
        nonlocal steps
        steps += 1
        if steps == 8:
            raise KeyboardInterrupt
        return training_step(*arguments)

    monkeypatch.setattr(module, "training_step", interrupted)
    history = train(network, X, labels, Adam(0.02), epochs=9, batch_size=16, shuffle=False, patience=patience)
    monkeypatch.undo()
    assert history.stopped == "interrupted"
    assert len(history.epochs) == 2
    optimizer = Adam(0.02)
    train(other, X, labels, optimizer, epochs=2, batch_size=16, shuffle=False)
    if patience is None:  # two epochs of three steps, and one step more
        assert history.kept_epoch is None
        training_step(other, X[:16], labels[:16], optimizer)
    else:
        assert history.kept_epoch == 2
    assert parameters(network) == parameters(other)


ENDLESS = """
import sys
from scalarnn import Adam, ReLU, dense_network
from scalarnn.datasets import xor_clouds
from scalarnn.training import evaluate, train
X, labels = xor_clouds(samples=25, seed=0)
network = dense_network([2, 8, 2], [ReLU(), None], seed=0)
before, _ = evaluate(network, X, labels)
print("begin", flush=True)
history = train(network, X, labels, Adam(0.01), epochs=10**6)
after, _ = evaluate(network, X, labels)
print(history.stopped, len(history.epochs) > 0, after < before)
"""
SHORT = ENDLESS.replace("10**6", "60")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONIOENCODING": "utf-8"}


def test_ctrl_c_keeps_what_was_learned():
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    )
    assert process.stdout.readline() == "begin\n"
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (output, errors, process.returncode) == ("interrupted True True\n", "", 0)


# ---- progress --------------------------------------------------------------------------------------------------------


def on_a_terminal(program, columns=None):
    """What a program writes to its error output, which is a terminal."""
    parent, child = pty.openpty()
    if columns is not None:
        import fcntl
        import struct
        import termios

        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.DEVNULL, stderr=child, env=ENVIRONMENT
    )
    os.close(child)
    written = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        written += piece
    os.close(parent)
    assert process.wait(timeout=60) == 0
    return written.decode()


def test_a_line_on_a_terminal():
    written = on_a_terminal(SHORT)
    lines = written.split("\r")
    assert written.count("\n") == 1
    assert written.endswith("\n")
    shape = r"epoch \d+/60, \d+ samples/s, \d+:\d\d left, loss [\d.e-]+, accuracy [\d.]+%\s*"
    assert re.fullmatch(shape, lines[-2]), lines[-2]
    assert lines[-2].startswith("epoch 60/60")
    assert " 0:00 left" in lines[-2]
    assert all(len(line) < 80 for line in lines)


def test_a_narrow_terminal():
    written = on_a_terminal(SHORT, columns=20)
    assert "epoch 60/60" in written
    assert all(len(line) < 20 for line in written.split("\r"))


def test_nothing_on_a_terminal_if_not_wanted():
    assert on_a_terminal(SHORT.replace("epochs=60", "epochs=60, progress=False")) == ""


def test_nothing_when_piped():
    result = subprocess.run([sys.executable, "-c", SHORT], capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert result.stderr == ""
    assert result.stdout == "begin\nall epochs True True\n"


def test_no_error_output_at_all(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    network, X, labels = clouds()
    assert train(network, X, labels, Adam(0.02), epochs=1).stopped == "all epochs"


def test_a_terminal_that_goes_away_stops_nothing(monkeypatch):
    class Gone:
        def isatty(self):
            return True

        def fileno(self):
            raise ValueError("closed")

        def write(self, text):
            raise OSError(f"gone before {text}")

    monkeypatch.setattr(sys, "stderr", Gone())
    network, X, labels = clouds()
    assert train(network, X, labels, Adam(0.02), epochs=2).stopped == "all epochs"


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0:00"), (65, "1:05"), (3599.6, "1:00:00"), (7322, "2:02:02")])
def test_durations(seconds, text):
    assert module._duration(seconds) == text


# ---- wrong arguments -------------------------------------------------------------------------------------------------


def refused(error, message, X=None, targets=None, optimizer=None, network=None, **settings):
    default_network, default_X, default_labels = clouds()
    network = default_network if network is None else network
    before = parameters(network) if isinstance(network, Network) else None
    X = default_X if X is None else X
    targets = default_labels if targets is None else targets
    optimizer = Adam(0.1) if optimizer is None else optimizer
    with pytest.raises(error, match=message):
        train(network, X, targets, optimizer, **settings)
    if before is not None:
        assert parameters(network) == before


def test_wrong_arguments_change_nothing():
    refused(TypeError, "network is a list: expected a Network", network=[1])
    refused(TypeError, "optimizer is .*Adam.*: expected an object such as", optimizer=Adam)
    refused(TypeError, "optimizer is 0.1: expected an object such as", optimizer=0.1)
    refused(TypeError, "penalty is 0.1: expected None or an object such as", penalty=0.1)
    refused(ValueError, "epochs is 0", epochs=0)
    refused(ValueError, "batch_size is 0", batch_size=0)
    refused(TypeError, "epochs is 2.0", epochs=2.0)
    refused(ValueError, "patience is 0", patience=0)
    refused(
        ValueError,
        "loss is 'mse': expected one of softmax_cross_entropy, cross_entropy, clipped_cross_entropy, ",
        loss="mse",
    )
    refused(TypeError, "loss is a function: expected its name", loss=half_squared_error)
    refused(ValueError, "seed is -1", seed=-1)
    refused(ValueError, "validation is 1: expected a share between 0 and 1", validation=1)
    refused(ValueError, "validation has length 1: expected two", validation=([[1, 2]],))
    refused(TypeError, "validation is 'yes'", validation="yes")


def test_wrong_samples_change_nothing():
    _, X, labels = clouds()
    refused(ValueError, r"X\[39\] has length 1", X=[*X[:-1], [1.0]])
    refused(ValueError, r"X\[0\]\[1\] is nan", X=[[1.0, math.nan], *X[1:]])
    refused(ValueError, "X is empty", X=[])
    refused(ValueError, "targets has length 39: expected 40", targets=labels[:-1])
    refused(ValueError, r"targets\[39\] is 2: expected a class index from 0 to 1", targets=[*labels[:-1], 2])
    refused(ValueError, r"targets\[39\] is -1", targets=[*labels[:-1], -1])
    refused(TypeError, r"targets\[39\] is 1.0", targets=[*labels[:-1], 1.0])
    refused(TypeError, r"targets\[0\] is 0, an int: expected a list", loss="squared_error")
    refused(ValueError, r"targets\[0\] has length 1", loss="squared_error", targets=[[1]] * 40)
    refused(ValueError, r"validation\[1\]\[0\] is 5", validation=([[1, 2]], [5]))
    refused(ValueError, r"validation\[0\]\[0\] has length 1", validation=([[1]], [0]))


def test_two_softmaxes_are_refused():
    network = dense_network([2, 2], [Softmax()])
    refused(ValueError, "the last layer has Softmax.*give it no activation", network=network)


# ---- light to load, documented ---------------------------------------------------------------------------------------


def test_the_package_does_not_load_it_and_it_loads_nothing_heavy():
    program = f"import sys; sys.path.insert(0, {str(HOUSE)!r}); import scalarnn; "
    program += "print('scalarnn.training' in sys.modules); import scalarnn.training; print(*sorted(sys.modules))"
    result = subprocess.run([sys.executable, "-S", "-I", "-c", program], capture_output=True, text=True, check=True)
    first, second = result.stdout.splitlines()
    assert first == "False"
    assert not {"argparse", "dataclasses", "json", "typing"} & set(second.split())


@pytest.mark.parametrize("function", [train, training_step, evaluate])
def test_docstrings_say_all_of_it(function):
    text = inspect.getdoc(function)
    places = [text.index(f"\n{section}:") for section in ("Args", "Returns", "Raises")]
    places += [text.index("\nSource:"), text.index("\nExamples:")]
    assert places == sorted(places)
    for name in inspect.signature(function).parameters:
        assert f"\n    {name}: " in text


def test_all_is_what_there_is():
    public = [
        name
        for name, thing in vars(module).items()
        if getattr(thing, "__module__", None) == module.__name__ and not name.startswith("_")
    ]
    assert sorted(public) == module.__all__


# ---- every loss of the package ---------------------------------------------------------------------------------------


def flat_root(network, X, targets):
    """The root of the mean over all numbers of all samples, as the definition says."""
    outputs = [p for y_hat in network.forward_batch(X) for p in y_hat]
    return root_mean_squared_error(outputs, [t for row in targets for t in row])


def two_by_two():
    network = Network([Layer([[1.0, 2.0], [-1.0, 0.5]], [0.1, 0.0])])
    return network, [[1.0, 0.0], [0.0, 2.0], [3.0, -1.0]], [[0.0, 1.0], [4.0, 1.5], [1.0, -8.0]]


def test_the_root_of_a_batch_is_the_root_of_its_mean():
    network, X, targets = two_by_two()
    expected = flat_root(network, X, targets)
    roots = [root_mean_squared_error(network.forward(x), y) for x, y in zip(X, targets, strict=True)]
    assert sum(roots) / 3 < 0.95 * expected  # the mean of the roots is another number
    assert evaluate(network, X, targets, "root_mean_squared_error") == (pytest.approx(expected, rel=1e-15), None)
    settings = {"loss": "root_mean_squared_error", "epochs": 1, "batch_size": 2, "shuffle": False}
    history = train(network, X, targets, GradientDescent(1e-12), **settings)
    assert history.epochs[0].loss == pytest.approx(expected, rel=1e-9)


def test_the_gradient_of_a_batch_is_that_of_the_root_of_its_mean():
    network, X, targets = two_by_two()
    before = [row[:] for row in network.layers[0].W]
    _, L = training_step(network, X, targets, GradientDescent(1.0), loss="root_mean_squared_error")
    assert pytest.approx(flat_root(Network([Layer(before, [0.1, 0.0])]), X, targets), rel=1e-15) == L
    for j, i in ((0, 0), (0, 1), (1, 0), (1, 1)):
        slopes = []
        for h in (1e-6, -1e-6):
            W = [row[:] for row in before]
            W[j][i] += h
            slopes.append(flat_root(Network([Layer(W, [0.1, 0.0])]), X, targets) / 2e-6)
        assert before[j][i] - network.layers[0].W[j][i] == pytest.approx(slopes[0] - slopes[1], rel=1e-6)


def test_a_root_of_zero_has_no_gradient():
    network = Network([Layer([[2.0]], [0.0])])
    assert training_step(network, [[1.0]], [[2.0]], GradientDescent(1.0), loss="root_mean_squared_error")[1] == 0
    assert network.layers[0].W == [[2.0]]


@pytest.mark.parametrize("loss", ["root_mean_squared_error", "mean_absolute_error"])
def test_a_line_is_fitted_with_steps_that_become_shorter(loss):
    X = [[n / 10] for n in range(-10, 11)]
    targets = [[2 * x[0] - 1, -x[0]] for x in X]
    network = dense_network([1, 2], [None], seed=0)
    train(network, X, targets, Adam(ExponentialDecay(0.05, 0.99)), loss=loss, epochs=300, batch_size=7)
    assert [w for W_j in network.layers[0].W for w in W_j] == pytest.approx([2, -1], abs=1e-3)


def test_scores_learn_what_probabilities_do():
    X, labels = xor_data()
    targets = [[label] for label in labels]
    probabilities = dense_network([2, 3, 1], [Tanh(), Sigmoid()], seed=0)
    scores = dense_network([2, 3, 1], [Tanh(), None], seed=0)
    settings = {"epochs": 200, "batch_size": 4}
    expected = train(probabilities, X, targets, Adam(0.1), loss="binary_cross_entropy", **settings)
    found = train(scores, X, targets, Adam(0.1), loss="sigmoid_cross_entropy", **settings)
    assert found.curve("loss") == pytest.approx(expected.curve("loss"), rel=1e-9)
    assert found.curve("accuracy") == expected.curve("accuracy")
    assert [scores.forward(x)[0] > 0 for x in X] == [bool(label) for label in labels]


def test_scores_beyond_37_are_learned_from():
    network = Network([Layer([[40.0]], [0.0])])
    _, L = training_step(network, [[1.0]], [[0]], GradientDescent(1.0), loss="sigmoid_cross_entropy")
    assert (L, network.layers[0].W) == (40.0, [[39.0]])
    assert evaluate(network, [[1.0], [-1.0]], [[1], [1]], "sigmoid_cross_entropy") == (20.0, 0.5)  # W = 39, b = −1


@pytest.mark.parametrize("loss", ["cross_entropy", "clipped_cross_entropy"])
def test_cross_entropy_behind_softmax_learns_classes(loss):
    X, labels = xor_data()
    behind = dense_network([2, 4, 2], [Tanh(), Softmax()], seed=0)
    history = train(behind, X, labels, Adam(0.1), loss=loss, epochs=100, batch_size=4)
    scores = dense_network([2, 4, 2], [Tanh(), None], seed=0)
    expected = train(scores, X, labels, Adam(0.1), epochs=100, batch_size=4)
    assert history.curve("loss") == pytest.approx(expected.curve("loss"), rel=1e-6)
    assert history.epochs[-1].accuracy == 1.0


@pytest.mark.parametrize(
    ("loss", "activation", "targets", "message"),
    [
        ("sigmoid_cross_entropy", Sigmoid(), [[1]], r"sigmoid_cross_entropy has a sigmoid of its own: give"),
        ("sigmoid_cross_entropy", None, [[2]], r"^targets\[0\]\[0\] is 2: expected a probability from 0 to 1$"),
        ("cross_entropy", None, [0], r"has no activation, and cross_entropy takes probabilities: give it Softmax\(\)$"),
        ("clipped_cross_entropy", None, [0], r"clipped_cross_entropy takes probabilities: give it Softmax\(\)$"),
        ("clipped_cross_entropy", Softmax(), [1], r"^targets\[0\] is 1: expected"),
        ("mean_absolute_error", None, [1], r"^targets\[0\] is 1, an int: expected a list"),
    ],
)
def test_what_does_not_fit_a_loss(loss, activation, targets, message):
    network = Network([Layer([[1.0]], [0.0], activation)])
    with pytest.raises((TypeError, ValueError), match=message):
        train(network, [[2.0]], targets, Adam(0.1), loss=loss)


def test_every_loss_of_the_package_is_there():
    losses = {name.removesuffix("_gradient") for name in scalarnn.__all__ if name.endswith("_gradient")}
    losses = {name.removesuffix("_index") for name in losses if "error" in name or "cross_entropy" in name}
    assert losses == set(LOSSES)
