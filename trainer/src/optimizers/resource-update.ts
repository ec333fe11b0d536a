import type { Attributes } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { UpdateCall } from "./optimizer-emitter";

/**
 * Adds one of TensorFlow's operations that change a weight and its slots in place: `inputs` are what it
 * takes after the weight's variable.
 */
export function resourceUpdate(
  { graph, weight, after }: UpdateCall,
  op: string,
  inputs: readonly Value[],
  attributes: Attributes = {},
): Value {
  // Nobody else changes the variable at the same time, so there is nothing to lock.
  const all = { T: { type: DType.float32 }, use_locking: { bool: false }, ...attributes };
  return graph.action(op, [weight, ...inputs], all, { after });
}
