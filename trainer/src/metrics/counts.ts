/**
 * Precision and recall. As in tfjs, predictions and targets count as true where they are exactly 1 and as
 * false where they are 0. They are taken from the counts of the whole epoch, where stock tfjs tells the
 * mean of the batches' ratios, which is neither.
 */
import type { Graph, Value } from "../graph/graph";
import type { LossCall } from "../losses/loss-emitter";
import { alignedTarget } from "../losses/target";
import { compare, toFloat } from "../ops/arithmetic";
import { reduce } from "../ops/shape";
import type { MetricEmitter } from "./metric-emitter";

/** The share of true targets among the predictions that are true; 0 where there are none. */
export const precision: MetricEmitter = ratio((call, target) => {
  const { graph, prediction } = call;
  return [is(graph, target, 0), is(graph, prediction, 1)];
});

/** The share of true predictions among the targets that are true; 0 where there are none. */
export const recall: MetricEmitter = ratio((call, target) => {
  const { graph, prediction } = call;
  return [is(graph, target, 1), is(graph, prediction, 0)];
});

/** True positives among these and the mistakes, which both truth values describe. */
function ratio(mistake: (call: LossCall, target: Value) => [Value, Value]): MetricEmitter {
  return {
    size: 2,
    sums(call) {
      const { graph, prediction } = call;
      const target = alignedTarget(call);
      return [
        count(graph, is(graph, target, 1), is(graph, prediction, 1)),
        count(graph, ...mistake(call, target)),
      ];
    },
    result: ([right = 0, wrong = 0]) => (right + wrong > 0 ? right / (right + wrong) : 0),
  };
}

function is(graph: Graph, x: Value, value: number): Value {
  return compare(graph, "Equal", x, graph.float(value));
}

function count(graph: Graph, a: Value, b: Value): Value {
  const both = graph.one("LogicalAnd", [a, b], {}, a);
  const axes = both.shape.map((_, axis) => axis);
  return reduce(graph, "Sum", toFloat(graph, both), axes, false);
}
