import type { Callback, LayersModel, Logs } from "@tensorflow/tfjs";
import { InputError } from "./errors";
import { type StoppingOptions, type StoppingRow, stoppingRule } from "./stopping-rule";
import { type Tf, tensorflow } from "./tensorflow";

/** When to stop, and what to leave behind. */
export interface EarlyStoppingOptions extends StoppingOptions {
  /** Whether the model ends with the weights of its best epoch, stopped or not; default false. */
  readonly restoreBestWeights?: boolean;
}

/** A callback of TensorFlow.js that also tells what it has decided. */
export interface EarlyStopping extends Callback {
  /** A row for each epoch of the training that runs, or ran last. */
  readonly rows: readonly StoppingRow[];
}

/** What one weight was. */
interface SavedWeight {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: number[];
  readonly dtype: "float32" | "int32" | "bool";
}

/**
 * Returns a callback that ends a training for want of improvement: `model.fit`, `model.fitDataset`, and
 * those of `@headroom/trainer` take it. It stops in the epoch in which `stoppingHistory` would.
 *
 * Unlike the stock `tf.callbacks.earlyStopping`, it can restore the best epoch's weights, refuses what it
 * doesn't know instead of guessing, and may be used for one training after another. Weights are kept
 * as plain numbers, so no tensor is left behind, however the training ends.
 *
 * Among several callbacks it goes with callbacks of its kind:
 * `callbacks: [earlyStopping(), new tf.CustomCallback({ onEpochEnd })]`.
 *
 * @throws InputError at once for options that can't be; in the first epoch `missing-column` where the
 *   history has no such key. Keras warns there and trains on to the last epoch, which looks
 *   like a training that never stopped improving.
 *
 * Source: Keras 3's `EarlyStopping`; only NaN in the first epoch counts differently (it is never best).
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-node";
 * import { earlyStopping } from "@headroom/kernel-utils";
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "zeros" })],
 * });
 * model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
 * const stopping = earlyStopping({ monitor: "loss", patience: 3, restoreBestWeights: true });
 * const { history } = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), {
 *   epochs: 50,
 *   callbacks: [stopping],
 *   verbose: 0,
 * });
 * history["loss"]?.length; // => 4
 * stopping.rows.at(-1)?.bestEpoch; // => 0
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const { monitor = "val_loss", restoreBestWeights = false } = options;
  stoppingRule(options);
  const tf = tensorflow();

  class Stopping extends tf.Callback implements EarlyStopping {
    rows: StoppingRow[] = [];
    #rule = stoppingRule(options);
    #best: SavedWeight[] | undefined;

    constructor() {
      super();
      // Where tfjs takes this callback for a plain object of functions, it calls them without `this`.
      this.onTrainBegin = this.onTrainBegin.bind(this);
      this.onEpochEnd = this.onEpochEnd.bind(this);
      this.onTrainEnd = this.onTrainEnd.bind(this);
    }

    override async onTrainBegin(): Promise<void> {
      requireModel(this.model);
      this.rows = [];
      this.#rule = stoppingRule(options);
      this.#best = undefined;
    }

    override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
      const row = this.#rule.decide(epoch, await monitored(logs, monitor));
      this.rows.push(row);
      if (restoreBestWeights && row.improved) this.#best = await saveWeights(this.model);
      if (row.stopped) this.model.stopTraining = true;
    }

    override async onTrainEnd(): Promise<void> {
      if (this.#best !== undefined) writeWeights(tf, this.model, this.#best);
      this.#best = undefined;
    }
  }
  return new Stopping();
}

/** Stock tfjs hands some values over as tensors, which belong to it. */
async function monitored(logs: Logs, monitor: string): Promise<number> {
  const value: unknown = logs[monitor];
  if (typeof value === "number") return value;
  if (typeof value === "object" && value !== null && "data" in value) {
    const [first] = await (
      value as { data(): Promise<ArrayLike<number> & Iterable<number>> }
    ).data();
    if (first !== undefined) return first;
  }
  const keys = Object.keys(logs);
  const cure = monitor.startsWith("val_")
    ? "Pass validationData or validationSplit to fit, or monitor one of those."
    : "Name the metric in model.compile, or monitor one of those.";
  throw new InputError(
    "missing-column",
    `monitor: the training has no ${JSON.stringify(monitor)}; it has ${keys.join(", ")}. ${cure}`,
    { monitor, keys },
  );
}

async function saveWeights(model: LayersModel): Promise<SavedWeight[]> {
  return Promise.all(
    model.getWeights().map(async (weight) => ({
      // A copy: a backend may hand out the array that it holds the tensor in.
      values: (await weight.data()).slice(),
      shape: weight.shape,
      dtype: weight.dtype as SavedWeight["dtype"],
    })),
  );
}

function writeWeights(tf: Tf, model: LayersModel, saved: readonly SavedWeight[]): void {
  tf.tidy(() => {
    model.setWeights(saved.map(({ values, shape, dtype }) => tf.tensor(values, shape, dtype)));
  });
}

function requireModel(model: LayersModel | null): void {
  if (model !== null) return;
  throw new InputError(
    "wrong-type",
    "earlyStopping was not told which model is trained: in a list of callbacks that begins with a plain " +
      "object, tfjs takes all for plain objects. Write new tf.CustomCallback({ ... }) around that one.",
  );
}
