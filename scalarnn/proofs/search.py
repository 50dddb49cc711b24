"""Search without a gradient: what is tried, and that the best of it is kept, whatever the losses are."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scalarnn.learning import search
from scalarnn.learning.search import random_adjustment, random_search
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import Branch, every_branch
from scalarnn.proofs.theorem import Claim, Side, Theorem, Wrong, claim, claim_not_above, shipped, stated, theorem
from scalarnn.random_numbers import LegacyRandom

__all__ = ["THEOREMS"]

SCALE = symbols.number("scale")
N, TRIES, SEED = 2, 3, 0


class _AnyLoss:
    """A loss of which nothing is known: a symbol for each call, in their order; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[Any]] = []

    def __call__(self, theta: list[Any]) -> Any:
        self.asked.append(theta)
        return symbols.number(f"L_{len(self.asked) - 1}")


def _draws() -> list[list[Any]]:
    """scale · randn(n) for each try, from the seed."""
    rng = LegacyRandom(SEED)
    return [[SCALE * rng.randn() for _ in range(N)] for _ in range(TRIES)]


def _searched(run: Callable[[Any], Any]) -> Iterator[Branch[Side]]:
    """(theta_best, L_best, history, what was tried) for every order that the losses can have."""

    def with_any_loss() -> Any:
        loss = _AnyLoss()
        return (*run(loss), loss.asked)

    yield from every_branch(lambda: shipped(with_any_loss))


def _place(L: Any) -> int:
    """Which try a loss belongs to."""
    return int(str(L).removeprefix("L_"))


def _best_is_kept(branch: Branch[Side], before: int) -> Iterator[Claim]:
    """The history is the lowest loss so far, the first `before` losses included; the last of it belongs to θ."""
    found = branch.value
    theta_best, L_best, history, asked = found.value
    for t in range(TRIES):
        so_far = range(before + t + 1)
        at_t = Side([history[t] for _ in so_far], found.ran)
        yield claim_not_above(
            "the history", at_t, stated(lambda s=so_far: [symbols.number(f"L_{k}") for k in s]), branch
        )
    yield claim("L_best", found[1], stated(lambda: history[-1]), branch)
    yield claim("θ_best", found[0], stated(lambda: asked[_place(L_best)]), branch)
    yield claim(
        "how many numbers", Side([len(theta_best), len(history)], found.ran), stated(lambda: [N, TRIES]), branch
    )


_NOT_THE_LOWEST = Wrong("the highest kept", "L_try < L_best", "L_try > L_best")
_EVERY_LOSS = Wrong("every loss in the history", "history.append(L_best)", "history.append(L_try)")


@theorem(
    id="search.random",
    statement="Random search tries scale times the draws of its seed, and keeps the θ of the lowest loss, whatever the "
    "loss.",
    latex=r"\theta_{\text{best}} = \operatorname{argmin}_t L(\theta_t),\quad \theta_t = \text{scale} \cdot x_t",
    about=[random_search, LegacyRandom],
    refuted=[
        _NOT_THE_LOWEST,
        _EVERY_LOSS,
        Wrong("the last kept", "if t == 0 or L_try < L_best", "if True"),
        Wrong("the first θ kept", "theta_best = theta\n", "theta_best = theta_best or theta\n"),
        Wrong("another scale where none is given", "scale: Number = 1", "scale: Number = 2"),
        Wrong("the scale forgotten", "scale * rng.randn()", "rng.randn()", inside=search._drawn),
        Wrong("drawn evenly", "rng.randn()", "rng.rand()", inside=search._drawn),
    ],
)
def best_of_all_tries(function: Any) -> Iterator[Claim]:
    for branch in _searched(lambda loss: function(loss, N, TRIES, SEED, SCALE)):
        yield claim("what is tried", branch.value[3], stated(_draws), branch)
        yield from _best_is_kept(branch, 0)
    alone = shipped(lambda: function(_AnyLoss(), N, 1, SEED)[0])
    yield claim("what is tried where no scale is given", alone, stated(lambda: [d.subs(SCALE, 1) for d in _draws()[0]]))


@theorem(
    id="search.adjustment",
    statement="Random adjustment tries scale times the draws of its seed around the best so far, and moves where the "
    "loss is lower, whatever the loss.",
    latex=r"\theta_{t+1} = \theta_{\text{best}} + \text{scale} \cdot x_t",
    about=[random_adjustment, LegacyRandom],
    refuted=[
        _NOT_THE_LOWEST,
        _EVERY_LOSS,
        Wrong("the last kept", "if L_try < L_best", "if True"),
        Wrong("another scale where none is given", "scale: Number = 1", "scale: Number = 2"),
        Wrong("around the start", "_adjusted(theta_best", "_adjusted(theta"),
        Wrong("the loss kept, not its θ", "theta_best = theta_try\n", "theta_best = theta_best\n"),
        Wrong("anew, not adjusted", "theta[i] + scale", "scale", inside=search._adjusted),
        Wrong("the other way", "theta[i] + scale", "theta[i] - scale", inside=search._adjusted),
        Wrong("the first number for all", "theta[i] + scale", "theta[0] + scale", inside=search._adjusted),
    ],
)
def best_so_far_is_adjusted(function: Any) -> Iterator[Claim]:
    start = symbols.vector("theta", N)
    for branch in _searched(lambda loss: function(loss, start, TRIES, SEED, SCALE)):
        found = branch.value
        yield claim("the start", found[3][0], stated(lambda: start), branch)
        for t in range(TRIES):
            asked, best = found.value[3], 0 if t == 0 else _place(found.value[2][t - 1])
            around = stated(lambda t=t, best=asked[best]: [best[i] + _draws()[t][i] for i in range(N)])
            yield claim("what is tried", found[3][t + 1], around, branch)
        yield from _best_is_kept(branch, 1)
    falling = shipped(lambda: function(lambda theta: -abs(theta[0]), [0.0] * N, 1, SEED)[0])
    yield claim("around 0 where no scale is given", falling, stated(lambda: [d.subs(SCALE, 1) for d in _draws()[0]]))


THEOREMS: list[Theorem] = [best_of_all_tries, best_so_far_is_adjusted]
