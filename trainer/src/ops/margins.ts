/** Margins around a tensor: zeros that are added, or elements that are cut off. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** For each axis, how many elements there are before and after the others. */
export type Margins = readonly (readonly [before: number, after: number])[];

/** Returns x with zeros around it. */
export function pad(tape: Tape, x: Value, margins: Margins): Value {
  const padded = withMargins(tape.graph, x, margins);
  tape.record([x], [padded], ([d]) => [d && withoutMargins(tape.graph, d, margins)]);
  return padded;
}

/** Returns x without what is at its margins. */
export function crop(tape: Tape, x: Value, margins: Margins): Value {
  const cropped = withoutMargins(tape.graph, x, margins);
  tape.record([x], [cropped], ([d]) => [d && withMargins(tape.graph, d, margins)]);
  return cropped;
}

function withMargins(graph: Graph, x: Value, margins: Margins): Value {
  const data = Int32Array.from(margins.flat());
  const paddings = graph.constant({ dtype: DType.int32, shape: [margins.length, 2], data });
  const shape = x.shape.map((size, axis) => (size === null ? null : size + widthOf(margins, axis)));
  const attributes = { T: { type: x.dtype }, Tpaddings: { type: DType.int32 } };
  return graph.one("Pad", [x, paddings], attributes, { dtype: x.dtype, shape });
}

/** The ends are counted from behind, so that no size needs to be known. */
function withoutMargins(graph: Graph, x: Value, margins: Margins): Value {
  const from = graph.ints(margins.map(([before]) => before));
  const to = graph.ints(margins.map(([, after]) => -after));
  const steps = graph.ints(margins.map(() => 1));
  const toTheEnd = margins.reduce(
    (mask, [, after], axis) => mask | (after === 0 ? 1 << axis : 0),
    0,
  );
  const attributes = {
    T: { type: x.dtype },
    Index: { type: DType.int32 },
    end_mask: { int: toTheEnd },
  };
  const shape = x.shape.map((size, axis) => (size === null ? null : size - widthOf(margins, axis)));
  return graph.one("StridedSlice", [x, from, to, steps], attributes, { dtype: x.dtype, shape });
}

function widthOf(margins: Margins, axis: number): number {
  const [before, after] = margins[axis] ?? [0, 0];
  return before + after;
}
