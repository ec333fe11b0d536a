import type { Value } from "../graph/graph";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState, numbersOf } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/**
 * Momentum: a = momentum · a + g, then w -= rate · a, or with Nesterov's w -= rate · (g + momentum · a).
 *
 * As in tfjs, the step's rate multiplies the sum of all gradients. Keras multiplies each gradient by the
 * rate of its own step, which is the same while the rate stays: where a schedule halves it, Keras's
 * next step is up to twice as long, and the difference fades as fast as the momentum does.
 *
 * `setMomentum` works, which it doesn't in tfjs: there updates go on with the number that the
 * optimizer was made with.
 */
export const momentum: OptimizerEmitter = {
  ...keptState(() => [{ name: "momentum", field: "accumulations", initial: 0 }]),
  numbers: (optimizer) => numbersOf(optimizer, "momentum"),
  rate: (_optimizer, learningRate) => learningRate,
  update(optimizer, call) {
    const [sum] = call.slots as [Value];
    const inputs = [sum, call.rate, call.gradient, call.number("momentum")];
    const isNesterov = Reflect.get(optimizer, "useNesterov") === true;
    return resourceUpdate(call, "ResourceApplyMomentum", inputs, {
      use_nesterov: { bool: isNesterov },
    });
  },
};
