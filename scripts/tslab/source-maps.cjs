// @ts-check
// From a place in the JavaScript that tslab runs back to the place in what the learner wrote.
"use strict";

const { SourceMap } = require("node:module");

/**
 * @typedef {{ line: number, column: number }} Place both counted from 1
 * @typedef {{ owner: { label: string }, source: string,
 *   locate: (place: Place) => Place | undefined }} Script code that a learner wrote: how to name
 *   it, its text, and where a place of the code that runs is in it
 */

/** @type {Map<string, Script>} scripts by the name that they have in a stack trace */
const scripts = new Map();

/**
 * @param {string} name
 * @param {Script} script
 */
function registerScript(name, script) {
  scripts.set(name, script);
}

/** @param {string} name */
function findScript(name) {
  return scripts.get(name);
}

/**
 * The place in the source of a place in the code that runs, through the two passes that tslab makes
 * (TypeScript to ESNext, then to CommonJS); undefined where either pass has no origin for it, since
 * a wrong line is worse than none.
 *
 * @param {readonly import("node:module").SourceMapPayload[]} maps the last pass first
 * @param {number} prefixLines lines that tslab put before the source
 */
function locateThrough(maps, prefixLines) {
  /** @type {SourceMap[] | undefined} */
  let passes;
  /** @param {Place} place */
  return (place) => {
    passes ??= maps.map((payload) => new SourceMap(payload));
    let line = place.line - 1;
    let column = place.column - 1;
    for (const pass of passes) {
      const entry = pass.findEntry(line, column);
      if (!("originalLine" in entry) || entry.generatedLine !== line) return undefined;
      line = entry.originalLine;
      column = entry.originalColumn;
    }
    if (line < prefixLines) return undefined;
    return { line: line - prefixLines + 1, column: column + 1 };
  };
}

module.exports = { findScript, locateThrough, registerScript };
