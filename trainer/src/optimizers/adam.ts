import type { Value } from "../graph/graph";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState, numbersOf } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/**
 * Adam: m += (1 - β₁) · (g - m), v += (1 - β₂) · (g² - v), w -= rate · m / (√v + ε) with
 * rate = learning rate · √(1 - β₂ᵗ) / (1 - β₁ᵗ), as Keras has it (Kingma and Ba 2014, end of section 2).
 *
 * tfjs corrects v before it adds ε, so its ε is √(1 - β₂ᵗ) times Keras's: .03 times at the first step
 * with β₂ = .999, .8 times at the thousandth. It matters where gradients are about as small as ε: a
 * gradient of 1e-4 makes the first step 3 % shorter than tfjs's with ε = 1e-7, one of 1e-2 .03 %.
 */
export const adam: OptimizerEmitter = {
  ...keptState(
    () => [
      { name: "m", field: "accumulatedFirstMoment", initial: 0 },
      { name: "v", field: "accumulatedSecondMoment", initial: 0 },
    ],
    (optimizer, steps) => {
      const { beta1, beta2 } = numbersOf(optimizer, "beta1", "beta2");
      // tfjs keeps the powers that the next step needs.
      return { accBeta1: beta1 ** (steps + 1), accBeta2: beta2 ** (steps + 1) };
    },
  ),
  numbers: (optimizer) => numbersOf(optimizer, "beta1", "beta2", "epsilon"),
  rate(optimizer, learningRate, step) {
    const { beta1, beta2 } = numbersOf(optimizer, "beta1", "beta2");
    return (learningRate * Math.sqrt(correction(beta2, step))) / correction(beta1, step);
  },
  update(_optimizer, call) {
    const { graph, gradient, rate } = call;
    const [first, second] = call.slots as [Value, Value];
    // The operation would correct by these powers; the rate has been corrected already.
    const none = graph.float(0);
    const numbers = ["beta1", "beta2", "epsilon"].map((name) => call.number(name));
    const inputs = [first, second, none, none, rate, ...numbers, gradient];
    return resourceUpdate(call, "ResourceApplyAdam", inputs, { use_nesterov: { bool: false } });
  },
};

/**
 * Returns 1 - βᵗ, what a mean that began with 0 has of its full size after t steps. β is taken as float32, as
 * the means take it: 1 - .999 differs by 1e-5 of itself otherwise.
 */
export function correction(beta: number, step: number): number {
  return 1 - Math.fround(beta) ** step;
}
