import type { Tensor } from "@tensorflow/tfjs-node";

/** Losses and metrics by name. */
export type Logs = Readonly<Record<string, number>>;

/** Sums over batches, from which logs follow. */
export interface Sums {
  /** How many samples there were. */
  readonly samples: number;
  readonly values: readonly number[];
}

/** A model's data, standardised by tfjs: inputs, targets and perhaps weights of the samples. */
export interface ModelData {
  readonly inputs: readonly Tensor[];
  readonly targets: readonly Tensor[];
  readonly sampleWeights: readonly Tensor[];
}

/** What an epoch goes through. */
export interface EpochBatches {
  readonly epoch: number;
  readonly batchSize: number;
  /** Numbers of samples. */
  readonly order: Int32Array;
  /** What they are samples of; undefined: the data that the training began with. */
  readonly data?: ModelData;
  /** How many batches of the epoch there have been before; undefined: none. */
  readonly firstBatch?: number;
}

/** One way to train: as a graph, or with stock tfjs. */
export interface StepRunner {
  /** What is told of a batch and of an epoch, in order: `loss` first. */
  readonly names: readonly string[];
  /** Trains on the batches from `begin` to before `end`; returns the sums of each. */
  train(batches: EpochBatches, begin: number, end: number): readonly Sums[];
  /** Losses and metrics of the validation data, or of others. */
  evaluate(batchSize: number, data?: ModelData): Sums;
  /** Turns sums into what is told. */
  logs(sums: Sums): Logs;
  /** Gives the model its weights, and the optimizer its state. */
  sync(): void;
  /** Ends the training: nothing is run after. */
  end(): void;
}

/**
 * Adds the sums of batches to what there is, one after the other: rounding must not depend on how many batches
 * come at a time, which is a matter of speed.
 */
export function total(batches: readonly Sums[], before?: Sums): Sums {
  let { samples, values } = before ?? { samples: 0, values: [] };
  for (const batch of batches) {
    samples += batch.samples;
    values = batch.values.map((value, index) => (values[index] ?? 0) + value);
  }
  return { samples, values };
}
