#!/bin/sh
# After IPython's autoreload a function works, and its lines count from 1: a traceback or a breakpoint points elsewhere.
#
# Expected: after a change of the file, the new function stands where the file has it: line 4.
# Happens:  with %autoreload 2 it is said to begin in line 1 of the file. importlib.reload says 4.
# Why:      a changed function is compiled alone, from its own syntax tree, and only its code is replaced.
# Version:  IPython 9.18.1
# Source:   IPython/extensions/deduperreload/deduperreload.py
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check ipython==9.18.1
cd "$dir"
cat > neuron.py <<'PYTHON'
import math


def neuron(x, w):
    z = w * x
    return math.tanh(z)
PYTHON
cat > typed.txt <<'PYTHON'
%load_ext autoreload
%autoreload 2
import importlib, neuron, os, pathlib
file = pathlib.Path("neuron.py")
_ = file.write_text(file.read_text().replace("w * x", "w * x + 1"))
os.utime(file, (2_000_000_000, 2_000_000_000))
print("new code:", neuron.neuron(0, 0) > 0.7)
print("autoreload says line", neuron.neuron.__code__.co_firstlineno)
_ = importlib.reload(neuron)
print("importlib.reload says line", neuron.neuron.__code__.co_firstlineno)
PYTHON
"$dir/venv/bin/python" -m IPython --simple-prompt --no-banner --no-confirm-exit < typed.txt > said.txt 2>&1
grep -o "new code.*\|autoreload says.*\|importlib.reload says.*" said.txt
grep -q "new code: True" said.txt
grep -q "autoreload says line 1$" said.txt
grep -q "importlib.reload says line 4$" said.txt
