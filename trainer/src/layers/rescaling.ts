import type { Value } from "../graph/graph";
import { add, multiply, toFloat } from "../ops/arithmetic";
import type { LayerEmitter } from "./layer-emitter";

/** The layer Rescaling: scale · x + offset. */
export const rescaling: LayerEmitter = (call, [x]) => {
  const { scale, offset } = call.config;
  if (typeof scale !== "number" || typeof offset !== "number") {
    return call.refuse("its scale or its offset is not a number");
  }
  const scaled = multiply(
    call.tape,
    toFloat(call.graph, x as Value),
    call.hyperparameter("scale", scale),
  );
  return offset === 0 ? scaled : add(call.tape, scaled, call.hyperparameter("offset", offset));
};
