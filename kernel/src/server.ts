/**
 * The server thread: protocol, compiler and type checker. Nothing that user code does blocks it.
 *
 * What others do at the same time comes first: the type checker's process has the most to do before
 * a cell can run, and front ends connect as soon as the sockets are bound.
 */
import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { ServerData } from "./bridge/contract";
import { createMainPort, type MainPort } from "./bridge/server-end";
import type { CheckMode } from "./cell/compiled-cell";
import { createLazyChecker, type LazyChecker } from "./dispatch/lazy-checker";
import { createLog } from "./dispatch/log";
import type * as ServiceFile from "./dispatch/service";
import { createCodec } from "./messages/codec";
import { createSigner } from "./messages/signature";
import { readConnectionFile } from "./transport/connection-file";
import { createSockets, type SocketEvents } from "./transport/sockets";
import type * as Checker from "./typecheck/create-type-checker";

const log = createLog(process.env.HEADROOM_KERNEL_LOG);

/**
 * Loads what the service is made of, piece by piece: in between, this thread hears what the checker's
 * process asks, which goes on only when it has been answered.
 */
const LOADS: readonly (() => unknown)[] = [
  () => require("./dispatch/answers"),
  () => require("./dispatch/traceback"),
  () => require("./dispatch/cell-execution"),
  () => require("./dispatch/departure"),
  () => require("./dispatch/history-file"),
  () => require("./dispatch/interrupt"),
];

function createChecker(folder: string): LazyChecker {
  const create = () =>
    (require("./typecheck/create-type-checker") as typeof Checker).createTypeChecker({
      folder,
      onLog: (text) => log(`checker: ${text}`),
    });
  return createLazyChecker(create, log);
}

async function serve(main: MainPort, data: ServerData): Promise<void> {
  const connection = readConnectionFile(data.connectionFile);
  const checkMode = readCheckMode(process.env.HEADROOM_KERNEL_CHECK);
  const checker = createChecker(data.folder);
  if (checkMode !== "off") checker.start();
  try {
    // Messages that come before there is anyone to take them.
    const early: Parameters<SocketEvents["message"]>[] = [];
    let receive: SocketEvents["message"] = (...message) => early.push(message);
    const codec = createCodec(createSigner(connection.key, connection.signatureScheme));
    const message: SocketEvents["message"] = (...received) => receive(...received);
    const sockets = createSockets(connection, codec, { message, log });
    const bound = sockets.bind();
    // That they cannot be bound is heard of below.
    bound.catch(() => {});
    for (const load of LOADS) {
      await nextTurn();
      load();
    }
    const { createService } = require("./dispatch/service") as typeof ServiceFile;
    const parts = { main, data, connection, sockets, checker, checkMode, log };
    const service = createService(parts);
    await bound;
    service.open();
    for (const missed of early) service.receive(...missed);
    receive = service.receive;
  } catch (error) {
    checker.stop();
    throw error;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function readCheckMode(text: string | undefined): CheckMode {
  return text === "warn" || text === "off" ? text : "check";
}

function logError(error: unknown): void {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

// Warnings of the libraries that the kernel stands on are no output of a cell.
process.removeAllListeners("warning");
process.on("warning", logError);
process.on("uncaughtException", logError);
process.on("unhandledRejection", logError);

if (parentPort) {
  const data: ServerData = workerData;
  const main = createMainPort(parentPort, data);
  serve(main, data).catch((error) => {
    logError(error);
    writeSync(2, `Headroom kernel: ${error instanceof Error ? error.message : error}\n`);
    main.signalExited();
    main.post({ type: "exit", code: 1 });
  });
}
