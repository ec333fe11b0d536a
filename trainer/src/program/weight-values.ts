import type { LayersModel, LayerVariable, layers } from "@tensorflow/tfjs-node";
import type { Graph, Value } from "../graph/graph";
import { type GraphVariable, type GraphVariables, read } from "./variables";

type Layer = layers.Layer;

/** A weight of the model and the variable that stands for it in the graph. */
export interface GraphWeight {
  readonly weight: LayerVariable;
  readonly variable: GraphVariable;
  readonly isTrained: boolean;
}

/**
 * Returns the weights that the optimizer changes: those that were trainable when `model.compile` was
 * called and still are, as in tfjs, which warns where that has changed since.
 */
export function trainedWeights(model: LayersModel): readonly LayerVariable[] {
  const { collectedTrainableWeights } = model as unknown as {
    readonly collectedTrainableWeights?: readonly LayerVariable[];
  };
  const weights = collectedTrainableWeights ?? model.trainableWeights;
  return weights.filter(({ trainable }) => trainable);
}

/** Adds a variable for each weight of the model. */
export function addWeights(model: LayersModel, variables: GraphVariables): GraphWeight[] {
  const trained = new Set(trainedWeights(model));
  const seen = new Set<LayerVariable>();
  return model.weights.flatMap((weight, index) => {
    if (seen.has(weight)) return [];
    seen.add(weight);
    const variable = variables.add(`weight${index}`, weight.shape as number[]);
    return [{ weight, variable, isTrained: trained.has(weight) }];
  });
}

/** The weights as one step sees them. */
export class WeightValues {
  readonly #values = new Map<LayerVariable, Value>();
  /** What is to be set at the end of the step. */
  readonly assigned = new Map<GraphWeight, Value>();
  readonly #weights: Map<LayerVariable, GraphWeight>;

  /** Reads all weights; within a loop, at the beginning of each turn. */
  constructor(graph: Graph, weights: readonly GraphWeight[]) {
    const after = graph.frame?.pivot === undefined ? [] : [graph.frame.pivot];
    this.#weights = new Map(weights.map((weight) => [weight.weight, weight]));
    for (const { weight, variable } of weights) {
      this.#values.set(weight, read(graph, variable.handle, variable.shape, after));
    }
  }

  /** The value of a weight of the model. */
  valueOf(weight: LayerVariable): Value {
    return this.#values.get(weight) as Value;
  }

  of(layer: Layer, name: string): Value {
    const weight = weightNamed(layer, name);
    const value = weight && this.#values.get(weight);
    if (value === undefined) throw new Error(`layer ${layer.name} has no weight called ${name}`);
    return value;
  }

  has(layer: Layer, name: string): boolean {
    return weightNamed(layer, name) !== undefined;
  }

  assign(layer: Layer, name: string, value: Value): void {
    this.assigned.set(this.#weightOf(layer, name), value);
  }

  /** What the weight will be at the end of the step, so far. */
  assignedTo(layer: Layer, name: string): Value {
    return this.assigned.get(this.#weightOf(layer, name)) ?? this.of(layer, name);
  }

  #weightOf(layer: Layer, name: string): GraphWeight {
    const weight = weightNamed(layer, name);
    const known = weight && this.#weights.get(weight);
    if (known === undefined) throw new Error(`layer ${layer.name} has no weight called ${name}`);
    return known;
  }
}

/**
 * The layer's weight of that name; undefined where there is none. tfjs names weights `dense_1/kernel`, and
 * adds `_1` where that name is taken.
 */
export function weightNamed(layer: Layer, name: string): LayerVariable | undefined {
  return layer.weights.find(({ originalName }) => originalName.split("/").at(-1) === name);
}
