#!/bin/sh
# In math.js 1e-16 > 0 is false, so a ReLU written in it is 0 for small positive inputs.
#
# Expected: comparisons of JavaScript's doubles: z > 0 ? z : 0 passes every positive z, and 0.1 + 0.2 == 0.3 is false.
# Happens:  the comparison is one of "nearly equal" numbers: 1e-16 > 0 false, 0.1 + 0.2 == 0.3 true, sign and max exact.
#           max(z, 0) and (z > 0 ? z : 0) are two functions there, and floor(2.9999999999999996) is 3.
# Why:      ==, <, > and floor, ceil use relTol 1e-12 and absTol 1e-15 of the configuration.
# Version:  mathjs 15.2.0
# Source:   mathjs/lib/cjs/core/config.js, relTol, absTol; documentation of the function larger
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" mathjs@15.2.0 > /dev/null
node - <<'JAVASCRIPT'
const assert = require("node:assert");
const { evaluate } = require("mathjs");
const seen = {};
for (const text of ["1e-16 > 0", "1e-16 > 0 ? 1e-16 : 0", "max(1e-16, 0)", "sign(1e-16)", "0.1 + 0.2 == 0.3", "0.1 + 0.2 > 0.3",
  "1e-14 > 0", "floor(2.9999999999999996)"]) {
  seen[text] = evaluate(text);
  console.log(text.padEnd(28), seen[text]);
}
assert.deepStrictEqual(Object.values(seen), [false, 0, 1e-16, 1, true, false, true, 3]);
assert(1e-16 > 0 && 0.1 + 0.2 > 0.3 && Math.floor(2.9999999999999996) === 2);
JAVASCRIPT
