import { log, pow } from "../numerics/exact-math";
import { floorDivide } from "../numerics/python-math";
import type { FloatParameter, IntParameter } from "./parameter";

/**
 * From a probability in [0, 1) to a number of a range, and back, in the very operations and in the
 * order in which Keras Tuner does them (keras_tuner/src/engine/hyperparameters/hp_types/numerical.py),
 * so that every bit is the same.
 */

type Range = IntParameter | FloatParameter;

/** Returns the distance or factor between values; undefined where any value is possible. */
export function stepOf(range: Range): number | undefined {
  const whole = range.kind === "int" && range.sampling === "linear";
  return range.step ?? (whole ? 1 : undefined);
}

/** Returns how many values a range with this step has. */
export function countOf(range: Range, step: number): number {
  if (range.sampling === "linear") return Math.trunc(floorDivide(range.max - range.min, step) + 1);
  return Math.trunc(log(range.max / range.min) / log(step) + 1e-8) + 1;
}

/** Returns value number `index` of a range with this step, from 0. */
export function valueOfIndex(range: Range, step: number, index: number): number {
  const { min, max, sampling } = range;
  if (sampling === "linear") return min + index * step;
  if (sampling === "log") return min * pow(step, index);
  return max + min - min * pow(step, index);
}

/** Returns the number of a value in a range with this step; a fraction, with log sampling. */
export function indexOfValue(range: Range, step: number, value: number): number {
  const { min, max, sampling } = range;
  if (sampling === "linear") return floorDivide(value - min, step);
  if (sampling === "log") return log(value / min) / log(step);
  return log((max - value + min) / min) / log(step);
}

/** Returns the number at a probability, for a range up to `max` without steps. */
export function numberAt(range: Range, max: number, probability: number): number {
  const { min, sampling } = range;
  if (sampling === "linear") return probability * (max - min) + min;
  if (sampling === "log") return min * pow(max / min, probability);
  return max + min - min * pow(max / min, 1 - probability);
}

/** Returns the probability of a number, for a range up to `max` without steps. */
export function probabilityOfNumber(range: Range, max: number, value: number): number {
  const { min, sampling } = range;
  if (max === min) return 0.5;
  if (sampling === "linear") return (value - min) / (max - min);
  if (sampling === "log") return log(value / min) / log(max / min);
  return 1 - log((max + min - value) / min) / log(max / min);
}
