import { describe, expect, it } from "vitest";
import pandas from "../fixtures/tag_measures.json";
import { loadLectureTable } from "./data/lecture-tables";
import { InputError } from "./errors";
import { wilsonInterval } from "./intervals";
import { tagMeasures } from "./tag-measures";

const { rows } = pandas;

describe.each([
  ["plain", pandas.plain, undefined],
  ["weighted", pandas.weighted, (row: { weight: number }) => row.weight],
] as const)("tagMeasures, %s", (_, expected, weight) => {
  const tags = ["car", "people", "low bandwidth"];
  const options = { tags, human: (row: { human: number }) => row.human };
  const found = tagMeasures(rows, weight === undefined ? options : { ...options, weight });

  it("are what pandas computes, for each tag and for rows without one", () => {
    for (const [i, measure] of [...found.tags, found.untagged].entries()) {
      const wanted = expected.measures[i] as (typeof expected.measures)[number];
      expect(measure.tag).toBe(wanted.tag ?? "(no tag)");
      expect([measure.rows, measure.errors]).toEqual([wanted.rows, wanted.errors]);
      expect(measure.dataShare).toBeCloseTo(wanted.dataShare, 12);
      expect(measure.errorShare.value).toBeCloseTo(wanted.errorShare, 12);
      expect(measure.errorRate.value).toBeCloseTo(wanted.errorRate, 12);
      expect(measure.impact).toBeCloseTo(wanted.impact, 12);
      expect(measure.gap?.value).toBeCloseTo(wanted.impact / wanted.dataShare, 12);
    }
  });

  it("count every row once in all", () => {
    expect(found.all).toMatchObject({ rows: 240, dataShare: 1, errorShare: { value: 1 } });
    expect(found.onlyErrors).toBe(false);
  });
});

describe("tagMeasures", () => {
  const small = [
    { tags: ["a", "b"], correct: false },
    { tags: ["a"], correct: true },
    { tags: ["c", "c"], correct: true },
    { tags: [], correct: false },
  ];

  it("puts the tags with most errors first, and lists each once", () => {
    const { tags } = tagMeasures(rows);
    expect(tags.map((tag) => tag.tag)).toEqual(["people", "car", "low bandwidth"]);
    expect(tags[0]?.gap).toBeUndefined();
    expect(tagMeasures(small).tags.map(({ tag, rows }) => `${tag} ${rows}`)).toEqual([
      "a 2",
      "b 1",
      "c 1",
    ]);
  });

  it("reports 0/0 for a tag that no row has and for a sheet without errors", () => {
    const [measure] = tagMeasures(small, { tags: ["z"], human: () => true }).tags;
    expect(measure).toMatchObject({ rows: 0, dataShare: 0, rateInterval: null, impact: 0 });
    expect(measure?.errorRate).toEqual({
      value: 0,
      defined: false,
      reason: 'no row has the tag "z"',
    });
    expect(measure?.gap?.defined).toBe(false);
    const right = tagMeasures([{ tags: ["a"], correct: true }]);
    expect(right.tags[0]?.errorShare.defined).toBe(false);
    expect(right.tags[0]?.errorRate).toEqual({ value: 0, defined: true });
  });

  it("gives the error rate Wilson's interval, for weights as for so many fewer rows", () => {
    const measure = tagMeasures(small).tags[0];
    expect(measure?.rateInterval).toEqual(wilsonInterval(1, 2));
    const heavy = tagMeasures(small, { weight: (row) => (row.correct ? 9 : 1) }).tags[0];
    expect(heavy?.errorRate.value).toBeCloseTo(0.1, 14);
    const width = (low = 0, high = 0) => high - low;
    expect(width(heavy?.rateInterval?.low, heavy?.rateInterval?.high)).toBeGreaterThan(0.6);
  });

  it("takes people's accuracy per tag: the lecture's impacts .60, .16, .60 and 0", () => {
    const conditions = loadLectureTable("speech-conditions").rows;
    const clips = conditions.flatMap(({ condition, share, model }) =>
      Array.from({ length: 10_000 * share }, (_, i) => ({
        tags: [condition],
        correct: i < Math.round(10_000 * share * model),
      })),
    );
    const human = Object.fromEntries(conditions.map((row) => [row.condition, row.human]));
    const found = tagMeasures(clips, { human, tags: conditions.map((row) => row.condition) });
    const points = found.tags.map((tag) => Number((100 * (tag.impact ?? 9)).toFixed(2)));
    expect(points).toEqual([0.6, 0.16, 0.6, 0]);
    expect(found.all.impact).toBeUndefined();
  });

  it("keeps the sign of a gap", () => {
    const { all } = tagMeasures(small, { human: (row) => !row.correct && row.tags.length === 0 });
    expect(all.gap?.value).toBe(0.25 - 0.5);
    expect(all.impact).toBe(-0.25);
  });

  it("says when a sheet holds errors only", () => {
    const { onlyErrors, tags } = tagMeasures(small.filter((row) => !row.correct));
    expect(onlyErrors).toBe(true);
    expect(tags.every((tag) => tag.errorRate.value === 1)).toBe(true);
  });

  it.each([
    ["no rows", () => tagMeasures([]), "rows is empty"],
    [
      "people's accuracy in per cent",
      () => tagMeasures(small, { human: () => 95 }),
      "human of rows[0]: expected a proportion",
    ],
    [
      "a missing accuracy",
      () => tagMeasures(small, { human: { a: 0.9 } }),
      'human has no accuracy for the tag "b"',
    ],
    [
      "an accuracy per tag in per cent",
      () => tagMeasures(small, { tags: ["a"], human: { a: 90 } }),
      'human["a"]: expected a proportion',
    ],
    [
      "a name that objects have by nature",
      () => tagMeasures(small, { tags: ["constructor"], human: {} }),
      'for the tag "constructor"',
    ],
    [
      "a negative weight",
      () => tagMeasures(small, { weight: () => -1 }),
      "weight of rows[0] is -1",
    ],
    ["weights of 0", () => tagMeasures(small, { weight: () => 0 }), "got 0 for all"],
    ["NaN", () => tagMeasures(small, { human: () => Number.NaN }), "got NaN"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
