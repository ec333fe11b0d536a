import type { Value } from "../graph/graph";
import { reshape } from "../ops/shape";
import type { LayerEmitter } from "./layer-emitter";

/** The layer Flatten. */
export const flatten: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  if (call.config.dataFormat === "channelsFirst") call.refuse("dataFormat channelsFirst");
  const sizes = x.shape.slice(1);
  if (sizes.includes(null)) call.refuse("the size of its input is not known");
  const size = sizes.reduce<number>((product, axis) => product * (axis ?? 1), 1);
  return reshape(call.tape, x, [null, size]);
};

/** The layer Reshape; at most one size may be left open (-1). */
export const reshapeLayer: LayerEmitter = (call, [input]) => {
  const output = call.layer.computeOutputShape([...(input as Value).shape]) as (number | null)[];
  return reshape(call.tape, input as Value, [null, ...output.slice(1)]);
};
