/**
 * The main thread: code of the user, and as little of the kernel as possible. Everything else is on
 * the server thread, which is started first, so that it binds its sockets while this thread loads.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "./bridge/main-end";
import type * as Evaluation from "./evaluation/start";

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  writeSync(2, "The kernel needs a connection file: main.js {connection_file}\n");
  process.exit(2);
}
const folder = process.cwd();
const server = startServer(join(__dirname, "server.js"), {
  connectionFile,
  folder,
  parentPid: process.ppid,
});

// After the server's start: loading these takes as long as it does.
(require("./evaluation/start") as typeof Evaluation).startEvaluation({ server, folder });
