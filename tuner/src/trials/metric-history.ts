import { type Direction, isBetter } from "./objective";
import type { MetricHistory, Report } from "./trial";

/** The best of a metric's history. */
export interface BestReport {
  /** NaN where every mean is. */
  readonly score: number;
  /** The earliest step with that mean; undefined where it is NaN. */
  readonly step: number | undefined;
}

/**
 * Returns the history with a report added: to the reports of its step, where there are some (of another
 * execution, or of a run that broke off), else in the order of steps.
 */
export function withReport(
  history: MetricHistory,
  step: number,
  metrics: Readonly<Record<string, number>>,
): MetricHistory {
  const result = new Map(history);
  for (const [name, value] of Object.entries(metrics)) {
    result.set(name, withValue(result.get(name) ?? [], step, value));
  }
  return result;
}

function withValue(reports: readonly Report[], step: number, value: number): readonly Report[] {
  const at = reports.findLastIndex((report) => report.step <= step);
  const known = reports[at];
  if (known?.step === step) {
    return reports.with(at, { step, values: [...known.values, value] });
  }
  return reports.toSpliced(at + 1, 0, { step, values: [value] });
}

/** Returns the history up to a step, which is left out; from there on, what an earlier one has. */
export function withoutFrom(
  history: MetricHistory,
  step: number,
  earlier: MetricHistory,
): MetricHistory {
  const result = new Map<string, readonly Report[]>();
  for (const [name, reports] of history) {
    const kept = [
      ...reports.filter((report) => report.step < step),
      ...(earlier.get(name) ?? []).filter((report) => report.step >= step),
    ];
    if (kept.length > 0) {
      result.set(name, kept);
    }
  }
  return result;
}

/** Returns the mean of the executions' values, NaN if one is; to the last bit what `numpy.mean` gives. */
export function meanOf(report: Report): number {
  return pairwiseSum(report.values, 0, report.values.length) / report.values.length;
}

/**
 * Returns the best mean over all steps, NaN left out unless all are; the first of equal ones. Undefined
 * where nothing was reported.
 */
export function bestReport(
  reports: readonly Report[] | undefined,
  direction: Direction,
): BestReport | undefined {
  if (reports === undefined || reports.length === 0) {
    return undefined;
  }
  let best: BestReport = { score: Number.NaN, step: undefined };
  for (const report of reports) {
    const score = meanOf(report);
    const better = Number.isNaN(best.score) || isBetter(direction, score, best.score);
    if (!Number.isNaN(score) && better) {
      best = { score, step: report.step };
    }
  }
  return best;
}

/** NumPy's summation: eight running sums in blocks of at most 128 numbers, the blocks' sums by halves. */
function pairwiseSum(values: readonly number[], from: number, to: number): number {
  const count = to - from;
  if (count > 128) {
    const half = Math.floor(count / 2);
    const middle = from + half - (half % 8);
    return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
  }
  let sum = 0;
  let rest = from;
  if (count >= 8) {
    const sums = values.slice(from, from + 8);
    for (rest += 8; rest + 8 <= to; rest += 8) {
      for (let lane = 0; lane < 8; lane++) {
        sums[lane] += values[rest + lane];
      }
    }
    const [a, b, c, d, e, f, g, h] = sums;
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (; rest < to; rest++) {
    sum += values[rest];
  }
  return sum;
}
