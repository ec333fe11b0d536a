import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadLectureTable } from "./data/lecture-tables";
import { InputError } from "./errors";
import { headroomTable, rankRows } from "./headroom";

const lecture = loadLectureTable("speech-conditions").rows.map(
  ({ condition, share, model, human }) => ({ name: condition, share, model, human }),
);

const points = (value: number) => Number((100 * value).toFixed(2));

describe("headroomTable", () => {
  it("gives the lecture's impacts .60, .16, .60 and 0 points", () => {
    const { rows } = headroomTable(lecture);
    expect(rows.map((row) => points(row.impact))).toEqual([0.6, 0.16, 0.6, 0]);
    expect(rows.map((row) => points(row.gap))).toEqual([1, 4, 2, 0]);
  });

  it("gives the lecture's totals: model 90.26, human 91.62, headroom 1.36", () => {
    const { totals } = headroomTable(lecture);
    expect(points(totals.model)).toBe(90.26);
    expect(points(totals.human)).toBe(91.62);
    expect(points(totals.headroom)).toBe(1.36);
    expect(totals.share).toBeCloseTo(1, 14);
  });

  it("says where the errors are: people noise 40 %, quiet 37, low bandwidth 18.5, car 4.5", () => {
    const { rows } = headroomTable(lecture);
    const shares = rows.map((row) => Number((100 * row.errorShare.value).toFixed(1)));
    expect(shares).toEqual([37, 4.5, 40, 18.5]);
  });

  it("keeps the sign of a gap where the model is ahead", () => {
    const { rows, totals } = headroomTable([{ name: "a", share: 1, model: 0.9, human: 0.8 }]);
    expect(rows[0]?.gap).toBeCloseTo(-0.1, 14);
    expect(totals.headroom).toBeCloseTo(-0.1, 14);
  });

  it("keeps other columns, changes no input, and makes rows of plain values and scores", () => {
    const input = [{ name: "a", share: 0.5, model: 1, human: 1, unit: "clips" }];
    const before = structuredClone(input);
    const { rows } = headroomTable(input);
    expect(rows[0]?.unit).toBe("clips");
    expect(input).toEqual(before);
    expect(rows[0]?.errorShare).toEqual({
      value: 0,
      defined: false,
      reason: "the model makes no errors",
    });
  });

  it("weights the priority by ease and importance", () => {
    const { rows } = headroomTable([
      { name: "a", share: 0.5, model: 0.8, human: 0.9, ease: 3, importance: 2 },
      { name: "b", share: 0.5, model: 0.8, human: 0.9, ease: 0, importance: 1 },
    ]);
    expect(rows[0]?.priority).toBeCloseTo(0.05 * 6, 14);
    expect(rows[1]?.priority).toBe(0);
    expect(headroomTable(lecture).rows.every((row) => row.priority === row.impact)).toBe(true);
  });

  it("has totals whose headroom is human minus model where shares cover everything", () => {
    const condition = fc.tuple(
      fc.nat(100),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 8 }), (drawn) => {
        const all = drawn.reduce((sum, [weight]) => sum + weight, 0);
        fc.pre(all > 0);
        const { totals } = headroomTable(
          drawn.map(([weight, model, human]) => ({ name: "x", share: weight / all, model, human })),
        );
        expect(totals.headroom).toBeCloseTo(totals.human - totals.model, 12);
      }),
    );
  });

  it("allows shares below 1, and above 1 only for overlapping rows, then without totals", () => {
    const row = { name: "a", share: 0.7, model: 0.8, human: 0.9 };
    expect(headroomTable([row]).totals).toMatchObject({ share: 0.7 });
    expect(headroomTable([row]).totals.model).toBeCloseTo(0.8, 14);
    expect(() => headroomTable([row, row])).toThrow("The shares add up to 1.4");
    const overlapping = headroomTable([row, row], { overlapping: true });
    expect(overlapping.rows).toHaveLength(2);
    // @ts-expect-error: there are no totals of shares that overlap
    expect(overlapping.totals).toBeUndefined();
    expect(headroomTable([{ ...row, share: 0 }]).totals).toMatchObject({ share: 0, model: 0 });
  });

  const row = { name: "a", share: 0.5, model: 0.8, human: 0.9 };
  it.each([
    [
      "shares in per cent",
      [{ ...row, share: 60 }],
      "conditions[0].share: expected a proportion from 0 to 1, got 60. Is it in per cent? Divide by 100",
    ],
    ["accuracies in per cent", [row, { ...row, model: 94 }], "conditions[1].model"],
    [
      "NaN",
      [{ ...row, human: Number.NaN }],
      "conditions[0].human: expected a proportion from 0 to 1, got NaN",
    ],
    ["a negative share", [{ ...row, share: -0.1 }], "never negative"],
    ["a negative weight", [{ ...row, ease: -1 }], "conditions[0].ease is -1"],
    [
      "ease for some rows only",
      [
        { ...row, ease: 1 },
        { ...row, name: "b" },
      ],
      "ease is given for some rows but not for b",
    ],
    ["no rows", [], "conditions is empty"],
  ])("refuses %s", (_, conditions, message) => {
    const call = () => headroomTable(conditions);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("rankRows", () => {
  const { rows } = headroomTable(lecture);
  const order = (by: Parameters<typeof rankRows>[1]) =>
    rankRows(rows, by).map(({ rank, name }) => `${rank} ${name}`);

  it("by accuracy puts low bandwidth first, by gap car noise", () => {
    expect(order("accuracy")).toEqual([
      "1 low bandwidth",
      "2 people noise",
      "3 car noise",
      "4 quiet",
    ]);
    expect(order("gap")).toEqual(["1 car noise", "2 people noise", "3 quiet", "4 low bandwidth"]);
  });

  it("by impact lets quiet and people noise share the first rank", () => {
    const expected = ["1 quiet", "1 people noise", "3 car noise", "4 low bandwidth"];
    expect(order("impact")).toEqual(expected);
    expect(order("priority")).toEqual(expected);
  });

  it("takes values that differ by rounding alone for a tie", () => {
    const { rows } = headroomTable([
      { name: "a", share: 0.1, model: 0.7, human: 0.9 },
      { name: "b", share: 0.4, model: 0.8, human: 0.85 },
      { name: "c", share: 0.4, model: 0.8, human: 0.85001 },
    ]);
    expect(rows[0]?.impact).not.toBe(rows[1]?.impact);
    expect(rankRows(rows, "impact").map((row) => row.rank)).toEqual([1, 2, 2]);
  });

  it("lets ease decide the tie", () => {
    const eased = headroomTable(
      lecture.map((row) => ({ ...row, ease: row.name === "people noise" ? 2 : 1 })),
    );
    expect(rankRows(eased.rows, "priority")[0]).toMatchObject({ rank: 1, name: "people noise" });
  });

  it("ranks all-zero values alike and leaves its input in order", () => {
    const same = headroomTable(
      ["a", "b"].map((name) => ({ name, share: 0.5, model: 1, human: 1 })),
    );
    expect(rankRows(same.rows, "gap").map((row) => row.rank)).toEqual([1, 1]);
    expect(rankRows([], "gap")).toEqual([]);
    rankRows(rows, "accuracy");
    expect(rows[0]?.name).toBe("quiet");
  });
});
