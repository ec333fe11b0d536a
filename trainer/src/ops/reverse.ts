import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** Returns x with the order along an axis turned round. */
export function reverse(tape: Tape, x: Value, axis: number): Value {
  const { graph } = tape;
  const turn = (value: Value) => {
    const attributes = { T: { type: x.dtype }, Tidx: { type: DType.int32 } };
    return graph.one("ReverseV2", [value, graph.ints([axis])], attributes, value);
  };
  const reversed = turn(x);
  tape.record([x], [reversed], ([d]) => [d && turn(d)]);
  return reversed;
}
