import type { Attributes, Shape, TensorContent } from "./attribute";
import { DType } from "./dtype";
import type { NodeDef } from "./saved-model";

/** A loop that is being written; its body runs once for each turn. */
export interface Frame {
  readonly name: string;
  readonly parent: Frame | undefined;
  /** Fires at the beginning of each turn; what has no other input of the frame waits for it. */
  pivot: Value | undefined;
  /** Outer values as this frame sees them. */
  readonly entered: Map<string, Value>;
}

/** An output of a node: a tensor, once the graph runs. */
export interface Value {
  /** `node` or `node:1`. */
  readonly key: string;
  readonly node: string;
  readonly dtype: DType;
  readonly shape: Shape;
  /** The loop in whose body it is; undefined outside of all. */
  readonly frame: Frame | undefined;
}

/** What an output of a node will be. */
export interface OutputType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** How a node is made, beside its operation. */
export interface NodeOptions {
  readonly name?: string;
  /** Nodes of the same frame that must have run before. */
  readonly after?: readonly Value[];
}

/**
 * A TensorFlow graph that is being written. Nodes go into the loop whose body is being written
 * (`frame`); values from outside are brought in where they are used.
 */
export class Graph {
  readonly nodes: NodeDef[] = [];
  frame: Frame | undefined;
  readonly #names = new Set<string>();
  readonly #readers = new Map<string, Value[]>();
  readonly #constants = new Map<string, Value>();
  #count = 0;

  /** Adds a node and returns its outputs. */
  node(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    outputs: readonly OutputType[],
    { name = `${op}_${this.#count++}`, after = [] }: NodeOptions = {},
  ): Value[] {
    const { frame } = this;
    // TensorFlow keeps names that begin with an underscore for itself.
    const node = name.replace(/^_/, "");
    if (this.#names.has(node)) throw new Error(`the graph has two nodes called ${node}`);
    this.#names.add(node);
    const data = inputs.map((input) => this.#within(input).key);
    const control = after.map((value) => {
      if (value.frame !== frame) {
        throw new Error(`${node} can't wait for ${value.key}: it is in another loop`);
      }
      return `^${value.node}`;
    });
    this.nodes.push({ name: node, op, inputs: [...data, ...new Set(control)], attributes });
    const stands = { key: node, node, dtype: DType.bool, shape: [], frame };
    for (const { key } of inputs) {
      const readers = this.#readers.get(key);
      if (readers === undefined) this.#readers.set(key, [stands]);
      else readers.push(stands);
    }
    return outputs.map(({ dtype, shape }, index) => ({
      key: index === 0 ? node : `${node}:${index}`,
      node,
      dtype,
      shape,
      frame,
    }));
  }

  /** Adds a node with one output. */
  one(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    output: OutputType,
    options?: NodeOptions,
  ): Value {
    const [value] = this.node(op, inputs, attributes, [output], options);
    return value as Value;
  }

  /** A node that is run for what it does. The value stands for it where others wait for it. */
  action(
    op: string,
    inputs: readonly Value[],
    attributes: Attributes,
    options?: NodeOptions,
  ): Value {
    return this.one(op, inputs, attributes, { dtype: DType.bool, shape: [] }, options);
  }

  /** The nodes of the current frame that take this value, so far. */
  readersOf({ key }: Value): Value[] {
    return (this.#readers.get(key) ?? []).filter(({ frame }) => frame === this.frame);
  }

  /** Adds what is fed when the graph runs, outside of all loops. */
  placeholder(name: string, dtype: DType, shape: Shape): Value {
    return this.outside(() =>
      this.one(
        "Placeholder",
        [],
        { dtype: { type: dtype }, shape: { shape } },
        { dtype, shape },
        { name },
      ),
    );
  }

  /** A constant, outside of all loops; equal ones are one node. */
  constant(content: TensorContent): Value {
    const { dtype, shape, data } = content;
    const known = data.length > 64 ? undefined : `${dtype}|${shape.join()}|${bits(data)}`;
    const found = known === undefined ? undefined : this.#constants.get(known);
    if (found !== undefined) return found;
    const value = this.outside(() =>
      this.one("Const", [], { dtype: { type: dtype }, value: { tensor: content } }, content),
    );
    if (known !== undefined) this.#constants.set(known, value);
    return value;
  }

  float(value: number): Value {
    return this.constant({ dtype: DType.float32, shape: [], data: Float32Array.of(value) });
  }

  int(value: number): Value {
    return this.constant({ dtype: DType.int32, shape: [], data: Int32Array.of(value) });
  }

  /** A list of whole numbers, such as axes or a known shape. */
  ints(values: readonly number[]): Value {
    const data = Int32Array.from(values);
    return this.constant({ dtype: DType.int32, shape: [values.length], data });
  }

  /** Runs `write` with nodes going outside of all loops. */
  outside<T>(write: () => T): T {
    const { frame } = this;
    this.frame = undefined;
    try {
      return write();
    } finally {
      this.frame = frame;
    }
  }

  /** The value as the current loop sees it: brought in from outside, loop by loop. */
  #within(value: Value): Value {
    const target = this.frame;
    if (value.frame === target) return value;
    if (target === undefined) {
      throw new Error(`${value.key} is in the loop ${value.frame?.name} and can't be used outside`);
    }
    const known = target.entered.get(value.key);
    if (known !== undefined) return known;
    this.frame = target.parent;
    const outer = this.#within(value);
    this.frame = target;
    const entered: Value = { ...outer, ...this.enter(outer, target, true) };
    target.entered.set(value.key, entered);
    return entered;
  }

  /** Adds the node by which a value of the enclosing frame comes into `frame`. */
  enter(value: Value, frame: Frame, isConstant: boolean): Value {
    const name = `Enter_${this.#count++}`;
    this.#names.add(name);
    this.nodes.push({
      name,
      op: "Enter",
      inputs: [value.key],
      attributes: {
        T: { type: value.dtype },
        frame_name: { string: frame.name },
        is_constant: { bool: isConstant },
        // One turn after the other: weights that a turn changes are read by the next.
        parallel_iterations: { int: 1 },
      },
    });
    return { ...value, key: name, node: name, frame };
  }

  /** A name that no node has. */
  freshName(stem: string): string {
    return `${stem}_${this.#count++}`;
  }
}

/** Tells constants apart to the bit: 0 and -0 differ. */
function bits(data: TensorContent["data"]): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}
