// TensorFlow.js, on its CPU, asked on standard input, which answers on standard output. Run where @tensorflow/tfjs is
// installed.
//   {call, options, gradients, rates}    the way of a weight: where it is after each step
//   {loss, y_hat, y}                     a loss and its gradient
//   {activation, at}                     its values, then its slopes
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const tf = createRequire(`${process.cwd()}/`)("@tensorflow/tfjs");
await tf.setBackend("cpu");
const asked = JSON.parse(readFileSync(0, "utf8"));

function way({ call, options, gradients, rates }) {
  const optimizer = tf.train[call](rates[0], ...options);
  const w = tf.variable(tf.tensor1d([1]), true, "w");
  return gradients.map((gradient, step) => {
    if (optimizer.setLearningRate) optimizer.setLearningRate(rates[step]);
    else optimizer.learningRate = rates[step];
    optimizer.applyGradients({ w: tf.tensor1d([gradient]) });
    return w.dataSync()[0];
  });
}

function lossAndGradient({ loss, y_hat: predicted, y }) {
  const { value, grad } = tf.valueAndGrad((x) => tf.losses[loss](tf.tensor2d([y]), x).asScalar())(tf.tensor2d([predicted]));
  return [...value.dataSync(), ...grad.dataSync()];
}

function curve({ activation, at }) {
  const { value, grad } = tf.valueAndGrad((x) => tf[activation](x))(tf.tensor1d(at));
  return [...value.dataSync(), ...grad.dataSync()];
}

const answer = asked.call ? way(asked) : asked.loss ? lossAndGradient(asked) : curve(asked);
console.log(JSON.stringify(answer));
