"""Branches: run code that says `if z > 0` on a symbol, once for each answer that real numbers allow.

While shipped code runs, the truth of a comparison between symbols is decided by an oracle. The answer becomes a fact
(z > 0, or z ≤ 0); a later comparison whose answer follows from the facts gets that answer, every other one is
answered both ways, in two runs. So the branches together cover all real inputs, and no run contradicts itself.

What follows is decided by Fourier–Motzkin elimination, taking each product of symbols for an unknown of its own. A
contradiction found that way is one; a contradiction it misses only adds a run over inputs that do not exist, on which
the claim is then proved as well.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

import sympy
from sympy import Expr
from sympy.core.relational import GreaterThan, LessThan, Relational, StrictGreaterThan, StrictLessThan

from scalarnn.proofs.exact import Exp, Root

__all__ = ["Branch", "Fact", "UndecidedError", "every_branch", "open_branches"]

T = TypeVar("T")
MOST_BRANCHES = 4096


class UndecidedError(Exception):
    """A comparison was asked where no branch may be: inside a check or a door, or between kinds that are not known."""


@dataclass(frozen=True)
class Fact:
    """quantity > 0, or quantity ≥ 0."""

    quantity: Expr
    strict: bool

    def negation(self) -> Fact:
        """The fact that holds where this one does not."""
        return Fact(sympy.expand(-self.quantity), not self.strict)

    def __str__(self) -> str:
        return f"{self.quantity} {'>' if self.strict else '≥'} 0"


@dataclass(frozen=True)
class Branch(Generic[T]):
    """One way through the code: the facts under which it is taken, and what came out."""

    facts: tuple[Fact, ...]
    value: T

    def implies(self, quantity: Expr) -> bool:
        """Whether quantity ≥ 0 follows from the facts."""
        return not _consistent((*self.facts, Fact(sympy.expand(quantity), strict=False).negation()))

    @property
    def is_open(self) -> bool:
        """Whether the branch holds around a point, not only at a kink: there a derivative makes sense."""
        return _consistent(tuple(Fact(fact.quantity, strict=True) for fact in self.facts))

    def __str__(self) -> str:
        return ", ".join(str(fact) for fact in self.facts) or "everywhere"


def every_branch(run: Callable[[], T]) -> Iterator[Branch[T]]:
    """What `run()` returns on every branch that real inputs can take."""
    answers: list[bool] = []
    for _ in range(MOST_BRANCHES):
        oracle = _Oracle(answers)
        with oracle:
            value = run()
        yield Branch(tuple(oracle.facts), value)
        answers = oracle.answers
        while answers and not answers[-1]:
            answers.pop()
        if not answers:
            return
        answers[-1] = False
    raise UndecidedError(f"more than {MOST_BRANCHES} branches")


def open_branches(run: Callable[[], T]) -> Iterator[Branch[T]]:
    """The branches on which derivatives make sense; the kinks between them are left out."""
    for branch in every_branch(run):
        if branch.is_open:
            yield branch


class _Oracle:
    """Answers comparisons while it is active: yes first, no in a later run."""

    def __init__(self, answers: list[bool]) -> None:
        self.script = list(answers)  # what this run has to answer first
        self.answers: list[bool] = []  # the free answers it gave
        self.facts: list[Fact] = []

    def __enter__(self) -> _Oracle:
        self._original = Relational.__bool__
        oracle = self

        def truth(relation: Relational) -> bool:
            module = sys._getframe(1).f_globals.get("__name__", "")
            if not module.startswith("scalarnn."):
                return oracle._original(relation)
            if module == "scalarnn.check" or module.startswith("scalarnn.doors"):
                raise UndecidedError(f"a check compared symbols: {relation}")
            return oracle.answer(relation)

        Relational.__bool__ = truth
        return self

    def __exit__(self, *_: Any) -> None:
        Relational.__bool__ = self._original

    def answer(self, relation: Relational) -> bool:
        fact = _fact_of(relation)
        if not _consistent((*self.facts, fact.negation())):
            return True
        if not _consistent((*self.facts, fact)):
            return False
        position = len(self.answers)
        answer = self.script[position] if position < len(self.script) else True
        self.answers.append(answer)
        self.facts.append(fact if answer else fact.negation())
        return answer


def _fact_of(relation: Relational) -> Fact:
    if isinstance(relation, (StrictGreaterThan, GreaterThan)):
        quantity = relation.lhs - relation.rhs
    elif isinstance(relation, (StrictLessThan, LessThan)):
        quantity = relation.rhs - relation.lhs
    else:
        raise UndecidedError(f"neither < nor >: {relation}")
    floats = quantity.atoms(sympy.Float)
    quantity = quantity.xreplace({x: sympy.Rational(float(x)) for x in floats})
    return Fact(sympy.expand(quantity), strict=isinstance(relation, (StrictGreaterThan, StrictLessThan)))


@lru_cache(maxsize=4 * MOST_BRANCHES)  # a run asks first what the runs before it asked
def _consistent(facts: tuple[Fact, ...]) -> bool:
    """Whether no combination of the facts says 0 > 0; products of symbols count as unknowns."""
    known = list(facts)
    for fact in facts:
        for term in fact.quantity.as_coefficients_dict():
            if isinstance(term, (Exp, Root)):
                known.append(Fact(term, strict=isinstance(term, Exp)))
    rows = [(dict(fact.quantity.as_coefficients_dict()), fact.strict) for fact in known]
    while True:
        unknowns = {term for row, _ in rows for term, c in row.items() if term != 1 and c != 0}
        if not unknowns:
            constants = [(row.get(sympy.S.One, 0), strict) for row, strict in rows]
            return all(constant > 0 or (constant == 0 and not strict) for constant, strict in constants)
        rows = _eliminate(min(unknowns, key=sympy.default_sort_key), rows)


def _eliminate(unknown: Expr, rows: list[tuple[dict[Expr, Any], bool]]) -> list[tuple[dict[Expr, Any], bool]]:
    """Every sum of a row where the unknown is positive and one where it is negative, scaled so that it cancels."""
    kept = [row for row in rows if row[0].get(unknown, 0) == 0]
    above = [row for row in rows if row[0].get(unknown, 0) > 0]
    below = [row for row in rows if row[0].get(unknown, 0) < 0]
    for up, up_strict in above:
        for down, down_strict in below:
            scale_up, scale_down = -down[unknown], up[unknown]
            combined = {}
            for term in {**up, **down}:
                combined[term] = scale_up * up.get(term, 0) + scale_down * down.get(term, 0)
            kept.append((combined, up_strict or down_strict))
    return kept
