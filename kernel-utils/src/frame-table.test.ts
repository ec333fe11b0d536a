import { describe, expect, it } from "vitest";
import { frameTable, isFrame } from "./frame-table";

/** What danfojs 1.2 gives for a frame of these rows. */
function frame(columns: string[], values: unknown[][]) {
  const index = values.map((_, i) => i);
  return { shape: [values.length, columns.length], columns, index, values, dtypes: columns };
}

describe("frameTable", () => {
  it("shows size, index and columns", () => {
    const shown = frameTable(
      frame(
        ["size", "kind"],
        [
          [1, "x"],
          [2.5, "<b>"],
        ],
      ),
    );
    expect(String(shown)).toBe(
      ["2 rows × 2 columns", "   size  kind", "─  ────  ────", "0   1.0  x", "1   2.5  <b>"].join(
        "\n",
      ),
    );
  });

  it("shows one column of a frame", () => {
    const series = {
      shape: [2, 1],
      columns: ["a"],
      index: [0, 1],
      values: [1, 2],
      dtypes: ["int32"],
    };
    expect(String(frameTable(series))).toMatch(/^2 values\n {3}a\n/);
  });

  it("leaves the middle of many rows and columns out", () => {
    const columns = Array.from({ length: 31 }, (_, i) => `c${i}`);
    const shown = String(frameTable(frame(columns, Array(569).fill(columns.map(() => 1)))));
    expect(shown).toContain("569 rows × 31 columns");
    expect(shown.split("\n")).toHaveLength(3 + 11);
    expect(shown).toMatch(/c5 +… +c25/);
  });

  it("leaves missing values empty", () => {
    const shown = String(frameTable(frame(["a"], [[null], [Number.NaN], [3]])));
    expect(shown.split("\n").slice(3)).toEqual(["0", "1", "2  3"]);
  });

  it("shows a frame without rows", () => {
    expect(String(frameTable(frame(["a"], [])))).toMatch(/^0 rows × 1 column\n/);
  });
});

describe("isFrame", () => {
  it("knows frames by their parts, and nothing else", () => {
    expect(isFrame(frame(["a"], [[1]]))).toBe(true);
    expect(isFrame({ shape: [1], values: [1] })).toBe(false);
    expect(isFrame([1])).toBe(false);
    expect(isFrame(null)).toBe(false);
  });
});
