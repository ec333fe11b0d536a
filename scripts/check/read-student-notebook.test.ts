import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CACHE } from "../project.mjs";
import { BadNotebookError, isUnanswered, readStudentNotebook } from "./read-student-notebook.mjs";

let folder: string;

beforeAll(() => {
  mkdirSync(CACHE, { recursive: true });
  folder = mkdtempSync(path.join(CACHE, "student-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function cell(type: string, source: string, nbgrader?: object) {
  return { cell_type: type, source: [source], metadata: nbgrader ? { nbgrader } : {}, outputs: [] };
}

const ANSWER = { grade_id: "half", grade: false, solution: true };
const TESTS = { grade_id: "half-tests", grade: true, solution: false };
const REFLECTION = { grade_id: "why", grade: true, solution: true };

describe("readStudentNotebook", () => {
  it("finds exercises with their answers and titles, and reflections with their texts", () => {
    const cells = [
      cell("markdown", "# Assignment\n\n## 1. Halves"),
      cell("code", "const helper = 1;"),
      cell("code", "answer", ANSWER),
      cell("code", "tests", TESTS),
      cell("markdown", "### Why?"),
      cell("markdown", "## Because", REFLECTION),
    ];
    const file = write("whole.ipynb", { nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    const { exercises, reflections } = readStudentNotebook(file);
    expect(exercises).toEqual([{ id: "half", title: "1. Halves", tests: 3, answers: [2] }]);
    expect(reflections).toEqual([{ id: "why", title: "Why?", text: "## Because" }]);
  });

  it.each([
    ["a file that isn't there", () => path.join(folder, "none.ipynb"), /There is no file/],
    ["a folder", () => folder, /is no notebook/],
    [
      "a folder called like a notebook",
      () => {
        const f = path.join(folder, "f.ipynb");
        mkdirSync(f);
        return f;
      },
      /is no file/,
    ],
    ["another kind of file", () => write("notes.txt", "x"), /ends with \.ipynb/],
    ["broken JSON", () => write("broken.ipynb", '{"cells": ['), /can't be read as a notebook/],
    ["JSON that is no notebook", () => write("list.ipynb", "[]"), /can't be read as a notebook/],
    ["an old format", () => write("old.ipynb", { nbformat: 3, cells: [] }), /format 3, expected 4/],
    [
      "a notebook without graded cells",
      () => write("plain.ipynb", { nbformat: 4, metadata: {}, cells: [cell("code", "1")] }),
      /no cells that are graded/,
    ],
  ])("refuses %s", (_, file, problem) => {
    const read = () => readStudentNotebook(file());
    expect(read).toThrow(problem);
  });

  it("throws errors that a caller can tell from its own", () => {
    expect(() => readStudentNotebook(path.join(folder, "none.ipynb"))).toThrow(BadNotebookError);
  });
});

describe("isUnanswered", () => {
  it("is true for nothing, blanks and what was handed out", () => {
    expect(["", " \n", "YOUR ANSWER HERE\n", "Because."].map(isUnanswered)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});
