#!/bin/sh
# Floats from an IDX file are 1.0 and 2.0 in NumPy and 4.6e-41 and 9e-44 in tinygrad.
#
# Expected: Tensor(array) has the array's numbers, or refuses an array that it does not know.
# Happens:  idx2numpy gives an array in the file's own byte order, big-endian, which NumPy hides well: it prints, adds and
#           compares as always. tinygrad takes its bytes as if they were little-endian, without a word. Files of bytes
#           (MNIST's) are not concerned; IDX files of floats and of 16- and 32-bit integers are. array.astype("f4") helps.
# Why:      tinygrad looks at dtype.name (dtype.py, _from_np_dtype), which is "float32" in both byte orders, and at the memory.
# Version:  idx2numpy 1.2.3, tinygrad 0.14.0, numpy 2.4.6; on a little-endian computer
# Source:   tinygrad/tensor.py, _fromnp; idx2numpy/converters.py, which builds its dtypes with ">"
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check idx2numpy==1.2.3 tinygrad==0.14.0 numpy==2.4.6
cd "$dir"
DEV=PYTHON HOME="$dir" XDG_CACHE_HOME="$dir" "$dir/venv/bin/python" - <<'PYTHON'
import idx2numpy
import numpy
from tinygrad import Tensor

for kind, bare in (("f4", [4.600602988224807e-41, 8.96831017167883e-44]), ("i2", [256, 512])):
    idx2numpy.convert_to_file("numbers.idx", numpy.array([1, 2], dtype=kind))
    read = idx2numpy.convert_from_file("numbers.idx")
    straight = Tensor(read).tolist()
    native = Tensor(read.astype(kind)).tolist()
    print(f"{read.dtype}: NumPy {read.tolist()}, tinygrad {straight}, tinygrad after astype {native}")
    assert read.tolist() == native == [1, 2]
    assert straight == bare
PYTHON
