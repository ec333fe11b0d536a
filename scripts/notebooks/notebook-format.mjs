// @ts-check
// A notebook as its file holds it (nbformat 4.5), with texts joined to plain strings.
import { readFileSync } from "node:fs";

/**
 * What a cell put out. Keys beyond these depend on the type: streams have `name` and `text`,
 * errors `ename`, `evalue` and `traceback`, the others `data` and `metadata`.
 * @typedef {object} Output
 * @property {"stream" | "error" | "display_data" | "execute_result"} output_type
 * @property {string} [name]
 * @property {string} [text]
 * @property {string} [ename]
 * @property {string} [evalue]
 * @property {string[]} [traceback]
 * @property {Record<string, unknown>} [data] by MIME type
 * @property {Record<string, unknown>} [metadata]
 */

/**
 * @typedef {object} Cell
 * @property {"code" | "markdown" | "raw"} cell_type
 * @property {string} id
 * @property {string} source
 * @property {Record<string, unknown>} metadata
 * @property {number | null} [execution_count] code cells only
 * @property {Output[]} [outputs] code cells only
 */

/**
 * @typedef {object} Notebook
 * @property {Cell[]} cells
 * @property {Record<string, unknown>} metadata
 * @property {number} nbformat
 * @property {number} nbformat_minor
 */

/**
 * The notebook in a file.
 * @param {string} file
 * @returns {Notebook}
 * @throws {SyntaxError} where the file isn't JSON
 */
export function readNotebook(file) {
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  for (const cell of notebook.cells) {
    cell.source = joined(cell.source);
    for (const output of cell.outputs ?? []) joinTexts(output);
  }
  return notebook;
}

/** @param {Output} output */
function joinTexts(output) {
  if (output.text !== undefined) output.text = joined(output.text);
  for (const [type, value] of Object.entries(output.data ?? {})) {
    const isText = Array.isArray(value) && value.every((line) => typeof line === "string");
    if (output.data && isText && !type.endsWith("json")) output.data[type] = joined(value);
  }
}

/**
 * nbformat may store a text as a list of its lines.
 * @param {string | string[]} text
 */
function joined(text) {
  return Array.isArray(text) ? text.join("") : text;
}

/**
 * A cell's tags.
 * @param {Cell} cell
 * @returns {string[]}
 */
export function tagsOf(cell) {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.map(String) : [];
}

/**
 * True for an output with an interactive Plotly figure.
 * @param {Output} output
 */
export function isFigure(output) {
  return output.data !== undefined && "application/vnd.plotly.v1+json" in output.data;
}

/**
 * A cell's first line that says something, for messages.
 * @param {Cell} cell
 */
export function firstLine(cell) {
  const line = cell.source.split("\n").find((text) => text.trim() !== "") ?? "(empty)";
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
