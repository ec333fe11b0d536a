/**
 * Time limits that a busy machine can't spoil. A program is charged for running, in all its threads,
 * and for waiting for something of its own (a timer, a promise), but not for waiting until Linux gives
 * it a processor.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Longer than this many times its limit nothing may take, whatever the machine did. */
export const PATIENCE = 10;

/** The ticks in which Linux tells processor time: 1/100 s on all machines that Node runs on. */
const MILLISECONDS_A_TICK = 10;

/** Tells how long a program has had. */
export interface Stopwatch {
  /** Milliseconds that are charged, since it was made. */
  charged(): number;
  /** True when they may be more than the program has used: there is a limit to the patience, or nothing can be measured. */
  isUnfair(): boolean;
}

interface Times {
  /** How long the main thread was ready to run without a processor to run on. */
  readonly queued: number;
  /** How long any of the threads ran. */
  readonly ran: number;
}

/** Returns a stopwatch for a process; where Linux does not tell, all time is charged. */
export function stopwatch(pid: number | undefined): Stopwatch {
  const began = performance.now();
  const before = timesOf(pid);
  const measure = () => {
    const wall = performance.now() - began;
    const now = timesOf(pid);
    if (now === undefined || before === undefined) return { used: wall, atLeast: wall };
    const waiting = wall - (now.queued - before.queued);
    return { used: Math.max(waiting, now.ran - before.ran), atLeast: wall / PATIENCE };
  };
  return {
    charged() {
      const { used, atLeast } = measure();
      return Math.max(used, atLeast);
    },
    isUnfair() {
      const { used, atLeast } = measure();
      return used <= atLeast;
    },
  };
}

/** In milliseconds. */
function timesOf(pid: number | undefined): Times | undefined {
  if (pid === undefined) return undefined;
  try {
    const [, queued] = readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ");
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name may have spaces and brackets in it; the 14th and 15th field are user and system time.
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { queued: Number(queued) / 1e6, ran: ticks * MILLISECONDS_A_TICK };
  } catch {
    return undefined;
  }
}

/**
 * Returns the process in which the student's code runs: the last in the chain that begins with the one
 * that was started (a sandbox is wrapped in several). undefined where Linux does not tell.
 */
export function innermostProcess(pid: number): number | undefined {
  try {
    for (let at = pid; ; ) {
      const children = readdirSync(`/proc/${at}/task`).flatMap((task) =>
        readFileSync(`/proc/${at}/task/${task}/children`, "latin1").split(" ").filter(Boolean),
      );
      if (children.length === 0) return at;
      at = Number(children[0]);
    }
  } catch {
    return undefined;
  }
}
