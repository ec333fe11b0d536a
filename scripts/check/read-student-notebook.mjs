// @ts-check
// A student's notebook, read with errors that say what to do.
import { statSync } from "node:fs";
import path from "node:path";
import { readNotebook } from "../notebooks/notebook-format.mjs";

/** @typedef {import("../notebooks/notebook-format.mjs").Cell} Cell */
/** @typedef {import("../notebooks/notebook-format.mjs").Notebook} Notebook */

/** A file that can't be checked; the message says why, and what to do. */
export class BadNotebookError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "BadNotebookError";
  }
}

/** An exercise: the cell of its tests, and the answers that stand between it and the tests before. */
/** @typedef {{ id: string, title: string, tests: number, answers: readonly number[] }} Exercise */

/**
 * What an assignment's notebook asks for; numbers are places of cells.
 * @typedef {object} Assignment
 * @property {Notebook} notebook
 * @property {readonly Exercise[]} exercises
 * @property {readonly { id: string, title: string, text: string }[]} reflections
 */

/** What an unanswered reflection says. */
const TEXT_STUB = "YOUR ANSWER HERE";

/**
 * Reads an assignment's notebook.
 * @param {string} file
 * @returns {Assignment}
 * @throws {BadNotebookError}
 */
export function readStudentNotebook(file) {
  const notebook = readPlain(file);
  /** @type {Exercise[]} */
  const exercises = [];
  /** @type {{ id: string, title: string, text: string }[]} */
  const reflections = [];
  /** @type {number[]} */
  let answers = [];
  let title = "";
  for (const [index, cell] of notebook.cells.entries()) {
    const grading = gradingOf(cell);
    const heading = cell.cell_type === "markdown" && /^##+ +(.+)$/m.exec(cell.source);
    if (heading && !grading.solution) title = heading[1].trim();
    if (cell.cell_type === "code" && grading.solution) answers.push(index);
    if (!grading.grade) continue;
    const id = grading.id.replace(/-tests$/, "");
    if (cell.cell_type === "code") {
      exercises.push({ id, title: title || id, tests: index, answers });
      answers = [];
    } else if (grading.solution) {
      reflections.push({ id, title: title || id, text: cell.source });
    }
  }
  if (exercises.length === 0) {
    throw new BadNotebookError(
      `${file} has no cells that are graded: is it an assignment? Those lie in notebooks/assignments/release/.`,
    );
  }
  return { notebook, exercises, reflections };
}

/**
 * True for a reflection that still says what it was handed out with, or nothing.
 * @param {string} text
 */
export function isUnanswered(text) {
  return text.trim() === "" || text.trim() === TEXT_STUB;
}

/**
 * @param {string} file
 * @returns {Notebook}
 */
function readPlain(file) {
  requireFile(file);
  let notebook;
  try {
    notebook = readNotebook(file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : error;
    throw new BadNotebookError(
      `${file} can't be read as a notebook (${problem}). Open it in JupyterLab and save it again, or fetch the assignment anew.`,
    );
  }
  if (notebook.nbformat !== 4) {
    throw new BadNotebookError(
      `${file} is of notebook format ${notebook.nbformat}, expected 4: open it in JupyterLab and save it again.`,
    );
  }
  return notebook;
}

/** @param {string} file */
function requireFile(file) {
  if (path.extname(file) !== ".ipynb") {
    throw new BadNotebookError(`${file} is no notebook: expected a file that ends with .ipynb.`);
  }
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new BadNotebookError(
      `There is no file ${file}: is the path right, seen from this folder?`,
    );
  }
  if (!found.isFile()) throw new BadNotebookError(`${file} is no file: expected a notebook.`);
}

/**
 * What nbgrader's metadata say of a cell.
 * @param {Cell} cell
 */
function gradingOf(cell) {
  const { nbgrader } = /** @type {{ nbgrader?: Record<string, unknown> }} */ (cell.metadata ?? {});
  return {
    id: String(nbgrader?.grade_id ?? ""),
    grade: nbgrader?.grade === true,
    solution: nbgrader?.solution === true,
  };
}
