/**
 * Operations of TensorFlow.js. An interrupt ends code between them: in the middle of one, a tensor is
 * counted, or its memory is taken, and nobody holds it yet who could give it back.
 */

/** Lets code be ended where no operation runs. */
export interface Operations {
  /** Makes an engine's operations known, by the object that has its methods. */
  protect(engine: object): void;
  /**
   * Whether to wait, since an operation runs: `end` is called as soon as it is over. False where none
   * runs, and where it takes too long.
   */
  defer(end: () => void): boolean;
  /** To be called after code was terminated: none runs. */
  reset(): void;
}

/** What of an engine takes and gives back memory. None of it calls code of the user. */
const METHODS = [
  "runKernel",
  "makeTensor",
  "makeTensorFromDataId",
  "makeTensorFromTensorInfo",
  "makeVariable",
  "incRef",
  "disposeTensor",
  "disposeVariable",
  "startScope",
  "endScope",
];

/** How long an interrupt waits for one, ms. */
const LONGEST = 100;

type Method = (this: object, ...args: unknown[]) => unknown;

/** Returns a guard of operations that knows no engine yet. */
export function createOperations(): Operations {
  let depth = 0;
  let waiting: { readonly since: number; end: () => void } | undefined;
  const leave = () => {
    depth = Math.max(0, depth - 1);
    if (depth > 0 || waiting === undefined) return;
    const { end } = waiting;
    waiting = undefined;
    end();
    endHere();
  };
  const protectMethod = (engine: object, name: string) => {
    const original: unknown = Reflect.get(engine, name);
    if (typeof original !== "function") return;
    const method: Method = function (...args) {
      depth++;
      try {
        return Reflect.apply(original, this, args);
      } finally {
        leave();
      }
    };
    Reflect.set(engine, name, method);
  };
  return {
    protect(engine) {
      for (const name of METHODS) protectMethod(engine, name);
    },
    defer(end) {
      if (depth === 0) return false;
      waiting = { since: waiting?.since ?? performance.now(), end };
      if (performance.now() - waiting.since < LONGEST) return true;
      waiting = undefined;
      return false;
    },
    reset() {
      depth = 0;
      waiting = undefined;
    },
  };
}

// A cell may replace it.
const { parse } = JSON;

/** V8 ends terminated code at the next call; here it is at once, as no compiler inlines this one. */
function endHere(): void {
  parse("0", (_, value: unknown) => value);
}
