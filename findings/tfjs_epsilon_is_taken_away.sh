#!/bin/sh
# One gradient of exactly 0, and a weight is NaN for good: centered RMSProp in TensorFlow.js.
#
# Expected: ε in an optimizer keeps a division by zero away: a gradient of 0 makes a step of 0, as in every other package.
# Happens:  tf.train.rmsprop(0.1, 0.9, 0, 1e-7, true): the gradients 0, 1 take a weight from 1 to NaN, NaN; a gradient of 1
#           to 0.66666651, and not to 0.66666685. A neuron behind a ReLU that is off has such gradients.
# Why:      the root is taken of s - (m² + ε), where it should be of s - m² + ε: ε makes the spread smaller, not larger.
#           Without centered it stands right: √(s + ε).
# Version:  @tensorflow/tfjs 4.22.0
# Source:   tfjs-core, optimizers/rmsprop_optimizer.ts; Graves 2013, equations 38 to 42
set -eu
command -v npm >/dev/null || { echo "needs Node.js and npm"; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 >/dev/null 2>&1
cat > run.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
const way = (gradients, centered) => {
  const optimizer = tf.train.rmsprop(0.1, 0.9, 0, 1e-7, centered);
  const w = tf.variable(tf.tensor1d([1]));
  return gradients.map((g) => {
    optimizer.applyGradients({ [w.name]: tf.tensor1d([g]) });
    return w.dataSync()[0];
  });
};
(async () => {
  await tf.setBackend("cpu");
  console.log("gradients 0, 1, plain:   ", way([0, 1], false).join(", "));
  console.log("gradients 0, 1, centered:", way([0, 1], true).join(", "));
  console.log("gradient 1, centered:    ", way([1], true).join(", "));
})();
JS
node run.cjs 2>log | tee seen || { cat log; exit 1; }
grep -q "centered: NaN, NaN" seen
grep -q "1, centered:     0.6666665" seen
