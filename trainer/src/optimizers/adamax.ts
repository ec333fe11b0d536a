import type { Value } from "../graph/graph";
import { correction } from "./adam";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState, numbersOf } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/**
 * Adamax: m += (1 - β₁) · (g - m), u = max(β₂ · u, |g|), w -= rate · m / (u + ε) with
 * rate = learning rate / (1 - β₁ᵗ), as in Keras and tfjs (Kingma and Ba 2014, section 7.1). tfjs's option
 * `decay` divides the learning rate by 1 + decay · (t - 1).
 */
export const adamax: OptimizerEmitter = {
  ...keptState(
    () => [
      { name: "m", field: "accumulatedFirstMoment", initial: 0 },
      { name: "v", field: "accumulatedWeightedInfNorm", initial: 0 },
    ],
    (optimizer, steps) => {
      const { beta1 } = numbersOf(optimizer, "beta1");
      // tfjs keeps the power that the next step needs, and counts for `decay` on its own.
      return { accBeta1: beta1 ** (steps + 1), iteration: steps };
    },
  ),
  numbers: (optimizer) => numbersOf(optimizer, "beta1", "beta2", "epsilon"),
  rate(optimizer, learningRate, step) {
    const { beta1, decay } = numbersOf(optimizer, "beta1", "decay");
    return learningRate / (1 + decay * (step - 1)) / correction(beta1, step);
  },
  update(_optimizer, call) {
    const { graph, gradient, rate } = call;
    const [first, norm] = call.slots as [Value, Value];
    const numbers = ["beta1", "beta2", "epsilon"].map((name) => call.number(name));
    // The operation would correct by the power 0 stands for; the rate has been corrected already.
    const inputs = [first, norm, graph.float(0), rate, ...numbers, gradient];
    return resourceUpdate(call, "ResourceApplyAdaMax", inputs);
  },
};
