import type { Value } from "../graph/graph";
import { convolution, depthwiseConvolution } from "../ops/convolution";
import type { Sliding } from "../ops/sliding";
import { activate } from "./activation";
import { biased, ratesOf, slide } from "./convolution";
import type { LayerCall, LayerEmitter } from "./layer-emitter";
import { slidingOf } from "./spatial-options";

/** The layer DepthwiseConv2D. */
export const depthwiseConv2d: LayerEmitter = (call, [input]) => {
  if (ratesOf(call, 2).some((rate) => rate > 1)) {
    call.refuse("it has a dilationRate, which tfjs leaves out of depthwise convolutions");
  }
  return activate(call, biased(call, depthwise(call, input as Value, [1, 1])));
};

/** The layer SeparableConv2D: each channel by itself, then all of them at each place. */
export const separableConv2d: LayerEmitter = (call, [input]) => {
  const channels = depthwise(call, input as Value, ratesOf(call, 2));
  const pointwise = call.weight("pointwise_kernel");
  return activate(call, biased(call, convolution(call.tape, channels, pointwise, EACH_PLACE)));
};

const EACH_PLACE: Sliding = { strides: [1, 1], padding: "VALID" };

function depthwise(call: LayerCall, x: Value, rates: readonly number[]): Value {
  const kernel = call.weight("depthwise_kernel");
  const sliding = slidingOf(call, 2);
  const [down, right] = sliding.strides;
  if (down !== right) call.refuse(`its strides [${sliding.strides}] are not equal`);
  const window = kernel.shape.slice(0, 2) as number[];
  return slide(call, x, { window, sliding, rates }, (each, how) =>
    depthwiseConvolution(call.tape, each, kernel, how),
  );
}
