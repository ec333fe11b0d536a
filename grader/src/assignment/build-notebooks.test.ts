import { describe, expect, it } from "vitest";
import { sampleSource } from "../testing/sample-source";
import { buildSolution, buildSource, releasedTexts } from "./build-notebooks";
import { formatNotebook } from "./notebook";
import { parseAssignment } from "./read-assignment";

const assignment = parseAssignment(sampleSource(), "90-halves.ts");

describe("buildSource", () => {
  it("gives each cell nbgrader's metadata, and the same id in both places", () => {
    const { cells } = buildSource(assignment);
    const grading = cells.map(({ metadata: { nbgrader } }) => {
      const { grade_id, grade, solution, locked, points } = nbgrader ?? {};
      return [grade_id, { grade, solution, locked, points }];
    });
    expect(grading).toEqual([
      ["text-1", { grade: false, solution: false, locked: true, points: undefined }],
      ["given-setup", { grade: false, solution: false, locked: true, points: undefined }],
      ["half", { grade: false, solution: true, locked: false, points: undefined }],
      ["half-tests", { grade: true, solution: false, locked: true, points: 3 }],
      ["why-question", { grade: false, solution: false, locked: true, points: undefined }],
      ["why", { grade: true, solution: true, locked: false, points: 2 }],
    ]);
    expect(cells.map(({ id }) => id)).toEqual(grading.map(([id]) => id));
  });

  it("leaves nbgrader its marks, and wrong answers out", () => {
    const text = formatNotebook(buildSource(assignment));
    for (const mark of ["// BEGIN SOLUTION", "// END HIDDEN TESTS", "<!-- BEGIN MARK SCHEME -->"]) {
      expect(text).toContain(mark);
    }
    expect(text).not.toContain("x * 2");
  });

  it("gives the same bytes each time", () => {
    const again = parseAssignment(sampleSource(), "90-halves.ts");
    expect(formatNotebook(buildSource(again))).toBe(formatNotebook(buildSource(assignment)));
  });
});

describe("buildSolution", () => {
  it("has the whole solution without its marks, and all tests", () => {
    const [, , exercise, tests] = buildSolution(assignment).cells;
    expect(exercise?.source).toBe(
      "/** Half of a number. */\nfunction half(x: number): number {\n  const parts = 2;\n  return x / parts;\n}",
    );
    expect(tests?.source).toContain("of a negative number");
  });
});

describe("releasedTexts", () => {
  it("has a stub for the solution, an empty answer, and nothing that is hidden", () => {
    const texts = releasedTexts(assignment);
    expect([...texts.keys()]).toEqual(buildSource(assignment).cells.map(({ id }) => id));
    expect(texts.get("half")).toBe(
      '/** Half of a number. */\nfunction half(x: number): number {\n  throw new Error("not answered yet");\n}',
    );
    expect(texts.get("half-tests")).not.toContain("negative");
    expect(texts.get("why-question")).toBe("### Why?\n");
    expect(texts.get("why")).toBe("YOUR ANSWER HERE");
  });
});

describe("formatNotebook", () => {
  it("writes lines in lists, keys in order, one space deep", () => {
    const text = formatNotebook(buildSource(assignment));
    expect(
      text.startsWith('{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": "text-1",'),
    ).toBe(true);
    expect(text).toContain(
      '"source": [\n    "# Assignment 90: halves\\n",\n    "\\n",\n    "Halve."\n   ]',
    );
    expect(text.endsWith("}\n")).toBe(true);
  });
});
