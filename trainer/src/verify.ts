/** Compares one step of a graph with stock tfjs, before the graph is trusted. */
import * as tf from "@tensorflow/tfjs-node";
import type { ModelData } from "./fit/step-runner";
import { savedModel } from "./graph/saved-model";
import { DATA } from "./program/batch";
import { type CheckProgram, checkProgram } from "./program/check-program";
import { NODES } from "./program/nodes";
import type { ProgramOptions, TrainingPlan } from "./program/plan";
import { VARIABLE_NODES } from "./program/variables";
import { trainedWeights } from "./program/weight-values";
import { regularizedWeights } from "./regularizers/regularized-weights";
import type { NodeBackend } from "./session/backend";
import { type Feeds, GraphSession } from "./session/graph-session";

/** How many samples are compared. */
const SAMPLES = 4;
/** How far float32 may lead two ways of computing the same apart, relative to the gradient's norm. */
const TOLERANCE = 1e-3;
/** Below that, a gradient is rounding. */
const NOTHING = 1e-5;

/** Numbers of layers that make noise; both sides are compared without. */
const NOISE = new Set(["rate", "stddev", "dropout", "recurrentDropout"]);

/**
 * Returns what differs from stock tfjs, in words; undefined where nothing does. The model is as before
 * afterwards.
 */
export function differenceToStock(
  backend: NodeBackend,
  plan: TrainingPlan,
  options: ProgramOptions,
  data: ModelData,
): string | undefined {
  const program = checkProgramWithoutNoise(plan, options);
  const few = firstSamples(data);
  const { model } = plan;
  try {
    return stepDifference(backend, { model, program, data: few, step: () => stockStep(plan, few) });
  } finally {
    tf.dispose([...few.inputs, ...few.targets, ...few.sampleWeights]);
  }
}

/** Further numbers follow from those that are silenced, as a dropout's scale does from its rate. */
function checkProgramWithoutNoise(plan: TrainingPlan, options: ProgramOptions): CheckProgram {
  const restore = silence(plan.model);
  try {
    return checkProgram(plan, options);
  } finally {
    restore();
  }
}

/** A step's total and its gradients in the order of trainedWeights; undefined for one without influence. */
interface StockStep {
  readonly total: tf.Tensor;
  readonly gradients: readonly (tf.Tensor | undefined)[];
}

/** A graph of a step, and what it is compared with. */
export interface StepComparison {
  readonly model: tf.LayersModel;
  readonly program: CheckProgram;
  /** All of it is one batch. */
  readonly data: ModelData;
  /** The same step in stock tfjs, with the weights that the model has by then; its tensors are disposed. */
  readonly step: () => StockStep;
}

/** Returns what differs, in words; undefined where nothing does. The model is as before afterwards. */
export function stepDifference(
  backend: NodeBackend,
  comparison: StepComparison,
): string | undefined {
  const { model, program } = comparison;
  const session = new GraphSession(backend, savedModel(program.nodes));
  const restore = keepWeights(model);
  try {
    const first = compareOnce(session, comparison);
    if (first === undefined) return undefined;
    // tfjs clips probabilities; with small weights none is near 0 or 1.
    shrinkWeights(model);
    return compareOnce(session, comparison) && first;
  } finally {
    restore();
    session.dispose();
  }
}

function compareOnce(
  session: GraphSession,
  { model, program, data, step }: StepComparison,
): string | undefined {
  const initial = program.weights.map(({ weight, variable }) => [
    VARIABLE_NODES.initial(variable.name),
    weight.read(),
  ]);
  session.numbers(Object.fromEntries(initial), [VARIABLE_NODES.initialized]);
  const fetches = [NODES.total, ...program.gradients.map(NODES.gradient)];
  const [total, ...gradients] = session.tensors(checkFeeds(program, data), fetches);
  const stock = step();
  try {
    const ours = (total as tf.Tensor).dataSync()[0] as number;
    const theirs = stock.total.dataSync()[0] as number;
    if (!isNear(Math.abs(ours - theirs), Math.abs(theirs))) {
      return `the loss of ${data.inputs[0]?.shape[0]} samples is ${ours}, but ${theirs} in stock tfjs`;
    }
    for (const [place, weight] of trainedWeights(model).entries()) {
      const own = gradients[program.gradients.indexOf(place)];
      const other = stock.gradients[place];
      const [distance, norm] = tf.tidy(() => [
        normOf(own === undefined || other === undefined ? (own ?? other) : own.sub(other)),
        normOf(other),
      ]) as [number, number];
      if (!isNear(distance, norm)) {
        return `the gradient of ${weight.originalName} differs from stock tfjs's by ${distance} of ${norm}`;
      }
    }
    return undefined;
  } finally {
    const made = [total, ...gradients, stock.total, ...stock.gradients];
    tf.dispose(made.filter((tensor) => tensor !== undefined));
  }
}

function normOf(tensor: tf.Tensor | undefined): number {
  return tensor === undefined ? 0 : (tf.norm(tensor).dataSync()[0] as number);
}

function isNear(distance: number, norm: number): boolean {
  return distance <= TOLERANCE * norm + NOTHING;
}

function checkFeeds(program: CheckProgram, data: ModelData): Feeds {
  const number = (value: number) => ({ shape: [], data: Float32Array.of(value) });
  const named = (name: (index: number) => string, tensors: readonly tf.Tensor[]) =>
    tensors.map((tensor, index) => [name(index), tensor]);
  return Object.fromEntries([
    ...named(DATA.input, data.inputs),
    ...named(DATA.target, data.targets),
    ...named(DATA.weight, data.sampleWeights),
    ...[...program.numbers].map(([name, value]) => [name, number(isNoise(name) ? 0 : value)]),
    [NODES.seed, { shape: [], data: Int32Array.of(0) }],
    [NODES.steps, { shape: [], data: Int32Array.of(0) }],
  ]);
}

function isNoise(number: string): boolean {
  return NOISE.has(number.split("/").at(-1) as string);
}

/** Total and gradients as stock tfjs computes them in training. */
function stockStep({ model }: TrainingPlan, data: ModelData): StockStep {
  const silent = silence(model);
  const inner = model as unknown as StockModel;
  const weights = trainedWeights(model).map((weight) => weight.read() as tf.Variable);
  try {
    const { value, grads } = tf.variableGrads(() => {
      const outputs = [inner.apply([...data.inputs], { training: true })].flat() as tf.Tensor[];
      const losses = inner.lossFunctions.map((loss, index) => {
        const [target, output] = [data.targets[index], outputs[index]] as [tf.Tensor, tf.Tensor];
        const weight = data.sampleWeights[index];
        const each = loss(target, output);
        if (weight === undefined) return tf.mean(each);
        // A loss that tells the mean of all it is given is weighed sample by sample.
        const ofSample = (row: number) => loss(target.slice(row, 1), output.slice(row, 1));
        const isMean = each.rank === 0;
        const losses = isMean
          ? tf.stack(Array.from({ length: target.shape[0] as number }, (_, row) => ofSample(row)))
          : each;
        return tf.mean(weigh(losses, weight));
      });
      // Not the model's own list, which lacks those of recurrent cells.
      const penalties = regularizedWeights(model).map(({ weight, regularizer }) =>
        regularizer.apply(weight.read()),
      );
      return tf.addN([...losses, ...penalties]).asScalar();
    }, weights);
    return { total: value, gradients: weights.map(({ name }) => grads[name] as tf.Tensor) };
  } finally {
    silent();
  }
}

/** Parts of a model that are public in fact. */
interface StockModel {
  apply(inputs: tf.Tensor[], options: { training: boolean }): tf.Tensor | tf.Tensor[];
  readonly lossFunctions: readonly ((target: tf.Tensor, prediction: tf.Tensor) => tf.Tensor)[];
}

function weigh(losses: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  const shape = [losses.shape[0] as number, ...losses.shape.slice(1).map(() => 1)];
  return losses.mul(weights.reshape(shape));
}

/** Takes the noise out of all layers; returns what puts it back. */
function silence(model: tf.LayersModel): () => void {
  const restore: (() => void)[] = [];
  const seen = new Set<object>();
  const visit = (part: unknown) => {
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    for (const name of NOISE) {
      const value: unknown = Reflect.get(part, name);
      if (typeof value !== "number" || value === 0) continue;
      Reflect.set(part, name, 0);
      restore.push(() => Reflect.set(part, name, value));
    }
    for (const name of ["layer", "cell", "forwardLayer", "backwardLayer"])
      visit(Reflect.get(part, name));
    for (const name of ["layers", "cells"]) {
      const parts: unknown = Reflect.get(part, name);
      if (Array.isArray(parts)) parts.forEach(visit);
    }
  };
  visit(model);
  return () => {
    for (const undo of restore) undo();
  };
}

function firstSamples({ inputs, targets, sampleWeights }: ModelData): ModelData {
  const few = (tensor: tf.Tensor) =>
    tf.tidy(() => tensor.slice(0, Math.min(SAMPLES, tensor.shape[0] as number)));
  return {
    inputs: inputs.map(few),
    targets: targets.map(few),
    sampleWeights: sampleWeights.map(few),
  };
}

/** Returns what gives the model back the weights that it has now. */
function keepWeights(model: tf.LayersModel): () => void {
  const kept = model.weights.map((weight) => weight.read().clone());
  return () => {
    model.weights.forEach((weight, index) => {
      const value = kept[index] as tf.Tensor;
      (weight.read() as tf.Variable).assign(value);
      value.dispose();
    });
  };
}

function shrinkWeights(model: tf.LayersModel): void {
  for (const weight of trainedWeights(model)) {
    tf.tidy(() => (weight.read() as tf.Variable).assign(weight.read().mul(0.1)));
  }
}
