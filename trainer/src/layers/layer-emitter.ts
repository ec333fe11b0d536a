import type { layers } from "@tensorflow/tfjs-node";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** A layer of tfjs. */
export type Layer = layers.Layer;

/** What random numbers are drawn, and from which seed. */
interface RandomOptions {
  /** From [0, 1), as is the default, or with mean 0 and variance 1. */
  readonly distribution?: "uniform" | "normal";
  /** The layer's own, in place of the training's. */
  readonly seed?: number | undefined;
}

/** One use of a layer in one step of training, or in an evaluation. */
export interface LayerCall {
  readonly tape: Tape;
  readonly graph: Graph;
  readonly layer: Layer;
  /** What the layer was made with, as `getConfig` tells it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether this is a step of training: dropout drops, batch normalisation uses the batch. */
  readonly training: boolean;
  /** The layer's weight of that name (`kernel`, `bias`), as it was at the beginning of the step. */
  weight(name: string): Value;
  hasWeight(name: string): boolean;
  /** Sets a weight that is not trained, such as a moving average, at the end of the step. */
  assign(name: string, value: Value): void;
  /** What the weight will be at the end of the step, so far: another use of the layer may have set it. */
  assigned(name: string): Value;
  /**
   * A number that is fed with each run, so that another one needs no other graph. The name tells it from
   * the layer's others.
   */
  hyperparameter(name: string, value: number): Value;
  /**
   * Random numbers, other ones in each step, the same for the same seed and step. `shape` is a list of
   * whole numbers; `like` has the same shape.
   */
  random(shape: Value, like: Pick<Value, "shape">, options?: RandomOptions): Value;
  /** Emits another layer that this one wraps. */
  apply(layer: Layer, inputs: readonly Value[]): readonly Value[];
  /** Throws the error that says why this layer can't be compiled. */
  refuse(reason: string): never;
}

/** Writes a layer into the graph and returns its outputs. */
export type LayerEmitter = (call: LayerCall, inputs: readonly Value[]) => Value | readonly Value[];
