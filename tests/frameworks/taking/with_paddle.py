"""Paddle's figures, taken anew."""

import paddle
import paddle.nn.functional as F  # noqa: N812


def way(call, options, gradients, rates, float32):
    kind = "float32" if float32 else "float64"
    w = paddle.create_parameter([1], dtype=kind, default_initializer=paddle.nn.initializer.Constant(1.0))
    optimizer = getattr(paddle.optimizer, call)(learning_rate=rates[0], parameters=[w], **options)
    places = []
    for gradient, rate in zip(gradients, rates, strict=True):
        optimizer.set_lr(rate)
        w.grad = paddle.to_tensor([gradient], dtype=kind)
        optimizer.step()
        places.append(w.item())
    return places


def derivative(function, at):
    x = paddle.to_tensor(at, dtype="float64", stop_gradient=False)
    function(x).sum().backward()
    return x.grad.tolist()


def zero():
    return paddle.to_tensor(0.0, dtype="float64")


KINKS = {
    "relu(0)": lambda: derivative(F.relu, 0.0),
    "maximum(x, 0)": lambda: derivative(lambda x: paddle.maximum(x, zero()), 0.0),
    "maximum(0, x)": lambda: derivative(lambda x: paddle.maximum(zero(), x), 0.0),
    "fmax(x, 0)": lambda: derivative(lambda x: paddle.fmax(x, zero()), 0.0),
    "clip(0, 1) at 1": lambda: derivative(lambda x: paddle.clip(x, 0.0, 1.0), 1.0),
    "abs(0)": lambda: derivative(paddle.abs, 0.0),
    "leaky_relu(0)": lambda: derivative(F.leaky_relu, 0.0),
    "relu6(6)": lambda: derivative(F.relu6, 6.0),
    "hard_tanh(1)": lambda: derivative(F.hardtanh, 1.0),
    "hard_sigmoid(3)": lambda: derivative(F.hardsigmoid, 3.0),
    "hard_swish(3)": lambda: derivative(F.hardswish, 3.0),
    "elu(0)": lambda: derivative(F.elu, 0.0),
    "elu(0), alpha 2": lambda: derivative(lambda x: F.elu(x, alpha=2.0), 0.0),
    "celu(0)": lambda: derivative(F.celu, 0.0),
    "selu(0)": lambda: derivative(F.selu, 0.0),
    "max(1, 1)": lambda: derivative(paddle.max, [1.0, 1.0]),
    "sqrt(0)": lambda: derivative(paddle.sqrt, 0.0),
    "norm(0, 0)": lambda: derivative(paddle.norm, [0.0, 0.0]),
}
LOSSES = {
    "through a sigmoid, z = -800, y = 1": lambda: of_loss_of(
        lambda z: F.binary_cross_entropy(F.sigmoid(z), paddle.to_tensor([1.0], dtype="float64")), [-800.0]
    ),
}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample."""
    one, kind = (y.index(1.0), "int64") if takes == "a class" else (y, "float64")
    target = paddle.to_tensor([one], dtype=kind)
    return of_loss_of(lambda x: getattr(paddle.nn, call)(**options)(x, target), [y_hat])


def of_loss_of(function, at):
    """f(x), then ∂f/∂x."""
    x = paddle.to_tensor(at, dtype="float64", stop_gradient=False)
    value = function(x)
    value.backward()
    return [value.item(), *x.grad.flatten().tolist()]


ACTIVATIONS = {
    **{name: getattr(F, name) for name in ("relu", "leaky_relu", "elu", "celu", "selu", "softplus", "silu", "gelu")},
    "hard_sigmoid": F.hardsigmoid,
    "sigmoid": F.sigmoid,
    "tanh": F.tanh,
    "gelu_tanh": lambda x: F.gelu(x, approximate=True),
}


def curve(name, at):
    """a and da/dz at some z."""
    values = ACTIVATIONS[name](paddle.to_tensor(list(at), dtype="float64")).tolist()
    return values + derivative(ACTIVATIONS[name], list(at))
