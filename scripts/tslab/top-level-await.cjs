// @ts-check
// Whether a cell awaits outside of any function, so that it has to run as an async one. tslab asks
// TypeScript's errors for that, and so misses `await (…)`, `await [...]` and `for await (…)`.
"use strict";

const { ts } = require("./typescript.cjs");

/** @typedef {import("@tslab/typescript-for-tslab").Node} Node */

/** @param {string} source */
function hasTopLevelAwait(source) {
  if (!source.includes("await")) return false;
  // Only in a module does TypeScript read `await (x)` as anything but a call.
  const file = ts.createSourceFile("cell.ts", `${source}\nexport {};`, ts.ScriptTarget.Latest);
  return ts.forEachChild(file, awaits) ?? false;
}

/**
 * @param {Node} node
 * @returns {boolean | undefined}
 */
function awaits(node) {
  if (ts.isFunctionLike(node)) return undefined;
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isForOfStatement(node) && "awaitModifier" in node && node.awaitModifier) return true;
  return ts.forEachChild(node, awaits);
}

module.exports = { hasTopLevelAwait };
