// @ts-check
// Answers to what a front end asks about the kernel and about code that is being typed.
"use strict";

const { toCodePoints, toUtf16 } = require("./cursor.cjs");
const { checkCompleteness } = require("./completeness.cjs");
const { typescriptVersion } = require("./tslab.cjs");
const { PROTOCOL_VERSION } = require("./wire.cjs");
const { requireFromTslab } = require("./typescript.cjs");

/**
 * @typedef {import("./wire.cjs").Content} Content
 * @typedef {InstanceType<typeof import("./tslab.cjs").Tslab>} Tslab
 */

/** @type {{ version: string }} */
const { version: tslabVersion } = requireFromTslab("./package.json");
/** @type {{ printQuickInfo(info: object): string }} */
const { printQuickInfo } = requireFromTslab("./dist/inspect");

/** @returns {Content} */
function kernelInfo() {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "tslab",
    implementation_version: tslabVersion,
    language_info: {
      name: "typescript",
      version: typescriptVersion,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `TypeScript ${typescriptVersion} on Node ${process.versions.node} (tslab ${tslabVersion})`,
    debugger: false,
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      { text: "TensorFlow.js", url: "https://js.tensorflow.org/api/latest/" },
      { text: "Node.js", url: "https://nodejs.org/docs/latest/api/" },
      { text: "tslab", url: "https://github.com/yunabe/tslab" },
    ],
  };
}

/**
 * @param {Tslab} tslab
 * @param {Content} request
 * @returns {Content}
 */
function complete(tslab, request) {
  const { code, position } = readCursor(request);
  const { start, end, candidates } = tslab.complete(code, position);
  return {
    status: "ok",
    matches: candidates,
    cursor_start: toCodePoints(code, start),
    cursor_end: toCodePoints(code, end),
    metadata: {},
  };
}

/**
 * @param {Tslab} tslab
 * @param {Content} request
 * @returns {Content}
 */
function inspect(tslab, request) {
  const { code, position } = readCursor(request);
  const info = tslab.inspect(code, position);
  if (!info) return { status: "ok", found: false, data: {}, metadata: {} };
  return { status: "ok", found: true, data: { "text/plain": printQuickInfo(info) }, metadata: {} };
}

/**
 * @param {Content} request
 * @returns {Content}
 */
function isComplete({ code }) {
  return checkCompleteness(typeof code === "string" ? code : "");
}

/** @param {Content} request */
function readCursor({ code, cursor_pos }) {
  const text = typeof code === "string" ? code : "";
  const codePoints = typeof cursor_pos === "number" ? cursor_pos : Number.POSITIVE_INFINITY;
  return { code: text, position: toUtf16(text, codePoints) };
}

module.exports = { complete, inspect, isComplete, kernelInfo };
