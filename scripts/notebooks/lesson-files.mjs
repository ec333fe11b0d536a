// @ts-check
// Which lessons there are, and where their files lie.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { CACHE, ROOT } from "../project.mjs";

/** The folder of the lessons' notebooks; their text sources lie in `src` beneath it. */
export const NOTEBOOKS = path.join(ROOT, "notebooks");

/** Where notebooks are put together before they replace stored ones. */
export const WORKSHOP = path.join(CACHE, "notebooks");

/**
 * A lesson's name and files.
 * @typedef {{ name: string, source: string, notebook: string }} Lesson
 */

/** A command or a name that doesn't exist; the message lists what does. */
export class UsageError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "UsageError";
  }
}

/**
 * The lesson of a name, whether its files exist or not.
 * @param {string} name `NN-slug`
 * @param {string} [folder] the notebooks' folder
 * @returns {Lesson}
 */
export function lessonOf(name, folder = NOTEBOOKS) {
  return {
    name,
    source: path.join(folder, "src", `${name}.ts`),
    notebook: path.join(folder, `${name}.ipynb`),
  };
}

/**
 * All lessons with a text source, in order.
 * @param {string} [folder]
 * @returns {Lesson[]}
 */
export function listLessons(folder = NOTEBOOKS) {
  return namesIn(path.join(folder, "src"), ".ts").map((name) => lessonOf(name, folder));
}

/**
 * Notebooks in the folder that have no text source.
 * @param {string} [folder]
 * @returns {Lesson[]}
 */
export function listOrphans(folder = NOTEBOOKS) {
  const all = namesIn(folder, ".ipynb").map((name) => lessonOf(name, folder));
  return all.filter((lesson) => !existsSync(lesson.source));
}

/**
 * @param {string} folder
 * @param {string} extension
 */
function namesIn(folder, extension) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(extension));
  return files.map((file) => file.slice(0, -extension.length)).sort();
}

/**
 * The lessons meant by what was typed: a number (`02`), a name (`02-skewed-data-metrics`) or the
 * path of a source or a notebook; nothing means all.
 * @param {readonly string[]} wanted
 * @param {string} [folder]
 * @returns {Lesson[]}
 * @throws UsageError for a name that no lesson has
 */
export function findLessons(wanted, folder = NOTEBOOKS) {
  const lessons = listLessons(folder);
  if (wanted.length === 0) return lessons;
  return wanted.map((text) => {
    const name = path.basename(text).replace(/\.(ts|ipynb)$/, "");
    const found = lessons.find((lesson) => lesson.name === name || numberOf(lesson.name) === name);
    if (found) return found;
    const names = lessons.map((lesson) => `  ${lesson.name}`).join("\n");
    throw new UsageError(`There is no lesson "${text}". Lessons:\n${names || "  (none yet)"}`);
  });
}

/**
 * The number of a lesson: "02" of "02-skewed-data-metrics".
 * @param {string} name
 */
export function numberOf(name) {
  return name.split("-")[0];
}

/**
 * The line of the text source at which each cell's text begins, counted from 1.
 * @param {string} source the source's path
 * @returns {number[]} in the order of the cells
 */
export function cellLines(source) {
  const lines = readFileSync(source, "utf8").split("\n");
  return lines.flatMap((line, index) => (/^\/\/ %%/.test(line) ? [index + 2] : []));
}

/**
 * A path as a reader types it, relative to the project's root.
 * @param {string} file
 */
export function shown(file) {
  return path.relative(ROOT, file).split(path.sep).join("/");
}
