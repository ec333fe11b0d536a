import { describe, expect, it } from "vitest";
import { toDataFrame } from "./data-frame";
import { loadLectureTable } from "./lecture-tables";
import { makeSpeechClips } from "./speech-clips";

// danfojs loads TensorFlow, which greets on the error stream unless told not to.
process.env.TF_CPP_MIN_LOG_LEVEL = "2";

describe("toDataFrame", () => {
  it("makes one column per key, in the order of the first row", async () => {
    const frame = await toDataFrame(loadLectureTable("speech-conditions").rows);
    expect(frame.shape).toEqual([4, 6]);
    expect(frame.columns).toEqual(["condition", "share", "model", "human", "gap", "impact"]);
    expect(frame.dtypes.slice(0, 2)).toEqual(["string", "float32"]);
    expect(frame.column("human").values).toEqual([0.95, 0.93, 0.89, 0.7]);
  });

  it("finds values by name where the keys of rows stand in another order", async () => {
    const frame = await toDataFrame([
      { a: 1, b: "x" },
      { b: "y", a: 2 },
    ]);
    expect(frame.values).toEqual([
      [1, "x"],
      [2, "y"],
    ]);
  });

  it("writes a list as one text, and keeps booleans and null", async () => {
    const sheet = await toDataFrame(loadLectureTable("tag-sheet").rows);
    expect(sheet.column("tags").values[1]).toBe("people noise, low bandwidth");
    const counts = await toDataFrame(loadLectureTable("skewed-confusion").rows);
    expect(counts.column("precision").values).toEqual([0.883, null, null]);
    const clips = await toDataFrame(makeSpeechClips({ count: 3 }));
    expect(clips.column("synthetic").values).toEqual([true, true, true]);
  });

  it("serves groupby and query on rows without null", async () => {
    const frame = await toDataFrame([
      { group: "a", x: 1 },
      { group: "b", x: 5 },
      { group: "a", x: 3 },
    ]);
    const means = frame.groupby(["group"]).agg({ x: "mean" });
    expect(means.values).toEqual([
      ["a", 2],
      ["b", 5],
    ]);
    expect(frame.query(frame.column("x").gt(2)).shape).toEqual([2, 2]);
  });

  it("refuses no rows, rows of other keys, and cells that are no cells", async () => {
    await expect(toDataFrame([])).rejects.toMatchObject({ code: "empty-input" });
    await expect(toDataFrame([{ a: 1 }, { b: 1 }])).rejects.toMatchObject({
      code: "missing-column",
      message: expect.stringMatching(/^rows\[1\] has the columns b; expected .*: a\.$/),
    });
    await expect(toDataFrame([{ a: 1 }, { a: 1, b: 1 }])).rejects.toMatchObject({
      code: "missing-column",
    });
    for (const value of [undefined, { x: 1 }, () => 1]) {
      await expect(toDataFrame([{ a: value }])).rejects.toMatchObject({
        code: "wrong-type",
        message: expect.stringMatching(/^rows\[0\]\.a: expected/),
      });
    }
  });

  it.each(["index", "values", "columns", "dtypes", "toString", "$data"])(
    "refuses a column called %s, which danfojs can't bear",
    async (name) => {
      await expect(toDataFrame([{ [name]: 1 }])).rejects.toMatchObject({
        code: "out-of-range",
        data: { column: name },
      });
    },
  );

  it.each(["count", "mean", "shape", "size", "class", "data", "then"])(
    "bears a column called %s",
    async (name) => {
      const frame = await toDataFrame([{ [name]: 1, other: 2 }]);
      expect(frame.values).toEqual([[1, 2]]);
    },
  );
});
