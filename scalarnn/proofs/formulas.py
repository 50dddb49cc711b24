"""Formulas for an arbitrary number n of classes (or predictions), with Σ and indices as the sources print them.

z[k], y[k] and y_hat[k] stand for vectors of n real numbers. Loops cannot run a symbolic n: the theorems in `any_n`
prove these formulas of each other for every n, and prove that the shipped loops are these formulas at n = 2, 3, 5.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, IndexedBase, KroneckerDelta, Sum, Symbol

from scalarnn.proofs.exact import Exp, Log, equal

__all__ = ["N", "at", "fresh", "index", "partial", "same", "settled", "total", "vector"]

N = Symbol("n", integer=True, positive=True)


def index(name: str) -> Symbol:
    """A free index from 0 to n − 1."""
    return Symbol(name, integer=True, nonnegative=True)


def fresh() -> Symbol:
    """An index that no other formula has, to sum over."""
    return sympy.Dummy("j", integer=True, nonnegative=True)


def vector(name: str) -> IndexedBase:
    """A vector of n real numbers."""
    return IndexedBase(name, real=True)


def total(term: Expr, j: Symbol) -> Expr:
    """Σⱼ term, j from 0 to n − 1."""
    return Sum(term, (j, 0, N - 1))


# ---- the formulas ----------------------------------------------------------------------------------------------------


def softmax(z: Any, k: Any) -> Expr:
    """ŷₖ = e^zₖ / Σⱼ e^zⱼ."""
    j = fresh()
    return Exp(z[k]) / total(Exp(z[j]), j)


def jacobian(y_hat_k: Any, y_hat_i: Any, k: Any, i: Any) -> Expr:
    """∂ŷₖ/∂zᵢ = ŷₖ (δₖᵢ − ŷᵢ)."""
    return y_hat_k * (KroneckerDelta(k, i) - y_hat_i)


def cross_entropy(z: Any, y: Any) -> Expr:
    """L = −Σₖ yₖ (zₖ − log Σⱼ e^zⱼ), which is −Σₖ yₖ log ŷₖ."""
    j, k = fresh(), fresh()
    return -total(y[k] * (z[k] - Log(total(Exp(z[j]), j))), k)


def cross_entropy_gradient(z: Any, y: Any, i: Any) -> Expr:
    """∂L/∂zᵢ = (Σₖ yₖ) ŷᵢ − yᵢ."""
    k = fresh()
    return total(y[k], k) * softmax(z, i) - y[i]


def prediction_minus_label(z: Any, y: Any, i: Any) -> Expr:
    """∂L/∂zᵢ = ŷᵢ − yᵢ, where Σₖ yₖ = 1."""
    return softmax(z, i) - y[i]


def chain_rule(z: Any, y: Any, i: Any) -> Expr:
    """∂L/∂zᵢ = Σₖ ∂L/∂ŷₖ · ∂ŷₖ/∂zᵢ with ∂L/∂ŷₖ = −yₖ/ŷₖ."""
    k = fresh()
    return total(-y[k] / softmax(z, k) * jacobian(softmax(z, k), softmax(z, i), k, i), k)


def mean_squared_error(y_hat: Any, y: Any) -> Expr:
    """L = (1/n) Σⱼ (ŷⱼ − yⱼ)²."""
    j = fresh()
    return total((y_hat[j] - y[j]) ** 2, j) / N


def mean_squared_error_gradient(y_hat: Any, y: Any, i: Any) -> Expr:
    """∂L/∂ŷᵢ = 2 (ŷᵢ − yᵢ) / n."""
    return 2 * (y_hat[i] - y[i]) / N


def neuron(x: Any, w: Any, b: Any) -> Expr:
    """z = Σⱼ wⱼ xⱼ + b."""
    j = fresh()
    return total(w[j] * x[j], j) + b


# ---- working with them -----------------------------------------------------------------------------------------------


def partial(formula: Expr, by: Expr) -> Expr:
    """∂ formula / ∂ by, for an entry such as z[i] whose index is free.

    Raises:
        ValueError: the index is bound by a sum in the formula; SymPy would then sum over it without a word.
    """
    bound = {limits[0] for s in formula.atoms(Sum) for limits in s.limits}
    if bound & by.free_symbols:
        raise ValueError(f"{by} has an index that the formula sums over: take a fresh one")
    return formula.diff(by)


def settled(formula: Expr) -> Expr:
    """Sums taken apart term by term, factors without the index in front, Σⱼ f(j) δᵢⱼ = f(i)."""
    if not formula.args or isinstance(formula, sympy.Indexed):
        return formula
    if not isinstance(formula, Sum):
        return formula.func(*[settled(argument) for argument in formula.args])
    ((j, _, _),) = formula.limits
    result = sympy.S.Zero
    for term in sympy.Add.make_args(sympy.expand(settled(formula.function))):
        delta = next((f for f in sympy.Mul.make_args(term) if isinstance(f, KroneckerDelta) and f.has(j)), None)
        if delta is not None:
            i = sympy.solve(delta.args[0] - delta.args[1], j)[0]
            result += (term / delta).subs(j, i)
            continue
        outside, inside = term.as_independent(j, as_Add=False)
        body = inside.subs(j, Symbol("j", integer=True, nonnegative=True))
        result += outside * (N if body == 1 else Sum(body, (Symbol("j", integer=True, nonnegative=True), 0, N - 1)))
    return result


def same(left: Expr, right: Expr, given: dict[Expr, Expr] | None = None) -> bool:
    """Whether two formulas are equal for every n; `given` names sums that are known, such as Σy = 1."""
    difference = settled(left - right)
    known = {settled(s): value for s, value in (given or {}).items()}
    difference = difference.subs(known)
    letters = {s: sympy.Dummy("S", positive=True) for s in difference.atoms(Sum)}
    return equal(difference.xreplace(letters), 0)


def at(formula: Expr, n: int, values: dict[str, list[Any]], **indices: int) -> Expr:
    """The formula for that n, with a vector's entries and the free indices filled in."""
    free = {symbol: indices[symbol.name] for symbol in formula.free_symbols if symbol.name in indices}
    written_out = formula.subs({N: n, **free}).doit()
    entries = {e: values[e.base.label.name][int(e.indices[0])] for e in written_out.atoms(sympy.Indexed)}
    return written_out.xreplace(entries)
