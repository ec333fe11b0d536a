// @ts-check
// npm run assignments -- collect NAME: what was submitted, from the exchange into submitted/.
import { findAssignment, readArguments } from "./arguments.mjs";
import { runNbgrader } from "./run-nbgrader.mjs";

const USAGE = "collect NAME [--before-duedate]";

/**
 * Takes each student's newest submission, or with `--before-duedate` the newest that was in time. Links, pipes and floods are
 * left out, and named.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const options = /** @type {const} */ ({ "before-duedate": { type: "boolean", default: false } });
  const { course, names, values } = readArguments(args, options, USAGE);
  const { name } = findAssignment(course, names, USAGE);
  const inTime = values["before-duedate"] ? ["--before-duedate"] : [];
  return runNbgrader(course, ["collect", name, "--update", ...inTime]);
}
