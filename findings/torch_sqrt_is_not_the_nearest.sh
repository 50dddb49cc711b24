#!/bin/sh
# In PyTorch, on an x86 CPU, the square root of one double in a hundred is not the nearest double.
#
# Expected: √ is rounded correctly, as IEEE 754 demands of it like of + − × ÷, and as math.sqrt, NumPy and the processor's
#           own instruction do it. So it is the same everywhere, and a step of RMSProp or Adam can be repeated bit for bit.
# Happens:  of 10,000 numbers below 8, more than a hundred doubles and more than a thousand float32 have a root that is off
#           by one in the last place, alone in their tensor or among others. Adam and RMSprop take such a root of every number.
# Why:      torch.sqrt goes to the vector library of MKL, whose quick mode is content with less than an ulp.
# Version:  PyTorch 2.13.0, CPU, x86-64
# Source:   aten/src/ATen/native/cpu/UnaryOpsKernel.cpp, IMPLEMENT_VML_KERNEL(sqrt, Sqrt); aten/src/ATen/cpu/vml.h
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 numpy==2.4.6 2>/dev/null
cat > "$dir/run.py" <<'PYTHON'
import math
import random

import numpy as np
import torch

rng = random.Random(0)
numbers = [8 * rng.random() for _ in range(10_000)]
x64, x32 = np.array(numbers), np.array(numbers, dtype=np.float32)
exact64, exact32 = np.sqrt(x64), np.sqrt(x32)
assert exact64.tolist() == [math.sqrt(x) for x in numbers]
off64 = torch.from_numpy(x64).sqrt().numpy() != exact64
off32 = torch.from_numpy(x32).sqrt().numpy() != exact32
print("float64:", off64.sum(), "of", len(numbers), "roots are not the nearest double")
print("float32:", off32.sum(), "of", len(numbers), "roots are not the nearest float32")
first = float(x64[off64][0])
alone = torch.tensor(first, dtype=torch.float64).sqrt().item()
print(f"torch.sqrt of {first!r}: {alone!r}; math.sqrt: {math.sqrt(first)!r}")
assert off64.sum() > 50 and off32.sum() > 500
assert alone != math.sqrt(first)
PYTHON
"$dir/venv/bin/python" "$dir/run.py"
