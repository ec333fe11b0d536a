/** How much memory is really in use. */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Collects garbage, at once, and returns the bytes of the objects that remain. */
export function usedAfterCollection(): number {
  collect ??= collector();
  collect();
  return getHeapStatistics().used_heap_size;
}

/** V8 has the function, but shows it to contexts only that are made while the flag is set. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  return typeof found === "function" ? (found as () => void) : () => {};
}
