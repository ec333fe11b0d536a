// @ts-check
// Positions in a cell: the protocol counts code points, JavaScript and TypeScript UTF-16 units.
"use strict";

/**
 * The UTF-16 index of a code point; the text's length when there are fewer.
 *
 * @param {string} text
 * @param {number} codePoints
 */
function toUtf16(text, codePoints) {
  let index = 0;
  for (let seen = 0; seen < codePoints && index < text.length; seen++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/**
 * How many code points stand before a UTF-16 index.
 *
 * @param {string} text
 * @param {number} index
 */
function toCodePoints(text, index) {
  return [...text.slice(0, index)].length;
}

module.exports = { toCodePoints, toUtf16 };
