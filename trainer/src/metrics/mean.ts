import type { Value } from "../graph/graph";
import type { LossCall } from "../losses/loss-emitter";
import { binary, toFloat } from "../ops/arithmetic";
import { reduce } from "../ops/shape";
import type { MetricEmitter } from "./metric-emitter";

/**
 * Returns a metric that is the mean of each batch, weighted by its number of samples, as in tfjs. `write`
 * returns values for each sample, or one for the batch; truth values count as 0 and 1. All losses are
 * metrics in this way.
 */
export function mean(write: (call: LossCall) => Value): MetricEmitter {
  return {
    size: 2,
    sums(call) {
      const { graph, samples } = call;
      const values = toFloat(graph, write(call));
      const axes = values.shape.map((_, axis) => axis);
      const average = axes.length === 0 ? values : reduce(graph, "Mean", values, axes, false);
      return [binary(graph, "Mul", average, samples), samples];
    },
    result: ([sum = 0, samples = 0]) => sum / samples,
  };
}
