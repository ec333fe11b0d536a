/** The end of the server thread is the end of the kernel. */
import { writeSync } from "node:fs";
import { inspect } from "node:util";
import type { Server } from "../bridge/main-end";

/** Ends the process when the server thread has ended, and says why on the process's own stderr. */
export function endWithServer(server: Server): void {
  server.whenGone((problem) => {
    if (problem === undefined) exitAtOnce(0);
    report(`The kernel's server thread failed, which ends the kernel: ${inspect(problem)}\n`);
    exitAtOnce(1);
  });
}

// Taken before the streams are captured, and before the end of the process is guarded.
const writeDirectly = writeSync;
const exitDirectly = (process as unknown as { reallyExit(code: number): never }).reallyExit;

function report(text: string): void {
  try {
    writeDirectly(2, text);
  } catch {
    // Nobody reads it.
  }
}

function exitAtOnce(code: number): never {
  return exitDirectly.call(process, code);
}
