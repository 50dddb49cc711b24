"""What the lines of a slip compute with, beside the functions of the package: numbers, vectors and matrices alike."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from scalarnn.layer import batch_parameter_gradients, weight_gradient
from scalarnn.scalar import exp, log, sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["HELPERS"]


def scaled(value: Any, factor: Any) -> Any:
    """factor · v for every number."""
    return [scaled(entry, factor) for entry in value] if isinstance(value, list) else value * factor


def divided(value: Any, by: Any) -> Any:
    """v / by for every number."""
    return [divided(entry, by) for entry in value] if isinstance(value, list) else value / by


def negative(value: Any) -> Any:
    """−v for every number."""
    return scaled(value, -1)


def ones(value: Any) -> Any:
    """1 for every number."""
    return [ones(entry) for entry in value] if isinstance(value, list) else 1


def each_number(function: Any, value: Any, other: Any) -> Any:
    """A function of two numbers, for every two."""
    if isinstance(value, list):
        return [each_number(function, v, w) for v, w in zip(value, other, strict=True)]
    return function(value, other)


def added(value: Any, other: Any) -> Any:
    """v + w for every number."""
    return each_number(lambda v, w: v + w, value, other)


def times(value: Any, other: Any) -> Any:
    """v · w for every number."""
    return each_number(lambda v, w: v * w, value, other)


def exchanged(value: list[Any], i: int, j: int) -> list[Any]:
    """Entries, or rows, i and j exchanged."""
    return taken(taken(value, i, value[j]), j, value[i])


def columns_exchanged(W: list[list[Any]], i: int, j: int) -> list[list[Any]]:
    """The same in every row."""
    return [exchanged(row, i, j) for row in W]


def taken(value: list[Any], i: int, other: Any) -> list[Any]:
    """Another thing for entry, or row, i.

    Raises:
        IndexError: there is no such entry.
    """
    value[i]
    return [*value[:i], other, *value[i + 1 :]]


def put_in(value: Any, indices: tuple[int, ...], p: int, q: int) -> Any:
    """p/q for the number at some indices; a list of one number is that number."""
    if isinstance(value, list):
        first, *rest = indices or (0,)
        return taken(value, first, put_in(value[first], tuple(rest), p, q))
    if isinstance(value, Fraction):
        return Fraction(p, q)
    return p if q == 1 else p / q


def one_changed(W: list[list[Any]], j: int, i: int, factor: int) -> list[list[Any]]:
    """One weight times a factor."""
    return taken(W, j, taken(W[j], i, W[j][i] * factor))


def alike(value: Any, other: Any) -> Any:
    """The value, if it has the shape of the other.

    Raises:
        ValueError: it has another.
    """
    return added(value, scaled(other, 0)) if value is not other else value


def transposed(W: list[list[Any]]) -> list[list[Any]]:
    """Wᵀ; of a square matrix only, since no other would fit."""
    if len(W) != len(W[0]):
        raise ValueError("not square")
    return [list(column) for column in zip(*W, strict=True)]


def each(function: Any, value: Any, *others: Any) -> Any:
    """A function of vectors, for one sample or for each of several."""
    if isinstance(value[0], list):
        return [function(*entries) for entries in zip(value, *others, strict=True)]
    return function(value, *others)


def by_output(activation: str) -> Callable[[list[Any], list[Any]], list[Any]]:
    """∂L/∂z from ∂L/∂a and a, as it is done by hand: a (1 − a), 1 − a², open where a > 0.

    Args:
        activation: its class, as the lines have it: "Sigmoid()".
    """
    if activation == "Softmax()":
        return lambda d, a: [a_i * (d_i - sum(times(d, a))) for d_i, a_i in zip(d, a, strict=True)]
    slopes: dict[str, Callable[[Any], Any]] = {
        "Sigmoid()": lambda a: a * (1 - a),
        "Tanh()": lambda a: 1 - a * a,
        "ReLU()": lambda a: int(a > 0),
    }
    slope = slopes[activation]
    return lambda d, a: [d_i * slope(a_i) for d_i, a_i in zip(d, a, strict=True)]


def over_neighbours(Z: list[list[Any]]) -> list[list[Any]]:
    """e^z over the sum of e^z of the same class in all samples: softmax down the columns."""
    E = [[exp(z_k) for z_k in z] for z in Z]
    return [[e_k / sum(column) for e_k, column in zip(e, zip(*E, strict=True), strict=True)] for e in E]


def mean(rows: list[list[Any]]) -> list[Any]:
    """The mean of the samples' vectors."""
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def first(value: Any) -> Any:
    """θ, of an update that gives θ and more."""
    return value[0] if isinstance(value, tuple) else value


def without(x: Any, i: int) -> Any:
    """x with a 0 for input i, for one sample or for each of several."""
    if isinstance(x[0], list):
        return [without(row, i) for row in x]
    return [*x[:i], x[i] * 0, *x[i + 1 :]]


def outer(dL_dz: Any, x: Any) -> Any:
    """∂L/∂W, of one sample or of the mean loss of several."""
    return batch_parameter_gradients(dL_dz, x)[0] if isinstance(x[0], list) else weight_gradient(dL_dz, x)


def over_samples(dL_dz: Any) -> Any:
    """∂L/∂b, of one sample or of the mean loss of several."""
    return batch_parameter_gradients(dL_dz, dL_dz)[1] if isinstance(dL_dz[0], list) else dL_dz


def decimals(value: Any, k: int) -> Any:
    """Rounded to k digits behind the point, half up, as by hand."""
    return _rounded(value, lambda number: number.quantize(Decimal(1).scaleb(-k), rounding=ROUND_HALF_UP))


def cut_decimals(value: Any, k: int) -> Any:
    """Cut off behind k digits behind the point."""
    return _rounded(value, lambda number: number.quantize(Decimal(1).scaleb(-k), rounding=ROUND_DOWN))


def digits(value: Any, k: int) -> Any:
    """Rounded to k digits that count, half up, as by hand."""
    return _rounded(value, Context(prec=k, rounding=ROUND_HALF_UP).plus)


def _rounded(value: Any, how: Callable[[Decimal], Decimal]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_rounded(entry, how) for entry in value]
    if isinstance(value, Fraction):
        return Fraction(how(Decimal(value.numerator) / value.denominator))
    return type(value)(how(Decimal(repr(value))))


HELPERS: dict[str, Any] = {
    function.__name__: function
    for function in (
        *(
            scaled,
            divided,
            negative,
            ones,
            added,
            times,
            each_number,
            exchanged,
            columns_exchanged,
            taken,
            put_in,
            one_changed,
            alike,
        ),
        *(transposed, each, by_output, over_neighbours, mean, first, without, outer, over_samples),
        *(decimals, cut_decimals, digits, exp, log, sqrt),
    )
}
