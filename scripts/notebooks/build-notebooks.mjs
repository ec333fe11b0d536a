// @ts-check
// Turns text sources into notebooks without outputs, in the workshop folder.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../project.mjs";
import { WORKSHOP } from "./lesson-files.mjs";
import { runPython } from "./run-python.mjs";

/**
 * @typedef {import("./lesson-files.mjs").Lesson} Lesson
 */

const SCRIPT = path.join(ROOT, "scripts", "notebooks", "build_notebooks.py");

/**
 * The lessons' notebooks as their sources say, without outputs; the stored ones aren't touched.
 * @param {readonly Lesson[]} lessons
 * @returns {Promise<Map<string, string>>} the built notebook's path by the lesson's name
 * @throws {Error} where a source can't be read as a percent notebook
 */
export async function buildInWorkshop(lessons) {
  mkdirSync(WORKSHOP, { recursive: true });
  const built = new Map(
    lessons.map(({ name }) => [name, path.join(WORKSHOP, `${name}.built.ipynb`)]),
  );
  const pairs = lessons.flatMap(({ name, source }) => [source, String(built.get(name))]);
  if (pairs.length === 0) return built;
  const { code, errors } = await runPython([SCRIPT, ...pairs]);
  if (code !== 0) throw new Error(`jupytext can't read a source:\n${errors.trimEnd()}`);
  return built;
}
