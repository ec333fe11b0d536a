import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadDigits } from "./data/digits";
import { InputError } from "./errors";
import { minMaxScaler } from "./min-max-scaler";
import { SeededRandom } from "./random";
import { stratifiedSplit, trainTestSplit } from "./splits";
import { standardScaler } from "./standard-scaler";
import { threeWaySplit } from "./three-way-split";

const random = new SeededRandom(1);
const table = Array.from({ length: 100 }, () => [random.normal(5, 2), random.normal(-3, 0.1)]);
const [train, test] = [table.slice(0, 70), table.slice(70)];
const copyOf = (rows: number[][]) => rows.map((row) => [...row]);

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return "none";
}

describe.each([
  ["standardScaler", standardScaler],
  ["minMaxScaler", () => minMaxScaler()],
])("%s's guards", (name, make) => {
  it("let honest training and test rows pass", () => {
    expect(codeOf(() => make().fit(train, { heldOut: test }))).toBe("none");
    expect(codeOf(() => make().fit(train, { heldOut: [] }))).toBe("none");
  });

  it("refuse to learn from all rows before the split, from the test rows, or from one of them", () => {
    expect(codeOf(() => make().fit(table, { heldOut: test }))).toBe("data-leak");
    expect(codeOf(() => make().fit(test, { heldOut: test }))).toBe("data-leak");
    expect(codeOf(() => make().fit([...train, test[3] as number[]], { heldOut: test }))).toBe(
      "data-leak",
    );
  });

  it("find copies of held-out rows by their values, in arrays and in tensors", () => {
    const tensor = (rows: number[][]) => ({
      shape: [rows.length, 2],
      dataSync: () => Float64Array.from(rows.flat()),
    });
    expect(codeOf(() => make().fit(copyOf(table), { heldOut: test }))).toBe("data-leak");
    expect(codeOf(() => make().fit(tensor(table), { heldOut: tensor(test) }))).toBe("data-leak");
    expect(codeOf(() => make().fit(tensor(train), { heldOut: tensor(test) }))).toBe("none");
  });

  it("say how many rows leak, and the cure", () => {
    expect(() => make().fit(table, { heldOut: test })).toThrow(
      /30 of 30 held-out rows are among.*heldOut\[0\].*fit on training rows alone/,
    );
  });

  it("take repeats of a coarse table for chance, as one column of whole numbers", () => {
    const coarse = Array.from({ length: 60 }, (_, i) => [i % 4]);
    expect(codeOf(() => make().fit(coarse.slice(0, 40), { heldOut: coarse.slice(40) }))).toBe(
      "none",
    );
  });

  it("let two equal rows of a real table pass, and refuse held-out rows of another width", () => {
    const twins = copyOf(test.slice(0, 2));
    expect(codeOf(() => make().fit([...train, ...twins], { heldOut: test }))).toBe("none");
    expect(codeOf(() => make().fit(train, { heldOut: [[1]] }))).toBe("length-mismatch");
  });

  it("learn once: the typical fit on test rows after the fit on training rows is refused", () => {
    const scaler = make();
    scaler.fit(train, { heldOut: test });
    expect(codeOf(() => scaler.fit(test, { heldOut: [] }))).toBe("already-fitted");
    expect(() => scaler.fit(test, { heldOut: [] })).toThrow(`${name}()`);
  });

  it("ask what is held out where a program without types leaves it out", () => {
    const fit = make().fit as (rows: number[][], options?: { heldOut?: number[][] }) => unknown;
    expect(codeOf(() => fit(train))).toBe("wrong-type");
    expect(codeOf(() => fit(train, {}))).toBe("wrong-type");
  });

  it("fitSplit learns from train alone and scales every part, whatever the parts are called", () => {
    const digits = loadDigits();
    const split = threeWaySplit(digits.labels, { seed: 1 });
    const { parts, scaler } = make().fitSplit(digits.features, split);
    const rowsOf = (positions: number[]) => positions.map((i) => digits.features[i] as number[]);
    const [own, others] = [rowsOf(split.train), rowsOf(split.validation)];
    const byHand = make().fit(own, { heldOut: others });
    expect(parts.train).toEqual(byHand.transform(own));
    expect(parts.validation).toEqual(byHand.transform(others));
    expect(parts.test).toHaveLength(split.test.length);
    expect(scaler.transform(others)).toEqual(parts.validation);
  });

  it("fitSplit refuses a position in two parts, one beyond the rows, and no training rows", () => {
    const make2 = () => make();
    expect(codeOf(() => make2().fitSplit(table, { train: [0, 1, 2], test: [2, 3] }))).toBe(
      "data-leak",
    );
    expect(codeOf(() => make2().fitSplit(table, { train: [0, 100], test: [1] }))).toBe(
      "out-of-range",
    );
    expect(codeOf(() => make2().fitSplit(table, { train: [0, 1.5], test: [1] }))).toBe(
      "wrong-type",
    );
    expect(codeOf(() => make2().fitSplit(table, { train: [], test: [1] }))).toBe("empty-input");
    expect(make2().fitSplit(table, { train: [0, 1], test: [] }).parts.test).toEqual([]);
  });

  it("never change what transform and inverseTransform of it undo", () => {
    const column = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(column, (values) => {
        const rows = values.map((value) => [value]);
        const scaler = make().fit(rows, { heldOut: [] });
        const back = scaler.inverseTransform(scaler.transform(rows)).flat();
        for (const [i, value] of values.entries()) expect(back[i]).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe("the scalers on real splits", () => {
  it("raise no alarm on any split of the digits", () => {
    const digits = loadDigits();
    for (const seed of [1, 2, 3]) {
      const split = stratifiedSplit(digits.labels, { testShare: 0.3, seed });
      const rowsOf = (positions: number[]) =>
        positions.map((i) => [...(digits.features[i] as number[])]);
      const options = { heldOut: rowsOf(split.test) };
      expect(codeOf(() => standardScaler().fit(rowsOf(split.train), options))).toBe("none");
    }
    const plain = trainTestSplit(100, { testShare: 0.3, seed: 1 });
    expect(standardScaler().fitSplit(table, plain).parts.test).toHaveLength(30);
  });
});
