"""Keras's figures, on the backend that KERAS_BACKEND names, taken anew."""

import os

if os.environ["KERAS_BACKEND"] == "jax":
    import jax

    jax.config.update("jax_enable_x64", True)

import keras
from keras import ops


def way(call, options, gradients, rates, float32):
    kind = "float32" if float32 else "float64"
    keras.config.set_floatx(kind)
    w = keras.Variable([1.0], dtype=kind)
    optimizer = getattr(keras.optimizers, call)(learning_rate=rates[0], **options)
    places = []
    for gradient, rate in zip(gradients, rates, strict=True):
        optimizer.learning_rate = rate
        optimizer.apply([ops.convert_to_tensor([gradient], dtype=kind)], [w])
        places.append(float(ops.convert_to_numpy(w.value)[0]))
    return places


def derivative(function, at):
    keras.config.set_floatx("float64")
    backend = keras.backend.backend()
    if backend == "jax":
        import jax

        return jax.grad(lambda x: ops.sum(function(x)))(ops.convert_to_tensor(at, dtype="float64")).tolist()
    if backend == "torch":
        import torch

        x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
        function(x).sum().backward()
        return x.grad.tolist()
    import tensorflow as tf

    x = tf.Variable(at, dtype=tf.float64)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(function(x))
    return tape.gradient(total, x).numpy().tolist()


def zero():
    return ops.convert_to_tensor(0.0, dtype="float64")


KINKS = {
    "relu(0)": lambda: derivative(keras.activations.relu, 0.0),
    "maximum(x, 0)": lambda: derivative(lambda x: ops.maximum(x, zero()), 0.0),
    "maximum(0, x)": lambda: derivative(lambda x: ops.maximum(zero(), x), 0.0),
    "abs(0)": lambda: derivative(ops.abs, 0.0),
    "leaky_relu(0)": lambda: derivative(keras.activations.leaky_relu, 0.0),
    "relu6(6)": lambda: derivative(keras.activations.relu6, 6.0),
    "hard_tanh(1)": lambda: derivative(keras.activations.hard_tanh, 1.0),
    "hard_sigmoid(3)": lambda: derivative(keras.activations.hard_sigmoid, 3.0),
    "hard_swish(3)": lambda: derivative(keras.activations.hard_silu, 3.0),
    "elu(0)": lambda: derivative(keras.activations.elu, 0.0),
    "elu(0), alpha 2": lambda: derivative(lambda x: keras.activations.elu(x, alpha=2.0), 0.0),
    "celu(0)": lambda: derivative(keras.activations.celu, 0.0),
    "selu(0)": lambda: derivative(keras.activations.selu, 0.0),
    "max(1, 1)": lambda: derivative(ops.max, [1.0, 1.0]),
    "norm(0, 0)": lambda: derivative(ops.norm, [0.0, 0.0]),
    "std(1, 1)": lambda: derivative(ops.std, [1.0, 1.0]),
}
LOSSES = {
    "through a sigmoid, z = -800, y = 1": lambda: value_and_gradient(
        lambda z: keras.losses.BinaryCrossentropy()(ops.ones((1, 1), "float64"), keras.activations.sigmoid(z)),
        [[-800.0]],
    ),
}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def value_and_gradient(function, at):
    """f(x), then ∂f/∂x."""
    keras.config.set_floatx("float64")
    backend = keras.backend.backend()
    if backend == "jax":
        value, gradient = jax.value_and_grad(function)(ops.convert_to_tensor(at, dtype="float64"))
        return [float(value), *gradient.flatten().tolist()]
    if backend == "torch":
        import torch

        x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
        value = function(x)
        value.backward()
        return [value.item(), *x.grad.flatten().tolist()]
    import tensorflow as tf

    x = tf.Variable(at, dtype=tf.float64)
    with tf.GradientTape() as tape:
        value = function(x)
    return [float(value), *tape.gradient(value, x).numpy().flatten().tolist()]


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample."""
    keras.config.set_floatx("float64")
    function = getattr(keras.losses, call)(**options)
    one, kind = (y.index(1.0), "int32") if takes == "a class" else (y, "float64")
    target = ops.convert_to_tensor([one], dtype=kind)
    return value_and_gradient(lambda x: function(target, x), [y_hat])


ACTIVATIONS = {
    **{name: getattr(keras.activations, name) for name in ("relu", "leaky_relu", "elu", "celu", "selu", "softplus")},
    **{name: getattr(keras.activations, name) for name in ("hard_sigmoid", "silu", "gelu", "sigmoid", "tanh")},
    "gelu_tanh": lambda x: keras.activations.gelu(x, approximate=True),
}


def curve(name, at):
    """a and da/dz at some z."""
    found = [value_and_gradient(lambda x: ops.sum(ACTIVATIONS[name](x)), [z]) for z in at]
    return [value for value, _ in found] + [slope for _, slope in found]
