import { InputError } from "./errors";
import { type LabelColumn, requireSameLength, toLabels } from "./inputs";
import { normalQuantile } from "./normal-distribution";
import { requireCount, requireLevel, requireProportion } from "./ranges";

/** An estimate and the range that covers the true value with the probability `level`. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** 0.95 stands for a 95 % interval. */
  readonly level: number;
}

/** A share of `n` cases, for example an accuracy of 0.89 on 40 clips. */
export interface Proportion {
  /** 0 to 1. */
  readonly share: number;
  /** Number of cases behind the share. */
  readonly n: number;
}

/**
 * How a difference's interval is found. "wald" is the textbook's estimate ± z standard errors:
 * symmetric, too narrow for few cases, ±0 for shares of 0 or 1. "newcombe" combines two Wilson
 * intervals: it never passes ±1 and holds for few cases too.
 */
export type DifferenceMethod = "wald" | "newcombe";

/** Options of `differenceInterval` and `pairedDifferenceInterval`. */
export interface DifferenceOptions {
  /** Default 0.95. */
  readonly level?: number;
  /** Default "wald". */
  readonly method?: DifferenceMethod;
}

/**
 * Returns Wilson's interval of a proportion: it stays within 0 and 1 and has a width for 0 or `n`
 * successes too.
 *
 * @param successes 0 to n
 * @param n cases, at least 1
 * @throws InputError for counts that aren't whole or out of range, and for n = 0, which says
 *   nothing
 *
 * Source: Wilson 1927, JASA 22(158); SciPy's `binomtest(...).proportion_ci(method="wilson")`.
 *
 * @example
 * import { wilsonInterval } from "@headroom/kernel-utils";
 * const precision = wilsonInterval(68, 77);
 * precision.estimate; // => 0.883
 * precision.low; // => 0.793
 * precision.high; // => 0.937
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval {
  requireCount("n", n, 1);
  requireCount("successes", successes, 0, n);
  return wilsonOfShare(successes / n, n, level);
}

/**
 * Returns Wilson's interval for a share of `n` cases, where `n` may be an effective number of cases
 * that is not whole (for weighted or clustered samples).
 *
 * @param share 0 to 1
 * @param n above 0
 */
export function wilsonOfShare(share: number, n: number, level = 0.95): Interval {
  requireLevel(level);
  requireProportion("share", share);
  const z = normalQuantile(0.5 + level / 2);
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    estimate: share,
    // The exact ends of a share of 0 and 1, which rounding would miss by 1e-17.
    low: share === 0 ? 0 : centre - half,
    high: share === 1 ? 1 : centre + half,
    level,
  };
}

/**
 * Returns the interval of `first.share - second.share` for two separate samples, in proportions.
 *
 * For the same cases judged twice use `pairedDifferenceInterval`: it is usually narrower.
 *
 * @throws InputError for shares outside 0 to 1 and for counts below 1
 *
 * Source: Newcombe 1998, Statistics in Medicine 17, 873-890, methods 1 (Wald) and 10; the latter is
 * statsmodels' `confint_proportions_2indep(method="newcomb")`.
 *
 * @example
 * import { differenceInterval } from "@headroom/kernel-utils";
 * // Of 1,000 clips 4 % are in a car: humans get 93 % of those 40 right, the model 89 %.
 * const gap = differenceInterval({ share: 0.93, n: 40 }, { share: 0.89, n: 40 });
 * gap.estimate; // => 0.04
 * gap.low; // => -0.085
 * gap.high; // => 0.165
 */
export function differenceInterval(
  first: Proportion,
  second: Proportion,
  { level = 0.95, method = "wald" }: DifferenceOptions = {},
): Interval {
  requireShare("first", first);
  requireShare("second", second);
  requireMethod(method);
  const estimate = first.share - second.share;
  if (method === "newcombe") {
    return squareAndAdd(
      wilsonOfShare(first.share, first.n, level),
      wilsonOfShare(second.share, second.n, level),
      0,
    );
  }
  const variance =
    variancePerCase(first.share) / first.n + variancePerCase(second.share) / second.n;
  return wald(estimate, Math.sqrt(variance), level);
}

/**
 * Returns the interval of the difference in accuracy between two judges of the same cases (first
 * minus second), in proportions. Only cases on which they differ widen it.
 *
 * @param first whether the first one was right, case by case: true or 1, false or 0
 * @param second the same for the second one, in the same order
 * @throws InputError for columns of unequal length and for values other than true, false, 1 and 0
 *
 * Source: Newcombe 1998, Statistics in Medicine 17, 2635-2650, methods 1 (Wald) and 10.
 *
 * @example
 * import { pairedDifferenceInterval } from "@headroom/kernel-utils";
 * const human = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0];
 * const model = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0];
 * const gap = pairedDifferenceInterval(human, model);
 * gap.estimate; // => 0.10
 * gap.low; // => -0.086
 */
export function pairedDifferenceInterval(
  first: LabelColumn<boolean | number>,
  second: LabelColumn<boolean | number>,
  { level = 0.95, method = "wald" }: DifferenceOptions = {},
): Interval {
  requireLevel(level);
  requireMethod(method);
  const table = pairedTable(toOutcomes("first", first), toOutcomes("second", second));
  const { n, onlyFirst, onlySecond, both } = table;
  const estimate = (onlyFirst - onlySecond) / n;
  if (method === "newcombe") {
    return {
      ...squareAndAdd(
        wilsonOfShare((both + onlyFirst) / n, n, level),
        wilsonOfShare((both + onlySecond) / n, n, level),
        correctedPhi(table),
      ),
      estimate,
    };
  }
  const variance = (onlyFirst + onlySecond - n * estimate * estimate) / (n * n);
  return wald(estimate, Math.sqrt(Math.max(variance, 0)), level);
}

/** How often both, one or neither of two judges was right. */
interface PairedTable {
  readonly n: number;
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

function pairedTable(first: Uint8Array, second: Uint8Array): PairedTable {
  requireSameLength("first", first, "second", second);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    const cell = 2 * (first[i] as number) + (second[i] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const [neither, onlySecond, onlyFirst, both] = counts as [number, number, number, number];
  return { n: first.length, both, onlyFirst, onlySecond, neither };
}

/** Correlation of the two judges, its numerator drawn towards 0 by n/2 (Newcombe's method 10). */
function correctedPhi({ n, both, onlyFirst, onlySecond, neither }: PairedTable): number {
  const spread =
    (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  if (spread === 0) return 0;
  const product = both * neither - onlyFirst * onlySecond;
  return (product > 0 ? Math.max(product - n / 2, 0) : product) / Math.sqrt(spread);
}

/** Newcombe's combination of two Wilson intervals whose estimates correlate by `phi`. */
function squareAndAdd(first: Interval, second: Interval, phi: number): Interval {
  const down = { first: first.estimate - first.low, second: second.high - second.estimate };
  const up = { first: first.high - first.estimate, second: second.estimate - second.low };
  const length = (side: { first: number; second: number }) =>
    Math.sqrt(side.first ** 2 - 2 * phi * side.first * side.second + side.second ** 2);
  const estimate = first.estimate - second.estimate;
  return {
    estimate,
    low: estimate - length(down),
    high: estimate + length(up),
    level: first.level,
  };
}

function wald(estimate: number, standardError: number, level: number): Interval {
  requireLevel(level);
  const half = normalQuantile(0.5 + level / 2) * standardError;
  return { estimate, low: estimate - half, high: estimate + half, level };
}

function variancePerCase(share: number): number {
  return share * (1 - share);
}

function requireShare(name: string, { share, n }: Proportion): void {
  requireProportion(`${name}.share`, share);
  requireCount(`${name}.n`, n, 1);
}

function requireMethod(method: DifferenceMethod): void {
  if (method === "wald" || method === "newcombe") return;
  throw new InputError(
    "out-of-range",
    `method: expected "wald" or "newcombe", got ${JSON.stringify(method)}.`,
    { method },
  );
}

function toOutcomes(name: string, column: LabelColumn<boolean | number>): Uint8Array {
  const labels = toLabels(name, column);
  return Uint8Array.from(labels, (value, i) => {
    if (value === true || value === 1) return 1;
    if (value === false || value === 0) return 0;
    throw new InputError(
      "wrong-type",
      `${name}[${i}]: expected true, false, 1 or 0 for right or wrong, got ` +
        `${JSON.stringify(value)}. Compare predictions with labels first.`,
      { name, index: i, value },
    );
  });
}
