/** What the end of the process, and errors that nobody catches, mean in a kernel. */
import { constants } from "node:os";
import type { ServerPort } from "../bridge/server-port";
import { currentCell } from "./cell-context";
import { toErrorInfo } from "./error-info";
import { InterruptedError } from "./interrupted-error";

/** Parts of `process` that Node has but does not document. */
interface UndocumentedProcess {
  reallyExit(code?: number | string): never;
}

/** What the guards stand on. */
export interface ProcessGuardOptions {
  readonly port: ServerPort;
  /** Blocks until replies are sent and sockets closed. */
  waitUntilExited(): void;
  /** What Ctrl+C in a terminal asks for. */
  interrupt(): void;
}

/** Reports uncaught errors under the cell that started them, and survives them. */
export function reportUncaught(port: ServerPort): void {
  const report = (thrown: unknown, rejection: boolean) => {
    // An interrupted cell has been reported already.
    if (thrown instanceof InterruptedError) return;
    port.post({ type: "uncaught", id: currentCell().id, error: toErrorInfo(thrown), rejection });
  };
  process.on("uncaughtException", (error) => report(error, false));
  process.on("unhandledRejection", (reason) => report(reason, true));
}

/**
 * Lets the server thread answer before the process ends by its own hand: process.exit, process.abort,
 * process.kill of itself. A Ctrl+C interrupts. SIGTERM keeps its effect, the end of the process: a
 * listener could not hear it while a cell computes.
 */
export function guardExit(options: ProcessGuardOptions): void {
  let leaving = false;
  const leave = (code: number) => {
    if (!leaving) options.port.post({ type: "exiting", code });
    leaving = true;
    // Also for who comes again: the server thread may have ended this wait to end user code.
    options.waitUntilExited();
  };
  guardReallyExit(leave);
  guardAbort(leave);
  guardKill(leave);
  process.on("SIGINT", options.interrupt);
}

function guardReallyExit(leave: (code: number) => void): void {
  const undocumented = process as unknown as UndocumentedProcess;
  const { reallyExit } = undocumented;
  // Comes after the listeners of `exit`, so that what they print is still shown.
  undocumented.reallyExit = (code) => {
    leave(Number(code ?? process.exitCode ?? 0));
    return Reflect.apply(reallyExit, process, [code ?? 0]) as never;
  };
}

function guardAbort(leave: (code: number) => void): void {
  const { abort } = process;
  process.abort = () => {
    leave(signalCode("SIGABRT"));
    return abort.call(process);
  };
}

function guardKill(leave: (code: number) => void): void {
  const { kill } = process;
  process.kill = (pid, signal = "SIGTERM") => {
    if (pid === process.pid && isDeadly(signal)) leave(signalCode(signal));
    return kill.call(process, pid, signal);
  };
}

/** Whether a signal to itself ends the process: no test (0), and nobody listens for it. */
function isDeadly(signal: string | number): boolean {
  if (signal === 0) return false;
  const code = signalCode(signal);
  if (code === signalCode("SIGKILL") || code === signalCode("SIGSTOP")) return true;
  const harmless = ["SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGTSTP", "SIGTTIN", "SIGTTOU"];
  if (harmless.some((name) => signalCode(name) === code)) return false;
  const name = Object.entries(constants.signals).find(([, number]) => number + 128 === code)?.[0];
  return name !== undefined && process.listenerCount(name) === 0;
}

/** What a shell shows for a process that a signal ended; 0 for an unknown one. */
function signalCode(signal: string | number): number {
  if (typeof signal === "number") return 128 + signal;
  const number = constants.signals[signal as NodeJS.Signals];
  return number === undefined ? 0 : 128 + number;
}
