/** Pictures in other sizes, by TensorFlow's own kernels; pixels are placed as tfjs places them. */
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** How the pixels between are found. */
export type Interpolation = "nearest" | "bilinear";

/** Returns pictures [samples, height, width, channels] with each axis `factors` times as long. */
export function enlarge(
  tape: Tape,
  x: Value,
  factors: readonly [height: number, width: number],
  interpolation: Interpolation,
): Value {
  const { graph } = tape;
  const [samples = null, height, width, channels = null] = x.shape;
  const before = [height as number, width as number];
  const after = before.map((size, axis) => size * (factors[axis] as number));
  // Corners are not aligned, and pixels are points at their corners rather than at their middles.
  const attributes = { T: { type: DType.float32 } };
  const isNearest = interpolation === "nearest";
  const op = isNearest ? "ResizeNearestNeighbor" : "ResizeBilinear";
  const output = { dtype: DType.float32, shape: [samples, ...after, channels] };
  const enlarged = graph.one(op, [x, graph.ints(after)], attributes, output);
  tape.record([x], [enlarged], ([d]) => {
    if (!d) return [];
    return [graph.one(`${op}Grad`, [d, isNearest ? graph.ints(before) : x], attributes, x)];
  });
  return enlarged;
}
