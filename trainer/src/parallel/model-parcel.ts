/** Compiled models as plain data, which other processes can make the same model from. */
import * as tf from "@tensorflow/tfjs-node";
import { TrainingArgumentError } from "../errors";
import { optimizerSteps } from "../fit/optimizer-steps";
import { optimizerEmitterOf } from "../optimizers/registry";

/** The numbers of a tensor. */
interface TensorParcel {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly values: tf.TypedArray;
}

/** What training changes. */
export interface FittedState {
  readonly weights: readonly TensorParcel[];
  /** Of each trained weight; empty before the first step. */
  readonly slots: readonly (readonly TensorParcel[])[];
  readonly steps: number;
}

/** A compiled model. */
export interface ModelParcel {
  /** As `model.toJSON` writes it. */
  readonly topology: string;
  readonly trainable: readonly (readonly number[])[];
  readonly optimizer: { readonly name: string; readonly config: tf.serialization.ConfigDict };
  readonly loss: unknown;
  readonly metrics: unknown;
  readonly state: FittedState;
}

/** What `model.compile` leaves in a model. */
interface Compiled {
  readonly optimizer?: tf.Optimizer;
  readonly loss?: unknown;
  readonly metrics?: unknown;
}

/**
 * Returns a model as plain data. Throws a TrainingArgumentError for one that has not been compiled, or whose
 * loss or metrics are functions, and a CannotCompileError for an optimizer that is not one of tfjs's.
 */
export function packModel(model: tf.LayersModel): ModelParcel {
  const { optimizer, loss, metrics } = model as unknown as Compiled;
  if (optimizer === undefined) {
    throw new TrainingArgumentError(
      `trainAll: ${model.name} has no optimizer yet: call model.compile({ optimizer, loss }) before`,
    );
  }
  requirePlain(`the loss of ${model.name}`, loss);
  requirePlain(`a metric of ${model.name}`, metrics);
  return {
    topology: model.toJSON(null, true) as string,
    trainable: trainableShapes(model),
    optimizer: { name: optimizer.getClassName(), config: optimizer.getConfig() },
    loss,
    metrics,
    state: packState(model),
  };
}

/**
 * Returns the model. Throws an Error for one that can't be made from its configuration, as with layers of
 * the user's own.
 */
export async function unpackModel(parcel: ModelParcel): Promise<tf.LayersModel> {
  const { topology, optimizer, loss, metrics, state } = parcel;
  const model = await tf.models.modelFromJSON({ modelTopology: JSON.parse(topology) });
  if (JSON.stringify(trainableShapes(model)) !== JSON.stringify(parcel.trainable)) {
    throw new Error(
      `${model.name} has other trainable weights when it is made from its configuration`,
    );
  }
  model.compile({
    optimizer: optimizerOf(optimizer),
    loss: loss as string,
    ...(metrics === undefined || metrics === null ? {} : { metrics: metrics as string[] }),
  });
  unpackState(model, state);
  return model;
}

/** Returns a model's weights, and its optimizer's state. */
export function packState(model: tf.LayersModel): FittedState {
  const { optimizer } = model;
  const emitter = optimizerEmitterOf(optimizer);
  const slots = model.trainableWeights.map((_, index) => emitter.read(optimizer, index));
  return {
    weights: model.getWeights().map(packTensor),
    slots: slots.every((own) => own !== undefined) ? slots.map((own) => own.map(packTensor)) : [],
    steps: optimizerSteps(optimizer),
  };
}

/** Gives them to a model. */
export function unpackState(model: tf.LayersModel, { weights, slots, steps }: FittedState): void {
  tf.tidy(() => model.setWeights(weights.map(unpackTensor)));
  if (steps === 0) return;
  const state = slots.map((own, index) => ({
    name: (model.trainableWeights[index] as { readonly name: string }).name,
    slots: own.map(unpackTensor),
  }));
  optimizerEmitterOf(model.optimizer).write(model.optimizer, state, steps);
}

/** Returns a tensor's numbers. */
function packTensor(tensor: tf.Tensor): TensorParcel {
  return { shape: tensor.shape, dtype: tensor.dtype, values: tensor.dataSync() };
}

function unpackTensor({ shape, dtype, values }: TensorParcel): tf.Tensor {
  return tf.tensor(values, [...shape], dtype);
}

/** Throws a TrainingArgumentError for what can't cross to another process: functions and tensors. */
export function requirePlain(what: string, value: unknown): void {
  const isFunction = typeof value === "function";
  if (isFunction || value instanceof tf.Tensor) {
    const kind = isFunction ? "function" : "tensor";
    throw new TrainingArgumentError(
      `trainAll: ${what} is a ${kind}, which can't be sent to another process; give names, numbers and lists`,
    );
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  for (const part of Object.values(value)) requirePlain(what, part);
}

function trainableShapes(model: tf.LayersModel): (readonly number[])[] {
  return model.trainableWeights.map(({ shape }) => shape as number[]);
}

function optimizerOf({ name, config }: ModelParcel["optimizer"]): tf.Optimizer {
  const [kind, make] = tf.serialization.SerializationMap.getMap().classNameMap[name] ?? [];
  if (kind === undefined || make === undefined) throw new Error(`tfjs has no optimizer ${name}`);
  return make(kind, config) as unknown as tf.Optimizer;
}
