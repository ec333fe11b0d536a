/** Puts together what answers front ends. */
import path from "node:path";
import type { ServerData } from "../bridge/contract";
import type { MainPort } from "../bridge/server-end";
import type { CheckMode } from "../cell/compiled-cell";
import type * as JupyterFolders from "../cli/jupyter-folders";
import type { Message } from "../messages/message";
import type { Connection } from "../transport/connection-file";
import type { RequestChannel, Sockets } from "../transport/sockets";
import type { TypeChecker } from "../typecheck/type-checker";
import { createAnswers } from "./answers";
import { createCellExecution } from "./cell-execution";
import { createCellOutput } from "./cell-output";
import { createCellPreparation } from "./cell-preparation";
import { createCellRecords } from "./cell-records";
import { createComms } from "./comms";
import { lazyCompiler } from "./compiler";
import { createDeparture, type Departure } from "./departure";
import { createExecutionQueue } from "./execution-queue";
import { createHistory } from "./history";
import { createHistoryFile } from "./history-file";
import { createImportOffers } from "./import-offers";
import { createInterrupter } from "./interrupt";
import { createMainListener } from "./main-listener";
import { watchParent } from "./parent-watch";
import { createQuestions } from "./questions";
import { createReception } from "./reception";
import { createRunningWork } from "./running-work";
import { createWire } from "./wire";

/** What the server thread stands on. */
export interface ServerParts {
  readonly main: MainPort;
  readonly data: ServerData;
  readonly connection: Connection;
  readonly sockets: Sockets;
  readonly checker: TypeChecker;
  /** How cells are checked that do not say it themselves. */
  readonly checkMode: CheckMode;
  log(text: string): void;
}

/** What answers front ends, until the kernel ends. */
export interface Service {
  receive(channel: RequestChannel, message: Message): void;
  /** To be called when the sockets are bound. */
  open(): void;
}

type Knowledge = ReturnType<typeof createKnowledge>;
type Cells = ReturnType<typeof createCells>;

/**
 * How long after the sockets are bound the compiler is loaded, in milliseconds: meanwhile the front
 * end connects and has its first answers.
 */
const COMPILER_DELAY = 10;

/** Returns the kernel behind the sockets. */
export function createService(parts: ServerParts): Service {
  const { main, data, sockets, log } = parts;
  const knowledge = createKnowledge(parts);
  const cells = createCells(knowledge, parts);
  const departure = createDeparture({
    sockets,
    stopChecker: knowledge.checker.stop,
    saved: knowledge.history.saved,
    failAll: cells.execution.failAll,
    exit: (code) => main.post({ type: "exit", code }),
    terminate: cells.interrupter.terminateForExit,
    signalExited() {
      // Node waits at its end for inspectors that are connected, and says so.
      cells.interrupter.close();
      main.signalExited();
    },
  });
  cells.onDeath(departure.die);
  return {
    receive: createDesk(knowledge, cells, parts, departure),
    open() {
      const exiting = departure.letGo;
      main.listen(createMainListener({ ...knowledge, ...cells, main, exiting, log }));
      log(`listening; connection file ${data.connectionFile}`);
      watchParent(data.parentPid, process.env.JPY_PARENT_PID, () => void departure.leave(0));
      const { compiler } = knowledge;
      setTimeout(() => compiler.compileCell("1", { id: 0, label: "In[0]" }), COMPILER_DELAY);
    },
  };
}

/** What is known of the notebook, and the way to its front ends. */
function createKnowledge({ data, sockets, checker, checkMode, log }: ServerParts) {
  const wire = createWire(sockets);
  const records = createCellRecords();
  const kernelFolder = path.dirname(__dirname);
  return {
    wire,
    records,
    output: createCellOutput(wire, records, log),
    sources: { cell: records.source, folder: data.folder, kernelFolder },
    compiler: lazyCompiler,
    checkMode,
    checker,
    history: createHistory(createHistoryFile(historyFolder(), log)),
    comms: createComms(),
    offers: createImportOffers(),
    work: createRunningWork(),
  };
}

/** What runs cells, and ends them. */
function createCells(knowledge: Knowledge, { main, data, log }: ServerParts) {
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
  const queue = createExecutionQueue((error) =>
    log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
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
  knowledge: Knowledge,
  cells: Cells,
  { connection, main, log }: ServerParts,
  departure: Departure,
): Service["receive"] {
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
  const { dataFolder, thisSystem } = require("../cli/jupyter-folders") as typeof JupyterFolders;
  return path.join(dataFolder({ kind: "user" }, thisSystem()), "headroom-kernel");
}
