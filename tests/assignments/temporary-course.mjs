// @ts-check
// A course of its own for a test: one of the project's assignments in another folder, configured as the project's.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSource, formatNotebook, readAssignment } from "@headroom/grader";
import { ROOT } from "../../scripts/project.mjs";

const COURSE = path.join(ROOT, "notebooks", "assignments");
const PACKAGES = path.join(ROOT, "grader", "nbgrader");

/**
 * Makes a course with an assignment of the project in an empty folder.
 * @param {string} folder
 * @param {string} name of the assignment
 */
export function makeCourse(folder, name) {
  writeSource(folder, name, readFileSync(path.join(COURSE, "src", `${name}.ts`), "utf8"));
  writeConfiguration(folder);
}

/**
 * Configures a course as the project's.
 * @param {string} folder
 */
export function writeConfiguration(folder) {
  writeFileSync(
    path.join(folder, "nbgrader_config.py"),
    `import sys
from pathlib import Path

sys.path.insert(0, ${JSON.stringify(PACKAGES)})

from headroom_grading import configure

c = get_config()
configure(c, Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "headroom"
`,
  );
}

/**
 * Writes an assignment's text source into a course, and the notebook that nbgrader reads.
 * @param {string} folder
 * @param {string} name of the assignment
 * @param {string} text
 */
export function writeSource(folder, name, text) {
  const file = path.join(folder, "src", `${name}.ts`);
  const notebook = path.join(folder, "source", name, `${name}.ipynb`);
  for (const each of [file, notebook]) mkdirSync(path.dirname(each), { recursive: true });
  writeFileSync(file, text);
  writeFileSync(notebook, formatNotebook(buildSource(readAssignment(file))));
}
