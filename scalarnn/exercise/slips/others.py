"""Slips that amount to another exercise: a loss with another factor, another activation, weights read by columns."""

from __future__ import annotations

from fractions import Fraction

import scalarnn
from scalarnn.exercise.keys import ACTIVATIONS, EVERY_ACTIVATION, OPTIMIZERS, PENALTIES
from scalarnn.exercise.slips.slip import SELDOM, USUAL, Slip
from scalarnn.formulas import formula_of
from scalarnn.tracing.symbols import symbol_of
from scalarnn.training import LOSSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["others"]

# Settings as other exercises have them.
RATES = ("1/2", "1/10", "1/100", "1/1000")
BETAS = ("1/2", "9/10", "99/100", "999/1000")
EPSILONS = ("1e-4", "1e-6", "1e-7", "1e-8", "1e-10")
SLOPES = (0.01, 0.1, 0.2, 0.3)


def others(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Each slip, and the keys of the exercise that are other by it.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> exercise = Exercise([{"W": [[1, 2]]}], x=[3, 4], y=10, loss="squared error")
        >>> [slip.name for slip, changes in others(exercise) if changes == {"loss": "half squared error"}]
        ['a ½ too many']
    """
    for make in (_losses, _penalties, _activations, _training, _layouts):
        yield from make(exercise)


def _losses(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Every other loss; within a family by what it lacks."""
    mine = exercise.loss
    for other in LOSSES if mine else ():
        if other != mine:
            liked = exercise.liked_loss
            right_one = liked.formula_function if liked else getattr(scalarnn, mine)
            used, right = (formula_of(one) for one in (getattr(scalarnn, other), right_one))
            yield Slip(_of_loss(mine, other), used, right), {"loss": other.replace("_", " ")}


def _of_loss(mine: str, other: str) -> str:
    if mine == f"half_{other}":
        return "the ½ forgotten"
    if other == f"half_{mine}":
        return "a ½ too many"
    if mine.replace("mean_", "") == other and mine != "root_mean_squared_error":
        return "the 1/n forgotten"
    if other.replace("mean_", "") == mine and other != "root_mean_squared_error":
        return "a 1/n too many"
    return f"another loss, {other.replace('_', ' ')}"


def _penalties(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Another penalty, or none; another strength."""
    mine, strength = exercise.penalty, exercise.strength
    if mine is None:
        return
    formulas = {
        name: formula_of(getattr(scalarnn, f"{name.lower()}_penalty")).replace("L", "P", 1) for name in PENALTIES
    }
    for other in PENALTIES:
        if other != mine:
            half = {f"half_{other}": "the ½ of the penalty forgotten", other.removeprefix("half_"): "a ½ too many"}
            name = half.get(mine, f"another penalty, {other.replace('_', ' ')}")
            yield Slip(name, formulas[other], formulas[mine]), {"penalty": other}
    yield Slip("the penalty left out", "L", "L + P"), {"penalty": None, "strength": None}
    if strength != 1:
        yield Slip("λ left out of the penalty"), {"strength": 1}
    if exercise.is_batch:
        N = len(exercise.X)
        yield Slip("the penalty added for each sample", "L + N P", "L + P"), {"strength": strength * N}
        yield Slip("the penalty divided by the samples", "L + P / N", "L + P"), {"strength": Fraction(strength, N)}


def _activations(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Another activation in one layer, or in all that have the same; another slope."""
    layers = exercise.layers
    for mine in dict.fromkeys(layer.activation for layer in layers):
        have = [place for place, layer in enumerate(layers) if layer.activation == mine]
        groups = [have, *([place] for place in have if len(have) > 1)]
        for places in groups:
            where = "" if len(places) == len(layers) else f" in layer {', '.join(map(str, places))}"
            for other in ACTIVATIONS:
                if other != mine:
                    name = "no activation" if other == "identity" else other.replace("_", " ")
                    rank = USUAL if other == "identity" and mine != "softmax" else SELDOM
                    slip = Slip(f"{name} for {mine.replace('_', ' ')}{where}", _symbol(other), _symbol(mine), rank)
                    yield slip, {"layer": _with(exercise, places, activation=other, alpha=None)}
            if mine == "leaky_relu":
                for slope in SLOPES:
                    slip = Slip(f"a slope of {slope}{where}", f"α = {slope}", f"α = {float(layers[places[0]].alpha)}")
                    yield slip, {"layer": _with(exercise, places, alpha=slope)}


def _symbol(activation: str) -> str:
    symbol = EVERY_ACTIVATION[activation][1]
    return f"a = {symbol}(z)" if symbol else "a = z"


def _training(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Another rule, other settings, a step more or less."""
    if exercise.learning_rate is None:
        return
    for other in OPTIMIZERS:
        if other != exercise.optimizer:
            name = other.replace("_", " ")
            of_rules = {name: None for name in exercise.settings if name not in OPTIMIZERS[other].settings}
            yield Slip(f"{name} for {exercise.optimizer.replace('_', ' ')}"), of_rules | {"optimizer": other}
    for letter, meant in (("b", "the biases"), ("W", "the weights")):
        if any(name.startswith(letter) for name in exercise.frozen):
            kept = [name for name in exercise.frozen if not name.startswith(letter)]
            used = f"{letter}_new = {letter} − η · ∂L/∂{letter}"
            yield Slip(f"{meant} updated too", used, f"{letter}_new = {letter}"), {"frozen": kept or None}
    yield from _not_updated(exercise)
    if exercise.learning_rate != 1:
        used = "θ_new = θ − ∂L/∂θ"
        yield Slip("the learning rate left out in every step", used, "θ_new = θ − η · ∂L/∂θ"), {"learning_rate": 1}
    for number, words in ((1, "one step"), (2, "two steps")):
        yield Slip(f"{words} more", rank=number), {"steps": exercise.steps + number}
        if exercise.steps > number:
            yield Slip(f"{words} fewer", rank=number), {"steps": exercise.steps - number}
    if exercise.steps > 1:
        yield Slip("one step alone"), {"steps": 1}
    yield from _settings(exercise)
    if exercise.gamma is not None or exercise.decay is not None:
        yield Slip("the learning rate not decayed", "η", "η of step t"), {"gamma": None, "decay": None}
    mine = Fraction(exercise.learning_rate)
    for rate in dict.fromkeys([mine * 10, mine / 10, *map(Fraction, RATES)]):
        if rate not in (mine, 1):
            yield (
                Slip(f"{float(rate):g} for the learning rate", f"η = {float(rate):g}", "", SELDOM),
                {"learning_rate": float(rate)},
            )


def _settings(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Other settings of the optimizer: exchanged, 1 − β, one for both, and those that others have."""
    settings = exercise.settings
    if "beta1" in settings:
        beta1, beta2 = settings["beta1"], settings["beta2"]
        yield Slip("β₁ and β₂ exchanged", "β₁ of v, β₂ of m", "β₁ of m, β₂ of v"), {"beta1": beta2, "beta2": beta1}
        yield Slip("β₁ for both", "β₂ = β₁", rank=SELDOM), {"beta2": beta1}
        yield Slip("β₂ for both", "β₁ = β₂", rank=SELDOM), {"beta1": beta2}
    for name, value in settings.items():
        symbol = symbol_of(name).unicode()
        usual = [Fraction(one) for one in (EPSILONS if name == "epsilon" else [str(1 - Fraction(value)), *BETAS])]
        for other in dict.fromkeys(usual):
            if other != value:
                used = f"{symbol} = {float(other):g}"
                yield (
                    Slip(f"{float(other):g} for {symbol}", used, f"{symbol} = {float(value):g}", SELDOM),
                    {name: other},
                )


def _not_updated(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Parameters that stay as they are in every step: all biases, or a layer."""
    groups = {"the biases": ["b"]}
    if len(exercise.layers) > 1:
        groups |= {f"layer {place}": [f"W[{place}]", f"b[{place}]"] for place in range(len(exercise.layers))}
    for words, names in groups.items():
        frozen = [*exercise.frozen, *names]
        yield Slip(f"{words} not updated in any step", "θ_new = θ", "θ_new = θ − η · ∂L/∂θ"), {"frozen": frozen}


def _layouts(exercise: Exercise) -> Iterator[tuple[Slip, dict[str, Any]]]:
    """Every square matrix read by its columns, on both ways."""
    square = [place for place, layer in enumerate(exercise.layers) if len(layer.W) == len(layer.W[0]) > 1]
    for places in [square, *([place] for place in square if len(square) > 1)]:
        where = "" if places == square else f" in layer {places[0]}"
        layers = [dict(layer) for layer in exercise.given["layer"]]
        for place in places:
            layers[place]["W"] = [list(column) for column in zip(*layers[place]["W"], strict=True)]
        if places:
            yield Slip(f"W read by columns, both ways{where}", "z = Wᵀ x + b", "z = W x + b"), {"layer": layers}


def _with(exercise: Exercise, places: list[int], **changes: Any) -> list[dict[str, Any]]:
    """The layers as they were given, some with other values; None takes one out."""
    layers = []
    for place, layer in enumerate(exercise.given["layer"]):
        keys = dict(layer) | (changes if place in places else {})
        layers.append({key: value for key, value in keys.items() if value is not None})
    return layers
