import type { Optimizer } from "@tensorflow/tfjs-node";

/** Where tfjs keeps how many steps an optimizer has taken; it is missing before the first. */
interface CountingOptimizer {
  readonly iterations_?: number;
}

/** Returns how many steps an optimizer has taken. */
export function optimizerSteps(optimizer: Optimizer): number {
  return (optimizer as unknown as CountingOptimizer).iterations_ ?? 0;
}
