"""PyTorch's figures, taken anew."""

import torch
import torch.nn.functional as F  # noqa: N812

from scalarnn.frameworks.courses import AT_EDGES


def way(call, options, gradients, rates, float32):
    kind = torch.float32 if float32 else torch.float64
    w = torch.tensor([1.0], dtype=kind, requires_grad=True)
    optimizer = getattr(torch.optim, call)([w], lr=rates[0], **options)
    places = []
    for gradient, rate in zip(gradients, rates, strict=True):
        optimizer.param_groups[0]["lr"] = rate
        w.grad = torch.tensor([gradient], dtype=kind)
        optimizer.step()
        places.append(float(w))
    return places


def derivative(function, at):
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    function(x).sum().backward()
    return x.grad.tolist()


def zero():
    return torch.tensor(0.0, dtype=torch.float64)


KINKS = {
    "relu(0)": lambda: derivative(F.relu, 0.0),
    "maximum(x, 0)": lambda: derivative(lambda x: torch.maximum(x, zero()), 0.0),
    "maximum(0, x)": lambda: derivative(lambda x: torch.maximum(zero(), x), 0.0),
    "fmax(x, 0)": lambda: derivative(lambda x: torch.fmax(x, zero()), 0.0),
    "clip(0, 1) at 1": lambda: derivative(lambda x: x.clamp(0, 1), 1.0),
    "where(x > 0, x, 0)": lambda: derivative(lambda x: torch.where(x > 0, x, zero()), 0.0),
    "abs(0)": lambda: derivative(torch.abs, 0.0),
    "leaky_relu(0)": lambda: derivative(F.leaky_relu, 0.0),
    "relu6(6)": lambda: derivative(F.relu6, 6.0),
    "hard_tanh(1)": lambda: derivative(F.hardtanh, 1.0),
    "hard_sigmoid(3)": lambda: derivative(F.hardsigmoid, 3.0),
    "hard_swish(3)": lambda: derivative(F.hardswish, 3.0),
    "elu(0)": lambda: derivative(F.elu, 0.0),
    "elu(0), alpha 2": lambda: derivative(lambda x: F.elu(x, alpha=2.0), 0.0),
    "celu(0)": lambda: derivative(F.celu, 0.0),
    "selu(0)": lambda: derivative(F.selu, 0.0),
    "softplus(20.01)": lambda: derivative(F.softplus, 20.01),
    "max(1, 1)": lambda: derivative(torch.max, [1.0, 1.0]),
    "max pooling (1, 1)": lambda: derivative(lambda x: F.max_pool1d(x[None], 2), [1.0, 1.0]),
    "sqrt(0)": lambda: derivative(torch.sqrt, 0.0),
    "norm(0, 0)": lambda: derivative(torch.norm, [0.0, 0.0]),
    "std(1, 1)": lambda: derivative(torch.std, [1.0, 1.0]),
}


def loss(function, at):
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    value = function(x)
    value.backward()
    return [value.item(), *x.grad.flatten().tolist()]


def numbers(*values):
    return torch.tensor(values, dtype=torch.float64)


SCORES = AT_EDGES["scores"]
FIRST_AND_LAST = torch.tensor([0, 2])
WEIGHTS = numbers(1.0, 2.0, 3.0)
LOSSES = {
    "binary, p = 0, y = 1": lambda: loss(lambda p: F.binary_cross_entropy(p, numbers(1.0)), [0.0]),
    "binary, p = 1, y = 1": lambda: loss(lambda p: F.binary_cross_entropy(p, numbers(1.0)), [1.0]),
    "from scores, z = -800, y = 1": lambda: loss(
        lambda z: F.binary_cross_entropy_with_logits(z, numbers(1.0)), [-800.0]
    ),
    "through a sigmoid, z = -800, y = 1": lambda: loss(
        lambda z: F.binary_cross_entropy(torch.sigmoid(z), numbers(1.0)), [-800.0]
    ),
    "targets that sum to 0.6": lambda: loss(
        lambda z: F.cross_entropy(z, numbers(*AT_EDGES["parts"])[None]), [[1.0, 2.0, 3.0]]
    ),
    "one of two ignored": lambda: loss(lambda z: F.cross_entropy(z, torch.tensor([0, -100])), SCORES),
    "class weights 1, 2, 3": lambda: loss(lambda z: F.cross_entropy(z, FIRST_AND_LAST, weight=WEIGHTS), SCORES),
    "the same, one-hot": lambda: loss(
        lambda z: F.cross_entropy(z, F.one_hot(FIRST_AND_LAST, 3).double(), weight=WEIGHTS), SCORES
    ),
    "smoothing 0.1": lambda: loss(lambda z: F.cross_entropy(z, FIRST_AND_LAST, label_smoothing=0.1), SCORES),
    "squared, 2 × 2": lambda: loss(
        lambda y_hat: F.mse_loss(y_hat, torch.zeros(2, 2, dtype=torch.float64)), AT_EDGES["outputs"]
    ),
    "absolute, a tie": lambda: loss(lambda y_hat: F.l1_loss(y_hat, numbers(*AT_EDGES["tied"])), AT_EDGES["outputs"]),
}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample."""
    target = torch.tensor([y], dtype=torch.float64)
    if takes == "a class":
        target = target.argmax(1)
    return loss(lambda x: getattr(torch.nn, call)(**options)(x, target), [y_hat])


ACTIVATIONS = {
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "celu": F.celu,
    "selu": F.selu,
    "softplus": F.softplus,
    "hard_sigmoid": F.hardsigmoid,
    "silu": F.silu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
}


def curve(name, at):
    """a and da/dz at some z."""
    return ACTIVATIONS[name](numbers(*at)).tolist() + derivative(ACTIVATIONS[name], list(at))
