import { show, showAll } from "./make-parameter";
import type { Parameter, Scalar } from "./parameter";
import { countOf, indexOfValue, stepOf, valueOfIndex } from "./range-values";

/** What rounding may add to a float: 0.1 + 2 * 0.1 is not 0.3. */
const TOLERANCE = 1e-9;

/**
 * Returns the value of the parameter that a given one stands for: itself, or for a float with a step
 * the one that rounding makes of it. Undefined for values that the parameter can't have. Defaults
 * count as possible also between two steps.
 */
export function closestValue(parameter: Parameter, value: Scalar): Scalar | undefined {
  return isPossible(parameter, value) ? value : roundedValue(parameter, value);
}

function isPossible(parameter: Parameter, value: Scalar): boolean {
  switch (parameter.kind) {
    case "int":
    case "float":
      return value === parameter.default;
    case "choice":
      return parameter.values.includes(value);
    case "boolean":
      return typeof value === "boolean";
    case "fixed":
      return value === parameter.value;
  }
}

function roundedValue(parameter: Parameter, value: Scalar): number | undefined {
  if ((parameter.kind !== "int" && parameter.kind !== "float") || typeof value !== "number") {
    return undefined;
  }
  const { min, max } = parameter;
  const slack = parameter.kind === "int" ? 0 : TOLERANCE * Math.max(Math.abs(min), Math.abs(max));
  if (!(value >= min - slack && value <= max + slack)) return undefined;
  if (parameter.kind === "int" && !Number.isInteger(value)) return undefined;
  const step = stepOf(parameter);
  if (step === undefined) return value;
  const last = countOf(parameter, step) - 1;
  // Rounding may have put it just below its own index, or outside the ends.
  const index = Math.floor(indexOfValue(parameter, step, value));
  return [index, index + 1]
    .map((i) => valueOfIndex(parameter, step, Math.min(Math.max(i, 0), last)))
    .find((candidate) => Math.abs(candidate - value) <= slack);
}

/** Returns the parameter's values in words, for errors. */
export function describeValues(parameter: Parameter): string {
  switch (parameter.kind) {
    case "int":
    case "float": {
      const { kind, min, max, step, sampling } = parameter;
      const steps =
        step === undefined ? "" : sampling === "linear" ? ` by ${step}` : ` times ${step}`;
      return `${kind === "int" ? "a whole number" : "a number"} from ${min} to ${max}${steps}`;
    }
    case "choice":
      return `one of ${showAll(parameter.values)}`;
    case "boolean":
      return "true or false";
    case "fixed":
      return show(parameter.value);
  }
}
