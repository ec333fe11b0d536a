/** Trains a model on a `tf.data.Dataset`. */
import * as tf from "@tensorflow/tfjs-node";
import { TrainingArgumentError } from "../errors";
import { clippingOf } from "../optimizers/clipping";
import { checkFitDatasetOptions, type FitData, type FitDatasetOptions } from "./arguments";
import { callbackList } from "./callbacks";
import { chooseRunner, type Explanation, type Way } from "./choose-runner";
import { type BatchDataset, DatasetBatches, type StandardBatch } from "./dataset-batches";
import { datasetLoop, evaluateDataset, stepsOf } from "./dataset-loop";
import { standardData } from "./model-data";
import { anySeed } from "./random-order";
import type { StepRunner } from "./step-runner";
import type { BatchFunction } from "./stock-runner";

/** Parts of a model that are public in fact. */
interface TrainedModel {
  isTraining: boolean;
  history: tf.History;
  readonly testFunction: BatchFunction;
  makeTrainFunction(): BatchFunction;
  makeTestFunction(): void;
  getDedupedMetricsNames(): string[];
  standardizeUserData(
    x: FitData,
    y: FitData,
    sampleWeight: null,
    classWeight: FitDatasetOptions["classWeight"] | null,
    checkBatchAxis: boolean,
  ): Promise<[tf.Tensor[], tf.Tensor[], tf.Tensor[] | null]>;
}

/**
 * Trains a model as `model.fitDataset` does. Throws a TrainingArgumentError for arguments that can't be, and
 * tfjs's own errors for batches that do not suit the model.
 */
export async function fitDataset(
  model: tf.LayersModel,
  dataset: BatchDataset,
  options: FitDatasetOptions,
  way: Way | undefined,
  explained: (explanation: Explanation) => void,
): Promise<tf.History> {
  checkFitDatasetOptions(options);
  // A sequential model lets a model within train.
  const trained = (model as unknown as { readonly model?: tf.LayersModel }).model ?? model;
  const inner = trained as unknown as TrainedModel;
  if (inner.isTraining) {
    throw new Error("Cannot start training because another fit() call is ongoing.");
  }
  inner.isTraining = true;
  const { validationData, classWeight } = options;
  const batches = new DatasetBatches(dataset, standardizer(trained, classWeight));
  let whole: StandardBatch | undefined;
  try {
    await batches.begin();
    const first = await batches.peek();
    if (first === undefined) throw new TrainingArgumentError("fitDataset: the dataset is empty");
    whole = isPair(validationData) ? await standardTensors(trained, validationData) : undefined;
    return await trainOn(trained, batches, first, whole, options, way, explained);
  } finally {
    inner.isTraining = false;
    batches.dispose();
    tf.dispose([...(whole?.tensors ?? [])]);
  }
}

async function trainOn(
  model: tf.LayersModel,
  batches: DatasetBatches,
  first: StandardBatch,
  validation: StandardBatch | undefined,
  options: FitDatasetOptions,
  way: Way | undefined,
  explained: (explanation: Explanation) => void,
): Promise<tf.History> {
  const inner = model as unknown as TrainedModel;
  const { epochs, verbose = 1, callbacks, yieldEvery, validationData } = options;
  // As in tfjs, null is as good as undefined.
  const initialEpoch = options.initialEpoch ?? 0;
  const batchesPerEpoch = options.batchesPerEpoch ?? undefined;
  const doValidation = validationData !== undefined && validationData !== null;
  const names = inner.getDedupedMetricsNames();
  if (doValidation) inner.makeTestFunction();
  const { runner, explanation } = chooseRunner(model, way, {
    names,
    trainBatch: inner.makeTrainFunction(),
    testBatch: doValidation ? inner.testFunction : undefined,
    data: first.data,
    validation: validation?.data,
    batchSize: undefined,
    seed: options.seed ?? anySeed(),
    learningRate: options.learningRate,
    checkNumerics: options.checkNumerics === true,
    clipping: clippingOf(options),
  });
  explained(explanation);
  const list = callbackList(model, callbackObjects(callbacks, yieldEvery), {
    epochs,
    initialEpoch,
    samples: null,
    steps: stepsOf(batches.dataset, batchesPerEpoch),
    batchSize: null,
    verbose: Number(verbose),
    doValidation,
    metrics: doValidation ? [...names, ...names.map((name) => `val_${name}`)] : names,
  });
  inner.history = list.history;
  try {
    return await datasetLoop({
      model,
      runner,
      ...list,
      batches,
      batchesPerEpoch,
      epochs,
      initialEpoch,
      validate: doValidation ? validator(model, runner, options) : undefined,
      everyBatch: yieldEvery === "batch",
    });
  } finally {
    runner.sync();
    runner.end();
  }
}

function validator(model: tf.LayersModel, runner: StepRunner, options: FitDatasetOptions) {
  const { validationData, validationBatches, validationBatchSize } = options;
  if (validationData === undefined || isPair(validationData)) {
    return async () => runner.evaluate(validationBatchSize ?? 32);
  }
  const batches = new DatasetBatches(validationData, standardizer(model, null));
  return () => evaluateDataset(runner, batches, validationBatches ?? undefined);
}

/** Returns what checks a dataset's element and brings it into the form of a batch. */
function standardizer(
  model: tf.LayersModel,
  classWeight: FitDatasetOptions["classWeight"] | null = null,
): (element: unknown) => Promise<StandardBatch> {
  const inner = model as unknown as TrainedModel;
  return async (element) => {
    const { xs, ys } = element as { readonly xs?: FitData; readonly ys?: FitData };
    if (xs === undefined || ys === undefined) {
      throw new TrainingArgumentError(
        `fitDataset: the dataset's elements are objects { xs, ys }, but one is ${describe(element)}`,
      );
    }
    const [inputs, targets, weights] = await inner.standardizeUserData(
      xs,
      ys,
      null,
      classWeight,
      true,
    );
    const standard = [...inputs, ...targets, ...(weights ?? [])];
    const data = standardData(model, standard);
    const made = [...data.inputs, ...data.targets, ...data.sampleWeights];
    return { data, tensors: [...tensorsOf(xs), ...tensorsOf(ys), ...standard, ...made] };
  };
}

function isPair(
  data: FitDatasetOptions["validationData"],
): data is NonNullable<typeof data> & readonly [FitData, FitData] {
  return Array.isArray(data);
}

/** The user's own validation data, which are not disposed afterwards. */
async function standardTensors(
  model: tf.LayersModel,
  [xs, ys]: readonly [FitData, FitData],
): Promise<StandardBatch> {
  const { data, tensors } = await standardizer(model)({ xs, ys });
  const own = new Set([...tensorsOf(xs), ...tensorsOf(ys)]);
  return { data, tensors: tensors.filter((tensor) => !own.has(tensor)) };
}

function tensorsOf(data: FitData): tf.Tensor[] {
  return data instanceof tf.Tensor ? [data] : Object.values(data);
}

/** Callbacks as objects, from whatever of tfjs's forms they have. */
function callbackObjects(
  callbacks: FitDatasetOptions["callbacks"],
  yieldEvery: FitDatasetOptions["yieldEvery"],
): tf.Callback[] {
  const list = [callbacks ?? {}].flat() as (tf.Callback | tf.CustomCallbackArgs)[];
  return list.map((callback) => {
    if ("setModel" in callback) return callback;
    return new tf.CustomCallback(callback, yieldEvery) as tf.CustomCallback & tf.Callback;
  });
}

function describe(element: unknown): string {
  if (element instanceof tf.Tensor) return `a tensor of shape [${element.shape}]`;
  return typeof element === "object" && element !== null
    ? `an object with ${Object.keys(element).join(", ") || "nothing"}`
    : String(element);
}
