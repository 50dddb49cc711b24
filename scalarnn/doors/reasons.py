"""Why one length has to be another, in the words of the messages: said once for all functions."""

from __future__ import annotations

from scalarnn.scalar import is_symbolic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "NO_GRADIENT",
    "ONE_BIAS_PER_NEURON",
    "ONE_GRADIENT_PER_NEURON",
    "ONE_GRADIENT_PER_OUTPUT",
    "ONE_GRADIENT_PER_SAMPLE",
    "ONE_INPUT_PER_COLUMN",
    "ONE_WEIGHT_PER_INPUT",
    "REASONS",
]

ONE_INPUT_PER_COLUMN = "one input for each column of W"
ONE_WEIGHT_PER_INPUT = "one weight for each input"
ONE_BIAS_PER_NEURON = "one bias for each neuron, that is for each row of W"
ONE_GRADIENT_PER_NEURON = "one gradient for each neuron, that is for each row of W"
ONE_GRADIENT_PER_OUTPUT = "one gradient for each neuron of the last layer"
ONE_GRADIENT_PER_SAMPLE = "one row of gradients for each sample of X"

# (who is wrong, by whose length): the first is looked at after the second.
REASONS = {
    ("w", "x"): "one weight for each input of x",
    ("W", "x"): ONE_WEIGHT_PER_INPUT,
    ("W", "X"): ONE_WEIGHT_PER_INPUT,
    ("b", "W"): ONE_BIAS_PER_NEURON,
    ("dL_dz", "W"): ONE_GRADIENT_PER_NEURON,
    ("dLn_dZ", "W"): ONE_GRADIENT_PER_NEURON,
    ("dLn_dZ", "X"): ONE_GRADIENT_PER_SAMPLE,
    ("dL_da", "z"): "one gradient for each neuron of z",
    ("dL_dy_hat", "y_hat"): "one gradient for each class of y_hat",
    ("y_hat", "y"): "one prediction for each target of y",
    ("y_hat", "y: Distribution"): "one probability for each class of y",
    ("y", "z"): "one entry for each class of z",
}


# ---- where a loss is infinite ----------------------------------------------------------------------------------------

WITHOUT = "the loss is infinite and has no gradient with respect to y_hat; "
OF_SIGMOID = WITHOUT + "sigmoid_cross_entropy_gradient has one with respect to z"


def _binary(y_hat: Any, y: Any) -> None:
    for i in range(len(y_hat)):
        if is_symbolic(y_hat[i]):
            continue
        if y_hat[i] == 0 and y[i] != 0:
            raise ValueError(f"y_hat[{i}] is 0 where y[{i}] is {y[i]}: {OF_SIGMOID}")
        if y_hat[i] == 1 and y[i] != 1:
            raise ValueError(f"y_hat[{i}] is 1 where y[{i}] is {y[i]}: {OF_SIGMOID}")


def _categorical(y_hat: Any, y: Any) -> None:
    for k in range(len(y_hat)):
        if y_hat[k] == 0 and y[k] != 0:
            wanted = "softmax_cross_entropy_gradient has one with respect to z"
            raise ValueError(f"y_hat[{k}] is 0 where y[{k}] is {y[k]}: {WITHOUT}{wanted}")


def _index(y_hat: Any, label: int) -> None:
    if y_hat[label] == 0:
        wanted = "softmax_cross_entropy_index_gradient has one with respect to z"
        raise ValueError(f"y_hat[{label}] is 0 where the label is {label}: {WITHOUT}{wanted}")


# What else is looked at before a gradient that divides by ŷ.
NO_GRADIENT: dict[str, Callable[..., None]] = {
    "binary_cross_entropy_gradient": _binary,
    "cross_entropy_gradient": _categorical,
    "cross_entropy_index_gradient": _index,
}
