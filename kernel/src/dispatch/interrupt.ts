/** Interrupts, one at a time, from the server thread. */
import type { ErrorInfo } from "../bridge/contract";
import { type Attempt, type AttemptMeans, firmly, startAttempt } from "./interrupt-attempt";
import { createMainInspector, type MainInspector } from "./main-inspector";
import { createMemoryGuard, MORE } from "./memory-guard";
import { createMemoryMark, type MemoryState } from "./memory-mark";
import { killSyncChild } from "./sync-child";

/** What an interrupter stands on. */
export interface InterrupterOptions extends Omit<AttemptMeans, "inspector" | "killSyncChild"> {
  /** Tells kernels of the same front end apart from others, for what one tells the next. */
  readonly connectionFile: string;
}

/** The ways into the main thread and its children, which tests replace. */
interface Ways {
  readonly inspector: MainInspector;
  readonly killSyncChild: () => void;
}

/** Ends cells. */
export interface Interrupter {
  /**
   * Ends the cell or the comm's handler `id`; with 0, code that runs although nothing should. Resolves
   * when the user has the reply.
   */
  interrupt(id: number): Promise<void>;
  /** Ends code that runs although nothing should, as long as the cell `id` has not begun. */
  interruptBefore(id: number): Promise<void>;
  /** To be told what the main thread was asked, and what it answered. */
  cellStarted(id: number): void;
  cellEnded(id: number): void;
  cancelled(id: number): void;
  /** Ends whatever runs, for the end of the kernel. */
  terminateForExit(): void;
  /** Lets go of the main thread for good, which can't end before. */
  close(): void;
}

/** For an answer from a main thread that is to end, ms. */
const LAST_ANSWER = 25;
/** For an earlier interrupt that goes on, ms. */
const LONGEST_WAIT = 1000;

/** Returns an interrupter that interrupts nothing yet, and that guards the memory of running cells. */
export function createInterrupter(
  options: InterrupterOptions,
  ways: Ways = { inspector: createMainInspector(), killSyncChild },
): Interrupter {
  const forgetMemory = () => {
    for (const id of running) memory.cellEnded(id);
  };
  const means: AttemptMeans = {
    ...options,
    ...ways,
    die(reason) {
      forgetMemory();
      options.die(reason);
    },
  };
  const running = new Set<number>();
  let newest = 0;
  let attempt: Attempt | undefined;

  const interrupt = async (id: number, upTo: number, reason?: ErrorInfo): Promise<void> => {
    const patience = AbortSignal.timeout(LONGEST_WAIT);
    while (attempt !== undefined) {
      // Whoever asks again means what still runs, even if the user has its reply.
      attempt.repeat();
      if (attempt.id === id) return attempt.answered;
      if (patience.aborted || (id === 0 && attempt.givenUp)) return;
      await Promise.race([attempt.over, aborted(patience)]);
    }
    if (id !== 0 && !running.has(id)) return;
    const isOvertaken = id === 0 && [...running].some((task) => task > upTo);
    const target = { id, upTo, isOvertaken, ...(reason && { reason }) };
    const mine = startAttempt(target, means);
    attempt = mine;
    void mine.over.then(() => {
      attempt = undefined;
    });
    await mine.answered;
  };
  const mark = createMemoryMark(options.connectionFile);
  let predecessor = mark.takePredecessor();
  const memory = createMemoryGuard({
    inspector: ways.inspector,
    mark,
    interrupt: (id, reason) => void interrupt(id, id, reason),
  });

  return {
    // What begins while an earlier interrupt is waited for is not meant.
    interrupt: (id) => interrupt(id, id === 0 ? newest : id),
    interruptBefore: (id) => interrupt(0, id - 1),
    cellStarted(id) {
      newest = id;
      running.add(id);
      memory.cellStarted(id);
      if (predecessor !== undefined) options.tell(lastWords(predecessor));
      predecessor = undefined;
    },
    cellEnded(id) {
      running.delete(id);
      memory.cellEnded(id);
      if (attempt?.id === id) attempt.taskEnded();
    },
    cancelled(id) {
      if (attempt?.id === id) attempt.turned();
    },
    terminateForExit() {
      ways.killSyncChild();
      void ways.inspector.ask(firmly(Number.MAX_SAFE_INTEGER, true), LAST_ANSWER);
    },
    close() {
      // An end that was asked for is not one for want of memory.
      forgetMemory();
      ways.inspector.close();
    },
  };
}

/** What a kernel says of the one before it, which could not. */
function lastWords({ resident, limit }: MemoryState): string {
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;
  return (
    `The kernel before this one ended while a cell ran and the process held ${gigabytes(resident)} ` +
    `(V8 allows ${gigabytes(limit)} for objects): it ran out of memory, most likely. ` +
    `Its variables are lost. To give the kernel more: ${MORE}\n`
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
