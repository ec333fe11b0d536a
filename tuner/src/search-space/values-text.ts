import { pythonFloatText, pythonNumberText } from "../numerics/python-text";
import type { Parameter, Scalar, Values } from "./parameter";
import type { SearchSpace } from "./search-space";

/**
 * Returns the text by which equal values are recognised: `name=value` after `name=value`, sorted by
 * name, as Python prints them. The first 32 hexadecimal digits of its SHA-256 are Keras Tuner's
 * hash of a trial.
 *
 * @param space tells which numbers are floats for Python, which prints 1.0 for them; without it whole
 *   numbers are printed as ints, which tells values of one space apart just as well
 */
export function valuesText(values: Values, space?: SearchSpace): string {
  return Object.keys(values)
    .sort()
    .map((name) => `${name}=${scalarText(values[name] as Scalar, isFloat(name, space))}`)
    .join("");
}

function scalarText(value: Scalar, float: boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return value;
  return float ? pythonFloatText(value) : pythonNumberText(value);
}

function isFloat(name: string, space: SearchSpace | undefined): boolean {
  return space?.get(name).some(holdsFloats) ?? false;
}

/** Choices have one type, so that one fraction makes floats of all. */
function holdsFloats(parameter: Parameter): boolean {
  if (parameter.kind === "float") return true;
  const fraction = (value: Scalar) => typeof value === "number" && !Number.isInteger(value);
  return parameter.kind === "choice" && parameter.values.some(fraction);
}
