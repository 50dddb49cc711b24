"""AdaGrad and RMSProp: each step is the recurrence it is said to be, and three of them are the sum written out."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scalarnn.learning.adagrad import AdaGrad, RMSProp, adagrad_step, rmsprop_step
from scalarnn.proofs.exact import Root
from scalarnn.proofs.methods import (
    BETA,
    EPSILON,
    ETA,
    NOTHING_KEPT,
    Method,
    faded,
    first_kept_for_all,
    object_theorem,
    squares,
    step_theorems,
)
from scalarnn.proofs.theorem import Theorem, Wrong

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_ADAGRAD = Method(adagrad_step, "adagrad", ("s",), {"epsilon": EPSILON}, {"epsilon": 1e-10})
_RMSPROP = Method(rmsprop_step, "rmsprop", ("s",), {"beta": BETA, "epsilon": EPSILON}, {"beta": 0.99, "epsilon": 1e-8})
_ANOTHER_EPSILON = Wrong("another ε where none is given", "= ADAGRAD_EPSILON", "= RMSPROP_EPSILON")
_ANOTHER_BETA = Wrong("another β where none is given", "= RMSPROP_BETA", "= 9 / 10")
_ANOTHER_EPSILON_TOO = Wrong("another ε where none is given", "= RMSPROP_EPSILON", "= ADAGRAD_EPSILON")


# ---- a step ----------------------------------------------------------------------------------------------------------


def _adagrad(theta: Any, g: Any, s: Any, _: int, epsilon: Any) -> tuple[Any, ...]:
    s_new = s + g**2
    return theta - ETA * g / (Root(s_new) + epsilon), s_new


def _adagrad_unrolled(g: Sequence[Any], epsilon: Any) -> tuple[Any, ...]:
    s = sum(squares(g))
    return g[-1] / (Root(s) + epsilon), s


def _rmsprop(theta: Any, g: Any, s: Any, _: int, beta: Any, epsilon: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    return theta - ETA * g / (Root(s_new) + epsilon), s_new


def _rmsprop_unrolled(g: Sequence[Any], beta: Any, epsilon: Any) -> tuple[Any, ...]:
    s = (1 - beta) * faded(beta, squares(g))
    return g[-1] / (Root(s) + epsilon), s


_WRONG_DIVISION = [
    Wrong("uphill", "theta - learning_rate", "theta + learning_rate"),
    Wrong("the rate forgotten", "learning_rate * dL_dtheta", "dL_dtheta"),
    Wrong("the root of the sum before", "sqrt(s_new)", "sqrt(s)"),
    Wrong("no root", "sqrt(s_new)", "s_new"),
    Wrong("ε under the root", "sqrt(s_new)", "sqrt(s_new + epsilon) - epsilon"),
    Wrong("ε forgotten", "(r + epsilon)", "r"),
    Wrong("not squared", "dL_dtheta * dL_dtheta", "dL_dtheta"),
    first_kept_for_all("the first sum for all"),
]


THEOREMS += step_theorems(
    _ADAGRAD,
    _adagrad,
    _adagrad_unrolled,
    statement="An AdaGrad step adds the square of the gradient, then divides the gradient by the root of the new sum, "
    "ε outside the root.",
    latex=r"s_{\text{new}} = s + g^2,\quad \theta_{\text{new}} = \theta - \eta\,\frac{g}{\sqrt{s_{\text{new}}} + "
    r"\varepsilon}",
    statement_unrolled="Each gradient is divided by the root of the sum of all squares so far.",
    latex_unrolled=r"\theta_t - \theta_{t-1} = -\eta\,\frac{g_t}{\sqrt{g_1^2 + \dots + g_t^2} + \varepsilon}",
    wrong=[
        *_WRONG_DIVISION,
        _ANOTHER_EPSILON,
    ],
    wrong_unrolled=[
        Wrong("the sum not carried", "return theta_new, s_new", "return theta_new, s"),
        Wrong("the root carried", "return theta_new, s_new", "return theta_new, r"),
        Wrong("the root of the sum before", "sqrt(s_new)", "sqrt(s)"),
        Wrong("the squares taken away", "s + dL_dtheta", "s - dL_dtheta"),
    ],
)
THEOREMS += step_theorems(
    _RMSPROP,
    _rmsprop,
    _rmsprop_unrolled,
    statement="An RMSProp step keeps β of the mean of squares and takes 1 − β of the new square, then divides the "
    "gradient by the root of the new mean, ε outside the root.",
    latex=r"s_{\text{new}} = \beta s + (1 - \beta)\,g^2,\quad \theta_{\text{new}} = \theta - \eta\,"
    r"\frac{g}{\sqrt{s_{\text{new}}} + \varepsilon}",
    statement_unrolled="The mean is (1 − β) times the sum of all squares so far, each older one fainter by β.",
    latex_unrolled=r"s_t = (1 - \beta)\,(g_t^2 + \beta g_{t-1}^2 + \beta^2 g_{t-2}^2 + \dots)",
    wrong=[
        *_WRONG_DIVISION,
        Wrong("β and 1 − β swapped", "beta * s + (1 - beta) *", "(1 - beta) * s + beta *"),
        Wrong("a sum, not a mean", "(1 - beta) * (dL_dtheta * dL_dtheta)", "dL_dtheta * dL_dtheta"),
        _ANOTHER_BETA,
        _ANOTHER_EPSILON_TOO,
    ],
    wrong_unrolled=[
        Wrong("the mean not carried", "return theta_new, s_new", "return theta_new, s"),
        Wrong("β and 1 − β swapped", "beta * s + (1 - beta) *", "(1 - beta) * s + beta *"),
        Wrong("AdaGrad", "beta * s + (1 - beta) *", "s +"),
    ],
)


# ---- objects ---------------------------------------------------------------------------------------------------------

THEOREMS += [
    object_theorem(
        AdaGrad,
        _ADAGRAD,
        wrong=[
            Wrong("ε for η", "learning_rate, self.epsilon)", "self.epsilon, learning_rate)"),
            _ANOTHER_EPSILON,
            *NOTHING_KEPT,
        ],
    ),
    object_theorem(
        RMSProp,
        _RMSPROP,
        wrong=[
            Wrong("β and ε swapped", "self.beta, self.epsilon)", "self.epsilon, self.beta)"),
            _ANOTHER_BETA,
            _ANOTHER_EPSILON_TOO,
            *NOTHING_KEPT,
        ],
    ),
]
