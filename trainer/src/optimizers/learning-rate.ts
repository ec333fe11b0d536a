import type { Optimizer } from "@tensorflow/tfjs-node";

/** Where all optimizers of tfjs keep their learning rate. */
interface WithLearningRate {
  learningRate: number;
  /** SGD and momentum keep the rate as a tensor too, and have a method that changes both. */
  setLearningRate?(rate: number): void;
}

/** Returns an optimizer's own learning rate. */
export function learningRateOf(optimizer: Optimizer): number {
  return (optimizer as unknown as WithLearningRate).learningRate;
}

/** Makes stock tfjs use this learning rate from the next step on. */
export function setLearningRate(optimizer: Optimizer, rate: number): void {
  const changed = optimizer as unknown as WithLearningRate;
  if (changed.setLearningRate === undefined) changed.learningRate = rate;
  else changed.setLearningRate(rate);
}
