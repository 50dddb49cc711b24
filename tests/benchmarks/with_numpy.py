"""The tasks as a user of NumPy writes them: the sources' own loops, and mini-batches as matrices."""

import numpy as np


def neuron(given, steps):
    """The loop of `003` §2."""
    inputs, weights, bias = np.array(given["x"]), np.array(given["w"]), given["b"]
    target, learning_rate = given["y"], given["learning_rate"]
    losses = []
    for _ in range(steps):
        linear_output = np.dot(weights, inputs) + bias
        output = np.maximum(0, linear_output)
        losses.append((output - target) ** 2)
        dloss_doutput = 2 * (output - target)
        doutput_dlinear = np.where(linear_output > 0, 1.0, 0.0)
        dloss_dlinear = dloss_doutput * doutput_dlinear
        weights -= learning_rate * (dloss_dlinear * inputs)
        bias -= learning_rate * dloss_dlinear
    return losses, [weights, bias]


def layer(given, steps):
    """The loop of `003` §3."""
    inputs, weights, biases = np.array(given["x"]), np.array(given["W"]), np.array(given["b"])
    target, learning_rate = given["target"], given["learning_rate"]
    losses = []
    for _ in range(steps):
        z = np.dot(weights, inputs) + biases
        a = np.maximum(0, z)
        y = np.sum(a)
        losses.append((y - target) ** 2)
        dL_dz = 2 * (y - target) * np.ones_like(a) * np.where(z > 0, 1, 0)
        weights -= learning_rate * np.outer(dL_dz, inputs)
        biases -= learning_rate * dL_dz
    return losses, [weights, biases]


def network(given, steps):
    """The loop of `004`."""
    x, target, learning_rate = np.array(given["x"]), np.array(given["target"]), given["learning_rate"]
    W_in, W_out = (np.array(W) for W in given["Ws"])
    b_in, b_out = (np.array(b) for b in given["bs"])
    losses = []
    for _ in range(steps):
        u = np.dot(W_in, x) + b_in
        z = np.maximum(0, u)
        y = np.dot(W_out, z) + b_out
        loss = 0.5 * (y - target) ** 2
        losses.append(loss[0])
        dL_dy = y - target
        dL_dW_out = np.outer(dL_dy, z)
        dL_dz = np.dot(dL_dy, W_out)
        dL_du = dL_dz * (u > 0)
        dL_dW_in = np.outer(dL_du, x)
        W_in = W_in - learning_rate * dL_dW_in
        b_in = b_in - learning_rate * dL_du
        W_out = W_out - learning_rate * dL_dW_out
        b_out = b_out - learning_rate * dL_dy
    return losses, [[W_in, W_out], [b_in, b_out]]


def demo(given, steps):
    return _demo(given, steps)[:2]


def whole_demo(given, steps, grid):
    losses, parameters, (Ws, bs) = _demo(given, steps)
    return losses, parameters, _forward(np.array(grid), Ws, bs)[-1]


def _demo(given, steps):
    X, y, alpha = np.array(given["X"]), np.array(given["y"]).reshape(-1, 1), given["alpha"]
    Ws, bs = [np.array(W) for W in given["Ws"]], [np.array(b) for b in given["bs"]]
    losses = []
    for k in range(steps):
        As = _forward(X, Ws, bs)
        margins = 1 - y * As[-1]
        L = np.maximum(0, margins).mean()
        for W, b in zip(Ws, bs, strict=True):
            L += alpha * (np.sum(W * W) + np.sum(b * b))
        losses.append(L)
        _accuracy = np.mean((y > 0) == (As[-1] > 0))
        learning_rate = 1.0 - 0.9 * k / given["epochs"]
        dL_dZ = np.where(margins > 0, -y, 0.0) / len(X)
        for layer in range(2, -1, -1):
            dL_dW = dL_dZ.T @ As[layer] + 2 * alpha * Ws[layer]
            dL_db = dL_dZ.sum(axis=0) + 2 * alpha * bs[layer]
            if layer > 0:
                dL_dZ = (dL_dZ @ Ws[layer]) * (As[layer] > 0)
            Ws[layer] -= learning_rate * dL_dW
            bs[layer] -= learning_rate * dL_db
    return losses, [Ws, bs], (Ws, bs)


def _forward(X, Ws, bs):
    As = [X]
    for layer in range(len(Ws)):
        Z = As[-1] @ Ws[layer].T + bs[layer]
        As.append(np.maximum(0, Z) if layer < len(Ws) - 1 else Z)
    return As


def classifier(given, steps):
    X_all, labels_all = np.array(given["X"]), np.array(given["labels"])
    W, W_out = (np.array(W) for W in given["Ws"])
    b, b_out = (np.array(b) for b in given["bs"])
    size, learning_rate = given["batch_size"], given["learning_rate"]
    losses = []
    for step in range(steps):
        first = step * size % len(X_all)
        X, labels = X_all[first : first + size], labels_all[first : first + size]
        rows = np.arange(len(X))
        A = np.maximum(0, X @ W.T + b)
        Z = A @ W_out.T + b_out
        Z -= Z.max(axis=1, keepdims=True)
        E = np.exp(Z)
        S = E.sum(axis=1, keepdims=True)
        losses.append((np.log(S[:, 0]) - Z[rows, labels]).mean())
        dL_dZ = E / S
        dL_dZ[rows, labels] -= 1
        dL_dZ /= len(X)
        dL_dA = (dL_dZ @ W_out) * (A > 0)
        W_out -= learning_rate * (dL_dZ.T @ A)
        b_out -= learning_rate * dL_dZ.sum(axis=0)
        W -= learning_rate * (dL_dA.T @ X)
        b -= learning_rate * dL_dA.sum(axis=0)
    return losses, [[W, W_out], [b, b_out]]


def sigmoid(given, steps):
    X, targets, learning_rate = np.array(given["X"]), np.array(given["targets"]), given["learning_rate"]
    W, W_out = (np.array(W) for W in given["Ws"])
    b, b_out = (np.array(b) for b in given["bs"])
    for _ in range(steps):
        for x, y in zip(X, targets, strict=True):
            a = 1 / (1 + np.exp(-(W @ x + b)))
            y_hat = 1 / (1 + np.exp(-(W_out @ a + b_out)))
            d = y_hat - y
            dL_dz_out = d * y_hat * (1 - y_hat)
            dL_dz = (dL_dz_out @ W_out) * a * (1 - a)
            W_out -= learning_rate * np.outer(dL_dz_out, a)
            b_out -= learning_rate * dL_dz_out
            W -= learning_rate * np.outer(dL_dz, x)
            b -= learning_rate * dL_dz
    return None, [[W, W_out], [b, b_out]]
