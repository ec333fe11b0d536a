import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CACHE } from "../project.mjs";
import { buildInWorkshop } from "./build-notebooks.mjs";
import { cellLines, findLessons, lessonOf, listLessons, listOrphans } from "./lesson-files.mjs";
import { newLesson } from "./new-lesson.mjs";
import { readNotebook } from "./notebook-format.mjs";

let folder: string;
const TWINS = "// %%\nf();\n\n// %% [markdown]\n// between\n\n// %%\nf();\n";

beforeAll(() => {
  mkdirSync(CACHE, { recursive: true });
  folder = mkdtempSync(path.join(CACHE, "lesson-sources-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("newLesson", () => {
  it("begins a lesson that findLessons knows by number, name and path", () => {
    const lesson = newLesson("07-debugging", "Why won't it learn?", [], folder);
    expect(readFileSync(lesson.source, "utf8")).toContain("// # Why won't it learn?\n");
    for (const typed of ["07", "07-debugging", "notebooks/src/07-debugging.ts", lesson.notebook]) {
      expect(findLessons([typed], folder)).toEqual([lesson]);
    }
    expect(findLessons([], folder)).toEqual([lesson]);
  });

  it("refuses a name of another form, a taken number and an empty title", () => {
    const lessons = listLessons(folder);
    expect(() => newLesson("7-debugging", "T", lessons, folder)).toThrow(
      /can't be a lesson's name/,
    );
    expect(() => newLesson("07-other", "T", lessons, folder)).toThrow(/07 is taken by/);
    expect(() => newLesson("08-other", " ", lessons, folder)).toThrow(/needs a title/);
  });
});

describe("findLessons", () => {
  it("lists what exists when a name doesn't", () => {
    expect(() => findLessons(["99"], folder)).toThrow(/no lesson "99".*\n {2}07-debugging/s);
  });
});

describe("listOrphans", () => {
  it("finds a notebook without a source", () => {
    writeFileSync(path.join(folder, "05-lost.ipynb"), "{}");
    expect(listOrphans(folder).map(({ name }) => name)).toEqual(["05-lost"]);
  });
});

describe("buildInWorkshop", () => {
  it("gives the same bytes for the same text, ids by content, and keeps tags", async () => {
    const tagged = `${TWINS}\n// %% tags=["raises-exception"]\ng();\n`;
    const texts = {
      twins: tagged,
      again: tagged,
      moved: `// %% [markdown]\n// # First\n\n${TWINS}`,
    };
    const lessons = Object.entries(texts).map(([slug, text], index) => {
      const lesson = lessonOf(`1${index}-${slug}`, folder);
      writeFileSync(lesson.source, text);
      return lesson;
    });
    const [twins, again, moved] = [...(await buildInWorkshop(lessons)).values()] as [
      string,
      string,
      string,
    ];
    expect(readFileSync(again, "utf8")).toBe(readFileSync(twins, "utf8"));

    const { cells } = readNotebook(twins);
    expect(cells.map(({ source }) => source)).toEqual(["f();", "between", "f();", "g();"]);
    expect(cells[2]?.id).toBe(`${cells[0]?.id}-2`);
    expect(cells[3]?.metadata).toEqual({ tags: ["raises-exception"] });
    expect(cellLines(lessons[0]?.source ?? "")).toEqual([2, 5, 8, 11]);

    const ids = readNotebook(moved).cells.map(({ id }) => id);
    expect(ids.slice(1)).toEqual(cells.slice(0, 3).map(({ id }) => id));
  });
});
