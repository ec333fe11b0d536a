/** Cross-entropies of events that are each true or false. */
import type { Value } from "../graph/graph";
import { calculator, EPSILON, pointwise } from "./calculator";
import type { LossCall, LossEmitter } from "./loss-emitter";
import { alignedTarget } from "./target";

/**
 * Binary cross-entropy. Of a logistic function it is computed from the logits, as in Keras: exact where
 * tfjs has run against the clipping of probabilities. Other probabilities are held within
 * [1e-7, 1 - 1e-7].
 */
export const binaryCrossentropy: LossEmitter = (call) => {
  const { prediction, logits } = call;
  if (logits?.activation === "sigmoid") return fromLogits(call, logits.logits, () => prediction);
  const { tape, graph } = call;
  const { number, add, subtract, multiply, divide, greatest, least, log, negate, isWithin } =
    calculator(graph);
  const target = alignedTarget(call);
  const [low, high, one] = [number(EPSILON), number(1 - EPSILON), number(1)];
  const held = least(greatest(prediction, low), high);
  const other = subtract(one, held);
  const hit = multiply(target, log(held));
  const value = negate(add(hit, multiply(subtract(one, target), log(other))));
  return pointwise(tape, prediction, value, () => {
    const slope = divide(subtract(held, target), multiply(held, other));
    return multiply(slope, isWithin(prediction, low, high));
  });
};

/** `tf.losses.sigmoidCrossEntropy`: the predictions are logits. */
export const sigmoidCrossEntropy: LossEmitter = (call) => {
  const { graph, prediction } = call;
  return fromLogits(call, prediction, () =>
    graph.one("Sigmoid", [prediction], { T: { type: prediction.dtype } }, prediction),
  );
};

/** `tf.losses.logLoss`: binary cross-entropy with 1e-7 added to both probabilities. */
export const logLoss: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, add, subtract, multiply, divide, log, negate } = calculator(graph);
  const [one, little] = [number(1), number(EPSILON)];
  const target = alignedTarget(call);
  const opposite = subtract(one, target);
  const chance = add(prediction, little);
  const other = add(subtract(one, prediction), little);
  const value = negate(add(multiply(target, log(chance)), multiply(opposite, log(other))));
  return pointwise(tape, prediction, value, () =>
    subtract(divide(opposite, other), divide(target, chance)),
  );
};

/** max(x, 0) - x · target + log(1 + exp(-|x|)), which never overflows and loses no digits. */
function fromLogits(call: LossCall, x: Value, probability: () => Value): Value {
  const { tape, graph } = call;
  const { add, subtract, multiply, abs, negate, relu, softplus } = calculator(graph);
  const target = alignedTarget(call);
  const line = subtract(relu(x), multiply(x, target));
  const value = add(line, softplus(negate(abs(x))));
  return pointwise(tape, x, value, () => subtract(probability(), target));
}
