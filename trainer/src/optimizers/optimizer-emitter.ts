import type { Optimizer, Tensor } from "@tensorflow/tfjs-node";
import type { Graph, Value } from "../graph/graph";

/** One weight's update. */
export interface UpdateCall {
  readonly graph: Graph;
  /** The weight's variable. */
  readonly weight: Value;
  /** The variables of its slots, in the order of `slots`. */
  readonly slots: readonly Value[];
  readonly gradient: Value;
  /** What `rate` returned for this step; shape []. */
  readonly rate: Value;
  /** The optimizer's numbers by name; see `numbers`. */
  number(name: string): Value;
  /** What must have run before the weight changes. */
  readonly after: readonly Value[];
}

/** What an optimizer of tfjs keeps for each trained weight. */
export interface Slot {
  readonly name: string;
  /** The value before the first step. */
  readonly initial: number;
}

/** What an optimizer keeps for one trained weight. */
export interface WeightState {
  /** The name of the weight's variable. */
  readonly name: string;
  /** In the order of `slots`. */
  readonly slots: readonly Tensor[];
}

/** How an optimizer of tfjs becomes part of a graph, and gets its state back. */
export interface OptimizerEmitter {
  readonly slots: (optimizer: Optimizer) => readonly Slot[];
  /** Numbers that all steps share; other ones need no other graph. */
  readonly numbers: (optimizer: Optimizer) => Readonly<Record<string, number>>;
  /** What the update of step `step` (from 1) multiplies with, at a learning rate. */
  readonly rate: (optimizer: Optimizer, learningRate: number, step: number) => number;
  /** Writes the update of one weight; the value stands for its end. */
  readonly update: (optimizer: Optimizer, call: UpdateCall) => Value;
  /** The slots' tensors of trained weight `index`, undefined before the first step; not to be disposed. */
  readonly read: (optimizer: Optimizer, index: number) => readonly Tensor[] | undefined;
  /** Gives the optimizer its state after `steps` steps in all; takes the tensors over. */
  readonly write: (optimizer: Optimizer, state: readonly WeightState[], steps: number) => void;
}
