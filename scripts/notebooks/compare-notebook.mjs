// @ts-check
// Does a stored notebook agree with its source, and was every cell of it run, in order?
import { isDeepStrictEqual } from "node:util";
import { firstLine, tagsOf } from "./notebook-format.mjs";

/**
 * @typedef {import("./notebook-format.mjs").Cell} Cell
 * @typedef {import("./notebook-format.mjs").Notebook} Notebook
 */

/**
 * Something wrong in a notebook; `cell` counts all cells from 0, absent for the whole notebook.
 * @typedef {{ cell?: number, message: string }} Finding
 */

/** What a cell's source and its stored form must share, and how the reader calls it. */
const FIELDS = /** @type {const} */ ([
  ["cell_type", "type"],
  ["source", "text"],
  ["metadata", "tags or metadata"],
  ["id", "id"],
]);

/**
 * Where a stored notebook differs from what its source gives. Only the first difference is told:
 * one run mends all.
 * @param {Notebook} expected built from the source
 * @param {Notebook} stored
 * @returns {Finding[]}
 */
export function findDisagreement(expected, stored) {
  const cell = expected.cells.findIndex((each, index) => differs(each, stored.cells[index]));
  if (cell !== -1) {
    const field = differs(expected.cells[cell], stored.cells[cell]);
    const line = firstLine(expected.cells[cell]);
    return [{ cell, message: `its ${field} differs from the source's: ${line}` }];
  }
  if (stored.cells.length > expected.cells.length) {
    const message = `has ${stored.cells.length} cells, its source ${expected.cells.length}`;
    return [{ message }];
  }
  if (!isDeepStrictEqual(expected.metadata, stored.metadata)) {
    return [{ message: "its notebook metadata differ from the source's" }];
  }
  const sameFormat =
    expected.nbformat === stored.nbformat && expected.nbformat_minor === stored.nbformat_minor;
  return sameFormat ? [] : [{ message: "is stored in another version of the notebook format" }];
}

/**
 * @param {Cell} expected
 * @param {Cell | undefined} stored
 */
function differs(expected, stored) {
  if (stored === undefined) return "presence";
  return FIELDS.find(([key]) => !isDeepStrictEqual(expected[key], stored[key]))?.[1];
}

/**
 * Cells that weren't run, were run out of order, or hold an error that nobody announced.
 * @param {Notebook} notebook
 * @returns {Finding[]}
 */
export function findUnfinishedRun(notebook) {
  const codeCells = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  if (codeCells.length > 0 && codeCells.every(wasNotRun)) return [{ message: "was never run" }];
  let count = 0;
  return notebook.cells.flatMap((cell, index) => {
    if (cell.cell_type !== "code") return [];
    count++;
    return [...countFinding(cell, index, count), ...errorFinding(cell, index)];
  });
}

/** @param {Cell} cell */
export function wasNotRun(cell) {
  return (cell.execution_count ?? null) === null;
}

/**
 * @param {Cell} cell
 * @param {number} index
 * @param {number} expected
 * @returns {Finding[]}
 */
function countFinding(cell, index, expected) {
  if (cell.execution_count === expected) return [];
  const message = wasNotRun(cell)
    ? "was never run (it has no execution count)"
    : `was run out of order: its count is ${cell.execution_count}, its place ${expected}`;
  return [{ cell: index, message }];
}

/**
 * @param {Cell} cell
 * @param {number} index
 * @returns {Finding[]}
 */
function errorFinding(cell, index) {
  const error = (cell.outputs ?? []).find(({ output_type }) => output_type === "error");
  const announced = tagsOf(cell).includes("raises-exception");
  if (error && !announced) {
    const message =
      `stores an error, ${error.ename}: ${error.evalue}. ` +
      'Mend it, or tag the cell "raises-exception" where the error is the lesson';
    return [{ cell: index, message }];
  }
  if (!error && announced) {
    return [{ cell: index, message: 'is tagged "raises-exception" but stores no error' }];
  }
  return [];
}
