// @ts-check
// Copies of lessons for the browser to run, so that no stored notebook is ever written to.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CACHE } from "../../scripts/project.mjs";

/** Inside the project, since the cells' imports are looked up from the notebook's folder. */
export const COPIES = path.join(CACHE, "browser-test", "notebooks");

/** Empties the folder of the copies. */
export function clearCopies() {
  rmSync(COPIES, { recursive: true, force: true });
  mkdirSync(COPIES, { recursive: true });
}

/**
 * Copies a notebook with its outputs but without execution counts, so that a count tells that a
 * cell was run since.
 * @param {string} notebook
 * @returns {{ name: string, file: string, codeCells: number }} the copy; its name within `COPIES`
 */
export function copyLesson(notebook) {
  const name = path.basename(notebook);
  const file = path.join(COPIES, name);
  const content = JSON.parse(readFileSync(notebook, "utf8"));
  /** @type {{ cell_type: string, execution_count?: number | null }[]} */
  const cells = content.cells;
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  for (const cell of code) cell.execution_count = null;
  writeFileSync(file, JSON.stringify(content));
  return { name, file, codeCells: code.length };
}
