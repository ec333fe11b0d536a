import type { Optimizer } from "@tensorflow/tfjs-node";
import type { Value } from "../graph/graph";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState, numbersOf } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/**
 * RMSProp: s += (1 - ρ) · (g² - s), p = momentum · p + rate · g / √(s + ε), w -= p, as in Keras and tfjs, which
 * calls ρ `decay`.
 *
 * Centered, it also has c += (1 - ρ) · (g - c) and divides by √(s - c² + ε), as Keras does. tfjs divides by
 * √(s - c² - ε), which is not a number where a gradient is small or hardly changes.
 */
export const rmsprop: OptimizerEmitter = {
  ...keptState((optimizer) => [
    { name: "rms", field: "accumulatedMeanSquares", initial: 0 },
    { name: "momentum", field: "accumulatedMoments", initial: 0 },
    ...(isCentered(optimizer) ? [{ name: "mg", field: "accumulatedMeanGrads", initial: 0 }] : []),
  ]),
  numbers: (optimizer) => numbersOf(optimizer, "decay", "momentum", "epsilon"),
  rate: (_optimizer, learningRate) => learningRate,
  update(optimizer, call) {
    const { rate, gradient } = call;
    const [squares, moments, means] = call.slots as [Value, Value, Value];
    const numbers = ["decay", "momentum", "epsilon"].map((name) => call.number(name));
    const inputs = [squares, moments, rate, ...numbers, gradient];
    return isCentered(optimizer)
      ? resourceUpdate(call, "ResourceApplyCenteredRMSProp", [means, ...inputs])
      : resourceUpdate(call, "ResourceApplyRMSProp", inputs);
  },
};

function isCentered(optimizer: Optimizer): boolean {
  return Reflect.get(optimizer, "centered") === true;
}
