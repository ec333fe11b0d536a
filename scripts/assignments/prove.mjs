// @ts-check
// npm run assignments -- prove [NAME...]: does each assignment judge as its author means it to?
import { availableParallelism } from "node:os";
import {
  AssignmentError,
  judgeSubmission,
  loadExam,
  proveAssignment,
  readAssignment,
  readRelease,
} from "@headroom/grader";
import { findAssignments, readArguments } from "./arguments.mjs";
import { UsageError } from "./usage-error.mjs";

const USAGE = "prove [NAME...] [--failures] [--trust] [--jobs N]";

/** @typedef {{ jobs: number, trust: boolean, failuresOnly: boolean }} ProveSettings */

/**
 * Prints a line for each thing tried.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const options = /** @type {const} */ ({
    failures: { type: "boolean", default: false },
    trust: { type: "boolean", default: false },
    jobs: { type: "string", default: String(availableParallelism()) },
  });
  const { course, names, values } = readArguments(args, options, USAGE);
  const jobs = Number(values.jobs);
  if (!(Number.isInteger(jobs) && jobs > 0)) {
    throw new UsageError(`--jobs ${values.jobs}: expected how many at a time, 1 or more.`);
  }
  const settings = { jobs, trust: values.trust, failuresOnly: values.failures };
  const counts = await proveAssignments(course, names, settings);
  return counts.failed === 0 ? 0 : 1;
}

/**
 * Proves assignments, one after another.
 * @param {string} course
 * @param {readonly string[]} names none for all
 * @param {ProveSettings} settings
 * @returns {Promise<import("../test/counts.mjs").Counts>} one for each thing tried
 */
export async function proveAssignments(course, names, settings) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const started = performance.now();
  for (const { name, file } of findAssignments(course, names)) {
    const lines = await prove(course, name, file, settings);
    for (const { ok } of lines) counts[ok ? "passed" : "failed"]++;
  }
  console.log(
    `\n${counts.passed} held, ${counts.failed} did not, in ${seconds(performance.now() - started)}`,
  );
  return counts;
}

/**
 * @param {string} course
 * @param {string} name
 * @param {string} file
 * @param {ProveSettings} settings
 * @returns {Promise<readonly import("@headroom/grader").ProofLine[]>}
 */
async function prove(course, name, file, { jobs, trust, failuresOnly }) {
  try {
    const assignment = readAssignment(file);
    const exam = await loadExam(assignment, file);
    const release = readRelease(course, name);
    const proof = await proveAssignment(assignment, exam, {
      jobs,
      judge: (part, cells, seat) => judgeSubmission(part, cells, { ...seat, trust }),
      ...(release && { release }),
    });
    const verdict = proof.ok ? "proved" : "NOT PROVED";
    console.log(`\n${name}: ${verdict} in ${seconds(proof.milliseconds)}`);
    for (const { ok, what, found } of proof.lines) {
      if (!(ok && failuresOnly)) console.log(`  ${ok ? "ok    " : "FAILED"} ${what}: ${found}`);
    }
    return proof.lines;
  } catch (error) {
    if (!(error instanceof AssignmentError)) throw error;
    console.error(`\n${name}: NOT PROVED\n${error.message}`);
    return [{ ok: false, what: name, found: error.message }];
  }
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
