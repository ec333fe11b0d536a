// @ts-check
// Makes a notebook's file from a canary's declaration.
import { writeFileSync } from "node:fs";

/**
 * @typedef {import("./declarations.mjs").Canary} Canary
 * @typedef {import("./declarations.mjs").CodeCell} CodeCell
 */

const METADATA = {
  kernelspec: { display_name: "TypeScript (Headroom)", language: "typescript", name: "headroom" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
};

/**
 * A notebook of canaries: where it lies, and which code cell each one is, counted from 0.
 * @typedef {{ file: string, places: Map<Canary, number> }} CanaryNotebook
 */

/**
 * Writes canaries as one notebook.
 * @param {readonly Canary[]} canaries
 * @param {string} file its path
 * @returns {CanaryNotebook}
 */
export function makeNotebook(canaries, file) {
  /** @type {CodeCell[]} */
  const cells = [];
  const places = new Map();
  for (const canary of canaries) {
    if (canary.after) cells.push(canary.after);
    places.set(canary, cells.push(canary.cell) - 1);
  }
  const title = { cell_type: "markdown", id: "title", metadata: {}, source: "# Canaries" };
  const notebook = {
    cells: [title, ...cells.map(codeCell)],
    metadata: METADATA,
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(file, JSON.stringify(notebook, null, 1));
  return { file, places };
}

/**
 * @param {CodeCell} cell
 * @param {number} index
 */
function codeCell(cell, index) {
  return {
    cell_type: "code",
    id: `cell-${index}`,
    execution_count: cell.unrun ? null : index + 1,
    metadata: {
      ...(cell.tags ? { tags: cell.tags } : {}),
      ...(cell.points === undefined ? {} : { nbgrader: gradedTest(index, cell.points) }),
    },
    outputs: storedOutputs(cell),
    source: cell.code,
  };
}

/** @param {CodeCell} cell */
function storedOutputs({ stored, storedError }) {
  if (storedError) {
    const { name, message } = storedError;
    return [{ output_type: "error", ename: name, evalue: message, traceback: [message] }];
  }
  return stored ? [{ output_type: "stream", name: "stdout", text: stored }] : [];
}

/**
 * nbgrader's description of a test that gives points.
 * @param {number} index
 * @param {number} points
 */
function gradedTest(index, points) {
  return {
    schema_version: 3,
    grade_id: `test-${index}`,
    cell_type: "code",
    grade: true,
    locked: true,
    solution: false,
    task: false,
    points,
  };
}
