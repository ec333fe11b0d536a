// @ts-check
// The students' notebooks, made by nbgrader itself.
import path from "node:path";
import { runPython } from "../notebooks/run-python.mjs";
import { ROOT } from "../project.mjs";

const SCRIPT = path.join(ROOT, "scripts", "assignments", "make_release.py");

/**
 * Makes `target/NAME/NAME.ipynb` of each assignment from `course/source`; the gradebook isn't touched.
 * @param {string} course
 * @param {readonly string[]} names
 * @param {string} target
 * @throws {Error} with what nbgrader said
 */
export async function makeReleases(course, names, target) {
  if (names.length === 0) return;
  const { code, errors } = await runPython([SCRIPT, course, target, ...names]);
  if (code !== 0) throw new Error(`nbgrader can't make the releases:\n${errors.trimEnd()}`);
}
