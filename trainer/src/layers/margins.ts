import type { Value } from "../graph/graph";
import { crop, type Margins, pad } from "../ops/margins";
import type { LayerCall, LayerEmitter } from "./layer-emitter";
import { requireChannelsLast, requireRoom } from "./spatial-options";

/** The layer ZeroPadding2D. */
export const zeroPadding2d: LayerEmitter = (call, [x]) =>
  pad(call.tape, x as Value, marginsOf(call, "padding"));

/** The layer Cropping2D. */
export const cropping2d: LayerEmitter = (call, [x]) =>
  requireRoom(call, crop(call.tape, x as Value, marginsOf(call, "cropping")));

/** Height and width have margins, samples and channels have none. */
function marginsOf(call: LayerCall, option: string): Margins {
  requireChannelsLast(call);
  const margins = call.config[option];
  const isWhole = (size: unknown) => Number.isInteger(size) && (size as number) >= 0;
  const arePairs =
    Array.isArray(margins) &&
    margins.length === 2 &&
    margins.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isWhole));
  if (!arePairs) return call.refuse(`its ${option} is ${JSON.stringify(margins)}`);
  return [[0, 0], ...(margins as [number, number][]), [0, 0]];
}
