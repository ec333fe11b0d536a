import { InputError } from "./errors";
import { columnValues, type NumberColumn, toNumbers } from "./inputs";
import type { SeededRandom } from "./random";
import { requireCount } from "./ranges";

/**
 * Where dropout makes up for the neurons that are missing in training: `"in-training"` ("inverted", as
 * Keras, PyTorch and TensorFlow.js do) divides what is kept by 1 - rate; `"at-prediction"` (as the
 * paper has it) leaves training alone and multiplies by 1 - rate when predicting.
 */
export type DropoutScaling = "in-training" | "at-prediction";

/**
 * Returns which of `size` neurons are kept (true) for one mini-batch: each with a probability of
 * 1 - rate, whatever becomes of the others. So how many are kept differs from mask to mask:
 * size * (1 - rate) is the mean, sqrt(size * rate * (1 - rate)) the spread.
 *
 * @param random where the draws come from; each call takes `size` of them
 * @param size number of neurons, 0 or more
 * @param rate share that is dropped on average, 0 or more and below 1
 * @throws InputError `out-of-range` for another rate or size
 *
 * Source: Srivastava et al. 2014, JMLR 15, section 4 (there p is the share that is kept).
 *
 * @example
 * import { dropoutMask, SeededRandom } from "@headroom/kernel-utils";
 * const random = new SeededRandom(1);
 * dropoutMask(random, 5, 0.3); // => [false, true, true, false, true]
 * dropoutMask(random, 5, 0.3); // => [true, true, true, false, false]
 */
export function dropoutMask(random: SeededRandom, size: number, rate: number): boolean[] {
  requireCount("size", size, 0);
  requireDropoutRate(rate);
  return Array.from({ length: size }, () => random.random() >= rate);
}

/**
 * Returns what the next layer gets in training: 0 for each dropped neuron, and each kept one divided
 * by 1 - rate, or as it is.
 *
 * Over all masks the mean of what comes out, for either scaling, is what `predictWithDropout` gives
 * with the same scaling. That holds for what is linear in the values, such as a logit, and not for
 * what comes after a softmax.
 *
 * @param values one finite number per neuron
 * @param mask one per neuron, true = kept
 * @param rate the rate that the mask was drawn with, 0 or more and below 1
 * @param scaling default `"in-training"`
 * @throws InputError `out-of-range` for another rate, `length-mismatch`, `not-finite`, `wrong-type`
 *
 * Source: Srivastava et al. 2014, JMLR 15, equations of section 4 and section 10 (scaling in training).
 *
 * @example
 * import { applyDropout } from "@headroom/kernel-utils";
 * const mask = [true, false, true, true];
 * applyDropout([3, 1, 0, 6], mask, 0.25); // => [4, 0, 0, 8]
 * applyDropout([3, 1, 0, 6], mask, 0.25, "at-prediction"); // => [3, 0, 0, 6]
 */
export function applyDropout(
  values: NumberColumn,
  mask: ArrayLike<boolean>,
  rate: number,
  scaling: DropoutScaling = "in-training",
): number[] {
  const kept = columnValues("mask", mask);
  const numbers = numbersOf(values);
  requireDropoutRate(rate);
  const divisor = isInTraining(scaling) ? 1 - rate : 1;
  if (kept.length !== numbers.length) {
    throw new InputError(
      "length-mismatch",
      `values has ${numbers.length} values, mask has ${kept.length}: expected one truth value per ` +
        "neuron. Draw it with dropoutMask(random, values.length, rate).",
      { values: numbers.length, mask: kept.length },
    );
  }
  return numbers.map((value, i) => (isKept(kept[i], i) ? value / divisor : 0));
}

/**
 * Returns what the next layer gets at prediction, when all neurons work: the values as they are if
 * training has scaled already, and times 1 - rate if it hasn't. The latter is the same as
 * multiplying the outgoing weights by 1 - rate.
 *
 * @param values one finite number per neuron
 * @param rate the rate of training, 0 or more and below 1
 * @param scaling that of training; default `"in-training"`
 * @throws InputError `out-of-range` for another rate, `not-finite`, `wrong-type`
 *
 * Source: Srivastava et al. 2014, JMLR 15, figure 2.
 *
 * @example
 * import { predictWithDropout } from "@headroom/kernel-utils";
 * predictWithDropout([3, 1, 0, 6], 0.5); // => [3, 1, 0, 6]
 * predictWithDropout([3, 1, 0, 6], 0.5, "at-prediction"); // => [1.5, 0.5, 0, 3]
 */
export function predictWithDropout(
  values: NumberColumn,
  rate: number,
  scaling: DropoutScaling = "in-training",
): number[] {
  requireDropoutRate(rate);
  const factor = isInTraining(scaling) ? 1 : 1 - rate;
  return numbersOf(values).map((value) => value * factor);
}

/**
 * @throws InputError `out-of-range` unless `rate` is at least 0 and below 1: at 1 nothing would be
 *   left to scale, and TensorFlow.js would silently drop nothing
 */
export function requireDropoutRate(rate: number): void {
  if (rate >= 0 && rate < 1) return;
  throw new InputError(
    "out-of-range",
    `rate: expected the share of neurons to drop, 0 or more and below 1, got ${String(rate)}. ` +
      (rate > 1 ? "Write 30 % as 0.3." : "0.2 to 0.5 is usual; 0 drops none."),
    { rate },
  );
}

function isInTraining(scaling: DropoutScaling): boolean {
  if (scaling === "in-training" || scaling === "at-prediction") return scaling === "in-training";
  throw new InputError(
    "out-of-range",
    `scaling: expected "in-training" or "at-prediction", got ${JSON.stringify(scaling)}.`,
    { scaling },
  );
}

/** No values are no error: a layer without neurons passes nothing on. */
function numbersOf(values: NumberColumn): number[] {
  return columnValues("values", values).length === 0 ? [] : Array.from(toNumbers("values", values));
}

function isKept(flag: unknown, i: number): boolean {
  if (typeof flag === "boolean") return flag;
  throw new InputError(
    "wrong-type",
    `mask[${i}]: expected true (kept) or false (dropped), got ${String(flag)}.`,
    { index: i },
  );
}
