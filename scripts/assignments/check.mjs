// @ts-check
// npm run assignments -- check [NAME...]: what is stale, and what keeps no house rule.
import path from "node:path";
import {
  AssignmentError,
  findBreaches,
  findOrphans,
  findStale,
  loadExam,
  readAssignment,
} from "@headroom/grader";
import { findAssignments, readArguments } from "./arguments.mjs";

const USAGE = "check [NAME...]";

/**
 * Prints a line for each assignment in order, and one for each complaint.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { course, names } = readArguments(args, {}, USAGE);
  const counts = await checkAssignments(course, names);
  return counts.failed === 0 ? 0 : 1;
}

/**
 * Judges the text sources and the generated notebooks of a course, without running answers.
 * @param {string} course
 * @param {readonly string[]} names none for all
 * @returns {Promise<import("../test/counts.mjs").Counts>} one for each assignment
 */
export async function checkAssignments(course, names = []) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, file } of findAssignments(course, names)) {
    const complaints = await complaintsOf(course, file);
    counts[complaints.length === 0 ? "passed" : "failed"]++;
    if (complaints.length === 0) console.log(`${name}: in order`);
    for (const complaint of complaints) console.error(complaint);
  }
  const orphans = names.length === 0 ? findOrphans(course) : [];
  for (const orphan of orphans) console.error(orphan);
  return { ...counts, failed: counts.failed + orphans.length };
}

/**
 * @param {string} course
 * @param {string} file
 * @returns {Promise<readonly string[]>}
 */
async function complaintsOf(course, file) {
  try {
    const assignment = readAssignment(file);
    const exam = await loadExam(assignment, file);
    const breaches = findBreaches(assignment, exam);
    const stale = findStale(course, assignment);
    return [
      ...breaches.map(({ line, message }) => `${file}:${line}: ${message}`),
      ...stale.map((each) => `${path.relative(process.cwd(), each)}`),
      ...(stale.length > 0
        ? [`  npm run assignments -- build ${assignment.name} makes it anew`]
        : []),
    ];
  } catch (error) {
    if (!(error instanceof AssignmentError)) throw error;
    return [error.message];
  }
}
