// @ts-check
// Starts tslab as a Jupyter kernel that keeps the protocol: node launch.cjs CONNECTION_FILE
"use strict";

const { onTensorFlowLoaded } = require("../preload/tensorflow.cjs"); // first, so that it sees every import

const { readFileSync } = require("node:fs");
const { captureOutput } = require("./capture.cjs");
const { hideBookkeepingOfPromises } = require("./cells.cjs");
const { Execution } = require("./execution.cjs");
const { installStackTraces } = require("./frames.cjs");
const { installStoppableTimers, releaseModelsOnStop } = require("./interrupt.cjs");
const { sayLastWords, startWatch, surviveUncaughtErrors } = require("./lifetime.cjs");
const { Output } = require("./output.cjs");
const { handleRequests } = require("./requests.cjs");
const { Server } = require("./server.cjs");
const { Tslab } = require("./tslab.cjs");
const { requireFromTslab } = require("./typescript.cjs");

async function launch() {
  const connectionFile = process.argv[2];
  if (connectionFile === undefined) {
    throw new Error("expected the path of a Jupyter connection file, as in: node launch.cjs FILE");
  }
  /** @type {import("./server.cjs").Connection} */
  const connection = JSON.parse(readFileSync(connectionFile, "utf8"));

  startWatch(connection);
  const server = new Server(connection);
  await server.bind();

  const tslab = new Tslab(process.cwd());
  const output = new Output(server);
  const execution = new Execution(tslab, output, server);
  surviveUncaughtErrors(output);
  sayLastWords(execution, output, server);
  process.on("SIGINT", () => execution.interrupt());
  installStackTraces();
  installStoppableTimers();
  onTensorFlowLoaded(releaseModelsOnStop);
  hideBookkeepingOfPromises();
  captureOutput(output, requireFromTslab("./dist/jupyter"));
  handleRequests(server, execution, tslab);
}

void launch();
