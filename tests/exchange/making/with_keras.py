"""Keras: `.keras`, `.weights.h5` and the older `.h5`, in float32, and in float64 where the backend computes in it.

KERAS_BACKEND=jax JAX_ENABLE_X64=1 python -m tests.exchange.making.with_keras
"""

import jax
import keras
import numpy as np
from keras import layers

from tests.exchange.making.given import FILES, keep, samples

X, LABELS, NUMBERS = samples()


def functional():
    """Layers with names of their own, an activation as a layer, and one layer of which only training makes use."""
    inputs = keras.Input((3,), dtype="float64")
    hidden = layers.Dense(4, name="zeta", dtype="float64")(inputs)
    hidden = layers.LeakyReLU(negative_slope=0.2, dtype="float64")(hidden)
    hidden = layers.Dropout(0.5, dtype="float64")(hidden)
    outputs = layers.Dense(1, name="alpha", dtype="float64", use_bias=False)(hidden)
    return keras.Model(inputs, outputs)


def classes():
    """ReLU, then softmax."""
    return keras.Sequential(
        [keras.Input((3,)), layers.Dense(5, activation="relu"), layers.Dense(3, activation="softmax")]
    )


# Name → network, type, loss by both names, targets.
NETWORKS = {
    "keras-classes": (classes, "float32", "clipped_cross_entropy", "sparse_categorical_crossentropy", "labels"),
    "keras-functional64": (functional, "float64", "mean_squared_error", "mean_squared_error", "numbers"),
}


def figures_of(model, dtype, name, loss, targets):
    """Outputs, loss and gradients."""
    x, y = np.array(X, dtype), np.array(targets)
    y = y if y.ndim == 1 else y.astype(dtype)
    mean_loss = keras.losses.get(loss)

    def mean(weights):
        outputs, _ = model.stateless_call(weights, [v.value for v in model.non_trainable_variables], x)
        if dtype == "float64":  # Keras takes the mean of doubles in float32
            return ((outputs - y) ** 2).mean()
        return mean_loss(y, outputs).mean()

    weights = [variable.value for variable in model.trainable_variables]
    L, gradients = jax.value_and_grad(mean)(weights)
    dL_dW = [np.array(g).T.tolist() for g in gradients if g.ndim == 2]
    dL_db = [np.array(g).tolist() for g in gradients if g.ndim == 1]
    return {
        "loss": name,
        "targets": y.tolist(),
        "outputs": np.array(model(x)).tolist(),
        "L": float(L),
        "dL_dW": dL_dW,
        "dL_db": dL_db or [None] * len(dL_dW),
    }


def main():
    """Train, save, keep."""
    figures = {}
    for name, (build, dtype, ours, loss, kind) in NETWORKS.items():
        keras.utils.set_random_seed(1)
        keras.backend.clear_session()
        model = build()
        targets = {"labels": LABELS, "numbers": [[y] for y in NUMBERS]}[kind]
        model.compile(optimizer=keras.optimizers.Adam(0.02), loss=loss)
        model.fit(np.array(X, dtype), np.array(targets), epochs=10, batch_size=6, verbose=0)
        found = figures_of(model, dtype, ours, loss, targets)
        if len(found["dL_db"]) < len(found["dL_dW"]):
            found["dL_db"] = [*found["dL_db"], None]  # the last one is without
        fresh = keras.models.clone_model(model)  # without an optimizer, whose state would fill the file
        fresh.set_weights(model.get_weights())
        fresh.compile(loss=loss)
        for ending in ("keras", "weights.h5", "h5"):
            if (name, ending) == ("keras-functional64", "h5"):
                continue  # it would show nothing new
            path = FILES / f"{name}.{ending}"
            (fresh.save_weights if ending == "weights.h5" else fresh.save)(path)
            figures[path.name] = found
    keep("keras", {"keras": keras.__version__, "jax": jax.__version__}, figures)


if __name__ == "__main__":
    main()
