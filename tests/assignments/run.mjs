// @ts-check
// Assignments from text source to feedback, as authors, students and instructors use them.
//
//   node tests/assignments/run.mjs
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { sandboxProblem } from "@headroom/grader";
import { COURSE } from "../../scripts/assignments/arguments.mjs";
import { checkAssignments } from "../../scripts/assignments/check.mjs";
import { proveAssignments } from "../../scripts/assignments/prove.mjs";
import { noCounts, sumCounts } from "../../scripts/test/counts.mjs";
import { runPythonTests } from "../../scripts/test/run-python-tests.mjs";
import { tryAuthoring } from "./authoring.mjs";
import { tryInBrowser } from "./browser.mjs";
import { tryClass } from "./class.mjs";
import { tryInstructions } from "./instructions.mjs";
import { tryStudentCheck } from "./student-check.mjs";

/** @typedef {import("../packages/packing.mjs").Finding} Finding */
/** @typedef {import("../../scripts/test/counts.mjs").Counts} Counts */

/**
 * Runs the test and prints a line for each thing tried.
 * @returns {Promise<Counts>}
 */
export async function runAssignmentsTest() {
  const settings = { jobs: availableParallelism(), trust: false, failuresOnly: true };
  const counts = noCounts();
  const problem = await sandboxProblem();
  const judges = problem === undefined || Boolean(process.env.CI);
  const judging = [tryInBrowser, tryAuthoring, tryInstructions, tryClass];
  if (!judges) {
    console.error(`SKIPPED: what judges students' code: ${problem}`);
    counts.skipped += judging.length + 1;
  }
  // Two at a time: what starts browsers, kernels or nbgrader waits for much of its time.
  const [inBrowser, ...others] = judges ? judging : [];
  await Promise.all([
    tell([...(inBrowser ? [inBrowser] : []), tryStudentCheck], counts),
    tell(others, counts),
  ]);
  const checked = await checkAssignments(COURSE);
  const last = [runPythonTests("grading")];
  if (judges) last.push(proveAssignments(COURSE, [], settings));
  return sumCounts([counts, checked, ...(await Promise.all(last))]);
}

/**
 * Tries one after the other, and prints and counts what each finds.
 * @param {readonly (() => AsyncIterable<Finding>)[]} tries
 * @param {Counts} counts
 */
async function tell(tries, counts) {
  for (const findings of tries.map((each) => each())) {
    for await (const { what, fault } of findings) {
      counts[fault === "" ? "passed" : "failed"]++;
      if (fault === "") console.log(`ok     ${what}`);
      else console.error(`FAILED ${what}: ${fault}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runAssignmentsTest();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
