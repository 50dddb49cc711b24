"""The tasks as a user of PyTorch writes them: modules, autograd, torch.optim.SGD; in float64, like everyone here."""

import torch
from torch import nn


def neuron(given, steps):
    x, y = _tensor(given["x"]), given["y"]
    w, b = _tensor(given["w"]).requires_grad_(), _tensor(given["b"]).requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=given["learning_rate"])
    losses = []
    for _ in range(steps):
        L = (torch.relu(torch.dot(w, x) + b) - y) ** 2
        losses.append(_step(optimizer, L))
    return losses, [w.detach(), b.detach()]


def layer(given, steps):
    x, target = _tensor(given["x"]), given["target"]
    W, b = _tensor(given["W"]).requires_grad_(), _tensor(given["b"]).requires_grad_()
    optimizer = torch.optim.SGD([W, b], lr=given["learning_rate"])
    losses = []
    for _ in range(steps):
        L = (torch.relu(W @ x + b).sum() - target) ** 2
        losses.append(_step(optimizer, L))
    return losses, [W.detach(), b.detach()]


def network(given, steps):
    x, target = _tensor(given["x"]), _tensor(given["target"])
    model = _model(given, nn.ReLU)
    optimizer = torch.optim.SGD(model.parameters(), lr=given["learning_rate"])
    losses = []
    for _ in range(steps):
        L = 0.5 * ((model(x) - target) ** 2).sum()
        losses.append(_step(optimizer, L))
    return losses, _parameters(model)


def demo(given, steps):
    return _demo(given, steps)[:2]


def whole_demo(given, steps, grid):
    losses, parameters, model = _demo(given, steps)
    with torch.no_grad():
        return losses, parameters, model(_tensor(grid))


def _demo(given, steps):
    X, y, alpha = _tensor(given["X"]), _tensor(given["y"]).reshape(-1, 1), given["alpha"]
    model = _model(given, nn.ReLU)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    losses = []
    for k in range(steps):
        scores = model(X)
        L = torch.relu(1 - y * scores).mean() + alpha * sum((p * p).sum() for p in model.parameters())
        _accuracy = ((y > 0) == (scores > 0)).double().mean()
        optimizer.param_groups[0]["lr"] = 1.0 - 0.9 * k / given["epochs"]
        losses.append(_step(optimizer, L))
    return losses, _parameters(model), model


def classifier(given, steps):
    X_all, labels_all = _tensor(given["X"]), torch.tensor(given["labels"])
    model = _model(given, nn.ReLU)
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=given["learning_rate"])
    size = given["batch_size"]
    losses = []
    for step in range(steps):
        first = step * size % len(X_all)
        L = loss(model(X_all[first : first + size]), labels_all[first : first + size])
        losses.append(_step(optimizer, L))
    return losses, _parameters(model)


def _step(optimizer, L):
    optimizer.zero_grad()
    L.backward()
    optimizer.step()
    return L.detach()


def _model(given, activation):
    Ws, bs = given["Ws"], given["bs"]
    modules = []
    for layer in range(len(Ws)):
        linear = nn.Linear(len(Ws[layer][0]), len(Ws[layer]), dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(_tensor(Ws[layer]))
            linear.bias.copy_(_tensor(bs[layer]))
        modules.append(linear)
        if layer < len(Ws) - 1:
            modules.append(activation())
    return nn.Sequential(*modules)


def _parameters(model):
    linears = [module for module in model if isinstance(module, nn.Linear)]
    return [[linear.weight.detach() for linear in linears], [linear.bias.detach() for linear in linears]]


def _tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float64)
