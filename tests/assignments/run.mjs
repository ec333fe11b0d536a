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

/** Two lanes, side by side: who starts browsers, kernels or nbgrader waits for much of the time. */
const LANES = [
  [tryInBrowser, tryStudentCheck],
  [tryAuthoring, tryInstructions, tryClass],
];
/** All others judge students' code. */
const WITHOUT_SANDBOX = [[tryStudentCheck]];

/**
 * Runs the test and prints a line for each thing tried.
 * @returns {Promise<Counts>}
 */
export async function runAssignmentsTest() {
  const settings = { jobs: availableParallelism(), trust: false, failuresOnly: true };
  const counts = noCounts();
  const problem = await sandboxProblem();
  const judges = problem === undefined || Boolean(process.env.CI);
  if (!judges) {
    console.error(`SKIPPED: what judges students' code: ${problem}`);
    counts.skipped += LANES.flat().length - WITHOUT_SANDBOX.flat().length + 1;
  }
  const lanes = judges ? LANES : WITHOUT_SANDBOX;
  await Promise.all(lanes.map((lane) => tell(lane, counts)));
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
