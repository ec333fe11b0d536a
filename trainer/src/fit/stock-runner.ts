/** Trains with stock tfjs, batch after batch, for what can't be compiled. */
import * as tf from "@tensorflow/tfjs-node";
import { learningRateOf, setLearningRate } from "../optimizers/learning-rate";
import {
  type EpochBatches,
  type Logs,
  type ModelData,
  type StepRunner,
  type Sums,
  total,
} from "./step-runner";

/** tfjs's own function for a batch: loss and metrics, as scalars. */
export type BatchFunction = (data: tf.Tensor[]) => tf.Scalar[];

/** What stock training stands on. */
export interface StockRunnerOptions {
  readonly names: readonly string[];
  readonly optimizer: tf.Optimizer;
  /** The learning rate of a step, from 0; undefined: the optimizer's own. */
  readonly learningRate: ((step: number) => number) | undefined;
  readonly trainBatch: BatchFunction;
  readonly testBatch: BatchFunction | undefined;
  readonly data: ModelData;
  readonly validation: ModelData | undefined;
}

/** Runs tfjs's own steps; means over an epoch are weighted by the batches' sizes, as in tfjs. */
export class StockRunner implements StepRunner {
  readonly names: readonly string[];
  readonly #ownRate: number;

  constructor(readonly options: StockRunnerOptions) {
    this.names = options.names;
    this.#ownRate = learningRateOf(options.optimizer);
  }

  train(batches: EpochBatches, begin: number, end: number): readonly Sums[] {
    const { trainBatch, optimizer, learningRate } = this.options;
    const { order, batchSize, data = this.options.data } = batches;
    const rows = order.subarray(begin * batchSize, end * batchSize);
    const step: BatchFunction = (batch) => {
      if (learningRate !== undefined)
        setLearningRate(optimizer, learningRate(optimizer.iterations));
      return trainBatch(batch);
    };
    return this.#run(step, data, rows, batchSize);
  }

  evaluate(batchSize: number, validation = this.options.validation): Sums {
    const { testBatch } = this.options;
    if (testBatch === undefined || validation === undefined) {
      throw new Error("there are no validation data");
    }
    const samples = validation.inputs[0]?.shape[0] as number;
    const rows = Int32Array.from({ length: samples }, (_, index) => index);
    return total(this.#run(testBatch, { ...validation, sampleWeights: [] }, rows, batchSize));
  }

  logs({ samples, values }: Sums): Logs {
    return Object.fromEntries(
      this.names.map((name, index) => [name, (values[index] as number) / samples]),
    );
  }

  sync(): void {
    // The model's own weights were trained.
  }

  end(): void {
    const { optimizer, learningRate } = this.options;
    if (learningRate !== undefined) setLearningRate(optimizer, this.#ownRate);
  }

  #run(step: BatchFunction, data: ModelData, rows: Int32Array, batchSize: number): Sums[] {
    const sums: Sums[] = [];
    const all = [...data.inputs, ...data.targets, ...data.sampleWeights];
    for (let begin = 0; begin < rows.length; begin += batchSize) {
      const chosen = rows.slice(begin, begin + batchSize);
      const told = tf.tidy(() => {
        const indices = tf.tensor1d(chosen, "int32");
        const results = step(all.map((tensor) => tf.gather(tensor, indices)));
        const values = results.map((result) => result.dataSync()[0] as number);
        // tfjs keeps the metrics.
        tf.dispose(results);
        return values;
      });
      const samples = chosen.length;
      sums.push({ samples, values: told.map((value) => value * samples) });
    }
    return sums;
  }
}
