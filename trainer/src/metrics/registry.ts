import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import { binaryCrossentropy } from "../losses/binary-cross-entropy";
import { categoricalCrossentropy, sparseCategoricalCrossentropy } from "../losses/cross-entropy";
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
} from "../losses/distances";
import { lossByFunction } from "../losses/registry";
import { cosineProximity } from "../losses/similarities";
import type { Identifier } from "../program/plan";
import { binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy";
import { precision, recall } from "./counts";
import { mean } from "./mean";
import type { MetricEmitter } from "./metric-emitter";
import { r2Score } from "./r2-score";

/** All names that `model.compile` takes, beside those that depend on the loss. */
const NAMED: Readonly<Record<string, MetricEmitter>> = {
  MAE: mean(meanAbsoluteError),
  MAPE: mean(meanAbsolutePercentageError),
  MSE: mean(meanSquaredError),
  binaryAccuracy,
  categoricalAccuracy,
  categoricalCrossentropy: mean(categoricalCrossentropy),
  cosine: mean(cosineProximity),
  mae: mean(meanAbsoluteError),
  mape: mean(meanAbsolutePercentageError),
  mse: mean(meanSquaredError),
  precision,
  sparseCategoricalCrossentropy: mean(sparseCategoricalCrossentropy),
};

/** Functions of tfjs that are no losses. */
const FUNCTIONS: ReadonlyMap<unknown, MetricEmitter> = new Map<unknown, MetricEmitter>([
  [tf.metrics.binaryAccuracy, binaryAccuracy],
  [tf.metrics.categoricalAccuracy, categoricalAccuracy],
  [tf.metrics.precision, precision],
  [tf.metrics.r2Score, r2Score],
  [tf.metrics.recall, recall],
  [tf.metrics.sparseCategoricalAccuracy, sparseCategoricalAccuracy],
]);

/** What `accuracy` and `crossentropy` mean for each kind of output. */
const BY_LOSS = {
  binary: { accuracy: binaryAccuracy, crossentropy: mean(binaryCrossentropy) },
  sparse: {
    accuracy: sparseCategoricalAccuracy,
    crossentropy: mean(sparseCategoricalCrossentropy),
  },
  categorical: { accuracy: categoricalAccuracy, crossentropy: mean(categoricalCrossentropy) },
} as const;

/** Names whose meaning depends on the loss. */
const DEPENDENT: Readonly<Record<string, "accuracy" | "crossentropy">> = {
  acc: "accuracy",
  accuracy: "accuracy",
  ce: "crossentropy",
  crossentropy: "crossentropy",
};

/**
 * Returns what computes a metric of an output; `accuracy` and `crossentropy` are other ones for each loss
 * and size of the output, as tfjs chooses them. Metrics don't weigh samples. Throws a CannotCompileError
 * for one that is not known.
 */
export function metricOf(
  identifier: Identifier,
  model: tf.LayersModel,
  output: number,
  loss: Identifier,
): MetricEmitter {
  const place = `a metric of the output ${model.outputNames[output]}`;
  if (typeof identifier !== "string") {
    const found = FUNCTIONS.get(identifier);
    if (found !== undefined) return found;
    const sameAsLoss = lossByFunction(identifier);
    if (sameAsLoss !== undefined) return mean(sameAsLoss);
    throw new CannotCompileError(place, "it is a function that is not one of tfjs's own");
  }
  const dependent = Object.hasOwn(DEPENDENT, identifier) ? DEPENDENT[identifier] : undefined;
  if (dependent !== undefined) return BY_LOSS[kindOf(model, output, loss)][dependent];
  const found = Object.hasOwn(NAMED, identifier) ? NAMED[identifier] : undefined;
  if (found !== undefined) return found;
  throw new CannotCompileError(place, `there is no emitter for ${identifier}`);
}

/** tfjs goes by the loss's name: a function is no binary or sparse loss to it. */
function kindOf(model: tf.LayersModel, output: number, loss: Identifier): keyof typeof BY_LOSS {
  const { shape } = model.outputs[output] as tf.SymbolicTensor;
  if (shape.at(-1) === 1 || loss === "binaryCrossentropy") return "binary";
  return loss === "sparseCategoricalCrossentropy" ? "sparse" : "categorical";
}
