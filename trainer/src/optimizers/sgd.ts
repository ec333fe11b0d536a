import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/** Stochastic gradient descent: w -= rate · g. */
export const sgd: OptimizerEmitter = {
  ...keptState(() => []),
  numbers: () => ({}),
  rate: (_optimizer, learningRate) => learningRate,
  update: (_optimizer, call) =>
    resourceUpdate(call, "ResourceApplyGradientDescent", [call.rate, call.gradient]),
};
