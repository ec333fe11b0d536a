// @ts-check
// What ends the kernel, and what does not.
"use strict";

const path = require("node:path");
const { stripVTControlCharacters } = require("node:util");
const { Worker } = require("node:worker_threads");
const { currentCell } = require("./cells.cjs");
const { describeThrown } = require("./errors.cjs");
const { addressOf } = require("./server.cjs");

/**
 * @typedef {InstanceType<typeof import("./execution.cjs").Execution>} Execution
 * @typedef {InstanceType<typeof import("./output.cjs").Output>} Output
 * @typedef {import("./server.cjs").Connection} Connection
 * @typedef {InstanceType<typeof import("./server.cjs").Server>} Server
 */

/**
 * Keeps the kernel alive through errors that no cell waits for, and tells them on the stderr of
 * the cell that caused them.
 *
 * @param {Output} output
 */
function surviveUncaughtErrors(output) {
  /** @type {(what: string, thrown: unknown) => void} */
  const report = (what, thrown) => {
    const text = `${what}\n${describeThrown(thrown).traceback.join("\n")}\n`;
    const plain = stripVTControlCharacters(text);
    const cell = currentCell();
    if (cell) output.write(cell, "stderr", plain);
    else process.stderr.write(plain);
  };
  process.on("uncaughtException", (error) => {
    report("Uncaught error, after its cell had gone on:", error);
  });
  process.on("unhandledRejection", (reason) => {
    report("Unhandled rejection of a promise that nothing awaits:", reason);
  });
}

/**
 * Lets the running cell say why, when `process.exit` ends the kernel in its midst.
 *
 * @param {Execution} execution
 * @param {Output} output
 * @param {Server} server
 */
function sayLastWords(execution, output, server) {
  process.on("exit", (code) => {
    const evalue = `The kernel has ended: process.exit(${code}) was called. Its variables are gone.`;
    output.flushAll();
    execution.fail({ ename: "KernelExit", evalue, traceback: [`KernelExit: ${evalue}`] });
    server.close();
  });
}

/** How long (ms) the end of the process waits for the thread to close its socket. */
const CLOSING_TIME = 500;

/**
 * Starts the thread that answers heartbeats, and that ends the kernel when Jupyter has died.
 *
 * @param {Connection} connection
 */
function startWatch(connection) {
  const heartbeatAddress = addressOf(connection, connection.hb_port);
  const jupyter = Number(process.env.JPY_PARENT_PID) || undefined;
  const isClosed = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(path.join(__dirname, "watch.cjs"), {
    workerData: { heartbeatAddress, jupyter, isClosed },
    execArgv: [],
  });
  worker.unref();
  // A thread that is ended with its socket open brings the whole process down by an abort.
  process.on("exit", () => {
    worker.postMessage("close");
    Atomics.wait(isClosed, 0, 0, CLOSING_TIME);
  });
}

module.exports = { sayLastWords, startWatch, surviveUncaughtErrors };
