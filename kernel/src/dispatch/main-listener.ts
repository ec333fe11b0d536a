import type { ToServer } from "../bridge/contract";
import type { MainPort } from "../bridge/server-end";
import type { CellOutput } from "./cell-output";
import type { Comms } from "./comms";
import type { Questions } from "./questions";
import type { RunningWork } from "./running-work";
import type { TracebackSources } from "./traceback";
import { showError } from "./traceback";
import type { Wire } from "./wire";

/** What the listener stands on. */
export interface MainListenerParts {
  readonly main: MainPort;
  readonly wire: Wire;
  readonly output: CellOutput;
  readonly sources: TracebackSources;
  readonly work: RunningWork;
  readonly comms: Comms;
  readonly questions: Questions;
  /** The main thread has ended its part of a cell or comm, or acknowledged a `cancel`. */
  readonly interrupter: { cellEnded(id: number): void; cancelled(id: number): void };
  /** The process is about to end. */
  exiting(code: number): Promise<void>;
  log(text: string): void;
}

/** Returns what is called with each message of the main thread. */
export function createMainListener(parts: MainListenerParts): (message: ToServer) => void {
  const { main, output, work, comms, questions, interrupter } = parts;
  return (message) => {
    switch (message.type) {
      case "ready":
        parts.log("the main thread is ready");
        break;
      case "stream":
        output.stream(message.id, message.name, message.text);
        break;
      case "display":
        output.display(message.id, message.bundle, message.displayId, message.update);
        break;
      case "clear":
        output.clear(message.id, message.wait);
        break;
      case "done":
        interrupter.cellEnded(message.outcome.id);
        work.end(message.outcome);
        break;
      case "cancelled":
        interrupter.cancelled(message.id);
        break;
      case "drain":
        output.flush();
        void parts.wire.published().then(main.signalDrained);
        break;
      case "input":
        questions.ask(message);
        break;
      case "comm-target":
        comms.setTarget(message.name, message.open);
        break;
      case "comm":
        comms.sent(message.message);
        output.comm(message.id, message.message);
        break;
      case "comm-done":
        interrupter.cellEnded(message.id);
        work.end({ id: message.id, interrupted: false, expressions: {} });
        break;
      case "uncaught":
        tellUncaught(parts, message);
        break;
      case "exiting":
        void parts.exiting(message.code);
        break;
    }
  };
}

function tellUncaught(
  { output, sources }: MainListenerParts,
  { id, error, rejection }: Extract<ToServer, { type: "uncaught" }>,
): void {
  const head = rejection ? "Uncaught (in promise)" : "Uncaught";
  const { traceback } = showError(error, sources);
  output.stream(id, "stderr", `${head}\n${traceback.join("\n")}\n`);
}
