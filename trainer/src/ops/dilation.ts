/**
 * Dilated convolutions. TensorFlow's gradients know none on CPUs, so x is dealt out into as many tensors
 * as there are places between two taps of the window, and each is convolved as usual.
 */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import type { Sliding } from "./sliding";

/** What is convolved, and how far apart the taps of its window are. */
export interface Dilation {
  /** One for each spatial axis. */
  readonly rates: readonly number[];
  /** The window's sizes before it is dilated. */
  readonly window: readonly number[];
  readonly padding: Sliding["padding"];
}

/**
 * Runs a convolution of stride 1 dilated; `convolve` is handed a tensor and does it undilated. The
 * spatial sizes of x must be known.
 */
export function dilated(
  tape: Tape,
  x: Value,
  { rates, window, padding }: Dilation,
  convolve: (x: Value, sliding: Sliding) => Value,
): Value {
  const paddings: number[][] = [];
  const crops: number[][] = [];
  rates.forEach((rate, axis) => {
    const around = padding === "SAME" ? ((window[axis] as number) - 1) * rate : 0;
    const before = Math.floor(around / 2);
    const size = x.shape[axis + 1] as number;
    const rest = (rate - ((size + around) % rate)) % rate;
    paddings.push([before, around - before + rest]);
    crops.push([0, rest]);
  });
  const dealt = deal(tape.graph, x, rates, paddings);
  tape.record([x], [dealt], ([d]) => [d && collect(tape.graph, d, rates, paddings, x)]);
  const sliding: Sliding = { strides: rates.map(() => 1), padding: "VALID" };
  const convolved = convolve(dealt, sliding);
  const result = collect(tape.graph, convolved, rates, crops, x);
  tape.record([convolved], [result], ([d]) => [d && deal(tape.graph, d, rates, crops)]);
  return result;
}

/** Pads x and deals it out: more samples, smaller. */
function deal(
  graph: Graph,
  x: Value,
  rates: readonly number[],
  paddings: readonly (readonly number[])[],
): Value {
  const shape = x.shape.map((size, axis) => {
    const rate = rates[axis - 1];
    if (axis === 0 || rate === undefined) return axis === 0 ? null : size;
    return ((size as number) + sum(paddings[axis - 1])) / rate;
  });
  const inputs = [x, graph.ints(rates), pairs(graph, paddings)];
  const types = { T: float, Tblock_shape: int, Tpaddings: int };
  return graph.one("SpaceToBatchND", inputs, types, { dtype: DType.float32, shape });
}

/** Undoes `deal`: fewer samples (as many as `like` has), larger, less what is cropped. */
function collect(
  graph: Graph,
  x: Value,
  rates: readonly number[],
  crops: readonly (readonly number[])[],
  like: Value,
): Value {
  const shape = x.shape.map((size, axis) => {
    const rate = rates[axis - 1];
    if (axis === 0 || rate === undefined) return axis === 0 ? (like.shape[0] ?? null) : size;
    return (size as number) * rate - sum(crops[axis - 1]);
  });
  const inputs = [x, graph.ints(rates), pairs(graph, crops)];
  const types = { T: float, Tblock_shape: int, Tcrops: int };
  return graph.one("BatchToSpaceND", inputs, types, { dtype: DType.float32, shape });
}

const float = { type: DType.float32 };
const int = { type: DType.int32 };

function pairs(graph: Graph, rows: readonly (readonly number[])[]): Value {
  const data = Int32Array.from(rows.flat());
  return graph.constant({ dtype: DType.int32, shape: [rows.length, 2], data });
}

function sum(numbers: readonly number[] = []): number {
  return numbers.reduce((total, number) => total + number, 0);
}
