/** A search over models as plain data, so that other processes can run its trials. */
import type { Tensor } from "@tensorflow/tfjs";
import { DefinitionError } from "../errors";
import type { Objective } from "../trials/objective";
import type { TrialFitOptions } from "./fit-trial";
import { captureTensor, restoreTensor, type SavedTensor } from "./model-state";
import type { Tf } from "./tensorflow";
import type { Fold, TensorData } from "./training-data";

/** Where a function comes from: its text, or a module that exports it. */
export type FunctionOrigin =
  | { readonly source: string }
  | {
      /** An absolute path. */
      readonly path: string;
      /** The export. */
      readonly name: string;
    };

/** Data outside TensorFlow. */
export interface SavedData {
  readonly x: SavedTensor | readonly SavedTensor[];
  readonly y: SavedTensor | readonly SavedTensor[];
}

/** What a worker makes trials of models from. */
export interface ModelWorkerData {
  /** Whether trials are computed by the native TensorFlow, as in the process that asks for them. */
  readonly native: boolean;
  /** Whether they are trained by the trainer, as in that process. */
  readonly compiled: boolean;
  readonly build: FunctionOrigin;
  readonly train: SavedData;
  readonly validation: SavedData | undefined;
  readonly folds: readonly Fold[] | undefined;
  readonly objectives: readonly Objective[];
  /** Options of every trial, or a function that returns them. */
  readonly fit: TrialFitOptions | FunctionOrigin;
  /** Where checkpoints are kept; undefined to keep none. */
  readonly checkpoints: string | undefined;
}

/** Returns data outside TensorFlow. */
export function saveData({ x, y }: TensorData): SavedData {
  return { x: save(x), y: save(y) };
}

/** Returns the data as tensors, which the caller disposes. */
export function restoreData(tf: Tf, { x, y }: SavedData): TensorData {
  return { x: restore(tf, x), y: restore(tf, y) };
}

/**
 * Returns the options, where they can cross to another process.
 *
 * @throws DefinitionError `not-plain` for callbacks, tensors and other objects with behaviour
 */
export function plainFitOptions(options: TrialFitOptions): TrialFitOptions {
  for (const [name, value] of Object.entries(options)) {
    if (isPlain(value)) continue;
    throw new DefinitionError(
      "not-plain",
      `search: ${name} can't be sent to workers: expected numbers, text, lists and plain objects. ` +
        `Make it in a function, which runs in the worker: fit: (hp) => ({ ${name}: ... }).`,
      { name },
    );
  }
  return options;
}

function isPlain(value: unknown): boolean {
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isContainer = Array.isArray(value) || prototype === null || isObjectPrototype(prototype);
  return ArrayBuffer.isView(value) || (isContainer && Object.values(value).every(isPlain));
}

/** `Object.prototype`, also that of a notebook's own realm. */
function isObjectPrototype(prototype: unknown): boolean {
  return typeof prototype === "object" && Object.getPrototypeOf(prototype) === null;
}

function save(part: Tensor | Tensor[]): SavedTensor | readonly SavedTensor[] {
  return Array.isArray(part) ? part.map(captureTensor) : captureTensor(part);
}

function restore(tf: Tf, part: SavedTensor | readonly SavedTensor[]): Tensor | Tensor[] {
  return isList(part) ? part.map((one) => restoreTensor(tf, one)) : restoreTensor(tf, part);
}

function isList(part: SavedTensor | readonly SavedTensor[]): part is readonly SavedTensor[] {
  return Array.isArray(part);
}
