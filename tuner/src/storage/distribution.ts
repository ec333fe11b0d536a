import type { Parameter, Scalar, Values } from "../search-space/parameter";
import { parseJson, printJson } from "./journal-line";

/** Optuna's distributions, with the attributes that its journal gives them. */
export type Distribution =
  | { readonly name: "IntDistribution" | "FloatDistribution"; readonly attributes: Range }
  | {
      readonly name: "CategoricalDistribution";
      readonly attributes: { readonly choices: readonly (Scalar | null)[] };
    };

interface Range {
  readonly log: boolean;
  /** A float's may be null: any number of the range. */
  readonly step: number | null;
  readonly low: number;
  readonly high: number;
}

/** A value as the journal keeps it, and the distribution that it is from. */
export interface Placed {
  readonly internal: number;
  readonly distribution: Distribution;
}

/**
 * Returns Optuna's nearest distribution. It knows neither reverse-log ranges (they become linear ones) nor steps on log
 * ranges (they become all values between); booleans and fixed values become categories.
 */
export function distributionOf(parameter: Parameter): Distribution {
  switch (parameter.kind) {
    case "boolean":
      return categories([false, true]);
    case "fixed":
      return categories([parameter.value]);
    case "choice":
      return categories(parameter.values);
    default: {
      const { kind, min, max, sampling } = parameter;
      const step = sampling === "linear" ? parameter.step : undefined;
      const high = step === undefined ? max : highestStep(min, max, step);
      const smallest = kind === "int" ? 1 : null;
      const range = { log: sampling === "log", step: step ?? smallest, low: min, high };
      return {
        name: kind === "int" ? "IntDistribution" : "FloatDistribution",
        attributes: range,
      };
    }
  }
}

/**
 * Returns a value as Optuna keeps it; undefined where no distribution of the parameter contains it. A
 * value between the steps gets the distribution without steps.
 */
export function place(parameter: Parameter, value: Scalar): Placed | undefined {
  const distribution = distributionOf(parameter);
  if (distribution.name === "CategoricalDistribution") {
    const internal = distribution.attributes.choices.indexOf(value);
    return internal < 0 ? undefined : { internal, distribution };
  }
  if (typeof value !== "number" || !("min" in parameter)) return undefined;
  const { min, max } = parameter;
  // A float may pass its range by a rounding error, as Keras Tuner's arithmetic lets it.
  const slack = parameter.kind === "int" ? 0 : 1e-9 * Math.max(Math.abs(min), Math.abs(max));
  if (!(value >= min - slack && value <= max + slack)) return undefined;
  const { low, high, step } = distribution.attributes;
  const internal = Math.max(low, value <= high + slack ? Math.min(value, high) : value);
  const steps = (internal - low) / (step ?? 1);
  const onStep = step === null || Math.abs(steps - Math.round(steps)) < 1e-8;
  if (internal <= high && onStep) return { internal, distribution };
  if (parameter.kind === "int" && !Number.isInteger(value)) return undefined;
  const { name, attributes } = distribution;
  const between = { ...attributes, high: max, step: parameter.kind === "int" ? 1 : null };
  return { internal: Math.min(internal, max), distribution: { name, attributes: between } };
}

/** Returns Optuna's text, in which JSON lies as a string. */
export function printDistribution(distribution: Distribution): string {
  return printJson(distribution);
}

/** Returns the distribution that a text describes. Throws an Error for one that Optuna's journals don't have. */
export function parseDistribution(text: string): Distribution {
  const distribution = parseJson(text) as Distribution;
  const names: readonly string[] = [
    "IntDistribution",
    "FloatDistribution",
    "CategoricalDistribution",
  ];
  if (!names.includes(distribution.name)) throw new Error(`its distribution is ${text}`);
  return distribution;
}

/** Tells whether Optuna accepts both for one name. */
export function areCompatible(first: Distribution, second: Distribution): boolean {
  if (first.name === "CategoricalDistribution" || second.name === "CategoricalDistribution") {
    return printDistribution(first) === printDistribution(second);
  }
  return first.name === second.name && first.attributes.log === second.attributes.log;
}

/** Returns the value that an internal number stands for. */
export function externalValue(distribution: Distribution, internal: number): Scalar {
  if (distribution.name !== "CategoricalDistribution") {
    return distribution.name === "IntDistribution" ? Math.trunc(internal) : internal;
  }
  const { choices } = distribution.attributes;
  const choice = choices[Math.trunc(internal)];
  if (choice === undefined) throw new Error(`it chooses number ${internal} of ${choices.length}`);
  return asValueOf(choices, choice);
}

/** Returns the parameter that Optuna's distributions of one name describe together. */
export function parameterOf(name: string, distributions: readonly Distribution[]): Parameter {
  const first = distributions[0] as Distribution;
  if (first.name === "CategoricalDistribution") {
    const { choices } = first.attributes;
    const values = choices.map((choice) => asValueOf(choices, choice));
    if (values.length === 2 && values.includes(true) && values.includes(false)) {
      return { kind: "boolean", name, conditions: [], default: values[0] === true };
    }
    const ordered = values.every((value) => typeof value === "number");
    return { kind: "choice", name, conditions: [], values, ordered, default: values[0] as Scalar };
  }
  const ranges = distributions.map(({ attributes }) => attributes as Range);
  const min = Math.min(...ranges.map(({ low }) => low));
  const max = Math.max(...ranges.map(({ high }) => high));
  const { log, step } = first.attributes;
  return {
    kind: first.name === "IntDistribution" ? "int" : "float",
    name,
    conditions: [],
    min,
    max,
    step: step === null || (first.name === "IntDistribution" && step === 1) ? undefined : step,
    sampling: log ? "log" : "linear",
    default: min,
  };
}

/**
 * Returns the name that each parameter has in Optuna. A name that repeats under other conditions with a
 * distribution that Optuna would refuse gets its condition added, as `units [kind=dense]`.
 */
export function optunaNames(parameters: readonly Parameter[]): ReadonlyMap<Parameter, string> {
  const names = new Map<Parameter, string>();
  const known = new Map<string, Distribution>();
  for (const parameter of parameters) {
    const distribution = distributionOf(parameter);
    const first = known.get(parameter.name);
    const own = first === undefined || areCompatible(first, distribution);
    const where = parameter.conditions.map(({ parent, values }) => `${parent}=${values.join("|")}`);
    names.set(parameter, own ? parameter.name : `${parameter.name} [${where.join(", ")}]`);
    if (first === undefined) known.set(parameter.name, distribution);
  }
  return names;
}

/** Tells whether a parameter's conditions hold for values. */
export function holds(parameter: Parameter, values: Values): boolean {
  return parameter.conditions.every((condition) => {
    const value = values[condition.parent];
    return value !== undefined && condition.values.includes(value);
  });
}

function categories(choices: readonly Scalar[]): Distribution {
  return { name: "CategoricalDistribution", attributes: { choices } };
}

/** A choice of several types, or of Python's None, becomes text: our choices have one type. */
function asValueOf(choices: readonly (Scalar | null)[], choice: Scalar | null): Scalar {
  const types = new Set(choices.map((item) => (item === null ? "None" : typeof item)));
  if (types.size === 1 && choice !== null) return choice;
  return choice === null ? "None" : String(choice);
}

/** The last step from `min` that `max` allows, counted in decimals as Optuna does. */
function highestStep(min: number, max: number, step: number): number {
  const digits = Math.max(...[min, max, step].map(decimals));
  const whole = (value: number): bigint => BigInt(scaled(value, digits));
  const steps = (whole(max) - whole(min)) / whole(step);
  const units = whole(min) + steps * whole(step);
  return Number(`${units}e-${digits}`);
}

/** How many digits a number's shortest text has behind its point. */
function decimals(value: number): number {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
}

/** A number's shortest text without its point, times 10 to the power of `digits`. */
function scaled(value: number, digits: number): string {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return `${whole}${fraction}${"0".repeat(digits - fraction.length + Number(exponent))}`;
}
