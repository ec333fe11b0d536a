// @ts-check
// The queue of cells: one after the other, each answered, those behind a failure aborted.
"use strict";

const { runInCell } = require("./cells.cjs");
const { describeDiagnostics } = require("./diagnostics.cjs");
const { describeInterrupt, describeThrown } = require("./errors.cjs");
const { stopCell } = require("./interrupt.cjs");
const { nextTurn } = require("./next-turn.cjs");
const { toPlainText } = require("./results.cjs");

/**
 * @typedef {import("./cells.cjs").Cell} Cell
 * @typedef {import("./errors.cjs").Failure} Failure
 * @typedef {import("./wire.cjs").Content} Content
 * @typedef {import("./wire.cjs").Message} Message
 * @typedef {object} Port
 * @property {(request: Message) => void} start says that the kernel is busy with a request
 * @property {(request: Message, reply: Content, metadata?: Content) => void} finish answers it and
 *   says that the kernel is idle
 */

class Execution {
  /** @type {Message[]} */
  #waiting = [];
  /** @type {{ request: Message, cell: Cell } | undefined} */
  #running;
  #isPumping = false;
  #count = 0;
  #tslab;
  #output;
  #port;

  /**
   * @param {InstanceType<typeof import("./tslab.cjs").Tslab>} tslab
   * @param {InstanceType<typeof import("./output.cjs").Output>} output
   * @param {Port} port
   */
  constructor(tslab, output, port) {
    this.#tslab = tslab;
    this.#output = output;
    this.#port = port;
  }

  /**
   * Runs the code of an execute_request when those before it are done.
   *
   * @param {Message} request
   */
  add(request) {
    this.#waiting.push(request);
    if (!this.#isPumping) void this.#pump();
  }

  async #pump() {
    this.#isPumping = true;
    try {
      for (let request = this.#waiting.shift(); request; request = this.#waiting.shift()) {
        await this.#answer(request);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /** @param {Message} request */
  async #answer(request) {
    const started = new Date().toISOString();
    const { content } = request;
    const silent = content.silent === true;
    const isStored = content.store_history !== false && !silent;
    if (isStored) this.#count++;
    const count = this.#count;
    const label = isStored ? `cell [${count}]` : "this cell";
    /** @type {Cell} */
    const cell = { request: request.header, label, silent, stopped: false };
    this.#port.start(request);
    this.#running = { request, cell };
    const code = typeof content.code === "string" ? content.code : "";
    this.#output.publish(cell, "execute_input", { code, execution_count: count });
    const failure = await this.#run(code, cell, count);
    const reply = failure
      ? { status: "error", execution_count: count, ...failure }
      : {
          status: "ok",
          execution_count: count,
          payload: [],
          user_expressions: await this.#evaluate(content.user_expressions, cell),
        };
    // Requests that came meanwhile are seen, so that they can be aborted, and signals, so that they
    // don't hit the next cell; a promise that nobody handles is told under its own cell.
    await nextTurn();
    this.#output.flushAll();
    if (!isStored) cell.label = "an earlier cell";
    const isStopping = failure !== undefined && content.stop_on_error !== false;
    const aborted = isStopping ? this.#waiting.splice(0) : [];
    this.#running = undefined;
    this.#port.finish(request, reply, { started });
    for (const behind of aborted) this.#abort(behind);
  }

  /** @param {Message} request */
  #abort(request) {
    this.#port.start(request);
    this.#port.finish(request, { status: "aborted", execution_count: this.#count });
  }

  /**
   * @param {string} code
   * @param {Cell} cell
   * @param {number} count
   * @returns {Promise<Failure | undefined>}
   */
  async #run(code, cell, count) {
    const { value, text, failure } = await this.#attempt(code, cell);
    if (failure) {
      this.#output.publish(cell, "error", { ...failure });
    } else if (value !== undefined && value !== null) {
      const content = { execution_count: count, data: { "text/plain": text }, metadata: {} };
      this.#output.publish(cell, "execute_result", content);
    }
    return failure;
  }

  /**
   * @param {unknown} expressions texts by name, as the request has them
   * @param {Cell} cell
   * @returns {Promise<Content>}
   */
  async #evaluate(expressions, cell) {
    /** @type {Content} */
    const results = {};
    if (typeof expressions !== "object" || expressions === null) return results;
    const unpublished = { ...cell, label: "user expression", silent: true };
    for (const [name, expression] of Object.entries(expressions)) {
      const { text, failure } = await this.#attempt(`(${expression})`, unpublished);
      results[name] = failure
        ? { status: "error", ...failure }
        : { status: "ok", data: { "text/plain": text }, metadata: {} };
    }
    return results;
  }

  /**
   * Runs code and describes what came of it: its value, or what went wrong.
   *
   * @param {string} code
   * @param {Cell} cell
   * @returns {Promise<{ value?: unknown, text?: string, failure?: Failure }>}
   */
  async #attempt(code, cell) {
    const outcome = await runInCell(cell, () => this.#tslab.execute(code, cell));
    if (outcome.kind !== "done") return { failure: describeFailure(outcome, code, cell) };
    try {
      const text = runInCell(cell, () => toPlainText(outcome.value));
      return { value: outcome.value, text };
    } catch (thrown) {
      return { failure: describeThrown(thrown) }; // by the value's own way to show itself
    }
  }

  /** Makes the running cell fail with "Interrupted", if it awaits something. */
  interrupt() {
    if (!this.#running) return;
    stopCell(this.#running.cell);
    this.#tslab.interrupt();
  }

  /** Leaves all cells unanswered: the kernel ends because it was told to. */
  abandon() {
    this.#running = undefined;
    this.#waiting = [];
  }

  /**
   * Answers the running cell at once, since the process is about to end.
   *
   * @param {Failure} failure
   */
  fail(failure) {
    if (!this.#running) return;
    const { request, cell } = this.#running;
    this.#running = undefined;
    this.#output.publish(cell, "error", { ...failure });
    this.#port.finish(request, { status: "error", execution_count: this.#count, ...failure });
  }
}

/**
 * @param {Exclude<import("./tslab.cjs").Outcome, { kind: "done" }>} outcome
 * @param {string} code
 * @param {Cell} cell
 */
function describeFailure(outcome, code, cell) {
  if (outcome.kind === "rejected")
    return describeDiagnostics(outcome.diagnostics, code, cell.label);
  if (cell.stopped || outcome.kind === "stopped" || isInterrupt(outcome.thrown)) {
    return describeInterrupt();
  }
  return describeThrown(outcome.thrown);
}

/** @param {unknown} thrown */
function isInterrupt(thrown) {
  const isObject = typeof thrown === "object" && thrown !== null;
  return isObject && Reflect.get(thrown, "code") === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}

module.exports = { Execution };
