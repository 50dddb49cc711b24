#!/bin/sh
# The worse the prediction, the larger the loss, until Paddle's cross-entropy is 64 for good.
#
# Expected: scores 1000 and 0, the second class right: a loss of 1000, as in every other package.
# Happens:  F.cross_entropy says 64, and so for any two scores that are 64 or more apart, in float64 too; log_softmax has no
#           entry below −64. The gradient goes on as if nothing had happened: training is not hurt, the printed loss is.
# Why:      the softmax kernel keeps z − max z at −64 and above before it takes exponentials.
# Version:  paddlepaddle 3.3.1
# Source:   paddle/phi/kernels/cpu/log_softmax_kernel.cc and funcs/softmax_impl.h, ValueClip
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check paddlepaddle==3.3.1 2>/dev/null
cat > "$dir/run.py" <<'PYTHON'
import paddle
import paddle.nn.functional as F


def loss(z):
    return F.cross_entropy(paddle.to_tensor([[z, 0.0]], dtype="float64"), paddle.to_tensor([1])).item()


for z in (10.0, 60.0, 64.0, 100.0, 1000.0):
    print(f"scores {z:6} and 0, the second is right: {loss(z)}")
print("log_softmax:", F.log_softmax(paddle.to_tensor([1000.0, 0.0], dtype="float64")).tolist())
assert abs(loss(60.0) - 60) < 1e-12
assert loss(100.0) == loss(1000.0) == 64
PYTHON
"$dir/venv/bin/python" "$dir/run.py" 2>/dev/null
