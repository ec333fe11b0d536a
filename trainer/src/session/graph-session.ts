import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tensor } from "@tensorflow/tfjs-node";
import { DType } from "../graph/dtype";
import { TAG } from "../graph/saved-model";
import type { NodeBackend, TensorMetadata } from "./backend";

/** What a run is fed with, by the placeholders' names: tensors, or small arrays. */
export type Feeds = Readonly<Record<string, Feed>>;

/** A tensor, or the content of one. */
export type Feed = Tensor | { readonly shape: number[]; readonly data: Float32Array | Int32Array };

/** A graph that TensorFlow has loaded, with its variables. */
export class GraphSession {
  readonly #backend: NodeBackend;
  #id: number | undefined;

  /** Loads the content of a `saved_model.pb`. Nothing of it stays on disk. */
  constructor(backend: NodeBackend, bytes: Uint8Array) {
    this.#backend = backend;
    const folder = mkdtempSync(join(tmpdir(), "headroom-trainer-"));
    try {
      writeFileSync(join(folder, "saved_model.pb"), bytes);
      this.#id = backend.binding.loadSavedModel(folder, TAG);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Runs what the fetched nodes stand on and returns their values as numbers. */
  numbers(feeds: Feeds, fetches: readonly string[]): (Float32Array | Int32Array | Uint8Array)[] {
    const { binding } = this.#backend;
    return this.#run(feeds, fetches).map(({ id }) => {
      const data = binding.tensorDataSync(id);
      binding.deleteTensor(id);
      return data;
    });
  }

  /** The same, as tensors, which the caller disposes. */
  tensors(feeds: Feeds, fetches: readonly string[]): Tensor[] {
    return this.#run(feeds, fetches).map((metadata) => this.#backend.createOutputTensor(metadata));
  }

  /** Frees the graph and its variables. */
  dispose(): void {
    if (this.#id === undefined) return;
    this.#backend.binding.deleteSavedModel(this.#id);
    this.#id = undefined;
  }

  #run(feeds: Feeds, fetches: readonly string[]): TensorMetadata[] {
    if (this.#id === undefined) throw new Error("the graph has been disposed");
    const { binding } = this.#backend;
    const created: number[] = [];
    const ids = Object.values(feeds).map((feed) => {
      if (feed instanceof Tensor) return this.#backend.getInputTensorIds([feed])[0] as number;
      const dtype = feed.data instanceof Float32Array ? DType.float32 : DType.int32;
      const id = binding.createTensor(feed.shape, dtype, unaligned(feed.data));
      created.push(id);
      return id;
    });
    try {
      const names = Object.keys(feeds).map((name) => `${name}:0`);
      const wanted = fetches.map((name) => (name.includes(":") ? name : `${name}:0`));
      return binding.runSavedModel(this.#id, ids, names.join(","), wanted.join(","));
    } finally {
      for (const id of created) binding.deleteTensor(id);
    }
  }
}

/**
 * A copy that begins off every boundary TensorFlow aligns to. The binding lends an aligned array's memory to
 * TensorFlow, which may give the last of it back on a thread of its own, where a call into the
 * JavaScript engine breaks the process; of any other array TensorFlow makes a copy at once.
 */
function unaligned<Numbers extends Float32Array | Int32Array>(data: Numbers): Numbers {
  const offset = data.BYTES_PER_ELEMENT;
  const Numbers = data.constructor as new (
    buffer: ArrayBuffer,
    offset: number,
    length: number,
  ) => Numbers;
  const copy = new Numbers(new ArrayBuffer(offset + data.byteLength), offset, data.length);
  copy.set(data);
  return copy;
}
