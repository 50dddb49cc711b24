#!/bin/sh
# PySnooper reports 7 of 12 updates of a list of weights.
#
# Expected: "Modified var" whenever a local variable has changed: twelve times for a loop that steps twelve weights. A long
#           list is printed in part, but that it changed is noticed.
# Happens:  the updates of the fourth to eighth weight are not reported, as if the line had done nothing.
# Why:      a change is found by comparing the printed texts, after they are cut to 100 characters: the middle of the list
#           is not in them. max_variable_length=None shows all twelve.
# Version:  PySnooper 1.2.3
# Source:   pysnooper/tracer.py, get_local_reprs and the comparison of old_local_reprs; utils.truncate
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check PySnooper==1.2.3
cat > "$dir/step.py" <<'PYTHON'
import io

import pysnooper


def reported(**options):
    out = io.StringIO()

    @pysnooper.snoop(out, color=False, **options)
    def step(w, dL_dw):
        for i in range(len(w)):
            w[i] = w[i] - 0.1 * dL_dw[i]
        return w

    w = step([0.123456789] * 12, [1.0] * 12)
    assert all(w_i == 0.123456789 - 0.1 for w_i in w)
    return sum(line.startswith("Modified var") and " w = " in line for line in out.getvalue().splitlines())


cut, full = reported(), reported(max_variable_length=None)
print(f"12 weights changed; reported: {cut}, with max_variable_length=None: {full}")
assert (cut, full) == (7, 12)
PYTHON
"$dir/venv/bin/python" "$dir/step.py"
