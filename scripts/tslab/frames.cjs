// @ts-check
// Stack traces as a learner can use them: the cells' own lines, and nothing of what runs the cells.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { fileURLToPath } = require("node:url");
const { findScript } = require("./source-maps.cjs");

/**
 * @typedef {import("./source-maps.cjs").Place} Place
 * @typedef {object} Frame
 * @property {string} call what was called, for instance "scale" or "new Scaler"; may be empty
 * @property {string} where a cell's label, a file, or empty for what is built into JavaScript
 * @property {Place | undefined} place where it was in its source
 * @property {string | undefined} source the text of that source, of a cell or a local file
 * @property {string | undefined} library the package that the frame is in, unless it is the
 *   learner's own
 */

/** @type {WeakMap<object, Frame[]>} */
const framesByError = new WeakMap();

const tslabFolder = path.dirname(require.resolve("tslab/package.json"));

/** Makes every `stack` of an Error tell places of cells and local files, also in `console.log`. */
function installStackTraces() {
  Error.stackTraceLimit = 60; // the cell's frame may lie under many of a library
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.flatMap((site) => toFrame(site) ?? []);
    framesByError.set(error, frames);
    return [headline(error), ...frames.map((frame) => `    at ${toLine(frame)}`)].join("\n");
  };
}

/**
 * The frames of an error, the innermost first.
 *
 * @param {Error} error
 */
function framesOf(error) {
  void error.stack; // the frames come into being when the stack is first read
  return framesByError.get(error) ?? [];
}

/** @param {Error} error */
function headline(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** @param {Frame} frame */
function toLine({ call, where, place }) {
  const position = place ? `${where}:${place.line}:${place.column}` : where || "<anonymous>";
  return call === "" ? position : `${call} (${position})`;
}

/**
 * @param {NodeJS.CallSite} site
 * @returns {Frame | undefined} undefined for a frame that is not the learner's business
 */
function toFrame(site) {
  const name = site.getScriptNameOrSourceURL() ?? "";
  const call = toCall(String(site));
  const running = { line: site.getLineNumber() ?? 0, column: site.getColumnNumber() ?? 0 };
  const script = findScript(name);
  if (script) {
    const place = script.locate(running);
    // tslab's own call of the cell has no name and no place in the source.
    if (!place && call === "") return undefined;
    return { call, where: script.owner.label, place, source: script.source, library: undefined };
  }
  if (name === "")
    return { call, where: "", place: undefined, source: undefined, library: undefined };
  const file = name.startsWith("file:") ? fileURLToPath(name) : name;
  if (isMachinery(file)) return undefined;
  const where = shorten(file);
  return { call, where, place: running, source: undefined, library: libraryOf(file) };
}

/**
 * What was called, from a frame's text such as "async scale (file.ts:1:2)".
 *
 * @param {string} text
 */
function toCall(text) {
  const withPlace = /^(?:async )?(.*) \(.*\)$/.exec(text);
  // V8 says on what a function was called; for a plain call that is an object of tslab's.
  return (withPlace?.[1] ?? "").replace(/^(Proxy|Object)\./, "");
}

/** @param {string} file */
function isMachinery(file) {
  return (
    file.startsWith("node:") ||
    file.startsWith("evalmachine.") ||
    isInside(file, tslabFolder) ||
    isInside(file, __dirname)
  );
}

/**
 * The file's path as seen from the notebook, unless the whole path is shorter.
 *
 * @param {string} file
 */
function shorten(file) {
  const relative = path.relative(process.cwd(), file);
  return relative.length < file.length ? relative : file;
}

/**
 * @param {string} file
 * @param {string} folder
 */
function isInside(file, folder) {
  return file.startsWith(folder + path.sep);
}

/** @type {Map<string, string | undefined>} */
const librariesByFolder = new Map();

/**
 * The name of the package that a file belongs to; undefined for the learner's own files, those of
 * the package that the notebook lies in.
 *
 * @param {string} file
 * @returns {string | undefined}
 */
function libraryOf(file) {
  const folder = path.dirname(file);
  if (!librariesByFolder.has(folder)) librariesByFolder.set(folder, findLibrary(folder));
  return librariesByFolder.get(folder);
}

/**
 * @param {string} start
 * @returns {string | undefined}
 */
function findLibrary(start) {
  for (let folder = start; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const manifest = path.join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { name } = JSON.parse(readFileSync(manifest, "utf8"));
    if (typeof name !== "string") continue; // such as {"type": "commonjs"} within a package
    return isInside(path.join(process.cwd(), "notebook"), folder) ? undefined : name;
  }
  return undefined;
}

module.exports = { framesOf, installStackTraces, shorten };
