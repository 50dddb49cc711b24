"""AdaGrad, RMSProp and AdaDelta in their dialects."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from typing import Any

from scalarnn.proofs.dialects.rules import NOT_SQUARED, UPHILL, rule_theorem
from scalarnn.proofs.exact import Root
from scalarnn.proofs.methods import ETA
from scalarnn.proofs.theorem import Theorem, Wrong

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_KEPT_AND_NEW_SWAPPED = Wrong("β and 1 − β swapped", "beta * s + (1 - beta) *", "(1 - beta) * s + beta *")


def _adagrad_inside(theta: Any, g: Any, s: Any, epsilon: Any) -> tuple[Any, ...]:
    return theta - ETA * g / Root(s + g**2 + epsilon), s + g**2


_EPSILON_OUTSIDE = Wrong("ε outside", "sqrt(s_new + epsilon)", "sqrt(s_new) + epsilon")
THEOREMS.append(
    rule_theorem(
        "adagrad_epsilon_inside",
        _adagrad_inside,
        statement="AdaGrad with ε under the root.",
        latex=r"s_{\text{new}} = s + g^2,\quad \theta_{\text{new}} = \theta - \eta\,\frac{g}{\sqrt{s_{\text{new}} + "
        r"\varepsilon}}",
        wrong=[
            UPHILL,
            NOT_SQUARED,
            _EPSILON_OUTSIDE,
            Wrong("another ε where none is given", "= EPSILON_INSIDE", "= EPSILON"),
        ],
    )
)


def _rmsprop_inside(theta: Any, g: Any, s: Any, beta: Any, epsilon: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    return theta - ETA * g / Root(s_new + epsilon), s_new


THEOREMS.append(
    rule_theorem(
        "rmsprop_epsilon_inside",
        _rmsprop_inside,
        statement="RMSProp with ε under the root.",
        latex=r"s_{\text{new}} = \beta s + (1 - \beta)\,g^2,\quad \theta_{\text{new}} = \theta - \eta\,"
        r"\frac{g}{\sqrt{s_{\text{new}} + \varepsilon}}",
        wrong=[UPHILL, NOT_SQUARED, _KEPT_AND_NEW_SWAPPED, _EPSILON_OUTSIDE],
    )
)


def _centered(theta: Any, g: Any, s: Any, m: Any, *, beta: Any, epsilon: Any, inside: Any = 0) -> tuple[Any, ...]:
    s_new, m_new = beta * s + (1 - beta) * g**2, beta * m + (1 - beta) * g
    return theta - ETA * g / (Root(s_new - m_new**2 + inside) + epsilon), s_new, m_new


def _centered_inside(theta: Any, g: Any, s: Any, m: Any, beta: Any, epsilon: Any) -> tuple[Any, ...]:
    return _centered(theta, g, s, m, beta=beta, epsilon=0, inside=epsilon)


def _centered_taken(theta: Any, g: Any, s: Any, m: Any, beta: Any, epsilon: Any) -> tuple[Any, ...]:
    return _centered(theta, g, s, m, beta=beta, epsilon=0, inside=-epsilon)


_OF_CENTERED = [
    UPHILL,
    NOT_SQUARED,
    _KEPT_AND_NEW_SWAPPED,
    Wrong("the mean not squared", "m_new * m_new", "m_new"),
    Wrong("the mean before", "m_new * m_new", "m * m"),
    Wrong("nothing taken away", "s_new - m_new * m_new", "s_new"),
]
THEOREMS.append(
    rule_theorem(
        "rmsprop_centered",
        _centered,
        statement="Centered RMSProp divides by the spread of the gradients.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{g}{\sqrt{s_{\text{new}} - m_{\text{new}}^2} + \varepsilon}",
        wrong=[*_OF_CENTERED, Wrong("ε forgotten", "(r + epsilon)", "r")],
    )
)
THEOREMS.append(
    rule_theorem(
        "rmsprop_centered_epsilon_inside",
        _centered_inside,
        statement="Centered RMSProp with ε under the root.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{g}{\sqrt{s_{\text{new}} - m_{\text{new}}^2 + \varepsilon}}",
        wrong=[*_OF_CENTERED, Wrong("ε forgotten", " + epsilon)", ")")],
    )
)
THEOREMS.append(
    rule_theorem(
        "rmsprop_centered_epsilon_taken",
        _centered_taken,
        statement="Centered RMSProp with ε taken away under the root.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{g}{\sqrt{s_{\text{new}} - (m_{\text{new}}^2 + "
        r"\varepsilon)}}",
        wrong=[UPHILL, NOT_SQUARED, Wrong("ε added", "(m_new * m_new + epsilon)", "m_new * m_new + epsilon")],
    )
)


def _with_velocity(theta: Any, g: Any, s: Any, v: Any, *, beta: Any, momentum: Any, epsilon: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    v_new = momentum * v + g / (Root(s_new) + epsilon)
    return theta - ETA * v_new, s_new, v_new


def _with_a_way(theta: Any, g: Any, s: Any, v: Any, *, beta: Any, momentum: Any, epsilon: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    v_new = momentum * v + ETA * g / Root(s_new + epsilon)
    return theta - v_new, s_new, v_new


_OF_VELOCITY = [
    NOT_SQUARED,
    _KEPT_AND_NEW_SWAPPED,
    Wrong("one β for both", "momentum * v", "beta * v"),
    Wrong("another μ where none is given", "= MOMENTUM", "= 1 / 2"),
]
THEOREMS.append(
    rule_theorem(
        "rmsprop_momentum",
        _with_velocity,
        statement="RMSProp with momentum, η outside the velocity.",
        latex=r"v_{\text{new}} = \mu v + \frac{g}{\sqrt{s_{\text{new}}} + \varepsilon},\quad \theta_{\text{new}} = "
        r"\theta - \eta\,v_{\text{new}}",
        wrong=[*_OF_VELOCITY, UPHILL, Wrong("the rate inside", "+ dL_dtheta /", "+ learning_rate * dL_dtheta /")],
    )
)
THEOREMS.append(
    rule_theorem(
        "rmsprop_momentum_rate_inside",
        _with_a_way,
        statement="RMSProp with momentum, η inside the velocity and ε under the root.",
        latex=r"v_{\text{new}} = \mu v + \eta\,\frac{g}{\sqrt{s_{\text{new}} + \varepsilon}},"
        r"\quad \theta_{\text{new}} = \theta - v_{\text{new}}",
        wrong=[*_OF_VELOCITY, Wrong("uphill", "theta - v_new", "theta + v_new"), _EPSILON_OUTSIDE],
    )
)


def _rmsprop_corrected(theta: Any, g: Any, s: Any, beta: Any, epsilon: Any, missing: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    return theta - ETA * g / Root(s_new / missing + epsilon), s_new


THEOREMS.append(
    rule_theorem(
        "rmsprop_corrected",
        _rmsprop_corrected,
        statement="RMSProp corrected for the zero it began with.",
        latex=r"\hat s = \frac{s_{\text{new}}}{1 - \beta^t},\quad \theta_{\text{new}} = \theta - \eta\,"
        r"\frac{g}{\sqrt{\hat s + \varepsilon}}",
        wrong=[
            UPHILL,
            NOT_SQUARED,
            Wrong("the corrected carried", "return theta_new, s_new", "return theta_new, s_hat"),
        ],
    )
)


def _adadelta(theta: Any, g: Any, s: Any, d: Any, beta: Any, epsilon: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    way = Root(d + epsilon) / Root(s_new + epsilon) * g
    return theta - ETA * way, s_new, beta * d + (1 - beta) * way**2


THEOREMS.append(
    rule_theorem(
        "adadelta",
        _adadelta,
        statement="AdaDelta's step is as long as steps were, times the gradient over its size.",
        latex=r"w = \frac{\sqrt{d + \varepsilon}}{\sqrt{s_{\text{new}} + \varepsilon}}\,g,\quad d_{\text{new}} = "
        r"\beta d + (1 - \beta)\,w^2,\quad \theta_{\text{new}} = \theta - \eta\,w",
        wrong=[
            UPHILL,
            NOT_SQUARED,
            Wrong("the rate in the mean of ways", "(way * way)", "(learning_rate * way * way)"),
            Wrong("ε under one root only", "sqrt(d + epsilon)", "sqrt(d)"),
            Wrong("the ways not kept", "return theta_new, s_new, d_new", "return theta_new, s_new, d"),
        ],
    )
)
