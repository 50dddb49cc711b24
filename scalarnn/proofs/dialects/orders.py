"""The orders of operations of others: each is the same formula as a rule that has been proved."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

import scalarnn.dialects.weight_decay as weight_decay
from scalarnn.dialects.by_name import RULES, letters_of, settings_of, told_to
from scalarnn.dialects.weight_decay import coupled_decay, decoupled_decay
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.exact import Root
from scalarnn.proofs.methods import ETA, with_roots_alike
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []


def _same_formula(name: str, other: str, *wrong: Wrong) -> None:
    """A rule is another one, on any state and every branch."""
    step = RULES[name]
    state = {
        letter: symbols.number(letter)
        for letter in ("theta", "dL_dtheta", *letters_of(step), *settings_of(step), *told_to(step))
    }

    @theorem(
        id=f"dialect.{name}-is-{other}",
        statement=f"{name} is {other} in another order.",
        latex=r"\text{the same formula, another order of operations}",
        about=[step, RULES[other]],
        refuted=wrong,
    )
    def same(implementation: Any) -> Iterator[Claim]:
        def as_list(rule: Any) -> list[Any]:
            found = rule(learning_rate=ETA, **state)
            return list(found) if letters_of(step) else [found]

        def run() -> Any:
            return shipped(lambda: as_list(implementation)), stated(lambda: as_list(RULES[other]))

        for branch in every_branch(run):
            left, right = branch.value
            for k, letter in enumerate(("θ", *letters_of(step))):
                yield claim(letter, with_roots_alike(left[k]), with_roots_alike(right[k]), on=branch)

    THEOREMS.append(same)


_TOO_FAR = Wrong("all of the distance", "(dL_dtheta - m) * (1 - beta1)", "(dL_dtheta - m)")
_AWAY = Wrong("away from the gradient", "(dL_dtheta - m)", "(m - dL_dtheta)")
_SCALED = Wrong("ε not scaled", "epsilon * r_missing", "epsilon")
_UPHILL = Wrong("uphill", "theta_new = theta -", "theta_new = theta +")

_same_formula("adam_moved_means", "adam_epsilon_beside", _TOO_FAR, _AWAY, _UPHILL)
_same_formula(
    "amsgrad_moved_means", "amsgrad_epsilon_beside", _TOO_FAR, _AWAY, Wrong("the smallest", "> v_max", "< v_max")
)
_same_formula("nadam_moved_means", "nadam", _TOO_FAR, _AWAY, _UPHILL)
_same_formula("adagrad_rate_last", "adagrad_epsilon_inside", _UPHILL, Wrong("no rate", " * learning_rate", ""))
_same_formula("adam_rate_last", "adam_given_correction", _UPHILL, Wrong("no rate", " * learning_rate", ""))
_same_formula("adamax_rate_last", "adamax_epsilon_below", _UPHILL, Wrong("no correction", " / missing1", ""))


_same_formula(
    "amsgrad_of_corrected_rate_last", "amsgrad_of_corrected", _UPHILL, Wrong("the smallest", "> v_max", "< v_max")
)
_same_formula("nadam_rate_last", "nadam", _UPHILL, Wrong("no rate", " * learning_rate", ""))
_same_formula("adamax_mean_fused", "adamax_epsilon_with_past", _UPHILL, Wrong("no correction", " / missing1", ""))

_same_formula("rmsprop_reciprocal", "rmsprop", _UPHILL, Wrong("no rate", " * learning_rate", ""))
_same_formula("rmsprop_share_first", "rmsprop_epsilon_inside", _UPHILL, Wrong("no share", "(1 - beta) * dL", "dL"))
_same_formula(
    "rmsprop_momentum_share_first", "rmsprop_momentum_rate_inside", _UPHILL, Wrong("no share", "(1 - beta) * dL", "dL")
)

_same_formula("nadam_share_first", "nadam", _UPHILL, Wrong("no share", "(1 - beta2) * dL", "dL"))
_same_formula(
    "adam_scaled_epsilon_fused",
    "adam_scaled_epsilon",
    Wrong("uphill", "-eta_t", "eta_t"),
    Wrong("ε not scaled", "epsilon * r_missing", "epsilon"),
)

_OTHER_FACTOR = Wrong("the rate forgotten", "-learning_rate, theta)", "-1, theta)")

_same_formula("descent_fused", "gradient_descent", _OTHER_FACTOR)
for _name, _other in (("momentum_fused", "momentum"), ("momentum_all_fused", "momentum")):
    _same_formula(_name, _other, _OTHER_FACTOR, Wrong("the old velocity", "fused(v_new, -", "fused(v, -"))
for _name in ("nesterov_fused", "nesterov_all_fused"):
    _same_formula(_name, "nesterov", _OTHER_FACTOR, Wrong("not ahead", "fused(ahead, -", "fused(v_new, -"))
_same_formula("momentum_gradient_fused", "momentum_rate_inside", Wrong("uphill", "-learning_rate,", "learning_rate,"))
_same_formula("momentum_velocity_fused", "momentum_rate_inside", Wrong("uphill", "beta, -way)", "beta, way)"))
_same_formula(
    "nesterov_gradient_fused", "nesterov_rate_inside", Wrong("the old velocity", "fused(v_new, beta", "fused(v, beta")
)
_same_formula("nesterov_velocity_fused", "nesterov_rate_inside", Wrong("not ahead", "theta + ahead", "theta + v_new"))
_same_formula("later_damped_momentum_fused", "later_damped_momentum", Wrong("not damped", "1 - dampening", "1"))
_same_formula("adam_mean_fused", "adam_given_correction", Wrong("the old mean", "theta - m_new", "theta - m"))


def _decay_inside(name: str, other: str, *wrong: Wrong) -> None:
    """A rule with the decay inside is another one after a decoupled decay, on any state and every branch."""
    step = RULES[name]
    names = ("theta", "dL_dtheta", *letters_of(step), *settings_of(step), *told_to(step))
    state = {letter: symbols.number(letter) for letter in names}

    @theorem(
        id=f"dialect.{name}-is-{other}",
        statement=f"{name} is {other} after a weight decay beside the step.",
        latex=r"\theta - \eta\,(u + \lambda\theta) = (\theta - \eta\lambda\theta) - \eta\,u",
        about=[step, RULES[other]],
        refuted=list(wrong),
    )
    def same(implementation: Any) -> Iterator[Claim]:
        def decayed_first() -> list[Any]:
            given = dict(state)
            given["theta"] = decoupled_decay(given["theta"], ETA, given.pop("decay_inside"))
            return list(RULES[other](learning_rate=ETA, **given))

        def run() -> Any:
            return shipped(implementation, learning_rate=ETA, **state), stated(decayed_first)

        for branch in every_branch(run):
            left, right = branch.value
            for k, letter in enumerate(("θ", *letters_of(step))):
                yield claim(letter, with_roots_alike(left[k]), with_roots_alike(right[k]), on=branch)

    THEOREMS.append(same)


_NO_DECAY = Wrong("no decay", " + decay_inside * theta", "")
_decay_inside("adam_decay_inside", "adam_given_correction", _NO_DECAY, Wrong("uphill", "theta - way", "theta + way"))
_decay_inside("lion_decay_inside", "lion", Wrong("uphill", "theta - way", "theta + way"))


def _decay(name: str, other: Any, latex: str, *wrong: Wrong) -> None:
    """A weight decay in another order is the same formula."""
    function = getattr(weight_decay, name)

    @theorem(
        id=f"dialect.{name}",
        statement=f"{name} is {other.__name__} in another order.",
        latex=latex,
        about=[function],
        refuted=list(wrong),
    )
    def same(implementation: Any) -> Iterator[Claim]:
        given = [symbols.number(letter) for letter in ("first", "second", "lambda_")]
        yield claim(name, shipped(implementation, *given), stated(lambda: other(*given)))

    THEOREMS.append(same)


_decay(
    "scaled_decay",
    decoupled_decay,
    r"\theta\,(1 - \eta\lambda) = \theta - \eta\lambda\theta",
    Wrong("no rate", "learning_rate * decay", "decay"),
)
_decay(
    "coupled_decay_fused",
    coupled_decay,
    r"\lambda\theta + g = g + \lambda\theta",
    Wrong("no λ", "fused(theta, decay,", "fused(theta, 1,"),
)


@theorem(
    id="dialect.adam_scaled_epsilon",
    statement="With a mean of squares that is one of what is missing of it, Paddle's order is Adam.",
    latex=r"v_{\text{new}} = c_2\,h^2,\quad \sqrt{c_2}\,\frac{m}{\sqrt{v} + \varepsilon\sqrt{c_2}} = "
    r"\frac{m}{\sqrt{v / c_2} + \varepsilon}",
    about=[RULES["adam_scaled_epsilon"]],
    refuted=[_SCALED, Wrong("no correction", " / missing1", ""), _UPHILL],
)
def paddles_order(implementation: Any) -> Iterator[Claim]:
    """Roots multiply: √(c² h²) = c h for positive numbers, so both sides are put in as such squares."""
    theta, m = symbols.number("theta"), symbols.number("m")
    c, h = sympy.Symbol("c", positive=True), sympy.Symbol("h", positive=True)
    missing1, epsilon, beta1 = (symbols.number(name) for name in ("missing1", "epsilon", "beta1"))

    def positive_roots(value: Any) -> Any:
        return [sympy.sympify(one).replace(Root, lambda u: sympy.sqrt(sympy.factor(u))) for one in value]

    given = {"beta1": beta1, "beta2": 0, "epsilon": epsilon, "missing1": missing1, "missing2": c * c}
    left = shipped(lambda: positive_roots(implementation(theta, c * h, m, 0, ETA, **given)))
    m_new = beta1 * m + (1 - beta1) * c * h
    yield claim("θ", left[0], stated(lambda: theta - ETA * (m_new / missing1) / (h + epsilon)))


THEOREMS.append(paddles_order)
