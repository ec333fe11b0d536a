import type { Value } from "../graph/graph";
import type { LossCall } from "../losses/loss-emitter";

/** A metric over an epoch: sums that grow with each batch, and what follows from them. */
export interface MetricEmitter {
  /** Writes what a batch adds: numbers of shape [], as many as `size`. Throws a CannotCompileError. */
  readonly sums: (call: LossCall) => readonly Value[];
  readonly size: number;
  /** The metric, from the sums over all batches. */
  readonly result: (sums: readonly number[]) => number;
}
