"""optax's figures, on JAX, taken anew."""

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp  # noqa: E402
import optax  # noqa: E402

from scalarnn.frameworks.courses import AT_EDGES  # noqa: E402


def way(call, options, gradients, rates, float32):
    kind = jnp.float32 if float32 else jnp.float64
    w = jnp.array([1.0], dtype=kind)
    every_rate = jnp.array(rates)
    fixed = rates[0] if len(set(rates)) == 1 else lambda count: every_rate[count].astype(kind)
    optimizer = getattr(optax, call)(fixed, **options)
    state = optimizer.init(w)
    places = []
    for gradient in gradients:
        updates, state = optimizer.update(jnp.array([gradient], dtype=kind), state, w)
        w = optax.apply_updates(w, updates)
        places.append(float(w[0]))
    return places


def derivative(function, at):
    return jax.grad(lambda x: jnp.sum(function(x)))(jnp.array(at, dtype=jnp.float64)).tolist()


KINKS = {
    "relu(0)": lambda: derivative(jax.nn.relu, 0.0),
    "maximum(x, 0)": lambda: derivative(lambda x: jnp.maximum(x, 0.0), 0.0),
    "maximum(0, x)": lambda: derivative(lambda x: jnp.maximum(0.0, x), 0.0),
    "fmax(x, 0)": lambda: derivative(lambda x: jnp.fmax(x, 0.0), 0.0),
    "clip(0, 1) at 1": lambda: derivative(lambda x: jnp.clip(x, 0.0, 1.0), 1.0),
    "where(x > 0, x, 0)": lambda: derivative(lambda x: jnp.where(x > 0, x, 0.0), 0.0),
    "abs(0)": lambda: derivative(jnp.abs, 0.0),
    "leaky_relu(0)": lambda: derivative(jax.nn.leaky_relu, 0.0),
    "relu6(6)": lambda: derivative(jax.nn.relu6, 6.0),
    "hard_tanh(1)": lambda: derivative(jax.nn.hard_tanh, 1.0),
    "hard_sigmoid(3)": lambda: derivative(jax.nn.hard_sigmoid, 3.0),
    "hard_swish(3)": lambda: derivative(jax.nn.hard_swish, 3.0),
    "elu(0)": lambda: derivative(jax.nn.elu, 0.0),
    "celu(0)": lambda: derivative(jax.nn.celu, 0.0),
    "selu(0)": lambda: derivative(jax.nn.selu, 0.0),
    "max(1, 1)": lambda: derivative(jnp.max, [1.0, 1.0]),
    "sqrt(0)": lambda: derivative(jnp.sqrt, 0.0),
    "norm(0, 0)": lambda: derivative(jnp.linalg.norm, [0.0, 0.0]),
    "std(1, 1)": lambda: derivative(jnp.std, [1.0, 1.0]),
}


def loss(function, at):
    x = jnp.array(at, dtype=jnp.float64)
    value, gradient = jax.value_and_grad(lambda z: jnp.sum(function(z)))(x)
    return [float(value), *gradient.flatten().tolist()]


LOSSES = {
    "from scores, z = -800, y = 1": lambda: loss(
        lambda z: optax.sigmoid_binary_cross_entropy(z, jnp.array([1.0])), [-800.0]
    ),
    "targets that sum to 0.6": lambda: loss(
        lambda z: optax.softmax_cross_entropy(z, jnp.array(AT_EDGES["parts"])), AT_EDGES["scores"][0]
    ),
    "a label of -1": lambda: loss(
        lambda z: optax.softmax_cross_entropy_with_integer_labels(z, jnp.array(-1)), AT_EDGES["scores"][0]
    ),
}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):
    """L and ∂L/∂ŷ of one sample; where there is a number an output, their mean."""
    target = jnp.array(y.index(1.0) if takes == "a class" else y)
    x = jnp.array(y_hat)
    value, gradient = jax.value_and_grad(lambda z: jnp.mean(getattr(optax, call)(z, target, **options)))(x)
    return [float(value), *gradient.tolist()]


ACTIVATIONS = {
    **{name: getattr(jax.nn, name) for name in ("relu", "leaky_relu", "elu", "celu", "selu", "softplus", "silu")},
    **{name: getattr(jax.nn, name) for name in ("hard_sigmoid", "gelu", "sigmoid", "tanh")},
    "gelu_exact": lambda x: jax.nn.gelu(x, approximate=False),
}


def curve(name, at):
    """a and da/dz at some z."""
    return ACTIVATIONS[name](jnp.array(at)).tolist() + derivative(ACTIVATIONS[name], list(at))
