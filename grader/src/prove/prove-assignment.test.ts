import { describe, expect, it } from "vitest";
import { releasedTexts } from "../assignment/build-notebooks";
import { loadExam } from "../assignment/load-exam";
import { parseAssignment } from "../assignment/read-assignment";
import { judgeHere } from "../testing/judge-here";
import { sampleSource } from "../testing/sample-source";
import { type ProveOptions, proveAssignment } from "./prove-assignment";

type Cells = Parameters<typeof sampleSource>[0];

async function prove(cells: Cells = {}, options: Partial<ProveOptions> = {}) {
  const assignment = parseAssignment(sampleSource(cells), "90-halves.ts");
  const exam = await loadExam(assignment);
  return proveAssignment(assignment, exam, {
    jobs: 2,
    judge: async (part, answers) => judgeHere(part, answers),
    release: releasedTexts(assignment),
    ...options,
  });
}

async function failuresOf(cells?: Cells, options?: Partial<ProveOptions>) {
  const { ok, lines } = await prove(cells, options);
  const failures = lines.filter((line) => !line.ok).map(({ what, found }) => `${what}: ${found}`);
  expect(ok).toBe(failures.length === 0);
  return failures;
}

function wrong(name: string, message: string, body: string): string {
  return `// %% wrong="half" name="${name}" message="${message}"\n{\n  function half(x: number): number {\n    ${body}\n  }\n}`;
}

describe("proveAssignment", () => {
  it("says of each thing that was tried what came", async () => {
    const { lines, ok, signatures } = await prove();
    expect(lines.map(({ what, found }) => `${what}: ${found}`)).toEqual([
      "the solution: 3 of 3 points",
      "the untouched stubs: 0 points in 1 exercises",
      'half, wrong answer "doubles": 0 of 3 points; a visible test says why',
      expect.stringMatching(/^what is hidden: \d+ titles, lines and numbers are told nowhere$/),
    ]);
    expect(ok).toBe(true);
    expect(signatures).toEqual([
      {
        exercise: "half",
        name: "doubles",
        failing: [
          { title: "of four", message: "of four: half(4) should be 2, but came 8." },
          {
            title: "of a negative number",
            message: expect.stringContaining("should be -4.0625, but came -16.25"),
          },
        ],
      },
    ]);
  });

  it("finds a solution that loses marks, with what the tests say", async () => {
    const exercise =
      '// %% exercise="half"\nfunction half(x: number): number {\n  // BEGIN SOLUTION\n  return Math.abs(x) / 2;\n  // END SOLUTION\n}';
    expect(await failuresOf({ exercise })).toEqual([
      expect.stringMatching(/^the solution: 1 of 3 points: of a negative number: .*came 4\.0625/),
    ]);
  });

  it("finds a stub that earns marks", async () => {
    const exercise =
      '// %% exercise="half"\nfunction half(x: number): number {\n  if (x === 4) return 2;\n  // BEGIN SOLUTION\n  return x / 2;\n  // END SOLUTION\n}';
    expect(await failuresOf({ exercise })).toEqual([
      expect.stringMatching(/^the untouched stubs: 1 points .* must earn nothing/),
    ]);
  });

  it("finds a wrong answer that passes, and one that hears something else", async () => {
    const passes = wrong("passes", "never", "return x * 0.5;");
    expect(await failuresOf({ wrong: passes })).toEqual([
      expect.stringContaining("3 of 3 points: it passes every test"),
    ]);
    const unheard = wrong("unheard", "this is a third", "return x / 3;");
    expect(await failuresOf({ wrong: unheard })).toEqual([
      expect.stringMatching(/but nobody says "this is a third":\n +of four: half\(4\)/),
    ]);
  });

  it("finds wrong answers that no report could tell apart", async () => {
    const twins = `${wrong("one", "should be 2", "return 7;")}\n${wrong("other", "came 7", "return 8 - 1;")}`;
    expect(await failuresOf({ wrong: twins })).toEqual([
      expect.stringMatching(/"one": fails the same tests .* as "other"/),
    ]);
  });

  it.each([
    ["a hidden test's title", "Think of a negative number."],
    ["a hidden test's number", "Half of 8.12 is 4.0625."],
    ["a line of the solution", "It is `return x / parts;`, of course."],
    ["a line of the mark scheme", "- 2 points: because of its halves"],
  ])("finds %s in the students' text", async (_, text) => {
    const title = `// %% [markdown]\n// # Assignment 90: halves\n//\n// ${text}`;
    expect(await failuresOf({ title })).toEqual([
      expect.stringMatching(/^what is hidden: \n {2}the cell text-1 tells /),
    ]);
  });

  it("finds what the stored release tells, even where the source does not", async () => {
    const release = new Map([["half-tests", "// of a negative number"]]);
    expect(await failuresOf({}, { release })).toEqual([
      expect.stringContaining(
        "the release's cell half-tests tells what a hidden test of half says",
      ),
    ]);
  });

  it("lets an answer's judge fail loudly: that is nobody's mark", async () => {
    const judge = () => Promise.reject(new Error("no sandbox here"));
    await expect(prove({}, { judge })).rejects.toThrow("no sandbox here");
  });
});
