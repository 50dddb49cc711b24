"""The tasks as a user of scalarnn writes them: with functions, with objects, with training_step and train.

"Bare" is the loop of functions with the bare ones behind their doors: numbers that are known to be good.

Every contender takes what it is given and a number of steps, and returns the losses and the parameters at the end.
"""

from types import FunctionType

import scalarnn
from scalarnn import (
    GradientDescent,
    L2Penalty,
    Layer,
    Network,
    Neuron,
    ReLU,
    Sigmoid,
    batch_forward,
    batch_input_gradient,
    batch_parameter_gradients,
    bias_gradient,
    gradient_descent_step,
    half_squared_error,
    half_squared_error_gradient,
    l2_penalty,
    l2_penalty_gradient,
    layer_backward,
    layer_forward,
    mean_over_samples,
    neuron_backward,
    neuron_forward,
    relu,
    relu_derivative,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
    squared_error,
    squared_error_gradient,
    weight_gradient,
    weighted_sum,
)

# ---- the neuron of 003 -----------------------------------------------------------------------------------------------


def neuron_functions(given, steps):
    x, w, b, y, learning_rate = given["x"], given["w"], given["b"], given["y"], given["learning_rate"]
    losses = []
    for _ in range(steps):
        z = neuron_forward(x, w, b)
        a = relu(z)
        losses.append(squared_error([a], [y]))
        (dL_da,) = squared_error_gradient([a], [y])
        dL_dz = dL_da * relu_derivative(z)
        dL_dw, dL_db, _dL_dx = neuron_backward(dL_dz, x, w)
        w = gradient_descent_step(w, dL_dw, learning_rate)
        b = gradient_descent_step(b, dL_db, learning_rate)
    return losses, [w, b]


def neuron_objects(given, steps):
    x, y, learning_rate = given["x"], given["y"], given["learning_rate"]
    neuron = Neuron(given["w"], given["b"], ReLU())
    losses = []
    for _ in range(steps):
        a = neuron.forward(x)
        losses.append(squared_error([a], [y]))
        (dL_da,) = squared_error_gradient([a], [y])
        neuron.backward(dL_da)
        neuron.w = gradient_descent_step(neuron.w, neuron.dL_dw, learning_rate)
        neuron.b = gradient_descent_step(neuron.b, neuron.dL_db, learning_rate)
    return losses, [neuron.w, neuron.b]


# ---- the layer of 003 ------------------------------------------------------------------------------------------------


def layer_functions(given, steps):
    x, W, b, target, learning_rate = given["x"], given["W"], given["b"], given["target"], given["learning_rate"]
    activation = ReLU()
    losses = []
    for _ in range(steps):
        z = layer_forward(x, W, b)
        a = activation.forward(z)
        y = weighted_sum(a, [1] * len(a))
        losses.append(squared_error([y], [target]))
        (dL_dy,) = squared_error_gradient([y], [target])
        dL_dz = activation.backward([dL_dy] * len(a), z)
        dL_dW, dL_db, _dL_dx = layer_backward(dL_dz, x, W)
        W = gradient_descent_step(W, dL_dW, learning_rate)
        b = gradient_descent_step(b, dL_db, learning_rate)
    return losses, [W, b]


def layer_objects(given, steps):
    x, target, learning_rate = given["x"], given["target"], given["learning_rate"]
    layer = Layer(given["W"], given["b"], ReLU())
    losses = []
    for _ in range(steps):
        a = layer.forward(x)
        y = weighted_sum(a, [1] * len(a))
        losses.append(squared_error([y], [target]))
        (dL_dy,) = squared_error_gradient([y], [target])
        layer.backward([dL_dy] * len(a))
        layer.W = gradient_descent_step(layer.W, layer.dL_dW, learning_rate)
        layer.b = gradient_descent_step(layer.b, layer.dL_db, learning_rate)
    return losses, [layer.W, layer.b]


# ---- the network of 004 ----------------------------------------------------------------------------------------------


def network_functions(given, steps):
    x, target, learning_rate = given["x"], given["target"], given["learning_rate"]
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    activation = ReLU()
    losses = []
    for _ in range(steps):
        u = layer_forward(x, W, b)
        z = activation.forward(u)
        y = layer_forward(z, W_out, b_out)
        losses.append(half_squared_error(y, target))
        dL_dy = half_squared_error_gradient(y, target)
        dL_dW_out, dL_db_out, dL_dz = layer_backward(dL_dy, z, W_out)
        dL_du = activation.backward(dL_dz, u)
        dL_dW, dL_db, _dL_dx = layer_backward(dL_du, x, W)
        W = gradient_descent_step(W, dL_dW, learning_rate)
        b = gradient_descent_step(b, dL_db, learning_rate)
        W_out = gradient_descent_step(W_out, dL_dW_out, learning_rate)
        b_out = gradient_descent_step(b_out, dL_db_out, learning_rate)
    return losses, [[W, W_out], [b, b_out]]


def network_objects(given, steps):
    x, target, learning_rate = given["x"], given["target"], given["learning_rate"]
    network = _network(given, ReLU(), None)
    losses = []
    for _ in range(steps):
        y_hat = network.forward(x)
        losses.append(half_squared_error(y_hat, target))
        network.backward(half_squared_error_gradient(y_hat, target))
        network.update(learning_rate)
    return losses, _parameters(network)


def network_training_step(given, steps):
    from scalarnn.training import training_step

    X, targets = [given["x"]], [given["target"]]
    network = _network(given, ReLU(), None)
    optimizer = GradientDescent(given["learning_rate"])
    losses = []
    for _ in range(steps):
        _Y_hat, L = training_step(network, X, targets, optimizer, loss="half_squared_error")
        losses.append(L)
    return losses, _parameters(network)


# ---- micrograd's demo ------------------------------------------------------------------------------------------------


def demo_functions(given, steps):
    X, y, Ws, bs, alpha = given["X"], given["y"], given["Ws"], given["bs"], given["alpha"]
    activation = ReLU()
    losses = []
    for k in range(steps):
        Zs, As = [], [X]
        for layer in range(3):
            Z = batch_forward(As[layer], Ws[layer], bs[layer])
            Zs.append(Z)
            As.append([activation.forward(z) for z in Z] if layer < 2 else Z)
        L, dLn_dZ, _accuracy = _margins(As[3], y)
        dL_dWs, dL_dbs = [None] * 3, [None] * 3
        for layer in range(2, -1, -1):
            dL_dWs[layer], dL_dbs[layer] = batch_parameter_gradients(dLn_dZ, As[layer])
            if layer > 0:
                dLn_dA = batch_input_gradient(dLn_dZ, Ws[layer])
                dLn_dZ = [activation.backward(dLn_dA[n], Zs[layer - 1][n]) for n in range(len(X))]
        learning_rate = _demo_rate(k, given)
        Ws_new, bs_new = [], []
        for W, b, dL_dW, dL_db in zip(Ws, bs, dL_dWs, dL_dbs, strict=True):
            L += l2_penalty(W, alpha) + l2_penalty(b, alpha)
            W_part = gradient_descent_step(W, l2_penalty_gradient(W, alpha), learning_rate)
            b_part = gradient_descent_step(b, l2_penalty_gradient(b, alpha), learning_rate)
            Ws_new.append(gradient_descent_step(W_part, dL_dW, learning_rate))
            bs_new.append(gradient_descent_step(b_part, dL_db, learning_rate))
        losses.append(L)
        Ws, bs = Ws_new, bs_new
    return losses, [Ws, bs]


def demo_objects(given, steps):
    return _demo(given, steps)[:2]


def whole_demo(given, steps, grid):
    """With the scores of the grid, which the notebook's picture shows."""
    losses, parameters, network = _demo(given, steps)
    return losses, parameters, network.forward_batch(grid)


def _demo(given, steps):
    X, y, alpha = given["X"], given["y"], given["alpha"]
    network = _network(given, ReLU(), ReLU(), None)
    penalty = L2Penalty(alpha)
    losses = []
    for k in range(steps):
        Y_hat = network.forward_batch(X)
        L, dLn_dY_hat, _accuracy = _margins(Y_hat, y)
        L += penalty.value(network)
        network.backward_batch(dLn_dY_hat, to_inputs=False)
        penalty.add_gradient(network)
        for layer in network.layers:  # micrograd's penalty is on the biases too
            L += l2_penalty(layer.b, alpha)
            more = l2_penalty_gradient(layer.b, alpha)
            layer.dL_db = [layer.dL_db[j] + more[j] for j in range(len(more))]
        losses.append(L)
        network.update(_demo_rate(k, given))
    return losses, _parameters(network), network


def _margins(Y_hat, y):
    """The mean of max(0, 1 − yₙ ŷₙ), each sample's own gradient, and the accuracy."""
    L_n, dLn_dY_hat = [], []
    n_right = 0
    for n in range(len(y)):
        (score,) = Y_hat[n]
        margin = 1 - y[n] * score
        if margin > 0:
            L_n.append(margin)
            dLn_dY_hat.append([-y[n]])
        else:
            L_n.append(0)
            dLn_dY_hat.append([0])
        n_right += (y[n] > 0) == (score > 0)
    return mean_over_samples(L_n), dLn_dY_hat, n_right / len(y)


def _demo_rate(k, given):
    return 1.0 - 0.9 * k / given["epochs"]


# ---- classifiers: the spiral and the digits --------------------------------------------------------------------------


def classifier_objects(given, steps):
    network = _network(given, ReLU(), None)
    losses = []
    for step in range(steps):
        X, labels = _batch(given, step)
        Y_hat = network.forward_batch(X)
        L_n, dLn_dY_hat = [], []
        for n in range(len(X)):
            L_n.append(softmax_cross_entropy_index(Y_hat[n], labels[n]))
            dLn_dY_hat.append(softmax_cross_entropy_index_gradient(Y_hat[n], labels[n]))
        losses.append(mean_over_samples(L_n))
        network.backward_batch(dLn_dY_hat, to_inputs=False)
        network.update(given["learning_rate"])
    return losses, _parameters(network)


def classifier_training_step(given, steps):
    from scalarnn.training import training_step

    network = _network(given, ReLU(), None)
    optimizer = GradientDescent(given["learning_rate"])
    losses = []
    for step in range(steps):
        X, labels = _batch(given, step)
        _Y_hat, L = training_step(network, X, labels, optimizer)
        losses.append(L)
    return losses, _parameters(network)


def classifier_train(given, steps):
    """The losses of single batches are not kept by `train`, so only the parameters can be compared."""
    from scalarnn.training import train

    batch_size = given["batch_size"]
    batches = len(given["X"]) // batch_size
    epochs, more = divmod(steps, batches)
    network = _network(given, ReLU(), None)
    optimizer = GradientDescent(given["learning_rate"])
    settings = {"batch_size": batch_size, "shuffle": False, "progress": False}
    if epochs:
        train(network, given["X"], given["labels"], optimizer, epochs=epochs, **settings)
    if more:
        n = more * batch_size
        train(network, given["X"][:n], given["labels"][:n], optimizer, epochs=1, **settings)
    return None, _parameters(network)


def _batch(given, step):
    size = given["batch_size"]
    first = step * size % len(given["X"])
    return given["X"][first : first + size], given["labels"][first : first + size]


# ---- sigmoid networks, an update after each sample -------------------------------------------------------------------


def sigmoid_epoch(X, targets, W, b, W_out, b_out, learning_rate):
    activation = Sigmoid()
    for n in range(len(X)):
        z = layer_forward(X[n], W, b)
        a = activation.forward(z)
        z_out = layer_forward(a, W_out, b_out)
        y_hat = activation.forward(z_out)
        dL_dy_hat = half_squared_error_gradient(y_hat, targets[n])
        dL_dz_out = activation.backward(dL_dy_hat, z_out)
        dL_dW_out, dL_db_out, dL_da = layer_backward(dL_dz_out, a, W_out)
        dL_dz = activation.backward(dL_da, z)
        dL_dW = weight_gradient(dL_dz, X[n])
        dL_db = bias_gradient(dL_dz)
        W = gradient_descent_step(W, dL_dW, learning_rate)
        b = gradient_descent_step(b, dL_db, learning_rate)
        W_out = gradient_descent_step(W_out, dL_dW_out, learning_rate)
        b_out = gradient_descent_step(b_out, dL_db_out, learning_rate)
    return W, b, W_out, b_out


def sigmoid_functions(given, steps):
    X, targets, learning_rate = given["X"], given["targets"], given["learning_rate"]
    (W, W_out), (b, b_out) = given["Ws"], given["bs"]
    for _ in range(steps):
        W, b, W_out, b_out = sigmoid_epoch(X, targets, W, b, W_out, b_out, learning_rate)
    return None, [[W, W_out], [b, b_out]]


def sigmoid_objects(given, steps):
    """Without the loss, which the book's loop does not compute either."""
    X, targets, learning_rate = given["X"], given["targets"], given["learning_rate"]
    network = _network(given, Sigmoid(), Sigmoid())
    for _ in range(steps):
        for n in range(len(X)):
            y_hat = network.forward(X[n])
            network.backward(half_squared_error_gradient(y_hat, targets[n]))
            network.update(learning_rate)
    return None, _parameters(network)


# ---- bare ------------------------------------------------------------------------------------------------------------


def _bare(thing):
    """The function behind a door; an activation whose two methods are those behind the doors."""
    if isinstance(thing, type) and hasattr(thing, "derivative"):
        ways = {"forward": thing.forward.__wrapped__, "backward": thing.backward.__wrapped__}
        return type(thing.__name__, (thing,), ways)
    return thing if isinstance(thing, type) else getattr(thing, "__wrapped__", thing)


def _with_bare_functions(function, *helpers):
    names = {name: _bare(thing) for name, thing in globals().items() if name in scalarnn.__all__}
    names |= {helper.__name__: _with_bare_functions(helper) for helper in helpers}
    return FunctionType(function.__code__, {**globals(), **names})


neuron_bare = _with_bare_functions(neuron_functions)
layer_bare = _with_bare_functions(layer_functions)
network_bare = _with_bare_functions(network_functions)
demo_bare = _with_bare_functions(demo_functions)
sigmoid_bare = _with_bare_functions(sigmoid_functions, sigmoid_epoch)


# ---- shared ----------------------------------------------------------------------------------------------------------


def _network(given, *activations):
    layers = []
    for W, b, activation in zip(given["Ws"], given["bs"], activations, strict=True):
        layers.append(Layer(W, b, activation))
    return Network(layers)


def _parameters(network):
    return [[layer.W for layer in network.layers], [layer.b for layer in network.layers]]
