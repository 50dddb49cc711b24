"""The keys of an exercise file: the one table that the reader, the JSON Schema and the book go by."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fractions import Fraction

import scalarnn
from scalarnn.doors.later import parameters_of
from scalarnn.exercise.kinds import (
    BETA,
    COUNT,
    DECAY,
    GAMMA,
    LABEL,
    LABELS,
    MATRIX,
    NAMES,
    NUMBER,
    POSITIVE,
    SAMPLES,
    TEXT,
    VECTOR,
    Choice,
    Kind,
)
from scalarnn.training import LOSSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "ACTIVATIONS",
    "EVERY_ACTIVATION",
    "KEYS",
    "LAYER_KEYS",
    "LAYOUTS",
    "OF_DIALECTS",
    "OPTIMIZERS",
    "PENALTIES",
    "SLOPE",
    "Key",
    "Rule",
    "schema",
]

# Each activation: its class, and how its formula is written.
ACTIVATIONS = {
    "identity": ("Identity", ""),
    "relu": ("ReLU", "ReLU"),
    "leaky_relu": ("LeakyReLU", "LeakyReLU"),
    "sigmoid": ("Sigmoid", "σ"),
    "tanh": ("Tanh", "tanh"),
    "softmax": ("Softmax", "softmax"),
}
# Those of the dialects, which the player and the slips do not exchange for others.
OF_DIALECTS = {
    "elu": ("ELU", "ELU"),
    "celu": ("CELU", "CELU"),
    "selu": ("SELU", "SELU"),
    "softplus": ("Softplus", "softplus"),
    "hard_sigmoid": ("HardSigmoid", "hard σ"),
    "silu": ("SiLU", "SiLU"),
    "gelu": ("GELU", "GELU"),
    "gelu_tanh": ("GELUTanh", "GELU"),
    "gelu_exact": ("GELU", "GELU"),
}
EVERY_ACTIVATION = ACTIVATIONS | OF_DIALECTS
SLOPE = -scalarnn.leaky_relu(Fraction(-1))  # of leaky ReLU, where none is given
LAYOUTS = ("W", "W_transposed")
PENALTIES = ("half_L2", "L2", "L1")


class Rule:
    """An optimizer, as the signature of its step tells it.

    Args:
        name: the step is the function `name_step`.

    Attributes:
        state: what is kept of each parameter from one step to the next, such as ["m", "v"].
        counts: whether it is told which step this is.
        settings: the names that may be set, each with the value that it has otherwise.

    Examples:
        >>> rule = Rule("momentum")
        >>> rule.state, rule.settings
        (['v'], {'beta': 0.9})
    """

    def __init__(self, name: str) -> None:
        self.step = f"{name}_step"
        function: Any = getattr(scalarnn, self.step).__wrapped__
        positional, by_name = parameters_of(function)
        before = positional[2 : positional.index("learning_rate")]  # theta and its gradient come first
        self.state = [letter for letter in before if letter != "t"]
        self.counts = "t" in before
        after = positional[positional.index("learning_rate") + 1 :]
        defaults = function.__defaults__ or ()
        self.settings: dict[str, Any] = dict(zip(after, defaults[len(defaults) - len(after) :], strict=True))
        self.settings |= {letter: (function.__kwdefaults__ or {})[letter] for letter in by_name}


OPTIMIZERS = {name: Rule(name) for name in ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")}


@dataclass(frozen=True)
class Key:
    """One key.

    Attributes:
        name: as it stands in the file, and as the Exercise has it.
        kind: what may stand after it.
        says: what it is for, a sentence.
        otherwise: its value where it is left out.
    """

    name: str
    kind: Kind
    says: str
    otherwise: Any = None


KEYS = (
    Key("title", TEXT, "What the exercise is called.", ""),
    Key("source", TEXT, "Where its numbers are from.", ""),
    Key("x", VECTOR, "The inputs of one sample."),
    Key("X", SAMPLES, "Instead of x: several samples, a row a sample; the loss is the mean of theirs."),
    Key("y", VECTOR, "The targets of one sample, as many as there are outputs."),
    Key("Y", SAMPLES, "The targets of several samples, a row a sample."),
    Key("label", LABEL, "Instead of y: the class of one sample; the first is 0."),
    Key("labels", LABELS, "Instead of Y: the class of each sample."),
    Key("loss", Choice(LOSSES), "How wrong a prediction is."),
    Key("penalty", Choice(PENALTIES), "What large weights cost, added once to the loss; biases are free."),
    Key("strength", DECAY, "λ, how much the penalty costs."),
    Key("learning_rate", POSITIVE, "With it: the update, and the loss after it."),
    Key(
        "optimizer", Choice(OPTIMIZERS, {"sgd": "gradient_descent"}), "Which rule makes the update.", "gradient_descent"
    ),
    Key(
        "like",
        TEXT,
        'Whose optimizers, losses, activations and layout: a package that was measured, such as "keras 3.15 jax".',
    ),
    Key("beta", BETA, "β of momentum, nesterov and rmsprop."),
    Key("beta1", BETA, "β₁ of adam."),
    Key("beta2", BETA, "β₂ of adam."),
    Key("epsilon", POSITIVE, "ε of adagrad, rmsprop and adam."),
    Key("gamma", GAMMA, "γ: the learning rate of step t, from 0, is η · γᵗ."),
    Key("decay", DECAY, "Instead of gamma: the learning rate of step t is η / (1 + decay · t)."),
    Key("steps", COUNT, "How many updates, each from the gradients of its own forward pass.", 1),
    Key("frozen", NAMES, 'What is not updated: "W", "b", or of one layer, from 0: "W[0]", "b[1]".', ()),
    Key("layout", Choice(LAYOUTS), 'How the weights below are written: "W", a row a neuron, or "W transposed".', "W"),
)
LAYER_KEYS = (
    Key("W", MATRIX, "The weights: a row a neuron, a column an input."),
    Key("b", VECTOR, "The biases, one a neuron. Without them the layer has none."),
    Key(
        "activation",
        Choice(EVERY_ACTIVATION, {"linear": "identity", "none": "identity", "swish": "silu"}),
        "The activation; identity, which is none, if left out.",
        "identity",
    ),
    Key("alpha", NUMBER, f"The slope of leaky ReLU below 0; {SLOPE} if left out."),
)


def schema() -> dict[str, Any]:
    """The JSON Schema of an exercise file, for editors.

    Examples:
        >>> sorted(schema()["definitions"]), schema()["required"]
        (['layer', 'matrix', 'number', 'vector'], ['layer'])
    """
    from scalarnn.exercise.kinds import A_MATRIX, A_NUMBER, A_VECTOR
    from scalarnn.exercise.liking import loss_names, optimizer_names

    layers = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/layer"}}
    top = _properties(KEYS) | {"layer": layers | {"description": "The layers, from the inputs to the outputs."}}
    layer = _properties(LAYER_KEYS)
    top["optimizer"]["anyOf"].append({"enum": optimizer_names()})  # beside `like`
    top["loss"]["anyOf"].append({"enum": loss_names()})
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "An exercise of scalarnn",
        "type": "object",
        "additionalProperties": False,
        "properties": top,
        "required": ["layer"],
        "definitions": {
            "number": A_NUMBER,
            "vector": A_VECTOR,
            "matrix": A_MATRIX,
            "layer": {"type": "object", "additionalProperties": False, "properties": layer, "required": ["W"]},
        },
    }


def _properties(keys: tuple[Key, ...]) -> dict[str, Any]:
    properties = {}
    for key in keys:
        otherwise = {"default": key.otherwise} if isinstance(key.otherwise, (str, int)) and key.otherwise else {}
        properties[key.name] = copy.deepcopy({"description": key.says, **key.kind.schema, **otherwise})
    return properties
