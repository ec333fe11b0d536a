/** What trains a model faster than stock TensorFlow.js, where there is anything: `@headroom/trainer`. */
import type { History, LayersModel, ModelFitArgs } from "@tensorflow/tfjs";
import type { TensorData } from "./training-data";

/** Who trains the models: `@headroom/trainer`, or stock TensorFlow.js. */
export type Training = "compiled" | "stock";

/** What the trainer is told of a training. */
export interface TrainerOptions extends ModelFitArgs {
  /** From it follow the order of the samples and the layers' noise, whichever epoch is the first. */
  readonly seed: number;
}

/** Trains as `model.fit` does; the model then has its weights, and its optimizer its state. */
export interface Trainer {
  fit(model: LayersModel, data: TensorData, options: TrainerOptions): Promise<History>;
}
