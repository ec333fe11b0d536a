// @ts-check
// What a cell says: streams joined into few messages, displays and results in their order.
"use strict";

/**
 * @typedef {import("./cells.cjs").Cell} Cell
 * @typedef {import("./wire.cjs").Content} Content
 * @typedef {import("./wire.cjs").Header} Header
 * @typedef {"stdout" | "stderr"} StreamName
 * @typedef {{ data: Content, metadata?: Content, transient?: Content }} Display
 * @typedef {{ publish(type: string, content: Content, parent: Header): void }} Publisher
 * @typedef {{ name: StreamName, chunks: string[], length: number, since: number,
 *   timer: NodeJS.Timeout }} Buffered
 */

/** A stream message goes out after this time (ms), or when it has this many characters. */
const FLUSH_AFTER = 50;
const FLUSH_AT = 1 << 18;

// Taken here, since a cell's own timers are replaced by ones that an interrupt stops.
const { setTimeout, clearTimeout } = globalThis;

class Output {
  /** @type {Map<Cell, Buffered>} */
  #buffers = new Map();
  #publisher;

  /** @param {Publisher} publisher sends messages on iopub, at once and in order */
  constructor(publisher) {
    this.#publisher = publisher;
  }

  /**
   * Adds text to a stream of the cell. Text that a synchronous loop writes goes out while the loop
   * runs, since sending needs no turn of the event loop.
   *
   * @param {Cell} cell
   * @param {StreamName} name
   * @param {string} text
   */
  write(cell, name, text) {
    if (cell.silent || text === "") return;
    let buffer = this.#buffers.get(cell);
    if (buffer && buffer.name !== name) {
      this.flush(cell);
      buffer = undefined;
    }
    if (!buffer) {
      const timer = setTimeout(() => this.flush(cell), FLUSH_AFTER);
      buffer = { name, chunks: [], length: 0, since: performance.now(), timer };
      this.#buffers.set(cell, buffer);
    }
    buffer.chunks.push(text);
    buffer.length += text.length;
    if (buffer.length >= FLUSH_AT || performance.now() - buffer.since >= FLUSH_AFTER) {
      this.flush(cell);
    }
  }

  /**
   * Sends what the cell has written so far.
   *
   * @param {Cell} cell
   */
  flush(cell) {
    const buffer = this.#buffers.get(cell);
    if (!buffer) return;
    clearTimeout(buffer.timer);
    this.#buffers.delete(cell);
    const content = { name: buffer.name, text: buffer.chunks.join("") };
    this.#publisher.publish("stream", content, cell.request);
  }

  /** Sends what any cell has written so far. */
  flushAll() {
    for (const cell of [...this.#buffers.keys()]) this.flush(cell);
  }

  /**
   * Shows a MIME bundle under the cell, or puts it in the place of an earlier one that has the same
   * `transient.display_id`.
   *
   * @param {Cell} cell
   * @param {Display} display
   * @param {boolean} update
   */
  display(cell, { data, metadata, transient }, update) {
    const content = {
      data: toBundle(data),
      metadata: metadata ?? {},
      transient: transient ?? {},
    };
    this.publish(cell, update ? "update_display_data" : "display_data", content);
  }

  /**
   * Publishes any other message under the cell, after all that the cell has written.
   *
   * @param {Cell} cell
   * @param {string} type
   * @param {Content} content
   */
  publish(cell, type, content) {
    if (cell.silent) return;
    this.flush(cell);
    this.#publisher.publish(type, content, cell.request);
  }
}

/**
 * The bundle as the protocol wants it: JSON as JSON and not as a string, bytes as base64.
 *
 * @param {Content} data
 * @returns {Content}
 */
function toBundle(data) {
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => {
      if (value instanceof Uint8Array) return [mime, Buffer.from(value).toString("base64")];
      if (typeof value === "string" && /[/+]json$/.test(mime)) return [mime, parseOrKeep(value)];
      return [mime, value];
    }),
  );
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parseOrKeep(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text; // a JSON string is JSON too
  }
}

module.exports = { Output };
