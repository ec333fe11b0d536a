import { inSetOrder } from "../numerics/python-set";
import type { Parameter, Scalar } from "./parameter";
import { valueAt } from "./probability";
import { countOf, stepOf, valueOfIndex } from "./range-values";

/** How many values grid search tries of a range without steps. */
const SAMPLES = 10;

/**
 * Returns the values that grid search tries of a parameter, in the order of Keras Tuner's `values`:
 * ascending by steps, true before false, and for ranges without steps ten values (fewer for small
 * ranges of whole numbers) in the order in which CPython's set keeps them.
 */
export function gridValues(parameter: Parameter): readonly Scalar[] {
  switch (parameter.kind) {
    case "int":
    case "float": {
      const step = stepOf(parameter);
      if (step === undefined) return samples(parameter);
      const count = countOf(parameter, step);
      return Array.from({ length: count }, (_, i) => valueOfIndex(parameter, step, i));
    }
    case "choice":
      return parameter.values;
    case "boolean":
      return [true, false];
    case "fixed":
      return [parameter.value];
  }
}

function samples(parameter: Parameter): readonly number[] {
  const probabilities = Array.from({ length: SAMPLES }, (_, i) => i * 0.1 + 0.05);
  return inSetOrder(probabilities.map((probability) => valueAt(parameter, probability) as number));
}
