/** Puts the main thread together. */
import { Signal, type ToMain } from "../bridge/contract";
import type { Server } from "../bridge/main-end";
import { createCellModules } from "../modules/cell-modules";
import { captureStreams } from "../output/capture-streams";
import { createCellApi } from "../output/cell-api";
import { captureConsole } from "../output/console";
import { captureInput } from "../output/input";
import { resultBundle } from "../output/mime-bundle";
import { createAsyncChecks } from "./async-checks";
import { wait } from "./awaits";
import { defineCellRuntime } from "./cell-runtime";
import { defineDisposeSymbols } from "./disposal";
import { createEvaluator } from "./evaluator";
import { InterruptedError } from "./interrupted-error";
import { keepLoopsInterruptible } from "./interruptible-loops";
import { createInterruption } from "./interruption";
import { createOperations } from "./operations";
import { guardExit, reportUncaught } from "./process-guards";
import { createRepl } from "./repl";
import { endWithServer } from "./server-loss";
import { guardTimers, kernelTimers } from "./timers";
import { createTrainingGuard } from "./training";

/** How long after the start the loader of modules is made, unless a cell needs it before: ms. */
const MODULES_DELAY = 500;

/** Starts to take work from the server thread. */
export function startEvaluation(options: {
  readonly server: Server;
  readonly folder: string;
}): void {
  const { server, folder } = options;
  const { port, signals } = server;
  keepLoopsInterruptible();
  defineDisposeSymbols();
  guardTimers();
  captureStreams(port, {
    insideSyncChild(inside) {
      Atomics[inside ? "add" : "sub"](signals, Signal.childProcess, 1);
      const killed = Atomics.exchange(signals, Signal.childKilled, 0) !== 0;
      if (killed && !inside) throw new InterruptedError();
    },
  });
  captureConsole();
  const input = captureInput(port);
  const cellApi = createCellApi(port);
  const operations = createOperations();
  const training = createTrainingGuard({ delay, operations });
  const modules = createCellModules({
    folder,
    builtins: { "@headroom/kernel": cellApi.api, tslab: cellApi.tslab },
    onNamespace: training.adopt,
  });
  const repl = createRepl();
  const evaluator = createEvaluator({
    repl,
    resultBundle,
    wait: (value) => wait(value, "the end of the cell"),
    settled: cellApi.settled,
    nextTurn,
    done: (outcome) => port.post({ type: "done", outcome }),
  });
  const interruption = createInterruption({
    evaluator,
    repl,
    checks: createAsyncChecks(),
    training,
    operations,
    signals,
    loading: () => modules.loading,
    abandonModules: modules.abandon,
  });
  defineCellRuntime({ evaluator, modules, interruption });
  reportUncaught(port);
  guardExit({
    port,
    waitUntilExited: server.waitUntilExited,
    interrupt() {
      const cell = evaluator.current?.context;
      if (cell !== undefined) interruption.cancel(cell.id);
    },
  });
  endWithServer(server);

  /** Runs `work` once trainings of an interrupted cell have ended, so that it finds models free. */
  const afterTrainings = (work: () => void) => {
    const cell = evaluator.last?.context;
    const begin = () => {
      training.cellStarts();
      work();
    };
    if (cell?.dead !== true) return begin();
    training.settle(cell).then(() => {
      cell.grace = false;
      begin();
    }, begin);
  };
  const handle = (message: ToMain) => {
    interruption.cleanUp();
    switch (message.type) {
      case "run":
        return afterTrainings(() => evaluator.runCell(message.cell));
      case "cancel":
        interruption.cancel(message.id);
        return port.post({ type: "cancelled", id: message.id });
      case "input":
        return input.answer(message.answer);
      case "comm": {
        const { id } = message;
        const work = () => cellApi.comms.receive(id, message.message);
        return afterTrainings(() =>
          evaluator.runWork(id, work, ({ interrupted }) => {
            if (interrupted) port.post({ type: "comm-done", id });
          }),
        );
      }
      case "exit":
        return process.exit(message.code);
    }
  };
  server.listen(handle);
  port.post({ type: "ready" });
  // What the first import needs, once the start is over.
  kernelTimers.setTimeout(() => void modules.require, MODULES_DELAY).unref();
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    kernelTimers.setTimeout(resolve, ms);
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    kernelTimers.setImmediate(resolve);
  });
}
