// @ts-check
// The ways by which a cell's code can say something, all led to the output of its cell.
"use strict";

const { StringDecoder } = require("node:string_decoder");
const { currentCell } = require("./cells.cjs");

/**
 * @typedef {InstanceType<typeof import("./output.cjs").Output>} Output
 * @typedef {import("./output.cjs").StreamName} StreamName
 * @typedef {import("./output.cjs").Display} Display
 * @typedef {{ lastWriteDisplayData: ((display: Display, update: boolean) => void) | null }}
 *   TslabJupyter the module of tslab through which its own `display` writes
 */

/**
 * Leads `console`, `process.stdout`, `process.stderr`, tslab's `display` and the library's
 * `display` to the notebook.
 *
 * @param {Output} output
 * @param {TslabJupyter} tslabJupyter
 */
function captureOutput(output, tslabJupyter) {
  captureStream(output, "stdout");
  captureStream(output, "stderr");
  // A terminal behind the server is no reason to colour what a notebook stores.
  delete process.env.FORCE_COLOR;

  /** @type {(display: Display, update?: boolean) => void} */
  const display = (bundle, update = false) => {
    const cell = currentCell();
    if (cell) output.display(cell, bundle, update);
  };
  tslabJupyter.lastWriteDisplayData = display;
  Object.defineProperty(globalThis, Symbol.for("headroom.kernel"), { value: { display } });
}

/**
 * @param {Output} output
 * @param {StreamName} name
 */
function captureStream(output, name) {
  const stream = process[name];
  const writeToTerminal = stream.write.bind(stream);
  const decoder = new StringDecoder("utf8"); // a chunk may end within a character
  Object.defineProperty(stream, "isTTY", { value: false, configurable: true });

  /**
   * @param {string | Uint8Array} chunk
   * @param {BufferEncoding | ((error?: Error | null) => void)} [encoding]
   * @param {(error?: Error | null) => void} [callback]
   */
  const write = (chunk, encoding, callback) => {
    const cell = currentCell();
    const done = typeof encoding === "function" ? encoding : callback;
    if (cell) {
      const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
      output.write(cell, name, text);
    } else {
      writeToTerminal(chunk);
    }
    if (done) process.nextTick(done);
    return true;
  };
  stream.write = /** @type {typeof stream.write} */ (write);
}

module.exports = { captureOutput };
