/** Samples and targets, and parts of them. */
import type { Tensor } from "@tensorflow/tfjs";
import { DefinitionError } from "../errors";
import type { Tf } from "./tensorflow";

/** What a model reads or predicts: a tensor, or nested arrays of numbers; one row a sample. */
export type Samples = Tensor | readonly number[] | readonly number[][] | readonly number[][][];

/** What a model is trained or validated on. Several inputs or outputs as lists of tensors. */
export interface TrainingData {
  readonly x: Samples | readonly Tensor[];
  readonly y: Samples | readonly Tensor[];
}

/** Data as tensors. */
export interface TensorData {
  readonly x: Tensor | Tensor[];
  readonly y: Tensor | Tensor[];
}

/** Which samples a fold trains on and which it is judged by: row numbers from 0. */
export interface Fold {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** Tensors that belong to a search: made once, disposed at its end. */
export interface OwnedData {
  readonly data: TensorData;
  /** Disposes what was made; tensors that were given stay. */
  dispose(): void;
}

/**
 * Returns data as tensors; tensors are taken as they are.
 *
 * @throws DefinitionError `bad-data` for ragged arrays, no samples, or unequal numbers of them
 */
export function toTensors(tf: Tf, name: string, data: TrainingData): OwnedData {
  const made: Tensor[] = [];
  const convert = (part: "x" | "y"): Tensor | Tensor[] => {
    const value: unknown = data[part];
    if (value instanceof tf.Tensor) return value;
    if (isTensors(tf, value)) return [...value];
    const tensor = fromNumbers(tf, `${name}.${part}`, value);
    made.push(tensor);
    return tensor;
  };
  const dispose = () => tf.dispose(made);
  try {
    const tensors = { x: convert("x"), y: convert("y") };
    requireEqualCounts(name, tensors);
    return { data: tensors, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Returns the number of samples. */
export function countSamples({ x }: TensorData): number {
  return first(x).shape[0] ?? 0;
}

/** @throws DefinitionError `bad-fold` for no rows, and for one that `count` samples don't have */
export function requireRows(rows: readonly number[], count: number): void {
  const wrong = rows.find((row) => !(Number.isInteger(row) && row >= 0 && row < count));
  if (wrong !== undefined || rows.length === 0) {
    throw new DefinitionError(
      "bad-fold",
      rows.length === 0
        ? "A fold needs samples to train on and others to be judged by; one of its lists is empty."
        : `A fold names row ${wrong}; expected whole numbers from 0 to ${count - 1}, one a sample.`,
      { row: wrong, count },
    );
  }
}

/**
 * Returns copies of some rows, which the caller disposes.
 *
 * @throws DefinitionError `bad-fold` for row numbers that the data don't have
 */
export function takeRows(tf: Tf, data: TensorData, rows: readonly number[]): TensorData {
  requireRows(rows, countSamples(data));
  const index = tf.tensor1d([...rows], "int32");
  const take = (part: Tensor | Tensor[]) =>
    Array.isArray(part) ? part.map((one) => tf.gather(one, index)) : tf.gather(part, index);
  const taken = { x: take(data.x), y: take(data.y) };
  index.dispose();
  return taken;
}

function fromNumbers(tf: Tf, name: string, value: unknown): Tensor {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) {
    throw new DefinitionError(
      "bad-data",
      `${name}: expected a tensor, or arrays of numbers with one entry a sample, got ${typeof value}.`,
      { name },
    );
  }
  requireEven(name, value as ArrayLike<unknown>, shapeOf(value as ArrayLike<unknown>), "");
  return tf.tensor(value as number[]);
}

function shapeOf(value: ArrayLike<unknown>): number[] {
  const first = value[0];
  return isList(first) ? [value.length, ...shapeOf(first)] : [value.length];
}

/** TensorFlow.js takes ragged arrays without a word, and makes numbers up. */
function requireEven(name: string, value: unknown, shape: readonly number[], at: string): void {
  const [length, ...inner] = shape;
  const isRight = length === undefined ? isNumber(value) : isList(value) && value.length === length;
  if (!isRight) {
    const wanted = length === undefined ? "a number" : `${length} entries, as the first one has`;
    const got = isList(value) ? `${value.length}` : String(value);
    throw new DefinitionError("bad-data", `${name}${at}: expected ${wanted}, got ${got}.`, {
      name,
    });
  }
  if (length === undefined || ArrayBuffer.isView(value)) return;
  const list = value as ArrayLike<unknown>;
  for (let i = 0; i < length; i++) requireEven(name, list[i], inner, `${at}[${i}]`);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function requireEqualCounts(name: string, { x, y }: TensorData): void {
  const counts = [x, y].flat().map(({ shape }) => shape[0] ?? 0);
  if (counts.every((count) => count === counts[0] && count > 0)) return;
  throw new DefinitionError(
    "bad-data",
    `${name}: expected as many targets as samples, and at least one; got ${counts.join(" and ")}.`,
    { name, counts },
  );
}

function first(part: Tensor | Tensor[]): Tensor {
  const [tensor] = [part].flat();
  if (tensor === undefined) throw new DefinitionError("bad-data", "expected at least one tensor");
  return tensor;
}

function isTensors(tf: Tf, value: unknown): value is readonly Tensor[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => one instanceof tf.Tensor);
}
