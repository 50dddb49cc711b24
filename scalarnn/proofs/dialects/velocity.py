"""Momentum in its dialects; two of them go the ways of the rules of the book while η stays."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scalarnn.dialects.by_name import RULES
from scalarnn.learning.momentum import momentum_step, nesterov_step
from scalarnn.proofs import symbols
from scalarnn.proofs.dialects.rules import UPHILL, rule_theorem
from scalarnn.proofs.methods import BETA, ETA
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []


def _rate_inside(theta: Any, g: Any, v: Any, beta: Any) -> tuple[Any, ...]:
    return theta + beta * v - ETA * g, beta * v - ETA * g


THEOREMS.append(
    rule_theorem(
        "momentum_rate_inside",
        _rate_inside,
        statement="With η inside, the velocity is the way of a step.",
        latex=r"v_{\text{new}} = \beta v - \eta\,g,\quad \theta_{\text{new}} = \theta + v_{\text{new}}",
        wrong=[
            Wrong("uphill", "- learning_rate", "+ learning_rate"),
            Wrong("the rate outside", "learning_rate * dL_dtheta", "dL_dtheta"),
            Wrong("the velocity before", "theta + v_new", "theta + v"),
            Wrong("another β where none is given", "= BETA", "= 99 / 100"),
        ],
    )
)


def _nesterov_inside(theta: Any, g: Any, v: Any, beta: Any) -> tuple[Any, ...]:
    return theta + beta**2 * v - (1 + beta) * ETA * g, beta * v - ETA * g


THEOREMS.append(
    rule_theorem(
        "nesterov_rate_inside",
        _nesterov_inside,
        statement="Nesterov's step with η inside goes β² of the velocity before, and 1 + β times η g.",
        latex=r"\theta_{\text{new}} = \theta + \beta^2 v - (1 + \beta)\,\eta\,g",
        wrong=[
            Wrong("momentum", "theta + way", "theta + v_new"),
            Wrong("the velocity before", "beta * v_new", "beta * v"),
            Wrong("another β where none is given", "= BETA", "= 99 / 100"),
        ],
    )
)


def _twice_ahead(theta: Any, g: Any, v: Any, beta: Any) -> tuple[Any, ...]:
    return theta + beta**3 * v - (1 + beta + beta**2) * ETA * g, beta * v - ETA * g


THEOREMS.append(
    rule_theorem(
        "nesterov_twice_ahead",
        _twice_ahead,
        statement="Twice ahead, a step goes β³ of the velocity before, and 1 + β + β² times η g.",
        latex=r"\theta_{\text{new}} = \theta + \beta^3 v - (1 + \beta + \beta^2)\,\eta\,g",
        wrong=[
            Wrong("Nesterov's", "beta * beta * v_new", "beta * beta * v"),
            Wrong("β once", "beta * beta * v_new", "beta * v_new"),
            Wrong("another β where none is given", "= BETA", "= 99 / 100"),
        ],
    )
)


def _damped(theta: Any, g: Any, v: Any, beta: Any, dampening: Any) -> tuple[Any, ...]:
    v_new = beta * v + (1 - dampening) * g
    return theta - ETA * v_new, v_new


def _later_damped(theta: Any, g: Any, v: Any, beta: Any, dampening: Any, t: int) -> tuple[Any, ...]:
    return (theta - ETA * g, g) if t == 1 else _damped(theta, g, v, beta, dampening)


_OF_DAMPING = [
    UPHILL,
    Wrong("d for 1 − d", "(1 - dampening)", "dampening"),
    Wrong("the velocity damped", "beta * v +", "(1 - dampening) * beta * v +"),
    Wrong("another d where none is given", "= DAMPENING", "= 1 / 4"),
]
THEOREMS.append(
    rule_theorem(
        "damped_momentum",
        _damped,
        statement="Damped, only the part 1 − d of a gradient enters the velocity.",
        latex=r"v_{\text{new}} = \beta v + (1 - d)\,g,\quad \theta_{\text{new}} = \theta - \eta\,v_{\text{new}}",
        wrong=_OF_DAMPING,
    )
)
THEOREMS.append(
    rule_theorem(
        "later_damped_momentum",
        _later_damped,
        statement="Damped but for the first step, whose velocity is its gradient.",
        latex=r"v_1 = g_1,\quad v_{\text{new}} = \beta v + (1 - d)\,g,\quad \theta_{\text{new}} = \theta - \eta\,"
        r"v_{\text{new}}",
        wrong=[*_OF_DAMPING, Wrong("damped from the first step on", "if t > 1", "if t > 0")],
    )
)


# ---- what they have in common with the rules of the book ------------------------------------------------------------


def _path(step: Any) -> list[Any]:
    """Three steps from the first state, each with a gradient of its own."""
    theta, v, places = symbols.number("theta"), 0, []
    for g in symbols.vector("g", 3):
        theta, v = step(theta, g, v, ETA, BETA)
        places.append(theta)
    return places


def _same_path(name: str, other: Any, statement: str, latex: str, wrong: list[Wrong]) -> None:
    step = RULES[name]

    @theorem(id=f"dialect.{name}-one-rate", statement=statement, latex=latex, about=[step, other], refuted=wrong)
    def same_path(implementation: Any) -> Iterator[Claim]:
        yield claim("θ", shipped(_path, implementation), stated(lambda: _path(other)))

    THEOREMS.append(same_path)


_same_path(
    "momentum_rate_inside",
    momentum_step,
    "While η stays, momentum goes the same way with η inside its velocity and outside.",
    r"u = -\eta\,v",
    [Wrong("the velocity before", "theta + v_new", "theta + v"), Wrong("β forgotten", "beta * v -", "v -")],
)
_same_path(
    "nesterov_rate_inside",
    nesterov_step,
    "While η stays, Nesterov's steps are the same with η inside the velocity and outside.",
    r"u = -\eta\,v",
    [Wrong("the velocity before", "beta * v_new", "beta * v"), Wrong("β forgotten", "beta * v -", "v -")],
)
