import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataFolder } from "./data-folder";
import { type LectureTableName, lectureTableNames, loadLectureTable } from "./lecture-tables";

describe("loadLectureTable", () => {
  it("knows every file of data/lectures, and no other name", () => {
    const files = readdirSync(join(dataFolder(), "lectures"));
    expect(files.sort()).toEqual(lectureTableNames.map((name) => `${name}.json`).sort());
    expect(() => loadLectureTable("no-such" as LectureTableName)).toThrow(
      expect.objectContaining({
        code: "out-of-range",
        message: expect.stringContaining("tag-sheet"),
      }),
    );
  });

  it.each(lectureTableNames)("%s says where it comes from and describes each column", (name) => {
    const table = loadLectureTable(name);
    expect(table).toMatchObject({ name, synthetic: false });
    expect(table.source.lecture).not.toBe("");
    const names = table.columns.map((column) => column.name);
    for (const row of table.rows) expect(Object.keys(row)).toEqual(names);
  });

  it("skewed-confusion: the printed rates come out of the counts", () => {
    const { rows } = loadLectureTable("skewed-confusion");
    const counts = rows.map(({ tn, fp, fn, tp }) => [tn, fp, fn, tp]);
    expect(counts).toEqual([
      [905, 9, 18, 68],
      [914, 0, 86, 0],
      [96, 0, 4, 0],
    ]);
    for (const { tn, fp, fn, tp, accuracy, precision, recall } of rows) {
      expect((tn + tp) / (tn + fp + fn + tp)).toBeCloseTo(accuracy, 3);
      expect(tp / (tp + fn)).toBeCloseTo(recall, 3);
      if (precision === null) expect(tp + fp).toBe(0);
      else expect(tp / (tp + fp)).toBeCloseTo(precision, 3);
    }
  });

  it("f1-pairs and multi-class-f1: F1 is the harmonic mean, up to the lecture's rounding", () => {
    const rows = [...loadLectureTable("f1-pairs").rows, ...loadLectureTable("multi-class-f1").rows];
    expect(rows).toHaveLength(6);
    for (const { precision, recall, f1 } of rows) {
      const harmonic = (2 * precision * recall) / (precision + recall);
      expect(Math.abs(harmonic - f1)).toBeLessThan(0.00055);
    }
  });

  it("skew-in-the-wild and speech-conditions: shares add up to 1", () => {
    for (const { common, rare } of loadLectureTable("skew-in-the-wild").rows) {
      expect(common + rare).toBeCloseTo(1, 12);
    }
    const conditions = loadLectureTable("speech-conditions").rows;
    expect(conditions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("speech-conditions: gap and impact come out of share, model and human", () => {
    const { rows } = loadLectureTable("speech-conditions");
    expect(rows.map((row) => row.impact)).toEqual([0.006, 0.0016, 0.006, 0]);
    for (const { share, model, human, gap, impact } of rows) {
      expect(human - model).toBeCloseTo(gap, 12);
      expect(gap * share).toBeCloseTo(impact, 12);
    }
  });

  it("rare-classes: the finding with few examples is the worst", () => {
    const { rows } = loadLectureTable("rare-classes");
    const worst = rows.reduce((low, row) => (row.performance < low.performance ? row : low));
    expect(worst).toEqual({ finding: "hernia", performance: 0.851, examples: 100 });
  });

  it("label-sources: what is better is harder to collect", () => {
    const { rows } = loadLectureTable("label-sources");
    expect(rows.map(({ quality }) => quality)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map(({ ease }) => ease)).toEqual([5, 4, 3, 2, 1]);
  });

  it("tag-sheet: tags overlap", () => {
    const { rows } = loadLectureTable("tag-sheet");
    expect(rows.map(({ tags }) => tags.length)).toEqual([1, 2, 1, 3]);
    expect(rows[1]).toMatchObject({ label: "Sweetened coffee", prediction: "Swedish coffee" });
  });
});
