"""What is proved of every dialect: the rule is a formula, on every branch, whatever the state."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scalarnn.dialects.by_name import RULES, letters_of, settings_of, told_to
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.methods import ETA
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["NOT_SQUARED", "UPHILL", "largest", "rule_theorem"]

Formula = Callable[..., tuple[Any, ...]]

UPHILL = Wrong("uphill", "theta - learning_rate", "theta + learning_rate")
NOT_SQUARED = Wrong("not squared", "dL_dtheta * dL_dtheta", "dL_dtheta")


def _told(name: str) -> list[Any]:
    """What a rule is told, as symbols; the number of the step is a number, the first and a later one."""
    return [1, 2] if name == "t" else [symbols.number(name)]


def rule_theorem(name: str, formula: Formula, *, statement: str, latex: str, wrong: list[Wrong]) -> Theorem:
    """A rule is its formula: for symbols, and with the settings that it has where none are given.

    Args:
        name: of RULES.
        formula: θ, its gradient, what is kept, by position; η, the settings and what is told, by name.
        statement: in words.
        latex: in symbols.
        wrong: the errors that the proof refutes.
    """
    step = RULES[name]
    usual, told = settings_of(step), told_to(step)
    state = [symbols.number(letter) for letter in ("theta", "g", *letters_of(step))]

    @theorem(id=f"dialect.{name}", statement=statement, latex=latex, about=[step], refuted=wrong)
    def recurrence(implementation: Any) -> Iterator[Claim]:
        symbolic = {setting: symbols.number(setting) for setting in usual}
        for given, meant in ((symbolic, symbolic), ({}, usual)):
            for which in range(max([len(_told(one)) for one in told], default=1)):
                said = {one: _told(one)[which % len(_told(one))] for one in told}

                def run(said: Any = said, given: Any = given, meant: Any = meant) -> Any:
                    theta, g, *kept = state
                    left = shipped(
                        implementation, theta, g, **_by_letter(step, kept), learning_rate=ETA, **said, **given
                    )
                    return left, stated(lambda: formula(*state, **said, **meant))

                for branch in every_branch(run):
                    left, right = branch.value
                    for k, letter in enumerate(("θ", *letters_of(step))):
                        yield claim(letter, left[k], right[k], on=branch)

    return recurrence


def _by_letter(step: Any, kept: list[Any]) -> dict[str, Any]:
    return dict(zip(letters_of(step), kept, strict=True))


def largest(first: Any, second: Any) -> Any:
    """The larger of two; inside the package, so that a proof takes each of its branches."""
    return first if first > second else second
