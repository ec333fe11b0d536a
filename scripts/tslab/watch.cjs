// @ts-check
// A thread of its own, which answers heartbeats and notices that Jupyter has died even while a
// cell computes and the main thread hears nothing.
"use strict";

const { parentPort, workerData } = require("node:worker_threads");
const zmq = require("zeromq");

/** @type {{ heartbeatAddress: string, jupyter: number | undefined, isClosed: Int32Array }} */
const { heartbeatAddress, jupyter, isClosed } = workerData;

/** How often (ms) to look whether the parent lives. */
const LOOK_EVERY = 1000;

const socket = new zmq.Router({ sendTimeout: 0, linger: 0 });

async function answerHeartbeats() {
  await socket.bind(heartbeatAddress);
  for await (const frames of socket) await socket.send(frames);
}

void answerHeartbeats();

parentPort?.once("message", () => {
  socket.close();
  setImmediate(() => {
    Atomics.store(isClosed, 0, 1);
    Atomics.notify(isClosed, 0);
  });
});

/** Jupyter may have died before this thread began, so its process is asked for, not only ours. */
const wasItsChild = process.ppid === jupyter;

/** @param {number} pid */
function isAlive(pid) {
  // An orphan is adopted by another process, and the dead parent's number may be given away again.
  if (wasItsChild && process.platform !== "win32" && process.ppid !== pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

if (jupyter !== undefined) {
  setInterval(() => {
    if (!isAlive(jupyter)) process.kill(process.pid, "SIGKILL");
  }, LOOK_EVERY);
}
