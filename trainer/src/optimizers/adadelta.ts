import type { Value } from "../graph/graph";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState, numbersOf } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/**
 * Adadelta: a = ρ · a + (1 - ρ) · g², d = g · √(u + ε) / √(a + ε), u = ρ · u + (1 - ρ) · d²,
 * w -= rate · d, as in Keras and the paper (Zeiler 2012).
 *
 * tfjs divides by the `a` of the step before, which is 0 at first: its first step is
 * √(1 + (1 - ρ) · g² / ε) times as long, 70 times for ρ = 0.95, ε = 1e-7 and a gradient of 0.1, so the
 * two go other ways from the beginning.
 */
export const adadelta: OptimizerEmitter = {
  ...keptState(() => [
    { name: "accum_grad", field: "accumulatedGrads", initial: 0 },
    { name: "accum_var", field: "accumulatedUpdates", initial: 0 },
  ]),
  numbers: (optimizer) => numbersOf(optimizer, "rho", "epsilon"),
  rate: (_optimizer, learningRate) => learningRate,
  update(_optimizer, call) {
    const { rate, gradient } = call;
    const [gradients, updates] = call.slots as [Value, Value];
    const inputs = [gradients, updates, rate, call.number("rho"), call.number("epsilon"), gradient];
    return resourceUpdate(call, "ResourceApplyAdadelta", inputs);
  },
};
