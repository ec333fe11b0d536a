/** One step of stock tfjs that leaves the model as it was. */
import * as tf from "@tensorflow/tfjs-node";
import type { ModelData } from "../fit/step-runner";
import type { BatchFunction } from "../fit/stock-runner";

/** What a step has come to; the caller's tidy disposes the tensors. */
export interface StepTensors {
  /** The total, and what is told beside it. */
  readonly told: readonly tf.Tensor[];
  /** By the names of the variables. */
  readonly gradients: Readonly<Record<string, tf.Tensor>>;
  /** Variables that the step itself has set, and what to. */
  readonly assigned: ReadonlyMap<tf.Variable, tf.Tensor>;
}

/** Some of a model's data; a type that tidies can return. */
export type Rows = { [Part in keyof ModelData]: tf.Tensor[] };

/** The part of a model that stands in the way of a step without an update. */
interface Optimizing {
  optimizer_: { minimize(f: () => tf.Scalar, returnCost: boolean, list: tf.Variable[]): tf.Scalar };
}

/**
 * Runs tfjs's own step, or whatever `around` makes of it, without the optimizer's update, within a
 * tidy of the caller. All variables have their values again afterwards.
 */
export function stepWithoutUpdate(
  model: tf.LayersModel,
  trainBatch: BatchFunction,
  { inputs, targets, sampleWeights }: ModelData,
  around: (step: () => void) => void,
): StepTensors {
  const optimizing = model as unknown as Optimizing;
  const { optimizer_: optimizer } = optimizing;
  const kept = Object.values(tf.engine().registeredVariables).map(
    (variable) => [variable, variable.clone()] as const,
  );
  let gradients: Readonly<Record<string, tf.Tensor>> = {};
  let told: readonly tf.Tensor[] = [];
  optimizing.optimizer_ = {
    minimize(f, _returnCost, list) {
      const { value, grads } = tf.variableGrads(f, list);
      gradients = grads;
      return value;
    },
  };
  const assigned = new Map<tf.Variable, tf.Tensor>();
  try {
    around(() => {
      const results = trainBatch([...inputs, ...targets, ...sampleWeights]);
      // tfjs keeps metrics from being disposed by a tidy.
      told = results.map((result) => result.clone());
      tf.dispose(results);
    });
  } finally {
    optimizing.optimizer_ = optimizer;
    for (const [variable, value] of kept) {
      if (variable.dataId === value.dataId) continue;
      assigned.set(variable, variable.clone());
      variable.assign(value);
    }
  }
  return { told, gradients, assigned };
}

/** Rows of the data, as a batch that the caller disposes. */
export function rowsOf(data: ModelData, begin: number, count: number): Rows {
  const slice = (tensor: tf.Tensor) => tensor.slice(begin, count);
  const { inputs, targets, sampleWeights } = data;
  return {
    inputs: inputs.map(slice),
    targets: targets.map(slice),
    sampleWeights: sampleWeights.map(slice),
  };
}
