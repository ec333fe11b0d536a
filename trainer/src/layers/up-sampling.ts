import type { Value } from "../graph/graph";
import { enlarge } from "../ops/resize";
import type { LayerEmitter } from "./layer-emitter";
import { requireChannelsLast, spatialSizes, wholesOf } from "./spatial-options";

/** The layer UpSampling2D. */
export const upSampling2d: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  requireChannelsLast(call);
  if (!Array.isArray(call.config.size)) call.refuse("its size is not a list of two numbers");
  const [height = 1, width = 1] = wholesOf(call, "size", 2);
  spatialSizes(call, x);
  const { interpolation } = call.config;
  if (interpolation !== "nearest" && interpolation !== "bilinear") {
    return call.refuse(`its interpolation is ${interpolation}`);
  }
  return enlarge(call.tape, x, [height, width], interpolation);
};
