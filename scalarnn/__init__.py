"""See backpropagation: neural networks from plain lists and loops, every derivation step one named line.

Inputs go through neurons, layers and activations to a loss; gradients come back through the same rooms in reverse.
Every function is here under its own name; the modules hold them in the order of the chapters:

    neuron, layer, activations, softmax, losses, labels, network, optimizers, penalties, initialization, search,
    gradient_check, layouts

Beside them, to be imported from their own modules: `float32`, `short_floats` and `dual` (kinds of number),
`random_numbers` (NumPy's legacy generator), `worked` (the hand-worked examples and every printed figure of the
sources). At the ground stand `scalar` (exp, log, sqrt for any kind of number) and `check` (the error messages).

What the signatures mean:

    Number             int, float, Fraction, Float32, Dual or a symbol; no bool, text, None or NaN
    Vector             a list, tuple or NumPy row of numbers
    Matrix             a list of rows, all of the same length: a row of W is a neuron, a row of X a sample
    Activation         what a Layer takes: an object such as ReLU() or Softmax(), with forward(z) and backward(dL_da, z)
    ScalarActivation   what a Neuron takes: an object such as ReLU(), with value(z) and derivative(z); not Softmax()

Two ints divide to a float: for exact results give every number as a Fraction, the targets too.

A docstring says in which source its formula stands:

    000   "Building Neural Networks from Scratch", Joyce Mai, July 2025: a LaTeX note
    001   "Learn to Build a Neural Network From Scratch — Yes, Really": a lesson summary
    002   "Neural Networks from Scratch Pt 2", Caleb Hallinan, January 2026: lecture slides
    003   "notes_13", January 2025: a notebook
    004   "Neural Networks from scratch": a blog post
"""

from __future__ import annotations

from scalarnn.neuron import Neuron, neuron_backward, neuron_forward, weighted_sum
from scalarnn.layer import (
    Layer,
    batch_backward,
    batch_backward_sum,
    batch_forward,
    batch_input_gradient,
    batch_parameter_gradients,
    batch_parameter_gradients_sum,
    bias_gradient,
    input_gradient,
    layer_backward,
    layer_forward,
    weight_gradient,
)
from scalarnn.activations import (
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Tanh,
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)
from scalarnn.softmax import (
    Softmax,
    log_sum_exp,
    softmax,
    softmax_backward,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
    softmax_jacobian,
)
from scalarnn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    clipped_cross_entropy,
    clipped_cross_entropy_gradient,
    clipped_cross_entropy_index,
    clipped_cross_entropy_index_gradient,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_index,
    cross_entropy_index_gradient,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
    half_squared_error,
    half_squared_error_gradient,
    mean_absolute_error,
    mean_absolute_error_gradient,
    mean_over_samples,
    mean_squared_error,
    mean_squared_error_gradient,
    root_mean_squared_error,
    root_mean_squared_error_gradient,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    squared_error,
    squared_error_gradient,
)
from scalarnn.labels import one_hot, predicted_class
from scalarnn.network import Network, network_backward, network_forward
from scalarnn.learning.gradient_descent import GradientDescent, gradient_descent_step
from scalarnn.doors import door, open_doors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.gradient_check import (
        GradientEntry,
        GradientReport,
        check_batch_gradients,
        check_gradients,
        check_network_gradients,
    )
    from scalarnn.layouts import (
        samples_from_columns,
        samples_to_columns,
        transpose,
        weights_from_inputs_by_neurons,
        weights_to_inputs_by_neurons,
    )
    from scalarnn.learning.momentum import Momentum, Nesterov, momentum_step, nesterov_step
    from scalarnn.learning.adagrad import AdaGrad, RMSProp, adagrad_step, rmsprop_step
    from scalarnn.learning.adam import Adam, adam_step
    from scalarnn.learning.decay import ExponentialDecay, InverseTimeDecay, exponential_decay, inverse_time_decay
    from scalarnn.learning.optimizer import zeros_like
    from scalarnn.learning.penalties import (
        HalfL2Penalty,
        L1Penalty,
        L2Penalty,
        half_l2_penalty,
        half_l2_penalty_gradient,
        l1_penalty,
        l1_penalty_gradient,
        l2_penalty,
        l2_penalty_gradient,
        total_gradient,
    )
    from scalarnn.learning.initialization import (
        dense_network,
        glorot_normal,
        glorot_uniform,
        he_normal,
        he_uniform,
        hundredth_normal,
        normal_weights,
        tenth_normal,
        uniform_weights,
    )
    from scalarnn.learning.search import random_adjustment, random_search

# Rooms that most programs do without; they are imported when somebody asks for what is in them.
_LATER = {
    "learning.momentum": ("Momentum", "Nesterov", "momentum_step", "nesterov_step"),
    "learning.adagrad": ("AdaGrad", "RMSProp", "adagrad_step", "rmsprop_step"),
    "learning.adam": ("Adam", "adam_step"),
    "learning.decay": ("ExponentialDecay", "InverseTimeDecay", "exponential_decay", "inverse_time_decay"),
    "learning.optimizer": ("zeros_like",),
    "learning.penalties": (
        "HalfL2Penalty",
        "L1Penalty",
        "L2Penalty",
        "half_l2_penalty",
        "half_l2_penalty_gradient",
        "l1_penalty",
        "l1_penalty_gradient",
        "l2_penalty",
        "l2_penalty_gradient",
        "total_gradient",
    ),
    "learning.initialization": (
        "dense_network",
        "glorot_normal",
        "glorot_uniform",
        "he_normal",
        "he_uniform",
        "hundredth_normal",
        "normal_weights",
        "tenth_normal",
        "uniform_weights",
    ),
    "learning.search": ("random_adjustment", "random_search"),
    "gradient_check": (
        "GradientEntry",
        "GradientReport",
        "check_batch_gradients",
        "check_gradients",
        "check_network_gradients",
    ),
    "layouts": (
        "samples_from_columns",
        "samples_to_columns",
        "transpose",
        "weights_from_inputs_by_neurons",
        "weights_to_inputs_by_neurons",
    ),
    "tracing": ("write_out",),
    "exchange": ("from_keras", "from_sklearn", "from_torch"),
    "frameworks": ("like",),
}

_LOOK_FOR_THEMSELVES = ("gradient_check", "tracing", "exchange", "frameworks")


def __getattr__(name: str) -> Any:
    for room, names in _LATER.items():
        if name in names:
            thing = getattr(__import__(f"scalarnn.{room}", fromlist=[name]), name)
            has_doors = isinstance(thing, type) or room in _LOOK_FOR_THEMSELVES
            globals()[name] = thing if has_doors else door(thing)
            return globals()[name]
    raise AttributeError(f"module 'scalarnn' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__version__ = "0.2.0"

__all__ = [
    "Neuron",
    "neuron_backward",
    "neuron_forward",
    "weighted_sum",
    "Layer",
    "batch_backward",
    "batch_backward_sum",
    "batch_forward",
    "batch_input_gradient",
    "batch_parameter_gradients",
    "batch_parameter_gradients_sum",
    "bias_gradient",
    "input_gradient",
    "layer_backward",
    "layer_forward",
    "weight_gradient",
    "Identity",
    "LeakyReLU",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "tanh_derivative",
    "Softmax",
    "log_sum_exp",
    "softmax",
    "softmax_backward",
    "softmax_cross_entropy",
    "softmax_cross_entropy_gradient",
    "softmax_cross_entropy_index",
    "softmax_cross_entropy_index_gradient",
    "softmax_jacobian",
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "clipped_cross_entropy",
    "clipped_cross_entropy_gradient",
    "clipped_cross_entropy_index",
    "clipped_cross_entropy_index_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "cross_entropy_index",
    "cross_entropy_index_gradient",
    "half_mean_squared_error",
    "half_mean_squared_error_gradient",
    "half_squared_error",
    "half_squared_error_gradient",
    "mean_absolute_error",
    "mean_absolute_error_gradient",
    "mean_over_samples",
    "mean_squared_error",
    "mean_squared_error_gradient",
    "root_mean_squared_error",
    "root_mean_squared_error_gradient",
    "sigmoid_cross_entropy",
    "sigmoid_cross_entropy_gradient",
    "squared_error",
    "squared_error_gradient",
    "one_hot",
    "predicted_class",
    "Network",
    "network_backward",
    "network_forward",
    "GradientDescent",
    "gradient_descent_step",
    "Momentum",
    "Nesterov",
    "momentum_step",
    "nesterov_step",
    "AdaGrad",
    "RMSProp",
    "adagrad_step",
    "rmsprop_step",
    "Adam",
    "adam_step",
    "ExponentialDecay",
    "InverseTimeDecay",
    "exponential_decay",
    "inverse_time_decay",
    "zeros_like",
    "HalfL2Penalty",
    "L1Penalty",
    "L2Penalty",
    "half_l2_penalty",
    "half_l2_penalty_gradient",
    "l1_penalty",
    "l1_penalty_gradient",
    "l2_penalty",
    "l2_penalty_gradient",
    "total_gradient",
    "dense_network",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "hundredth_normal",
    "normal_weights",
    "tenth_normal",
    "uniform_weights",
    "random_adjustment",
    "random_search",
    "GradientEntry",
    "GradientReport",
    "check_batch_gradients",
    "check_gradients",
    "check_network_gradients",
    "samples_from_columns",
    "samples_to_columns",
    "transpose",
    "weights_from_inputs_by_neurons",
    "weights_to_inputs_by_neurons",
]

open_doors(globals(), [name for name in __all__ if name in globals()])


def _shown(thing: Neuron | Layer | Network) -> str:
    """What a notebook draws; the room is imported when one asks."""
    html: str = __import__("scalarnn.notebook", fromlist=["html_of_layers"]).html_of_layers(thing)
    return html


def _player(network: Any, x: Any, y: Any = None, **settings: Any) -> Any:
    """A player of one step, which shows itself in a notebook: derivation, code and network move together.

    Args:
        network: of the package's layers and activations.
        x: the inputs of one sample, or a row a sample.
        y: the targets, a row a sample for several.
        settings: more keys of an exercise, such as loss, learning_rate and optimizer.
    """
    return __import__("scalarnn.player.shown", fromlist=["of_network"]).of_network(network, x, y, **settings)


Network.player = _player  # type: ignore[attr-defined]
Neuron._repr_html_ = Layer._repr_html_ = Network._repr_html_ = _shown  # type: ignore[attr-defined]
