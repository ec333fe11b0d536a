// @ts-check
// Which cell the running code belongs to: also in a timer that fires when its cell is long done.
"use strict";

const { AsyncLocalStorage } = require("node:async_hooks");
const { inspect } = require("node:util");

/**
 * @typedef {import("./wire.cjs").Header} Header
 * @typedef {object} Cell
 * @property {Header} request the header of the request that runs it: the parent of its output
 * @property {string} label how an error names it, for instance "cell [3]"; one without a number
 *   is "this cell" while it runs
 * @property {boolean} silent whether its output stays unpublished
 * @property {boolean} stopped whether it was interrupted, so that its timers may not fire again
 */

/** @type {AsyncLocalStorage<Cell>} */
const storage = new AsyncLocalStorage();

/** @type {Cell | undefined} */
let latest;

/**
 * What `body` returns; all that it starts, at once or later, belongs to `cell`.
 *
 * @template T
 * @param {Cell} cell
 * @param {() => T} body
 */
function runInCell(cell, body) {
  latest = cell;
  return storage.run(cell, body);
}

/** The cell that the running code belongs to, else the one that was started last. */
function currentCell() {
  return storage.getStore() ?? latest;
}

/** The cell that the running code surely belongs to. */
function owningCell() {
  return storage.getStore();
}

/**
 * Hides what AsyncLocalStorage hangs on promises (Node 20 and 22), which `console.log(promise)`
 * would otherwise print as symbols that no learner has written.
 */
function hideBookkeepingOfPromises() {
  Object.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    writable: true,
    /** @this {object} */
    value: function showPromise() {
      for (const key of Object.getOwnPropertySymbols(this)) {
        if (
          /^(async_id_symbol|trigger_async_id_symbol|kResourceStore)$/.test(key.description ?? "")
        ) {
          Object.defineProperty(this, key, { enumerable: false });
        }
      }
      return this; // tells util.inspect to go on in its usual way
    },
  });
}

module.exports = { currentCell, hideBookkeepingOfPromises, owningCell, runInCell };
