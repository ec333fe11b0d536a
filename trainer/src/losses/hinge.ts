/** Losses with a margin, as tfjs defines them. */
import type { Value } from "../graph/graph";
import { relu } from "../ops/activations";
import { add, binary, compare, multiply, subtract, toFloat } from "../ops/arithmetic";
import { sum } from "../ops/reductions";
import { reduce } from "../ops/shape";
import { calculator, pointwise } from "./calculator";
import type { LossCall, LossEmitter } from "./loss-emitter";
import { alignedTarget, asColumn } from "./target";

/** max(0, 1 - target · prediction), for targets of -1 and 1. */
export const hinge: LossEmitter = (call) => margin(call, alignedTarget(call));

/** The square of max(0, 1 - target · prediction), for targets of -1 and 1. */
export const squaredHinge: LossEmitter = (call) => {
  const { tape, graph } = call;
  const { square, number, multiply: times } = calculator(graph);
  const missing = hinge(call);
  return pointwise(tape, missing, square(missing), () => times(missing, number(2)));
};

/** `tf.losses.hingeLoss`: `hinge` for targets of 0 and 1. */
export const hingeLoss: LossEmitter = (call) => {
  const { number, subtract: minus, multiply: times } = calculator(call.graph);
  return margin(call, minus(times(alignedTarget(call), number(2)), number(1)));
};

/** max(0, 1 + the greatest prediction of another class - that of the right one). */
export const categoricalHinge: LossEmitter = (call) => {
  const { tape, graph, prediction } = call;
  const target = alignedTarget(call);
  const last = prediction.shape.length - 1;
  const right = sum(tape, multiply(tape, target, prediction), [last], false);
  const others = multiply(tape, binary(graph, "Sub", graph.float(1), target), prediction);
  const gap = subtract(tape, greatest(call, others), right);
  return relu(tape, add(tape, gap, graph.float(1)));
};

function margin({ tape, graph, prediction }: LossCall, signs: Value): Value {
  const {
    number,
    subtract: minus,
    multiply: times,
    relu: positive,
    negate,
    isGreater,
  } = calculator(graph);
  const missing = positive(minus(number(1), times(signs, prediction)));
  return pointwise(tape, prediction, missing, () =>
    times(negate(signs), isGreater(missing, number(0))),
  );
}

/** The greatest along the last axis; where several are, each gets the whole gradient, as in tfjs. */
function greatest({ tape, graph }: LossCall, x: Value): Value {
  const last = [x.shape.length - 1];
  const kept = reduce(graph, "Max", x, last, true);
  const value = reduce(graph, "Max", x, last, false);
  tape.record([x], [value], ([d]) => {
    if (!d) return [];
    const isGreatest = toFloat(graph, compare(graph, "Equal", x, kept));
    return [binary(graph, "Mul", isGreatest, asColumn(graph, d))];
  });
  return value;
}
