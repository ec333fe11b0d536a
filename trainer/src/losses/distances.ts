/**
 * Losses that measure how far numbers are from their targets, as tfjs defines them: for each element, so
 * that the mean over all elements is taken at once.
 */
import type { Value } from "../graph/graph";
import { calculator, EPSILON, pointwise } from "./calculator";
import type { LossEmitter } from "./loss-emitter";
import { alignedTarget } from "./target";

/** (prediction - target)². */
export const meanSquaredError: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, subtract, multiply, square } = calculator(graph);
  const difference = subtract(prediction, alignedTarget(call));
  return pointwise(tape, prediction, square(difference), () => multiply(difference, number(2)));
};

/** |prediction - target|. */
export const meanAbsoluteError: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { subtract, abs, slopeOfAbs } = calculator(graph);
  const difference = subtract(prediction, alignedTarget(call));
  return pointwise(tape, prediction, abs(difference), () => slopeOfAbs(difference));
};

/** 100 · |prediction - target| / |target|. */
export const meanAbsolutePercentageError: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, subtract, multiply, divide, greatest, abs, negate, slopeOfAbs } =
    calculator(graph);
  const target = alignedTarget(call);
  const scale = divide(number(100), greatest(abs(target), number(EPSILON)));
  const difference = subtract(target, prediction);
  const value = multiply(abs(difference), scale);
  return pointwise(tape, prediction, value, () => negate(multiply(slopeOfAbs(difference), scale)));
};

/** (log(1 + prediction) - log(1 + target))²; neither is below 1e-7. */
export const meanSquaredLogarithmicError: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, add, subtract, multiply, divide, greatest, log, square, isWithin } =
    calculator(graph);
  const above = (x: Value) => add(number(1), greatest(x, number(EPSILON)));
  const inner = above(prediction);
  const difference = subtract(log(inner), log(above(alignedTarget(call))));
  return pointwise(tape, prediction, square(difference), () => {
    const slope = divide(multiply(difference, number(2)), inner);
    return multiply(slope, isWithin(prediction, number(EPSILON), number(Infinity)));
  });
};

/** log(cosh(prediction - target)). */
export const logcosh: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, add, subtract, multiply, softplus, tanh } = calculator(graph);
  const difference = subtract(prediction, alignedTarget(call));
  const twofold = add(difference, softplus(multiply(difference, number(-2))));
  const value = subtract(twofold, number(Math.log(2)));
  return pointwise(tape, prediction, value, () => tanh(difference));
};

/** prediction - target · log(prediction). */
export const poisson: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, add, subtract, multiply, divide, log } = calculator(graph);
  const target = alignedTarget(call);
  const rate = add(prediction, number(EPSILON));
  const value = subtract(prediction, multiply(target, log(rate)));
  return pointwise(tape, prediction, value, () => subtract(number(1), divide(target, rate)));
};

/** `tf.losses.huberLoss`: half the square up to a distance of 1, from there on a line. */
export const huberLoss: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, subtract, multiply, greatest, least } = calculator(graph);
  const difference = subtract(prediction, alignedTarget(call));
  const held = least(greatest(difference, number(-1)), number(1));
  const value = multiply(held, subtract(difference, multiply(held, number(0.5))));
  return pointwise(tape, prediction, value, () => held);
};
