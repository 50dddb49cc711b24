"""Derivations: a list of steps, each proved equal to the one before and to what a shipped line computes.

A step holds four views of one thing: LaTeX for the page, an expression for SymPy, the rule that leads to it, and the
line of the package that computes it. Steps about the same quantity follow each other; the first of them is proved
equal to SymPy's own derivative (or is a definition, and then the shipped line alone has to agree).
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sympy
from sympy import Expr

from scalarnn.notebook.derivation import aligned, words
from scalarnn.proofs.branches import every_branch, open_branches
from scalarnn.proofs.exact import equal
from scalarnn.proofs.theorem import Result, VacuousError
from scalarnn.proofs.watch import Line, Values, captured

__all__ = ["Derivation", "Slope", "Step"]

Expression = Callable[..., Any]  # from the indices of the quantity to SymPy


@dataclass(frozen=True)
class Slope:
    """SymPy's derivative of a formula by a symbol, taken where the symbols in `where` have the values it says."""

    of: Any
    by: Expr
    where: Mapping[Expr, Expr] = field(default_factory=dict)

    def value(self) -> Expr:
        """The derivative."""
        return sympy.diff(sympy.sympify(self.of), self.by).subs(self.where)


@dataclass(frozen=True)
class Step:
    """One line of a derivation.

    Attributes:
        id: stable, for links.
        quantity: what the step is about, as LaTeX, such as ∂L/∂zᵢ; steps of the same quantity are one chain.
        latex: the right-hand side.
        rule: why it equals the step before, in a word or two.
        line: the function and variable of the package that computes it; None where no code does, on paper only.
        expression: the right-hand side for SymPy, as a function of the indices `line.at`.
        starts_from: for the first step of a quantity, the derivative that SymPy has to find equal; None for a
            definition. A function of the indices, too.
        uses_given: whether the step rests on what the derivation takes as given, such as Σy = 1.
    """

    id: str
    quantity: str
    latex: str
    rule: str
    line: Line | None
    expression: Expression
    starts_from: Callable[..., Slope] | None = None
    uses_given: bool = False


@dataclass(frozen=True)
class Derivation:
    """A chain of steps, provable like a theorem.

    Attributes:
        id: stable, for links.
        statement: what is derived, in words.
        latex: the result.
        source: where the derivation stands.
        steps: in order.
        run: runs the shipped functions on symbols.
        given: what is taken as given, for the steps that say so.
        given_latex: the same for the page.
        smooth: whether SymPy's derivatives hold on every branch, or only away from kinks.
    """

    id: str
    statement: str
    latex: str
    source: str
    steps: tuple[Step, ...]
    run: Callable[[], Any]
    given: Mapping[Expr, Expr] = field(default_factory=dict)
    given_latex: str = ""
    smooth: bool = True

    @property
    def about(self) -> tuple[Any, ...]:
        """The shipped functions whose lines the steps show, each once."""
        functions: list[Any] = []
        for step in self.steps:
            if step.line is not None and step.line.function not in functions:
                functions.append(step.line.function)
        return tuple(functions)

    @property
    def refuted(self) -> tuple[Error, ...]:
        """A wrong sign in each step."""
        return tuple(Error(f"a sign in step {step.id}", step.id) for step in self.steps)

    def __repr__(self) -> str:
        return f"<Derivation {self.id}: {self.statement}>"

    def _repr_latex_(self) -> str:
        rows, before = [words(self.statement)], ""
        for step in self.steps:
            left = step.quantity if step.quantity != before else rf"\phantom{{{step.quantity}}}"
            rows.append(rf"{left} = {step.latex} \qquad {words(step.rule)}")
            before = step.quantity
        return aligned(rows, f"scalarnn prove {self.id}")

    def prove(self) -> Result:
        """Every step equals the one before, and what its line computes."""
        start = time.process_time()
        claims, failure = 0, ""
        for what, left, right, given in self._equations():
            claims += 1
            if not equal(left, right, given):
                failure = f"{what}: {left} = {right} does not hold"
                break
        if claims == 0:
            raise VacuousError(f"{self.id}: nothing was claimed")
        return Result(self.id, not failure, claims, time.process_time() - start, failure)

    def refute(self, name: str) -> Result:
        """The same with one sign wrong; `holds` should come out False."""
        (error,) = [error for error in self.refuted if error.name == name]
        steps = tuple(_negated(step) if step.id == error.step else step for step in self.steps)
        return replace(self, steps=steps).prove()

    def _equations(self) -> Any:
        """(what is claimed, left, right, given) for every step, index and branch."""

        def on_this_branch() -> tuple[list[Values], list[Values], list[Values]]:
            captures = iter(captured(self.run, [step.line for step in self.steps if step.line is not None]))
            nothing: Values = {(): None}
            computed = [next(captures) if step.line is not None else nothing for step in self.steps]
            written, slopes = [], []
            for step, values in zip(self.steps, computed, strict=True):
                written.append({place: step.expression(*place) for place in values})
                begins = step.starts_from
                slopes.append({place: begins(*place) for place in values} if begins is not None else {})
            return computed, written, slopes

        branches = every_branch if self.smooth else open_branches
        for branch in branches(on_this_branch):
            before: dict[str, Values] = {}
            where = str(branch)
            for step, line_gives, step_says, slopes in zip(self.steps, *branch.value, strict=True):
                given = self.given if step.uses_given else {}
                if step.line is None and step.quantity not in before and not slopes:
                    raise VacuousError(f"step {step.id} has no line, no step before it and no slope to equal")
                for place, says in step_says.items():
                    what = f"step {step.id}{list(place)} where {where}"
                    if step.line is not None:
                        yield f"{what}, and {step.line}", says, line_gives[place], given
                    if step.quantity in before:
                        yield f"{what}, and the step before", says, before[step.quantity][place], given
                    elif place in slopes:
                        yield f"{what}, and SymPy", says, slopes[place].value(), given
                before[step.quantity] = step_says


@dataclass(frozen=True)
class Error:
    """A deliberate error in one step."""

    name: str
    step: str


def _negated(step: Step) -> Step:
    def with_the_wrong_sign(*place: int) -> Any:
        return -step.expression(*place)

    return replace(step, expression=with_the_wrong_sign)
