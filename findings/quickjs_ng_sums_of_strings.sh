#!/bin/sh
# A formula typeset by MathJax in quickjs-ng cannot come back to Python: a long sum of two strings is no string there.
#
# Expected: what an expression of text gives in JavaScript is a str in Python, however long it is and however it was made.
# Happens:  short text comes, and long text that was made in one piece; long text that is a sum of two pieces, as all
#           markup is, raises TypeError: Unknown quickjs tag: -6. With the older engine, quickjs 1.19.4, all of them come.
# Why:      the engine keeps a long sum as a rope, a kind of value of its own, until somebody reads its letters. The
#           module for Python does not know that kind.
# Version:  quickjs-ng 0.17.0.2
# Source:   quickjs_ng, _quickjs: the kinds of value that it converts; the engine's JS_TAG_STRING_ROPE
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check quickjs-ng==0.17.0.2
"$dir/venv/bin/python" - <<'PYTHON'
import quickjs

context = quickjs.Context()
seen = {}
for what, code in {
    "a short sum": "'a'.repeat(100) + 'b'.repeat(100)",
    "long, in one piece": "'a'.repeat(100000)",
    "a long sum": "'a'.repeat(50000) + 'b'.repeat(50000)",
    "the same, made one piece": "('a'.repeat(50000) + 'b'.repeat(50000)).split('').join('')",
}.items():
    try:
        seen[what] = f"{len(context.eval(code))} letters"
    except TypeError as error:
        seen[what] = f"TypeError: {error}"
    print(f"{what:26}{seen[what]}")
assert seen["a short sum"] == "200 letters" and seen["long, in one piece"] == "100000 letters"
assert seen["a long sum"] == "TypeError: Unknown quickjs tag: -6"
assert seen["the same, made one piece"] == "100000 letters"
PYTHON
