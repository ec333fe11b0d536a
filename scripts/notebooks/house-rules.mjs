// @ts-check
// What every lesson keeps to beyond agreeing with its source: length, order, tags, figures, paths.
import { statSync } from "node:fs";
import { wasNotRun } from "./compare-notebook.mjs";
import { machinePathIn } from "./machine-paths.mjs";
import { firstLine, isFigure, tagsOf } from "./notebook-format.mjs";

/**
 * @typedef {import("./compare-notebook.mjs").Finding} Finding
 * @typedef {import("./notebook-format.mjs").Cell} Cell
 * @typedef {import("./notebook-format.mjs").Notebook} Notebook
 * @typedef {import("./notebook-format.mjs").Output} Output
 */

const LONGEST_CODE_CELL = 25;
const LARGEST_NOTEBOOK_MB = 3;
const IGNORE_OUTPUT = "nbval-ignore-output";
/** Tags that would let a cell go unrun or unjudged, and what a lesson does instead. */
const FORBIDDEN_TAGS = new Map([
  ["nbval-skip", "every cell runs in every check"],
  ["skip-execution", "every cell runs in every check"],
  ["nbval-raises-exception", 'use "raises-exception", which all runners know'],
  ["nbval-check-output", "outputs are compared without it"],
]);

/**
 * Every breach of the house rules in a notebook.
 * @param {Notebook} notebook
 * @returns {Finding[]} in the order of the cells, those of the whole notebook first
 */
export function findBreaches(notebook) {
  const byCell = notebook.cells.flatMap((cell, index) =>
    breachesOfCell(cell, notebook.cells[index - 1]).map((message) => ({ cell: index, message })),
  );
  return [...titleBreach(notebook), ...byCell];
}

/**
 * A notebook's file that is too large to read and review in comfort.
 * @param {string} file
 * @returns {Finding[]}
 */
export function findOversize(file) {
  const size = statSync(file).size / 1e6;
  if (size < LARGEST_NOTEBOOK_MB) return [];
  const message =
    `is ${size.toFixed(1)} MB, the limit is ${LARGEST_NOTEBOOK_MB}: ` +
    "thin out its figures' data, or split the lesson";
  return [{ message }];
}

/** @param {Notebook} notebook @returns {Finding[]} */
function titleBreach(notebook) {
  const first = notebook.cells[0];
  if (first?.cell_type === "markdown" && /^# \S/.test(first.source)) return [];
  return [{ cell: 0, message: 'must be a text cell that begins with the title ("# ...")' }];
}

/**
 * @param {Cell} cell
 * @param {Cell | undefined} previous
 * @returns {string[]}
 */
function breachesOfCell(cell, previous) {
  if (cell.source.trim() === "") return ["is empty"];
  if (cell.cell_type !== "code") return [];
  return [
    ...orderBreach(previous),
    ...lengthBreach(cell),
    ...tagBreaches(cell),
    ...(cell.outputs ?? []).flatMap(outputBreaches),
  ];
}

/** @param {Cell | undefined} previous */
function orderBreach(previous) {
  if (previous?.cell_type !== "code") return [];
  return [
    `follows another code cell (${firstLine(previous)}): put a text cell between them, ` +
      "saying what was seen or what comes next",
  ];
}

/** @param {Cell} cell */
function lengthBreach(cell) {
  const lines = cell.source.trimEnd().split("\n").length;
  if (lines <= LONGEST_CODE_CELL) return [];
  return [
    `has ${lines} lines of code, the limit is ${LONGEST_CODE_CELL}: ` +
      "move what the lesson doesn't teach into kernel-utils, or split the cell",
  ];
}

/** @param {Cell} cell */
function tagBreaches(cell) {
  const tags = tagsOf(cell);
  const breaches = tags.flatMap((tag) => {
    const instead = FORBIDDEN_TAGS.get(tag);
    return instead ? [`is tagged "${tag}": ${instead}`] : [];
  });
  const marker = /^\s*#+\s*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)\s*$/m.exec(cell.source);
  if (marker) breaches.push(`has the line "${marker[1]}", which nbval obeys; use tags`);
  const outputs = cell.outputs ?? [];
  const judgeable = tags.includes(IGNORE_OUTPUT) && !wasNotRun(cell);
  if (judgeable && (outputs.length === 0 || !outputs.every(isFigure))) {
    breaches.push(
      `is tagged "${IGNORE_OUTPUT}" but puts out more than figures, which nobody would compare: ` +
        "keep the tag to cells that show figures only",
    );
  }
  return breaches;
}

/** @param {Output} output @returns {string[]} */
function outputBreaches(output) {
  const breaches = isFigure(output) ? figureBreaches(output) : [];
  if (output.output_type === "stream" && output.name === "stderr") {
    const line = String(output.text).trim().split("\n")[0];
    breaches.push(`writes to the error stream ("${line}"): mend the warning, or console.log it`);
  }
  const found = machinePathIn(output);
  if (found) breaches.push(`shows a path of the machine it ran on ("${found}")`);
  return breaches;
}

/** @param {Output} output */
function figureBreaches(output) {
  const breaches = [];
  if (typeof output.data?.["image/png"] !== "string") {
    breaches.push("shows a figure without a static picture beside it: use display(figure)");
  }
  if (altTextOf(output).trim() === "") {
    breaches.push("shows a figure without alt text: give its type, axes and finding in `alt`");
  }
  return breaches;
}

/**
 * A figure's alt text: what the picture's metadata say, as IPython has it, else the plain text.
 * @param {Output} output
 */
function altTextOf(output) {
  const picture = output.metadata?.["image/png"];
  const alt = picture && typeof picture === "object" && "alt" in picture ? picture.alt : undefined;
  return String(alt ?? output.data?.["text/plain"] ?? "");
}
