import type { Value } from "../graph/graph";
import { alignedTarget } from "../losses/target";
import { binary, unary } from "../ops/arithmetic";
import { reduce } from "../ops/shape";
import { mean } from "./mean";
import type { MetricEmitter } from "./metric-emitter";

/**
 * The coefficient of determination of each batch, weighted by its number of samples, as in tfjs: targets
 * are compared with the mean of their batch. A batch without variance has none.
 */
export const r2Score: MetricEmitter = mean((call) => {
  const { graph, prediction } = call;
  const target = alignedTarget(call);
  const axes = target.shape.map((_, axis) => axis);
  const middle = reduce(graph, "Mean", target, axes, false);
  const squares = (guess: Value) => {
    const square = unary(graph, "Square", binary(graph, "Sub", target, guess));
    return reduce(graph, "Sum", square, axes, false);
  };
  const share = binary(graph, "RealDiv", squares(prediction), squares(middle));
  return binary(graph, "Sub", graph.float(1), share);
});
