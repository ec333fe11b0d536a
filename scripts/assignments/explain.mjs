// @ts-check
// npm run assignments -- explain NAME STUDENT: a student's result, line by line.
import { explanation } from "@headroom/grader";
import { findAssignment, readArguments } from "./arguments.mjs";
import { readClass } from "./class-rows.mjs";
import { UsageError } from "./usage-error.mjs";

const USAGE = "explain NAME STUDENT";

/**
 * Prints each test with its message, hidden ones included, marks by hand, and what was noticed.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { course, names } = readArguments(args, {}, USAGE);
  const [name = "", student, ...rest] = names;
  if (student === undefined || rest.length > 0) {
    throw new UsageError(`Whose result?\nnpm run assignments -- ${USAGE}`);
  }
  const assignment = findAssignment(course, [name], USAGE);
  const { rows } = await readClass(course, assignment);
  const row = rows.find(({ verdict }) => verdict.student === student);
  if (row === undefined) {
    const students = rows.map(({ verdict }) => verdict.student).join(", ") || "nobody";
    console.error(
      `There is no verdict on ${student} in ${assignment.name}. Judged so far: ${students}.`,
    );
    return 1;
  }
  process.stdout.write(explanation(row));
  return 0;
}
