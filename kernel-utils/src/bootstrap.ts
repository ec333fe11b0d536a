import { InputError } from "./errors";
import { type NumberColumn, requireSameLength, toNumbers } from "./inputs";
import type { Interval } from "./intervals";
import { normalCdf, normalQuantile } from "./normal-distribution";
import { SeededRandom } from "./random";
import { requireCount, requireLevel } from "./ranges";

/**
 * Which quantiles of the resampled estimates bound the interval. "percentile" takes them evenly;
 * "bca" (bias corrected and accelerated) shifts them where the statistic is biased or its spread
 * depends on its value, at the price of one more evaluation per case.
 */
export type BootstrapMethod = "percentile" | "bca";

/** Options of `bootstrapInterval` and `bootstrapRows`. */
export interface BootstrapOptions {
  /** Seed of the resampling, default 0: the same call gives the same interval. */
  readonly seed?: number;
  /** Number of resamples, default 2,000; the ends of the interval waver less with more. */
  readonly resamples?: number;
  /** Default 0.95. */
  readonly level?: number;
  /** Default "percentile". */
  readonly method?: BootstrapMethod;
}

/** Options of `bootstrapInterval` for several columns. */
export interface ColumnsBootstrapOptions extends BootstrapOptions {
  /**
   * Default true: the columns describe the same cases, which are drawn together. With false each
   * column is a sample of its own and is drawn on its own.
   */
  readonly paired?: boolean;
}

/** A statistic of one or several samples. The arrays are reused: read them, do not keep them. */
export type Statistic = (...samples: Float64Array[]) => number;

/**
 * Returns the interval of a statistic of one sample, or of several columns, by resampling cases
 * with replacement.
 *
 * @param samples one column of numbers, or a list of columns
 * @param statistic of the resampled column(s); gets arrays that are reused, so must not keep them
 * @throws InputError where the statistic yields NaN or infinities for a resample, for columns of
 *   unequal length that are paired, and for fewer than two cases with "bca"
 *
 * Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 13 and 14;
 * SciPy's `stats.bootstrap`.
 *
 * @example
 * import { bootstrapInterval } from "@headroom/kernel-utils";
 * const seconds = [31, 42, 28, 55, 37, 61, 40, 33, 47, 39];
 * const mean = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / x.length;
 * const interval = bootstrapInterval(seconds, mean, { seed: 1 });
 * interval.estimate; // => 41.3
 * interval.low > 35 && interval.high < 49; // => true
 */
export function bootstrapInterval(
  samples: NumberColumn,
  statistic: (sample: Float64Array) => number,
  options?: BootstrapOptions,
): Interval;
export function bootstrapInterval(
  samples: readonly NumberColumn[],
  statistic: Statistic,
  options?: ColumnsBootstrapOptions,
): Interval;
export function bootstrapInterval(
  samples: NumberColumn | readonly NumberColumn[],
  statistic: Statistic,
  options: ColumnsBootstrapOptions = {},
): Interval {
  const columns = isColumnList(samples)
    ? samples.map((column, i) => toNumbers(`samples[${i}]`, column))
    : [toNumbers("samples", samples)];
  const paired = options.paired ?? true;
  const [first, ...others] = columns as [ArrayLike<number>, ...ArrayLike<number>[]];
  if (paired) {
    for (const [i, other] of others.entries()) {
      requireSameLength("samples[0]", first, `samples[${i + 1}]`, other);
    }
  }
  const buffers = columns.map((column) => new Float64Array(column.length));
  const evaluate: GroupStatistic = (drawn) =>
    statistic(
      ...columns.map((column, c) =>
        gather(column, drawn[paired ? 0 : c] as Int32Array, buffers[c] as Float64Array),
      ),
    );
  const sizes = paired ? [first.length] : columns.map((column) => column.length);
  return bootstrap(sizes, evaluate, options);
}

/**
 * Returns the interval of any statistic of `n` cases by resampling their positions, so that all
 * that belongs to a case (label, scores of two models, tags) stays together.
 *
 * @param n number of cases, at least 1
 * @param statistic of the drawn positions, each 0 to n - 1, some of them several times; the array
 *   is reused, so must not be kept
 * @throws InputError where the statistic yields NaN or infinities for a resample, and for fewer
 *   than two cases with "bca"
 *
 * @example
 * import { bootstrapRows } from "@headroom/kernel-utils";
 * const human = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0];
 * const model = [1, 1, 1, 1, 1, 0, 1, 1, 0, 0];
 * const gap = bootstrapRows(10, (rows) => {
 *   let sum = 0;
 *   for (const row of rows) sum += human[row] - model[row];
 *   return sum / rows.length;
 * });
 * gap.estimate; // => 0.2
 * gap.low; // => 0
 * gap.high; // => 0.5
 */
export function bootstrapRows(
  n: number,
  statistic: (indices: Int32Array) => number,
  options: BootstrapOptions = {},
): Interval {
  requireCount("n", n, 1, 2 ** 31 - 1);
  return bootstrap([n], ([drawn]) => statistic(drawn as Int32Array), options);
}

/** A statistic of the positions drawn from each independent group of cases. */
type GroupStatistic = (drawn: readonly Int32Array[]) => number;

function bootstrap(
  sizes: readonly number[],
  statistic: GroupStatistic,
  { seed = 0, resamples = 2000, level = 0.95, method = "percentile" }: BootstrapOptions,
): Interval {
  requireCount("resamples", resamples, 1);
  requireLevel(level);
  requireMethod(method, sizes);
  const drawn = sizes.map((size) => Int32Array.from({ length: size }, (_, i) => i));
  const estimate = finite(statistic(drawn), "the whole sample");
  const leftOut = method === "bca" ? jackknife(drawn, statistic) : [];
  const random = new SeededRandom(seed);
  const estimates = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    for (const group of drawn) {
      for (let i = 0; i < group.length; i++) group[i] = random.integer(0, group.length);
    }
    estimates[b] = finite(statistic(drawn), `resample ${b}`);
  }
  return resampledInterval({ estimate, estimates, leftOut }, level, method);
}

/** For each group, the statistic with one case left out after the other. */
function jackknife(whole: readonly Int32Array[], statistic: GroupStatistic): Float64Array[] {
  return whole.map((group, g) => {
    const rest = group.slice(1);
    const drawn = whole.map((other, o) => (o === g ? rest : other));
    return Float64Array.from(group, (_, i) => {
      if (i > 0) rest[i - 1] = i - 1;
      return finite(statistic(drawn), `the sample without case ${i}`);
    });
  });
}

/** What a bootstrap has computed, before quantiles are read off. */
interface Resampled {
  /** Of the whole sample. */
  readonly estimate: number;
  /** One per resample, in any order. */
  readonly estimates: Float64Array;
  /** For "bca": per group, one per case left out. */
  readonly leftOut: readonly Float64Array[];
}

/** Returns the interval that resampled estimates give; exact, without any draw of its own. */
export function resampledInterval(
  { estimate, estimates, leftOut }: Resampled,
  level: number,
  method: BootstrapMethod,
): Interval {
  const sorted = estimates.slice().sort();
  const tail = (1 - level) / 2;
  const [low, high] =
    method === "percentile"
      ? [tail, 1 - tail]
      : correctedTails(biasOf(sorted, estimate), accelerationOf(leftOut), tail);
  return { estimate, low: quantile(sorted, low), high: quantile(sorted, high), level };
}

/**
 * Efron and Tibshirani 1993, equation 14.10: the shares at which the resamples are cut, given the
 * bias z0 and the acceleration a.
 */
function correctedTails(z0: number, a: number, tail: number): [number, number] {
  const cut = (z: number): number => {
    const room = 1 - a * (z0 + z);
    // Past the pole the share has already reached its end.
    if (room <= 0) return z0 + z > 0 ? 1 : 0;
    return normalCdf(z0 + (z0 + z) / room);
  };
  const z = normalQuantile(tail);
  return [cut(z), cut(-z)];
}

/**
 * Equation 14.14: how far the estimate lies from the middle of the resamples, ties counted half.
 */
function biasOf(sorted: Float64Array, estimate: number): number {
  const n = sorted.length;
  let below = 0;
  let equal = 0;
  for (const value of sorted) {
    if (value < estimate) below++;
    else if (value === estimate) equal++;
  }
  // Kept off 0 and 1, whose quantiles are infinite, by half a resample.
  const share = Math.min(Math.max((below + equal / 2) / n, 0.5 / n), 1 - 0.5 / n);
  return normalQuantile(share);
}

/** Equation 14.15, summed over independent groups as SciPy does; 0 if no case matters. */
function accelerationOf(leftOut: readonly Float64Array[]): number {
  let cubes = 0;
  let squares = 0;
  for (const estimates of leftOut) {
    const n = estimates.length;
    let mean = 0;
    for (const estimate of estimates) mean += estimate / n;
    for (const estimate of estimates) {
      const influence = ((n - 1) * (mean - estimate)) / n;
      squares += influence ** 2;
      cubes += influence ** 3;
    }
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Linear interpolation between neighbours, as NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

function gather(values: ArrayLike<number>, drawn: Int32Array, buffer: Float64Array): Float64Array {
  for (let i = 0; i < drawn.length; i++) buffer[i] = values[drawn[i] as number] as number;
  // One case is missing while the jackknife runs.
  return drawn.length === buffer.length ? buffer : buffer.subarray(0, drawn.length);
}

function isColumnList(
  samples: NumberColumn | readonly NumberColumn[],
): samples is readonly NumberColumn[] {
  return Array.isArray(samples) && typeof samples[0] === "object" && samples[0] !== null;
}

function finite(value: number, of: string): number {
  if (Number.isFinite(value)) return value;
  throw new InputError(
    "not-finite",
    `The statistic of ${of} is ${String(value)}: expected a finite number. A resample can lack a ` +
      "class or consist of one case only: say in the statistic what counts then.",
    { value },
  );
}

function requireMethod(method: BootstrapMethod, sizes: readonly number[]): void {
  if (method !== "percentile" && method !== "bca") {
    throw new InputError(
      "out-of-range",
      `method: expected "percentile" or "bca", got ${JSON.stringify(method)}.`,
      { method },
    );
  }
  if (method === "bca" && sizes.some((size) => size < 2)) {
    throw new InputError(
      "out-of-range",
      'method "bca" leaves one case out after the other: expected at least two cases, got ' +
        `${Math.min(...sizes)}. Use "percentile", or collect more.`,
      { sizes },
    );
  }
}
