"""Momentum and Nesterov: each step is the recurrence it is said to be, and three of them are the sum written out."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scalarnn.learning.momentum import Momentum, Nesterov, momentum_step, nesterov_step
from scalarnn.learning.optimizer import zeros_like
from scalarnn.losses import half_squared_error_gradient
from scalarnn.proofs import symbols
from scalarnn.proofs.methods import (
    BETA,
    ETA,
    NOTHING_KEPT,
    Method,
    faded,
    first_kept_for_all,
    object_theorem,
    step_theorems,
)
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_MOMENTUM = Method(momentum_step, "momentum", ("v",), {"beta": BETA}, {"beta": 0.9})
_NESTEROV = Method(nesterov_step, "nesterov", ("v",), {"beta": BETA}, {"beta": 0.9})
_FIRST_VELOCITY = first_kept_for_all("the first velocity for all")
_ANOTHER_BETA = Wrong("another β where none is given", "= BETA", "= 99 / 100")


# ---- momentum --------------------------------------------------------------------------------------------------------


def _momentum(theta: Any, g: Any, v: Any, _: int, beta: Any) -> tuple[Any, ...]:
    v_new = beta * v + g
    return theta - ETA * v_new, v_new


def _momentum_unrolled(g: Sequence[Any], beta: Any) -> tuple[Any, ...]:
    return faded(beta, g), faded(beta, g)


THEOREMS += step_theorems(
    _MOMENTUM,
    _momentum,
    _momentum_unrolled,
    statement="A step with momentum adds the gradient to what is left of the velocity, then goes η times the new one.",
    latex=r"v_{\text{new}} = \beta v + g,\quad \theta_{\text{new}} = \theta - \eta\,v_{\text{new}}",
    statement_unrolled="The velocity is the sum of all gradients so far, each older one fainter by β.",
    latex_unrolled=r"\theta_t - \theta_{t-1} = -\eta\,(g_t + \beta g_{t-1} + \beta^2 g_{t-2} + \dots)",
    wrong=[
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate"),
        Wrong("the rate forgotten", "learning_rate * v_new", "v_new"),
        Wrong("θ before v", "learning_rate * v_new", "learning_rate * v"),
        Wrong("β and 1 − β swapped", "beta * v +", "(1 - beta) * v +"),
        Wrong("a mean, not a sum", "+ dL_dtheta", "+ (1 - beta) * dL_dtheta"),
        _ANOTHER_BETA,
        _FIRST_VELOCITY,
    ],
    wrong_unrolled=[
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v"),
        Wrong("θ before v", "learning_rate * v_new", "learning_rate * v"),
        Wrong("β forgotten", "beta * v +", "v +"),
        Wrong("the other order of θ and v", "return theta_new, v_new", "return v_new, theta_new"),
    ],
)


@theorem(
    id="optimizer.momentum-rate-inside",
    statement="With η inside the velocity, v = β v − η g and θ + v, the path is the same as long as η stays.",
    latex=r"u_t = \beta u_{t-1} - \eta\,g_t,\quad \theta_t = \theta_{t-1} + u_t",
    about=[momentum_step],
    refuted=[
        Wrong("θ before v", "learning_rate * v_new", "learning_rate * v"),
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v"),
    ],
)
def rate_inside_the_velocity(step: Any) -> Iterator[Claim]:
    theta_0, g = symbols.number("theta"), symbols.vector("g", 3)

    def path() -> list[Any]:
        theta, v, places = theta_0, zeros_like(theta_0), []
        for t in range(3):
            theta, v = step(theta, g[t], v, ETA, BETA)
            places.append(theta)
        return places

    def with_the_rate_inside() -> list[Any]:
        theta, u, places = theta_0, 0, []
        for t in range(3):
            u = BETA * u - ETA * g[t]
            theta = theta + u
            places.append(theta)
        return places

    yield claim("θ", shipped(path), stated(with_the_rate_inside))


THEOREMS.append(rate_inside_the_velocity)


# ---- Nesterov --------------------------------------------------------------------------------------------------------


def _nesterov(theta: Any, g: Any, v: Any, _: int, beta: Any) -> tuple[Any, ...]:
    v_new = beta * v + g
    return theta - ETA * (g + beta * v_new), v_new


def _nesterov_unrolled(g: Sequence[Any], beta: Any) -> tuple[Any, ...]:
    return g[-1] + faded(beta, [*g, 0]), faded(beta, g)


THEOREMS += step_theorems(
    _NESTEROV,
    _nesterov,
    _nesterov_unrolled,
    statement="A Nesterov step adds the gradient to what is left of the velocity, then goes η times the gradient and "
    "what will be left of the new velocity.",
    latex=r"v_{\text{new}} = \beta v + g,\quad \theta_{\text{new}} = \theta - \eta\,(g + \beta v_{\text{new}})",
    statement_unrolled="Step t goes along its gradient, once for itself, and once more, β fainter, with all before it.",
    latex_unrolled=r"\theta_t - \theta_{t-1} = -\eta\,\bigl(g_t + \beta\,(g_t + \beta g_{t-1} + \dots)\bigr)",
    wrong=[
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate"),
        Wrong("the rate forgotten", "learning_rate * v_ahead", "v_ahead"),
        Wrong("momentum, not ahead of it", "learning_rate * v_ahead", "learning_rate * v_new"),
        Wrong("the velocity of the step before", "dL_dtheta + beta * v_new", "dL_dtheta + beta * v"),
        Wrong("β and 1 − β swapped", "beta * v + dL", "(1 - beta) * v + dL"),
        _ANOTHER_BETA,
        _FIRST_VELOCITY,
    ],
    wrong_unrolled=[
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v"),
        Wrong("the velocity ahead carried", "return theta_new, v_new", "return theta_new, v_ahead"),
        Wrong("the gradient once only", "dL_dtheta + beta * v_new", "beta * v_new"),
        Wrong("β forgotten", "dL_dtheta + beta * v_new", "dL_dtheta + v_new"),
    ],
)


@theorem(
    id="optimizer.nesterov-looks-ahead",
    statement="A Nesterov path is that of momentum with each gradient taken where the velocity will carry it: "
    "θ = φ − η β v.",
    latex=r"g_t = \nabla L(\varphi - \eta\beta v),\quad \theta = \varphi - \eta\beta v",
    about=[nesterov_step, momentum_step, half_squared_error_gradient],
    refuted=[
        Wrong("momentum, not ahead of it", "learning_rate * v_ahead", "learning_rate * v_new"),
        Wrong("β forgotten", "dL_dtheta + beta * v_new", "dL_dtheta + v_new"),
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v"),
    ],
)
def nesterov_looks_ahead(step: Any) -> Iterator[Claim]:
    phi_0, v_0, c = symbols.number("phi"), symbols.number("v"), symbols.number("c")

    def gradient(theta: Any) -> Any:
        (dL_dtheta,) = half_squared_error_gradient([theta], [c])
        return dL_dtheta

    def path() -> list[Any]:
        theta, v, places = phi_0 - ETA * BETA * v_0, v_0, []
        for _ in range(3):
            theta, v = step(theta, gradient(theta), v, ETA, BETA)
            places.append(theta)
        return places

    def looking_ahead() -> list[Any]:
        phi, v, places = phi_0, v_0, []
        for _ in range(3):
            phi, v = momentum_step(phi, gradient(phi - ETA * BETA * v), v, ETA, BETA)
            places.append(phi - ETA * BETA * v)
        return places

    yield claim("θ", shipped(path), stated(looking_ahead))


THEOREMS.append(nesterov_looks_ahead)


# ---- objects ---------------------------------------------------------------------------------------------------------

_ONE_MINUS = Wrong("1 − β kept", "self.beta = beta", "self.beta = 1 - beta")

THEOREMS += [
    object_theorem(
        Momentum,
        _MOMENTUM,
        wrong=[Wrong("Nesterov", "momentum_step(", "nesterov_step("), _ONE_MINUS, _ANOTHER_BETA, *NOTHING_KEPT],
    ),
    object_theorem(
        Nesterov,
        _NESTEROV,
        wrong=[Wrong("momentum", "nesterov_step(", "momentum_step("), _ONE_MINUS, _ANOTHER_BETA, *NOTHING_KEPT],
    ),
]
