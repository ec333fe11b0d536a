import { describe, expect, it } from "vitest";
import { sampleSource } from "../testing/sample-source";
import { AssignmentError } from "./assignment-error";
import { parseAssignment } from "./read-assignment";

const FILE = "course/src/90-halves.ts";

function problemsOf(text: string, file = FILE): string[] {
  try {
    parseAssignment(text, file);
    return [];
  } catch (error) {
    if (!(error instanceof AssignmentError)) throw error;
    return error.message.split("\n");
  }
}

describe("parseAssignment", () => {
  it("reads cells of every kind, with the lines where their text begins", () => {
    const { name, title, cells } = parseAssignment(sampleSource(), FILE);
    expect({ name, title }).toEqual({ name: "90-halves", title: "Assignment 90: halves" });
    expect(cells.map(({ kind, line }) => [kind, line])).toEqual([
      ["text", 10],
      ["given", 14],
      ["exercise", 17],
      ["tests", 25],
      ["wrong", 34],
      ["reflection", 39],
    ]);
    expect(cells[1]).toMatchObject({ id: "given-setup" });
    expect(cells[3]).toMatchObject({ exercise: "half", points: 3 });
  });

  it("takes the braces off a wrong answer", () => {
    const wrong = parseAssignment(sampleSource(), FILE).cells[4];
    expect(wrong?.source).toBe("function half(x: number): number {\n  return x * 2;\n}");
  });

  it("parts a reflection's question from its mark scheme", () => {
    const reflection = parseAssignment(sampleSource(), FILE).cells[5];
    expect(reflection).toMatchObject({
      source: "### Why?",
      scheme: "- 2 points: because of its halves",
    });
  });

  it("gives another hash to another text", () => {
    const hashes = [sampleSource(), `${sampleSource()}\n`].map(
      (t) => parseAssignment(t, FILE).hash,
    );
    expect(new Set(hashes).size).toBe(2);
  });

  it("names every mistake at once, in the order of the lines", () => {
    const text = sampleSource({
      setup: "// %%\nf();",
      wrong: '// %% wrong="third" name="x"\n{\n}',
    });
    expect(problemsOf(text).map((problem) => problem.split(": ")[0])).toEqual([
      `${FILE}:13`,
      `${FILE}:31`,
      `${FILE}:31`,
    ]);
  });

  it.each([
    [
      "a name without a number",
      sampleSource(),
      "halves.ts",
      /:1: an assignment's file is called NN-slug/,
    ],
    [
      "another kernel",
      sampleSource().replace("name: headroom", "name: python3"),
      FILE,
      /:1: .*header/,
    ],
    ["no title", sampleSource({ title: "// %% [markdown]\n// Halve." }), FILE, /:10: .*title/],
    [
      "text before the first cell",
      sampleSource().replace("// ---\n\n", "// ---\nf();\n"),
      FILE,
      /:8: "f\(\);" stands before/,
    ],
    [
      "code in a text cell",
      sampleSource({ title: "// %% [markdown]\n// # A\nf();" }),
      FILE,
      /:11: "f\(\);" stands in a text cell/,
    ],
    [
      "a cell that says nothing",
      sampleSource({ setup: "// %%\nf();" }),
      FILE,
      /:13: a code cell says what it is: given="..."/,
    ],
    [
      "a key there is not",
      sampleSource({ setup: '// %% given="a" tags=3\nf();' }),
      FILE,
      /:13: there is no key "tags"/,
    ],
    [
      "a key that can't be read",
      sampleSource({ setup: "// %% given=setup\nf();" }),
      FILE,
      /:13: "given=setup" can't be read/,
    ],
    [
      "a key given twice",
      sampleSource({ setup: '// %% given="a" given="b"\nf();' }),
      FILE,
      /:13: "given" is given twice/,
    ],
    [
      "a key in the wrong kind of cell",
      sampleSource({ setup: '// %% [markdown] given="a"\n// f' }),
      FILE,
      /:13: given= belongs to a code cell/,
    ],
    [
      "no points",
      sampleSource({ tests: '// %% tests="half"\nf();' }),
      FILE,
      /:24: the cell needs points=N/,
    ],
    [
      "no points for words",
      sampleSource().replace(" points=2\n", "\n"),
      FILE,
      /:38: the cell needs points=N/,
    ],
    [
      "an id with other letters",
      sampleSource({ setup: '// %% given="Set up"\nf();' }),
      FILE,
      /:13: "Set up" is no id/,
    ],
    [
      "an empty cell",
      sampleSource({ setup: '// %% given="setup"\n' }),
      FILE,
      /:13: the cell is empty/,
    ],
    [
      "an id that is taken",
      sampleSource({
        exercise:
          '// %% given="setup"\nf();\n// %% exercise="half"\n// BEGIN SOLUTION\n// END SOLUTION',
      }),
      FILE,
      /:16: the id "given-setup" is taken/,
    ],
    [
      "tests without an exercise",
      sampleSource({ exercise: "", wrong: "" }),
      FILE,
      /:16: there is no exercise "half" before/,
    ],
    [
      "an exercise without tests",
      sampleSource({ tests: "" }),
      FILE,
      /:16: the exercise "half" has no tests/,
    ],
    [
      "two cells of tests",
      sampleSource({ wrong: '// %% tests="half" points=1\nf();' }),
      FILE,
      /:32: the exercise "half" has tests already/,
    ],
    [
      "a wrong answer of no exercise",
      sampleSource().replace('wrong="half"', 'wrong="hal"'),
      FILE,
      /:32: there is no exercise "hal"/,
    ],
    [
      "a wrong answer without braces",
      sampleSource({ wrong: '// %% wrong="half" name="a" message="b"\nf();' }),
      FILE,
      /:32: a wrong answer stands in braces/,
    ],
    [
      "a wrong answer without a message",
      sampleSource().replace(' message="should be 2"', ""),
      FILE,
      /:32: the cell needs message="..."/,
    ],
    [
      "an exercise without a solution",
      sampleSource({ exercise: '// %% exercise="half"\nconst half = 1;' }),
      FILE,
      /:16: the exercise has no \/\/ BEGIN SOLUTION/,
    ],
    [
      "a solution without end",
      sampleSource().replace("  // END SOLUTION\n", ""),
      FILE,
      /:19: BEGIN SOLUTION has no END SOLUTION/,
    ],
    [
      "an end without beginning",
      sampleSource().replace("  // BEGIN HIDDEN TESTS\n", ""),
      FILE,
      /:29: END HIDDEN TESTS has no BEGIN/,
    ],
    [
      "marks within marks",
      sampleSource().replace("  const parts = 2;", "  // BEGIN SOLUTION"),
      FILE,
      /:20: BEGIN SOLUTION stands inside another one/,
    ],
    [
      "a mark in another cell",
      sampleSource({ setup: '// %% given="setup"\n// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS' }),
      FILE,
      /:14: the mark HIDDEN TESTS belongs into a tests cell only/,
    ],
    [
      "a mark that is no whole line",
      sampleSource().replace("// BEGIN SOLUTION", "// BEGIN SOLUTION here"),
      FILE,
      /:19: .* is none: a mark is a whole line/,
    ],
    [
      "a reflection without mark scheme",
      sampleSource({ reflection: '// %% [markdown] reflect="why" points=2\n// Why?' }),
      FILE,
      /:38: the reflection has no mark scheme/,
    ],
  ])("refuses %s, at its line", (_, text, file, problem) => {
    expect(problemsOf(text, file).join("\n")).toMatch(problem);
  });
});
