/** Axes of a tensor: added, dropped, exchanged. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { sumAxes } from "./shape";

/** Returns x with another axis of size 1 at place `axis`. */
export function expandAxis(tape: Tape, x: Value, axis: number): Value {
  const expanded = withAxis(tape.graph, x, axis);
  tape.record([x], [expanded], ([d]) => [d && withoutAxis(tape.graph, d, axis)]);
  return expanded;
}

/** Returns x without an axis, whose size is 1. */
export function dropAxis(tape: Tape, x: Value, axis: number): Value {
  const dropped = withoutAxis(tape.graph, x, axis);
  tape.record([x], [dropped], ([d]) => [d && withAxis(tape.graph, d, axis)]);
  return dropped;
}

/** Returns x with another axis at place `axis` along which it is repeated. */
export function repeat(tape: Tape, x: Value, axis: number, times: number): Value {
  const { graph } = tape;
  const expanded = withAxis(graph, x, axis);
  const shape = expanded.shape.map((size, place) => (place === axis ? times : size));
  const counts = graph.ints(shape.map((_, place) => (place === axis ? times : 1)));
  const attributes = { T: { type: x.dtype }, Tmultiples: { type: DType.int32 } };
  const repeated = graph.one("Tile", [expanded, counts], attributes, { dtype: x.dtype, shape });
  tape.record([x], [repeated], ([d]) => [d && sumAxes(graph, d, [axis], false)]);
  return repeated;
}

/** Returns x with its axes in the order in which `axes` lists them. */
export function transpose(tape: Tape, x: Value, axes: readonly number[]): Value {
  const transposed = inOrder(tape.graph, x, axes);
  const back = axes.map((_, axis) => axes.indexOf(axis));
  tape.record([x], [transposed], ([d]) => [d && inOrder(tape.graph, d, back)]);
  return transposed;
}

function inOrder(graph: Graph, x: Value, axes: readonly number[]): Value {
  const shape = axes.map((axis) => x.shape[axis] ?? null);
  const attributes = { T: { type: x.dtype }, Tperm: { type: DType.int32 } };
  return graph.one("Transpose", [x, graph.ints(axes)], attributes, { dtype: x.dtype, shape });
}

function withAxis(graph: Graph, x: Value, axis: number): Value {
  const attributes = { T: { type: x.dtype }, Tdim: { type: DType.int32 } };
  const shape = x.shape.toSpliced(axis, 0, 1);
  return graph.one("ExpandDims", [x, graph.int(axis)], attributes, { dtype: x.dtype, shape });
}

function withoutAxis(graph: Graph, x: Value, axis: number): Value {
  const attributes = { T: { type: x.dtype }, squeeze_dims: { ints: [axis] } };
  const shape = x.shape.toSpliced(axis, 1);
  return graph.one("Squeeze", [x], attributes, { dtype: x.dtype, shape });
}
