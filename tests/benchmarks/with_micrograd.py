"""The tasks with micrograd 0.1.0: every number a Value, every operation a node of a graph.

micrograd has no exp and no log, which cross-entropy needs: they are added here in its own style.
"""

from math import exp, log

from micrograd.engine import Value
from micrograd.nn import MLP, Layer, Neuron


def neuron(given, steps):
    x, y, learning_rate = given["x"], given["y"], given["learning_rate"]
    model = Neuron(len(x))
    _set_neuron(model, given["w"], given["b"])
    losses = []
    for _ in range(steps):
        L = (model(x) - y) ** 2
        _descend(model, L, learning_rate)
        losses.append(L)
    return losses, [model.w, model.b]


def layer(given, steps):
    x, target, learning_rate = given["x"], given["target"], given["learning_rate"]
    model = Layer(len(x), len(given["W"]))
    for j in range(len(model.neurons)):
        _set_neuron(model.neurons[j], given["W"][j], given["b"][j])
    losses = []
    for _ in range(steps):
        L = (sum(model(x)) - target) ** 2
        _descend(model, L, learning_rate)
        losses.append(L)
    return losses, [[neuron.w for neuron in model.neurons], [neuron.b for neuron in model.neurons]]


def network(given, steps):
    x, (target,), learning_rate = given["x"], given["target"], given["learning_rate"]
    model = _mlp(given)
    losses = []
    for _ in range(steps):
        L = 0.5 * (model(x) - target) ** 2
        _descend(model, L, learning_rate)
        losses.append(L)
    return losses, _parameters(model)


def demo(given, steps):
    return _demo(given, steps)[:2]


def whole_demo(given, steps, grid):
    losses, parameters, model = _demo(given, steps)
    return losses, parameters, [model(list(map(Value, x))) for x in grid]


def _demo(given, steps):
    """The loop of its notebook."""
    X, y, alpha = given["X"], given["y"], given["alpha"]
    model = _mlp(given)
    history = []
    for k in range(steps):
        inputs = [list(map(Value, x)) for x in X]
        scores = list(map(model, inputs))
        losses = [(1 + -y_n * score).relu() for y_n, score in zip(y, scores, strict=True)]
        data_loss = sum(losses) * (1.0 / len(losses))
        penalty = alpha * sum(p * p for p in model.parameters())
        L = data_loss + penalty
        right = [(y_n > 0) == (score.data > 0) for y_n, score in zip(y, scores, strict=True)]
        _accuracy = sum(right) / len(right)
        _descend(model, L, 1.0 - 0.9 * k / given["epochs"])
        history.append(L.data)
    return history, _parameters(model), model


def classifier(given, steps):
    model = _mlp(given)
    size = given["batch_size"]
    losses = []
    for step in range(steps):
        first = step * size % len(given["X"])
        X, labels = given["X"][first : first + size], given["labels"][first : first + size]
        losses_n = []
        for x, label in zip(X, labels, strict=True):
            scores = model(x)
            largest = max(score.data for score in scores)
            shifted = [score - largest for score in scores]
            losses_n.append(_log(sum(_exp(score) for score in shifted)) - shifted[label])
        L = sum(losses_n) * (1.0 / len(losses_n))
        _descend(model, L, given["learning_rate"])
        losses.append(L.data)
    return losses, _parameters(model)


def _exp(value):
    out = Value(exp(value.data), (value,), "exp")

    def _backward():
        value.grad += out.data * out.grad

    out._backward = _backward
    return out


def _log(value):
    out = Value(log(value.data), (value,), "log")

    def _backward():
        value.grad += out.grad / value.data

    out._backward = _backward
    return out


def _descend(model, L, learning_rate):
    model.zero_grad()
    L.backward()
    for p in model.parameters():
        p.data -= learning_rate * p.grad


def _mlp(given):
    Ws, bs = given["Ws"], given["bs"]
    model = MLP(len(Ws[0][0]), [len(W) for W in Ws])
    for layer in range(len(Ws)):
        for j in range(len(Ws[layer])):
            _set_neuron(model.layers[layer].neurons[j], Ws[layer][j], bs[layer][j])
    return model


def _set_neuron(neuron, w, b):
    for i in range(len(w)):
        neuron.w[i].data = w[i]
    neuron.b.data = b


def _parameters(model):
    Ws, bs = [], []
    for layer in model.layers:
        Ws.append([neuron.w for neuron in layer.neurons])
        bs.append([neuron.b for neuron in layer.neurons])
    return [Ws, bs]
