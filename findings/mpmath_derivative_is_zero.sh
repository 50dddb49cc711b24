#!/bin/sh
# mpmath.diff(math.exp, 1) is 0.0.
#
# Expected: about 2.718. A numerical derivative of a function made of Python's floats has perhaps eight right digits.
# Happens:  0.0, without a warning, for every function that goes through a float, such as a sigmoid with math.exp. With
#           mpmath.exp in its place every digit is right. So mpmath.diff, used to check a float gradient, calls it wrong.
# Why:      the step is 2**(-prec - 10), about 1e-19, because mpmath works with more digits while it differentiates.
#           math.exp turns 1 + 1e-19 into the float 1.0, both ends of the step are the same number. With h=1e-6 it works.
# Version:  mpmath 1.4.1
# Source:   mpmath/calculus/differentiation.py, hsteps: h = ctx.ldexp(1, -prec-addprec-hextramag)
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check mpmath==1.4.1
"$dir/venv/bin/python" - <<'PYTHON'
import math

import mpmath

of_floats = mpmath.diff(math.exp, 1)
of_mpmath = mpmath.diff(mpmath.exp, 1)
wide_step = mpmath.diff(math.exp, 1, h=1e-6)
sigmoid = mpmath.diff(lambda z: 1 / (1 + math.exp(-z)), 0.5)
print("diff(math.exp, 1)          ", of_floats)
print("diff(mpmath.exp, 1)        ", of_mpmath)
print("diff(math.exp, 1, h=1e-6)  ", wide_step)
print("diff(sigmoid of math.exp)  ", sigmoid, "  right: 0.2350037122015945")
assert of_floats == 0 and sigmoid == 0
assert abs(of_mpmath - math.e) < 1e-15
assert abs(wide_step - math.e) < 1e-8
PYTHON
