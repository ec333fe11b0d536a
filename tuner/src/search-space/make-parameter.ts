import { DefinitionError } from "../errors";
import type {
  BooleanParameter,
  ChoiceParameter,
  Condition,
  FixedParameter,
  FloatParameter,
  IntParameter,
  Parameter,
  Sampling,
  Scalar,
} from "./parameter";

/** The range of an int or a float. */
export interface RangeOptions {
  readonly min: number;
  /** Included. */
  readonly max: number;
  /** The distance of one value to the next; with log sampling the factor. Past `max` only `min` is left. */
  readonly step?: number | undefined;
  /** How the range is spread over the draws: evenly by default. */
  readonly sampling?: Sampling | undefined;
  /** The value of the first trial in grid search; `min` by default. */
  readonly default?: number | undefined;
}

/** What a choice can have besides its values. */
export interface ChoiceOptions<Value extends Scalar = Scalar> {
  /** Whether the values' order means something; by default it does for numbers. */
  readonly ordered?: boolean | undefined;
  /** The first value by default. */
  readonly default?: Value | undefined;
}

/** What a boolean can have. */
export interface BooleanOptions {
  /** False by default. */
  readonly default?: boolean | undefined;
}

const SAMPLINGS: readonly unknown[] = ["linear", "log", "reverse_log"];
/** Keras Tuner's names for budgets in exports. */
const RESERVED = "tuner/";

type Conditions = readonly Condition[];

/** Returns an int parameter. @throws DefinitionError naming it, for a range that can't be */
export function makeInt(name: string, options: RangeOptions, conditions: Conditions): IntParameter {
  const label = labelOf("int", name);
  for (const key of ["min", "max", "step", "default"] as const) {
    if (options[key] !== undefined && !Number.isSafeInteger(options[key])) {
      throw failure(
        "not-whole",
        `${label}: ${key} is ${show(options[key])}: expected a whole number. ` +
          "For others, define a float.",
        { name, [key]: options[key] },
      );
    }
  }
  return { kind: "int", name, conditions, ...makeRange(label, name, options) };
}

/** Returns a float parameter. @throws DefinitionError naming it, for a range that can't be */
export function makeFloat(
  name: string,
  options: RangeOptions,
  conditions: Conditions,
): FloatParameter {
  const range = makeRange(labelOf("float", name), name, options);
  return { kind: "float", name, conditions, ...range };
}

/** Returns a choice. @throws DefinitionError naming it, for values that can't be */
export function makeChoice(
  name: string,
  values: readonly Scalar[],
  options: ChoiceOptions,
  conditions: Conditions,
): ChoiceParameter {
  const label = labelOf("choice", name);
  const [first] = values;
  if (first === undefined) {
    throw failure("no-values", `${label} has no values: expected at least one.`, { name });
  }
  for (const value of values) requireScalar(label, name, value);
  const types = new Set(values.map((value) => typeof value));
  if (types.size > 1) {
    throw failure(
      "mixed-values",
      `${label} mixes ${[...types].join(" and ")}: expected values of one type, ` +
        `got ${showAll(values)}. Write them all as text, for example.`,
      { name, values },
    );
  }
  const repeated = values.find((value, i) => values.indexOf(value) !== i);
  if (repeated !== undefined) {
    throw failure(
      "repeated-value",
      `${label} has the value ${show(repeated)} twice: expected each once, got ${showAll(values)}.`,
      { name, values },
    );
  }
  const preset = options.default ?? first;
  if (!values.includes(preset)) {
    throw failure(
      "default-outside",
      `${label}: default is ${show(preset)}: expected one of ${showAll(values)}.`,
      { name, default: preset, values },
    );
  }
  const ordered = options.ordered ?? typeof first === "number";
  return { kind: "choice", name, conditions, values: [...values], ordered, default: preset };
}

/** Returns a boolean. @throws DefinitionError naming it, for a default that is none */
export function makeBoolean(
  name: string,
  options: BooleanOptions,
  conditions: Conditions,
): BooleanParameter {
  const label = labelOf("boolean", name);
  const preset: unknown = options.default ?? false;
  if (typeof preset !== "boolean") {
    throw failure(
      "default-outside",
      `${label}: default is ${show(preset)}: expected true or false.`,
      { name, default: preset },
    );
  }
  return { kind: "boolean", name, conditions, default: preset };
}

/** Returns a fixed value. @throws DefinitionError naming it, for what is no finite number, text or boolean */
export function makeFixed(name: string, value: Scalar, conditions: Conditions): FixedParameter {
  requireScalar(labelOf("fixed value", name), name, value);
  return { kind: "fixed", name, conditions, value };
}

/** Returns the value that a parameter has where nobody chose one. */
export function defaultOf(parameter: Parameter): Scalar {
  return parameter.kind === "fixed" ? parameter.value : parameter.default;
}

/** Returns a value as an error's text shows it: text in quotes. */
export function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Returns values as an error's text shows them. */
export function showAll(values: readonly unknown[]): string {
  return `[${values.map(show).join(", ")}]`;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number | undefined;
  readonly sampling: Sampling;
  readonly default: number;
}

function makeRange(label: string, name: string, options: RangeOptions): Range {
  const { min, max, step, sampling = "linear" } = options;
  const preset = options.default ?? min;
  for (const [key, value] of Object.entries({ min, max, step, default: preset })) {
    if ((key !== "step" || value !== undefined) && !Number.isFinite(value)) {
      throw failure(
        "not-a-number",
        `${label}: ${key} is ${show(value)}: expected a finite number.`,
        { name, [key]: value },
      );
    }
  }
  if (!SAMPLINGS.includes(sampling)) {
    throw failure(
      "unknown-sampling",
      `${label}: sampling is ${show(sampling)}: expected "linear", "log" or "reverse_log".`,
      { name, sampling },
    );
  }
  if (min > max) {
    throw failure(
      "empty-range",
      `${label}: min ${min} is above max ${max}: expected min <= max. Are they swapped?`,
      { name, min, max },
    );
  }
  if (sampling !== "linear" && min <= 0) {
    throw failure(
      "log-of-nothing",
      `${label}: min is ${min}: expected a number above 0, for sampling is "${sampling}". ` +
        'Raise min, or use sampling "linear".',
      { name, min, sampling },
    );
  }
  if (step !== undefined) requireStep(label, name, step, sampling);
  if (preset < min || preset > max) {
    throw failure(
      "default-outside",
      `${label}: default is ${preset}: expected a number from ${min} to ${max}.`,
      { name, default: preset, min, max },
    );
  }
  return { min, max, step, sampling, default: preset };
}

function requireStep(label: string, name: string, step: number, sampling: Sampling): void {
  const linear = sampling === "linear";
  const least = linear ? 0 : 1;
  if (step <= least) {
    const why = linear ? "" : `, for with sampling "${sampling}" it is a factor`;
    throw failure(
      "impossible-step",
      `${label}: step is ${step}: expected a number above ${least}${why}.`,
      { name, step, sampling },
    );
  }
}

function requireScalar(label: string, name: string, value: unknown): void {
  const type = typeof value;
  const fits = type === "string" || type === "boolean" || Number.isFinite(value);
  if (fits) return;
  throw failure(
    "impossible-value",
    `${label} has the value ${show(value)}: expected finite numbers, texts or booleans.`,
    { name, value },
  );
}

/** The name in quotes after its kind; complains about names that can't be. */
function labelOf(kind: string, name: string): string {
  if (typeof name !== "string" || name === "" || name === "__proto__") {
    throw failure("impossible-name", `a ${kind}'s name is ${show(name)}: expected a text.`, {
      name,
    });
  }
  if (name.startsWith(RESERVED)) {
    throw failure(
      "impossible-name",
      `${kind} "${name}": names that begin with "${RESERVED}" are kept for budgets. Choose another.`,
      { name },
    );
  }
  return `${kind} "${name}"`;
}

function failure(code: string, message: string, data: Record<string, unknown>): DefinitionError {
  return new DefinitionError(code, message, data);
}
