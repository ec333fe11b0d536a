/** The server thread's end of the bridge. */
import type { MessagePort } from "node:worker_threads";
import type { InputAnswer, ServerData, ToMain, ToServer } from "./contract";
import { Signal } from "./contract";

/** Speaks to the main thread, and wakes it where it waits. */
export interface MainPort {
  post(message: ToMain): void;
  /** Calls `listener` for each message, in order. */
  listen(listener: (message: ToServer) => void): void;
  /** Ends the main thread's wait for a blocking `input` request. */
  answerInput(answer: InputAnswer): void;
  /** Ends its wait for output to be sent. */
  signalDrained(): void;
  /** Lets the process end. */
  signalExited(): void;
}

/** Returns the port over the worker's `parentPort` and the places that both threads share. */
export function createMainPort(
  port: MessagePort,
  data: Pick<ServerData, "signals" | "inputPort">,
): MainPort {
  const wake = (place: number) => {
    Atomics.store(data.signals, place, 1);
    Atomics.notify(data.signals, place);
  };
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on("message", listener);
    },
    answerInput(answer) {
      data.inputPort.postMessage(answer);
      wake(Signal.input);
    },
    signalDrained: () => wake(Signal.drained),
    signalExited: () => wake(Signal.exited),
  };
}
