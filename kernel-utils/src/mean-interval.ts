import { InputError } from "./errors";
import { type NumberColumn, toNumbers } from "./inputs";
import type { Interval } from "./intervals";
import { requireLevel } from "./ranges";

/**
 * Returns Student's interval of a mean: mean ± t standard errors. For paired runs (same split and
 * seed, with and without a change) pass their differences, one per run.
 *
 * @param values at least two independent, roughly normal values, in any unit
 * @param level default 0.95
 * @throws InputError `out-of-range` for fewer than two values, which show no spread, or a bad level
 *
 * Source: Student 1908, Biometrika 6(1); SciPy's `ttest_1samp(values, 0).confidence_interval()`.
 *
 * @example
 * import { meanInterval } from "@headroom/kernel-utils";
 * const gain = meanInterval([6, 5, 7, 2, 8]);
 * gain.estimate; // => 5.6
 * gain.low.toFixed(2); // => "2.74"
 */
export function meanInterval(values: NumberColumn, level = 0.95): Interval {
  requireLevel(level);
  const numbers = Array.from(toNumbers("values", values));
  const n = numbers.length;
  if (n < 2) {
    throw new InputError("out-of-range", "values holds one number: expected two or more runs.", {
      n,
    });
  }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / n;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentQuantile(0.5 + level / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { estimate: mean, low: mean - half, high: mean + half, level };
}

const PANELS = 2000;

/**
 * Returns the quantile of Student's t. With t = sqrt(df) tan(a) its density is proportional to
 * cos(a)^(df - 1), so the distribution function is a smooth integral over a finite range.
 *
 * @param p 0.5 to 1
 */
function studentQuantile(p: number, df: number): number {
  const area = (end: number): number => {
    const step = end / PANELS;
    let sum = 0;
    for (let i = 0; i <= PANELS; i++) {
      const weight = i === 0 || i === PANELS ? 1 : i % 2 === 1 ? 4 : 2;
      sum += weight * Math.max(0, Math.cos(i * step)) ** (df - 1);
    }
    return (sum * step) / 3;
  };
  const wanted = (2 * p - 1) * area(Math.PI / 2);
  let [low, high] = [0, Math.PI / 2];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (area(middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.sqrt(df) * Math.tan((low + high) / 2);
}
