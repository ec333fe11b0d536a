import { InputError } from "./errors";
import { type NumberColumn, toNumbers } from "./inputs";
import type { Interval } from "./intervals";
import { meanInterval } from "./mean-interval";

/** Of how many samples each score was made, and how sure the interval is to be. */
export interface CorrectedIntervalOptions {
  /** Samples that each model was trained on: their mean, where folds differ. Above 0. */
  readonly trainCount: number;
  /** Samples that each model was scored on: their mean, where folds differ. Above 0. */
  readonly validationCount: number;
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * Returns an interval of the mean over folds or over repeated splits of the same samples, or of the
 * mean difference of two models over them:
 * mean ± t √(1/J + validation/train) sd, for J scores, with J - 1 degrees of freedom.
 *
 * sd/√J alone would be too small: it is right for J independent measurements, but the models share
 * training samples (two of five folds' training sets have three quarters in common), so their scores
 * move together, and repeating the folds adds scores but no samples. An unbiased estimate does not
 * exist (Bengio, Grandvalet 2004); this one is about right.
 *
 * @param scores at least two, in any unit, one per fold or split
 * @throws InputError for fewer than two scores, NaN, counts that are not above 0, a bad level
 *
 * Source: Nadeau, Bengio 2003, "Inference for the generalization error", Machine Learning 52, section
 * 6; for repeated folds Bouckaert, Frank 2004, "Evaluating the replicability of significance tests".
 *
 * @example
 * import { correctedInterval, meanInterval } from "@headroom/kernel-utils";
 * const scores = [0.95, 0.97, 0.93, 0.96, 0.94];
 * const interval = correctedInterval(scores, { trainCount: 80, validationCount: 20 });
 * [interval.low.toFixed(3), interval.high.toFixed(3)]; // => ["0.921", "0.979"]
 * meanInterval(scores).low.toFixed(3); // => "0.930"
 */
export function correctedInterval(
  scores: NumberColumn,
  { trainCount, validationCount, level = 0.95 }: CorrectedIntervalOptions,
): Interval {
  requirePositive("trainCount", trainCount);
  requirePositive("validationCount", validationCount);
  const values = toNumbers("scores", scores);
  const { estimate, high } = meanInterval(values, level);
  const half = (high - estimate) * Math.sqrt(1 + (values.length * validationCount) / trainCount);
  return { estimate, low: estimate - half, high: estimate + half, level };
}

function requirePositive(name: string, count: number): void {
  if (count > 0 && count < Number.POSITIVE_INFINITY) return;
  throw new InputError("out-of-range", `${name}: expected a number above 0, got ${count}.`, {
    name,
    count,
  });
}
