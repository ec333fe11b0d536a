/**
 * Data that several processes train on: each tensor is a file, which all of them map into their memory. There is
 * one copy, however many processes there are.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-node";
import { DType } from "../graph/dtype";

/** A tensor in a file. */
interface FileTensor {
  readonly file: string;
  readonly shape: readonly number[];
}

/** Samples and targets. */
export interface FileData {
  readonly x: FileTensor | readonly FileTensor[];
  readonly y: FileTensor | readonly FileTensor[];
}

/** What one model is trained on. */
export interface DataParcel {
  readonly train: FileData;
  readonly validation: FileData | undefined;
  /** Numbers of the samples to train on, and to validate on, of `train`; undefined for all. */
  readonly fold: Fold | undefined;
}

/** Which samples a model is trained on, and by which it is judged: numbers from 0. */
export interface Fold {
  readonly train: readonly number[];
  readonly validation?: readonly number[];
}

/** Tensors of samples and targets. */
export interface PairOfTensors {
  readonly x: tf.Tensor | tf.Tensor[];
  readonly y: tf.Tensor | tf.Tensor[];
}

/** A folder for the data of one call. */
export class DataFolder {
  readonly #folder = mkdtempSync(join(tmpdir(), "headroom-train-all-"));
  #count = 0;

  /** Writes tensors, as float32. */
  write({ x, y }: PairOfTensors): FileData {
    return { x: this.#part(x), y: this.#part(y) };
  }

  /** Removes the files; what has been mapped stays readable. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #part(part: tf.Tensor | tf.Tensor[]): FileTensor | readonly FileTensor[] {
    return Array.isArray(part) ? part.map((one) => this.#tensor(one)) : this.#tensor(part);
  }

  #tensor(tensor: tf.Tensor): FileTensor {
    const file = join(this.#folder, `${this.#count++}.bin`);
    tf.tidy(() => {
      const { buffer, byteOffset, byteLength } = tensor.toFloat().dataSync();
      writeFileSync(file, new Uint8Array(buffer, byteOffset, byteLength));
    });
    return { file, shape: tensor.shape };
  }
}

/** What a model is trained on, as tensors, which the caller disposes. */
export interface MappedData {
  readonly train: PairOfTensors;
  readonly validation: PairOfTensors | undefined;
}

/** Maps the data; of a fold there is a copy, of all samples none. */
export function mapData({ train, validation, fold }: DataParcel): MappedData {
  if (fold === undefined) {
    return { train: mapPair(train), validation: validation && mapPair(validation) };
  }
  const all = mapPair(train);
  const rows = (numbers: readonly number[]) => takeRows(all, numbers);
  const data = {
    train: rows(fold.train),
    validation:
      fold.validation === undefined ? validation && mapPair(validation) : rows(fold.validation),
  };
  tf.dispose([all.x, all.y]);
  return data;
}

function mapPair({ x, y }: FileData): PairOfTensors {
  return { x: mapPart(x), y: mapPart(y) };
}

function mapPart(part: FileTensor | readonly FileTensor[]): tf.Tensor | tf.Tensor[] {
  return isList(part) ? part.map(mapTensor) : mapTensor(part);
}

function isList(part: FileTensor | readonly FileTensor[]): part is readonly FileTensor[] {
  return Array.isArray(part);
}

/** What tfjs-node's backend runs an operation with; its declarations leave it out. */
interface RawOperations {
  readonly binding: Readonly<Record<"TF_ATTR_TYPE" | "TF_ATTR_SHAPE" | "TF_ATTR_STRING", number>>;
  executeSingleOutput(
    name: string,
    attributes: readonly {
      readonly name: string;
      readonly type: number;
      readonly value: unknown;
    }[],
    inputs: readonly tf.Tensor[],
  ): tf.Tensor;
}

function mapTensor({ file, shape }: FileTensor): tf.Tensor {
  const backend = tf.backend() as unknown as RawOperations;
  const { TF_ATTR_TYPE, TF_ATTR_SHAPE, TF_ATTR_STRING } = backend.binding;
  return backend.executeSingleOutput(
    "ImmutableConst",
    [
      { name: "dtype", type: TF_ATTR_TYPE, value: DType.float32 },
      { name: "shape", type: TF_ATTR_SHAPE, value: shape },
      { name: "memory_region_name", type: TF_ATTR_STRING, value: file },
    ],
    [],
  );
}

function takeRows({ x, y }: PairOfTensors, numbers: readonly number[]): PairOfTensors {
  const index = tf.tensor1d([...numbers], "int32");
  const take = (part: tf.Tensor | tf.Tensor[]) =>
    Array.isArray(part) ? part.map((one) => tf.gather(one, index)) : tf.gather(part, index);
  const taken = { x: take(x), y: take(y) };
  index.dispose();
  return taken;
}
