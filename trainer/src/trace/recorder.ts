/** Writes down what tfjs-node lets TensorFlow do while a function runs. */
import type { Tensor } from "@tensorflow/tfjs-node";
import type { Attributes, TensorContent } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { OutputType } from "../graph/graph";
import type { NodeBackend, TensorMetadata } from "../session/backend";
import { type AttributeKinds, graphAttributes, type RawAttribute } from "./raw-attributes";

/** An operation that has been run. */
export interface Operation {
  readonly op: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Source[];
  readonly outputs: readonly OutputType[];
  /** Whether data or weights have a part in it. */
  readonly isVarying: boolean;
}

/** Where a tensor came from: the batch or the weights by number, JavaScript, or an operation. */
export type Source =
  | { readonly kind: "data" | "weight"; readonly index: number }
  | { readonly kind: "constant"; readonly content: TensorContent }
  | { readonly kind: "output"; readonly operation: Operation; readonly index: number };

/** The calls of the native binding by which all computing is done. */
interface RawBinding extends AttributeKinds {
  executeOp(
    op: string,
    attributes: readonly RawAttribute[],
    inputs: number[],
    outputs: number,
  ): TensorMetadata[];
  createTensor(shape: number[], dtype: number, data: Numbers): number;
  tensorDataSync(id: number): Numbers;
}

type Numbers = TensorContent["data"];

/** A tensor as the backend keeps it. */
interface TensorData {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** The backend with what the recorder puts something of its own in the place of. */
interface RawBackend {
  binding: RawBinding;
  readonly tensorMap: { get(dataId: object): TensorData };
  getInputTensorIds(tensors: readonly Tensor[]): number[];
}

/** Operations that draw numbers: as nodes of a loop they would draw others. */
const RANDOM = /Random|Multinomial|TruncatedNormal/;
const DTYPES = new Set<number>([DType.float32, DType.int32, DType.int64, DType.bool]);

/** Records the operations that one backend runs. */
export class Recorder {
  readonly operations: Operation[] = [];
  /** Why what was recorded does not tell all; undefined where it does. */
  refusal: string | undefined;
  readonly #backend: RawBackend;
  readonly #binding: RawBinding;
  readonly #sources = new Map<number, Source>();
  /** Tensors that operations have taken, and that may have been there before. */
  readonly #taken = new Map<number, TensorData>();

  constructor(backend: NodeBackend) {
    this.#backend = backend as unknown as RawBackend;
    this.#binding = this.#backend.binding;
  }

  /** Tells what a tensor is that is there already. */
  name(tensor: Tensor, source: Source): void {
    this.#sources.set(this.#idOf(tensor), source);
  }

  /** Where a tensor has come from. */
  sourceOf(tensor: Tensor): Source {
    return this.#source(this.#idOf(tensor));
  }

  /** Runs the function and records what it does. Its exceptions come through. */
  run<T>(work: () => T): T {
    const backend = this.#backend;
    const ids = backend.getInputTensorIds;
    backend.binding = this.#recording();
    backend.getInputTensorIds = (tensors) => {
      const found = ids.call(backend, tensors);
      tensors.forEach((tensor, index) => {
        const { dataId } = tensor as { readonly dataId?: object };
        if (dataId !== undefined) this.#taken.set(found[index] as number, this.#dataOf(dataId));
      });
      return found;
    };
    try {
      return work();
    } finally {
      backend.binding = this.#binding;
      // Its own again, which is the class's.
      Reflect.deleteProperty(backend, "getInputTensorIds");
    }
  }

  /** The binding, of which three calls are written down. Its properties can't be set, only covered. */
  #recording(): RawBinding {
    const real = this.#binding;
    const executeOp: RawBinding["executeOp"] = (op, attributes, inputs, count) => {
      const outputs = real.executeOp(op, attributes, inputs, count);
      this.#record(op, attributes, inputs, outputs);
      return outputs;
    };
    const createTensor: RawBinding["createTensor"] = (shape, dtype, data) => {
      const id = real.createTensor(shape, dtype, data);
      this.#sources.set(id, this.#constant({ shape, dtype, id }, data));
      return id;
    };
    const tensorDataSync: RawBinding["tensorDataSync"] = (id) => {
      const source = this.#sources.get(id);
      if (source !== undefined && isVarying(source)) {
        this.#refuse("it reads values in JavaScript");
      }
      return real.tensorDataSync(id);
    };
    return Object.create(real, {
      executeOp: { value: executeOp },
      createTensor: { value: createTensor },
      tensorDataSync: { value: tensorDataSync },
    }) as RawBinding;
  }

  #record(
    op: string,
    raw: readonly RawAttribute[],
    ids: readonly number[],
    results: readonly TensorMetadata[],
  ): void {
    const inputs = ids.map((id) => this.#source(id));
    const attributes = graphAttributes(this.#binding, raw);
    if (attributes === undefined) this.#refuse(`${op} has an attribute of an unknown kind`);
    if (RANDOM.test(op)) this.#refuse("it uses random numbers");
    const outputs = results.map(({ shape, dtype }) => ({ shape, dtype: this.#dtype(dtype) }));
    const operation: Operation = {
      op,
      attributes: attributes ?? {},
      inputs,
      outputs,
      isVarying: inputs.some(isVarying),
    };
    this.operations.push(operation);
    results.forEach(({ id }, index) => {
      this.#sources.set(id, { kind: "output", operation, index });
    });
  }

  #source(id: number): Source {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    // A tensor from before: it stays as it is, or the next recording is another one.
    const taken = this.#taken.get(id);
    if (taken === undefined) throw new Error(`no operation has had the tensor ${id}`);
    const source = this.#constant(taken, this.#binding.tensorDataSync(id));
    this.#sources.set(id, source);
    return source;
  }

  #constant({ shape, dtype }: TensorData, data: Numbers): Source {
    const content = { shape: [...shape], dtype: this.#dtype(dtype), data: copied(data) };
    return { kind: "constant", content };
  }

  #dtype(dtype: number): DType {
    if (!DTYPES.has(dtype)) this.#refuse("it uses strings, complex numbers or resources");
    return dtype as DType;
  }

  #idOf(tensor: Tensor): number {
    const [id] = this.#backend.getInputTensorIds([tensor]) as [number];
    this.#taken.set(id, this.#dataOf(tensor.dataId));
    return id;
  }

  #dataOf(dataId: object): TensorData {
    return this.#backend.tensorMap.get(dataId);
  }

  /** Not an exception: it would come out in the user's own code. */
  #refuse(reason: string): void {
    this.refusal ??= reason;
  }
}

function isVarying(source: Source): boolean {
  return source.kind === "output" ? source.operation.isVarying : source.kind !== "constant";
}

/** A copy, as its owner may write into it; strings have no place in a graph here and are refused. */
function copied(data: Numbers): Numbers {
  return ArrayBuffer.isView(data) ? data.slice() : new Uint8Array();
}
