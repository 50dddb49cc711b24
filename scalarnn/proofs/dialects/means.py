"""Adam and AMSGrad in their dialects; NAdam."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scalarnn.dialects.by_name import RULES
from scalarnn.learning.adam import adam_step
from scalarnn.proofs import symbols
from scalarnn.proofs.dialects.rules import NOT_SQUARED, UPHILL, largest, rule_theorem
from scalarnn.proofs.exact import Root
from scalarnn.proofs.methods import ETA
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_OF_MEANS = [
    Wrong("β₁ and 1 − β₁ swapped", "beta1 * m + (1 - beta1) *", "(1 - beta1) * m + beta1 *"),
    Wrong("β₂ and 1 − β₂ swapped", "beta2 * v + (1 - beta2) *", "(1 - beta2) * v + beta2 *"),
    Wrong("another β₁ where none is given", "= BETA1", "= BETA2"),
    Wrong("another β₂ where none is given", "= BETA2", "= 99 / 100"),
    NOT_SQUARED,
]


def _means(g: Any, m: Any, v: Any, beta1: Any, beta2: Any) -> tuple[Any, Any]:
    return beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2


def _adam_given(
    theta: Any, g: Any, m: Any, v: Any, *, beta1: Any, beta2: Any, epsilon: Any, missing1: Any, missing2: Any
) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, beta1, beta2)
    return theta - ETA * m_new / missing1 / (Root(v_new / missing2) + epsilon), m_new, v_new


def _adam_beside(
    theta: Any, g: Any, m: Any, v: Any, *, beta1: Any, beta2: Any, epsilon: Any, missing1: Any, missing2: Any
) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, beta1, beta2)
    return theta - ETA * Root(missing2) / missing1 * m_new / (Root(v_new) + epsilon), m_new, v_new


def _adam_bare(theta: Any, g: Any, m: Any, v: Any, *, beta1: Any, beta2: Any, epsilon: Any) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, beta1, beta2)
    return theta - ETA * m_new / (Root(v_new) + epsilon), m_new, v_new


_EPSILON_FORGOTTEN = Wrong("ε forgotten", "(r + epsilon)", "r")
THEOREMS.append(
    rule_theorem(
        "adam_given_correction",
        _adam_given,
        statement="Adam, with what is missing of its means given.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{m_{\text{new}} / c_1}{\sqrt{v_{\text{new}} / c_2} + "
        r"\varepsilon}",
        wrong=[
            *_OF_MEANS,
            UPHILL,
            _EPSILON_FORGOTTEN,
            Wrong("both by the first", "v_new / missing2", "v_new / missing1"),
        ],
    )
)
THEOREMS.append(
    rule_theorem(
        "adam_epsilon_beside",
        _adam_beside,
        statement="Adam with its correction in the rate: ε stands beside the uncorrected root.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{\sqrt{c_2}}{c_1}\,"
        r"\frac{m_{\text{new}}}{\sqrt{v_{\text{new}}} + \varepsilon}",
        wrong=[
            *_OF_MEANS,
            _EPSILON_FORGOTTEN,
            Wrong("uphill", "theta - eta_t", "theta + eta_t"),
            Wrong("no root of the correction", "= sqrt(missing2)", "= missing2"),
            Wrong("ε corrected too", "(r + epsilon)", "(r + epsilon * r_missing)"),
        ],
    )
)
THEOREMS.append(
    rule_theorem(
        "adam_uncorrected",
        _adam_bare,
        statement="Adam without a correction.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{m_{\text{new}}}{\sqrt{v_{\text{new}}} + \varepsilon}",
        wrong=[
            *_OF_MEANS,
            UPHILL,
            _EPSILON_FORGOTTEN,
            Wrong("the mean before", "learning_rate * m_new", "learning_rate * m"),
        ],
    )
)


def _amsgrad(
    theta: Any,
    g: Any,
    m: Any,
    v: Any,
    v_max: Any,
    *,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    missing1: Any,
    missing2: Any,
) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, beta1, beta2)
    most = largest(v_new, v_max)
    return theta - ETA * m_new / missing1 / (Root(most / missing2) + epsilon), m_new, v_new, most


def _amsgrad_beside(
    theta: Any,
    g: Any,
    m: Any,
    v: Any,
    v_max: Any,
    *,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    missing1: Any,
    missing2: Any,
) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, beta1, beta2)
    most = largest(v_new, v_max)
    return theta - ETA * Root(missing2) / missing1 * m_new / (Root(most) + epsilon), m_new, v_new, most


def _amsgrad_corrected(
    theta: Any,
    g: Any,
    m: Any,
    v: Any,
    v_max: Any,
    *,
    beta1: Any,
    beta2: Any,
    epsilon: Any,
    missing1: Any,
    missing2: Any,
) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, beta1, beta2)
    most = largest(v_new / missing2, v_max)
    return theta - ETA * m_new / missing1 / (Root(most) + epsilon), m_new, v_new, most


_OF_THE_LARGEST = [
    *_OF_MEANS,
    _EPSILON_FORGOTTEN,
    Wrong("the smallest", "> v_max", "< v_max"),
    Wrong("the largest not kept", "return theta_new, m_new, v_new, v_max_new", "return theta_new, m_new, v_new, v_max"),
]
THEOREMS.append(
    rule_theorem(
        "amsgrad",
        _amsgrad,
        statement="AMSGrad divides by the root of the largest mean of squares, corrected as today's.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{m_{\text{new}} / c_1}{\sqrt{\max(v_{\max}, v_{\text{new}}) /"
        r" c_2} + \varepsilon}",
        wrong=[*_OF_THE_LARGEST, Wrong("today's", "v_max_new / missing2", "v_new / missing2")],
    )
)
THEOREMS.append(
    rule_theorem(
        "amsgrad_epsilon_beside",
        _amsgrad_beside,
        statement="AMSGrad with ε beside the uncorrected root.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{\sqrt{c_2}}{c_1}\,\frac{m_{\text{new}}}"
        r"{\sqrt{\max(v_{\max}, v_{\text{new}})} + \varepsilon}",
        wrong=[*_OF_THE_LARGEST, Wrong("today's", "sqrt(v_max_new)", "sqrt(v_new)")],
    )
)
THEOREMS.append(
    rule_theorem(
        "amsgrad_of_corrected",
        _amsgrad_corrected,
        statement="AMSGrad that keeps the largest corrected mean.",
        latex=r"\theta_{\text{new}} = \theta - \eta\,\frac{m_{\text{new}} / c_1}{\sqrt{\max(v_{\max}, v_{\text{new}} / "
        r"c_2)} + \varepsilon}",
        wrong=[*_OF_THE_LARGEST, Wrong("today's", "sqrt(v_max_new)", "sqrt(v_hat)")],
    )
)


@theorem(
    id="dialect.adam-given-correction-is-adam",
    statement="Given 1 − β₁ᵗ and 1 − β₂ᵗ, it is Adam.",
    latex=r"c_1 = 1 - \beta_1^t,\quad c_2 = 1 - \beta_2^t",
    about=[RULES["adam_given_correction"], adam_step],
    refuted=[Wrong("no correction", "m_new / missing1", "m_new"), Wrong("no root", "sqrt(v_hat)", "v_hat")],
)
def adam_by_its_corrections(implementation: Any) -> Iterator[Claim]:
    theta, g, m, v = (symbols.number(name) for name in ("theta", "g", "m", "v"))
    beta = {"beta1": symbols.number("beta1"), "beta2": symbols.number("beta2")}
    for t in (1, 2):
        missing = {f"missing{k}": 1 - beta[f"beta{k}"] ** t for k in (1, 2)}
        left = shipped(implementation, theta, g, m, v, ETA, **beta, **missing)
        right = stated(lambda t=t: list(adam_step(theta, g, m, v, t, ETA, **beta)))
        for k, letter in enumerate(("θ", "m", "v")):
            yield claim(f"{letter} of step {t}", left[k], right[k])


THEOREMS.append(adam_by_its_corrections)


# ---- NAdam -----------------------------------------------------------------------------------------------------------


def _nadam(theta: Any, g: Any, m: Any, v: Any, **told: Any) -> tuple[Any, ...]:
    m_new, v_new = _means(g, m, v, told["beta1"], told["beta2"])
    m_hat = told["mu_ahead"] / told["missing_ahead"] * m_new + (1 - told["mu"]) / told["missing_now"] * g
    return theta - ETA * m_hat / (Root(v_new / told["missing2"]) + told["epsilon"]), m_new, v_new


THEOREMS.append(
    rule_theorem(
        "nadam",
        _nadam,
        statement="NAdam takes the mean as the next step will see it, and this gradient once more.",
        latex=r"\hat m = \frac{\mu_{t+1}\,m_{\text{new}}}{1 - \mu_1 \cdots \mu_{t+1}} + \frac{(1 - \mu_t)\,g}"
        r"{1 - \mu_1 \cdots \mu_t},\quad \theta_{\text{new}} = \theta - \eta\,"
        r"\frac{\hat m}{\sqrt{\hat v} + \varepsilon}",
        wrong=[
            *_OF_MEANS,
            UPHILL,
            _EPSILON_FORGOTTEN,
            Wrong("Adam's mean", "mu_ahead * m_new / missing_ahead +", "m_new / missing_now + 0 *"),
            Wrong("the two corrections swapped", "m_new / missing_ahead", "m_new / missing_now"),
            Wrong("today's μ for tomorrow's", "mu_ahead * m_new", "mu * m_new"),
        ],
    )
)
