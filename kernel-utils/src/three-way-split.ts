import type { LabelColumn } from "./inputs";
import { encodeLabels } from "./label-codes";
import { stratifiedSplit } from "./splits";

/** Positions of samples, in random order; each sample is in one of the three. */
export interface ThreeWaySplit {
  readonly train: number[];
  /** For choosing: thresholds, settings, when to stop. */
  readonly validation: number[];
  /** For the last word, once. */
  readonly test: number[];
}

/**
 * Returns half of the samples to train on, a quarter to validate on and a quarter to test on, with
 * equal shares of each class (to within a sample).
 *
 * @param labels the class of each sample
 * @param options `seed`, default 0: the same call gives the same split
 * @throws InputError as `stratifiedSplit`, for a class with fewer than 4 samples, say
 * @example
 * import { threeWaySplit } from "@headroom/kernel-utils";
 * const parts = threeWaySplit([0, 0, 0, 0, 1, 1, 1, 1], { seed: 1 });
 * [parts.train.length, parts.validation.length, parts.test.length]; // => [4, 2, 2]
 */
export function threeWaySplit(
  labels: LabelColumn,
  { seed = 0 }: { readonly seed?: number } = {},
): ThreeWaySplit {
  const codes = encodeLabels([{ name: "labels", column: labels }]).codes[0] as Int32Array;
  const half = stratifiedSplit(labels, { testShare: 0.5, seed });
  const rest = stratifiedSplit(
    half.test.map((i) => codes[i] as number),
    { testShare: 0.5, seed },
  );
  const at = (positions: readonly number[]) => positions.map((k) => half.test[k] as number);
  return { train: half.train, validation: at(rest.train), test: at(rest.test) };
}
