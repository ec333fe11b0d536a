import { setFlagsFromString } from "node:v8";

/** The first version of V8 that takes too much away: Node 24's. */
const FIRST_VERSION = 13;

/**
 * Keeps endless loops open to interrupts. V8's optimizer takes the check for interrupts out of loops
 * that it holds for short ones, and with an allocation such as `new Array(1000)` in an endless loop it
 * is wrong. The price: very short inner loops are no longer unrolled.
 */
export function keepLoopsInterruptible(): void {
  const version = Number.parseInt(process.versions.v8, 10);
  if (version >= FIRST_VERSION) setFlagsFromString("--no-turboshaft-loop-unrolling");
}
