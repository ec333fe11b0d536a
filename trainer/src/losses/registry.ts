import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import type { Identifier } from "../program/plan";
import { binaryCrossentropy, logLoss, sigmoidCrossEntropy } from "./binary-cross-entropy";
import {
  categoricalCrossentropy,
  softmaxCrossEntropy,
  sparseCategoricalCrossentropy,
} from "./cross-entropy";
import {
  huberLoss,
  logcosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from "./distances";
import { categoricalHinge, hinge, hingeLoss, squaredHinge } from "./hinge";
import type { LossEmitter } from "./loss-emitter";
import { cosineDistance, cosineProximity, kullbackLeiblerDivergence } from "./similarities";

/** All names that `model.compile` takes. */
const NAMED: Readonly<Record<string, LossEmitter>> = {
  binaryCrossentropy,
  categoricalCrossentropy,
  categoricalHinge,
  cosineProximity,
  hinge,
  kullbackLeiblerDivergence,
  logcosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
};

/** Functions of tfjs; as losses they are called with target and prediction alone. */
const FUNCTIONS: ReadonlyMap<unknown, LossEmitter> = new Map<unknown, LossEmitter>([
  [tf.metrics.binaryCrossentropy, binaryCrossentropy],
  [tf.metrics.categoricalCrossentropy, categoricalCrossentropy],
  [tf.metrics.cosineProximity, cosineProximity],
  [tf.metrics.meanAbsoluteError, meanAbsoluteError],
  [tf.metrics.meanAbsolutePercentageError, meanAbsolutePercentageError],
  [tf.metrics.MAPE, meanAbsolutePercentageError],
  [tf.metrics.mape, meanAbsolutePercentageError],
  [tf.metrics.meanSquaredError, meanSquaredError],
  [tf.metrics.MSE, meanSquaredError],
  [tf.metrics.mse, meanSquaredError],
  // tf.losses return the mean over the whole batch, which is the mean of these. Weights of samples or
  // classes weigh these, where stock tfjs multiplies that mean by the mean weight.
  [tf.losses.absoluteDifference, meanAbsoluteError],
  [tf.losses.cosineDistance, cosineDistance],
  [tf.losses.hingeLoss, hingeLoss],
  [tf.losses.huberLoss, huberLoss],
  [tf.losses.logLoss, logLoss],
  [tf.losses.meanSquaredError, meanSquaredError],
  [tf.losses.sigmoidCrossEntropy, sigmoidCrossEntropy],
  [tf.losses.softmaxCrossEntropy, softmaxCrossEntropy],
]);

/** Returns what writes a loss that is a function of tfjs's; undefined for any other function. */
export function lossByFunction(identifier: Identifier): LossEmitter | undefined {
  return FUNCTIONS.get(identifier);
}

/**
 * Returns what writes the loss of an output. Throws a CannotCompileError for one that is not known: a
 * function of the user's own, or none.
 */
export function lossOf(
  identifier: Identifier | undefined,
  model: tf.LayersModel,
  output: number,
): LossEmitter {
  const place = `the loss of the output ${model.outputNames[output]}`;
  if (identifier === undefined) throw new CannotCompileError(place, "there is none");
  if (typeof identifier !== "string") {
    const found = lossByFunction(identifier);
    if (found !== undefined) return found;
    throw new CannotCompileError(place, "it is a function that is not one of tfjs's own");
  }
  const found = Object.hasOwn(NAMED, identifier) ? NAMED[identifier] : undefined;
  if (found !== undefined) return found;
  throw new CannotCompileError(place, `there is no emitter for ${identifier}`);
}
