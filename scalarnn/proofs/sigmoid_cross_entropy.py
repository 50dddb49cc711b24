"""Sigmoid and binary cross-entropy in one, from the scores: the same loss on every branch, its gradient (ŷ − y)/n."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Rational

from scalarnn.activations import sigmoid
from scalarnn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
)
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.exact import Exp, Log, exponents
from scalarnn.proofs.theorem import Claim, Side, Wrong, claim, claim_not_above, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

Z = symbols.vector("z", 3)
Y = symbols.vector("y", 3)
# Scores and targets: any, no and yes alone, and all of them side by side.
CASES = [(Z[:1], Y[:1]), (Z[:2], Y[:2]), (Z[:1], [0]), (Z[:1], [1]), (Z[:3], [Y[0], 0, 1])]


def _logistic(z_i: Any) -> Any:
    """1 / (1 + e⁻ᶻ), as the sources write it."""
    return 1 / (1 + Exp(-z_i))


def _mean_surprise(z: Any, y: Any) -> Any:
    total = 0
    for z_i, y_i in zip(z, y, strict=True):
        total += y_i * Log(_logistic(z_i)) + (1 - y_i) * Log(1 - _logistic(z_i))
    return -Rational(1, len(z)) * total


@theorem(
    id="loss.sigmoid-cross-entropy",
    statement="From scores, the loss is the binary cross-entropy of targets and sigmoid, on every branch.",
    latex=r"L = -\frac1n \sum_i \bigl(y_i \log \sigma(z_i) + (1 - y_i) \log (1 - \sigma(z_i))\bigr)",
    about=[sigmoid_cross_entropy],
    refuted=[
        Wrong("a sign where z < 0", "-y[i] * z[i]", "y[i] * z[i]"),
        Wrong("yes and no swapped where z ≥ 0", "(1 - y[i]) * z[i]", "y[i] * z[i]"),
        Wrong("shifted the wrong way", "exp(-z[i])", "exp(z[i])"),
        Wrong("the last one only", "total += L_i", "total = L_i"),
        Wrong("the 1/n forgotten", "total / len(z)", "total"),
    ],
)
def loss_from_scores(implementation: Any) -> Iterator[Claim]:
    for z, y in CASES:
        for branch in every_branch(lambda z=z, y=y: shipped(implementation, z, y)):
            yield claim("L", branch.value, stated(lambda z=z, y=y: _mean_surprise(z, y)), on=branch)


@theorem(
    id="loss.sigmoid-cross-entropy-two-steps",
    statement="It is what binary cross-entropy gives after sigmoid, taken in two steps.",
    latex=r"L(z, y) = \text{binary cross-entropy}(\sigma(z), y)",
    about=[sigmoid_cross_entropy, binary_cross_entropy, sigmoid],
    refuted=[Wrong("the normaliser forgotten", "(1 - y[i]) * z[i] + log1p(e)", "(1 - y[i]) * z[i]")],
)
def same_as_in_two_steps(implementation: Any) -> Iterator[Claim]:
    for z, y in CASES:

        def run(z: Any = z, y: Any = y) -> Any:
            return (
                shipped(implementation, z, y),
                shipped(lambda: binary_cross_entropy([sigmoid(z_i) for z_i in z], y)),
            )

        for branch in every_branch(run):
            yield claim("L", *branch.value, on=branch)


@theorem(
    id="loss.sigmoid-cross-entropy-gradient",
    statement="(ŷ − y) / n is the derivative of the loss by the scores, on every branch.",
    latex=r"\frac{\partial L}{\partial z_i} = \frac{\sigma(z_i) - y_i}{n}",
    about=[sigmoid_cross_entropy_gradient, sigmoid_cross_entropy],
    refuted=[
        Wrong("the 1/n forgotten", "d / n", "d"),
        Wrong("a sign", "- y[i] * one_minus_y_hat_i", "+ y[i] * one_minus_y_hat_i"),
        Wrong("the target forgotten", "(1 - y[i]) * y_hat_i", "y_hat_i"),
        Wrong(
            "the halves of the fraction swapped where z < 0",
            "y_hat_i = e / (1 + e)\n            one",
            "y_hat_i = 1 / (1 + e)\n            one",
        ),
        Wrong("shifted the wrong way", "exp(-z[i])", "exp(z[i])"),
    ],
)
def gradient_from_scores(implementation: Any) -> Iterator[Claim]:
    for z, y in CASES:

        def run(z: Any = z, y: Any = y) -> Any:
            return shipped(implementation, z, y), shipped(sigmoid_cross_entropy, z, y)

        for branch in every_branch(run):
            dL_dz, L = branch.value
            yield claim("∂L/∂z", dL_dz, derivative(L, z), on=branch)
            short = [(_logistic(z[i]) - y[i]) * Rational(1, len(z)) for i in range(len(z))]
            yield claim("(ŷ − y)/n", dL_dz, Side(short, L.ran), on=branch)


@theorem(
    id="loss.sigmoid-cross-entropy-two-routes",
    statement="The chain rule through ŷ, with the slope ŷ(1 − ŷ) of sigmoid, ends at the same gradient.",
    latex=r"\frac{\partial L}{\partial \hat y_i}\,\hat y_i (1 - \hat y_i) = \frac{\hat y_i - y_i}{n}",
    about=[sigmoid_cross_entropy_gradient, binary_cross_entropy_gradient, sigmoid],
    refuted=[Wrong("the 1/n forgotten", "d / n", "d")],
)
def two_routes(implementation: Any) -> Iterator[Claim]:
    for z, y in CASES:

        def run(z: Any = z, y: Any = y) -> Any:
            y_hat = stated(lambda: [sigmoid(z_i) for z_i in z])
            through = shipped(
                lambda: [
                    slope * p * (1 - p)
                    for slope, p in zip(binary_cross_entropy_gradient(y_hat.value, y), y_hat.value, strict=True)
                ]
            )
            return shipped(implementation, z, y), through

        for branch in every_branch(run):
            yield claim("∂L/∂z", *branch.value, on=branch)


def _cannot_overflow(function: Any, wrong: list[Wrong]) -> Any:
    @theorem(
        id=f"loss.sigmoid-cross-entropy-stable-{'gradient' if 'gradient' in function.__name__ else 'value'}",
        statement=f"In {function.__name__} no exponent is above 0: nothing overflows, and 1 + e is from 1 to 2.",
        latex=r"-\lvert z_i \rvert \le 0",
        about=[function],
        refuted=wrong,
    )
    def stable(implementation: Any) -> Iterator[Claim]:
        for n in (1, 2):

            def run(n: int = n) -> Side:
                def exponents_of() -> Any:
                    with exponents() as seen:
                        implementation(Z[:n], Y[:n])
                    return seen

                return shipped(exponents_of)

            for branch in every_branch(run):
                seen = branch.value
                yield claim_not_above("exponent", seen, stated(lambda seen=seen: [0] * len(seen.value)), on=branch)

    return stable


THEOREMS = [
    loss_from_scores,
    same_as_in_two_steps,
    gradient_from_scores,
    two_routes,
    _cannot_overflow(sigmoid_cross_entropy, [Wrong("one form for all scores", "z[i] >= 0", "z[i] == z[i]")]),
    _cannot_overflow(sigmoid_cross_entropy_gradient, [Wrong("one form for all scores", "z[i] >= 0", "z[i] == z[i]")]),
]
