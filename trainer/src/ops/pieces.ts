/** Parts of tensors, and tensors put together, without gradients. */
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";

/** Tensors one behind the other along an axis. */
export function joined(graph: Graph, parts: readonly Value[], axis: number): Value {
  const [first] = parts as readonly [Value];
  const sizes = parts.map(({ shape }) => shape[axis] ?? null);
  const size = sizes.includes(null)
    ? null
    : sizes.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const attributes = {
    N: { int: parts.length },
    T: { type: first.dtype },
    Tidx: { type: DType.int32 },
  };
  const shape = first.shape.toSpliced(axis, 1, size);
  return graph.one("ConcatV2", [...parts, graph.int(axis)], attributes, {
    dtype: first.dtype,
    shape,
  });
}

/** The tensor cut into parts of the given sizes along an axis. */
export function parted(graph: Graph, x: Value, sizes: readonly number[], axis: number): Value[] {
  if (sizes.length === 1) return [x];
  const outputs = sizes.map((size) => ({
    dtype: x.dtype,
    shape: x.shape.toSpliced(axis, 1, size),
  }));
  if (new Set(sizes).size === 1) {
    const attributes = { num_split: { int: sizes.length }, T: { type: x.dtype } };
    return graph.node("Split", [graph.int(axis), x], attributes, outputs);
  }
  const attributes = {
    num_split: { int: sizes.length },
    T: { type: x.dtype },
    Tlen: { type: DType.int32 },
  };
  return graph.node("SplitV", [x, graph.ints(sizes), graph.int(axis)], attributes, outputs);
}

/** Whole numbers, known or told by the run, as a list such as a shape. */
export function listed(graph: Graph, sizes: readonly (Value | number)[]): Value {
  if (sizes.every((size) => typeof size === "number")) return graph.ints(sizes as number[]);
  const values = sizes.map((size) => (typeof size === "number" ? graph.int(size) : size));
  const attributes = { N: { int: values.length }, T: { type: DType.int32 }, axis: { int: 0 } };
  return graph.one("Pack", values, attributes, { dtype: DType.int32, shape: [values.length] });
}

/** A tensor of the given sizes full of zeros. */
export function zeros(graph: Graph, sizes: Value, shape: Shape): Value {
  const attributes = { T: { type: DType.float32 }, index_type: { type: DType.int32 } };
  const output = { dtype: DType.float32, shape };
  return graph.one("Fill", [sizes, graph.float(0)], attributes, output);
}
