/** Compares what the graph does with what stock tfjs does. */
import * as tf from "@tensorflow/tfjs-node";
import { savedModel } from "../graph/saved-model";
import type { Clipping } from "../optimizers/clipping";
import { learningRateOf, setLearningRate } from "../optimizers/learning-rate";
import { DATA } from "../program/batch";
import { NODES } from "../program/nodes";
import { planTraining } from "../program/plan";
import { type TrainingProgram, trainingProgram } from "../program/training-program";
import { VARIABLE_NODES } from "../program/variables";
import { type NodeBackend, nodeBackend } from "../session/backend";
import { GraphSession } from "../session/graph-session";

/** One step after another of a model in the graph, as tests want it. */
export interface GraphSteps {
  /** The mean of the total loss over each batch. */
  readonly losses: readonly number[];
  /** The model's weights afterwards, in the order of model.weights. */
  readonly weights: readonly Float32Array[];
  /** The sums over all batches; see training-program. */
  readonly sums: readonly number[];
}

/** What is trained, and how. */
export interface StepOptions {
  readonly inputs: readonly tf.Tensor[];
  readonly targets: readonly tf.Tensor[];
  readonly batchSize: number;
  /** How many batches; the order of the samples is that of the data, over and over. */
  readonly steps: number;
  /** Learning rates of the optimizer, step by step; its own where there are none. */
  readonly learningRates?: readonly number[];
  readonly sampleWeights?: readonly tf.Tensor[];
  readonly clipping?: Clipping;
}

/** Runs steps of a compiled model in the graph; the model itself stays as it is. */
export function graphSteps(model: tf.LayersModel, options: StepOptions): GraphSteps {
  const { inputs, targets, batchSize, steps, sampleWeights } = options;
  const plan = planTraining(model);
  const program = trainingProgram(plan, {
    targetShapes: targets.map(({ shape }) => [null, ...shape.slice(1)]),
    isWeighted: sampleWeights !== undefined,
    clipping: options.clipping,
  });
  const session = new GraphSession(nodeBackend() as NodeBackend, savedModel(program.nodes));
  const { optimizer, optimizerEmitter } = plan;
  const ownRate = learningRateOf(optimizer);
  const samples = (inputs[0] as tf.Tensor).shape[0] as number;
  const perPass = Math.ceil(samples / batchSize);
  const rates = Float32Array.from({ length: steps }, (_, index) =>
    optimizerEmitter.rate(optimizer, options.learningRates?.[index] ?? ownRate, index + 1),
  );
  try {
    session.numbers(initialFeeds(program, plan.optimizerEmitter.slots(optimizer)), [
      VARIABLE_NODES.initialized,
    ]);
    const data = {
      ...named(DATA.input, inputs),
      ...named(DATA.target, targets),
      ...named(DATA.weight, sampleWeights ?? []),
      [NODES.order]: { shape: [samples], data: Int32Array.from({ length: samples }, (_, i) => i) },
      [NODES.batchSize]: int(batchSize),
      [NODES.seed]: int(0),
      ...Object.fromEntries(
        [...program.numbers].map(([name, value]) => [
          name,
          { shape: [], data: Float32Array.of(value) },
        ]),
      ),
    };
    const totals: number[] = [];
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      const batch = step % perPass;
      const rate = new Float32Array(perPass).fill(rates[step] as number);
      const [sums] = session.numbers(
        {
          ...data,
          [NODES.begin]: int(batch),
          [NODES.end]: int(batch + 1),
          [NODES.rates]: { shape: [perPass], data: rate },
          [NODES.steps]: int(step - batch),
        },
        [NODES.trained],
      ) as [Float32Array];
      sums.forEach((value, index) => {
        totals[index] = (totals[index] ?? 0) + value;
      });
      losses.push((sums[1] as number) / (sums[0] as number));
    }
    const weights = program.weights.map(
      ({ variable }) =>
        session.numbers({}, [VARIABLE_NODES.value(variable.name)])[0] as Float32Array,
    );
    return { losses, weights, sums: totals };
  } finally {
    session.dispose();
  }
}

/** Trains the model with stock tfjs on the same batches; it has other weights afterwards. */
export async function stockSteps(
  model: tf.LayersModel,
  options: StepOptions,
): Promise<Pick<GraphSteps, "losses" | "weights">> {
  const { inputs, targets, batchSize, steps } = options;
  const samples = (inputs[0] as tf.Tensor).shape[0] as number;
  const perPass = Math.ceil(samples / batchSize);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const rate = options.learningRates?.[step];
    if (rate !== undefined) setLearningRate(model.optimizer, rate);
    const begin = (step % perPass) * batchSize;
    const size = Math.min(batchSize, samples - begin);
    const batch = (data: readonly tf.Tensor[]) => data.map((tensor) => tensor.slice(begin, size));
    const x = batch(inputs);
    const y = batch(targets);
    const told = await model.trainOnBatch(x, y);
    losses.push(Array.isArray(told) ? (told[0] as number) : (told as number));
    tf.dispose([x, y]);
  }
  return {
    losses,
    weights: model.weights.map((weight) => weight.read().dataSync() as Float32Array),
  };
}

function initialFeeds(program: TrainingProgram, slots: readonly { readonly initial: number }[]) {
  const weights = program.weights.map(({ weight, variable }) => [
    VARIABLE_NODES.initial(variable.name),
    weight.read(),
  ]);
  const state = program.slots.flatMap((variables) =>
    variables.map(({ name, shape }, index) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      const data = new Float32Array(size).fill(slots[index]?.initial ?? 0);
      return [VARIABLE_NODES.initial(name), { shape: [...shape], data }];
    }),
  );
  return Object.fromEntries([...weights, ...state]);
}

function named(name: (index: number) => string, tensors: readonly tf.Tensor[]) {
  return Object.fromEntries(tensors.map((tensor, index) => [name(index), tensor]));
}

function int(value: number) {
  return { shape: [], data: Int32Array.of(value) };
}
