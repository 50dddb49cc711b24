#!/bin/sh
# A score of exactly 0: the gradient of Paddle's binary cross-entropy from logits has the wrong sign.
#
# Expected: ∂L/∂z = σ(z) − y, at z = 0 one half for y = 0 and minus one half for y = 1.
# Happens:  F.binary_cross_entropy_with_logits at z = 0: −0.5 for y = 0, −1.5 for y = 1; at ±1e-30 it is right. A network whose
#           last layer begins with zeros has the score 0 for every sample, and its first step goes uphill for all with y = 0.
#           The loss itself is right, log 2, and so is binary_cross_entropy(sigmoid(z), y).
# Why:      the loss is written max(z, 0) − z y + log(1 + e^−|z|), and the way back adds up the slopes of its parts: at 0
#           that of the first is taken as 0 and that of |z| as 1. Either choice is allowed alone, both together are not.
# Version:  paddlepaddle 3.3.1
# Source:   paddle/phi/kernels/cpu/sigmoid_cross_entropy_with_logits_grad_kernel.cc
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check paddlepaddle==3.3.1 2>/dev/null
cat > "$dir/run.py" <<'PYTHON'
import paddle
import paddle.nn.functional as F


def slope(loss, z, y):
    score = paddle.to_tensor([z], dtype="float64", stop_gradient=False)
    loss(score, paddle.to_tensor([y], dtype="float64")).backward()
    return score.grad.item()


def by_hand(score, y):
    return F.binary_cross_entropy(F.sigmoid(score), y)


for z in (-1e-30, 0.0, 1e-30):
    for y in (0.0, 1.0):
        at_once, in_two_steps = slope(F.binary_cross_entropy_with_logits, z, y), slope(by_hand, z, y)
        print(f"z = {z:6}, y = {y:.0f}: {at_once:4}, and in two steps {in_two_steps}")
assert slope(F.binary_cross_entropy_with_logits, 0.0, 0.0) == -0.5
assert slope(F.binary_cross_entropy_with_logits, 0.0, 1.0) == -1.5
assert slope(F.binary_cross_entropy_with_logits, 1e-30, 0.0) == slope(by_hand, 0.0, 0.0) == 0.5
PYTHON
"$dir/venv/bin/python" "$dir/run.py" 2>/dev/null
