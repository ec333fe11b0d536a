/** All that a model needs to go on as if it had never stopped: its weights and its optimizer's. */
import type { DataType, LayersModel, Optimizer, Tensor } from "@tensorflow/tfjs";
import { StorageError } from "../errors";
import type { Tf } from "./tensorflow";

/** A tensor outside TensorFlow. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** One of an optimizer's fields: a number, a tensor, or one for each of the model's weights. */
export type SavedField =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "tensor"; readonly value: SavedTensor }
  | {
      readonly kind: "slots";
      readonly names: readonly string[];
      readonly values: readonly SavedTensor[];
    };

/** A model's state. */
export interface ModelState {
  readonly weights: readonly SavedTensor[];
  readonly optimizer: Readonly<Record<string, SavedField>>;
}

/** What optimizers keep for each weight. */
interface Slot {
  readonly originalName: string;
  readonly variable: Tensor;
}

/**
 * Returns a compiled model's state. The optimizer's own fields are read, since its `getWeights` rounds
 * Adam's powers of beta and is missing in Adamax: going on would not give the same losses.
 */
export function captureState(model: LayersModel): ModelState {
  const optimizer: Record<string, SavedField> = {};
  for (const [name, value] of Object.entries(fieldsOf(model.optimizer))) {
    const field = captureField(value);
    if (field !== undefined) optimizer[name] = field;
  }
  return { weights: model.getWeights().map(captureTensor), optimizer };
}

function captureField(value: unknown): SavedField | undefined {
  if (typeof value === "number") return { kind: "number", value };
  if (isTensor(value)) return { kind: "tensor", value: captureTensor(value) };
  if (!isSlots(value) || value.length === 0) return undefined;
  return {
    kind: "slots",
    names: value.map(({ originalName }) => originalName),
    values: value.map(({ variable }) => captureTensor(variable)),
  };
}

/**
 * Gives a freshly built and compiled model a state.
 *
 * @throws StorageError `other-model` where the state is of a model of another shape
 */
export function restoreState(tf: Tf, model: LayersModel, state: ModelState): void {
  const weights = model.getWeights();
  const isSame =
    weights.length === state.weights.length &&
    weights.every(({ shape }, i) => String(shape) === String(state.weights[i]?.shape));
  if (!isSame) {
    throw new StorageError(
      "other-model",
      "The saved weights do not fit the model that was built: expected shapes " +
        `${shapes(weights)}, the checkpoint has ${shapes(state.weights)}. Does build() give the same ` +
        "layers for the same values?",
    );
  }
  tf.tidy(() => model.setWeights(state.weights.map((saved) => restoreTensor(tf, saved))));
  const fields = fieldsOf(model.optimizer);
  for (const [name, saved] of Object.entries(state.optimizer)) {
    if (saved.kind === "number") fields[name] = saved.value;
    else if (saved.kind === "tensor") restoreScalar(tf, fields, name, saved.value);
    else restoreSlots(tf, fields, name, saved.names, saved.values);
  }
}

function restoreScalar(
  tf: Tf,
  fields: Record<string, unknown>,
  name: string,
  saved: SavedTensor,
): void {
  const variable = fields[name];
  if (variable instanceof tf.Variable) {
    tf.tidy(() => variable.assign(restoreTensor(tf, saved)));
    return;
  }
  if (isTensor(variable)) variable.dispose();
  fields[name] = tf.keep(restoreTensor(tf, saved));
}

function restoreSlots(
  tf: Tf,
  fields: Record<string, unknown>,
  name: string,
  names: readonly string[],
  values: readonly SavedTensor[],
): void {
  const old = fields[name];
  if (isSlots(old)) for (const { variable } of old) variable.dispose();
  fields[name] = values.map((saved, i) => {
    const initial = restoreTensor(tf, saved);
    const variable = tf.variable(initial, false);
    initial.dispose();
    return { originalName: names[i] as string, variable };
  });
}

function fieldsOf(optimizer: Optimizer): Record<string, unknown> {
  return optimizer as unknown as Record<string, unknown>;
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "dataId" in value && "dtype" in value;
}

function isSlots(value: unknown): value is Slot[] {
  return (
    Array.isArray(value) &&
    value.every((slot) => typeof slot === "object" && slot !== null && isTensor(slot.variable))
  );
}

/** Returns a tensor's numbers. @throws StorageError for tensors of text and complex numbers */
export function captureTensor(tensor: Tensor): SavedTensor {
  const { shape, dtype } = tensor;
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    throw new StorageError("unknown-dtype", `A weight of type ${dtype} can't be saved.`, { dtype });
  }
  return { shape, dtype, data: tensor.dataSync<"float32">().slice() };
}

/** Returns a tensor with these numbers, which the caller disposes. */
export function restoreTensor(tf: Tf, { data, shape, dtype }: SavedTensor): Tensor {
  return tf.tensor(data, [...shape], dtype as DataType);
}

function shapes(tensors: readonly { readonly shape: readonly number[] }[]): string {
  return tensors.map(({ shape }) => `[${shape.join(", ")}]`).join(" ");
}
