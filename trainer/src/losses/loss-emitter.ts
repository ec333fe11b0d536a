import type { Graph, Value } from "../graph/graph";
import type { Logits, Tape } from "../graph/tape";

/** One output of a model, and what it should be, in one batch. */
export interface LossCall {
  readonly tape: Tape;
  readonly graph: Graph;
  readonly prediction: Value;
  /** float32; as the user gave it. */
  readonly target: Value;
  /** What the prediction is the softmax or the logistic function of, where it is. */
  readonly logits: Logits | undefined;
  /** How many samples the batch has, as float32 of shape []. */
  readonly samples: Value;
}

/**
 * Writes a loss and returns it for each sample: shape [batch], or with further axes, over which the mean
 * is yet to be taken. Shape [] is a loss that knows the batch only as a whole. Throws a CannotCompileError.
 */
export type LossEmitter = (call: LossCall) => Value;
