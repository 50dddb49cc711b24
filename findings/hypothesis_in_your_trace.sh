#!/bin/sh
# After one Hypothesis test, a trace of your own function shows calls of Hypothesis, also when the test is long over.
#
# Expected: sys.settrace around a function that only makes lists sees that function, and nothing else.
# Happens:  it sees gc_callback of hypothesis/internal/conjecture/junkdrawer.py as well, called as if by a line of the
#           function, at whichever line the collector wakes up: a recorder or step counter gives another answer on some
#           runs only. It stays for the rest of the process.
# Why:      Hypothesis takes the collector's time off a test's deadline, and puts a Python function into gc.callbacks for it
#           that is never taken out. CPython runs it inside the frame that happened to allocate, and traces it like any other.
# Version:  hypothesis 6.170.17 (CPython)
# Source:   hypothesis/internal/conjecture/junkdrawer.py, gc_cumulative_time: gc.callbacks.insert(0, gc_callback)
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check hypothesis==6.170.17
cd "$dir"
"$dir/venv/bin/python" - <<'PYTHON'
import gc
import sys

from hypothesis import given, settings
from hypothesis import strategies as st


def make_lists():
    made = []
    for i in range(20000):
        made.append([i])
    return len(made)


def functions_called():
    names = set()

    def trace(frame, event, arg):
        names.add(frame.f_code.co_name)

    sys.settrace(trace)
    make_lists()
    sys.settrace(None)
    return sorted(names)


@settings(max_examples=1, database=None)
@given(st.integers())
def test(n):
    pass


before = functions_called()
test()
after = functions_called()
print("before a test:", before)
print("after a test: ", after)
print("gc.callbacks: ", [f"{f.__module__}.{f.__qualname__}" for f in gc.callbacks])
assert before == ["make_lists"]
assert after == ["gc_callback", "make_lists"]
PYTHON
