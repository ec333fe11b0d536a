import type { Graph, Value } from "../graph/graph";

/** One weight after its update. */
interface ConstraintCall {
  readonly graph: Graph;
  readonly weight: Value;
  /** A number that is fed with each run; the name tells it from the weight's others. */
  number(name: string, value: number): Value;
}

/** Writes what a constraint makes of a weight and returns it. */
export type ConstraintEmitter<T> = (call: ConstraintCall, constraint: T) => Value;
