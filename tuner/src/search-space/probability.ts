import { DefinitionError } from "../errors";
import { show, showAll } from "./make-parameter";
import type { IntParameter, Parameter, Scalar } from "./parameter";
import {
  countOf,
  indexOfValue,
  numberAt,
  probabilityOfNumber,
  stepOf,
  valueOfIndex,
} from "./range-values";

/**
 * Returns the parameter's value at a probability, as Keras Tuner's `prob_to_value`, to the bit.
 *
 * Values by steps each take an equal part of [0, 1). In the last bit a value may pass the range: so
 * it does in Keras Tuner.
 *
 * @param probability in [0, 1)
 */
export function valueAt(parameter: Parameter, probability: number): Scalar {
  switch (parameter.kind) {
    case "int": {
      const step = stepOf(parameter);
      if (step === undefined) return wholeAt(parameter, probability);
      return Math.trunc(
        valueOfIndex(parameter, step, indexAt(probability, countOf(parameter, step))),
      );
    }
    case "float": {
      const { max, step } = parameter;
      if (step === undefined) return numberAt(parameter, max, probability);
      return valueOfIndex(parameter, step, indexAt(probability, countOf(parameter, step)));
    }
    case "choice":
      return parameter.values[indexAt(probability, parameter.values.length)] as Scalar;
    case "boolean":
      return probability >= 0.5;
    case "fixed":
      return parameter.value;
  }
}

/**
 * Returns the probability of a value, as Keras Tuner's `value_to_prob`, to the bit: for values by
 * steps the middle of their part of [0, 1).
 *
 * @throws DefinitionError `impossible-value` for what the parameter can't be
 */
export function probabilityOf(parameter: Parameter, value: Scalar): number {
  switch (parameter.kind) {
    case "int": {
      const step = stepOf(parameter);
      const number = requireNumber(parameter, value);
      // Without steps max + 1 belongs to the range, and 0.5 leads to the middle of the value's part.
      if (step === undefined)
        return probabilityOfNumber(parameter, parameter.max + 1, number + 0.5);
      return middleOf(indexOfValue(parameter, step, number), countOf(parameter, step));
    }
    case "float": {
      const { max, step } = parameter;
      const number = requireNumber(parameter, value);
      if (step === undefined) return probabilityOfNumber(parameter, max, number);
      return middleOf(indexOfValue(parameter, step, number), countOf(parameter, step));
    }
    case "choice": {
      const index = parameter.values.indexOf(value);
      if (index < 0) throw impossible(parameter, value, `one of ${showAll(parameter.values)}`);
      return middleOf(index, parameter.values.length);
    }
    case "boolean":
      return value ? 0.75 : 0.25;
    case "fixed":
      return 0.5;
  }
}

/** Without steps: every number up to max + 1, so that max has a part of its own; cut off. */
function wholeAt(parameter: IntParameter, probability: number): number {
  const { min, max } = parameter;
  const number = Math.trunc(numberAt(parameter, max + 1, probability));
  // Only rounding can lead past the ends.
  return Math.min(max, Math.max(min, number));
}

function indexAt(probability: number, count: number): number {
  return Math.min(Math.floor(probability / (1 / count)), count - 1);
}

function middleOf(index: number, count: number): number {
  return (index + 0.5) * (1 / count);
}

function requireNumber(parameter: Parameter, value: Scalar): number {
  if (typeof value === "number") return value;
  throw impossible(parameter, value, "a number");
}

function impossible(parameter: Parameter, value: Scalar, expected: string): DefinitionError {
  return new DefinitionError(
    "impossible-value",
    `${parameter.kind} "${parameter.name}" can't be ${show(value)}: expected ${expected}.`,
    { name: parameter.name, value },
  );
}
