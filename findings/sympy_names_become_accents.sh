#!/bin/sh
# sympy.latex(Symbol("batchnorm")) is the norm of "batch", and Symbol("what") is a w with a hat.
#
# Expected: a name of several letters is shown as it is; greek letters, digits and underscores are what is special.
# Happens:  a name that ends in one of 24 words (hat, bar, dot, prime, check, norm, abs, mag, avg, bold, ...) is shown as
#           the rest of it under an accent, in brackets or in another face: gradcheck, layernorm, crossbar. With an
#           underscore it is the other way round from what teachers want: y_hat is a y with the subscript "hat".
# Why:      the words are looked for at the end of every part of a name, after the greek letters.
# Version:  sympy 1.14.0
# Source:   sympy/printing/latex.py, modifier_dict and translate
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 mpmath==1.3.0
"$dir/venv/bin/python" - <<'PYTHON'
from sympy import Symbol, latex

seen = {name: latex(Symbol(name)) for name in ("batchnorm", "what", "gradcheck", "crossbar", "yhat", "y_hat", "batchnorms")}
for name, text in seen.items():
    print(f"{name:12}{text}")
assert seen == {
    "batchnorm": r"\left\|{batch}\right\|",
    "what": r"\hat{w}",
    "gradcheck": r"\check{grad}",
    "crossbar": r"\bar{cross}",
    "yhat": r"\hat{y}",
    "y_hat": r"y_{hat}",
    "batchnorms": "batchnorms",
}
PYTHON
