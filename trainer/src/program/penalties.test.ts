import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { regularizedWeights } from "../regularizers/regularized-weights";
import { largestDifference, stepsAround } from "../testing/model-around";
import { graphSteps, stockSteps } from "../testing/stock-steps";
import { planTraining } from "./plan";
import { trainingProgram } from "./training-program";

const { l1, l1l2, l2 } = tf.regularizers;

function compiled(model: tf.LayersModel): tf.LayersModel {
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  return model;
}

/** Two dense layers, the first in a nested model, with the given regularisers and constraints. */
function nested(
  inner: Partial<Parameters<typeof tf.layers.dense>[0]>,
  outer: Partial<Parameters<typeof tf.layers.dense>[0]> = {},
): tf.LayersModel {
  const part = tf.sequential({
    layers: [tf.layers.dense({ units: 5, activation: "tanh", inputShape: [4], ...inner })],
  });
  const end = tf.layers.dense({ units: 3, activation: "softmax", ...outer });
  return compiled(tf.sequential({ layers: [part, end] }));
}

async function expectAsStock(model: tf.LayersModel) {
  const options = stepsAround(model.inputs[0]?.shape.slice(1) as number[]);
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
}

describe("penalties are those of stock tfjs", () => {
  test.each([
    ["l1, biases of 0 too", () => nested({ biasRegularizer: l1({ l1: 0.3 }) })],
    ["l2", () => nested({ kernelRegularizer: l2({ l2: 0.2 }) })],
    ["both, in a nested model", () => nested({ kernelRegularizer: l1l2({ l1: 0.1, l2: 0.2 }) })],
    [
      "several, one of them nothing",
      () =>
        nested(
          { kernelRegularizer: l2(), biasRegularizer: l1l2({ l1: 0, l2: 0 }) },
          { kernelRegularizer: "l1l2" },
        ),
    ],
    [
      "of a layer without bias, and of one that is not trained",
      () =>
        nested(
          { useBias: false, biasRegularizer: l1() },
          { trainable: false, kernelRegularizer: l2({ l2: 0.2 }) },
        ),
    ],
  ] as const)("%s", async (_, make) => {
    await expectAsStock(make());
  });

  test("of a wrapped layer's weights, which stock tfjs passes over", () => {
    const inner = tf.layers.dense({ units: 2, kernelRegularizer: l2({ l2: 0.2 }) });
    const model = tf.sequential({
      layers: [tf.layers.timeDistributed({ layer: inner, inputShape: [3, 4] })],
    });
    expect(regularizedWeights(model).map(({ weight }) => weight)).toEqual([inner.weights[0]]);
    const cell = tf.layers.lstm({
      units: 2,
      inputShape: [3, 4],
      recurrentRegularizer: l2({ l2: 0.2 }),
    });
    const both = tf.layers.bidirectional({
      layer: cell as tf.RNN,
      inputShape: [3, 4],
      mergeMode: "concat",
    });
    const found = regularizedWeights(tf.sequential({ layers: [both] }));
    expect(found.map(({ weight }) => weight.shape)).toEqual([
      [2, 8],
      [2, 8],
    ]);
  });
});

describe("a layer used twice", () => {
  test("is penalised once, as in Keras", () => {
    const shared = tf.layers.dense({ units: 4, kernelRegularizer: l2({ l2: 0.2 }) });
    const input = tf.input({ shape: [4] });
    const outputs = shared.apply(shared.apply(input)) as tf.SymbolicTensor;
    expect(regularizedWeights(tf.model({ inputs: input, outputs }))).toHaveLength(1);
  });
});

describe("constraints hold after each step", () => {
  const { maxNorm, minMaxNorm, nonNeg, unitNorm } = tf.constraints;
  const norms = (kernel: Float32Array) => {
    const lengths = [0, 1, 2, 3, 4].map((unit) =>
      Math.hypot(...kernel.filter((_, place) => place % 5 === unit)),
    );
    return [Math.min(...lengths), Math.max(...lengths)] as [number, number];
  };
  const kernelAfter = (kernelConstraint: ReturnType<typeof nonNeg>) =>
    graphSteps(nested({ kernelConstraint }), stepsAround([4])).weights[0] as Float32Array;

  test("maxNorm, minMaxNorm, unitNorm, nonNeg", () => {
    expect(norms(kernelAfter(maxNorm({ maxValue: 0.3 })))[1]).toBeLessThan(0.3 + 1e-5);
    const [least, most] = norms(kernelAfter(minMaxNorm({ minValue: 0.2, maxValue: 0.3 })));
    expect(least).toBeGreaterThan(0.2 - 1e-5);
    expect(most).toBeLessThan(0.3 + 1e-5);
    for (const length of norms(kernelAfter(unitNorm({})))) expect(length).toBeCloseTo(1, 5);
    expect(Math.min(...kernelAfter(nonNeg()))).toBe(0);
  });

  test("as tfjs itself applies them to the weight that a step leaves", () => {
    for (const constraint of [
      maxNorm({ maxValue: 0.4, axis: 1 }),
      minMaxNorm({ minValue: 0.5, maxValue: 0.7, rate: 0.3 }),
      unitNorm({ axis: -1 }),
      nonNeg(),
    ]) {
      const model = nested({ kernelConstraint: constraint });
      const options = { ...stepsAround([4]), steps: 1 };
      const free = nested({});
      free.setWeights(model.getWeights());
      const [updated] = graphSteps(free, options).weights as [Float32Array];
      const { axis, ...others } = constraint.getConfig();
      // tfjs's own norms don't take a negative axis.
      const same = axis === -1 ? unitNorm({ ...others, axis: 1 }) : constraint;
      const expected = same.apply(tf.tensor2d(updated, [4, 5])).dataSync();
      const [found] = graphSteps(model, options).weights as [Float32Array];
      expect(largestDifference([found], [expected])).toBeLessThan(1e-6);
    }
  });
});

test("other numbers need no other graph", () => {
  const nodes = (l2Factor: number, maxValue: number) => {
    const model = nested({
      kernelRegularizer: l2({ l2: l2Factor }),
      kernelConstraint: tf.constraints.maxNorm({ maxValue }),
    });
    const program = trainingProgram(planTraining(model), {
      targetShapes: [[null, 3]],
      isWeighted: false,
    });
    return JSON.stringify(program.nodes);
  };
  expect(nodes(0.1, 2)).toBe(nodes(0.2, 3));
});

test("what is not tfjs's own is refused", () => {
  // A class derived from tfjs's own that could do anything.
  const derived = <T extends object>(own: T): T => {
    class Derived extends (own.constructor as new (options: object) => object) {}
    return new Derived({}) as T;
  };
  const program = (model: tf.LayersModel) =>
    trainingProgram(planTraining(model), { targetShapes: [[null, 3]], isWeighted: false });
  expect(() => program(nested({ kernelRegularizer: derived(l2()) }))).toThrow(
    /layer dense.*regulariser is not one of tfjs's own/,
  );
  expect(() => program(nested({ kernelConstraint: derived(tf.constraints.nonNeg()) }))).toThrow(
    /weight dense.*constraint is not one of tfjs's own/,
  );
});
