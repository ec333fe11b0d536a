import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";

/** A regulariser of tfjs: l1 · Σ|w| + l2 · Σw². */
export type L1L2 = ReturnType<typeof tf.regularizers.l1l2> & {
  readonly l1: number;
  readonly l2: number;
};

const L1L2Class = tf.regularizers.l1l2().constructor;

/** Returns the regulariser with its factors. Throws a CannotCompileError where it is not tfjs's own. */
export function l1l2Of(regularizer: object, place: string): L1L2 {
  if (regularizer.constructor === L1L2Class) return regularizer as L1L2;
  throw new CannotCompileError(place, "its regulariser is not one of tfjs's own");
}
