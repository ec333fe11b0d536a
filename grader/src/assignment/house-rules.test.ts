import { describe, expect, it } from "vitest";
import { sampleSource } from "../testing/sample-source";
import { findBreaches } from "./house-rules";
import { loadExam } from "./load-exam";
import { parseAssignment } from "./read-assignment";

async function breachesOf(cells: Parameters<typeof sampleSource>[0]) {
  const assignment = parseAssignment(sampleSource(cells), "90-halves.ts");
  const breaches = findBreaches(assignment, await loadExam(assignment));
  return breaches.map(({ line, message }) => `${line}: ${message}`).join("\n");
}

describe("findBreaches", () => {
  it("counts exercises, wrong answers and tests", async () => {
    const breaches = await breachesOf({});
    expect(breaches).toMatch(/1: the assignment has 1 exercises: 3 to 5/);
    expect(breaches).toMatch(/17: "half" has 1 wrong answers, at least 3/);
    expect(breaches).toMatch(/17: "half" has 1 visible tests, at least 2/);
    expect(breaches).toMatch(/17: "half" has 1 hidden tests, at least 2/);
    expect(breaches).not.toMatch(/title|doc comment|reflection|solution/);
  });

  it("wants a title with the number, a doc comment, a reflection and a short solution", async () => {
    const lines = Array.from({ length: 16 }, (_, at) => `  const a${at} = 1;`).join("\n");
    const breaches = await breachesOf({
      title: "// %% [markdown]\n// # Halves",
      exercise: `// %% exercise="half"\nfunction half(x: number): number {\n  // BEGIN SOLUTION\n${lines}\n  // END SOLUTION\n}`,
      reflection: "",
    });
    expect(breaches).toMatch(/10: the title must begin with "# Assignment 90: "/);
    expect(breaches).toMatch(/the assignment has no reflection/);
    expect(breaches).toMatch(/"half" has no doc comment/);
    expect(breaches).toMatch(/the solution of "half" has 16 lines, the limit is 15/);
  });
});
