import * as tf from "@tensorflow/tfjs-node";
import { TrainingArgumentError } from "../errors";
import { isListOfWeights, type SampleWeights } from "./arguments";
import type { ModelData } from "./step-runner";

/** The data as float32, with the user's own weights of the samples. */
export function standardData(
  model: tf.LayersModel,
  data: readonly (tf.Tensor | null)[],
  weights?: SampleWeights | readonly SampleWeights[],
): ModelData {
  const tensors = data.filter((tensor) => tensor !== null).map(toFloat);
  const targetsFrom = model.inputs.length;
  const weightsFrom = targetsFrom + model.outputs.length;
  const classWeights = tensors.slice(weightsFrom);
  const inputs = tensors.slice(0, targetsFrom);
  const samples = inputs[0]?.shape[0] as number;
  const sampleWeights =
    weights === undefined
      ? classWeights
      : model.outputs.map((_, index) => ownWeights(weights, index, samples, classWeights[index]));
  return { inputs, targets: tensors.slice(targetsFrom, weightsFrom), sampleWeights };
}

function ownWeights(
  weights: SampleWeights | readonly SampleWeights[],
  output: number,
  samples: number,
  classWeights: tf.Tensor | undefined,
): tf.Tensor {
  const own = isListOfWeights(weights) ? weights[output] : weights;
  if (own === undefined) {
    throw new TrainingArgumentError(
      `fit: sampleWeight has no weights for output ${output}: give one list, or one for each output`,
    );
  }
  return tf.tidy(() => {
    const given = own instanceof tf.Tensor ? own.toFloat() : tf.tensor1d(Float32Array.from(own));
    const count = given.shape[0] as number;
    if (given.rank !== 1 || count < samples) {
      throw new TrainingArgumentError(
        `fit: sampleWeight has the shape [${given.shape}], but there are ${samples} samples: one weight each`,
      );
    }
    // What a validation split took away is at the end.
    const used = given.slice(0, samples);
    return classWeights === undefined ? used : used.mul(classWeights.slice(0, samples));
  });
}

function toFloat(tensor: tf.Tensor): tf.Tensor {
  return tensor.dtype === "float32" ? tensor : tensor.toFloat();
}

/** Frees what was made of the data on the way. */
export function disposeOthers(made: ModelData, given: readonly (tf.Tensor | null)[]): void {
  const kept = new Set(given);
  for (const tensor of [...made.inputs, ...made.targets, ...made.sampleWeights]) {
    if (!kept.has(tensor)) tensor.dispose();
  }
}
