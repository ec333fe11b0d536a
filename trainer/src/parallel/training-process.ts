import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Logs } from "../fit/step-runner";
import type { Errand, Fitted, FromTrainer } from "./contract";

const MAIN = join(__dirname, "worker-main.js");
const KEPT_CHARACTERS = 2000;

/** A process that trains models, one after the other, with one thread each for TensorFlow. */
export class TrainingProcess {
  readonly #child: ChildProcess;
  #stderr = "";
  #isOver = false;
  #listener: ((message: FromTrainer | { readonly kind: "ended" }) => void) | undefined;

  constructor() {
    this.#child = fork(MAIN, [], {
      serialization: "advanced",
      silent: true,
      execArgv: process.execArgv.filter((flag) => !flag.startsWith("--inspect")),
      // TensorFlow reads them when it is loaded; here it may be loaded already, with as many as there are cores.
      env: {
        ...process.env,
        TF_NUM_INTRAOP_THREADS: "1",
        TF_NUM_INTEROP_THREADS: "1",
        OMP_NUM_THREADS: "1",
      },
    });
    this.#child.stdout?.on("data", (chunk: Buffer) => process.stdout.write(chunk));
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.#stderr = (this.#stderr + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    this.#child.on("message", (message) => this.#listener?.(message as FromTrainer));
    const end = () => {
      this.#isOver = true;
      this.#listener?.({ kind: "ended" });
    };
    // All that it wrote has been read by then.
    this.#child.once("close", end);
    this.#child.once("error", (error) => {
      this.#stderr += error.message;
      if (this.#child.pid === undefined) end();
    });
  }

  /** Whether it can train another model. */
  get isAlive(): boolean {
    return !this.#isOver && this.#child.connected;
  }

  /** Trains a model. Rejects with the error of the training, or of a process that ended before. */
  async train(errand: Errand, hear: (epoch: number, logs: Logs) => void): Promise<Fitted> {
    try {
      return await new Promise((resolve, reject) => {
        this.#listener = (message) => {
          if (message.kind === "epoch") {
            try {
              hear(message.epoch, message.logs);
            } catch (error) {
              reject(error);
              this.end();
            }
          } else if (message.kind === "fitted") resolve(message.fitted);
          else if (message.kind === "failed") {
            reject(Object.assign(new Error(message.error.message), message.error));
          } else reject(this.#error());
        };
        if (this.#isOver) reject(this.#error());
        // One that has just gone tells so by its end.
        else this.#child.send(errand, () => {});
      });
    } finally {
      this.#listener = undefined;
    }
  }

  /** Ends the process, whatever it does. */
  end(): void {
    this.#child.kill("SIGKILL");
  }

  #error(): Error {
    const { exitCode, signalCode } = this.#child;
    const how = signalCode === null ? `ended with code ${exitCode}` : `was ended by ${signalCode}`;
    const said = this.#stderr.trim();
    return new Error(
      `the process that trained the model ${how}${said === "" ? "" : `; its last words:\n${said}`}`,
    );
  }
}
