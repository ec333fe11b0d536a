// @ts-check
// The value of a cell's last expression as text.
"use strict";

const { inspect } = require("node:util");

/**
 * The text by which the value's own class describes itself, such as a tensor, a data frame or a
 * confusion matrix; else what Node's console prints, without colours.
 *
 * @param {unknown} value
 */
function toPlainText(value) {
  if (describesItself(value)) {
    try {
      return String(value);
    } catch {
      // for instance a tensor that has been disposed of: the console can still show it
    }
  }
  return inspect(value, { colors: false, compact: 3 });
}

/**
 * Whether the value is an instance of a class, not one of JavaScript's or Node's own, that has a
 * `toString` and no other way to show itself.
 *
 * @param {unknown} value
 */
function describesItself(value) {
  if (typeof value !== "object" || value === null || inspect.custom in value) return false;
  const { constructor: made, toString: describe } = value;
  if (typeof made !== "function" || typeof describe !== "function") return false;
  for (let kind = made; typeof kind === "function"; kind = Object.getPrototypeOf(kind)) {
    if (kind !== Object && Reflect.get(globalThis, kind.name) === kind) return false;
  }
  return describe !== Object.prototype.toString;
}

module.exports = { toPlainText };
