/** What a search space is made of. Plain data: see `probability.ts` for sampling. */

/** How a range is spread over [0, 1): evenly, by factors, or by factors from the top down. */
export type Sampling = "linear" | "log" | "reverse_log";

/** What a hyperparameter's value may be. */
export type Scalar = number | string | boolean;

/** Values by name; a hyperparameter that is not active has none. */
export type Values = Readonly<Record<string, Scalar>>;

/** Values as a declared space types them: undefined where a condition does not hold. */
export type TypedValues = Readonly<Record<string, Scalar | undefined>>;

/** A parameter is active only where its parent is and has one of these values. */
export interface Condition {
  readonly parent: string;
  readonly values: readonly Scalar[];
}

interface Common {
  /** With its name scopes, as `block/units`. May repeat under conditions that exclude each other. */
  readonly name: string;
  /** Outermost first; empty where it is always active. */
  readonly conditions: readonly Condition[];
}

/** A whole number from `min` to `max`, both included. */
export interface IntParameter extends Common {
  readonly kind: "int";
  readonly min: number;
  readonly max: number;
  /** With log sampling the factor from one value to the next. Undefined: 1, or none with log. */
  readonly step: number | undefined;
  readonly sampling: Sampling;
  readonly default: number;
}

/** A number from `min` to `max`. */
export interface FloatParameter extends Common {
  readonly kind: "float";
  readonly min: number;
  readonly max: number;
  /** With log sampling the factor from one value to the next. Undefined: any number of the range. */
  readonly step: number | undefined;
  readonly sampling: Sampling;
  readonly default: number;
}

/** One of several values of one type. */
export interface ChoiceParameter extends Common {
  readonly kind: "choice";
  readonly values: readonly Scalar[];
  /** Whether the values have an order that a model of the space may use; numbers have by default. */
  readonly ordered: boolean;
  readonly default: Scalar;
}

/** True or false. */
export interface BooleanParameter extends Common {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** A value that is recorded but not searched. */
export interface FixedParameter extends Common {
  readonly kind: "fixed";
  readonly value: Scalar;
}

/** A hyperparameter. */
export type Parameter =
  | IntParameter
  | FloatParameter
  | ChoiceParameter
  | BooleanParameter
  | FixedParameter;
