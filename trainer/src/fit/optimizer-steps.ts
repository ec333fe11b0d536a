import type { Optimizer } from "@tensorflow/tfjs-node";

/** Where tfjs keeps how many steps an optimizer has taken; it is missing before the first. */
interface CountingOptimizer {
  iterations_?: number;
}

/** Returns how many steps an optimizer has taken. */
export function optimizerSteps(optimizer: Optimizer): number {
  return (optimizer as unknown as CountingOptimizer).iterations_ ?? 0;
}

/** Tells an optimizer how many steps it has taken. */
export function setOptimizerSteps(optimizer: Optimizer, steps: number): void {
  (optimizer as unknown as CountingOptimizer).iterations_ = steps;
}
