// The way of a weight in TensorFlow.js, on its CPU: from standard input {call, options, gradients, rates}, to standard
// output the weight after each step. Run where @tensorflow/tfjs is installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const tf = createRequire(`${process.cwd()}/`)("@tensorflow/tfjs");
await tf.setBackend("cpu");
const { call, options, gradients, rates } = JSON.parse(readFileSync(0, "utf8"));
const optimizer = tf.train[call](rates[0], ...options);
const w = tf.variable(tf.tensor1d([1]), true, "w");
const places = [];
gradients.forEach((gradient, step) => {
  if (optimizer.setLearningRate) optimizer.setLearningRate(rates[step]);
  else optimizer.learningRate = rates[step];
  optimizer.applyGradients({ w: tf.tensor1d([gradient]) });
  places.push(w.dataSync()[0]);
});
console.log(JSON.stringify(places));
