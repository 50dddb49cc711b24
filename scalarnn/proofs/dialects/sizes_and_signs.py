"""Adamax, Lion, and weight decay."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scalarnn.dialects.weight_decay import coupled_decay, decoupled_decay
from scalarnn.learning.gradient_descent import gradient_descent_step
from scalarnn.learning.penalties import half_l2_penalty_gradient
from scalarnn.proofs import symbols
from scalarnn.proofs.dialects.rules import largest, rule_theorem
from scalarnn.proofs.methods import ETA
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []


def _adamax(theta: Any, g: Any, m: Any, candidates: tuple[Any, Any], below: Any, **told: Any) -> tuple[Any, ...]:
    m_new, u_new = told["beta1"] * m + (1 - told["beta1"]) * g, largest(*candidates)
    return theta - ETA / told["missing1"] * m_new / (u_new + below), m_new, u_new


def _size(g: Any) -> Any:
    return g if g > 0 else -g


def _adamax_below(theta: Any, g: Any, m: Any, u: Any, **told: Any) -> tuple[Any, ...]:
    return _adamax(theta, g, m, (_size(g), told["beta2"] * u), told["epsilon"], **told)


def _adamax_gradient(theta: Any, g: Any, m: Any, u: Any, **told: Any) -> tuple[Any, ...]:
    return _adamax(theta, g, m, (_size(g) + told["epsilon"], told["beta2"] * u), 0, **told)


def _adamax_past(theta: Any, g: Any, m: Any, u: Any, **told: Any) -> tuple[Any, ...]:
    return _adamax(theta, g, m, (_size(g), told["beta2"] * u + told["epsilon"]), 0, **told)


_OF_ADAMAX = [
    Wrong("uphill", "theta - eta_t", "theta + eta_t"),
    Wrong("the gradient, not its size", "size = -dL_dtheta", "size = dL_dtheta"),
    Wrong("the smallest", "if size > beta2 * u", "if size < beta2 * u"),
    Wrong("no correction", "learning_rate / missing1", "learning_rate"),
    Wrong("β₁ and 1 − β₁ swapped", "beta1 * m + (1 - beta1) *", "(1 - beta1) * m + beta1 *"),
]
for _name, _formula, _where, _latex in (
    ("below", _adamax_below, "below the line", r"\max(\beta_2 u, |g|) + \varepsilon"),
    ("with_gradient", _adamax_gradient, "beside the gradient", r"\max(\beta_2 u, |g| + \varepsilon)"),
    ("with_past", _adamax_past, "beside the past", r"\max(\beta_2 u + \varepsilon, |g|)"),
):
    THEOREMS.append(
        rule_theorem(
            f"adamax_epsilon_{_name}",
            _formula,
            statement=f"Adamax with ε {_where}.",
            latex=r"\theta_{\text{new}} = \theta - \frac{\eta}{1 - \beta_1^t}\,\frac{m_{\text{new}}}{" + _latex + "}",
            wrong=_OF_ADAMAX,
        )
    )


def _lion(theta: Any, g: Any, m: Any, beta1: Any, beta2: Any) -> tuple[Any, ...]:
    c = beta1 * m + (1 - beta1) * g
    sign = 1 if c > 0 else -1 if c < 0 else 0
    return theta - ETA * sign, beta2 * m + (1 - beta2) * g


THEOREMS.append(
    rule_theorem(
        "lion",
        _lion,
        statement="Lion goes η against the sign of a mean, or not at all.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\operatorname{sign}(\beta_1 m + (1 - \beta_1)\,g)",
        wrong=[
            Wrong("uphill", "theta - learning_rate", "theta + learning_rate"),
            Wrong(
                "a step at 0",
                "else:\n        theta_new = theta\n",
                "else:\n        theta_new = theta - learning_rate\n",
            ),
            Wrong("one β for both", "beta1 * m + (1 - beta1) *", "beta2 * m + (1 - beta2) *"),
            Wrong("the sign kept", "m_new = beta2 * m", "m_new = beta2 * c"),
        ],
    )
)


@theorem(
    id="dialect.coupled-decay-is-l2",
    statement="λ θ in the gradient is the gradient of half the sum of squares, times λ.",
    latex=r"g + \lambda\theta = g + \frac{\partial}{\partial\theta}\,\frac{\lambda}{2}\,\theta^2",
    about=[coupled_decay, half_l2_penalty_gradient],
    refuted=[
        Wrong("growth", "dL_dtheta + decay", "dL_dtheta - decay"),
        Wrong("a constant pull", "decay * theta", "decay"),
        Wrong("the gradient left out", "dL_dtheta + decay", "decay"),
    ],
)
def decay_in_the_gradient(implementation: Any) -> Iterator[Claim]:
    theta, g, decay = symbols.number("theta"), symbols.number("g"), symbols.number("lambda")
    yield claim(
        "g", shipped(implementation, g, theta, decay), stated(lambda: g + half_l2_penalty_gradient(theta, decay))
    )


@theorem(
    id="dialect.decoupled-decay-is-l2",
    statement="With gradient descent, decay beside the step is λ θ in the gradient.",
    latex=r"(\theta - \eta\lambda\theta) - \eta\,g = \theta - \eta\,(g + \lambda\theta)",
    about=[decoupled_decay, gradient_descent_step, half_l2_penalty_gradient],
    refuted=[
        Wrong("growth", "theta - learning_rate", "theta + learning_rate"),
        Wrong("the rate left out", "learning_rate * decay", "decay"),
        Wrong("a constant pull", "decay * theta", "decay"),
    ],
)
def decay_beside_the_step(implementation: Any) -> Iterator[Claim]:
    theta, g, decay = symbols.number("theta"), symbols.number("g"), symbols.number("lambda")
    left = shipped(lambda: gradient_descent_step(implementation(theta, ETA, decay), g, ETA))
    right = stated(lambda: gradient_descent_step(theta, g + half_l2_penalty_gradient(theta, decay), ETA))
    yield claim("θ", left, right)


THEOREMS += [decay_in_the_gradient, decay_beside_the_step]
