import type { ModelFitArgs, ModelFitDatasetArgs, Tensor, Tensor1D } from "@tensorflow/tfjs-node";
import { TrainingArgumentError } from "../errors";
import type { ClippingOptions } from "../optimizers/clipping";
import type { BatchDataset } from "./dataset-batches";

/** What each sample counts, for one output. */
export type SampleWeights = Tensor1D | Float32Array | readonly number[];

/** What `fit` takes: what stock `fit` does, and what it has not. */
export interface FitOptions extends Omit<ModelFitArgs, "sampleWeight">, ClippingOptions {
  /** Makes the order of the samples, and all random numbers of the layers, the same again. */
  readonly seed?: number;
  /** What each sample counts: one list, or one for each output. */
  readonly sampleWeight?: SampleWeights | readonly SampleWeights[];
  /** The learning rate of each step, counted from 0 over all epochs; instead of the optimizer's own. */
  readonly learningRate?: (step: number) => number;
  /**
   * Ends the training with a NumericsError at the first NaN or infinite number in the data, a layer's output,
   * the loss or a gradient, and the model keeps the weights of before that batch. Slower.
   */
  readonly checkNumerics?: boolean;
}

/** What `fitDataset` takes: what stock `fitDataset` does, and what it has not. */
export interface FitDatasetOptions
  extends Omit<ModelFitDatasetArgs<never>, "validationData">,
    ClippingOptions {
  /** Makes all random numbers of the layers the same again. */
  readonly seed?: number;
  /** The learning rate of each step, counted from 0 over all epochs; instead of the optimizer's own. */
  readonly learningRate?: (step: number) => number;
  /**
   * Ends the training with a NumericsError at the first NaN or infinite number in the data, a layer's output,
   * the loss or a gradient, and the model keeps the weights of before that batch. Slower.
   */
  readonly checkNumerics?: boolean;
  /** A dataset of batches, or tensors. */
  readonly validationData?: BatchDataset | readonly [FitData, FitData];
}

/** Throws a TrainingArgumentError for options that can't be. */
export function checkFitDatasetOptions(options: FitDatasetOptions): void {
  const { seed, epochs, initialEpoch, batchesPerEpoch } = options;
  const { validationBatches, validationBatchSize, validationData } = options;
  whole("seed", seed, 0);
  whole("epochs", epochs ?? Number.NaN, 1);
  whole("initialEpoch", initialEpoch, 0);
  whole("batchesPerEpoch", batchesPerEpoch, 1);
  whole("validationBatches", validationBatches, 1);
  whole("validationBatchSize", validationBatchSize, 1);
  if ("validationSplit" in options) {
    throw new TrainingArgumentError(
      "fitDataset has no validationSplit: give validationData, a dataset or [x, y]",
    );
  }
  if (Array.isArray(validationData) && validationData.length !== 2) {
    throw new TrainingArgumentError(
      `fitDataset: validationData is a dataset or [x, y], but it is a list of ${validationData.length}`,
    );
  }
}

/** Throws a TrainingArgumentError for options that can't be. */
export function checkFitOptions({ seed, epochs, initialEpoch, batchSize }: FitOptions): void {
  whole("seed", seed, 0);
  whole("epochs", epochs, 1);
  whole("initialEpoch", initialEpoch, 0);
  whole("batchSize", batchSize, 1);
}

function whole(name: string, value: number | undefined, least: number): void {
  if (value === undefined || value === null) return;
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new TrainingArgumentError(
    `fit: ${name} is a whole number from ${least} on, but it is ${value}`,
  );
}

/** Whether several lists of weights were given. */
export function isListOfWeights(
  weights: SampleWeights | readonly SampleWeights[],
): weights is readonly SampleWeights[] {
  return Array.isArray(weights) && typeof weights[0] === "object";
}

/** What `fit` gives tfjs's own. */
export function stockOptions({
  seed: _seed,
  sampleWeight: _weights,
  learningRate: _rate,
  checkNumerics: _checks,
  clipValue: _value,
  clipNorm: _norm,
  globalClipNorm: _globalNorm,
  ...options
}: FitOptions): ModelFitArgs {
  return options;
}

/** The data of a model as tfjs takes it. */
export type FitData = Tensor | Tensor[] | { readonly [name: string]: Tensor };
