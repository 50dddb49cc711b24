"""tinygrad's figures, on its CPU, taken anew; it needs clang there.

What an optimizer keeps is float32 also for float64 weights, unless the environment says OPTIM_DTYPE=float64, as here.
"""

import os

from tinygrad import Tensor, dtypes, nn
from tinygrad.helpers import Context, getenv


def way(call, options, gradients, rates, float32):
    name = "float32" if float32 else "float64"
    kind = getattr(dtypes, name)
    os.environ["OPTIM_DTYPE"] = name
    getenv.cache_clear()
    with Context(TRAINING=1, DEFAULT_FLOAT=name):  # of the learning rate
        w = Tensor([1.0], dtype=kind).contiguous().realize()
        optimizer = getattr(nn.optim, call)([w], lr=rates[0], **options)
        places = []
        for gradient, rate in zip(gradients, rates, strict=True):
            optimizer.lr.assign(Tensor([rate], dtype=kind)).realize()
            w.grad = Tensor([gradient], dtype=kind)
            optimizer.step()
            places.append(w.item())
    return places


def derivative(function, at):
    x = Tensor([at] if isinstance(at, float) else at, dtype=dtypes.float32).contiguous().realize()
    function(x).sum().backward()
    found = x.grad.tolist()
    return found[0] if isinstance(at, float) else found


KINKS = {
    "relu(0)": lambda: derivative(Tensor.relu, 0.0),
    "maximum(x, 0)": lambda: derivative(lambda x: x.maximum(0.0), 0.0),
    "clip(0, 1) at 1": lambda: derivative(lambda x: x.clip(0.0, 1.0), 1.0),
    "abs(0)": lambda: derivative(Tensor.abs, 0.0),
    "leaky_relu(0)": lambda: derivative(Tensor.leaky_relu, 0.0),
    "relu6(6)": lambda: derivative(Tensor.relu6, 6.0),
    "elu(0)": lambda: derivative(Tensor.elu, 0.0),
    "celu(0)": lambda: derivative(Tensor.celu, 0.0),
    "selu(0)": lambda: derivative(Tensor.selu, 0.0),
    "max(1, 1)": lambda: derivative(Tensor.max, [1.0, 1.0]),
}
LOSSES = {
    "through a sigmoid, z = -800, y = 1": lambda: of_loss_of(
        lambda z: z.sigmoid().binary_crossentropy(Tensor([1.0], dtype=dtypes.float64)), [-800.0]
    ),
}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample."""
    target = Tensor([y.index(1.0)]) if takes == "a class" else Tensor([y], dtype=dtypes.float64)
    return of_loss_of(lambda x: getattr(x, call)(target, **options), [y_hat])


def of_loss_of(function, at):
    """f(x), then ∂f/∂x."""
    x = Tensor(at, dtype=dtypes.float64).contiguous().realize()
    x.requires_grad = True
    value = function(x)
    value.backward()
    return [value.item(), *x.grad.flatten().tolist()]


ACTIVATIONS = {
    **{name: getattr(Tensor, name) for name in ("relu", "leaky_relu", "elu", "celu", "selu", "softplus", "silu")},
    "hard_sigmoid": Tensor.hardsigmoid,
    "gelu": Tensor.gelu,
    "sigmoid": Tensor.sigmoid,
    "tanh": Tensor.tanh,
}


def curve(name, at):
    """a and da/dz at some z."""
    values, slopes = [], []
    for z in at:
        x = Tensor([z], dtype=dtypes.float64).contiguous().realize()
        a = ACTIVATIONS[name](x)
        a.sum().backward()
        values.append(a.item())
        slopes.append(x.grad.item())
    return values + slopes
