import { describe, expect, it } from "vitest";
import { sampleSource } from "../testing/sample-source";
import { freshExercises } from "./exam";
import { loadExam } from "./load-exam";
import { parseAssignment } from "./read-assignment";

function load(cells: Parameters<typeof sampleSource>[0] = {}) {
  return loadExam(parseAssignment(sampleSource(cells), "90-halves.ts"));
}

/** The cell of the tests, with other tests in it. */
function testsCell(body: string, points = 3): string {
  return `// %% tests="half" points=${points}\n${body}`;
}

describe("loadExam", () => {
  it("collects the tests, and knows which of them are hidden", async () => {
    const { exercises, given } = await load();
    const [half] = exercises;
    expect(half).toMatchObject({ id: "half", title: "Half", points: 3, functions: ["half"] });
    expect(half?.stub).toContain("not answered yet");
    expect(half?.tests.map(({ test, hidden }) => [test.title, hidden, test.points])).toEqual([
      ["of four", false, 1],
      ["of a negative number", true, 2],
    ]);
    expect([...given.keys()]).toEqual(["given-setup"]);
  });

  it("does not run solutions or wrong answers", async () => {
    const boom = 'throw new Error("boom");';
    const exercise = `// %% exercise="half"\nfunction half(x: number): number {\n  // BEGIN SOLUTION\n  return x;\n  // END SOLUTION\n}\n${boom}`;
    const wrong = `// %% wrong="half" name="a" message="b"\n{\n  ${boom}\n}`;
    await expect(load({ exercise, wrong })).resolves.toMatchObject({ name: "90-halves" });
  });

  it("keeps one exam's names from another's", async () => {
    const tests = (value: number) =>
      testsCell(
        `const want = ${value};\nawait check("Half", test("late", property(async () => String(want))), test("b", call(half, 1), equals(1)), test("c", call(half, 2), equals(1)));`,
      );
    const setup =
      '// %% given="setup"\nimport { call, check, equals, property, test } from "@headroom/checks";';
    const exams = [await load({ setup, tests: tests(1) }), await load({ setup, tests: tests(2) })];
    const answers = await Promise.all(
      exams.map(async ({ exercises }) => {
        const subject = exercises[0]?.tests[0]?.test.subject;
        if (subject?.kind !== "property") throw new Error("no property");
        return await subject.body({ call: async () => undefined as never, random: Math.random });
      }),
    );
    expect(answers).toEqual(["1", "2"]);
  });

  it("declares tests anew for each submission: what one has counted, the next must not see", async () => {
    const tests = testsCell(
      'let calls = 0;\nawait check("Half", test("first", property(async () => "call " + String(++calls))), test("b", call(half, 1), equals(1)), test("c", call(half, 2), equals(1)));',
    );
    const setup =
      '// %% given="setup"\nimport { call, check, equals, property, test } from "@headroom/checks";';
    const exam = await load({ setup, tests });
    for (let submission = 0; submission < 2; submission++) {
      const [half] = await freshExercises(exam);
      expect(half?.tests.map(({ hidden }) => hidden)).toEqual([false, false, false]);
      const subject = half?.tests[0]?.test.subject;
      if (subject?.kind !== "property") throw new Error("no property");
      const tools = { call: async () => undefined as never, random: Math.random };
      expect(await subject.body(tools)).toBe("call 1");
    }
  });

  it("has the same hash when only text or wrong answers change, another when a test does", async () => {
    const { hash } = await load();
    const title = "// %% [markdown]\n// # Assignment 90: halves\n//\n// In other words.";
    const wrong = '// %% wrong="half" name="x" message="y"\n{\n  const half = 1;\n}';
    expect((await load({ title, wrong })).hash).toBe(hash);
    const tests = testsCell('await check("Half", test("of two", call(half, 2), equals(1)));', 1);
    expect((await load({ tests })).hash).not.toBe(hash);
  });

  it.each([
    [
      "points that do not add up",
      testsCell('await check("Half", test("a", call(half, 2), equals(1)));'),
      /:24: the tests of "half" are worth 1 together, the cell says points=3/,
    ],
    [
      "a failing cell, at its line",
      testsCell("\n\nnowhere();"),
      /90-halves\.ts:27: ReferenceError: nowhere is not defined/,
    ],
    ["a cell that is no TypeScript", testsCell("const = 3;"), /90-halves\.ts:25: /],
    [
      "a test that can't be",
      testsCell('await check("Half", test("", call(half, 2), equals(1)));'),
      /DeclarationError: a test has the title/,
    ],
    ["tests without a check", testsCell("four;"), /:25: the tests of "half" have no check/],
    [
      "two checks in a cell",
      testsCell(
        'await check("A", test("a", call(half, 2), equals(1)));\nawait check("B", test("a", call(half, 2), equals(1)));',
      ),
      /:25: the tests of "half" have more than one check/,
    ],
    [
      "a visible test that needs a hidden line",
      testsCell(
        '// BEGIN HIDDEN TESTS\nconst one = 1;\n// END HIDDEN TESTS\nawait check("Half", test("a", call(half, 2), equals(one)));',
        1,
      ),
      /one is not defined/,
    ],
    [
      "a test that calls the student's function itself",
      testsCell("half(3);"),
      /half is the student's and runs elsewhere/,
    ],
  ])("refuses %s", async (_, tests, problem) => {
    await expect(load({ tests })).rejects.toThrow(problem);
  });
});
