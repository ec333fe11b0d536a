/** Constraints on the Euclidean norms of a weight along one axis, by tfjs's and Keras's formulas. */
import type { Graph, Value } from "../graph/graph";
import { calculator, EPSILON } from "../losses/calculator";
import { unary } from "../ops/arithmetic";
import { reduce } from "../ops/shape";
import type { ConstraintEmitter } from "./constraint-emitter";

/** `tf.constraints.maxNorm`: norms above `maxValue` become that. */
export const maxNorm: ConstraintEmitter<{ maxValue: number; axis: number }> = (
  { graph, weight, number },
  { maxValue, axis },
) => {
  const { least } = calculator(graph);
  return scaled(graph, weight, axis, (norms) => least(norms, number("maxValue", maxValue)));
};

/** `tf.constraints.unitNorm`: norms become 1. */
export const unitNorm: ConstraintEmitter<{ axis: number }> = ({ graph, weight }, { axis }) =>
  scaled(graph, weight, axis, () => calculator(graph).number(1));

/** `tf.constraints.minMaxNorm`: norms go towards [minValue, maxValue] by the share `rate` of the way. */
export const minMaxNorm: ConstraintEmitter<{
  minValue: number;
  maxValue: number;
  rate: number;
  axis: number;
}> = ({ graph, weight, number }, { minValue, maxValue, rate, axis }) => {
  const { add, subtract, multiply, greatest, least } = calculator(graph);
  const [low, high] = [number("minValue", minValue), number("maxValue", maxValue)];
  const share = number("rate", rate);
  return scaled(graph, weight, axis, (norms) => {
    const held = least(greatest(norms, low), high);
    const rest = subtract(calculator(graph).number(1), share);
    return add(multiply(share, held), multiply(rest, norms));
  });
};

function scaled(graph: Graph, weight: Value, axis: number, wanted: (norms: Value) => Value): Value {
  const { number, add, multiply, divide, square } = calculator(graph);
  const axes = [axis < 0 ? axis + weight.shape.length : axis];
  const norms = unary(graph, "Sqrt", reduce(graph, "Sum", square(weight), axes, true));
  return multiply(weight, divide(wanted(norms), add(norms, number(EPSILON))));
}
