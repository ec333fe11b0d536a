// @ts-check
// The lines of a cell around a place, with a caret under it.
"use strict";

/** A longer line is shown around the place only. */
const LONGEST_LINE = 100;

/** @param {string} text */
const red = (text) => `\u001b[31m${text}\u001b[39m`;

/**
 * The line of the place between its neighbours, the line itself marked, carets under the place.
 *
 * @param {string} source
 * @param {{ line: number, column: number, width?: number }} place counted from 1; `width` is the
 *   number of characters to underline
 * @returns {string[]} no line at all when the place is outside the source
 */
function excerpt(source, { line, column, width = 1 }) {
  const lines = source.split(/\r?\n/);
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const digits = String(last).length;
  const shown = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? "";
    const isPlace = number === line;
    if (!isPlace && text.trim() === "") continue;
    const start = isPlace ? windowStart(text, column) : 0;
    const label = String(number).padStart(digits);
    const gutter = isPlace ? `${red(">")} ${label} | ` : `  ${label} | `;
    shown.push(gutter + cut(text, start));
    if (!isPlace) continue;
    const before = cut(text, start).slice(0, column - 1 - start + (start > 0 ? 1 : 0));
    const room = Math.max(1, Math.min(width, text.length - column + 1, LONGEST_LINE));
    const carets = red("^".repeat(room));
    shown.push(`  ${" ".repeat(digits)} | ${before.replace(/[^\t]/g, " ")}${carets}`);
  }
  return shown;
}

/**
 * @param {string} text
 * @param {number} column
 */
function windowStart(text, column) {
  if (text.length <= LONGEST_LINE) return 0;
  return Math.max(0, column - 1 - LONGEST_LINE / 2);
}

/**
 * @param {string} text
 * @param {number} start
 */
function cut(text, start) {
  const end = start + LONGEST_LINE;
  return (start > 0 ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
}

module.exports = { excerpt, red };
