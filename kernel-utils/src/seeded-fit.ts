import type {
  CustomCallback,
  CustomCallbackArgs,
  History,
  LayersModel,
  ModelFitArgs,
  Tensor,
} from "@tensorflow/tfjs";
import { SeededRandom } from "./random";
import { requireCount } from "./ranges";
import { withRandomSource } from "./routed-math-random";
import { type Tf, tensorflow } from "./tensorflow";

/** Those of `model.fit`, and the seed. */
export interface SeededFitOptions extends ModelFitArgs {
  /** A whole number; default 0: the same call on the same weights gives the same history. */
  readonly seed?: number;
}

/** Data of one input or output, or of several: in a list, or by name. */
type Data = Tensor | Tensor[] | { [name: string]: Tensor };

/**
 * Returns the history of training with stock TensorFlow.js, where the seed fixes the order of the samples
 * in each epoch and all that layers draw (dropout, noise). `model.fit` itself takes no seed. Callbacks,
 * validation and all other options are those of `fit`; here callbacks of both kinds may be mixed.
 *
 * Equal histories also need equal initial weights (`seedWeights`), the same machine and the same number
 * of threads. Stock training shuffles the order of the epoch before, so one continued by `initialEpoch`
 * differs from one that was not interrupted.
 *
 * For lessons, `compile(model).fit` of `@headroom/trainer` is several times faster, and takes a seed, too.
 *
 * @param model compiled
 * @throws InputError `wrong-type` for a seed that isn't whole; and what `model.fit` throws
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-node";
 * import { seededFit, seedWeights } from "@headroom/kernel-utils";
 * const x = tf.randomNormal([20, 3], 0, 1, "float32", 1);
 * const losses = async (seed: number) => {
 *   const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
 *   model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
 *   seedWeights(model, 7);
 *   const options = { seed, epochs: 2, batchSize: 5, verbose: 0 as const };
 *   return (await seededFit(model, x, x.sum(1, true), options)).history["loss"];
 * };
 * const first = JSON.stringify(await losses(1));
 * JSON.stringify(await losses(1)) === first; // => true
 * JSON.stringify(await losses(2)) === first; // => false
 */
export async function seededFit(
  model: LayersModel,
  x: Data,
  y: Data,
  options: SeededFitOptions = {},
): Promise<History> {
  const { seed = 0, callbacks, ...args } = options;
  requireCount("seed", seed, Number.MIN_SAFE_INTEGER);
  const tf = tensorflow();
  const root = new SeededRandom(seed);
  const streamOf = (label: string | number) => {
    const stream = root.fork(label);
    return () => stream.random();
  };
  const source = { next: streamOf("before the first epoch") };
  const perEpoch = new tf.CustomCallback(
    {
      async onEpochBegin(epoch) {
        source.next = streamOf(epoch);
      },
    },
    "never",
  );
  // Last, so that a callback which draws random numbers of its own doesn't change the training.
  const all = [...callbackList(tf, callbacks, options.yieldEvery), perEpoch];
  return withRandomSource(source, () => model.fit(x, y, { ...args, callbacks: all }));
}

/** All of them as objects of tfjs's classes: it takes no mixed lists. */
function callbackList(
  tf: Tf,
  callbacks: ModelFitArgs["callbacks"],
  yieldEvery: ModelFitArgs["yieldEvery"],
): CustomCallback[] {
  const list = callbacks === undefined ? [{}] : [callbacks].flat();
  return list.map((one) =>
    "setModel" in one
      ? (one as CustomCallback)
      : new tf.CustomCallback(one as CustomCallbackArgs, yieldEvery ?? "auto"),
  );
}
