/**
 * A metric's value and whether it means anything. Ratios such as precision can be 0/0: then `value`
 * is 0 (what scikit-learn returns with `zero_division=0`, so that averages agree), `defined` is
 * false and `reason` says which samples are missing.
 */
export interface Score {
  readonly value: number;
  readonly defined: boolean;
  readonly reason?: string;
}

/** The score `numerator / denominator`, undefined for `reason` where the denominator is 0. */
export function ratio(numerator: number, denominator: number, reason: string): Score {
  if (denominator === 0) return { value: 0, defined: false, reason };
  return { value: numerator / denominator, defined: true };
}

/**
 * Returns the score as text: its value with `digits` decimals, and where it is undefined the reason
 * behind it.
 *
 * @example
 * import { binaryCounts, formatScore, precision } from "@headroom/kernel-utils";
 * formatScore(precision(binaryCounts({ tn: 905, fn: 18, fp: 9, tp: 68 })));  // => "0.883"
 * const lazy = binaryCounts({ tn: 914, fn: 86, fp: 0, tp: 0 });
 * formatScore(precision(lazy));  // => "0.000 (0/0: no sample was predicted positive)"
 */
export function formatScore(score: Score, digits = 3): string {
  const value = score.value.toFixed(digits);
  return score.defined ? value : `${value} (0/0: ${score.reason})`;
}
