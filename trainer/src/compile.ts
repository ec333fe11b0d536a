import type * as tf from "@tensorflow/tfjs-node";
import type { FitData, FitDatasetOptions, FitOptions } from "./fit/arguments";
import type { Explanation, Way } from "./fit/choose-runner";
import type { BatchDataset } from "./fit/dataset-batches";
import { fit } from "./fit/fit";
import { fitDataset } from "./fit/fit-dataset";

/** How a model is to be compiled. */
export interface CompileOptions {
  /** Demands this way; without, a graph where that can be, then a recorded step, and stock tfjs otherwise. */
  readonly way?: Way;
}

/** A model whose training is compiled. */
export interface CompiledModel {
  readonly model: tf.LayersModel;
  /**
   * Trains as `model.fit` does, and returns its history; the model has its new weights afterwards, and
   * its optimizer its state. Callbacks of batches are called once for several batches.
   */
  fit(x: FitData, y: FitData, options?: FitOptions): Promise<tf.History>;
  /**
   * Trains as `model.fitDataset` does, on batches of any sizes. Batches are gathered for up to about 15 ms and
   * trained on by one call; callbacks of batches are called once for it.
   */
  fitDataset(dataset: BatchDataset, options: FitDatasetOptions): Promise<tf.History>;
  /** How the last training was done; undefined before the first. */
  readonly explanation: Explanation | undefined;
}

/** Trainings by model, for `explain`. */
const explanations = new WeakMap<tf.LayersModel, Explanation>();

/**
 * Returns the model with a compiled `fit`. It must have been compiled by `model.compile` before it is
 * trained. Nothing is done before that.
 */
export function compile(model: tf.LayersModel, options: CompileOptions = {}): CompiledModel {
  const explained = (explanation: Explanation) => void explanations.set(model, explanation);
  return {
    model,
    fit: (x, y, fitOptions = {}) => fit(model, x, y, fitOptions, options.way, explained),
    fitDataset: (dataset, fitOptions) =>
      fitDataset(model, dataset, fitOptions, options.way, explained),
    get explanation() {
      return explain(model);
    },
  };
}

/** Returns how a model was trained last, and why; undefined before it was. */
export function explain(model: tf.LayersModel): Explanation | undefined {
  return explanations.get(model);
}
