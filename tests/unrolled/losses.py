"""Losses, each one number, and their gradients as a hand derives them."""

from tests.unrolled.house_style import (
    ReLU,
    attention,
    batch_normalisation,
    convolution,
    cross_entropy_of_scores,
    layer_backward,
    layer_forward,
    momentum_step,
    relu,
    relu_derivative,
    rnn_step,
    softmax,
    weighted_sum,
    xor_epoch,
)
from tests.unrolled.inputs import CASES, matrix, vector

__all__ = ["BY_HAND", "LOSSES"]


def neuron_loss(x, w, b, y):
    z = weighted_sum(x, w) + b
    a = relu(z)
    d = a - y
    L = d * d
    return L


def neuron_gradients(x, w, b, y):
    z = weighted_sum(x, w) + b
    a = relu(z)
    dL_da = 2 * (a - y)
    dL_dz = dL_da * relu_derivative(z)
    dL_dw = [dL_dz * x_i for x_i in x]
    dL_dx = [dL_dz * w_i for w_i in w]
    return {"dL_dx": dL_dx, "dL_dw": dL_dw, "dL_db": dL_dz, "dL_dy": -dL_da}


def layer_loss(x, W, b, g):
    """Any loss of a layer's z, of which g is the gradient."""
    z = layer_forward(x, W, b)
    L = weighted_sum(z, g)
    return L


def layer_gradients(x, W, b, g):
    dL_dW, dL_db, dL_dx = layer_backward(g, x, W)
    return {"dL_dx": dL_dx, "dL_dW": dL_dW, "dL_db": dL_db, "dL_dg": layer_forward(x, W, b)}


def scores_loss(z, y):
    L = cross_entropy_of_scores(z, y)
    return L


def scores_gradients(z, y):
    """ŷ − y, for Σ y = 1."""
    y_hat = softmax(z)
    return {"dL_dz": [y_hat[k] - y[k] for k in range(len(z))]}


def network_loss(x, target, W, b, W_out, b_out):
    z = ReLU().forward(layer_forward(x, W, b))
    y_hat = layer_forward(z, W_out, b_out)
    L = 0
    for k in range(len(y_hat)):
        d_k = y_hat[k] - target[k]
        L += d_k * d_k
    return L


def network_gradients(x, target, W, b, W_out, b_out):
    u = layer_forward(x, W, b)
    z = ReLU().forward(u)
    y_hat = layer_forward(z, W_out, b_out)
    dL_dy = [2 * (y_hat[k] - target[k]) for k in range(len(y_hat))]
    dL_dW_out, dL_db_out, dL_dz = layer_backward(dL_dy, z, W_out)
    dL_du = ReLU().backward(dL_dz, u)
    dL_dW, dL_db, dL_dx = layer_backward(dL_du, x, W)
    return {
        "dL_dx": dL_dx,
        "dL_dtarget": [-g for g in dL_dy],
        "dL_dW": dL_dW,
        "dL_db": dL_db,
        "dL_dW_out": dL_dW_out,
        "dL_db_out": dL_db_out,
    }


def momentum_loss(x, y, W1, b1, W2, b2, velocities, learning_rate, beta):
    L, *_ = momentum_step(x, y, W1, b1, W2, b2, velocities, learning_rate, beta)
    return L


def rnn_loss(xs, h, W_x, W_h, b, targets):
    L, _states, _h = rnn_step(xs, h, W_x, W_h, b, targets)
    return L


def squares(rows):
    total = 0
    for row in rows:
        for value in row:
            total += value * value * value
    return total


def attention_loss(tokens, W_q, W_k, W_v):
    L = squares(attention(tokens, W_q, W_k, W_v))
    return L


def normalised_loss(X, gamma, beta, epsilon):
    L = squares(batch_normalisation(X, gamma, beta, epsilon))
    return L


def convolution_loss(signal, kernel, bias):
    L = squares([convolution(signal, kernel, bias)])
    return L


def after_an_epoch(X, targets, W, b, W_out, b_out, learning_rate):
    """Through three updates of the weights."""
    losses, *_ = xor_epoch(X, targets, W, b, W_out, b_out, learning_rate)
    L = losses[-1]
    return L


def out_of_a_loop(values, limit):
    """Return and continue where values decide."""
    L = power_until(values, limit) + max(values[0], -values[0]) ** 3
    return L


def power_until(values, limit):
    total = limit
    for value in values:
        if value < 0:
            continue
        total = total * value + value
        if total > limit:
            return total * limit
    return total


# Loss → (gradients by hand, arguments of the shapes).
BY_HAND = {
    neuron_loss: (neuron_gradients, (vector(3), vector(3), 1.0, 1.0)),
    layer_loss: (layer_gradients, (vector(2), matrix(3, 2), vector(3), vector(3))),
    scores_loss: (scores_gradients, (vector(3), vector(3))),
    network_loss: (network_gradients, (vector(2), vector(1), matrix(3, 2), vector(3), matrix(1, 3), vector(1))),
}
_BY_NAME = {function.__name__: shapes for function, shapes in CASES.items()}
LOSSES = {
    **{loss: shapes for loss, (_, shapes) in BY_HAND.items()},
    momentum_loss: _BY_NAME["momentum_step"],
    rnn_loss: _BY_NAME["rnn_step"],
    attention_loss: _BY_NAME["attention"],
    normalised_loss: _BY_NAME["batch_normalisation"],
    convolution_loss: _BY_NAME["convolution"],
    after_an_epoch: _BY_NAME["xor_epoch"],
    out_of_a_loop: (vector(4), 1.0),
}
