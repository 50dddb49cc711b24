"""MLX's figures, on its CPU, taken anew."""

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optimizers

mx.set_default_device(mx.cpu)


def way(call, options, gradients, rates, float32):
    kind = mx.float32 if float32 else mx.float64
    kept = {"w": mx.array([1.0], dtype=kind)}
    optimizer = getattr(optimizers, call)(learning_rate=rates[0], **options)
    places = []
    for gradient, rate in zip(gradients, rates, strict=True):
        optimizer.learning_rate = rate
        kept = optimizer.apply_gradients({"w": mx.array([gradient], dtype=kind)}, kept)
        places.append(kept["w"].item())
    return places


def derivative(function, at):
    return mx.grad(lambda x: mx.sum(function(x)))(mx.array(at, dtype=mx.float32)).tolist()


KINKS = {
    "relu(0)": lambda: derivative(nn.relu, 0.0),
    "maximum(x, 0)": lambda: derivative(lambda x: mx.maximum(x, 0.0), 0.0),
    "maximum(0, x)": lambda: derivative(lambda x: mx.maximum(0.0, x), 0.0),
    "clip(0, 1) at 1": lambda: derivative(lambda x: mx.clip(x, 0.0, 1.0), 1.0),
    "abs(0)": lambda: derivative(mx.abs, 0.0),
    "leaky_relu(0)": lambda: derivative(nn.leaky_relu, 0.0),
    "relu6(6)": lambda: derivative(nn.relu6, 6.0),
    "hard_swish(3)": lambda: derivative(nn.hardswish, 3.0),
    "elu(0)": lambda: derivative(nn.elu, 0.0),
    "celu(0)": lambda: derivative(nn.celu, 0.0),
    "selu(0)": lambda: derivative(nn.selu, 0.0),
    "max(1, 1)": lambda: derivative(mx.max, [1.0, 1.0]),
    "sqrt(0)": lambda: derivative(mx.sqrt, 0.0),
    "norm(0, 0)": lambda: derivative(mx.linalg.norm, [0.0, 0.0]),
}
LOSSES = {
    "through a sigmoid, z = -800, y = 1": lambda: of_loss_of(
        lambda z: nn.losses.binary_cross_entropy(mx.sigmoid(z), mx.array([1.0], dtype=mx.float64), with_logits=False),
        [-800.0],
    ),
}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample."""
    target = mx.array([y.index(1.0)]) if takes == "a class" else mx.array([y], dtype=mx.float64)
    function = getattr(nn.losses, call)
    return of_loss_of(lambda z: function(z, target, **options), [y_hat])


def of_loss_of(function, at):
    """f(x), then ∂f/∂x."""
    value, gradient = mx.value_and_grad(function)(mx.array(at, dtype=mx.float64))
    return [value.item(), *gradient.flatten().tolist()]


ACTIVATIONS = {
    **{name: getattr(nn, name) for name in ("relu", "leaky_relu", "elu", "celu", "selu", "softplus", "silu", "gelu")},
    "sigmoid": nn.sigmoid,
    "tanh": nn.tanh,
    "gelu_tanh": nn.gelu_approx,
}


def curve(name, at):
    """a and da/dz at some z."""
    found = [mx.value_and_grad(ACTIVATIONS[name])(mx.array(z, dtype=mx.float64)) for z in at]
    return [value.item() for value, _ in found] + [slope.item() for _, slope in found]
