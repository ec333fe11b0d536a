/** Values brought to a mean of 0, a variance or a length of 1. */
import type { Attributes } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { binary, compare, multiply, subtract, toFloat, unary } from "./arithmetic";
import { reduce } from "./shape";

/** Of what is or was normalised. */
export interface Statistics {
  readonly mean: Value;
  /** Divided by the number of values, not by one less. */
  readonly variance: Value;
}

/** Values that have been normalised, and by what. */
export interface Standardized extends Statistics {
  readonly y: Value;
}

/** Over which axes values are normalised. */
interface Standard {
  readonly axes: readonly number[];
  /** Added to variances; shape []. */
  readonly epsilon: Value;
  readonly keepsAxes: boolean;
}

/** What is applied after the values have been brought to a mean of 0 and a variance of 1; per channel. */
interface Affine {
  readonly scale: Value;
  readonly offset: Value;
  /** Added to variances. */
  readonly epsilon: number;
}

/**
 * Normalises each channel (the last of four axes) by its statistics in the batch, or by `fixed` ones.
 * TensorFlow does it in one operation, which pays for pictures; fewer values are faster by steps.
 */
export function normalizeBatch(
  tape: Tape,
  x: Value,
  { scale, offset, epsilon }: Affine,
  fixed?: Statistics,
): Standardized {
  const { graph } = tape;
  const attributes = fused(epsilon, fixed === undefined);
  const none = graph.constant({ dtype: DType.float32, shape: [0], data: new Float32Array(0) });
  const inputs = [x, scale, offset, fixed?.mean ?? none, fixed?.variance ?? none];
  const outputs = [x, scale, scale, scale, scale, { dtype: DType.float32, shape: [] }];
  // On the CPU the fifth output is the variance as it is; the third has one degree of freedom less.
  const [y, , , inBatch, spread, reserved] = graph.node(
    "FusedBatchNormV3",
    inputs,
    attributes,
    outputs,
  ) as [Value, Value, Value, Value, Value, Value];
  const { mean, variance } = fixed ?? { mean: inBatch, variance: spread };
  tape.record([x, scale, offset], [y], ([d]) => {
    if (!d) return [];
    const given = [d, x, scale, mean, variance, reserved];
    return graph.node("FusedBatchNormGradV3", given, attributes, [x, scale, offset]);
  });
  return { y, mean, variance };
}

/**
 * Brings the values along `axes` to a mean of 0 and a variance of 1; also returns what these were.
 * `keepsAxes` leaves the axes there with size 1, as is needed where others follow.
 */
export function standardize(
  tape: Tape,
  x: Value,
  { axes, epsilon, keepsAxes }: Standard,
): Standardized {
  const { graph } = tape;
  const meanOf = (value: Value) => reduce(graph, "Mean", value, axes, keepsAxes);
  const mean = meanOf(x);
  const centered = binary(graph, "Sub", x, mean);
  const variance = meanOf(unary(graph, "Square", centered));
  const inverse = unary(graph, "Rsqrt", binary(graph, "AddV2", variance, epsilon));
  const y = binary(graph, "Mul", centered, inverse);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const along = binary(graph, "Mul", y, meanOf(binary(graph, "Mul", d, y)));
    const across = binary(graph, "Sub", binary(graph, "Sub", d, meanOf(d)), along);
    return [binary(graph, "Mul", across, inverse)];
  });
  return { y, mean, variance };
}

/** Subtracts a mean and divides by the root of a variance, both given; `epsilon` is added to this. */
export function standardizeBy(
  tape: Tape,
  x: Value,
  { mean, variance }: Statistics,
  epsilon: Value,
): Standardized {
  const { graph } = tape;
  const inverse = unary(graph, "Rsqrt", binary(graph, "AddV2", variance, epsilon));
  return { y: multiply(tape, subtract(tape, x, mean), inverse), mean, variance };
}

/** Divides by the Euclidean length along an axis; the square of a length counts at least `epsilon`. */
export function unitLength(tape: Tape, x: Value, axis: number, epsilon: number): Value {
  const { graph } = tape;
  const sumOver = (value: Value) => reduce(graph, "Sum", value, [axis], true);
  const square = sumOver(unary(graph, "Square", x));
  const least = graph.float(epsilon);
  const inverse = unary(graph, "Rsqrt", binary(graph, "Maximum", square, least));
  const y = binary(graph, "Mul", x, inverse);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const isFree = toFloat(graph, compare(graph, "GreaterEqual", square, least));
    const along = binary(graph, "Mul", sumOver(binary(graph, "Mul", d, y)), isFree);
    const across = binary(graph, "Sub", d, binary(graph, "Mul", y, along));
    return [binary(graph, "Mul", across, inverse)];
  });
  return y;
}

function fused(epsilon: number, isTraining: boolean): Attributes {
  return {
    T: { type: DType.float32 },
    U: { type: DType.float32 },
    epsilon: { float: epsilon },
    data_format: { string: "NHWC" },
    is_training: { bool: isTraining },
  };
}
