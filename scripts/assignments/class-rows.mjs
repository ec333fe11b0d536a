// @ts-check
// A class's results in an assignment: the verdicts, and what nbgrader's gradebook adds to them.
import { fileURLToPath } from "node:url";
import { readAssignment, readVerdicts } from "@headroom/grader";
import { runPython } from "../notebooks/run-python.mjs";

const SCRIPT = fileURLToPath(new URL("read_gradebook.py", import.meta.url));

/** @typedef {import("@headroom/grader").GradebookEntry} GradebookEntry */

/**
 * @param {string} course
 * @param {import("@headroom/grader").AssignmentFile} assignment
 * @returns {Promise<import("@headroom/grader").ClassResult>}
 */
export async function readClass(course, { name, file }) {
  const entries = new Map(
    (await readGradebook(course, name)).map((entry) => [entry.student, entry]),
  );
  const rows = readVerdicts(course, name).map((verdict) => ({
    verdict,
    entry: entries.get(verdict.student),
  }));
  return { assignment: name, title: readAssignment(file).title, rows };
}

/**
 * @param {string} course
 * @param {string} name
 * @returns {Promise<GradebookEntry[]>}
 * @throws {Error} with nbgrader's own words
 */
async function readGradebook(course, name) {
  /** @type {string[]} */
  const lines = [];
  const { code, errors } = await runPython([SCRIPT, name], (line) => lines.push(line), {
    cwd: course,
    env: { TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR: "1" },
  });
  if (code !== 0) throw new Error(`The gradebook of ${course} can't be read:\n${errors.trim()}`);
  return JSON.parse(lines.at(-1) ?? "[]");
}
