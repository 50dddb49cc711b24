"""Gradient descent: the step that ships, three of them unrolled, and how long a step may be to go down."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Rational

from scalarnn.doors import door
from scalarnn.layer import batch_backward, batch_forward
from scalarnn.learning import carrying
from scalarnn.learning.gradient_descent import GradientDescent, gradient_descent_step
from scalarnn.losses import (
    half_squared_error,
    half_squared_error_gradient,
    mean_over_samples,
    squared_error,
    squared_error_gradient,
)
from scalarnn.neuron import neuron_backward, neuron_forward
from scalarnn.proofs import symbols
from scalarnn.proofs.methods import ETA, Method, first_kept_for_all, object_theorem
from scalarnn.proofs.theorem import Claim, Side, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]


# ---- the step --------------------------------------------------------------------------------------------------------

_UPHILL = Wrong("uphill", "theta - learning_rate", "theta + learning_rate")
_ENTRIES = "{empty_lists}\n        for {shaped}, in zip({shaped}):"
_ROW = "[dL_dtheta[0]] * len({theta}) if type({theta}[0]) is list else dL_dtheta"
_FIRST_ROW = _ENTRIES.replace("zip({shaped})", f"zip({{theta}}, {_ROW})")
_NO_RATE = Wrong("the rate forgotten", "learning_rate * dL_dtheta", "dL_dtheta")


@theorem(
    id="descent.step",
    statement="A step of gradient descent is θ − η ∂L/∂θ for every number of θ, whatever its shape.",
    latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{\partial L}{\partial \theta}",
    about=[gradient_descent_step],
    refuted=[
        _UPHILL,
        _NO_RATE,
        Wrong("the gradient alone", "theta - learning_rate", "-learning_rate"),
        Wrong("θ as it was", "return theta_new", "return theta"),
        first_kept_for_all("the first gradient for all"),
        Wrong("the first row for all", _ENTRIES, _FIRST_ROW, inside=carrying),
    ],
)
def step_is_theta_minus_eta_gradient(step: Any) -> Iterator[Claim]:
    theta, g = symbols.number("theta"), symbols.number("g")
    yield claim("a number", shipped(step, theta, g, ETA), stated(lambda: theta - ETA * g))
    for n in (1, 3):
        t, g_t = symbols.vector("theta", n), symbols.vector("g", n)
        yield claim(
            "a vector",
            shipped(step, t, g_t, ETA),
            stated(lambda t=t, g=g_t: [t[i] - ETA * g[i] for i in range(len(t))]),
        )
    T, G = symbols.matrix("theta", 2, 3), symbols.matrix("g", 2, 3)
    yield claim(
        "a matrix",
        shipped(step, T, G, ETA),
        stated(lambda: [[T[j][i] - ETA * G[j][i] for i in range(3)] for j in range(2)]),
    )
    yield claim(
        "a tuple, through the door",
        shipped(door(step), tuple(T[0]), tuple(G[0]), ETA),
        stated(lambda: [T[0][i] - ETA * G[0][i] for i in range(3)]),
    )


@theorem(
    id="descent.three-steps",
    statement="Three steps unroll into θ₀ − η (g₀ + g₁ + g₂), whatever the gradients along the way.",
    latex=r"\theta_3 = \theta_0 - \eta\,(g_0 + g_1 + g_2)",
    about=[gradient_descent_step],
    refuted=[
        _UPHILL,
        _NO_RATE,
        Wrong("each step shrinks θ", "theta - learning_rate", "learning_rate * theta - learning_rate"),
    ],
)
def three_steps_unrolled(step: Any) -> Iterator[Claim]:
    theta_0, g = symbols.vector("theta", 2), symbols.matrix("g", 3, 2)

    def three_steps() -> Any:
        theta = theta_0
        for t in range(3):
            theta = step(theta, g[t], ETA)
        return theta

    def unrolled() -> Any:
        return [theta_0[i] - ETA * (g[0][i] + g[1][i] + g[2][i]) for i in range(2)]

    yield claim("θ₃", shipped(three_steps), stated(unrolled))


@theorem(
    id="descent.three-steps-on-a-parabola",
    statement="On ½(θ − c)² each step, its gradient taken where the last one ended, shrinks the distance by 1 − η.",
    latex=r"\theta_3 - c = (1 - \eta)^3\,(\theta_0 - c)",
    about=[gradient_descent_step, half_squared_error, half_squared_error_gradient],
    refuted=[_UPHILL, _NO_RATE],
)
def three_steps_on_a_parabola(step: Any) -> Iterator[Claim]:
    theta_0, c = symbols.vector("theta", 2), symbols.vector("c", 2)

    def three_steps() -> Any:
        theta = theta_0
        for _ in range(3):
            theta = step(theta, half_squared_error_gradient(theta, c), ETA)
        return theta

    def closed_form() -> Any:
        return [c[i] + (1 - ETA) ** 3 * (theta_0[i] - c[i]) for i in range(2)]

    yield claim("θ₃", shipped(three_steps), stated(closed_form))


# ---- how far is down -------------------------------------------------------------------------------------------------


@theorem(
    id="descent.bound-neuron",
    statement="One step lowers the squared error of a linear neuron for every rate 0 < η < 1/(x·x + 1), and for no "
    "larger one; half of that rate reaches loss 0 at once.",
    latex=r"L - L_{\text{new}} = 4\,\eta\,s\,(1 - \eta s)\,L,\quad s = x \cdot x + 1",
    about=[gradient_descent_step, neuron_forward, neuron_backward, squared_error, squared_error_gradient],
    refuted=[_UPHILL, _NO_RATE],
)
def bound_for_a_neuron(step: Any) -> Iterator[Claim]:
    for n in (1, 2, 3):
        x, w, b, y = symbols.vector("x", n), symbols.vector("w", n), symbols.number("b"), symbols.number("y")
        s = sum(x_i * x_i for x_i in x) + 1

        def loss(w: Any, b: Any, x: Any = x, y: Any = y) -> Any:
            return squared_error([neuron_forward(x, w, b)], [y])

        def after_a_step(eta: Any, x: Any = x, w: Any = w, b: Any = b, y: Any = y, loss: Any = loss) -> Any:
            (dL_dz,) = squared_error_gradient([neuron_forward(x, w, b)], [y])
            dL_dw, dL_db, _ = neuron_backward(dL_dz, x, w)
            return loss(step(w, dL_dw, eta), step(b, dL_db, eta))

        L = stated(lambda loss=loss, w=w, b=b: loss(w, b))
        new = shipped(after_a_step, ETA)
        yield claim("L after", new, Side(L.value - 4 * ETA * s * (1 - ETA * s) * L.value, L.ran))
        # η = t/s: below the bound t = u/(1 + u), above it t = 1 + u, with u > 0. L, and every square, is ≥ 0.
        u = symbols.number("u")
        below = shipped(after_a_step, u / (1 + u) / s)
        yield claim("L lost below the bound", below, Side(L.value - 4 * u / (1 + u) ** 2 * L.value, L.ran))
        above = shipped(after_a_step, (1 + u) / s)
        yield claim("L gained above it", above, Side(L.value + 4 * u * (1 + u) * L.value, L.ran))
        half = shipped(after_a_step, Rational(1, 2) / s)
        yield claim("L at half the bound", half, stated(lambda: 0))


@theorem(
    id="descent.bound-batch",
    statement="One step lowers the mean squared error of a linear layer over a batch for every rate below N divided "
    "by the sum of (x·x + 1) over the samples.",
    latex=r"L_{\text{new}} = L - \eta \lVert g \rVert^2 + \frac{\eta^2}{N} \sum_n (g_w \cdot x_n + g_b)^2 \le L - "
    r"\eta \lVert g \rVert^2 \Bigl(1 - \frac{\eta}{N} \sum_n (x_n \cdot x_n + 1)\Bigr)",
    about=[gradient_descent_step, batch_forward, batch_backward, squared_error, squared_error_gradient],
    refuted=[_UPHILL, _NO_RATE],
)
def bound_for_a_batch(step: Any) -> Iterator[Claim]:
    for N, n in ((1, 2), (2, 1), (2, 2), (3, 1)):
        X, W, b = symbols.matrix("X", N, n), symbols.matrix("W", 1, n), symbols.vector("b", 1)
        Y = symbols.matrix("Y", N, 1)

        def loss(W: Any, b: Any, X: Any = X, Y: Any = Y) -> Any:
            Z = batch_forward(X, W, b)
            return mean_over_samples([squared_error(Z[k], Y[k]) for k in range(len(X))])

        def after_a_step(X: Any = X, W: Any = W, b: Any = b, Y: Any = Y, loss: Any = loss) -> Any:
            Z = batch_forward(X, W, b)
            dLn_dZ = [squared_error_gradient(Z[k], Y[k]) for k in range(len(X))]
            dL_dW, dL_db, _ = batch_backward(dLn_dZ, X, W)
            return loss(step(W, dL_dW, ETA), step(b, dL_db, ETA))

        L = stated(lambda loss=loss, W=W, b=b: loss(W, b))
        (g_w,), (g_b,) = derivative(L, W).value, derivative(L, b).value
        along = [sum(g_w[i] * X[k][i] for i in range(n)) + g_b for k in range(N)]
        size = sum(g_i * g_i for g_i in g_w) + g_b * g_b
        new = L.value - ETA * size + ETA * ETA * Rational(1, N) * sum(a * a for a in along)
        yield claim("L after", shipped(after_a_step), Side(new, L.ran))
        # The inequality: (x·x + 1) (g·g) − (g·(x, 1))² is a sum of squares, sample by sample (Lagrange's identity).
        excess = 0
        for k in range(N):
            g, v = [*g_w, g_b], [*X[k], 1]
            excess += sum((g[p] * v[q] - g[q] * v[p]) ** 2 for p in range(n + 1) for q in range(p))
        bound = L.value - ETA * size * (1 - ETA * Rational(1, N) * sum(sum(x * x for x in X[k]) + 1 for k in range(N)))
        under_the_bound = shipped(lambda f=after_a_step, e=excess, N=N: f() + ETA * ETA * Rational(1, N) * e)
        yield claim("L after, plus squares", under_the_bound, Side(bound, L.ran))


# ---- the object ------------------------------------------------------------------------------------------------------

steps_of_the_object = object_theorem(
    GradientDescent,
    Method(gradient_descent_step, "gradient-descent", (), {}, {}),
    wrong=[Wrong("twice the rate", "dL_dtheta, learning_rate)", "dL_dtheta, 2 * learning_rate)")],
)

THEOREMS = [
    step_is_theta_minus_eta_gradient,
    three_steps_unrolled,
    three_steps_on_a_parabola,
    bound_for_a_neuron,
    bound_for_a_batch,
    steps_of_the_object,
]
