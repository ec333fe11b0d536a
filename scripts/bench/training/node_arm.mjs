// @ts-check
// Node's side of training.mjs: one answer, a line of JSON, for each line of standard input.
//
//   node node_arm.mjs FOLDER     the folder holds what training.mjs wrote: x.bin, y.bin, weights.json
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { COMPARED_STEPS, FIRST_STEPS } from "./configurations.mjs";

const require = createRequire(import.meta.url);
/** @type {typeof import("@tensorflow/tfjs")} */
const tf = require("@tensorflow/tfjs-node");
const folder = process.argv[2] ?? "";
const TRAINER = process.env.HEADROOM_BENCH_TRAINER ?? "@headroom/trainer";

/** @typedef {import("./configurations.mjs").Configuration} Configuration */
/** @typedef {"stock" | "ours"} Arm */
/** @typedef {{ xs: import("@tensorflow/tfjs").Tensor, ys: import("@tensorflow/tfjs").Tensor }} Data */
/** @typedef {{ fit(data: Data, epoch: { shuffle: boolean }): Promise<number>, dispose(): void }} Trained */

/** The function of tf.layers that makes a layer of Keras's name. */
const FACTORIES = /** @type {const} */ ({
  BatchNormalization: "batchNormalization",
  Conv2D: "conv2d",
  Dense: "dense",
  Flatten: "flatten",
  LSTM: "lstm",
  MaxPooling2D: "maxPooling2d",
});

/** @param {Configuration} configuration */
function build({ shape, layers }) {
  const model = tf.sequential();
  layers.forEach(([kind, options], i) => {
    const factory = FACTORIES[/** @type {keyof typeof FACTORIES} */ (kind)];
    const camel = Object.entries(options).map(([key, value]) => [
      key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
      value,
    ]);
    const args = { ...Object.fromEntries(camel), ...(i === 0 ? { inputShape: shape } : {}) };
    model.add(tf.layers[factory](/** @type {never} */ (args)));
  });
  model.compile({ optimizer: tf.train.adam(0.001), loss: "sparseCategoricalCrossentropy" });
  return model;
}

/**
 * Frees a model and its optimizer's moments, which belong to who made the optimizer.
 * @param {import("@tensorflow/tfjs").Sequential} model
 */
function disposeOf(model) {
  model.optimizer.dispose();
  model.dispose();
}

/**
 * A compiled model that an arm fits.
 * @param {Arm} arm
 * @param {Configuration} configuration
 * @param {import("@tensorflow/tfjs").Tensor[]} [weights]
 * @returns {Trained}
 */
function trained(arm, configuration, weights) {
  const model = build(configuration);
  if (weights) model.setWeights(weights);
  const options = { batchSize: configuration.batch, epochs: 1, verbose: /** @type {0} */ (0) };
  if (arm === "stock") {
    return {
      fit: async ({ xs, ys }, { shuffle }) => {
        const { history } = await model.fit(xs, ys, { ...options, shuffle });
        return Number(history.loss?.[0]);
      },
      dispose: () => disposeOf(model),
    };
  }
  /** @type {typeof import("@headroom/trainer")} */
  const { compile } = require(TRAINER);
  // Without this a model that can't be compiled would be trained, and timed, by stock tfjs.
  const compiled = compile(model, { way: "graph" });
  return {
    fit: async ({ xs, ys }, { shuffle }) => {
      const { history } = await compiled.fit(xs, ys, { ...options, shuffle, seed: 1 });
      return Number(history.loss?.[0]);
    },
    dispose: () => disposeOf(model),
  };
}

/** @param {() => Promise<number>} run */
async function timed(run) {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const loss = await run();
  const used = process.cpuUsage(cpu);
  const wall = performance.now() - start;
  return { wall, cpu: (used.user + used.system) / 1000, loss };
}

/** @param {string} name */
function floats(name) {
  const bytes = readFileSync(path.join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/** What the present configuration needs. */
class Stage {
  /** @param {Configuration} configuration */
  constructor(configuration) {
    this.configuration = configuration;
    const y = floats("y.bin");
    const shape = [y.length, ...configuration.shape];
    this.data = { xs: tf.tensor(floats("x.bin"), shape), ys: tf.tensor(y, [y.length, 1]) };
    this.first = this.rows(FIRST_STEPS);
    this.compared = this.rows(COMPARED_STEPS);
    /** @type {Map<Arm, Trained>} */
    this.models = new Map();
  }

  /** @param {number} steps */
  rows(steps) {
    const { xs, ys } = this.data;
    const count = steps * this.configuration.batch;
    return { xs: xs.slice(0, count), ys: ys.slice(0, count) };
  }

  /** Writes a new model's weights, for all arms to begin with. */
  writeWeights() {
    const model = build(this.configuration);
    const weights = model
      .getWeights()
      .map((one) => ({ shape: one.shape, values: one.arraySync() }));
    writeFileSync(path.join(folder, "weights.json"), JSON.stringify(weights));
    model.dispose();
  }

  /** @param {Arm} arm */
  async warm(arm) {
    const recorded = JSON.parse(readFileSync(path.join(folder, "weights.json"), "utf8"));
    const weights = recorded.map((/** @type {{ values: number[], shape: number[] }} */ one) =>
      tf.tensor(one.values, one.shape),
    );
    const model = trained(arm, this.configuration, weights);
    tf.dispose(weights);
    this.models.set(arm, model);
    return timed(() => model.fit(this.compared, { shuffle: false }));
  }

  /** @param {Arm} arm */
  async epoch(arm) {
    const model = this.models.get(arm);
    if (!model) throw new Error(`${arm} was not warmed up`);
    return timed(() => model.fit(this.data, { shuffle: true }));
  }

  /**
   * @param {Arm} arm
   * @param {Configuration} configuration
   */
  async firstEpoch(arm, configuration) {
    /** @type {Trained | undefined} */
    let model;
    const took = await timed(async () => {
      model = trained(arm, configuration);
      return model.fit(this.first, { shuffle: true });
    });
    model?.dispose();
    return took;
  }

  dispose() {
    for (const model of this.models.values()) model.dispose();
    tf.dispose([this.data, this.first, this.compared]);
  }
}

/** @type {Stage | undefined} */
let stage;
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { command, arm, configuration } = JSON.parse(line);
  /** @type {unknown} */
  let answer = {};
  if (command === "prepare") {
    stage?.dispose();
    stage = new Stage(configuration);
  } else if (command === "weights") stage?.writeWeights();
  else if (command === "warm") answer = await stage?.warm(arm);
  else if (command === "epoch") answer = await stage?.epoch(arm);
  else if (command === "first epoch") answer = await stage?.firstEpoch(arm, configuration);
  else if (command === "memory") answer = { bytes: 1024 * process.resourceUsage().maxRSS };
  console.log(JSON.stringify(answer));
}
