"""The same training from many starts: one run is luck, several with their spread are evidence.

A run hangs on the package alone, so it is kept for the next build of the same sources.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from statistics import mean, stdev
from typing import Any, NamedTuple

from docs.extensions.code import ROOT
from docs.extensions.figures import percent
from docs.extensions.kept import Kept, print_of
from scalarnn import Adam, Network, dense_network
from scalarnn import activations as curves
from scalarnn.datasets import moons_data
from scalarnn.digits import fixed
from scalarnn.learning import initialization
from scalarnn.training import evaluate, train, training_step


class Run(NamedTuple):
    """What came of one training: the loss of every epoch, and the share of the learned points that are right."""

    losses: list[float]
    accuracy: float


@cache
def _kept() -> Kept:
    return Kept("runs", print_of([*(ROOT / "scalarnn").rglob("*.py"), Path(__file__)], []))


def _once(question: list[Any], answer: Callable[[], Any]) -> Any:
    name = json.dumps(question)
    if name not in _kept():
        _kept()[name] = answer()
    return _kept()[name]


def fresh(activation: str, weights: str, sizes: Sequence[int], seed: int) -> Network:
    """A network of one activation inside and none at its end; both are names of the package."""
    inside = [getattr(curves, activation)() for _ in range(len(sizes) - 2)]
    return dense_network(sizes, [*inside, None], seed, getattr(initialization, weights))


def trained_on_moons(
    activation: str, weights: str, sizes: Sequence[int], *, rate: float, epochs: int, seeds: int
) -> list[Run]:
    """A network on the two moons, once from each seed: other first weights, another order of the samples."""

    def learned(seed: int) -> tuple[list[float], float]:
        X, labels = moons_data(samples=100, noise=0.15, seed=0)
        network = fresh(activation, weights, sizes, seed)
        history = train(network, X, labels, Adam(rate), epochs=epochs, batch_size=16, seed=seed, progress=False)
        return history.curve("loss"), evaluate(network, X, labels)[1] or 0.0

    asked = [activation, weights, list(sizes), rate, epochs]
    return [Run(*_once(["moons", *asked, seed], lambda seed=seed: learned(seed))) for seed in range(seeds)]


def gradient_sizes(activation: str, weights: str, sizes: Sequence[int], *, seeds: int) -> list[list[float]]:
    """√Σ g² over the weights of each layer of a fresh network, for the moons as one batch, once from each seed."""

    def measured(seed: int) -> list[float]:
        X, labels = moons_data(samples=100, noise=0.15, seed=0)
        network = fresh(activation, weights, sizes, seed)
        training_step(network, X, labels, _NoStep())
        return [sum(g * g for row in layer.dL_dW for g in row) ** 0.5 for layer in network.layers]

    asked = [activation, weights, list(sizes)]
    return [_once(["gradients", *asked, seed], lambda seed=seed: measured(seed)) for seed in range(seeds)]


class _NoStep:
    """Leaves the weights alone."""

    def step(self, network: Network) -> None:
        """Nothing moves."""


def spread(values: Sequence[float], decimals: int = 2) -> str:
    """Mean and standard deviation of several runs: 0.74 ± 0.20."""
    return f"{fixed(mean(values), decimals)} ± {fixed(stdev(values), decimals)}"


def spread_of_shares(values: Sequence[float]) -> str:
    """The same for shares of one, in hundredths."""
    return f"{fixed(100 * mean(values), 1)} ± {percent(stdev(values))}"
