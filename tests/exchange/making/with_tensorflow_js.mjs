// TensorFlow.js: model.json with its shards, as its Node version writes them, and the figures of the same networks.
//
//     npm install @tensorflow/tfjs && node tests/exchange/making/with_tensorflow_js.mjs
//
// The package is looked for from the folder in which Node is started.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

const tf = createRequire(path.join(process.cwd(), "here.js"))("@tensorflow/tfjs");
const FILES = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "files");
const rows = readFileSync(path.join(FILES, "samples.csv"), "utf8").trim().split("\n").slice(1)
  .map((line) => line.split(",").map(Number));
const X = rows.map((row) => row.slice(0, 3));
const labels = rows.map((row) => row[3]);
const numbers = rows.map((row) => [row[4]]);
await tf.setBackend("cpu");

const networks = {
  "tfjs-classes": {
    layers: () => [
      tf.layers.dense({ units: 5, inputShape: [3], activation: "relu", kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) }),
      tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
    ],
    loss: "sparseCategoricalCrossentropy", ours: "clipped_cross_entropy", targets: labels, shards: 2,
  },
  "tfjs-number": {
    layers: () => [
      tf.layers.dense({ units: 4, inputShape: [3], name: "zeta", kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }) }),
      tf.layers.activation({ activation: "tanh" }),
      tf.layers.dense({ units: 1, name: "alpha", useBias: false, kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }),
    ],
    loss: "meanSquaredError", ours: "mean_squared_error", targets: numbers, shards: 1,
  },
};

function transposed(kernel) {
  return kernel[0].map((_, j) => kernel.map((row) => row[j]));
}

async function written(name, model, nShards) {
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    const data = Buffer.from(tf.io.concatenateArrayBuffers([artifacts.weightData].flat()));
    const size = Math.ceil(data.length / nShards);
    const paths = [];
    for (let k = 0; k < nShards; k++) {
      paths.push(nShards === 1 ? `${name}.weights.bin` : `${name}-group1-shard${k + 1}of${nShards}.bin`);
      writeFileSync(path.join(FILES, paths[k]), data.subarray(k * size, (k + 1) * size));
    }
    const json = {
      modelTopology: artifacts.modelTopology, format: artifacts.format, generatedBy: artifacts.generatedBy,
      convertedBy: artifacts.convertedBy, weightsManifest: [{ paths, weights: artifacts.weightSpecs }],
      trainingConfig: artifacts.trainingConfig,
    };
    writeFileSync(path.join(FILES, `${name}.json`), JSON.stringify(json) + "\n");
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }));
}

const figures = {};
for (const [name, { layers, loss, ours, targets, shards }] of Object.entries(networks)) {
  const model = tf.sequential({ layers: layers() });
  model.compile({ optimizer: tf.train.adam(0.05), loss });
  const x = tf.tensor2d(X);
  const y = Array.isArray(targets[0]) ? tf.tensor2d(targets) : tf.tensor1d(targets);
  await model.fit(x, y, { epochs: 20, batchSize: 12, shuffle: false, verbose: 0 });
  const mean = () => {
    const said = model.apply(x, { training: false });
    if (loss === "meanSquaredError") return tf.losses.meanSquaredError(y, said);
    const p = tf.sum(tf.mul(tf.oneHot(y.toInt(), 3).toFloat(), said), 1);
    return tf.mean(tf.neg(tf.log(tf.clipByValue(p, 1e-7, 1 - 1e-7))));
  };
  const { value, grads } = tf.variableGrads(mean);
  const dL_dW = [], dL_db = [];
  for (const layer of model.layers) {
    if (!layer.weights.length) continue;
    dL_dW.push(transposed(grads[layer.kernel.val.name].arraySync()));
    dL_db.push(layer.bias ? grads[layer.bias.val.name].arraySync() : null);
  }
  figures[`${name}.json`] = {
    loss: ours, targets, outputs: model.predict(x).arraySync(), L: value.dataSync()[0], dL_dW, dL_db,
  };
  await written(name, model, shards);
}
writeFileSync(path.join(FILES, "tfjs.json"), JSON.stringify({ versions: { "@tensorflow/tfjs": tf.version.tfjs }, files: figures }) + "\n");
