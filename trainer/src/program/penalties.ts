/** What a model's regularisers add to its total. */
import type { LayersModel } from "@tensorflow/tfjs-node";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { calculator } from "../losses/calculator";
import { reduce } from "../ops/shape";
import { regularizedWeights } from "../regularizers/regularized-weights";
import type { Hyperparameters } from "./hyperparameters";
import type { WeightValues } from "./weight-values";

/** What penalties stand on. */
export interface PenaltyOptions {
  readonly tape: Tape;
  readonly weights: WeightValues;
  readonly hyperparameters: Hyperparameters;
}

/**
 * Writes the penalty of each regularised weight; shape [] each. Their factors are fed, only whether one
 * is 0 is part of the graph. Throws a CannotCompileError for a regulariser that is not tfjs's own.
 */
export function penalties(
  model: LayersModel,
  { tape, weights, hyperparameters }: PenaltyOptions,
): Value[] {
  const { graph } = tape;
  const { number, add, multiply, abs, slopeOfAbs } = calculator(graph);
  return regularizedWeights(model).flatMap(({ place, weight, regularizer }) => {
    const w = weights.valueOf(weight);
    const axes = w.shape.map((_, axis) => axis);
    const factor = (name: "l1" | "l2") =>
      hyperparameters.add(`regularizer/${place}/${name}`, regularizer[name]);
    const terms: { readonly value: Value; readonly slope: (d: Value) => Value }[] = [];
    if (regularizer.l1 !== 0) {
      const l1 = factor("l1");
      const value = multiply(l1, reduce(graph, "Sum", abs(w), axes, false));
      terms.push({ value, slope: (d) => multiply(slopeOfAbs(w), multiply(l1, d)) });
    }
    if (regularizer.l2 !== 0) {
      const twice = multiply(factor("l2"), number(2));
      // TensorFlow's L2Loss is half of the sum of squares.
      const half = graph.one("L2Loss", [w], { T: { type: w.dtype } }, { ...w, shape: [] });
      terms.push({ value: multiply(twice, half), slope: (d) => multiply(w, multiply(twice, d)) });
    }
    const [first, ...others] = terms;
    if (first === undefined) return [];
    const value = others.reduce((sum, term) => add(sum, term.value), first.value);
    tape.record([w], [value], ([d]) => [
      d && others.reduce((sum, term) => add(sum, term.slope(d)), first.slope(d)),
    ]);
    return [value];
  });
}
