"""The tasks unrolled: a step as a program that is called, and the loop over steps inside a program.

The functions below are what is unrolled; they call the package's own functions, and are written sample by sample, so
that a loop over samples can stay a loop.
"""

from scalarnn import (
    ReLU,
    gradient_descent_step,
    half_squared_error,
    half_squared_error_gradient,
    input_gradient,
    l2_penalty,
    l2_penalty_gradient,
    layer_backward,
    layer_forward,
    neuron_backward,
    neuron_forward,
    relu,
    relu_derivative,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
    squared_error,
    squared_error_gradient,
    weighted_sum,
)
from scalarnn.unrolled import unroll
from tests.benchmarks.with_scalarnn import sigmoid_epoch

# ---- one step --------------------------------------------------------------------------------------------------------


def neuron_step(x, w, b, y, learning_rate):
    z = neuron_forward(x, w, b)
    a = relu(z)
    L = squared_error([a], [y])
    (dL_da,) = squared_error_gradient([a], [y])
    dL_dz = dL_da * relu_derivative(z)
    dL_dw, dL_db, _dL_dx = neuron_backward(dL_dz, x, w)
    w = gradient_descent_step(w, dL_dw, learning_rate)
    b = gradient_descent_step(b, dL_db, learning_rate)
    return L, w, b


def layer_step(x, W, b, target, learning_rate):
    activation = ReLU()
    z = layer_forward(x, W, b)
    a = activation.forward(z)
    y = weighted_sum(a, [1] * len(a))
    L = squared_error([y], [target])
    (dL_dy,) = squared_error_gradient([y], [target])
    dL_dz = activation.backward([dL_dy] * len(a), z)
    dL_dW, dL_db, _dL_dx = layer_backward(dL_dz, x, W)
    W = gradient_descent_step(W, dL_dW, learning_rate)
    b = gradient_descent_step(b, dL_db, learning_rate)
    return L, W, b


def network_step(x, target, W, b, W_out, b_out, learning_rate):
    activation = ReLU()
    u = layer_forward(x, W, b)
    z = activation.forward(u)
    y = layer_forward(z, W_out, b_out)
    L = half_squared_error(y, target)
    dL_dy = half_squared_error_gradient(y, target)
    dL_dW_out, dL_db_out, dL_dz = layer_backward(dL_dy, z, W_out)
    dL_du = activation.backward(dL_dz, u)
    dL_dW, dL_db, _dL_dx = layer_backward(dL_du, x, W)
    W = gradient_descent_step(W, dL_dW, learning_rate)
    b = gradient_descent_step(b, dL_db, learning_rate)
    W_out = gradient_descent_step(W_out, dL_dW_out, learning_rate)
    b_out = gradient_descent_step(b_out, dL_db_out, learning_rate)
    return L, W, b, W_out, b_out


# ---- the loop over steps ---------------------------------------------------------------------------------------------


def neuron_steps(x, w, b, y, learning_rate, steps):
    losses = []
    for _step in range(steps):
        L, w, b = neuron_step(x, w, b, y, learning_rate)
        losses.append(L)
    return losses, [w, b]


def layer_steps(x, W, b, target, learning_rate, steps):
    losses = []
    for _step in range(steps):
        L, W, b = layer_step(x, W, b, target, learning_rate)
        losses.append(L)
    return losses, [W, b]


def network_steps(x, target, W, b, W_out, b_out, learning_rate, steps):
    losses = []
    for _step in range(steps):
        L, W, b, W_out, b_out = network_step(x, target, W, b, W_out, b_out, learning_rate)
        losses.append(L)
    return losses, [[W, W_out], [b, b_out]]


def sigmoid_steps(X, targets, W, b, W_out, b_out, learning_rate, steps):
    for _step in range(steps):
        W, b, W_out, b_out = sigmoid_epoch(X, targets, W, b, W_out, b_out, learning_rate)
    return None, [[W, W_out], [b, b_out]]


def demo_steps(X, y, Ws, bs, alpha, epochs, steps):
    activation = ReLU()
    losses = []
    for step in range(steps):
        sums_dW = [[[0] * len(W_j) for W_j in W] for W in Ws]
        sums_db = [[0] * len(b) for b in bs]
        total = 0
        for n in range(len(X)):
            a1 = activation.forward(z1 := layer_forward(X[n], Ws[0], bs[0]))
            a2 = activation.forward(z2 := layer_forward(a1, Ws[1], bs[1]))
            (score,) = layer_forward(a2, Ws[2], bs[2])
            margin = 1 - y[n] * score
            if margin > 0:
                total += margin
                dL_dz3 = [-y[n]]
                dL_dz2 = activation.backward(input_gradient(dL_dz3, Ws[2]), z2)
                dL_dz1 = activation.backward(input_gradient(dL_dz2, Ws[1]), z1)
                add_gradients(sums_dW[2], sums_db[2], dL_dz3, a2)
                add_gradients(sums_dW[1], sums_db[1], dL_dz2, a1)
                add_gradients(sums_dW[0], sums_db[0], dL_dz1, X[n])
        L = total / len(X)
        learning_rate = 1.0 - 0.9 * step / epochs
        for layer in range(len(Ws)):
            L += l2_penalty(Ws[layer], alpha) + l2_penalty(bs[layer], alpha)
        losses.append(L)
        Ws = [regularised(Ws[k], sums_dW[k], len(X), alpha, learning_rate) for k in range(len(Ws))]
        bs = [regularised([bs[k]], [sums_db[k]], len(X), alpha, learning_rate)[0] for k in range(len(bs))]
    return losses, [Ws, bs]


def classifier_steps(X, labels, W, b, W_out, b_out, learning_rate, batch_size, steps):
    activation = ReLU()
    losses = []
    for step in range(steps):
        sum_dW, sum_db = [[0] * len(W[0]) for _ in W], [0] * len(b)
        sum_dW_out, sum_db_out = [[0] * len(W_out[0]) for _ in W_out], [0] * len(b_out)
        total = 0
        first = step * batch_size % len(X)
        for n in range(batch_size):
            x = X[first + n]
            label = labels[first + n]
            z = layer_forward(x, W, b)
            a = activation.forward(z)
            z_out = layer_forward(a, W_out, b_out)
            total += softmax_cross_entropy_index(z_out, label)
            dL_dz_out = softmax_cross_entropy_index_gradient(z_out, label)
            dL_dz = activation.backward(input_gradient(dL_dz_out, W_out), z)
            add_gradients(sum_dW_out, sum_db_out, dL_dz_out, a)
            add_gradients(sum_dW, sum_db, dL_dz, x)
        losses.append(total / batch_size)
        W = gradient_descent_step(W, mean(sum_dW, batch_size), learning_rate)
        b = gradient_descent_step(b, mean([sum_db], batch_size)[0], learning_rate)
        W_out = gradient_descent_step(W_out, mean(sum_dW_out, batch_size), learning_rate)
        b_out = gradient_descent_step(b_out, mean([sum_db_out], batch_size)[0], learning_rate)
    return losses, [[W, W_out], [b, b_out]]


def add_gradients(sum_dW, sum_db, dL_dz, x):
    """What a neuron that is off adds is left out, as in a batch of the package."""
    for j in range(len(dL_dz)):
        dL_dz_j = dL_dz[j]
        if type(dL_dz_j) is float and dL_dz_j == 0:
            continue
        for i in range(len(x)):
            sum_dW[j][i] += dL_dz_j * x[i]
        sum_db[j] += dL_dz_j


def mean(sums, n):
    return [[entry / n for entry in row] for row in sums]


def regularised(W, sum_dW, n, alpha, learning_rate):
    dL_dW = mean(sum_dW, n)
    W_part = gradient_descent_step(W, l2_penalty_gradient(W, alpha), learning_rate)
    return gradient_descent_step(W_part, dL_dW, learning_rate)


# ---- as contenders ---------------------------------------------------------------------------------------------------


_PROGRAMS = {}


def program_of(function, *arguments, keep=()):
    """The program for arguments of these shapes, made once."""
    key = function.__name__, str(_shape(arguments)), keep
    if key not in _PROGRAMS:
        _PROGRAMS[key] = unroll(function, *arguments, keep=keep)
    return _PROGRAMS[key]


def _shape(thing):
    if isinstance(thing, (list, tuple)):
        return [len(thing), _shape(thing[0])] if thing else []
    return type(thing).__name__


def neuron(given, steps):
    x, w, b, y, learning_rate = given["x"], given["w"], given["b"], given["y"], given["learning_rate"]
    step = program_of(neuron_step, x, w, b, y, learning_rate).run
    losses = []
    for _ in range(steps):
        L, w, b = step(x, w, b, y, learning_rate)
        losses.append(L)
    return losses, [w, b]


def layer(given, steps):
    x, W, b, target, learning_rate = given["x"], given["W"], given["b"], given["target"], given["learning_rate"]
    step = program_of(layer_step, x, W, b, target, learning_rate).run
    losses = []
    for _ in range(steps):
        L, W, b = step(x, W, b, target, learning_rate)
        losses.append(L)
    return losses, [W, b]


def network(given, steps):
    x, target, learning_rate = given["x"], given["target"], given["learning_rate"]
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    step = program_of(network_step, x, target, W, b, W_out, b_out, learning_rate).run
    losses = []
    for _ in range(steps):
        L, W, b, W_out, b_out = step(x, target, W, b, W_out, b_out, learning_rate)
        losses.append(L)
    return losses, [[W, W_out], [b, b_out]]


def sigmoid(given, steps):
    X, targets, learning_rate = given["X"], given["targets"], given["learning_rate"]
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    keep = "n" if len(X) > 10 else ()
    epoch = program_of(sigmoid_epoch, X, targets, W, b, W_out, b_out, learning_rate, keep=keep).run
    for _ in range(steps):
        W, b, W_out, b_out = epoch(X, targets, W, b, W_out, b_out, learning_rate)
    return None, [[W, W_out], [b, b_out]]


def neuron_whole(given, steps):
    arguments = given["x"], given["w"], given["b"], given["y"], given["learning_rate"], steps
    return program_of(neuron_steps, *arguments, keep="step").run(*arguments)


def layer_whole(given, steps):
    arguments = given["x"], given["W"], given["b"], given["target"], given["learning_rate"], steps
    return program_of(layer_steps, *arguments, keep="step").run(*arguments)


def network_whole(given, steps):
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    arguments = given["x"], given["target"], W, b, W_out, b_out, given["learning_rate"], steps
    return program_of(network_steps, *arguments, keep="step").run(*arguments)


def sigmoid_whole(given, steps):
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    arguments = given["X"], given["targets"], W, b, W_out, b_out, given["learning_rate"], steps
    return program_of(sigmoid_steps, *arguments, keep=("n", "step")).run(*arguments)


def demo_whole(given, steps):
    arguments = given["X"], given["y"], given["Ws"], given["bs"], given["alpha"], given["epochs"], steps
    return program_of(demo_steps, *arguments, keep=("n", "step")).run(*arguments)


def classifier_whole(given, steps):
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    arguments = (
        *(given["X"], given["labels"], W, b, W_out, b_out),
        *(given["learning_rate"], given["batch_size"], steps),
    )
    return program_of(classifier_steps, *arguments, keep=("n", "step")).run(*arguments)
