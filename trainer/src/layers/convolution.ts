import type { Value } from "../graph/graph";
import { dropAxis, expandAxis } from "../ops/axes";
import { convolution, transposedConvolution } from "../ops/convolution";
import { dilated } from "../ops/dilation";
import { addBias } from "../ops/linear";
import type { Sliding } from "../ops/sliding";
import { activate } from "./activation";
import type { LayerCall, LayerEmitter } from "./layer-emitter";
import {
  requireChannelsLast,
  requireRoom,
  slidingOf,
  spatialSizes,
  wholesOf,
} from "./spatial-options";

/** The layers Conv2D and Conv3D. */
export const conv: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  const axes = x.shape.length - 2;
  const kernel = call.weight("kernel");
  const sliding = slidingOf(call, axes);
  const rates = ratesOf(call, axes);
  return activate(call, convolved(call, x, kernel, sliding, rates));
};

/** The layer Conv1D: a picture of height 1. */
export const conv1d: LayerEmitter = (call, [input]) => {
  const { tape } = call;
  const { strides, padding } = slidingOf(call, 1);
  const sliding = { strides: [1, ...strides], padding };
  const picture = expandAxis(tape, input as Value, 1);
  const kernel = expandAxis(tape, call.weight("kernel"), 0);
  const result = convolved(call, picture, kernel, sliding, [1, ...ratesOf(call, 1)]);
  return activate(call, dropAxis(tape, result, 1));
};

/** The layers Conv2DTranspose and Conv3DTranspose. */
export const convTranspose: LayerEmitter = (call, [input]) => {
  const x = input as Value;
  requireChannelsLast(call);
  const axes = x.shape.length - 2;
  const sliding = slidingOf(call, axes);
  if (ratesOf(call, axes).some((rate) => rate > 1)) {
    call.refuse("it has a dilationRate, which tfjs leaves out of transposed convolutions");
  }
  const kernel = call.weight("kernel");
  const sizes = spatialSizes(call, x).map((size, axis) => {
    const stride = sliding.strides[axis] as number;
    const beyond = Math.max((kernel.shape[axis] as number) - stride, 0);
    return size * stride + (sliding.padding === "SAME" ? 0 : beyond);
  });
  const result = transposedConvolution(call.tape, x, kernel, sizes, sliding);
  return activate(call, biased(call, result));
};

/** Adds the layer's bias, if it has one. */
export function biased(call: LayerCall, x: Value): Value {
  return call.hasWeight("bias") ? addBias(call.tape, x, call.weight("bias")) : x;
}

/** Returns how far apart the taps of the layer's window are along each spatial axis. */
export function ratesOf(call: LayerCall, axes: number): readonly number[] {
  return wholesOf(call, "dilationRate", axes);
}

/** Runs a convolution, dilated where a rate says so. Refuses what tfjs and TensorFlow can't do. */
export function slide(
  call: LayerCall,
  x: Value,
  { window, sliding, rates }: SlideOptions,
  convolve: (x: Value, sliding: Sliding) => Value,
): Value {
  requireChannelsLast(call);
  if (rates.every((rate) => rate === 1)) return requireRoom(call, convolve(x, sliding));
  if (sliding.strides.some((stride) => stride > 1)) {
    call.refuse("it has both strides and a dilationRate");
  }
  spatialSizes(call, x);
  const { padding } = sliding;
  return requireRoom(call, dilated(call.tape, x, { rates, window, padding }, convolve));
}

/** How a window slides. */
interface SlideOptions {
  readonly window: readonly number[];
  readonly sliding: Sliding;
  readonly rates: readonly number[];
}

function convolved(
  call: LayerCall,
  x: Value,
  kernel: Value,
  sliding: Sliding,
  rates: readonly number[],
): Value {
  const window = kernel.shape.slice(0, -2) as number[];
  const result = slide(call, x, { window, sliding, rates }, (each, how) =>
    convolution(call.tape, each, kernel, how),
  );
  return biased(call, result);
}
