/** Losses that compare whole rows: directions and distributions, as tfjs defines them. */
import type { Value } from "../graph/graph";
import { multiply, subtract } from "../ops/arithmetic";
import { sum } from "../ops/reductions";
import { reduce } from "../ops/shape";
import { calculator, EPSILON, pointwise } from "./calculator";
import type { LossEmitter } from "./loss-emitter";
import { alignedTarget } from "./target";

/** Minus the cosine of the angle between prediction and target, along the last axis. */
export const cosineProximity: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const { number, multiply: times, square, greatest, negate, isWithin } = calculator(graph);
  const target = alignedTarget(call);
  const last = [prediction.shape.length - 1];
  const least = number(EPSILON);
  const inverseRoot = (x: Value) =>
    graph.one("Rsqrt", [greatest(x, least)], { T: { type: x.dtype } }, x);
  const targetSquare = reduce(graph, "Sum", square(target), last, true);
  const direction = negate(times(target, inverseRoot(targetSquare)));
  const squares = pointwise(tape, prediction, square(prediction), () =>
    times(prediction, number(2)),
  );
  const squareLength = sum(tape, squares, last, false);
  const inverse = inverseRoot(squareLength);
  const scale = pointwise(tape, squareLength, inverse, () => {
    const cube = times(square(inverse), times(inverse, number(-0.5)));
    return times(cube, isWithin(squareLength, least, number(Infinity)));
  });
  return multiply(tape, sum(tape, multiply(tape, direction, prediction), last, false), scale);
};

/** `tf.losses.cosineDistance` without an axis, as a loss is called: 1 - the product over the whole batch. */
export const cosineDistance: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const product = multiply(tape, alignedTarget(call), prediction);
  const axes = product.shape.map((_, axis) => axis);
  return subtract(tape, graph.float(1), sum(tape, product, axes, false));
};

/** The Kullback-Leibler divergence along the last axis; probabilities are held within [1e-7, 1]. */
export const kullbackLeiblerDivergence: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const {
    number,
    multiply: times,
    divide,
    greatest,
    least,
    log,
    negate,
    isWithin,
  } = calculator(graph);
  const [low, high] = [number(EPSILON), number(1)];
  const target = alignedTarget(call);
  const hold = (x: Value) => least(greatest(x, low), high);
  const held = hold(prediction);
  const terms = times(target, log(divide(hold(target), held)));
  const each = pointwise(tape, prediction, terms, () =>
    times(negate(divide(target, held)), isWithin(prediction, low, high)),
  );
  return sum(tape, each, [prediction.shape.length - 1], false);
};
