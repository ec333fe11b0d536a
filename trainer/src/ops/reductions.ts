/** Sums and means, with gradients. */
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { binary, cast } from "./arithmetic";
import { isKnown, reduce, reshapeBy, shapeOf } from "./shape";

/** The mean of all elements; shape []. */
export function average(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const axes = x.shape.map((_, axis) => axis);
  const mean = reduce(graph, "Mean", x, axes, false);
  tape.record([x], [mean], ([d]) => {
    if (!d) return [];
    const share = binary(graph, "RealDiv", d, cast(graph, count(graph, x), DType.float32));
    return [fill(graph, x, share)];
  });
  return mean;
}

/** The sum over axes; `keepsAxes` leaves them with size 1. */
export function sum(tape: Tape, x: Value, axes: readonly number[], keepsAxes: boolean): Value {
  const { graph } = tape;
  const total = reduce(graph, "Sum", x, axes, keepsAxes);
  tape.record([x], [total], ([d]) => [d && spread(graph, d, x, axes)]);
  return total;
}

/** The mean over axes; `keepsAxes` leaves them with size 1. */
export function mean(tape: Tape, x: Value, axes: readonly number[], keepsAxes: boolean): Value {
  const { graph } = tape;
  const result = reduce(graph, "Mean", x, axes, keepsAxes);
  tape.record([x], [result], ([d]) => {
    if (!d) return [];
    const share = binary(graph, "RealDiv", d, elementsPerMean(graph, x, result, axes));
    return [spread(graph, share, x, axes)];
  });
  return result;
}

/** Of how many elements of x each element of a mean over `axes` is made, as float32 of shape []. */
function elementsPerMean(graph: Graph, x: Value, result: Value, axes: readonly number[]): Value {
  const sizes: Shape = axes.map((axis) => x.shape[axis] ?? null);
  if (isKnown(sizes)) return graph.float(sizes.reduce((product, size) => product * size, 1));
  const ratio = binary(graph, "FloorDiv", count(graph, x), count(graph, result));
  return cast(graph, ratio, DType.float32);
}

/** How many elements a tensor has, as a whole number of shape []. */
function count(graph: Graph, x: Value): Value {
  return reduce(graph, "Prod", shapeOf(graph, x), [0], false);
}

/** A tensor of the shape of `like`, full of one number. */
function fill(graph: Graph, like: Value, value: Value): Value {
  const attributes = { T: { type: DType.float32 }, index_type: { type: DType.int32 } };
  return graph.one("Fill", [shapeOf(graph, like), value], attributes, like);
}

/** Copies a gradient along the axes that were summed. */
function spread(graph: Graph, gradient: Value, x: Value, axes: readonly number[]): Value {
  const isKept = gradient.shape.length === x.shape.length;
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const shaped = isKept ? gradient : reshapeBy(graph, gradient, keptSizes(graph, x, axes), kept);
  const attributes = { T: { type: DType.float32 }, Tidx: { type: DType.int32 } };
  return graph.one("BroadcastTo", [shaped, shapeOf(graph, x)], attributes, x);
}

/** The sizes of `x` with 1 along the axes, as the run tells them. */
function keptSizes(graph: Graph, x: Value, axes: readonly number[]): Value {
  const known = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const open = known.filter((size) => size === null).length;
  if (open < 2) return graph.ints(known.map((size) => size ?? -1));
  const isKept = graph.ints(x.shape.map((_, axis) => (axes.includes(axis) ? 0 : 1)));
  const one = graph.ints(x.shape.map(() => 1));
  const mask = graph.one(
    "GreaterEqual",
    [isKept, one],
    { T: { type: DType.int32 } },
    { dtype: DType.bool, shape: [x.shape.length] },
  );
  const select = { T: { type: DType.int32 } };
  return graph.one("SelectV2", [mask, shapeOf(graph, x), one], select, one);
}
