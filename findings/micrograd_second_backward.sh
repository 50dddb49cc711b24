#!/bin/sh
# After a second backward() in micrograd a gradient is three times what it was, or four times, not twice.
#
# Expected: gradients add up (that is why one sets them to 0), so after two calls x.grad is twice the gradient: for
#           y = x * x, z = y * y at x = 2 it is 32, then 64, as in PyTorch with retain_graph.
# Happens:  32, then 96; with one more squaring 1024, then 4096. It grows with the depth. Setting x.grad = 0 in between, as
#           a training loop does with its parameters, does not help: 64 in place of 32.
# Why:      values in between keep their gradients too. The second pass adds to the old y.grad and hands the sum on, so each
#           stage hands on one time more than the one behind it. Only the last value is set anew, to 1.
# Version:  micrograd 0.1.0
# Source:   micrograd/engine.py, Value.backward: self.grad = 1, then only "+=" below it
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check micrograd==0.1.0
"$dir/venv/bin/python" - <<'PYTHON'
from micrograd.engine import Value


def two_passes(squarings, reset):
    x = Value(2)
    z = x
    for _ in range(squarings):
        z = z * z
    z.backward()
    first = x.grad
    if reset:
        x.grad = 0
    z.backward()
    return first, x.grad


for squarings in (1, 2, 3):
    kept, reset = two_passes(squarings, False), two_passes(squarings, True)
    print(f"squared {squarings} times: {kept}, with x.grad = 0 in between: {reset}")
assert [two_passes(n, False) for n in (1, 2, 3)] == [(4, 8), (32, 96), (1024, 4096)]
assert two_passes(2, True) == (32, 64)
PYTHON
