/** Options that layers over pictures, series and volumes have in common. */
import type { Value } from "../graph/graph";
import type { Sliding } from "../ops/sliding";
import type { LayerCall } from "./layer-emitter";

/** Refuses layers whose channels are not the last axis: TensorFlow's kernels for CPUs want them there. */
export function requireChannelsLast(call: LayerCall): void {
  const format = optionOf(call, "dataFormat") ?? "channelsLast";
  if (format !== "channelsLast") call.refuse(`its dataFormat is ${format}`);
}

/** Returns an option that holds a whole number from 1 for each spatial axis. */
export function wholesOf(call: LayerCall, option: string, axes: number): readonly number[] {
  const value = optionOf(call, option);
  const numbers = Array.isArray(value) ? value : Array.from({ length: axes }, () => value);
  if (numbers.length !== axes || !numbers.every((one) => Number.isInteger(one) && one >= 1)) {
    call.refuse(`its ${option} is ${JSON.stringify(value)} rather than ${axes} whole numbers`);
  }
  return numbers;
}

/** Returns how the layer's window slides over that many spatial axes. */
export function slidingOf(call: LayerCall, axes: number): Sliding {
  const strides = wholesOf(call, "strides", axes);
  const padding = optionOf(call, "padding");
  if (padding === "same") return { strides, padding: "SAME" };
  if (padding === "valid") return { strides, padding: "VALID" };
  return call.refuse(`its padding is ${padding}, which tfjs can't run`);
}

/** Refuses what comes out of an input that is smaller than the window. */
export function requireRoom(call: LayerCall, output: Value): Value {
  const isEmpty = output.shape.some((size) => size !== null && size < 1);
  return isEmpty ? call.refuse("its input is smaller than its window") : output;
}

/** Returns the input's spatial sizes. Refuses an input for which only the run tells them. */
export function spatialSizes(call: LayerCall, { shape }: Value): readonly number[] {
  return shape
    .slice(1, -1)
    .map((size) => size ?? call.refuse("the size of its input is not known"));
}

/** An option as the layer holds it: configurations leave out some that count all the same. */
function optionOf({ layer, config }: LayerCall, option: string): unknown {
  return Reflect.get(layer, option) ?? config[option];
}
