import { describe, expect, it } from "vitest";
import reference from "../fixtures/intervals.json";
import { InputError } from "./errors";
import {
  type DifferenceMethod,
  differenceInterval,
  pairedDifferenceInterval,
  wilsonInterval,
} from "./intervals";
import { SeededRandom } from "./random";

describe("wilsonInterval", () => {
  it.each(reference.wilson)("%d of %d at level %d is SciPy's", (successes, n, level, low, high) => {
    const interval = wilsonInterval(successes as number, n as number, level);
    expect(interval.estimate).toBe((successes as number) / (n as number));
    expect(interval.low).toBeCloseTo(low as number, 12);
    expect(interval.high).toBeCloseTo(high as number, 12);
    expect(interval.level).toBe(level);
  });

  it("ends at exactly 0 and 1 where the share does", () => {
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(wilsonInterval(20, 20).high).toBe(1);
  });

  it("covers the true share in about 95 % of samples", () => {
    const random = new SeededRandom(4);
    let covered = 0;
    for (let run = 0; run < 2000; run++) {
      let successes = 0;
      for (let i = 0; i < 40; i++) if (random.random() < 0.89) successes++;
      const { low, high } = wilsonInterval(successes, 40);
      if (low <= 0.89 && 0.89 <= high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.93);
    expect(covered / 2000).toBeLessThan(0.98);
  });

  it.each([
    ["no cases", () => wilsonInterval(0, 0), "n: expected a whole number of at least 1, got 0"],
    ["more successes than cases", () => wilsonInterval(4, 3), "successes: expected a whole number"],
    ["a share", () => wilsonInterval(0.89, 40), "successes: expected a whole number, got 0.89"],
    ["NaN", () => wilsonInterval(Number.NaN, 40), "got NaN"],
    ["a level in per cent", () => wilsonInterval(3, 4, 95), "Write 95 % as 0.95"],
    ["a level of 1", () => wilsonInterval(3, 4, 1), "level"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("differenceInterval", () => {
  it.each(reference.unpaired)("$x1/$n1 against $x2/$n2 at $level is statsmodels'", (row) => {
    const first = { share: row.x1 / row.n1, n: row.n1 };
    const second = { share: row.x2 / row.n2, n: row.n2 };
    for (const method of ["wald", "newcombe"] satisfies DifferenceMethod[]) {
      const interval = differenceInterval(first, second, { level: row.level, method });
      const [low, high] = row[method] as [number, number];
      expect(interval.estimate).toBeCloseTo(row.x1 / row.n1 - row.x2 / row.n2, 14);
      expect(interval.low).toBeCloseTo(low, 10);
      expect(interval.high).toBeCloseTo(high, 10);
    }
  });

  it.each([
    [1_000, 40, 12.5],
    [10_000, 400, 4.0],
  ])("the lecture's car gap of 4 points with %d clips, %d in a car, is ±%d", (_, n, half) => {
    const gap = differenceInterval({ share: 0.93, n }, { share: 0.89, n });
    expect(100 * gap.estimate).toBeCloseTo(4, 10);
    expect((100 * (gap.high - gap.low)) / 2).toBeCloseTo(half, 1);
    expect(gap.low + gap.high).toBeCloseTo(0.08, 12);
  });

  it("keeps the sign: swapped samples give the mirrored interval", () => {
    for (const method of ["wald", "newcombe"] satisfies DifferenceMethod[]) {
      const a = { share: 0.3, n: 12 };
      const b = { share: 0.55, n: 31 };
      const there = differenceInterval(a, b, { method });
      const back = differenceInterval(b, a, { method });
      expect(there.estimate).toBeLessThan(0);
      expect(back.low).toBeCloseTo(-there.high, 14);
      expect(back.high).toBeCloseTo(-there.low, 14);
    }
  });

  it.each([
    ["per cents", { share: 93, n: 40 }, "first.share: expected a proportion from 0 to 1, got 93"],
    ["a negative share", { share: -0.1, n: 40 }, "never negative"],
    ["no cases", { share: 0.5, n: 0 }, "first.n"],
    ["NaN", { share: Number.NaN, n: 4 }, "got NaN"],
  ])("refuses %s", (_, first, message) => {
    const call = () => differenceInterval(first, { share: 0.5, n: 3 });
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  it("refuses a method it doesn't know", () => {
    const call = () =>
      // @ts-expect-error: "score" is no method of this function
      differenceInterval({ share: 0.5, n: 3 }, { share: 0.5, n: 3 }, { method: "score" });
    expect(call).toThrow('expected "wald" or "newcombe", got "score"');
  });
});

/** Outcomes of two judges with the given counts of both, only first, only second, neither. */
function outcomes([both, onlyFirst, onlySecond, neither]: readonly number[]) {
  const repeat = (times: number | undefined, value: [number, number]) =>
    Array.from({ length: times ?? 0 }, () => value);
  const pairs = [
    ...repeat(both, [1, 1]),
    ...repeat(onlyFirst, [1, 0]),
    ...repeat(onlySecond, [0, 1]),
    ...repeat(neither, [0, 0]),
  ];
  return { first: pairs.map(([a]) => a), second: pairs.map(([, b]) => b) };
}

describe("pairedDifferenceInterval", () => {
  it.each(reference.paired)("of the table $table at $level is Newcombe's", (row) => {
    const { first, second } = outcomes(row.table);
    for (const method of ["wald", "newcombe"] satisfies DifferenceMethod[]) {
      const interval = pairedDifferenceInterval(first, second, { level: row.level, method });
      const [low, high] = row[method] as [number, number];
      expect(interval.low).toBeCloseTo(low, 12);
      expect(interval.high).toBeCloseTo(high, 12);
    }
  });

  it("agrees with a published table: 1, 1, 7, 12 gives -0.507 to -0.026", () => {
    const { first, second } = outcomes([1, 1, 7, 12]);
    const interval = pairedDifferenceInterval(first, second, { method: "newcombe" });
    expect(interval.low).toBeCloseTo(-0.507, 3);
    expect(interval.high).toBeCloseTo(-0.026, 3);
  });

  it("is narrower than for separate samples where the judges agree on most cases", () => {
    const { first, second } = outcomes([35, 2, 1, 2]);
    const paired = pairedDifferenceInterval(first, second);
    const unpaired = differenceInterval({ share: 37 / 40, n: 40 }, { share: 36 / 40, n: 40 });
    expect(paired.estimate).toBeCloseTo(unpaired.estimate, 14);
    expect(paired.high - paired.low).toBeLessThan(0.75 * (unpaired.high - unpaired.low));
  });

  it("of two judges that never differ is ±0 by wald and has a width by newcombe", () => {
    const same = [true, true, false];
    expect(pairedDifferenceInterval(same, same)).toMatchObject({ low: 0, high: 0 });
    const { low, high } = pairedDifferenceInterval(same, same, { method: "newcombe" });
    expect(low).toBeLessThan(-0.1);
    expect(high).toBeGreaterThan(0.1);
  });

  it("takes booleans, 0 and 1, typed arrays and one case", () => {
    const expected = pairedDifferenceInterval([1, 1, 0], [1, 0, 0]);
    expect(pairedDifferenceInterval([true, true, false], Uint8Array.of(1, 0, 0))).toEqual(expected);
    expect(pairedDifferenceInterval([1], [0]).estimate).toBe(1);
  });

  it.each([
    ["unequal lengths", () => pairedDifferenceInterval([1], [1, 0]), "same samples"],
    ["nothing", () => pairedDifferenceInterval([], []), "first is empty"],
    ["a label", () => pairedDifferenceInterval([1, 2], [1, 1]), "first[1]: expected true, false"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
