// @ts-check
"use strict";

// Taken here, since a cell's own timers are replaced by ones that an interrupt stops.
const { setImmediate } = globalThis;

/**
 * Lets the event loop turn once, so that what has come in, messages and signals, is seen.
 *
 * @returns {Promise<void>}
 */
async function nextTurn() {
  // The first ends the turn that runs, which may have looked for news already.
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve, undefined));
}

module.exports = { nextTurn };
