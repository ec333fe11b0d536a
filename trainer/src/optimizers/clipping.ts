/** Keeps gradients from becoming too large, by Keras's formulas. */
import { TrainingArgumentError } from "../errors";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { binary, unary } from "../ops/arithmetic";

/** How gradients are to be clipped; one of the three. */
export interface ClippingOptions {
  /** Each number of a gradient goes to the nearest from -clipValue to clipValue. */
  readonly clipValue?: number;
  /** A weight's gradient whose Euclidean norm is greater is scaled down to it. */
  readonly clipNorm?: number;
  /** All gradients are scaled down together where their common norm is greater. */
  readonly globalClipNorm?: number;
}

/** What is clipped, and the limit. */
export interface Clipping {
  readonly kind: keyof ClippingOptions;
  readonly limit: number;
}

const KINDS = ["clipValue", "clipNorm", "globalClipNorm"] as const;

/**
 * Returns how to clip, undefined where nothing was asked for. Throws a TrainingArgumentError for two
 * options at once, and for a limit that is not a positive number.
 */
export function clippingOf(options: ClippingOptions): Clipping | undefined {
  const [first, second] = KINDS.flatMap((kind) => {
    const limit = options[kind];
    return limit === undefined ? [] : [{ kind, limit }];
  });
  if (first === undefined) return undefined;
  if (second !== undefined) {
    throw new TrainingArgumentError(
      `${first.kind} and ${second.kind} exclude each other: give only one of ${KINDS.join(", ")}`,
    );
  }
  if (Number.isFinite(first.limit) && first.limit > 0) return first;
  throw new TrainingArgumentError(
    `${first.kind} should be a positive number, it is ${first.limit}: leave it out to clip nothing`,
  );
}

/** Writes the clipping of all gradients of a step; undefined ones stay so. `limit` has the shape []. */
export function clipGradients(
  graph: Graph,
  gradients: readonly (Value | undefined)[],
  kind: Clipping["kind"],
  limit: Value,
): (Value | undefined)[] {
  const clip = clipper(graph, gradients, kind, limit);
  return gradients.map((gradient) => gradient && clip(gradient));
}

/** Returns what writes the clipping of one of the gradients. */
function clipper(
  graph: Graph,
  gradients: readonly (Value | undefined)[],
  kind: Clipping["kind"],
  limit: Value,
): (gradient: Value) => Value {
  const type = { T: { type: DType.float32 } };
  if (kind === "clipValue") {
    const least = graph.outside(() => unary(graph, "Neg", limit));
    return (gradient) => graph.one("ClipByValue", [gradient, least, limit], type, gradient);
  }
  if (kind === "clipNorm") {
    return (gradient) => {
      const size = norm(graph, halfOfSquares(graph, gradient));
      return binary(graph, "Mul", gradient, share(graph, size, limit));
    };
  }
  const parts = gradients.flatMap((gradient) => (gradient ? [halfOfSquares(graph, gradient)] : []));
  const count = { N: { int: parts.length } };
  const size = norm(graph, graph.one("AddN", parts, { ...type, ...count }, limit));
  // Zero, but where the norm is infinite: then no gradient can be trusted, and all become NaN.
  const trust = binary(graph, "Sub", size, size);
  const scale = binary(graph, "AddV2", share(graph, size, limit), trust);
  return (gradient) => binary(graph, "Mul", gradient, scale);
}

/** Half of the sum of squares: one operation of TensorFlow's. */
function halfOfSquares(graph: Graph, gradient: Value): Value {
  const attributes = { T: { type: DType.float32 } };
  return graph.one("L2Loss", [gradient], attributes, { dtype: DType.float32, shape: [] });
}

function norm(graph: Graph, half: Value): Value {
  return unary(graph, "Sqrt", binary(graph, "Mul", half, graph.float(2)));
}

/** What a gradient of this norm is multiplied with: 1 up to the limit. */
function share(graph: Graph, size: Value, limit: Value): Value {
  return binary(graph, "RealDiv", limit, binary(graph, "Maximum", size, limit));
}
