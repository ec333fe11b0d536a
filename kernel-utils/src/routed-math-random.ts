import { AsyncLocalStorage } from "node:async_hooks";

/** Where the random numbers of one piece of work come from; `next` may be replaced on the way. */
export interface RandomSource {
  next: () => number;
}

const sources = new AsyncLocalStorage<RandomSource>();
let running = 0;
let original = Math.random;

function routed(): number {
  const source = sources.getStore();
  return source === undefined ? original() : source.next();
}

/**
 * Returns what `work` returns, which draws all its `Math.random()` from `source`: the random numbers of
 * TensorFlow.js come from there. What else the process does meanwhile draws from where it did before,
 * and `Math.random` is put back when the last such work has ended, however it ends.
 */
export async function withRandomSource<T>(
  source: RandomSource,
  work: () => Promise<T>,
): Promise<T> {
  if (running++ === 0) {
    original = Math.random;
    Math.random = routed;
  }
  try {
    return await sources.run(source, work);
  } finally {
    // Left alone where someone has put a function of their own there meanwhile.
    if (--running === 0 && Math.random === routed) Math.random = original;
  }
}

/** Returns what `work` returns at once, which draws all its `Math.random()` from `next`. */
export function drawingFrom<T>(next: () => number, work: () => T): T {
  const before = Math.random;
  Math.random = next;
  try {
    return work();
  } finally {
    Math.random = before;
  }
}
