// @ts-check
// npm run assignments -- feedback NAME: a page for each student, and with --release into the exchange.
import { findAssignment, readArguments } from "./arguments.mjs";
import { runNbgrader } from "./run-nbgrader.mjs";

const USAGE = "feedback NAME [--release]";

/**
 * Writes `feedback/STUDENT/NAME/NAME.html` from the gradebook as it is now.
 * @param {readonly string[]} args `--release` lets students fetch it
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const options = /** @type {const} */ ({ release: { type: "boolean", default: false } });
  const { course, names, values } = readArguments(args, options, USAGE);
  const { name } = findAssignment(course, names, USAGE);
  const written = await runNbgrader(course, ["generate_feedback", name, "--force"], {
    quiet: true,
  });
  if (written !== 0 || !values.release) return written;
  return runNbgrader(course, ["release_feedback", name]);
}
