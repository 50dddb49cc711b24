#!/bin/sh
# The step of scikit-learn's MLPRegressor with three outputs is three times the gradient of the loss that it reports.
#
# Expected: with alpha=0 and plain gradient descent, (weights before − weights after) / learning rate is the gradient of
#           loss_: whoever checks by differences of loss_ finds the same numbers.
# Happens:  it is k times that for k outputs. solver="lbfgs" is handed this pair, a function and the gradient of another.
# Why:      loss_ is half the squared error averaged over the samples and the outputs; the backward pass begins with
#           (prediction − target) / samples, the gradient of the sum over the outputs.
# Version:  scikit-learn 1.9.1
# Source:   neural_network/_base.py, squared_loss: ((y_true - y_pred) ** 2).mean() / 2; _multilayer_perceptron.py,
#           _backprop: deltas[last] = activations[-1] - y
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$dir/venv/bin/python" -W ignore - <<'PYTHON'
import copy

import numpy as np
from sklearn.neural_network import MLPRegressor

X = np.random.RandomState(0).randn(20, 3)
RATE, H = 1e-3, 1e-6


def loss(mlp, Y, h):
    """loss_ where the first bias of the last layer is h larger; it is that from before the step."""
    mlp = copy.deepcopy(mlp)
    mlp.intercepts_[-1][0] += h
    return mlp.partial_fit(X, Y).loss_


for k in (1, 2, 3, 10):
    Y = np.sin(X @ np.random.RandomState(k).randn(3, k))
    Y = Y.ravel() if k == 1 else Y
    how = {"solver": "sgd", "momentum": 0, "alpha": 0, "learning_rate_init": RATE, "batch_size": 20, "random_state": 0}
    mlp = MLPRegressor(hidden_layer_sizes=(4,), activation="tanh", **how).partial_fit(X, Y)
    after = copy.deepcopy(mlp).partial_fit(X, Y)
    gradient = (mlp.intercepts_[-1][0] - after.intercepts_[-1][0]) / RATE
    difference = (loss(mlp, Y, H) - loss(mlp, Y, -H)) / (2 * H)
    print(f"{k:2} outputs: step / rate {gradient:+.6f}, slope of loss_ {difference:+.6f}: {gradient / difference:.4f} times")
    assert abs(gradient / difference - k) < 1e-3
PYTHON
