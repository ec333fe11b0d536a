/** A worker process, as its parent sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { WorkerError } from "../errors";
import { nextTurn } from "./next-turn";
import type { TrialHooks, TrialTask } from "./trial-program";
import type { FromWorker, ToWorker, WorkerProgram } from "./worker-contract";
import { workerFlags } from "./worker-flags";
import { fromWire, toWire } from "./worker-wire-error";

/** How a worker process is started, and how long is waited for it. */
export interface WorkerSettings {
  readonly program: WorkerProgram;
  /** Of TensorFlow, and of what else counts by OMP_NUM_THREADS. */
  readonly threads: number;
  /** In milliseconds, from when the program is loaded; undefined for any time. */
  readonly trialTimeout: number | undefined;
  /** So many milliseconds after an abort a trial is broken off. */
  readonly graceTime: number;
}

const MAIN = join(__dirname, "worker-main.js");
const KEPT_LINES = 12;
const KEPT_CHARACTERS = 4_000;
const LOAD_MILLISECONDS = 120_000;
const EXIT_MILLISECONDS = 2_000;
const OUTPUT_MILLISECONDS = 500;

/** What is waited for: that the program is loaded, or that a trial ends. */
interface Errand {
  readonly hooks: TrialHooks | undefined;
  resolve(): void;
  reject(error: unknown): void;
}

/** One process; runs one trial at a time. */
export class WorkerProcess {
  readonly #settings: WorkerSettings;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #loaded: Promise<void> | undefined;
  #errand: Errand | undefined;
  #stderr = "";
  #ended = false;
  #killed = false;
  #timedOut: number | undefined;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    const threads = String(settings.threads);
    const child = fork(MAIN, [String(process.pid)], {
      serialization: "advanced",
      silent: true,
      execArgv: workerFlags(process.execArgv),
      env: {
        ...process.env,
        TF_NUM_INTRAOP_THREADS: threads,
        TF_NUM_INTEROP_THREADS: threads,
        OMP_NUM_THREADS: threads,
      },
    });
    this.#child = child;
    child.stdout?.on("data", (chunk: Buffer) => process.stdout.write(chunk));
    child.stderr?.on("data", (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.#stderr = (this.#stderr + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    child.on("message", (message) => this.#receive(message as FromWorker));
    this.#gone = new Promise((resolve) => {
      const end = () => {
        this.#ended = true;
        this.#errand?.reject(this.#error());
        resolve();
      };
      child.once("close", end);
      // What it has written may be read after its end, and tells why; others may hold its pipes open.
      child.once("exit", () => setTimeout(end, OUTPUT_MILLISECONDS).unref());
      child.once("error", ({ message }) => {
        this.#stderr += message;
        if (child.pid === undefined) end();
      });
    });
  }

  /** Its number in the system; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it can run another trial. */
  get isAlive(): boolean {
    return !this.#ended && !this.#killed && this.#child.connected;
  }

  /** As a trial program. */
  async run(task: TrialTask, hooks: TrialHooks): Promise<void> {
    const { signal } = hooks;
    const { graceTime } = this.#settings;
    let grace: NodeJS.Timeout | undefined;
    const abort = () => {
      this.#send({ kind: "abort" });
      grace = setTimeout(() => this.#kill(), graceTime);
    };
    signal.addEventListener("abort", abort, { once: true });
    try {
      signal.throwIfAborted();
      this.#loaded ??= this.#do({ kind: "load", program: this.#settings.program }, undefined);
      await this.#loaded;
      signal.throwIfAborted();
      await this.#do({ kind: "run", task }, hooks);
    } catch (error) {
      // A broken-off trial has no error of its own.
      throw signal.aborted && !isOwn(error) ? signal.reason : error;
    } finally {
      clearTimeout(grace);
      signal.removeEventListener("abort", abort);
    }
  }

  /** Ends the process, at once where it runs a trial; resolves when it is gone. */
  async close(): Promise<void> {
    if (this.#ended) return;
    if (this.#errand !== undefined || !this.#child.connected) this.#kill();
    else this.#child.disconnect();
    const timer = setTimeout(() => this.#kill(), EXIT_MILLISECONDS);
    await this.#gone;
    clearTimeout(timer);
  }

  async #do(message: ToWorker, hooks: TrialHooks | undefined): Promise<void> {
    const limit = message.kind === "load" ? LOAD_MILLISECONDS : this.#settings.trialTimeout;
    let timer: NodeJS.Timeout | undefined;
    if (limit !== undefined) {
      timer = setTimeout(() => {
        this.#timedOut = limit;
        this.#kill();
      }, limit);
    }
    try {
      await new Promise<void>((resolve, reject) => {
        this.#errand = { hooks, resolve, reject };
        if (this.#ended) reject(this.#error());
        else this.#send(message);
      });
    } finally {
      clearTimeout(timer);
      this.#errand = undefined;
    }
  }

  #receive(message: FromWorker): void {
    const errand = this.#errand;
    if (errand === undefined) return;
    const { hooks } = errand;
    try {
      switch (message.kind) {
        case "define":
          hooks?.define(message.parameter, message.value);
          break;
        case "note":
          hooks?.note(message.attributes);
          break;
        case "report":
          void this.#judge(message, hooks);
          break;
        case "loaded":
        case "end":
          if (message.error === undefined) errand.resolve();
          else errand.reject(fromWire(message.error));
      }
    } catch (error) {
      // What the trial told can't be; the trial itself goes on without knowing.
      errand.reject(error);
      this.#kill();
    }
  }

  async #judge(
    { report, metrics, step }: FromWorker & { readonly kind: "report" },
    hooks: TrialHooks | undefined,
  ): Promise<void> {
    try {
      // Where a notebook's cell was interrupted, the trial gets no answer, and so computes no more.
      await nextTurn();
      const reason = await hooks?.report(metrics, step);
      this.#send({ kind: "judged", report, reason });
    } catch (error) {
      this.#send({ kind: "judged", report, error: toWire(error) });
    }
  }

  #send(message: ToWorker): void {
    // A process that has just gone tells so by its end.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #kill(): void {
    this.#killed = true;
    this.#child.kill("SIGKILL");
  }

  #error(): WorkerError {
    const { exitCode: code, signalCode: signal } = this.#child;
    const isLate = this.#timedOut !== undefined;
    const how = isLate
      ? `took more than ${Number(this.#timedOut) / 1000} s and was ended`
      : this.#stderr.includes("heap out of memory")
        ? "ran out of memory"
        : signal !== null
          ? `was ended by ${signal}${signal === "SIGKILL" ? " (by hand, or for want of memory)" : ""}`
          : `ended with code ${code}`;
    const last = this.#stderr.trimEnd().split("\n").slice(-KEPT_LINES).join("\n");
    return new WorkerError(
      isLate ? "trial-timeout" : "worker-ended",
      `The worker process that ran this trial ${how}.${last === "" ? "" : ` Its last lines:\n${last}`}`,
      { exitCode: code, signal, stderr: last },
    );
  }
}

/** Whether an error is the trial's, although the search was aborted meanwhile. */
function isOwn(error: unknown): boolean {
  return error instanceof Error && /^(Pruned|Failed|Definition)/.test(error.name);
}
