/** What a worker process runs: it loads a program, then runs trials of it, one after the other. */
import { Worker } from "node:worker_threads";
import { DefinitionError } from "../errors";
import type { TrialProgram, TrialTask } from "./trial-program";
import type { FromWorker, ToWorker, WorkerProgram } from "./worker-contract";
import { loadProgram } from "./worker-load";
import { fromWire, toWire } from "./worker-wire-error";

/** Ends a process that computes without a pause while its parent is gone. Runs in a thread of its own. */
const WATCH = `
  const { workerData: parent } = require("node:worker_threads");
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 1000);
`;

type Judged = ToWorker & { readonly kind: "judged" };

class TrialWorker {
  #program: TrialProgram | undefined;
  #abort = new AbortController();
  #reports = 0;
  readonly #waiting = new Map<number, (answer: Judged) => void>();

  receive(message: ToWorker): void {
    switch (message.kind) {
      case "load":
        void this.#load(message.program);
        break;
      case "run":
        void this.#run(message.task);
        break;
      case "judged":
        this.#waiting.get(message.report)?.(message);
        this.#waiting.delete(message.report);
        break;
      case "abort":
        this.#abort.abort();
        break;
    }
  }

  async #load(program: WorkerProgram): Promise<void> {
    try {
      this.#program = await loadProgram(program);
      send({ kind: "loaded" });
    } catch (error) {
      send({ kind: "loaded", error: toWire(error) });
    }
  }

  async #run(task: TrialTask): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    let isOver = false;
    // What a trial left running must not speak for the next one.
    const tell = (message: FromWorker) => {
      if (!isOver) send(message);
    };
    let end: FromWorker = { kind: "end" };
    try {
      await this.#program?.(task, {
        signal,
        define: (parameter, value) => tell({ kind: "define", parameter, value }),
        note: (attributes) => tell({ kind: "note", attributes }),
        report: (metrics, step) => this.#report(metrics, step, signal, tell),
      });
    } catch (error) {
      end = { kind: "end", error: toWire(error) };
    }
    isOver = true;
    send(end);
  }

  async #report(
    metrics: Readonly<Record<string, number>>,
    step: number,
    signal: AbortSignal,
    tell: (message: FromWorker) => void,
  ): Promise<string | undefined> {
    signal.throwIfAborted();
    const report = this.#reports++;
    const answer = new Promise<Judged>((resolve) => this.#waiting.set(report, resolve));
    tell({ kind: "report", report, metrics, step });
    const { reason, error } = await answer;
    signal.throwIfAborted();
    if (error !== undefined) throw fromWire(error);
    return reason;
  }
}

function send(message: FromWorker): void {
  try {
    // Where the parent is gone, `disconnect` ends this process.
    process.send?.(message, undefined, undefined, () => {});
  } catch (error) {
    throw new DefinitionError(
      "not-plain",
      `A trial told what can't cross to another process (${error instanceof Error ? error.message : error}). ` +
        "Expected numbers, text, lists and plain objects.",
    );
  }
}

// Ctrl-C reaches the whole group of processes; what becomes of the trials is the parent's to decide.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());
new Worker(WATCH, { eval: true, execArgv: [], workerData: Number(process.argv[2]) }).unref();
const worker = new TrialWorker();
process.on("message", (message) => worker.receive(message as ToWorker));
