import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import {
  type KerasCase,
  largestDifference,
  modelOf,
  optimizerOf,
  readCases,
  tensorsOf,
  valuesOf,
} from "../../fixtures/keras-cases.mjs";
import { graphSteps } from "../testing/stock-steps";

type LossFunction = (target: tf.Tensor, prediction: tf.Tensor) => tf.Tensor;

/** What Keras's `from_logits` is in tfjs. */
const FROM_LOGITS: Readonly<Record<string, LossFunction>> = {
  binaryCrossentropy: tf.losses.sigmoidCrossEntropy,
  categoricalCrossentropy: tf.losses.softmaxCrossEntropy,
};

/** The weight of each sample's class. */
function classWeights({ classWeight, targets }: KerasCase): tf.Tensor[] | undefined {
  if (classWeight === undefined) return undefined;
  const [target] = tensorsOf(tf, targets) as [tf.Tensor];
  const isOneHot = (target.shape[1] ?? 1) > 1;
  const classes = (isOneHot ? target.argMax(1) : target.flatten()).dataSync();
  return [tf.tensor1d(Array.from(classes, (label) => classWeight[label] as number))];
}

const cases = ["losses", "logits", "weighted", "penalties"]
  .flatMap((group) => readCases(group))
  // tfjs has no function of whole numbers and logits.
  .filter(({ fromLogits, loss }) => !fromLogits || loss !== "sparseCategoricalCrossentropy");

test.each(cases)("Keras trains as we do: $name", async (from) => {
  const model = await modelOf(tf, from);
  // setWeights applies constraints, which Keras does after steps only.
  tensorsOf(tf, from.weights).forEach((value, index) => {
    const weight = model.weights[index] as tf.LayerVariable;
    (weight.read() as tf.Variable).assign(value);
  });
  const { loss: name, fromLogits } = from;
  const loss = fromLogits ? (FROM_LOGITS[name as string] as LossFunction) : name;
  model.compile({ optimizer: optimizerOf(tf, from), loss });
  const sampleWeights = from.sampleWeights
    ? tensorsOf(tf, [from.sampleWeights])
    : classWeights(from);
  const { losses, weights } = graphSteps(model, {
    inputs: tensorsOf(tf, from.inputs),
    targets: tensorsOf(tf, from.targets),
    batchSize: from.batchSize,
    steps: from.losses.length,
    ...(sampleWeights && { sampleWeights }),
  });
  expect(largestDifference(losses, from.losses)).toBeLessThan(1e-5);
  from.finalWeights.forEach((theirs, index) => {
    expect(largestDifference(weights[index] ?? [], valuesOf(theirs))).toBeLessThan(1e-5);
  });
});
