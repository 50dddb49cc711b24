"""Theorems: a statement in words, the shipped function it is about, a procedure, and the errors it must refute.

The procedure takes the function under test as its argument and yields claims, each with two sides:

    left     what the function under test gives on symbols
    right    SymPy's derivative of another shipped function's value, or what the statement says, spelled out

`prove` runs the procedure on the shipped function: every claim has to hold. `refute` runs the same procedure on a copy
of that function with one deliberate error: some claim has to fail. Two rules keep a proof from being empty: the left
side must have run the function under test, and the right side must not.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import sympy
from sympy import Expr

from scalarnn.notebook.derivation import aligned, words
from scalarnn.proofs import formulas
from scalarnn.proofs.branches import Branch
from scalarnn.proofs.exact import equal
from scalarnn.proofs.watch import bare, codes_of, functions_run
from scalarnn.variants import VacuousError, Wrong, variant

__all__ = [
    "Claim",
    "Result",
    "Side",
    "Theorem",
    "VacuousError",
    "Wrong",
    "claim",
    "claim_not_above",
    "derivative",
    "shipped",
    "stated",
    "theorem",
    "variant",
]


# ---- the two sides of a claim ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """A value (a number, or nested lists of numbers), and which functions ran to get it."""

    value: Any
    ran: frozenset[CodeType]

    def __getitem__(self, index: int | str) -> Side:
        """One of several results; by name, an attribute of an object."""
        value = getattr(self.value, index) if isinstance(index, str) else self.value[index]
        return Side(value, self.ran)


def shipped(function: Callable[..., Any], *arguments: Any, **named: Any) -> Side:
    """What a shipped function returns for symbols."""
    with functions_run() as ran:
        value = function(*arguments, **named)
    return Side(value, frozenset(ran))


def stated(build: Callable[[], Any]) -> Side:
    """What the statement says, spelled out in SymPy; it may call shipped functions other than the one under test."""
    return shipped(build)


def derivative(of: Side, by: Any) -> Side:
    """SymPy's derivative of a number by a symbol, in the shape of the symbols; of a list, one such shape an entry."""
    return Side(_differentiate(of.value, by), of.ran)


def _differentiate(value: Any, by: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_differentiate(entry, by) for entry in value]
    if isinstance(by, (list, tuple)):
        return [_differentiate(value, symbol) for symbol in by]
    return sympy.diff(sympy.sympify(value), by)


@dataclass(frozen=True)
class Claim:
    """left = right (or left ≤ right) for every entry, on one branch, given some equations between symbols."""

    what: str
    left: Side
    right: Side
    on: Branch[Any] | None = None
    given: Mapping[Expr, Expr] = field(default_factory=dict)
    relation: str = "="

    def failures(self) -> list[str]:
        """The entries that are not as claimed, in words."""
        left, right = _entries(self.left.value), _entries(self.right.value)
        if list(left) != list(right):
            return [f"{self.what}{self._where()}: the entries are {list(left)} on the left, {list(right)} on the right"]
        wrong = [place for place in left if not self._holds(left[place], right[place])]
        return [
            f"{self.what}{place}{self._where()}: {left[place]} {self.relation} {right[place]} does not hold"
            for place in wrong
        ]

    def _where(self) -> str:
        return f" where {self.on}" if self.on is not None else ""

    def _holds(self, left: Any, right: Any) -> bool:
        if self.relation == "=":
            return equal(left, right, self.given)
        if self.relation == "= for every n":
            return formulas.same(sympy.sympify(left), sympy.sympify(right), dict(self.given))
        if self.on is None:
            raise VacuousError(f"{self.what}: an inequality needs a branch to follow from")
        return self.on.implies(sympy.sympify(right) - left)


def claim(
    what: str,
    left: Side,
    right: Side,
    on: Branch[Any] | None = None,
    given: Mapping[Expr, Expr] | None = None,
) -> Claim:
    """left = right, entry by entry."""
    return Claim(what, left, right, on, given or {})


def claim_not_above(what: str, left: Side, right: Side, on: Branch[Any]) -> Claim:
    """left ≤ right, entry by entry, as follows from the comparisons of the branch."""
    return Claim(what, left, right, on, relation="≤")


def _entries(value: Any, place: str = "") -> dict[str, Any]:
    if not isinstance(value, (list, tuple)):
        return {place: value}
    entries: dict[str, Any] = {}
    for i in range(len(value)):
        entries.update(_entries(value[i], f"{place}[{i}]"))
    return entries


# ---- theorems --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """How a proof or a refutation went; `seconds` is what a processor spent on it."""

    theorem: str
    holds: bool
    claims: int
    seconds: float
    failure: str = ""


Procedure = Callable[[Any], Iterable[Claim]]


@dataclass(frozen=True)
class Theorem:
    """A statement about shipped functions that SymPy can prove, and refute of wrong ones.

    Attributes:
        id: stable, for links.
        statement: one line of words.
        latex: the same in symbols.
        about: the functions it is about; the first is the one under test.
        procedure: from the function under test to claims.
        refuted: deliberate errors; each must make a claim fail.
    """

    id: str
    statement: str
    latex: str
    about: tuple[Any, ...]
    procedure: Procedure
    refuted: tuple[Wrong, ...]

    @property
    def subject(self) -> Any:
        """The function under test."""
        return self.about[0]

    def __repr__(self) -> str:
        return f"<Theorem {self.id}: {self.statement}>"

    def _repr_latex_(self) -> str:
        return aligned([words(self.statement), self.latex], f"scalarnn prove {self.id}")

    def prove(self) -> Result:
        """Run the procedure on the shipped function; every claim has to hold."""
        return self._examine(self.subject)

    def refute(self, name: str) -> Result:
        """Run the procedure on the function with that error; `holds` should come out False."""
        (wrong,) = [wrong for wrong in self.refuted if wrong.name == name]
        return self._examine(wrong.of(self.subject))

    def _examine(self, implementation: Any) -> Result:
        start = time.process_time()
        under_test = codes_of(implementation)
        forbidden = under_test | codes_of(self.subject)
        claims = 0
        for one in self.procedure(implementation):
            if not one.left.ran & under_test:
                raise VacuousError(f"{self.id}, {one.what}: the left side did not run the function under test")
            if one.right.ran & forbidden:
                raise VacuousError(f"{self.id}, {one.what}: the right side ran the function under test")
            failures = one.failures()
            claims += len(_entries(one.left.value))
            if failures:
                return Result(self.id, False, claims, time.process_time() - start, failures[0])
        if claims == 0:
            raise VacuousError(f"{self.id}: nothing was claimed")
        return Result(self.id, True, claims, time.process_time() - start)


def theorem(
    *, id: str, statement: str, latex: str, about: Sequence[Any], refuted: Sequence[Wrong]
) -> Callable[[Procedure], Theorem]:
    """Turn a procedure into a theorem."""
    if not refuted:
        raise VacuousError(f"{id}: no error is refuted")

    def with_procedure(procedure: Procedure) -> Theorem:
        return Theorem(id, statement, latex, tuple(map(bare, about)), procedure, tuple(refuted))

    return with_procedure
