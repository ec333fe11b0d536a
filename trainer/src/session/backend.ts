/** tfjs-node's backend, with the parts that its declarations leave out. */
import * as tf from "@tensorflow/tfjs-node";

/** A tensor as the binding names it. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** The calls of the native binding that a graph is run with. */
interface Binding {
  createTensor(shape: number[], dtype: number, data: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[];
}

/** The backend of tfjs-node. */
export interface NodeBackend {
  readonly binding: Binding;
  readonly isUsingGpuDevice?: boolean;
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
}

/**
 * Returns the backend; undefined where another one than tfjs-node's is in use, or a GPU, whose batch
 * normalisation returns another variance than the CPU's.
 */
export function nodeBackend(): NodeBackend | undefined {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const backend = tf.backend() as unknown as Partial<NodeBackend>;
  const { binding, createOutputTensor, getInputTensorIds, isUsingGpuDevice } = backend;
  const isWhole =
    isUsingGpuDevice !== true &&
    typeof binding?.runSavedModel === "function" &&
    typeof binding.loadSavedModel === "function" &&
    typeof createOutputTensor === "function" &&
    typeof getInputTensorIds === "function";
  return isWhole ? (backend as NodeBackend) : undefined;
}
