import { describe, expect, it } from "vitest";
import scipy from "../fixtures/intervals.json";
import {
  type BootstrapMethod,
  bootstrapInterval,
  bootstrapRows,
  resampledInterval,
  type Statistic,
} from "./bootstrap";
import { InputError } from "./errors";

const mean = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / x.length;

function median(x: Float64Array): number {
  const sorted = x.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

function correlation(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [(x[i] as number) - mx, (y[i] as number) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

const statistics: Record<string, Statistic> = {
  mean: (x) => mean(x as Float64Array),
  median: (x) => median(x as Float64Array),
  correlation: (x, y) => correlation(x as Float64Array, y as Float64Array),
  "difference of means": (x, y) => mean(x as Float64Array) - mean(y as Float64Array),
};

describe.each(scipy.resamplings)("$name, $method, level $level", (task) => {
  const method = task.method as BootstrapMethod;
  const statistic = statistics[task.name] as Statistic;

  it("reads SciPy's interval off SciPy's resamples exactly", () => {
    const { estimates, interval } = task.small;
    const found = resampledInterval(
      {
        estimate: task.estimate,
        estimates: Float64Array.from(estimates),
        leftOut: task.leftOut.map((values) => Float64Array.from(values)),
      },
      task.level,
      method,
    );
    expect(found.low).toBeCloseTo(interval[0] as number, 10);
    expect(found.high).toBeCloseTo(interval[1] as number, 10);
  });

  // The ends from 10,000 resamples waver by 0.03 (percentile) to 0.05 (bca) standard errors; with
  // SciPy's own 20,000 the difference has a spread of at most 0.06: 0.25 is four of these.
  it("comes within 0.25 standard errors of SciPy's interval from resamples of its own", () => {
    const { interval, standardError } = task.large;
    const found = bootstrapInterval(task.samples, statistic, {
      seed: 3,
      resamples: 10_000,
      level: task.level,
      method,
      paired: task.paired,
    });
    const tolerance = 0.25 * standardError;
    expect(found.estimate).toBeCloseTo(task.estimate, 12);
    expect(Math.abs(found.low - (interval[0] as number))).toBeLessThan(tolerance);
    expect(Math.abs(found.high - (interval[1] as number))).toBeLessThan(tolerance);
  });
});

describe("bootstrapInterval", () => {
  it("finds the exact quantiles of a case small enough to list all 27 resamples", () => {
    const values = [1, 2, 6];
    const all = values.flatMap((a) => values.flatMap((b) => values.map((c) => (a + b + c) / 3)));
    // Repeated, so that the ends at 20 and 80 % lie within a step and are not interpolated.
    const estimates = Float64Array.from({ length: 2700 }, (_, i) => all[i % 27] as number);
    const exact = resampledInterval({ estimate: 3, estimates, leftOut: [] }, 0.6, "percentile");
    const found = bootstrapInterval(values, mean, { resamples: 20_000, level: 0.6 });
    expect(found).toEqual(exact);
    expect(exact.low).toBeCloseTo(5 / 3, 14);
    expect(exact.high).toBeCloseTo(13 / 3, 14);
  });

  it("gives the same interval for the same seed, another one for another", () => {
    const values = Array.from({ length: 40 }, (_, i) => Math.sin(i));
    const first = bootstrapInterval(values, mean, { seed: 1 });
    expect(bootstrapInterval(values, mean, { seed: 1 })).toEqual(first);
    expect(bootstrapInterval(values, mean, { seed: 2 })).not.toEqual(first);
  });

  it("draws paired columns together and separate samples separately", () => {
    const column = [1, 5, 2, 8, 3];
    const difference: Statistic = (a, b) => mean(a as Float64Array) - mean(b as Float64Array);
    const paired = bootstrapInterval([column, column], difference);
    expect(paired).toMatchObject({ estimate: 0, low: 0, high: 0 });
    const apart = bootstrapInterval([column, column], difference, { paired: false });
    expect(apart.high - apart.low).toBeGreaterThan(2);
  });

  it("takes typed arrays and leaves them as they were", () => {
    const values = Float32Array.of(3, 1, 2);
    const fromTyped = bootstrapInterval(values, mean);
    expect(values).toEqual(Float32Array.of(3, 1, 2));
    expect(fromTyped).toEqual(bootstrapInterval([3, 1, 2], mean));
  });

  it("of equal values has no width, by either method", () => {
    for (const method of ["percentile", "bca"] satisfies BootstrapMethod[]) {
      const interval = bootstrapInterval([4, 4, 4], mean, { method });
      expect(interval).toEqual({ estimate: 4, low: 4, high: 4, level: 0.95 });
    }
  });

  it("keeps bca finite where no resample reaches the estimate", () => {
    // The maximum is never exceeded; in small samples most resamples lie below it.
    const max = (x: Float64Array) => x.reduce((a, b) => Math.max(a, b));
    const { low, high } = bootstrapInterval([1, 2, 3, 50], (x) => -max(x), { method: "bca" });
    expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true);
  });

  it("is quick: 2,000 resamples of 2,000 values within a second", () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => i % 7);
    const start = performance.now();
    bootstrapInterval(values, mean);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each([
    ["no values", () => bootstrapInterval([], mean), "samples is empty"],
    ["NaN", () => bootstrapInterval([1, Number.NaN], mean), "samples[1] is NaN"],
    [
      "columns of unequal length that are paired",
      () => bootstrapInterval([[1], [1, 2]], mean),
      "samples[1] has 2: they must",
    ],
    [
      "bca of one case",
      () => bootstrapInterval([1], mean, { method: "bca" }),
      "at least two cases, got 1",
    ],
    ["no resamples", () => bootstrapInterval([1], mean, { resamples: 0 }), "resamples"],
    ["a level in per cent", () => bootstrapInterval([1], mean, { level: 95 }), "level"],
    [
      "a statistic of NaN",
      () => bootstrapInterval([0, 1], (x) => 1 / (x[0] as number)),
      "The statistic of the whole sample is Infinity",
    ],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("bootstrapRows", () => {
  it("gives what bootstrapInterval gives for the same statistic and seed", () => {
    const values = [2, 4, 4, 7, 11, 3];
    for (const method of ["percentile", "bca"] satisfies BootstrapMethod[]) {
      const options = { seed: 8, method, resamples: 500 };
      const byRows = bootstrapRows(
        values.length,
        (rows) => mean(Float64Array.from(rows, (row) => values[row] as number)),
        options,
      );
      expect(byRows).toEqual(bootstrapInterval(values, mean, options));
    }
  });

  it("names the resample whose statistic fails", () => {
    const labels = [0, 1];
    const call = () =>
      bootstrapRows(2, (rows) => 1 / rows.reduce((n, row) => n + (labels[row] as number), 0));
    expect(call).toThrow(/The statistic of resample \d+ is Infinity/);
  });
});
