/** The main thread's end of the bridge: the worker, and the places on which this thread waits. */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { type InputAnswer, type ServerData, SIGNALS, Signal, type ToMain } from "./contract";
import type { ServerPort } from "./server-port";

/** How often a waiting main thread looks whether the server thread still lives, ms. */
const HEARTBEAT = 1000;
/** How long a front end may take to accept output before the cell goes on without it, ms. */
const LONGEST_DRAIN = 60_000;
/** How long the process waits for its last messages, ms. */
const LONGEST_EXIT = 2000;

/** The server thread, as the main thread sees it. */
export interface Server {
  readonly port: ServerPort;
  readonly signals: Int32Array;
  listen(listener: (message: ToMain) => void): void;
  /** Calls `listener` when the thread has ended, with what ended it. */
  whenGone(listener: (problem: Error | undefined) => void): void;
  /** Blocks until replies are sent and sockets closed, or that takes too long. */
  waitUntilExited(): void;
}

/** Starts the server thread from `file`. */
export function startServer(file: string, data: Omit<ServerData, "signals" | "inputPort">): Server {
  const signals = new Int32Array(new SharedArrayBuffer(4 * SIGNALS));
  const input = new MessageChannel();
  const workerData: ServerData = { ...data, signals, inputPort: input.port2 };
  const worker = new Worker(file, {
    workerData,
    transferList: [input.port2],
    // What the kernelspec preloads for cells is of no use there.
    execArgv: ["--no-warnings"],
    // The parser recurses: deeply nested code must not end the process. Taken only as it is used.
    resourceLimits: { stackSizeMb: 64 },
  });
  const until = (place: number, longest: number): boolean => {
    const end = Date.now() + longest;
    while (Atomics.load(signals, place) === 0) {
      const left = Math.min(HEARTBEAT, end - Date.now());
      if (left <= 0 || Atomics.load(signals, Signal.exited) !== 0) return false;
      Atomics.wait(signals, place, 0, left);
    }
    return true;
  };
  // An answer that came after its question had been interrupted is not one to the next.
  const forgetAnswers = () => {
    Atomics.store(signals, Signal.input, 0);
    while (receiveMessageOnPort(input.port1) !== undefined);
  };
  return {
    signals,
    port: {
      post(message) {
        if (message.type === "input" && message.blocking) forgetAnswers();
        if (message.type === "drain") Atomics.store(signals, Signal.drained, 0);
        worker.postMessage(message);
      },
      waitForInput() {
        until(Signal.input, Number.POSITIVE_INFINITY);
        const answer = receiveMessageOnPort(input.port1);
        return (answer?.message ?? { interrupted: true }) as InputAnswer;
      },
      waitUntilDrained() {
        until(Signal.drained, LONGEST_DRAIN);
      },
    },
    listen(listener) {
      worker.on("message", listener);
    },
    whenGone(listener) {
      worker.on("error", (problem: Error) => listener(problem));
      worker.on("exit", () => listener(undefined));
    },
    waitUntilExited() {
      until(Signal.exited, LONGEST_EXIT);
    },
  };
}
