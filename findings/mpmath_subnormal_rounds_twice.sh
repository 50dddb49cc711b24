#!/bin/sh
# The float of an mpmath number below 2^-1022 may be the wrong neighbour.
#
# Expected: float(x) of an mpf of many digits is the float nearest to it, as it is for larger numbers: mpmath is what one
#           holds exp(-720) of a C library against.
# Happens:  A tiny one is rounded twice, to 53 binary digits and then to the fewer that a subnormal float has. What is just
#           above the middle of two floats becomes the middle, and then goes to the even one. Of 1000 exponentials below
#           2^-1022 some are wrong, and a library that is right is counted as in error there.
# Why:      libmp.to_float rounds the mantissa to 53 bits whatever the exponent is, and hands it to math.ldexp.
# Version:  mpmath 1.4.1
# Source:   mpmath/libmp/libmpf.py, to_float
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mpmath==1.4.1

cat > "$folder/shows.py" <<'END'
from fractions import Fraction

import mpmath

mpmath.mp.prec = 300


def exactly(x):
    """The mpf as a Fraction; Python divides whole numbers with one rounding."""
    sign, mantissa, exponent, _ = x._mpf_
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


wrong = 0
for k in range(1000):
    x = mpmath.exp(mpmath.mpf(-708.5 - k / 30))
    nearest = exactly(x).numerator / exactly(x).denominator
    if float(x) != nearest:
        wrong += 1
        if wrong == 1:
            shown = (-708.5 - k / 30, float(x), nearest)

print(f"{wrong} of 1000 wrong, such as exp({shown[0]}): float(...) {shown[1]!r}, nearest {shown[2]!r}")
assert wrong > 0
END
"$folder/venv/bin/python" "$folder/shows.py"
