// @ts-check
// npm run assignments -- build [NAME...]: nbgrader's source, the students' release and the solution.
import path from "node:path";
import { readAssignment, writeNotebooks } from "@headroom/grader";
import { findAssignments, readArguments } from "./arguments.mjs";
import { makeReleases } from "./make-releases.mjs";

const USAGE = "build [NAME...]";

/**
 * Prints a line for each assignment.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { course, names } = readArguments(args, {}, USAGE);
  const found = findAssignments(course, names);
  // All are read before the first is written.
  const assignments = found.map(({ file }) => readAssignment(file));
  for (const assignment of assignments) {
    const written = writeNotebooks(course, assignment).map((file) => path.relative(course, file));
    console.log(`${assignment.name}: ${written.join(", ") || "in order already"}`);
  }
  await makeReleases(
    course,
    assignments.map(({ name }) => name),
    path.join(course, "release"),
  );
  console.log(`${assignments.length} releases made by nbgrader`);
  return 0;
}
