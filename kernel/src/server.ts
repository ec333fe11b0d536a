/** The server thread: protocol, compiler and type checker. Nothing that user code does blocks it. */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { ServerData } from "./bridge/contract";
import { createMainPort, type MainPort } from "./bridge/server-end";
import type { CheckMode } from "./cell/compiled-cell";
import type * as JupyterFolders from "./cli/jupyter-folders";
import { createAnswers } from "./dispatch/answers";
import { createCellExecution } from "./dispatch/cell-execution";
import { createCellOutput } from "./dispatch/cell-output";
import { createCellPreparation } from "./dispatch/cell-preparation";
import { createCellRecords } from "./dispatch/cell-records";
import { createComms } from "./dispatch/comms";
import { lazyCompiler } from "./dispatch/compiler";
import { createDeparture, type Departure } from "./dispatch/departure";
import { createExecutionQueue } from "./dispatch/execution-queue";
import { createHistory } from "./dispatch/history";
import { createHistoryFile } from "./dispatch/history-file";
import { createImportOffers } from "./dispatch/import-offers";
import { createInterrupter } from "./dispatch/interrupt";
import { createLazyChecker } from "./dispatch/lazy-checker";
import { createLog } from "./dispatch/log";
import { createMainListener } from "./dispatch/main-listener";
import { watchParent } from "./dispatch/parent-watch";
import { createQuestions } from "./dispatch/questions";
import { createReception } from "./dispatch/reception";
import { createRunningWork } from "./dispatch/running-work";
import { createWire } from "./dispatch/wire";
import { createCodec } from "./messages/codec";
import type { Message } from "./messages/message";
import { createSigner } from "./messages/signature";
import { type Connection, readConnectionFile } from "./transport/connection-file";
import { createSockets, type RequestChannel, type Sockets } from "./transport/sockets";
import type * as Checker from "./typecheck/create-type-checker";

type Receive = (channel: RequestChannel, message: Message) => void;
type Knowledge = ReturnType<typeof createKnowledge>;
type Cells = ReturnType<typeof createCells>;

const log = createLog(process.env.HEADROOM_KERNEL_LOG);

async function serve(main: MainPort, data: ServerData): Promise<void> {
  const connection = readConnectionFile(data.connectionFile);
  let receive: Receive = () => {};
  const sockets = openSockets(connection, (channel, message) => receive(channel, message));
  const knowledge = createKnowledge(sockets, data);
  const cells = createCells(knowledge, main, data);
  const departure = createDeparture({
    sockets,
    stopChecker: knowledge.checker.stop,
    saved: knowledge.history.saved,
    failAll: cells.execution.failAll,
    exit: (code) => main.post({ type: "exit", code }),
    terminate: cells.interrupter.terminateForExit,
    signalExited() {
      // Node waits at its end for inspectors that are connected.
      cells.interrupter.close();
      main.signalExited();
    },
  });
  receive = createDesk(connection, knowledge, cells, main, departure);
  cells.onDeath(departure.die);
  await sockets.bind();
  main.listen(createMainListener({ ...knowledge, ...cells, main, exiting: departure.letGo, log }));
  log(`listening; connection file ${data.connectionFile}`);
  watchParent(data.parentPid, process.env.JPY_PARENT_PID, () => void departure.leave(0));
  // From here on the front end has its answers; what the first cell needs can be loaded.
  setTimeout(() => {
    if (knowledge.checkMode !== "off") knowledge.checker.start();
    knowledge.compiler.compileCell("1", { id: 0, label: "In[0]" });
  }, 1);
}

function openSockets(connection: Connection, message: Receive): Sockets {
  const codec = createCodec(createSigner(connection.key, connection.signatureScheme));
  return createSockets(connection, codec, { message, log });
}

/** What is known of the notebook, and the way to its front ends. */
function createKnowledge(sockets: Sockets, { folder }: ServerData) {
  const wire = createWire(sockets);
  const records = createCellRecords();
  const create = () =>
    (require("./typecheck/create-type-checker") as typeof Checker).createTypeChecker({
      folder,
      onLog: (text) => log(`checker: ${text}`),
    });
  return {
    wire,
    records,
    output: createCellOutput(wire, records, log),
    sources: { cell: records.source, folder, kernelFolder: __dirname },
    compiler: lazyCompiler,
    checkMode: readCheckMode(process.env.HEADROOM_KERNEL_CHECK),
    checker: createLazyChecker(create, log),
    history: createHistory(createHistoryFile(historyFolder(), log)),
    comms: createComms(),
    offers: createImportOffers(),
    work: createRunningWork(),
  };
}

/** What runs cells, and ends them. */
function createCells(knowledge: Knowledge, main: MainPort, data: ServerData) {
  const { output, work, checker } = knowledge;
  let die = (_reason: string): void => {};
  const questions = createQuestions({
    ...knowledge,
    answerBlocking: main.answerInput,
    answerLater: (answer) => main.post({ type: "input", answer }),
  });
  const interrupter = createInterrupter({
    connectionFile: data.connectionFile,
    signals: data.signals,
    postToMain: main.post,
    answerInput: questions.answer,
    tell: (text) => output.stream(work.id ?? 0, "stderr", text),
    giveUp: work.giveUp,
    die: (reason) => die(reason),
  });
  const queue = createExecutionQueue(logError);
  const preparation = createCellPreparation({ ...knowledge, log });
  const turns = { started: interrupter.cellStarted, ended: questions.forget };
  const execution = createCellExecution({
    ...knowledge,
    ...turns,
    preparation,
    declare: checker.declare,
    postToMain: main.post,
    abortWaiting: queue.abortWaiting,
  });
  const onDeath = (listener: (reason: string) => void) => {
    die = listener;
  };
  return { questions, interrupter, queue, preparation, turns, execution, onDeath };
}

/** What takes requests in, until the kernel ends. */
function createDesk(
  connection: Connection,
  knowledge: Knowledge,
  cells: Cells,
  main: MainPort,
  departure: Departure,
): Receive {
  const { preparation, interrupter, turns } = cells;
  const receive = createReception({
    ...knowledge,
    ...cells,
    ...turns,
    answers: createAnswers({ ...knowledge, connection }),
    postToMain: main.post,
    flush: knowledge.output.flush,
    async interrupt() {
      if (!preparation.cancel()) await interrupter.interrupt(knowledge.work.id ?? 0);
    },
    async interruptEarlier() {
      const { id } = knowledge.work;
      await (id === undefined ? interrupter.interrupt(0) : interrupter.interruptBefore(id));
    },
    leave: () => void departure.leave(0),
    log,
  });
  return (channel, message) => {
    if (!departure.begun) receive(channel, message);
  };
}

function historyFolder(): string {
  const { dataFolder, thisSystem } = require("./cli/jupyter-folders") as typeof JupyterFolders;
  return join(dataFolder({ kind: "user" }, thisSystem()), "headroom-kernel");
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
