// @ts-check
// What answers earn, found out in this process: no sandbox, no protocol, no queue. For the authors' own answers only.
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import { functionName, localCaller, runTest } from "@headroom/checks/judge";
import { compileCell } from "@headroom/kernel/session";

const CALL_SECONDS = 10;

/** @typedef {import("@headroom/grader").Exam} Exam */
/** @typedef {import("@headroom/checks/judge").AnyFunction} AnyFunction */

/**
 * The points of each exercise, in the exam's order.
 * @param {Exam} exam
 * @param {readonly string[]} cells the sources of given cells and answers
 * @returns {Promise<number[]>}
 */
export async function scoresInProcess(exam, cells) {
  const functions = await runCells(exam, cells);
  const caller = localCaller(CALL_SECONDS);
  const scores = [];
  for (const { title, tests } of exam.exercises) {
    let score = 0;
    for (const { test } of tests) {
      const { passed } = await runTest(
        test,
        (fn, args) => caller(functions[functionName(fn)], args),
        title,
      );
      if (passed) score += test.points;
    }
    scores.push(score);
  }
  return scores;
}

/**
 * Runs cells as one piece of code, so that nothing of theirs stays behind.
 * @param {Exam} exam
 * @param {readonly string[]} cells
 * @returns {Promise<Record<string, AnyFunction>>} the functions that tests call
 */
async function runCells(exam, cells) {
  const require = createRequire(import.meta.url);
  const same = (/** @type {unknown} */ value) => value;
  const runtime = {
    wait: same,
    iterate: same,
    load: require,
    import: require,
    require,
    result() {},
  };
  const names = exam.exercises.flatMap(({ functions }) => functions);
  const { js } = compileCell(cells.join("\n;"), { id: 0, label: "answers" });
  const returned = names.map((name) => `get ${name}() { return ${name}; }`).join(", ");
  return runInThisContext(`(async (__kernel) => {${js}\n;return { ${returned} };})`)(runtime);
}
