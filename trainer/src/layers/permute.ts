import type { Value } from "../graph/graph";
import { repeat, transpose } from "../ops/axes";
import type { LayerEmitter } from "./layer-emitter";
import { wholesOf } from "./spatial-options";

/** The layer Permute; tfjs has seen to it that `dims` is a permutation of the axes from 1. */
export const permute: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  return transpose(call.tape, x, [0, ...wholesOf(call, "dims", x.shape.length - 1)]);
};

/** The layer RepeatVector. */
export const repeatVector: LayerEmitter = (call, [x]) => {
  const [times = 1] = wholesOf(call, "n", 1);
  return repeat(call.tape, x as Value, 1, times);
};
