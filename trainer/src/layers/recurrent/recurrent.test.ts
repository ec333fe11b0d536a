import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../../errors";
import { largestDifference, modelAround, stepsAround } from "../../testing/model-around";
import { graphSteps, type StepOptions, stockSteps } from "../../testing/stock-steps";

const { layers } = tf;

type Options = Parameters<typeof layers.lstm>[0];
type Make = (options: Options) => tf.layers.Layer;

const KINDS: readonly (readonly [string, Make])[] = [
  ["SimpleRNN", layers.simpleRNN],
  ["GRU", layers.gru as Make],
  ["LSTM", layers.lstm],
];

/** Layers and a softmax, compiled, with random weights, the same each time. */
function classifier(under: readonly tf.layers.Layer[]): tf.LayersModel {
  const model = tf.sequential({ layers: [...under] });
  model.add(layers.dense({ units: 3, activation: "softmax" }));
  return prepared(model);
}

function prepared(model: tf.LayersModel): tf.LayersModel {
  // One by one: stacked cells can't set theirs together.
  model.weights.forEach((weight, index) => {
    weight.write(tf.randomNormal(weight.shape as number[], 0, 0.3, "float32", index + 1));
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  return model;
}

async function expectStock(model: tf.LayersModel, options: StepOptions): Promise<void> {
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
}

/** Two passes over samples of so many steps; the last batch of each is smaller. */
function stepsOf(length: number): StepOptions {
  return { ...stepsAround([length, 3]), batchSize: 6, steps: 4 };
}

/** Steps without a loop, with steps before it, and with a number that the run tells. */
const LENGTHS: readonly (readonly [string, number | null, number])[] = [
  ["two steps", 2, 2],
  ["eleven steps", 11, 11],
  ["an open number of steps", null, 5],
];

const SEQUENCES = KINDS.flatMap(([kind, make]) =>
  LENGTHS.map(
    ([length, declared, steps]) => [`${kind} of ${length}`, make, declared, steps] as const,
  ),
);

test.each(SEQUENCES)("%s", async (_name, make, declared, steps) => {
  const model = classifier([
    make({ units: 4, returnSequences: true, inputShape: [declared as number, 3] }),
    make({ units: 3 }),
  ]);
  await expectStock(model, stepsOf(steps));
});

const OTHERS = { activation: "relu", recurrentActivation: "tanh" } as const;

test.each([
  ["SimpleRNN backwards", layers.simpleRNN, { goBackwards: true, returnSequences: true }],
  ["SimpleRNN without bias", layers.simpleRNN, { activation: "sigmoid", useBias: false }],
  ["GRU backwards", layers.gru as Make, { goBackwards: true, returnSequences: true }],
  ["GRU without bias", layers.gru as Make, { recurrentActivation: "sigmoid", useBias: false }],
  ["GRU with other functions", layers.gru as Make, OTHERS],
  ["LSTM backwards", layers.lstm, { goBackwards: true, returnSequences: true }],
  ["LSTM without bias", layers.lstm, { useBias: false }],
  ["LSTM with other functions", layers.lstm, OTHERS],
  ["LSTM with sigmoid", layers.lstm, { recurrentActivation: "sigmoid", returnSequences: true }],
  [
    "LSTM with sigmoid, without bias",
    layers.lstm,
    { recurrentActivation: "sigmoid", useBias: false },
  ],
  ["a large LSTM with sigmoid", layers.lstm, { recurrentActivation: "sigmoid", units: 160 }],
] as const)("%s", async (_name, make, options) => {
  const layer = (make as Make)({ units: 3, recurrentInitializer: "zeros", ...options });
  await expectStock(modelAround([9, 3], [layer]), stepsOf(9));
});

test("one step, which stock tfjs can't train, is a dense layer", () => {
  const options = { units: 4, activation: "tanh" } as const;
  const recurrent = classifier([layers.simpleRNN({ ...options, inputShape: [1, 3] })]);
  const dense = classifier([layers.flatten({ inputShape: [1, 3] }), layers.dense(options)]);
  const [kernel, , bias, ...rest] = recurrent.getWeights() as tf.Tensor[];
  dense.setWeights([kernel, bias, ...rest] as tf.Tensor[]);
  const [ours, theirs] = [recurrent, dense].map((model) => graphSteps(model, stepsOf(1)));
  expect(largestDifference([ours?.losses ?? []], [theirs?.losses ?? [0]])).toBeLessThan(1e-6);
});

type Inputs = tf.SymbolicTensor | tf.SymbolicTensor[];

/** A model of what `write` makes of sequences, with random weights. */
function functional(write: (input: tf.SymbolicTensor) => tf.SymbolicTensor[]): tf.LayersModel {
  const input = tf.input({ shape: [9, 3] });
  const flat = write(input).map((part) =>
    part.shape.length === 3 ? (layers.flatten().apply(part) as tf.SymbolicTensor) : part,
  );
  const joined = flat.length === 1 ? flat[0] : layers.concatenate().apply(flat);
  const outputs = layers.dense({ units: 3, activation: "softmax" }).apply(joined as Inputs);
  return prepared(tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor }));
}

const SIGMOID = { recurrentActivation: "sigmoid" } as const;

test.each([
  ["SimpleRNN", layers.simpleRNN, {}],
  ["GRU", layers.gru as Make, {}],
  ["LSTM", layers.lstm, {}],
  ["LSTM with sigmoid", layers.lstm, SIGMOID],
] as const)("outputs and states all count: %s", async (_name, make, options) => {
  const all = { units: 3, returnState: true, returnSequences: true, ...options };
  const model = functional((input) => (make as Make)(all).apply(input) as tf.SymbolicTensor[]);
  await expectStock(model, stepsOf(9));
});

// Only one of the outputs: stock tfjs fails where there are more.
test.each([
  ["SimpleRNN", layers.simpleRNN, {}],
  ["GRU", layers.gru as Make, {}],
  ["LSTM", layers.lstm, {}],
  ["LSTM with sigmoid", layers.lstm, SIGMOID],
] as const)("states are handed over: %s", async (_name, make, options) => {
  const both = { units: 3, returnState: true, ...options };
  const model = functional((input) => {
    const [, ...states] = (make as Make)(both).apply(input) as tf.SymbolicTensor[];
    return [
      ((make as Make)(both).apply([input, ...states]) as tf.SymbolicTensor[]).at(-1),
    ] as tf.SymbolicTensor[];
  });
  await expectStock(model, stepsOf(9));
});

test.each([
  ["a cell", () => layers.rnn({ cell: layers.gruCell({ units: 3 }), inputShape: [9, 3] })],
  [
    "cells upon each other",
    () => {
      const cells = [layers.lstmCell({ units: 4 }), layers.gruCell({ units: 3 })];
      return layers.rnn({ cell: layers.stackedRNNCells({ cells }), inputShape: [9, 3] });
    },
  ],
])("RNN with %s", async (_name, make) => {
  const layer = make() as tf.layers.Layer;
  await expectStock(classifier([layer]), stepsOf(9));
});

test.each([
  ["stateful", () => layers.lstm({ units: 2, stateful: true, batchInputShape: [4, 9, 3] })],
  ["softmax", () => layers.gru({ units: 2, activation: "softmax" })],
  ["dropout", () => layers.rnn({ cell: layers.gruCell({ units: 2, dropout: 0.5 }) })],
])("%s is refused", (reason, make) => {
  const layer = make() as tf.layers.Layer;
  const model = tf.sequential({
    layers: [
      layers.activation({ activation: "relu", batchInputShape: [4, 9, 3] }),
      layer,
      layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy" });
  const steps = () => graphSteps(model, stepsAround([9, 3]));
  expect(steps).toThrow(CannotCompileError);
  expect(steps).toThrow(new RegExp(reason));
});
