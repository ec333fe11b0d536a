import * as tf from "@tensorflow/tfjs-node";
import { calculator } from "../losses/calculator";
import type { ConstraintEmitter } from "./constraint-emitter";
import { maxNorm, minMaxNorm, unitNorm } from "./norms";

const nonNeg: ConstraintEmitter<unknown> = ({ graph, weight }) => calculator(graph).relu(weight);

/** By class, since a class of the user's own may have any name. */
const EMITTERS: ReadonlyMap<unknown, ConstraintEmitter<never>> = new Map<
  unknown,
  ConstraintEmitter<never>
>([
  [tf.constraints.maxNorm({}).constructor, maxNorm],
  [tf.constraints.minMaxNorm({}).constructor, minMaxNorm],
  [tf.constraints.nonNeg().constructor, nonNeg],
  [tf.constraints.unitNorm({}).constructor, unitNorm],
]);

/** Returns what writes a constraint of tfjs's; undefined for one of the user's own. */
export function constraintEmitterOf(constraint: object): ConstraintEmitter<unknown> | undefined {
  return EMITTERS.get(constraint.constructor) as ConstraintEmitter<unknown> | undefined;
}
