// @ts-check
// Whether what has been typed in a console is a whole cell.
"use strict";

const { requireFromTslab, ts } = require("./typescript.cjs");

/** @type {typeof import("tslab/dist/converter")} */
const { isCompleteCode } = requireFromTslab("./dist/converter");

/**
 * Whether a console should run the source, go on asking for lines, or refuse it.
 *
 * @param {string} source
 * @returns {{ status: "complete" | "invalid" } | { status: "incomplete", indent: string }}
 */
function checkCompleteness(source) {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest);
  /** @type {import("@tslab/typescript-for-tslab").DiagnosticWithLocation[]} */
  const diagnostics = Reflect.get(file, "parseDiagnostics") ?? [];
  if (diagnostics.length === 0) return { status: "complete" };
  // Two empty lines at the end mean "run it", as in tslab.
  if (/\n\s*\n\s*$/.test(source)) return { status: "invalid" };
  const end = source.trimEnd().length;
  const isOpen = diagnostics.some(
    ({ start, code }) => UNTERMINATED.has(code) || (start >= end && EXPECTED.has(code)),
  );
  if (!isOpen) return { status: "invalid" };
  return { status: "incomplete", indent: isCompleteCode(source).indent ?? "" };
}

/** Diagnostics of a literal or comment that lacks its end. */
const UNTERMINATED = new Set([
  1010, // '*/' expected
  1160, // Unterminated template literal
]);

/** Diagnostics that mean, at the end of a text, that it goes on. */
const EXPECTED = new Set([
  1003, // Identifier expected
  1005, // 'X' expected
  1109, // Expression expected
  1110, // Type expected
  1126, // Unexpected end of text
  1472, // 'catch' or 'finally' expected
]);

module.exports = { checkCompleteness };
