/** Windows that slide over the spatial axes of a tensor: all but the first (samples) and the last (channels). */
import type { Attributes, Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";

/** How a window slides. */
export interface Sliding {
  /** One for each spatial axis. */
  readonly strides: readonly number[];
  /** With `SAME`, zeros (for pools: nothing) surround the input, so that stride 1 keeps its size. */
  readonly padding: "SAME" | "VALID";
}

/** The shape that a sliding window leaves: sizes at the windows' places, and `channels`. */
export function slidShape(
  input: Shape,
  window: readonly number[],
  { strides, padding }: Sliding,
  channels: number | null,
): Shape {
  const sizes = window.map((size, axis) => {
    const whole = input[axis + 1] ?? null;
    if (whole === null) return null;
    const places = padding === "SAME" ? whole : whole - size + 1;
    return Math.ceil(places / (strides[axis] ?? 1));
  });
  return [input[0] ?? null, ...sizes, channels];
}

/** The attributes by which TensorFlow's kernels know how to slide. */
export function slidingAttributes({ strides, padding }: Sliding): Attributes {
  return {
    T: { type: DType.float32 },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding },
  };
}
