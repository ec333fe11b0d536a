import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { stump } from "./stump";

const column = (values: readonly number[]) => values.map((value) => [value]);

/** Most right answers of any rule with so many pieces, by trying every labelling of the values. */
function bruteForce(values: readonly number[], labels: readonly number[], pieces: number): number {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const classes = [...new Set(labels)];
  let best = 0;
  const assign = (v: number, last: number, used: number, right: number): void => {
    if (v === distinct.length) {
      best = Math.max(best, right);
      return;
    }
    for (const label of classes) {
      const now = used + (v === 0 || label !== last ? 1 : 0);
      if (now > pieces) continue;
      const hits = values.filter((x, i) => x === distinct[v] && labels[i] === label).length;
      assign(v + 1, label, now, right + hits);
    }
  };
  assign(0, -1, 0, 0);
  return best;
}

describe("stump", () => {
  it("finds as good a rule as trying every labelling, and predicts by it", () => {
    const sample = fc.record({
      x: fc.integer({ min: 0, max: 5 }),
      y: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (samples, pieces) => {
          const [values, labels] = [samples.map(({ x }) => x), samples.map(({ y }) => y)];
          const rule = stump({ pieces }).fit(column(values), labels);
          const right = rule
            .predict(column(values))
            .filter((label, i) => label === labels[i]).length;
          expect(right).toBe(bruteForce(values, labels, pieces));
          expect(rule.trainAccuracy).toBe(right / samples.length);
          expect(rule.pieces.length).toBeLessThanOrEqual(pieces);
          expect(rule.pieces.every((label, i) => i === 0 || label !== rule.pieces[i - 1])).toBe(
            true,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("learns which side is which class", () => {
    expect(
      stump()
        .fit(column([1, 2, 8, 9]), ["no", "no", "yes", "yes"])
        .predict([[0], [10]]),
    ).toEqual(["no", "yes"]);
    expect(
      stump()
        .fit(column([1, 2, 8, 9]), ["yes", "yes", "no", "no"])
        .predict([[0], [10]]),
    ).toEqual(["yes", "no"]);
  });

  it("cuts three classes twice by default, once when asked for two pieces", () => {
    const [rows, labels] = [column([1, 2, 5, 6, 9, 10]), ["a", "a", "b", "b", "c", "c"]];
    const full = stump().fit(rows, labels);
    expect(full).toMatchObject({ cuts: [3.5, 7.5], pieces: ["a", "b", "c"], trainAccuracy: 1 });
    const single = stump({ pieces: 2 }).fit(rows, labels);
    expect(single).toMatchObject({ cuts: [3.5], trainAccuracy: 4 / 6 });
  });

  it("cuts one class out of the middle where that is allowed", () => {
    const rule = stump({ pieces: 3 }).fit(column([1, 2, 5, 6, 9]), [0, 0, 1, 1, 0]);
    expect(rule).toMatchObject({ cuts: [3.5, 7.5], pieces: [0, 1, 0], trainAccuracy: 1 });
  });

  it("puts a value equal to the threshold below it", () => {
    const rule = stump().fit(column([1, 3]), ["low", "high"]);
    expect(rule.cuts).toEqual([2]);
    expect(rule.predict([[2], [2.0000001]])).toEqual(["low", "high"]);
  });

  it("among equal rules takes the first feature, the fewest pieces, the lowest threshold", () => {
    expect(
      stump().fit(
        [
          [0, 1, 1],
          [0, 2, 2],
        ],
        ["a", "b"],
      ).feature,
    ).toBe(1);
    const none = stump({ pieces: 3 }).fit(column([1, 2, 3]), ["a", "a", "a"]);
    expect(none).toMatchObject({ cuts: [], pieces: ["a"] });
    // Cutting at 1.5 or at 3.5 gets three of four right.
    expect(stump({ pieces: 2 }).fit(column([1, 2, 3, 4]), [0, 1, 0, 1]).cuts).toEqual([1.5]);
  });

  it("uses a constant feature for the majority only", () => {
    const rule = stump().fit(column([7, 7, 7]), ["a", "b", "b"]);
    expect(rule).toMatchObject({ cuts: [], pieces: ["b"], trainAccuracy: 2 / 3 });
    expect(rule.describe()).toBe("always b");
  });

  it("keeps very large and neighbouring values apart", () => {
    const huge = stump().fit(column([-1.7e308, 1.7e308]), ["a", "b"]);
    expect(huge.predict(column([-1.7e308, 1.7e308]))).toEqual(["a", "b"]);
    const close = [1 + Number.EPSILON, 1 + 2 * Number.EPSILON];
    expect(stump().fit(column(close), ["a", "b"]).predict(column(close))).toEqual(["a", "b"]);
  });

  it("describes itself with a feature's name or its position", () => {
    const rule = stump().fit(
      [
        [0, 1],
        [0, 2],
        [0, 9],
      ],
      ["a", "b", "b"],
    );
    expect(rule.describe()).toBe("feature 1 <= 1.5: a, above: b");
    expect(rule.describe(["width", "height"])).toBe("height <= 1.5: a, above: b");
  });

  it("is quick with many samples: 20,000 distinct values, 10 classes, within a second", () => {
    const values = Array.from({ length: 20_000 }, (_, i) => Math.sin(i));
    const start = performance.now();
    stump().fit(
      column(values),
      values.map((value) => Math.floor(5 * value + 5)),
    );
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("refuses no pieces", () => {
    expect(() => stump({ pieces: 0 })).toThrow(InputError);
    expect(() => stump({ pieces: 1.5 })).toThrow("pieces: expected a whole number");
  });
});
