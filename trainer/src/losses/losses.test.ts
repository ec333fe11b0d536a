import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { planTraining } from "../program/plan";
import { largestDifference } from "../testing/model-around";
import { graphSteps, type StepOptions, stockSteps } from "../testing/stock-steps";

type LossFunction = (target: tf.Tensor, prediction: tf.Tensor) => tf.Tensor;
type Loss = string | LossFunction;

/** Ten samples in batches of four, twice over, so that updated weights and a smaller batch count. */
const STEPS = { batchSize: 4, steps: 6 };

/** A compiled model of one dense output, and the same weights each time. */
function model(loss: Loss, activation: "linear" | "sigmoid" | "softmax" | "softplus", shape = [4]) {
  const made = tf.sequential({
    layers: [
      tf.layers.dense({ units: 5, activation: "tanh", inputShape: shape }),
      tf.layers.dense({ units: 3, activation }),
    ],
  });
  made.setWeights(
    made.weights.map((weight, index) =>
      tf.randomNormal(weight.shape as number[], 0, 0.5, "float32", index + 1),
    ),
  );
  made.compile({ optimizer: tf.train.sgd(0.05), loss });
  return made;
}

async function expectAsStock(compiled: tf.LayersModel, targets: readonly tf.Tensor[]) {
  const inputs = compiled.inputs.map(({ shape }) =>
    tf.randomNormal([10, ...(shape.slice(1) as number[])], 0, 1, "float32", 7),
  );
  const options: StepOptions = { inputs, targets, ...STEPS };
  const ours = graphSteps(compiled, options);
  const theirs = await stockSteps(compiled, options);
  const size = Math.max(1, ...theirs.losses.map(Math.abs));
  expect(largestDifference([ours.losses], [theirs.losses]) / size).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights) / size).toBeLessThan(1e-5);
}

const normal = (shape = [10, 3]) => tf.randomNormal(shape, 0, 1, "float32", 9);
const positive = (shape = [10, 3]) => tf.randomUniform(shape, 0.2, 2, "float32", 9);
const bits = (shape = [10, 3]) =>
  tf.randomUniform(shape, 0, 1, "float32", 9).greater(0.5).toFloat();
const signs = (shape = [10, 3]) => bits(shape).mul(2).sub(1);
const shares = (shape = [10, 3]) => tf.softmax(normal(shape));
const classes = (shape = [10, 1]) =>
  tf.randomUniform(shape, 0, 3, "int32", 9).toFloat() as tf.Tensor;

const { losses, metrics } = tf;
/** Each loss, what its outputs are, and its targets. */
const CASES: readonly (readonly [
  Loss,
  "linear" | "sigmoid" | "softmax" | "softplus",
  () => tf.Tensor,
])[] = [
  ["meanSquaredError", "linear", normal],
  ["meanAbsoluteError", "linear", normal],
  ["meanAbsolutePercentageError", "softplus", positive],
  ["meanSquaredLogarithmicError", "linear", normal],
  ["squaredHinge", "linear", signs],
  ["hinge", "linear", signs],
  ["categoricalHinge", "linear", shares],
  ["logcosh", "linear", normal],
  ["categoricalCrossentropy", "softmax", shares],
  // Also where shares don't sum to 1, which TensorFlow's own gradient takes for granted.
  ["categoricalCrossentropy", "softmax", bits],
  ["categoricalCrossentropy", "softplus", shares],
  ["categoricalCrossentropy", "sigmoid", bits],
  ["sparseCategoricalCrossentropy", "softmax", classes],
  ["sparseCategoricalCrossentropy", "softplus", classes],
  ["binaryCrossentropy", "sigmoid", bits],
  ["binaryCrossentropy", "softmax", bits],
  ["binaryCrossentropy", "linear", bits],
  ["kullbackLeiblerDivergence", "softmax", shares],
  ["kullbackLeiblerDivergence", "linear", shares],
  ["poisson", "softplus", positive],
  ["cosineProximity", "linear", normal],
  [metrics.meanSquaredError, "linear", normal],
  [metrics.categoricalCrossentropy, "softmax", shares],
  [losses.absoluteDifference, "linear", normal],
  [losses.cosineDistance as LossFunction, "linear", normal],
  [losses.hingeLoss, "linear", bits],
  [losses.huberLoss, "linear", normal],
  [losses.logLoss, "sigmoid", bits],
  [losses.meanSquaredError, "linear", normal],
  [losses.sigmoidCrossEntropy, "linear", bits],
  [losses.softmaxCrossEntropy, "linear", shares],
];
const nameOf = (loss: Loss) => (typeof loss === "string" ? loss : `tf's ${loss.name}`);
const named = CASES.map(
  ([loss, activation, target]) =>
    [`${nameOf(loss)} of ${activation}`, loss, activation, target] as const,
);

describe("steps are those of stock tfjs", () => {
  test.each(named)("%s", async (_, loss, activation, target) => {
    await expectAsStock(model(loss, activation), [target()]);
  });

  test.each([
    ["meanSquaredError", "linear", () => normal([10, 2, 3])],
    ["binaryCrossentropy", "sigmoid", () => bits([10, 2, 3])],
    ["categoricalCrossentropy", "softmax", () => shares([10, 2, 3])],
    ["categoricalCrossentropy", "softplus", () => shares([10, 2, 3])],
    ["categoricalHinge", "linear", () => shares([10, 2, 3])],
    ["cosineProximity", "linear", () => normal([10, 2, 3])],
    ["sparseCategoricalCrossentropy", "softmax", () => classes([10, 2, 1])],
    ["sparseCategoricalCrossentropy", "softplus", () => classes([10, 2, 1])],
  ] as const)("series: %s of %s", async (loss, activation, target) => {
    await expectAsStock(model(loss, activation, [2, 4]), [target()]);
  });

  test("series of any length", async () => {
    const made = tf.sequential();
    made.add(
      tf.layers.conv1d({ filters: 3, kernelSize: 1, activation: "softmax", inputShape: [null, 4] }),
    );
    made.compile({ optimizer: tf.train.sgd(0.05), loss: "categoricalCrossentropy" });
    const inputs = [tf.randomNormal([10, 6, 4], 0, 1, "float32", 7)];
    const options = { inputs, targets: [shares([10, 6, 3])], ...STEPS };
    const sampleWeights = [tf.ones([10])];
    const ours = graphSteps(made, { ...options, sampleWeights });
    const theirs = await stockSteps(made, options);
    expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
    expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
  });

  test("two outputs, each with its loss", async () => {
    const input = tf.input({ shape: [4] });
    const dense = (units: number, activation: "softmax" | "linear") =>
      tf.layers.dense({ units, activation }).apply(input) as tf.SymbolicTensor;
    const made = tf.model({ inputs: input, outputs: [dense(3, "softmax"), dense(1, "linear")] });
    const loss = ["sparseCategoricalCrossentropy", "meanSquaredError"];
    made.compile({ optimizer: tf.train.sgd(0.05), loss });
    await expectAsStock(made, [classes(), normal([10, 1])]);
  });

  test("where numbers are exactly their targets, as are many at the beginning", async () => {
    for (const loss of ["meanAbsoluteError", "hinge", "categoricalHinge", "squaredHinge"]) {
      const made = model(loss, "linear");
      made.setWeights(made.weights.map(({ shape }) => tf.zeros(shape as number[])));
      const target = loss === "meanAbsoluteError" ? tf.zeros([10, 3]) : shares();
      await expectAsStock(made, [target]);
    }
  });
});

test.each([
  // Logits of -40, 40 and 40 for one sample, of 40, -40 and -40 for the other.
  ["categoricalCrossentropy", "softmax", () => tf.oneHot([0, 1], 3), (80 + Math.log(2) + 80) / 2],
  [
    "sparseCategoricalCrossentropy",
    "softmax",
    () => tf.tensor2d([[0], [1]]),
    (160 + Math.log(2)) / 2,
  ],
  [
    "binaryCrossentropy",
    "sigmoid",
    () =>
      tf.tensor2d([
        [1, 1, 1],
        [1, 0, 1],
      ]),
    (40 + 40) / 6,
  ],
] as const)("%s is exact where tfjs clips probabilities", (loss, activation, target, expected) => {
  const made = tf.sequential({
    layers: [tf.layers.dense({ units: 3, activation, useBias: false, inputShape: [1] })],
  });
  made.setWeights([tf.tensor2d([[-40, 40, 40]])]);
  made.compile({ optimizer: tf.train.sgd(0.05), loss });
  const inputs = [tf.tensor2d([[1], [-1]])];
  const found = graphSteps(made, { inputs, targets: [target().toFloat()], batchSize: 2, steps: 1 });
  expect(found.losses[0]).toBeCloseTo(expected, 4);
});

test("a sample counts as often as its weight says, in series too", () => {
  for (const [loss, activation, shape, target] of [
    ["meanSquaredError", "linear", [4], normal()],
    ["binaryCrossentropy", "sigmoid", [4], bits()],
    ["sparseCategoricalCrossentropy", "softmax", [2, 4], classes([10, 2, 1])],
    [losses.huberLoss, "linear", [4], normal()],
  ] as const) {
    const inputs = [tf.randomNormal([10, ...shape], 0, 1, "float32", 7)];
    const twice = (tensor: tf.Tensor) => tf.concat([tensor, tensor.slice(5)]);
    const weighted = graphSteps(model(loss, activation, [...shape]), {
      inputs,
      targets: [target],
      sampleWeights: [tf.tensor1d([1, 1, 1, 1, 1, 2, 2, 2, 2, 2]).mul(10 / 15)],
      batchSize: 10,
      steps: 2,
    });
    const repeated = graphSteps(model(loss, activation, [...shape]), {
      inputs: inputs.map(twice),
      targets: [twice(target)],
      batchSize: 15,
      steps: 2,
    });
    expect(largestDifference([weighted.losses], [repeated.losses])).toBeLessThan(1e-5);
    expect(largestDifference(weighted.weights, repeated.weights)).toBeLessThan(1e-5);
  }
});

describe("refused is", () => {
  test("a function of the user's own", () => {
    const own: LossFunction = (target, prediction) => target.sub(prediction).square().mean();
    expect(() => planTraining(model(own, "linear"))).toThrow(
      /loss of the output dense.*tfjs's own/,
    );
  });

  test("a target whose shape would only be broadcast", () => {
    const steps = { inputs: [normal([10, 4])], targets: [normal([10, 1])], ...STEPS };
    expect(() => graphSteps(model("logcosh", "linear"), steps)).toThrow(
      "a target of shape [any,1] can't be compiled: the loss needs [any,3]",
    );
  });
});
