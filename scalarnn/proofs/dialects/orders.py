"""The orders of operations of others: each is the same formula as a rule that has been proved."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from scalarnn.dialects.by_name import RULES, letters_of, settings_of, told_to
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
        def run() -> Any:
            left = shipped(implementation, learning_rate=ETA, **state)
            return left, stated(lambda: list(RULES[other](learning_rate=ETA, **state)))

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
