"""The floor: Python source that is generated for one network, with every weight a local and every loop written out.

The arithmetic is that of the layers: the same sums in the same order, weights of a neuron behind a shut ReLU skipped
on the way back, no gradient of the first layer's inputs. What is left out is what makes code readable: names, lists,
loops, calls, checks. So it shows what the literate style costs.

    x3         input 3
    w1_4_2     layer 1, neuron 4: the weight of input 2;   b1_4 its bias
    z1_4 a1_4  the neuron before and after its activation
    d1_4       ∂L/∂z of it, for one sample
    g1_4_2     ∂L/∂w, summed over the samples of the batch; h1_4 the same for its bias
"""

from functools import cache
from math import exp, log1p

__all__ = ["classifier", "demo", "layer", "network", "neuron", "sigmoid", "whole_demo"]


# ---- tasks -----------------------------------------------------------------------------------------------------------


def neuron(given, steps):
    run = _compiled(("neuron", len(given["x"])))
    return run(given, steps, [*given["w"], given["b"]])


def layer(given, steps):
    run = _compiled(("layer", len(given["x"]), len(given["W"])))
    parameters = [w for W_j in given["W"] for w in W_j] + given["b"]
    return run(given, steps, parameters)


def network(given, steps):
    data = {"X": [given["x"]], "targets": [given["target"]], "learning_rate": given["learning_rate"]}
    return _dense(given, data, steps, "half_squared_error", "relu")


def sigmoid(given, steps):
    _losses, parameters = _dense(given, given, steps, "half_squared_error_unseen", "sigmoid")
    return None, parameters


def demo(given, steps):
    return _dense(given, given | {"targets": given["y"]}, steps, "margin", "relu")


def whole_demo(given, steps, grid):
    losses, (Ws, bs) = demo(given, steps)
    run = _compiled(("forward", _sizes(given)))
    return losses, [Ws, bs], run(grid, _flat(Ws, bs))


def classifier(given, steps):
    return _dense(given, given | {"targets": given["labels"]}, steps, "cross_entropy", "relu")


def _dense(given, data, steps, loss, activation):
    run = _compiled(("dense", _sizes(given), loss, activation))
    losses, flat = run(data, steps, _flat(given["Ws"], given["bs"]))
    numbers = iter(flat)
    Ws = [[[next(numbers) for _ in W_j] for W_j in W] for W in given["Ws"]]
    bs = [[next(numbers) for _ in b] for b in given["bs"]]
    return losses, [Ws, bs]


def _sizes(given):
    return (len(given["Ws"][0][0]), *(len(W) for W in given["Ws"]))


def _flat(Ws, bs):
    return [w for W in Ws for W_j in W for w in W_j] + [b_j for b in bs for b_j in b]


# ---- source ----------------------------------------------------------------------------------------------------------


@cache
def _compiled(shape):
    lines = {"neuron": _neuron, "layer": _layer, "dense": _network, "forward": _scores}[shape[0]](*shape[1:])
    names = {"exp": exp, "log1p": log1p}
    exec(compile("\n".join(lines), f"<{shape}>", "exec"), names)
    return names["run"]


def _neuron(n_inputs):
    w = [f"w{i}" for i in range(n_inputs)]
    x = [f"x{i}" for i in range(n_inputs)]
    yield "def run(given, steps, parameters):"
    yield f" {', '.join(w)}, b = parameters"
    yield f" {', '.join(x)}, = given['x']"
    yield " y, rate = given['y'], given['learning_rate']"
    yield " losses = []"
    yield " for _ in range(steps):"
    yield f"  z = {_dot(w, x)} + b"
    yield "  a = z if z > 0 else 0.0"
    yield "  d = a - y"
    yield "  losses.append(d * d)"
    yield "  if z > 0:"
    yield "   d = 2 * d"
    for i in range(n_inputs):
        yield f"   w{i} -= rate * (d * x{i})"
    yield "   b -= rate * d"
    yield f" return losses, [[{', '.join(w)}], b]"


def _layer(n_inputs, n_neurons):
    inputs, neurons = range(n_inputs), range(n_neurons)
    x = [f"x{i}" for i in inputs]
    w = [f"w{j}_{i}" for j in neurons for i in inputs]
    b = [f"b{j}" for j in neurons]
    yield "def run(given, steps, parameters):"
    yield f" {', '.join(w + b)}, = parameters"
    yield f" {', '.join(x)}, = given['x']"
    yield " target, rate = given['target'], given['learning_rate']"
    yield " losses = []"
    yield " for _ in range(steps):"
    for j in neurons:
        yield f"  z{j} = {_dot([f'w{j}_{i}' for i in inputs], x)} + b{j}"
        yield f"  a{j} = z{j} if z{j} > 0 else 0.0"
    yield f"  d = {' + '.join(f'a{j}' for j in neurons)} - target"
    yield "  losses.append(d * d)"
    yield "  d = 2 * d"
    for j in neurons:
        yield f"  if z{j} > 0:"
        for i in inputs:
            yield f"   w{j}_{i} -= rate * (d * x{i})"
        yield f"   b{j} -= rate * d"
    rows = [f"[{', '.join(f'w{j}_{i}' for i in inputs)}]" for j in neurons]
    yield f" return losses, [[{', '.join(rows)}], [{', '.join(b)}]]"


def _network(sizes, loss, activation):
    weights, biases = _names("w", "b", sizes)
    gradients, bias_gradients = _names("g", "h", sizes)
    last = len(sizes) - 1
    yield "def run(given, steps, parameters):"
    yield f" {', '.join(weights + biases)}, = parameters"
    yield " X, targets, rate = given['X'], given['targets'], given.get('learning_rate')"
    if loss == "margin":
        yield " alpha, epochs = given['alpha'], given['epochs']"
    yield " losses = []"
    yield " n_samples = len(X)"
    if loss.startswith("half_squared_error"):  # an update after each sample: no sums of gradients
        yield " for step in range(steps * n_samples):"
        yield "  n = step % n_samples"
        yield from _indented(2, _forward(sizes, activation))
        yield from _indented(2, _squared_error(sizes[-1], last, loss, activation))
        yield from _indented(2, _backward(sizes, activation))
        yield from _indented(2, _update_by_sample(sizes, activation))
    else:
        yield " size = n_samples" if loss == "margin" else " size = given['batch_size']"
        yield " for step in range(steps):"
        yield f"  {' = '.join(gradients + bias_gradients)} = 0.0"
        yield "  total = 0.0"
        yield "  n_right = 0"
        yield "  first = step * size % n_samples"
        yield "  for n in range(first, first + size):"
        yield from _indented(3, _forward(sizes, activation))
        yield from _indented(3, _margin(last) if loss == "margin" else _cross_entropy(sizes[-1], last))
        within = 4 if loss == "margin" else 3  # a sample beyond the margin sends nothing back
        if loss == "margin":
            yield "   if margin > 0:"
        yield from _indented(within, _backward(sizes, activation))
        yield from _indented(within, _sums(sizes))
        yield "  L = total / size"
        if loss == "margin":
            yield "  accuracy = n_right / size"
            yield "  rate = 1.0 - 0.9 * step / epochs"
            yield f"  L += alpha * ({' + '.join(f'{p} * {p}' for p in weights + biases)})"
        for p, g in zip(weights + biases, gradients + bias_gradients, strict=True):
            penalty = f" + 2 * alpha * {p}" if loss == "margin" else ""
            yield f"  {p} -= rate * ({g} / size{penalty})"
        yield "  losses.append(L)"
    yield f" return losses, [{', '.join(weights + biases)}]"


def _scores(sizes):
    weights, biases = _names("w", "b", sizes)
    yield "def run(X, parameters):"
    yield f" {', '.join(weights + biases)}, = parameters"
    yield " scores = []"
    yield " for n in range(len(X)):"
    yield from _indented(2, _forward(sizes, "relu"))
    yield f"  scores.append([{', '.join(f'z{len(sizes) - 1}_{j}' for j in range(sizes[-1]))}])"
    yield " return scores"


def _names(weight, bias, sizes):
    weights, biases = [], []
    for layer in range(1, len(sizes)):
        for j in range(sizes[layer]):
            weights += [f"{weight}{layer}_{j}_{i}" for i in range(sizes[layer - 1])]
            biases.append(f"{bias}{layer}_{j}")
    return weights, biases


def _forward(sizes, activation):
    yield f"{', '.join(f'a0_{i}' for i in range(sizes[0]))}, = X[n]"
    for layer in range(1, len(sizes)):
        a = [f"a{layer - 1}_{i}" for i in range(sizes[layer - 1])]
        for j in range(sizes[layer]):
            w = [f"w{layer}_{j}_{i}" for i in range(sizes[layer - 1])]
            yield f"z{layer}_{j} = {_dot(w, a)} + b{layer}_{j}"
            if activation == "sigmoid":
                yield f"a{layer}_{j} = 1 / (1 + exp(-z{layer}_{j}))"
            elif layer < len(sizes) - 1:
                yield f"a{layer}_{j} = z{layer}_{j} if z{layer}_{j} > 0 else 0.0"


def _squared_error(n_outputs, last, loss, activation):
    out = "a" if activation == "sigmoid" else "z"
    outputs = range(n_outputs)
    yield f"{', '.join(f'y{k}' for k in outputs)}, = targets[n]"
    for k in outputs:
        yield f"d{last}_{k} = {out}{last}_{k} - y{k}"
    if not loss.endswith("unseen"):
        yield f"losses.append(({' + '.join(f'd{last}_{k} * d{last}_{k}' for k in outputs)}) / 2)"
    if activation == "sigmoid":
        for k in outputs:
            yield f"d{last}_{k} *= a{last}_{k} * (1 - a{last}_{k})"


def _margin(last):
    yield "y = targets[n]"
    yield f"margin = 1 - y * z{last}_0"
    yield f"n_right += (y > 0) == (z{last}_0 > 0)"
    yield "if margin > 0:"
    yield " total += margin"
    yield f" d{last}_0 = -y"


def _cross_entropy(n_classes, last):
    classes = range(n_classes)
    yield f"largest = max({', '.join(f'z{last}_{k}' for k in classes)})"
    for k in classes:
        yield f"e{k} = exp(z{last}_{k} - largest)"
    yield f"S = {' + '.join(f'e{k}' for k in classes)}"
    yield "label = targets[n]"
    yield "first, rest = -1, 0"  # log S as log (1 + the rest), so that a small rest keeps its digits
    for k in classes:
        yield f"if z{last}_{k} == largest: first += e{k}"
        yield f"else: rest += e{k}"
    yield f"total += log1p(first + rest) - (({', '.join(f'z{last}_{k}' for k in classes)})[label] - largest)"
    for k in classes:
        yield f"p{k} = e{k} / S"
    for k in classes:
        others = " - ".join(["0", *(f"p{other}" for other in classes if other != k)])
        yield f"d{last}_{k} = p{k} if label != {k} else {others} if 2 * p{k} > 1 else p{k} - 1"


def _backward(sizes, activation):
    """∂L/∂z of every neuron below the last layer."""
    for layer in range(len(sizes) - 2, 0, -1):
        above = range(sizes[layer + 1])
        for j in range(sizes[layer]):
            d = [f"d{layer + 1}_{k}" for k in above]
            w = [f"w{layer + 1}_{k}_{j}" for k in above]
            if activation == "sigmoid":
                yield f"d{layer}_{j} = ({_dot(d, w)}) * (a{layer}_{j} * (1 - a{layer}_{j}))"
            else:
                yield f"da = {_dot(d, w)}"
                yield f"d{layer}_{j} = da if z{layer}_{j} > 0 else 0.0"


def _sums(sizes):
    """∂L/∂w and ∂L/∂b of this sample, added to those of the batch."""
    for layer in range(1, len(sizes)):
        hidden = layer < len(sizes) - 1
        for j in range(sizes[layer]):
            if hidden:
                yield f"if d{layer}_{j}:"
            for i in range(sizes[layer - 1]):
                yield f"{' ' * hidden}g{layer}_{j}_{i} += d{layer}_{j} * a{layer - 1}_{i}"
            yield f"{' ' * hidden}h{layer}_{j} += d{layer}_{j}"


def _update_by_sample(sizes, activation):
    for layer in range(1, len(sizes)):
        gated = layer < len(sizes) - 1 and activation == "relu"
        for j in range(sizes[layer]):
            if gated:
                yield f"if d{layer}_{j}:"
            for i in range(sizes[layer - 1]):
                yield f"{' ' * gated}w{layer}_{j}_{i} -= rate * (d{layer}_{j} * a{layer - 1}_{i})"
            yield f"{' ' * gated}b{layer}_{j} -= rate * d{layer}_{j}"


def _dot(v, w):
    return " + ".join(f"{v_i} * {w_i}" for v_i, w_i in zip(v, w, strict=True))


def _indented(spaces, lines):
    for line in lines:
        yield " " * spaces + line
