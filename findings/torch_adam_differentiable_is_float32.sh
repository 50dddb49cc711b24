#!/bin/sh
# In float64, PyTorch's Adam with differentiable=True takes other steps than without: 7 millionths of the rate at once.
#
# Expected: differentiable=True lets gradients pass through the step, and the step is the same, to the last digits or nearly.
# Happens:  with weights, gradients and moments in float64 the first step is 6.7e-6 of the rate short. On a GPU
#           capturable=True takes the same lines, and is what a CUDA graph asks for.
# Why:      the number of steps is a float32 tensor, and 1 - beta ** step stays one. 0.999 in float32 is off by 1e-8,
#           and 1 - 0.999 by a thousand times that. torch.set_default_dtype(torch.float64), before the optimizer steps, heals it.
# Version:  PyTorch 2.13.0
# Source:   torch/optim/adam.py, _init_group and _single_tensor_adam; torch/optim/optimizer.py, _get_scalar_dtype
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 2>/dev/null
cat > "$dir/run.py" <<'PYTHON'
import torch


def first_step(**options):
    w = torch.tensor([1.0], dtype=torch.float64)
    w.grad = torch.tensor([1.0], dtype=torch.float64)
    torch.optim.Adam([w], lr=0.1, **options).step()
    assert w.dtype == torch.float64
    return float(w)


plain, differentiable = first_step(), first_step(differentiable=True)
torch.set_default_dtype(torch.float64)
healed = first_step(differentiable=True)
print("Adam:                              ", plain)
print("Adam(differentiable=True):         ", differentiable)
print("the same, with float64 by default: ", healed)
assert 6e-7 < differentiable - plain < 7e-7
assert abs(healed - plain) < 1e-15
PYTHON
"$dir/venv/bin/python" "$dir/run.py"
