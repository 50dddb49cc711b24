"""The figures of scikit-learn's own optimizers, taken anew."""

import numpy as np
from sklearn import neural_network
from sklearn.neural_network import _base, _stochastic_optimizers
from sklearn.neural_network._base import DERIVATIVES


def way(call, options, gradients, rates, float32):
    kind = np.float32 if float32 else np.float64
    w = np.array([1.0], dtype=kind)
    optimizer = getattr(_stochastic_optimizers, call)([w], learning_rate_init=rates[0], **options)
    places = []
    for gradient, rate in zip(gradients, rates, strict=True):
        optimizer.learning_rate = optimizer.learning_rate_init = rate
        optimizer.update_params([w], [np.array([gradient], dtype=kind)])
        places.append(float(w[0]))
    return places


def relu():
    delta = np.array([1.0])
    DERIVATIVES["relu"](np.array([0.0]), delta)
    return float(delta[0])


KINKS = {"relu(0)": relu}
LOSSES = {}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample: a network of biases alone says its loss_, and takes a step of rate 1."""
    network = getattr(neural_network, call)(
        hidden_layer_sizes=(), solver="sgd", learning_rate_init=1, momentum=0, alpha=0, **options
    )
    target = [y.index(1.0)] if takes == "a class" else [y if len(y) > 1 else y[0]]
    if takes == "numbers":
        network.partial_fit([[0.0]], target)
    else:
        classes = list(range(max(len(y), 2)))
        network.partial_fit([[0.0]], [int(one) for one in target] if takes == "answers" else target, classes=classes)
    network.coefs_[0][:] = 0.0
    network.intercepts_[0][:] = y_hat
    network.partial_fit([[0.0]], [int(one) for one in target] if takes == "answers" else target)
    return [float(network.loss_), *(np.array(y_hat) - network.intercepts_[0]).tolist()]


NAMES = {"relu": "relu", "sigmoid": "logistic", "tanh": "tanh"}
ACTIVATIONS = NAMES


def curve(name, at):
    """a and da/dz at some z: its derivatives are functions of a."""
    a, slopes = np.array(at), np.ones(len(at))
    _base.ACTIVATIONS[NAMES[name]](a)
    DERIVATIVES[NAMES[name]](a, slopes)
    return a.tolist() + slopes.tolist()
