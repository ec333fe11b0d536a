/** Pools over two or three spatial axes with channels last, by TensorFlow's own kernels. */
import type { Attributes } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { binary, compare, toFloat } from "./arithmetic";
import { reduce, reshapeTo, shapeOf } from "./shape";
import { type Sliding, slidingAttributes, slidShape } from "./sliding";

/** Returns the largest element of each window; where several are, the first has the gradient. */
export function maxPool(tape: Tape, x: Value, window: readonly number[], sliding: Sliding): Value {
  const { graph } = tape;
  const isSpace = window.length === 3;
  const attributes = attributesOf(window, sliding);
  const pooled = graph.one(isSpace ? "MaxPool3D" : "MaxPool", [x], attributes, {
    dtype: DType.float32,
    shape: slidShape(x.shape, window, sliding, x.shape.at(-1) ?? null),
  });
  tape.record([x], [pooled], ([d]) => {
    if (!d) return [];
    const types = isSpace ? { TInput: { type: DType.float32 } } : {};
    const op = isSpace ? "MaxPool3DGrad" : "MaxPoolGrad";
    return [graph.one(op, [x, pooled, d], { ...attributes, ...types }, x)];
  });
  return pooled;
}

/** Returns the mean of each window; what lies outside of x does not count. */
export function averagePool(
  tape: Tape,
  x: Value,
  window: readonly number[],
  sliding: Sliding,
): Value {
  const { graph } = tape;
  const op = window.length === 3 ? "AvgPool3D" : "AvgPool";
  const attributes = attributesOf(window, sliding);
  const pooled = graph.one(op, [x], attributes, {
    dtype: DType.float32,
    shape: slidShape(x.shape, window, sliding, x.shape.at(-1) ?? null),
  });
  tape.record([x], [pooled], ([d]) => [
    d && graph.one(`${op}Grad`, [shapeOf(graph, x), d], attributes, x),
  ]);
  return pooled;
}

/**
 * Returns the largest element over the spatial axes; where several are, they share the gradient, as in
 * Keras (in tfjs each has all of it).
 */
export function globalMax(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const axes = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  const kept = reduce(graph, "Max", x, axes, true);
  const largest = reshapeTo(graph, kept, [x.shape[0] ?? null, x.shape.at(-1) ?? null]);
  tape.record([x], [largest], ([d]) => {
    if (!d) return [];
    const isLargest = toFloat(graph, compare(graph, "Equal", x, kept));
    const count = reduce(graph, "Sum", isLargest, axes, true);
    const share = binary(graph, "RealDiv", reshapeTo(graph, d, kept.shape), count);
    return [binary(graph, "Mul", isLargest, share)];
  });
  return largest;
}

function attributesOf(window: readonly number[], sliding: Sliding): Attributes {
  return { ...slidingAttributes(sliding), ksize: { ints: [1, ...window, 1] } };
}
