"""Straight ways beside the usual ones, and when they repay: `python -m tests.benchmarks.straight`.

A training step of one sample and of sixteen, and steps of optimizers, for networks of several sizes: medians of a run.
"""

import copy
import random
from time import process_time

import scalarnn as nn
from scalarnn.doors import straight
from scalarnn.training import training_step
from tests.benchmarks.measuring import side_by_side

__all__ = ["main"]

SIZES = [(2, 3, 1), (2, 16, 3), (2, 64, 3), (8, 16, 16, 4), (16, 64, 4), (64, 32, 10)]
OPTIMIZERS = [nn.GradientDescent(1e-9), nn.Momentum(1e-9), nn.Adam(nn.ExponentialDecay(1e-9, 0.99))]


def main():
    """Print how many times as fast, what unrolling costs, and after how many rows or steps that is repaid."""
    straight.LARGEST = 10**9
    for sizes in SIZES:
        for n in (1, 16):
            X, labels = rows(n, sizes[0]), [k % sizes[-1] for k in range(n)]
            what = "a row" if n == 1 else f"{n} rows"
            compare(sizes, what, n, nn.GradientDescent(1e-9), lambda net, o, X=X, T=labels: training_step(net, X, T, o))
        for optimizer in OPTIMIZERS:
            compare(sizes, type(optimizer).__name__, 1, optimizer, step)


def compare(sizes, what, n, optimizer, call):
    """One line."""
    usual, fast = ((network(sizes), copy.deepcopy(optimizer)) for _ in range(2))
    for one in (usual[0], usual[1], *usual[0].layers):
        one._straight = straight.NONE
    for _ in range(2):
        call(*fast)  # an optimizer's first step is always a usual one
    before = straight.REPAID, straight.REPAID_BY_PARAMETER
    straight.REPAID = straight.REPAID_BY_PARAMETER = 0
    straight.straight_lines(True)
    begin = process_time()
    call(*fast)
    cost = process_time() - begin
    straight.REPAID, straight.REPAID_BY_PARAMETER = before
    runs = {"usual": lambda: call(*usual), "fast": lambda: call(*fast)}
    times = side_by_side(runs, collector=True, rounds=9, least_seconds=0.02, most_seconds=2)
    slow, quick = times["usual"].median, times["fast"].median
    repaid = f"repaid after {cost / (slow - quick) * n:,.0f}" if slow > quick else "never repaid"
    name = "-".join(map(str, sizes))
    print(f"{name:<12} {what:<16} {slow * 1e6:7.0f} µs → {quick * 1e6:6.0f} µs, {slow / quick:.1f} times; ", end="")
    print(f"unrolled in {cost * 1e3:.0f} ms, {repaid}", flush=True)


def network(sizes):
    """Tanh between, scores at the end."""
    rng = random.Random(1)
    layers = []
    for k in range(1, len(sizes)):
        n, m = sizes[k - 1], sizes[k]
        activation = nn.Tanh() if k < len(sizes) - 1 else None
        layers.append(nn.Layer([[rng.gauss(0, 1) / n for _ in range(n)] for _ in range(m)], [0.1] * m, activation))
    return nn.Network(layers)


def rows(n, length):
    """Samples without a 0."""
    rng = random.Random(2)
    return [[rng.gauss(0, 1) for _ in range(length)] for _ in range(n)]


def step(net, optimizer):
    """A step with the gradients of one pass, again and again."""
    if net.layers[0].dL_dW is None:
        net.forward([0.5] * len(net.layers[0].W[0]))
        net.backward([0.1] * len(net.layers[-1].W))
    for layer in net.layers:
        layer._W_backward = layer.W
    optimizer.step(net)


if __name__ == "__main__":
    main()
