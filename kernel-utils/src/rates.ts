import { InputError } from "./errors";
import { ratio, type Score } from "./score";

/** @throws InputError `out-of-range` unless `beta` is a number of 0 or more */
export function requireBeta(beta: unknown): asserts beta is number {
  if (typeof beta === "number" && beta >= 0) return;
  throw new InputError(
    "out-of-range",
    `beta: expected 0 or more (1 weighs precision and recall alike), got ${String(beta)}.`,
    { beta },
  );
}

/** @throws InputError `out-of-range` unless `share` is a number from 0 to 1 */
export function requireShare(name: string, share: unknown): asserts share is number {
  if (typeof share === "number" && share >= 0 && share <= 1) return;
  const percent = typeof share === "number" && share > 1 && share <= 100;
  const cure = percent ? ` Is it a percentage? Then pass ${share / 100}.` : "";
  throw new InputError(
    "out-of-range",
    `${name}: expected a share from 0 to 1, got ${String(share)}.${cure}`,
    { name, share },
  );
}

/**
 * Returns the harmonic mean of precision and recall, from 0 to 1, as `(1 + beta^2) P R / (beta^2 P
 * + R)`; with `beta` above 1 recall weighs more. At beta 1 it is never more than twice the smaller
 * of the two, so that one good number can't hide a bad one. Where either is 0 it is 0, the
 * formula's limit. From counts use `f1`, which rounds nothing on the way.
 *
 * @throws InputError `out-of-range` for shares outside 0 to 1 (a percentage?), or a beta below 0
 * @example
 * import { fScore } from "@headroom/kernel-utils";
 * fScore(0.883, 0.791).toFixed(3);  // => "0.834"
 * fScore(0.97, 0.073).toFixed(3);  // => "0.136"
 */
export function fScore(precision: number, recall: number, beta = 1): number {
  requireShare("precision", precision);
  requireShare("recall", recall);
  requireBeta(beta);
  if (precision === 0 || recall === 0) return 0;
  // Means of 1/P and 1/R, weighted 1 and beta^2: no overflow at beta = Infinity.
  const recallWeight = 1 / (1 + 1 / (beta * beta));
  return 1 / ((1 - recallWeight) / precision + recallWeight / recall);
}

/** How a test or a model does on each class, whatever the classes' shares. */
export interface TestQuality {
  /** Share of the positives that it finds (recall). */
  readonly sensitivity: number;
  /** Share of the negatives that it leaves alone. */
  readonly specificity: number;
}

/**
 * Returns the precision of a model where `prevalence` of all samples are positive, by Bayes' rule:
 * `se p / (se p + (1 - sp) (1 - p))`. Sensitivity and specificity stay the same when a disease gets
 * rarer, precision falls. Undefined (0/0) where nothing would be called positive.
 *
 * @param prevalence share of positives among all samples, from 0 to 1
 * @throws InputError `out-of-range` for shares outside 0 to 1
 * @example
 * import { precisionAt } from "@headroom/kernel-utils";
 * const quality = { sensitivity: 68 / 86, specificity: 905 / 914 };
 * precisionAt(0.086, quality).value.toFixed(3);  // => "0.883"
 * precisionAt(0.01, quality).value.toFixed(3);  // => "0.448"
 * precisionAt(0.003, quality).value.toFixed(3);  // => "0.195"
 */
export function precisionAt(prevalence: number, quality: TestQuality): Score {
  requireShare("prevalence", prevalence);
  requireShare("sensitivity", quality.sensitivity);
  requireShare("specificity", quality.specificity);
  const hits = quality.sensitivity * prevalence;
  const alarms = (1 - quality.specificity) * (1 - prevalence);
  return ratio(hits, hits + alarms, "no sample would be predicted positive");
}
