"""Adam: a step is the recurrence it is said to be, three of them are the weighted means written out."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scalarnn.learning.adam import Adam, adam_step
from scalarnn.proofs import symbols
from scalarnn.proofs.exact import Root
from scalarnn.proofs.methods import (
    EPSILON,
    ETA,
    NOTHING_KEPT,
    Method,
    faded,
    first_kept_for_all,
    object_theorem,
    squares,
    step_theorems,
    with_roots_alike,
)
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

BETA_1, BETA_2 = symbols.number("beta_1"), symbols.number("beta_2")
_ADAM = Method(
    adam_step,
    "adam",
    ("m", "v"),
    {"beta1": BETA_1, "beta2": BETA_2, "epsilon": EPSILON},
    {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
)
_OTHERS_WHERE_NONE_ARE_GIVEN = [
    Wrong("another β₁ where none is given", "= BETA1", "= BETA2"),
    Wrong("another β₂ where none is given", "= BETA2", "= 99 / 100"),
    Wrong("another ε where none is given", "= EPSILON", "= 1 / 10**10"),
]


# ---- a step ----------------------------------------------------------------------------------------------------------


def _adam(theta: Any, g: Any, m: Any, v: Any, t: int, *, beta1: Any, beta2: Any, epsilon: Any) -> tuple[Any, ...]:
    m_new = beta1 * m + (1 - beta1) * g
    v_new = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m_new / (1 - beta1**t), v_new / (1 - beta2**t)
    return theta - ETA * m_hat / (Root(v_hat) + epsilon), m_new, v_new


def _weighted_mean(beta: Any, g: Sequence[Any]) -> Any:
    """The weights 1, β, β² …, divided by their sum: nothing is left of the zeros that the state began with."""
    return faded(beta, g) / faded(beta, [1] * len(g))


def _adam_unrolled(g: Sequence[Any], beta1: Any, beta2: Any, epsilon: Any) -> tuple[Any, ...]:
    m_hat, v_hat = _weighted_mean(beta1, g), _weighted_mean(beta2, squares(g))
    m, v = (1 - beta1) * faded(beta1, g), (1 - beta2) * faded(beta2, squares(g))
    return m_hat / (Root(v_hat) + epsilon), m, v


_NO_CORRECTION = Wrong("no bias correction of m", "m_new / (1 - beta1**t)", "m_new")
_NO_CORRECTION_OF_V = Wrong("no bias correction of v", "v_new / (1 - beta2**t)", "v_new")
_CORRECTED_LATE = Wrong("corrected as one step later", "beta1**t", "beta1 ** (t + 1)")

THEOREMS += step_theorems(
    _ADAM,
    _adam,
    _adam_unrolled,
    statement="An Adam step keeps β₁ of the mean of gradients and β₂ of the mean of squares, divides both by what the "
    "zeros at the start took away, and the first by the root of the second, ε outside the root.",
    latex=r"\begin{aligned}m_{\text{new}} &= \beta_1 m + (1 - \beta_1)\,g & \hat m &= \frac{m_{\text{new}}}"
    r"{1 - \beta_1^t}\\ v_{\text{new}} &= \beta_2 v + (1 - \beta_2)\,g^2 & \hat v &= \frac{v_{\text{new}}}"
    r"{1 - \beta_2^t}\\ \theta_{\text{new}} &= \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    r"\end{aligned}",
    statement_unrolled="Corrected, both are weighted means of all gradients and of all squares so far: the weights "
    "1, β, β² … are divided by their sum.",
    latex_unrolled=r"\hat m_t = \frac{g_t + \beta_1 g_{t-1} + \dots + \beta_1^{t-1} g_1}"
    r"{1 + \beta_1 + \dots + \beta_1^{t-1}},\quad \hat v_t = \frac{g_t^2 + \beta_2 g_{t-1}^2 + \dots}"
    r"{1 + \beta_2 + \dots}",
    wrong=[
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate"),
        Wrong("the rate forgotten", "learning_rate * m_hat", "m_hat"),
        Wrong("the gradient, not its mean", "learning_rate * m_hat", "learning_rate * dL_dtheta"),
        Wrong("β₁ and 1 − β₁ swapped", "beta1 * m + (1 - beta1) *", "(1 - beta1) * m + beta1 *"),
        Wrong("β₂ and 1 − β₂ swapped", "beta2 * v + (1 - beta2) *", "(1 - beta2) * v + beta2 *"),
        Wrong("β₁ for both", "v_new / (1 - beta2**t)", "v_new / (1 - beta1**t)"),
        Wrong("the mean before", "m_new / (1", "m / (1"),
        Wrong("not squared", "dL_dtheta * dL_dtheta", "dL_dtheta"),
        Wrong("no root", "sqrt(v_hat)", "v_hat"),
        Wrong("ε under the root", "sqrt(v_hat)", "sqrt(v_hat + epsilon) - epsilon"),
        Wrong("ε forgotten", "(r + epsilon)", "r"),
        Wrong("ε in front of the correction", "sqrt(v_hat)", "sqrt(v_hat) + epsilon / (1 - beta2**t)"),
        first_kept_for_all("the first mean of squares for all"),
        *_OTHERS_WHERE_NONE_ARE_GIVEN,
        _NO_CORRECTION,
        _NO_CORRECTION_OF_V,
        _CORRECTED_LATE,
    ],
    wrong_unrolled=[
        _NO_CORRECTION,
        _NO_CORRECTION_OF_V,
        _CORRECTED_LATE,
        Wrong("corrected as in the first step", "beta2**t", "beta2"),
        Wrong("m not carried", "return theta_new, m_new, v_new", "return theta_new, m, v_new"),
        Wrong("v not carried", "return theta_new, m_new, v_new", "return theta_new, m_new, v"),
        Wrong("the corrected carried", "return theta_new, m_new,", "return theta_new, m_hat,"),
        Wrong("m and v swapped", "return theta_new, m_new, v_new", "return theta_new, v_new, m_new"),
    ],
)


@theorem(
    id="optimizer.adam-constant-gradient",
    statement="If every gradient so far was g, m̂ is g and v̂ is g², from the first step on: each step is η long but "
    "for ε.",
    latex=r"\theta_t - \theta_{t-1} = -\eta\,\frac{g}{\sqrt{g^2} + \varepsilon}",
    about=[adam_step],
    refuted=[_NO_CORRECTION, _NO_CORRECTION_OF_V, _CORRECTED_LATE],
)
def adam_on_a_slope(step: Any) -> Iterator[Claim]:
    theta_0, g = symbols.number("theta"), symbols.number("g")

    def path() -> list[Any]:
        theta, m, v, steps = theta_0, 0, 0, []
        for t in range(1, 4):
            before = theta
            theta, m, v = step(before, g, m, v, t, ETA, **_ADAM.settings)
            steps.append(theta - before)
        return steps

    each = stated(lambda: [-ETA * g / (Root(g**2) + EPSILON)] * 3)
    yield claim("a step", with_roots_alike(shipped(path)), each)


THEOREMS.append(adam_on_a_slope)


# ---- the object ------------------------------------------------------------------------------------------------------

_IN_ORDER = '"beta1": base(self.beta1), "beta2": base(self.beta2)'
_SWAPPED = '"beta1": base(self.beta2), "beta2": base(self.beta1)'

THEOREMS.append(
    object_theorem(
        Adam,
        _ADAM,
        wrong=[
            Wrong("corrected as in the first step", "self.t + 1", "1"),
            Wrong("corrected as one step later", "self.t + 1", "self.t + 2"),
            Wrong("β₁ and β₂ swapped", _IN_ORDER, _SWAPPED),
            Wrong("m and v mixed up", "*kept", "*kept[::-1]"),
            *_OTHERS_WHERE_NONE_ARE_GIVEN,
            *NOTHING_KEPT,
        ],
    )
)
