import { makeBoolean, makeChoice, makeFixed, makeFloat, makeInt } from "./make-parameter";
import type { Condition, Parameter, Sampling, Scalar } from "./parameter";
import type { SearchSpace } from "./search-space";

/** A parameter as Keras Tuner writes it into `oracle.json`. */
export interface KerasParameter {
  readonly class_name: "Int" | "Float" | "Choice" | "Boolean" | "Fixed";
  readonly config: Readonly<Record<string, unknown>>;
}

/** A parameter as the cases of the reference transcripts describe it: Keras Tuner's arguments. */
export interface KerasSpec {
  readonly kind: "Int" | "Float" | "Choice" | "Boolean" | "Fixed";
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly sampling?: Sampling;
  readonly values?: readonly Scalar[];
  readonly value?: Scalar;
  readonly default?: Scalar;
  readonly conditions?: readonly Condition[];
}

/** Returns the space as Keras Tuner writes it into `oracle.json`, under `hyperparameters.space`. */
export function toKerasConfig(space: SearchSpace): KerasParameter[] {
  return space.parameters.map(toKerasParameter);
}

/**
 * Returns the parameter that Keras Tuner makes of these arguments: a choice of true and false becomes
 * one of 1 and 0 there.
 *
 * @throws DefinitionError for arguments that can't be
 */
export function fromKerasSpec(spec: KerasSpec): Parameter {
  const { kind, name, conditions = [], default: preset } = spec;
  switch (kind) {
    case "Int":
    case "Float": {
      const make = kind === "Int" ? makeInt : makeFloat;
      const { min = Number.NaN, max = Number.NaN, step, sampling } = spec;
      return make(
        name,
        { min, max, step, sampling, default: preset as number | undefined },
        conditions,
      );
    }
    case "Choice": {
      const values = (spec.values ?? []).map(withoutBoolean);
      const first = preset === undefined ? undefined : withoutBoolean(preset);
      return makeChoice(name, values, { default: first }, conditions);
    }
    case "Boolean":
      return makeBoolean(name, { default: preset as boolean | undefined }, conditions);
    case "Fixed":
      return makeFixed(name, spec.value as Scalar, conditions);
  }
}

function toKerasParameter(parameter: Parameter): KerasParameter {
  const { name } = parameter;
  const conditions = parameter.conditions.map(({ parent, values }) => ({
    class_name: "Parent",
    config: { name: parent, values },
  }));
  switch (parameter.kind) {
    case "int":
    case "float": {
      const { min, max, sampling } = parameter;
      const whole = parameter.kind === "int";
      // An int's default is null there if nobody gave one; its step is 1 where ours is left open.
      const preset = whole && parameter.default === min ? null : parameter.default;
      const step = parameter.step ?? (whole && sampling === "linear" ? 1 : null);
      const range = { conditions, min_value: min, max_value: max, step, sampling };
      return { class_name: whole ? "Int" : "Float", config: { name, default: preset, ...range } };
    }
    case "choice": {
      const { values, ordered, default: preset } = parameter;
      const config = { name, default: preset, conditions, values, ordered };
      return { class_name: "Choice", config };
    }
    case "boolean":
      return { class_name: "Boolean", config: { name, default: parameter.default, conditions } };
    case "fixed":
      return { class_name: "Fixed", config: { name, conditions, value: parameter.value } };
  }
}

function withoutBoolean(value: Scalar): Scalar {
  return typeof value === "boolean" ? Number(value) : value;
}
