"""What the bench builds networks from: the lines of a network of three layers and of one, for every loss and rule.

A network of any depth has the lines of these, with other numbers in their names: the page puts them together. Each line
says which layer it belongs to; 0 is the first, 1 any between, 2 the last.
"""

from __future__ import annotations

import functools
import json

from scalarnn.exercise import Exercise
from scalarnn.exercise.fitting import INSIDE
from scalarnn.exercise.keys import OPTIMIZERS, SLOPE
from scalarnn.player.assets import MORE, scripts
from scalarnn.player.formulas import symbol_data
from scalarnn.player.programs import as_data
from scalarnn.tracing.symbols import symbol_of
from scalarnn.training import LOSSES, TO_CLASSES, YES_OR_NO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["catalogue", "loss_kinds", "one_neuron_each", "script"]

PARTS_OF_A_STEP = ("update", "begin", "learn")


def one_neuron_each(n_layers: int, loss: str, ending: str, target: str, optimizer: str) -> Exercise:
    """A network with one neuron in each layer."""
    layers: list[dict[str, Any]] = [{"W": [[1]], "b": [1], "activation": "relu"} for _ in range(n_layers)]
    layers[-1]["activation"] = ending
    targets = {"label": 0} if target == "label" else {"y": [1]}
    return Exercise(layers, x=[1], loss=loss, learning_rate=1, optimizer=optimizer, **targets)


def loss_kinds() -> list[dict[str, Any]]:
    """Every loss with the endings and the targets that it takes."""
    kinds = []
    for loss in LOSSES:
        if loss in INSIDE:
            endings = [INSIDE[loss]]
        elif loss in TO_CLASSES:
            endings = ["softmax"]
        elif loss in YES_OR_NO:
            endings = ["sigmoid"]
        else:
            endings = ["identity", "tanh"]  # without an activation, or with any
        kinds += [
            {"loss": loss, "ending": ending, "target": target}
            for ending in endings
            for target in (("label", "y") if loss in TO_CLASSES else ("y",))
        ]
    return kinds


def _tagged(data: dict[str, Any], n_layers: int) -> dict[str, Any]:
    """The lines with the layer of each: by the first number in what they bind; the last without one."""
    parts: dict[str, Any] = {}
    for name, lines in data["parts"].items():
        parts[name] = []
        for line in lines:
            digits = [c for c in line["targets"][0] if c.isdigit()]
            tag = int(digits[0]) if digits and n_layers > 1 else n_layers - 1
            parts[name].append({key: value for key, value in line.items() if key != "number"} | {"layer": tag})
    return {"parts": parts, "names": data["names"], "inside": data["inside"], "wanted": data["wanted"]}


@functools.cache
def catalogue() -> dict[str, Any]:
    """All that the bench chooses from."""
    models: dict[str, Any] = {}
    for kind in loss_kinds():
        key = f"{kind['loss']} {kind['ending']} {kind['target']}"
        for n_layers in (1, 3):
            made = as_data(one_neuron_each(n_layers, kind["loss"], kind["ending"], kind["target"], "gradient_descent"))
            found = _tagged(made, n_layers)
            found["parts"] = {part: lines for part, lines in found["parts"].items() if part not in PARTS_OF_A_STEP}
            models[f"{key} {n_layers}"] = found
    steps = {}
    for optimizer, rule in OPTIMIZERS.items():
        for n_layers in (1, 3):
            made = as_data(one_neuron_each(n_layers, "squared_error", "identity", "y", optimizer))
            found = _tagged(made, n_layers)
            found["parts"] = {part: found["parts"].get(part, []) for part in PARTS_OF_A_STEP}
            steps[f"{optimizer} {n_layers}"] = found | {"settings": rule.settings}
    slopes = {name: symbol_data(symbol_of(name)) for name in ("alpha", "alpha0")}
    return {"kinds": loss_kinds(), "models": models, "steps": steps, "slope": float(SLOPE), "slopes": slopes}


def script() -> str:
    """JavaScript of the bench and of the other elements beside the player, and what networks are put together from."""
    text = json.dumps(catalogue(), ensure_ascii=False, separators=(",", ":"))
    return f"{scripts(MORE)}scalarnn.catalogue = {text};\n"
