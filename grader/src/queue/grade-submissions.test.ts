import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { judgeHere } from "../testing/judge-here";
import { SmallCourse } from "../testing/small-course";
import { UnprovenError } from "./author-answers";
import { CourseLockedError, lockCourse } from "./course-lock";
import { type GradeOptions, gradeSubmissions } from "./grade-submissions";

let small: SmallCourse;
beforeEach(() => {
  small = new SmallCourse();
});
afterEach(() => small.remove());

/** How many sets of cells were judged, by the author or by students. */
let judged = 0;

function grade(options: Partial<GradeOptions> = {}) {
  judged = 0;
  return gradeSubmissions({
    course: small.folder,
    assignment: small.name,
    jobs: 2,
    judge: (exam, cells) => {
      judged++;
      return judgeHere(exam, cells);
    },
    ...options,
  });
}

test("answers earn what their tests say, and an author's wrong answer is recognised", async () => {
  small.handIn("ann", "return x / 2;");
  small.handIn("bob", "return x >> 1;");
  small.handIn("cat", "return Math.trunc(x / 2);");
  small.handIn("dan");
  const { verdicts } = await grade();
  expect(
    verdicts.map(({ student, score, wrongAnswers }) => [student, score, wrongAnswers]),
  ).toEqual([
    ["ann", 2, []],
    ["bob", 1, []],
    ["cat", 1, [{ exercise: "half", name: "without the fraction" }]],
    ["dan", 0, []],
  ]);
});

test("the author's answers are judged once for each state of the text source", async () => {
  small.handIn("ann", "return x / 2;");
  await grade();
  // The solution, the stub, the wrong answer, and ann's.
  expect(judged).toBe(4);
  small.handIn("bob", "return x;");
  await grade();
  expect(judged).toBe(1);
  await grade();
  expect(judged).toBe(0);
});

test("a wrong answer that was renamed is recognised by its new name", async () => {
  small.handIn("ann", "return x / 2;");
  await grade();
  const file = join(small.folder, "src", `${small.name}.ts`);
  writeFileSync(file, readFileSync(file, "utf8").replace("without the fraction", "cut off"));
  small.handIn("bob", "return Math.trunc(x / 2);");
  const [, bob] = (await grade()).verdicts;
  expect(bob?.wrongAnswers).toEqual([{ exercise: "half", name: "cut off" }]);
});

test("where the solution itself loses marks, nobody is judged", async () => {
  small.handIn("ann", "return x / 2;");
  const file = join(small.folder, "src", `${small.name}.ts`);
  writeFileSync(file, readFileSync(file, "utf8").replace("closeTo(-1.5)", "closeTo(-2)"));
  await expect(grade()).rejects.toThrow(UnprovenError);
  await expect(grade()).rejects.toThrow(
    /half: of -3: half\(-3\) should be -2.*\n.*prove 01-halves/,
  );
});

test("a corrected test is judged anew, other words are not", async () => {
  small.handIn("ann", "return Math.trunc(x / 2);");
  expect((await grade()).verdicts[0]?.score).toBe(1);
  const file = join(small.folder, "src", `${small.name}.ts`);
  writeFileSync(file, readFileSync(file, "utf8").replace("# Assignment 01", "# The first one"));
  expect((await grade()).judged).toBe(0);
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace("half, 8), closeTo(4)", "half, 7), closeTo(3.5)"),
  );
  expect((await grade()).verdicts[0]?.score).toBe(0);
});

test("while another process grades, nothing is judged; afterwards the course is free", async () => {
  small.handIn("ann", "return x / 2;");
  const lock = lockCourse(small.folder, "grade 01-halves");
  await expect(grade()).rejects.toThrow(CourseLockedError);
  lock.release();
  expect((await grade()).judged).toBe(1);
  lockCourse(small.folder, "next").release();
});

test("stopped while the author's answers are judged, nobody has a verdict and nothing is wrong", async () => {
  small.handIn("ann", "return x / 2;");
  const stop = new AbortController();
  const grading = await grade({
    signal: stop.signal,
    judge: async () => {
      stop.abort();
      throw new Error("stopped");
    },
  });
  expect(grading).toMatchObject({ judged: 0, left: 1 });
});
