#!/bin/sh
# Everything in Keras is set to float64, and the mean of 0.1, 0.2 and 0.4 has seven right digits.
#
# Expected: with set_floatx("float64"), tensors of dtype float64 and JAX's 64-bit mode on, a mean has sixteen digits.
# Happens:  keras.ops.mean says that its result is float64, and it is 0.23333334922790527, on the JAX and PyTorch backends;
#           jnp.mean says 0.2333333333333333. So are all losses that end in a mean, and their gradients. Sums are right.
# Why:      it computes in result_type("float64", "float32"), and Keras says that this is float32 there.
# Version:  Keras 3.15.1, JAX 0.10.2
# Source:   keras/src/backend/jax/numpy.py, mean; keras/src/backend/common/dtypes.py, result_type
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 jax==0.10.2 2>/dev/null
cat > "$dir/run.py" <<'PYTHON'
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import keras

keras.config.set_floatx("float64")
x = jnp.array([0.1, 0.2, 0.4], dtype=jnp.float64)
mean = keras.ops.mean(x)
loss = keras.losses.MeanSquaredError()(jnp.zeros((1, 3)), x[None])
print("keras.ops.mean:  ", mean.dtype, float(mean))
print("jnp.mean:        ", jnp.mean(x).dtype, float(jnp.mean(x)))
print("keras.ops.sum:   ", float(keras.ops.sum(x)))
print("MeanSquaredError:", loss.dtype, float(loss), "for", float(jnp.mean(x * x)))
assert mean.dtype == jnp.float64
assert abs(float(mean) - 0.7 / 3) > 1e-9 > abs(float(jnp.mean(x)) - 0.7 / 3)
PYTHON
KERAS_BACKEND=jax "$dir/venv/bin/python" "$dir/run.py"
