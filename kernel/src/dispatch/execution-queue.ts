/** Work that waits its turn: a cell, or a comm's message. */
interface QueuedWork {
  run(): Promise<void>;
  /** Called instead of `run` when a cell before it failed; undefined: it runs all the same. */
  readonly abort?: () => void;
  /** When it was asked for, as `now` counts; undefined: not known. */
  readonly sentAt?: number | undefined;
}

/** Runs work one after the other. */
export interface ExecutionQueue {
  add(work: QueuedWork): void;
  /** What was asked for until now, and can be aborted, will not run. */
  abortWaiting(): void;
}

/** How far clocks that are compared may be off, in milliseconds: clients cut theirs to whole ones. */
const MARGIN = 2;

/** A request that arrives later than this after a failure, in milliseconds, was sent after it. */
const LONGEST_WAY = 3000;

/**
 * Returns an empty queue. Work that throws is told to `onError`; the next then runs. A front end that
 * runs all cells sends them at once: the last ones may still be on their way when the first one
 * fails, and are aborted as well.
 */
export function createExecutionQueue(
  onError: (error: unknown) => void,
  now: () => number = () => performance.now(),
): ExecutionQueue {
  const waiting: QueuedWork[] = [];
  let doomed = new WeakSet<QueuedWork>();
  let abortedAt = Number.NEGATIVE_INFINITY;
  let running = false;

  async function pump(): Promise<void> {
    running = true;
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      try {
        if (work.abort && doomed.has(work)) work.abort();
        else await work.run();
      } catch (error) {
        onError(error);
      }
    }
    running = false;
  }

  function wasOnItsWay({ sentAt }: QueuedWork): boolean {
    if (sentAt === undefined || now() > abortedAt + LONGEST_WAY) return false;
    return sentAt < abortedAt - MARGIN;
  }

  return {
    add(work) {
      if (wasOnItsWay(work)) doomed.add(work);
      waiting.push(work);
      if (!running) void pump();
    },
    abortWaiting() {
      abortedAt = now();
      doomed = new WeakSet(waiting);
    },
  };
}
