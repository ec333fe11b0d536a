import { writeSync } from "node:fs";
import { constants } from "node:os";
import type { Sockets } from "../transport/sockets";
import { signalChildren } from "./child-processes";
import type { ShownError } from "./traceback";

/** Ends the kernel: everything sent, sockets closed, no process left behind. */
export interface Departure {
  /** The front end wants the kernel to end, or nobody needs it any more. */
  leave(code: number): Promise<void>;
  /** The main thread is about to end the process with this code, and waits to be let go. */
  letGo(code: number): Promise<void>;
  /** The process must be killed; the user is told why. */
  die(reason: string): Promise<void>;
  /** True from the first of these on: requests are no longer taken. */
  readonly begun: boolean;
}

/** What a departure stands on. */
export interface DepartureParts {
  readonly sockets: Pick<Sockets, "close">;
  /** Ends the checker's process. */
  stopChecker(): void;
  /** Resolves when what must be kept is on disk. */
  saved(): Promise<void>;
  /** Tells the user this error, and ends with it the requests that wait. */
  failAll(error: ShownError): Promise<void>;
  /** Asks the main thread to end the process. */
  exit(code: number): void;
  /** Stops whatever the main thread runs, so that it hears. */
  terminate(): void;
  /** Lets the main thread end, which waits for it and does nothing else any more. */
  signalExited(): void;
  /** Ends the processes that cells have started: first kindly, then by force. */
  signalChildren?(signal: "SIGTERM" | "SIGKILL"): void;
  /** Ends the process, whatever it does. */
  kill?(): void;
  /** Writes on the terminal of the Jupyter server. */
  print?(text: string): void;
}

/** How long messages may take to get out, in milliseconds. */
const SENDING = 200;

/** How long user code may take to let the process end, in milliseconds: then it is stopped. */
const FIRST_GRACE = 50;

/** How long the process may take to end, in milliseconds: then it is killed. */
const LAST_GRACE = 150;

/** Returns the departure of a kernel. */
export function createDeparture(parts: DepartureParts): Departure {
  const kill = parts.kill ?? (() => process.kill(process.pid, "SIGKILL"));
  const toChildren = parts.signalChildren ?? signalChildren;
  const print = parts.print ?? ((text) => writeSync(2, text));
  let closing: Promise<void> | undefined;
  /** The main thread has nothing left to do but to end. */
  let isReady = false;
  let graces: NodeJS.Timeout[] = [];

  async function close(): Promise<void> {
    parts.stopChecker();
    toChildren("SIGTERM");
    const patience = new Promise((resolve) => setTimeout(resolve, SENDING));
    await Promise.race([parts.saved(), patience]);
    await parts.sockets.close(SENDING);
    toChildren("SIGKILL");
  }

  async function tellAndClose(ename: string, reason: string): Promise<void> {
    print(`Headroom kernel: ${reason}\n`);
    await parts.failAll({ ename, evalue: reason, traceback: [`${ename}: ${reason}`] });
    await close();
  }

  return {
    async leave(code) {
      if (closing) return closing;
      closing = close();
      await closing;
      if (isReady) return;
      parts.exit(code);
      const again = () => {
        parts.terminate();
        parts.exit(code);
      };
      graces = [setTimeout(again, FIRST_GRACE), setTimeout(kill, LAST_GRACE)];
    },
    async letGo(code) {
      isReady = true;
      for (const grace of graces) clearTimeout(grace);
      closing ??= tellAndClose("ProcessExit", whyItExits(code));
      await closing;
      parts.signalExited();
    },
    async die(reason) {
      closing ??= tellAndClose("KernelDied", reason);
      await closing;
      kill();
    },
    get begun() {
      return closing !== undefined;
    },
  };
}

/** A process that a signal ends has 128 and the signal's number for its code. */
function whyItExits(code: number): string {
  const [signal] = Object.entries(constants.signals).find(([, n]) => n + 128 === code) ?? [];
  return signal
    ? `the process received ${signal}: the kernel ends`
    : `process.exit(${code}) was called: the kernel ends`;
}
