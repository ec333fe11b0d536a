/** Judges answers in this process, for tests of what is made of a judgement. */
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { type AnyFunction, functionName, localCaller, runTest } from "@headroom/checks/judge";
import { compileCell } from "@headroom/kernel/session";
import { type Exam, type ExamExercise, freshExercises } from "../assignment/exam";
import type { SubmittedCell } from "../intake/submission";
import type { ExerciseResult, Judgement, TestResult } from "../judge/judgement";

type Functions = Readonly<Record<string, AnyFunction | undefined>>;

/** Resolves to what the tests say of the cells. */
export async function judgeHere(exam: Exam, cells: readonly SubmittedCell[]): Promise<Judgement> {
  const started = performance.now();
  const functions = await runCells(exam, cells);
  const exercises: ExerciseResult[] = [];
  for (const exercise of await freshExercises(exam)) {
    const cell = cells.find(({ id }) => id === exercise.id);
    exercises.push(await judgeExercise(exercise, functions, cell?.source !== exercise.stub));
  }
  const milliseconds = performance.now() - started;
  return { exercises, cells: [], notes: [], processes: 1, milliseconds, timedOut: false };
}

async function runCells(exam: Exam, cells: readonly SubmittedCell[]): Promise<Functions> {
  const require = createRequire(__filename);
  const load = (name: string): unknown => require(name);
  const runtime = {
    wait: (value: unknown) => value,
    iterate: (value: unknown) => value,
    load,
    import: load,
    require,
    result() {},
  };
  const names = exam.exercises.flatMap((exercise) => exercise.functions);
  const { js } = compileCell(cells.map(({ source }) => source).join("\n;"), {
    id: 0,
    label: "answer",
  });
  const returned = names.map((name) => `get ${name}() { return ${name}; }`).join(", ");
  const run = runInThisContext(`(async (__kernel) => {${js}\n;return { ${returned} };})`);
  return await (run as (given: typeof runtime) => Promise<Functions>)(runtime);
}

async function judgeExercise(
  exercise: ExamExercise,
  functions: Functions,
  answered: boolean,
): Promise<ExerciseResult> {
  const caller = localCaller(5);
  const tests: TestResult[] = [];
  for (const { test, hidden } of exercise.tests) {
    const { passed, message } = await runTest(
      test,
      (fn, args) => caller(functions[functionName(fn)] as AnyFunction, args),
      exercise.title,
    );
    tests.push({ title: test.title, points: test.points, hidden, passed, message, lost: false });
  }
  const score = tests.reduce((total, { passed, points }) => total + (passed ? points : 0), 0);
  return { id: exercise.id, points: exercise.points, score, answered, tests };
}
