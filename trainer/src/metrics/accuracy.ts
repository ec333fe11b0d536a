/** The share of right predictions, as tfjs counts them. */
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { alignedTarget, asColumn } from "../losses/target";
import { compare, toFloat } from "../ops/arithmetic";
import { mean } from "./mean";
import type { MetricEmitter } from "./metric-emitter";

/** The share of numbers that are 1 where the prediction is above one half, and 0 elsewhere. */
export const binaryAccuracy: MetricEmitter = mean((call) => {
  const { graph, prediction } = call;
  const isAbove = toFloat(graph, compare(graph, "Greater", prediction, graph.float(0.5)));
  return compare(graph, "Equal", alignedTarget(call), isAbove);
});

/** The share of samples whose greatest prediction stands where the greatest target does. */
export const categoricalAccuracy: MetricEmitter = mean((call) => {
  const { graph, prediction } = call;
  return compare(graph, "Equal", argMax(graph, alignedTarget(call)), argMax(graph, prediction));
});

/** The share of samples whose greatest prediction stands at the number that is the target. */
export const sparseCategoricalAccuracy: MetricEmitter = mean(({ graph, prediction, target }) => {
  const found = asColumn(graph, toFloat(graph, argMax(graph, prediction)));
  return compare(graph, "Equal", alignedTarget({ graph, prediction: found, target }), found);
});

function argMax(graph: Graph, x: Value): Value {
  const attributes = {
    T: { type: x.dtype },
    Tidx: { type: DType.int32 },
    output_type: { type: DType.int32 },
  };
  const output = { dtype: DType.int32, shape: x.shape.slice(0, -1) };
  return graph.one("ArgMax", [x, graph.int(-1)], attributes, output);
}
