// @ts-check
// What TypeScript refuses to run, shown at the place in the cell.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { excerpt } = require("./excerpt.cjs");
const { headline } = require("./errors.cjs");

/**
 * @typedef {import("tslab/dist/converter").Diagnostic} Diagnostic
 * @typedef {import("./errors.cjs").Failure} Failure
 */

/** As many errors are shown; the others mostly follow from them. */
const MOST_SHOWN = 5;

/**
 * @param {readonly Diagnostic[]} diagnostics at least one
 * @param {string} source the cell's text
 * @param {string} label how to name the cell
 * @returns {Failure}
 */
function describeDiagnostics(diagnostics, source, label) {
  const syntax = diagnostics.filter(isSyntax);
  // A text that can't be read has no types; what is said of them is noise.
  const problems = joinChains(syntax.length > 0 ? syntax : diagnostics);
  const [first, ...others] = problems.slice(0, MOST_SHOWN);
  const ename = syntax.length > 0 ? "SyntaxError" : "TypeScriptError";
  const evalue = first ? summary(first) : "";
  const traceback = first ? describeProblem(first, source, label, ename) : [];
  for (const problem of others)
    traceback.push("", ...describeProblem(problem, source, label, ename));
  const hidden = problems.length - MOST_SHOWN;
  if (hidden > 0) traceback.push("", `… and ${hidden} more`);
  return { ename, evalue, traceback };
}

/**
 * The error in the words of the project's own kernel, so that a notebook that stores an announced
 * type error can be compared on both.
 *
 * @param {{ diagnostic: Diagnostic, messages: string[] }} problem
 */
function summary({ diagnostic, messages }) {
  const reasons = messages.map((message, depth) => "  ".repeat(depth) + message).join("\n");
  const line = diagnostic.start.line + 1;
  return isSyntax(diagnostic)
    ? `${reasons} (line ${line})`
    : `TS${diagnostic.code} (line ${line}): ${reasons}`;
}

/** @param {Diagnostic} diagnostic */
function isSyntax({ code }) {
  return code >= 1000 && code < 2000;
}

/**
 * TypeScript explains an error by a chain of messages, of which tslab makes one diagnostic each.
 *
 * @param {readonly Diagnostic[]} diagnostics
 */
function joinChains(diagnostics) {
  /** @type {{ diagnostic: Diagnostic, messages: string[] }[]} */
  const problems = [];
  for (const diagnostic of diagnostics) {
    const previous = problems.at(-1);
    const isExplanation =
      previous?.diagnostic.start.offset === diagnostic.start.offset &&
      previous.diagnostic.end.offset === diagnostic.end.offset;
    if (previous && isExplanation) previous.messages.push(diagnostic.messageText);
    else problems.push({ diagnostic, messages: [diagnostic.messageText] });
  }
  return problems;
}

/**
 * @param {{ diagnostic: Diagnostic, messages: string[] }} problem
 * @param {string} cell
 * @param {string} label
 * @param {string} ename
 */
function describeProblem({ diagnostic, messages }, cell, label, ename) {
  const { fileName, start, end, code } = diagnostic;
  const [message = "", ...explanations] = messages;
  const text = fileName === undefined || isModuleCell(cell, fileName) ? cell : readFile(fileName);
  const line = start.line + 1;
  const width = end.line === start.line ? end.character - start.character : Number.MAX_SAFE_INTEGER;
  const shown = excerpt(text, { line, column: start.character + 1, width });
  // tslab adds a line to the cell; an error there is one of a cell that ends too early.
  const where = shown.length > 0 ? `line ${line}` : "at its end";
  return [
    `${headline(ename, message)} (TS${code})`,
    ...explanations.map((explanation) => `  ${explanation}`),
    "",
    `${fileName ?? label}, ${where}`,
    ...shown,
  ];
}

/**
 * Whether the cell is a module of its own, marked by a comment `@module NAME`.
 *
 * @param {string} cell
 * @param {string} fileName
 */
function isModuleCell(cell, fileName) {
  return /@module\s+(\w+)/.exec(cell)?.[1] === path.parse(fileName).name;
}

/** @param {string} file */
function readFile(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

module.exports = { describeDiagnostics };
