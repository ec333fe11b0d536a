import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { dropAxis, expandAxis } from "../ops/axes";
import { averagePool, globalMax, maxPool } from "../ops/pooling";
import { mean } from "../ops/reductions";
import type { Sliding } from "../ops/sliding";
import type { LayerCall, LayerEmitter } from "./layer-emitter";
import { requireChannelsLast, requireRoom, slidingOf, wholesOf } from "./spatial-options";

type Pool = (tape: Tape, x: Value, window: readonly number[], sliding: Sliding) => Value;

/** The layers MaxPooling1D, MaxPooling2D and MaxPooling3D. */
export const maxPooling: LayerEmitter = (call, [x]) => pooled(call, x as Value, maxPool);

/** The layers AveragePooling1D, AveragePooling2D and AveragePooling3D. */
export const averagePooling: LayerEmitter = (call, [x]) => pooled(call, x as Value, averagePool);

/** The layers GlobalMaxPooling1D and GlobalMaxPooling2D. */
export const globalMaxPooling: LayerEmitter = (call, [x]) => {
  requireChannelsLast(call);
  return globalMax(call.tape, x as Value);
};

/** The layers GlobalAveragePooling1D and GlobalAveragePooling2D. */
export const globalAveragePooling: LayerEmitter = (call, [input]) => {
  requireChannelsLast(call);
  const x = input as Value;
  const axes = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  return mean(call.tape, x, axes, false);
};

/** Pools; a series is a picture of width 1. */
function pooled(call: LayerCall, x: Value, pool: Pool): Value {
  requireChannelsLast(call);
  const { tape } = call;
  const axes = x.shape.length - 2;
  const window = wholesOf(call, "poolSize", axes);
  const { strides, padding } = slidingOf(call, axes);
  if (axes > 1) return requireRoom(call, pool(tape, x, window, { strides, padding }));
  const picture = expandAxis(tape, x, 2);
  const wide = pool(tape, picture, [...window, 1], { strides: [...strides, 1], padding });
  return requireRoom(call, dropAxis(tape, wide, 2));
}
