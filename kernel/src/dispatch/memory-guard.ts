/** Interrupts a cell whose heap comes near V8's limit, beyond which V8 ends the process. */
import { getHeapStatistics } from "node:v8";
import { type ErrorInfo, RUNTIME } from "../bridge/contract";
import type { MainInspector } from "./main-inspector";
import type { MemoryMark } from "./memory-mark";

const MEGABYTE = 2 ** 20;

/** Times in ms. */
const TIME = {
  /** Between looks at a running cell's heap, and from where it is large. */
  calm: 150,
  large: 30,
  /** For the main thread's answer. */
  answer: 100,
  /** For a collection of garbage. */
  collection: 5000,
} as const;

/** Parts of the limit. */
const SHARE = {
  /** From here on the heap is looked at more often, and an end of the process is explained by it. */
  large: 0.5,
  /** Here a cell is interrupted. */
  full: 0.85,
  /** What a cell gets of what is left, once variables fill the heap up to there. */
  rest: 0.5,
} as const;

/** Follows the heap of running cells. */
export interface MemoryGuard {
  cellStarted(id: number): void;
  cellEnded(id: number): void;
}

/** What a guard stands on. */
export interface MemoryGuardOptions {
  readonly inspector: Pick<MainInspector, "usedHeap" | "ask">;
  readonly mark: MemoryMark;
  interrupt(id: number, reason: ErrorInfo): void;
  /** Bytes that objects may take; what V8 allows if not given. */
  readonly limit?: number;
}

/** Returns a guard that follows nothing yet. */
export function createMemoryGuard(options: MemoryGuardOptions): MemoryGuard {
  const { inspector, mark, limit = limitOfObjects() } = options;
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  let allowed = limit * SHARE.full;

  const lookIn = (id: number, delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(id), delay);
  };
  const look = async (id: number) => {
    const resident = process.memoryUsage.rss();
    if (resident > limit * SHARE.large) mark.set({ resident, limit });
    let used = await inspector.usedHeap(TIME.answer);
    if (used !== undefined && used > allowed) {
      // Some of it may be garbage.
      used = await usedAfterCollection(inspector);
    }
    if (running !== id) return;
    if (used === undefined || used <= allowed) {
      const isLarge = resident > limit * SHARE.large;
      return lookIn(id, isLarge ? TIME.large : TIME.calm);
    }
    // What is left after the interrupt is held by variables; the next cell must be able to free it.
    allowed = Math.max(allowed, used + (limit - used) * SHARE.rest);
    options.interrupt(id, outOfMemory(used, limit));
  };

  return {
    cellStarted(id) {
      running = id;
      lookIn(id, TIME.calm);
    },
    cellEnded(id) {
      if (running !== id) return;
      running = 0;
      clearTimeout(timer);
      mark.clear();
    },
  };
}

async function usedAfterCollection({
  ask,
}: Pick<MainInspector, "ask">): Promise<number | undefined> {
  const used = await ask(`${RUNTIME}.usedAfterCollection()`, TIME.collection);
  return typeof used === "number" ? used : undefined;
}

/** V8's limit holds for all spaces; young objects have up to 192 MB of it for themselves. */
function limitOfObjects(): number {
  const limit = getHeapStatistics().heap_size_limit;
  return Math.max(limit - 192 * MEGABYTE, limit / 2);
}

function outOfMemory(used: number, limit: number): ErrorInfo {
  const megabytes = (bytes: number) => `${Math.round(bytes / MEGABYTE)} MB`;
  return {
    name: "OutOfMemoryError",
    message:
      `the cell was interrupted because the kernel's objects take ${megabytes(used)} of the ${megabytes(limit)} that V8 allows. ` +
      `Let go of what is no longer needed (name = undefined), or give the kernel more: ${MORE}`,
    stack: "",
    details: "",
  };
}

/** How a kernel gets more memory. */
export const MORE =
  "NODE_OPTIONS=--max-old-space-size=8192 (MB) in the environment of the Jupyter server or of the kernelspec.";
