"""Initialization: each weight is its draw, scaled; the draws come in NumPy's order; how far the weights spread."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy
from sympy import Rational

from scalarnn.activations import ReLU, Tanh
from scalarnn.learning import initialization
from scalarnn.learning.initialization import (
    dense_network,
    normal_rule,
    normal_weights,
    uniform_rule,
    uniform_weights,
)
from scalarnn.proofs import symbols
from scalarnn.proofs.exact import Root
from scalarnn.proofs.theorem import Claim, Side, Theorem, Wrong, claim, shipped, stated, theorem
from scalarnn.random_numbers import LegacyRandom

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

SCALE, LIMIT = symbols.number("scale"), symbols.number("limit")
SHAPES = ((1, 1), (2, 1), (1, 3), (3, 2))  # inputs, neurons


class _Draws:
    """A generator that draws symbols, r_0, r_1, … evenly or x_0, x_1, … from the bell curve, in their order."""

    def __init__(self) -> None:
        self.count = 0

    def rand(self) -> Any:
        """Any number from 0 to 1."""
        return self._next("r")

    def randn(self) -> Any:
        """Any number; of all of them the mean is 0 and the mean square is 1."""
        return self._next("x")

    def _next(self, letter: str) -> Any:
        self.count += 1
        return symbols.number(f"{letter}_{self.count - 1}")


class _Exact(int):
    """A count by which an int is divided without rounding."""

    def __rtruediv__(self, other: int) -> Any:
        return Rational(other, int(self))

    def __add__(self, other: int) -> _Exact:
        return _Exact(int(self) + other)


def _evenly(limit: Any, r: Any) -> Any:
    return limit * (2 * r - 1)


def _bell(scale: Any, x: Any) -> Any:
    return scale * x


# ---- one weight ------------------------------------------------------------------------------------------------------


@theorem(
    id="initialization.normal",
    statement="A weight from the bell curve is its draw times the scale.",
    latex=r"w = \text{scale} \cdot x",
    about=[normal_rule],
    refuted=[
        Wrong("moved, not stretched", "scale * rng", "scale + rng"),
        Wrong("drawn evenly", "rng.randn()", "rng.rand()"),
        Wrong("drawn twice", "scale * rng.randn()", "scale * rng.randn() * rng.randn()"),
        Wrong("the scale squared", "scale * rng", "scale * scale * rng"),
    ],
)
def weight_from_the_bell_curve(rule: Any) -> Iterator[Claim]:
    yield claim("w", shipped(lambda: rule(_Draws(), SCALE)), stated(lambda: SCALE * symbols.number("x_0")))


@theorem(
    id="initialization.uniform",
    statement="An even draw from 0 to 1 becomes a weight from −limit to limit: its mean is 0, its variance limit² / 3.",
    latex=r"w = -\text{limit} + 2\,\text{limit} \cdot r,\quad \int_0^1 w\,dr = 0,\quad "
    r"\int_0^1 w^2\,dr = \tfrac13\,\text{limit}^2",
    about=[uniform_rule],
    refuted=[
        Wrong("from 0 on", "-limit + ", ""),
        Wrong("half as wide", "2 * limit", "limit"),
        Wrong("from above", "-limit + 2", "limit - 2"),
        Wrong("drawn from the bell curve", "rng.rand()", "rng.randn()"),
    ],
)
def weight_drawn_evenly(rule: Any) -> Iterator[Claim]:
    r = symbols.number("r_0")
    w = shipped(lambda: rule(_Draws(), LIMIT))

    def at(value: int) -> Side:
        return Side(sympy.sympify(w.value).subs(r, value), w.ran)

    def mean(of: Any) -> Side:
        return Side(sympy.integrate(of, (r, 0, 1)), w.ran)

    yield claim("w at 0", at(0), stated(lambda: -LIMIT))
    yield claim("w at 1", at(1), stated(lambda: LIMIT))
    yield claim("the slope of w", Side(sympy.diff(w.value, r), w.ran), stated(lambda: 2 * LIMIT))
    yield claim("the mean", mean(w.value), stated(lambda: 0))
    yield claim("the variance", mean(w.value**2), stated(lambda: LIMIT**2 / 3))


THEOREMS.extend([weight_from_the_bell_curve, weight_drawn_evenly])


# ---- a matrix of weights ---------------------------------------------------------------------------------------------


def _drawn(letter: str, weight: Callable[[Any], Any], n_inputs: int, n_neurons: int) -> list[list[Any]]:
    """W with a draw for each weight: all neurons of the first input, then all of the second …"""
    W = []
    for j in range(n_neurons):
        W.append([weight(symbols.number(f"{letter}_{i * n_neurons + j}")) for i in range(n_inputs)])
    return W


def _define_weights(
    weights: Any, name: str, letter: str, weight: Callable[[Any, Any], Any], wrong: list[Wrong]
) -> None:
    size = SCALE if letter == "x" else LIMIT

    @theorem(
        id=f"initialization.{name}",
        statement=f"{weights.__name__} draws as NumPy fills a matrix with a row for each input, and gives a row "
        "to each neuron.",
        latex=r"W_{ji} = w(\text{draw } i\,m + j),\quad m \text{ neurons}",
        about=[weights],
        refuted=[
            *wrong,
            Wrong("transposed", "return weights_from_inputs_by_neurons(by_inputs)", "return by_inputs", _FILLED),
            Wrong("a draw for a row", "row.append(w)", "row = [w] * n_neurons", inside=_FILLED),
            Wrong("the rows in reverse", "by_inputs.append(row)", "by_inputs.insert(0, row)", inside=_FILLED),
        ],
    )
    def matrix_of_weights(implementation: Any) -> Iterator[Claim]:
        for n_inputs, n_neurons in SHAPES:

            def run(n_inputs: int = n_inputs, n_neurons: int = n_neurons) -> Any:
                return implementation(n_inputs, n_neurons, _Draws(), size)

            W = _drawn(letter, lambda draw: weight(size, draw), n_inputs, n_neurons)
            yield claim(f"W for {n_inputs} inputs", shipped(run), stated(lambda W=W: W))

    THEOREMS.append(matrix_of_weights)


_FILLED = initialization._drawn
_EVEN, _NORMAL = "_drawn(uniform_rule", "_drawn(normal_rule"
_define_weights(normal_weights, "normal-weights", "x", _bell, [Wrong("evenly", _NORMAL, _EVEN)])
_define_weights(uniform_weights, "uniform-weights", "r", _evenly, [Wrong("from the bell curve", _EVEN, _NORMAL)])


# ---- how far they spread ---------------------------------------------------------------------------------------------


def _define_spread(
    function: Any, variance: Callable[[int, int], Any], latex: str, wrong: list[Wrong], statement: str
) -> None:
    """The weights of a function are draws of that variance; evenly from −limit to limit, it is limit² / 3."""
    even = "uniform" in function.__name__

    @theorem(
        id=f"initialization.{function.__name__}",
        statement=statement,
        latex=latex,
        about=[function, uniform_weights if even else normal_weights],
        refuted=wrong,
    )
    def spread(implementation: Any) -> Iterator[Claim]:
        for n_inputs, n_neurons in SHAPES:

            def run(n_inputs: int = n_inputs, n_neurons: int = n_neurons) -> Any:
                return implementation(_Exact(n_inputs), _Exact(n_neurons), _Draws())

            of = sympy.sympify(variance(n_inputs, n_neurons))
            if even:
                W = _drawn("r", lambda r, of=of: _evenly(Root(3 * of), r), n_inputs, n_neurons)
            else:
                W = _drawn("x", lambda x, of=of: _bell(Root(of), x), n_inputs, n_neurons)
            yield claim(f"W for {n_inputs} inputs, {n_neurons} neurons", shipped(run), stated(lambda W=W: W))

    THEOREMS.append(spread)


_HE = r"\operatorname{var} w = \frac{2}{n_{\text{inputs}}}"
_GLOROT = r"\operatorname{var} w = \frac{2}{n_{\text{inputs}} + n_{\text{neurons}}}"


def _he(n_inputs: int, n_neurons: int) -> Any:  # noqa: ARG001
    return Rational(2, n_inputs)


def _glorot(n_inputs: int, n_neurons: int) -> Any:
    return Rational(2, n_inputs + n_neurons)


_OF_NEURONS = Wrong("by the neurons", "/ n_inputs", "/ n_neurons")
_OF_INPUTS = Wrong("by the inputs alone", "(n_inputs + n_neurons)", "n_inputs")
_define_spread(
    initialization.he_normal,
    _he,
    _HE,
    [_OF_NEURONS, Wrong("of one, not of two", "sqrt(2", "sqrt(1"), Wrong("even", "normal_weights", "uniform_weights")],
    "The weights of he_normal are from a bell curve with variance 2 / n_inputs.",
)
_define_spread(
    initialization.he_uniform,
    _he,
    _HE,
    [_OF_NEURONS, Wrong("the variance for limit²", "sqrt(6", "sqrt(2")],
    "The weights of he_uniform are spread evenly, with the variance of he_normal, 2 / n_inputs.",
)
_define_spread(
    initialization.glorot_normal,
    _glorot,
    _GLOROT,
    [_OF_INPUTS, Wrong("of one, not of two", "sqrt(2", "sqrt(1")],
    "The weights of glorot_normal are from a bell curve with variance 2 / (n_inputs + n_neurons).",
)
_define_spread(
    initialization.glorot_uniform,
    _glorot,
    _GLOROT,
    [_OF_INPUTS, Wrong("the variance for limit²", "sqrt(6", "sqrt(2")],
    "The weights of glorot_uniform are spread evenly, with the variance of glorot_normal, 2 / (n_inputs + n_neurons).",
)


def _define_scale(function: Any, scale: float, wrong: list[Wrong], statement: str) -> None:
    @theorem(
        id=f"initialization.{function.__name__}",
        statement=statement,
        latex=rf"W_{{ji}} = {scale} \cdot x_{{ji}}",
        about=[function, normal_weights],
        refuted=wrong,
    )
    def scaled(implementation: Any) -> Iterator[Claim]:
        for n_inputs, n_neurons in SHAPES:
            left = shipped(lambda n=n_inputs, m=n_neurons: implementation(n, m, _Draws()))
            W = _drawn("x", lambda x: _bell(scale, x), n_inputs, n_neurons)
            yield claim(f"W for {n_inputs} inputs, {n_neurons} neurons", left, stated(lambda W=W: W))

    THEOREMS.append(scaled)


_define_scale(
    initialization.hundredth_normal,
    0.01,
    [Wrong("a tenth", "1 / 100", "1 / 10"), Wrong("even", "normal_weights", "uniform_weights")],
    "The weights of hundredth_normal are from a bell curve, times 0.01 as a float is.",
)
_define_scale(
    initialization.tenth_normal,
    0.1,
    [Wrong("a hundredth", "1 / 10", "1 / 100"), Wrong("even", "normal_weights", "uniform_weights")],
    "The weights of tenth_normal are from a bell curve, times 0.1 as a float is.",
)


# ---- a whole network -------------------------------------------------------------------------------------------------

SIZES, SEED = (2, 3, 1), 7


def _one(n_inputs: int, n_neurons: int, rng: Any) -> list[list[Any]]:
    return [[SCALE * rng.randn() for _ in range(n_inputs)] for _ in range(n_neurons)]


def _other(n_inputs: int, n_neurons: int, rng: Any) -> list[list[Any]]:
    return [[LIMIT * rng.rand() for _ in range(n_inputs)] for _ in range(n_neurons)]


@theorem(
    id="initialization.network",
    statement="dense_network draws the weights of all layers from one generator, layer after layer, each by its "
    "initialization; biases are 0; by itself it takes the seed 0 and he_normal.",
    latex=r"W^{(l)} = \operatorname{initialization}_l(n_l, n_{l+1}),\quad b^{(l)} = 0",
    about=[dense_network, LegacyRandom, initialization.he_normal],
    refuted=[
        Wrong("biases of 1", "[0.0]", "[1.0]"),
        Wrong("a generator for each layer", "n_neurons, rng)", "n_neurons, LegacyRandom(seed))"),
        Wrong("the first initialization for all", "drawn[layer]", "drawn[0]"),
        Wrong("the first activation for all", "activations[layer]", "activations[0]"),
        Wrong("another seed where none is given", "seed: int = 0", "seed: int = 1"),
        Wrong("another initialization where none is given", "= he_normal", "= glorot_normal"),
        Wrong("the last layer alone", "Network(layers)", "Network(layers[-1:])"),
    ],
)
def network_of_dense_layers(dense: Any) -> Iterator[Claim]:
    activations = [ReLU(), Tanh()]
    for what, given, seed, each in (
        ("one for all", (SEED, _one), SEED, [_one, _one]),
        ("one a layer", (SEED, [_one, _other]), SEED, [_one, _other]),
        ("none given", (), 0, [initialization.he_normal] * 2),
    ):
        layers = shipped(lambda given=given: dense(SIZES, activations, *given).layers)

        def drawn(seed: int = seed, each: Any = each) -> Any:
            rng = LegacyRandom(seed)
            return [each[layer](SIZES[layer], SIZES[layer + 1], rng) for layer in range(2)]

        W, b = [layer.W for layer in layers.value], [layer.b for layer in layers.value]
        which = [activations.index(layer.activation) for layer in layers.value]
        yield claim(f"W, {what}", Side(W, layers.ran), stated(drawn))
        yield claim(f"b, {what}", Side(b, layers.ran), stated(lambda: [[0] * 3, [0]]))
        yield claim(f"activations, {what}", Side(which, layers.ran), stated(lambda: [0, 1]))


THEOREMS.append(network_of_dense_layers)
