#!/bin/sh
# Keras's layer LeakyReLU and its function leaky_relu are two activations: one leaks 0.3, the other 0.2.
#
# Expected: layers.LeakyReLU() is layers.Activation("leaky_relu") in other words, as layers.ELU() is Activation("elu").
# Happens:  at -1 the layer gives -0.3; the function, Activation("leaky_relu") and Dense(…, activation="leaky_relu") give
#           -0.2. JAX, on which it runs, has 0.01, as has PyTorch. So half a model may leak otherwise than the other half.
# Version:  Keras 3.15.1, JAX 0.10.2
# Source:   keras/src/layers/activations/leaky_relu.py; keras/src/activations/activations.py, leaky_relu
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 2>/dev/null
cat > "$dir/run.py" <<'PYTHON'
import jax
import keras
import numpy as np

x = np.array([[-1.0]])
dense = keras.layers.Dense(1, activation="leaky_relu", kernel_initializer="ones")
slopes = {
    'layers.LeakyReLU()': keras.layers.LeakyReLU()(x),
    'layers.Activation("leaky_relu")': keras.layers.Activation("leaky_relu")(x),
    'layers.Dense(1, activation="leaky_relu")': dense(x),
    'activations.leaky_relu': keras.activations.leaky_relu(x),
    'jax.nn.leaky_relu': jax.nn.leaky_relu(x),
}
for name, a in slopes.items():
    print(f"{name:42}", round(-float(a[0, 0]), 4))
assert [round(-float(a[0, 0]), 4) for a in slopes.values()] == [0.3, 0.2, 0.2, 0.2, 0.01]
assert float(keras.layers.ELU()(x)[0, 0]) == float(keras.activations.elu(x)[0, 0])
PYTHON
KERAS_BACKEND=jax "$dir/venv/bin/python" "$dir/run.py"
