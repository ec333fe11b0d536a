/** Shapes of tensors: known ones as constants, others as the run tells them. */
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** The shape of a tensor as a list of whole numbers; a constant where it is known. */
export function shapeOf(graph: Graph, x: Value): Value {
  if (isKnown(x.shape)) return graph.ints(x.shape);
  const attributes = { T: { type: x.dtype }, out_type: { type: DType.int32 } };
  return graph.one("Shape", [x], attributes, { dtype: DType.int32, shape: [x.shape.length] });
}

/** Whether all sizes are known before the run. */
export function isKnown(shape: Shape): shape is readonly number[] {
  return !shape.includes(null);
}

/** The size along one axis, as a whole number of shape []. */
export function sizeOf(graph: Graph, x: Value, axis: number): Value {
  const known = x.shape[axis];
  if (known !== null && known !== undefined) return graph.int(known);
  const sizes = shapeOf(graph, x);
  const [from, to, step] = [graph.ints([axis]), graph.ints([axis + 1]), graph.ints([1])];
  const attributes = {
    T: { type: DType.int32 },
    Index: { type: DType.int32 },
    shrink_axis_mask: { int: 1 },
  };
  const output = { dtype: DType.int32, shape: [] };
  return graph.one("StridedSlice", [sizes, from, to, step], attributes, output);
}

/** The tensor in a shape with at most one unknown size. */
export function reshapeTo(graph: Graph, x: Value, shape: Shape): Value {
  if (shape.filter((size) => size === null).length > 1) {
    throw new RangeError(`can't reshape to [${shape}]: more than one size is unknown`);
  }
  const sizes = graph.ints(shape.map((size) => size ?? -1));
  return reshapeBy(graph, x, sizes, shape);
}

/** The tensor in the shape of another. */
export function reshapeLike(graph: Graph, x: Value, like: Value): Value {
  return reshapeBy(graph, x, shapeOf(graph, like), like.shape);
}

/** The tensor in a shape that the run knows. */
export function reshapeBy(graph: Graph, x: Value, sizes: Value, shape: Shape): Value {
  const attributes = { T: { type: x.dtype }, Tshape: { type: DType.int32 } };
  return graph.one("Reshape", [x, sizes], attributes, { dtype: x.dtype, shape });
}

/** Reshapes, with a gradient. */
export function reshape(tape: Tape, x: Value, shape: Shape): Value {
  const { graph } = tape;
  const reshaped = reshapeTo(graph, x, shape);
  tape.record([x], [reshaped], ([d]) => [d && reshapeLike(graph, d, x)]);
  return reshaped;
}

/** The sum over axes, without a gradient. */
export function sumAxes(
  graph: Graph,
  x: Value,
  axes: readonly number[],
  keepsAxes: boolean,
): Value {
  return reduce(graph, "Sum", x, axes, keepsAxes);
}

/** A reduction (`Sum`, `Mean`, `Max`, `Min`, `Prod`) over axes, without a gradient. */
export function reduce(
  graph: Graph,
  op: string,
  x: Value,
  axes: readonly number[],
  keepsAxes: boolean,
): Value {
  const attributes = {
    T: { type: x.dtype },
    Tidx: { type: DType.int32 },
    keep_dims: { bool: keepsAxes },
  };
  const shape = x.shape.flatMap((size, axis) => {
    if (!axes.includes(axis)) return [size];
    return keepsAxes ? [1] : [];
  });
  return graph.one(op, [x, graph.ints(axes)], attributes, { dtype: x.dtype, shape });
}
