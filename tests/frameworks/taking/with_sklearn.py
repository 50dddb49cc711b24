"""The figures of scikit-learn's own optimizers, taken anew."""

import numpy as np
from sklearn.neural_network import _stochastic_optimizers
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
