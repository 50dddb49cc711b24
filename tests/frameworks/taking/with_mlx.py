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
LOSSES = {}
