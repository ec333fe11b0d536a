import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import { adadelta } from "./adadelta";
import { adagrad } from "./adagrad";
import { adam } from "./adam";
import { adamax } from "./adamax";
import { momentum } from "./momentum";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { rmsprop } from "./rmsprop";
import { sgd } from "./sgd";

const EMITTERS: ReadonlyMap<unknown, OptimizerEmitter> = new Map<unknown, OptimizerEmitter>([
  [tf.SGDOptimizer, sgd],
  [tf.MomentumOptimizer, momentum],
  [tf.AdagradOptimizer, adagrad],
  [tf.AdadeltaOptimizer, adadelta],
  [tf.AdamOptimizer, adam],
  [tf.AdamaxOptimizer, adamax],
  [tf.RMSPropOptimizer, rmsprop],
]);

/**
 * Returns what writes the optimizer's updates. Throws a CannotCompileError for any but tfjs's own
 * optimizers: a class derived from one of them updates as it likes, and so does an object whose
 * `applyGradients` was replaced.
 */
export function optimizerEmitterOf(optimizer: tf.Optimizer): OptimizerEmitter {
  const emitter = EMITTERS.get(optimizer.constructor);
  const refuse = (reason: string): never => {
    throw new CannotCompileError(`the optimizer ${optimizer.getClassName()}`, reason);
  };
  if (emitter === undefined) {
    return refuse("it is not one of this tfjs-node's own classes, so its updates are not known");
  }
  if (Object.hasOwn(optimizer, "applyGradients") || Object.hasOwn(optimizer, "minimize")) {
    return refuse("its method applyGradients or minimize has been replaced");
  }
  return emitter;
}
