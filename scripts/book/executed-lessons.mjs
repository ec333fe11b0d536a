// @ts-check
// The lessons that the book shows, refused where one was never run.
import { existsSync } from "node:fs";
import path from "node:path";
import { wasNotRun } from "../notebooks/compare-notebook.mjs";
import { listLessons, listOrphans, numberOf, shown } from "../notebooks/lesson-files.mjs";
import { firstLine, readNotebook } from "../notebooks/notebook-format.mjs";
import { BookError } from "./book-error.mjs";

/**
 * The lessons of a folder in order, each with a notebook that holds its outputs.
 *
 * @param {string} folder the notebooks' folder
 * @returns {{ name: string, file: string }[]}
 * @throws {BookError} where there is none, or where one was never run, naming it and the cell
 */
export function executedLessons(folder) {
  const lessons = [...listLessons(folder), ...listOrphans(folder)];
  if (lessons.length === 0)
    throw new BookError(`There is no lesson in ${shown(folder) || folder}.`);
  const faults = lessons.flatMap(({ name, notebook }) => {
    const fault = faultOf(notebook);
    const cure = `npm run notebooks -- run ${numberOf(name)}`;
    return fault === "" ? [] : [`${name}: ${fault}; "${cure}" runs it`];
  });
  if (faults.length > 0) {
    throw new BookError(
      `The book shows stored outputs, and some are missing.\n${faults.join("\n")}`,
    );
  }
  return lessons
    .map(({ name, notebook }) => ({ name, file: path.resolve(notebook) }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * @param {string} file
 * @returns {string} empty where all is there
 */
function faultOf(file) {
  if (!existsSync(file)) return "its notebook was never made";
  const code = readNotebook(file).cells.filter(
    ({ cell_type, source }) => cell_type === "code" && source.trim() !== "",
  );
  const missing = code.find(wasNotRun);
  if (missing === undefined) return "";
  const all = code.every(wasNotRun);
  return all ? "it was never run" : `the cell "${firstLine(missing)}" was not run`;
}
