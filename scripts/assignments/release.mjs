// @ts-check
// npm run assignments -- release NAME: the students' notebook, made and put into the exchange.
import { findAssignment, readArguments } from "./arguments.mjs";
import { runNbgrader } from "./run-nbgrader.mjs";

const USAGE = "release NAME [--again]";

/**
 * Makes `release/NAME` from `source/NAME`, enters the assignment into the gradebook and puts it into the exchange.
 * @param {readonly string[]} args `--again` replaces what students fetch; those who have fetched keep theirs
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const options = /** @type {const} */ ({ again: { type: "boolean", default: false } });
  const { course, names, values } = readArguments(args, options, USAGE);
  const { name } = findAssignment(course, names, USAGE);
  const made = await runNbgrader(course, ["generate_assignment", name, "--force"]);
  if (made !== 0) return made;
  return runNbgrader(course, ["release_assignment", name, ...(values.again ? ["--force"] : [])]);
}
