/** Of the time, at most this share is spent on waiting for the disk. */
const SHARE = 0.01;

/**
 * Has what was written brought from the system's memory to the disk, which takes milliseconds: at once where
 * that was last done long enough ago, so that slow trials are safe from a power failure as soon as they have
 * ended and fast ones don't wait for the disk.
 */
export class DiskSync {
  readonly #sync: () => void;
  #isDue = false;
  #cost = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** @param sync returns when all is on the disk */
  constructor(sync: () => void) {
    this.#sync = sync;
  }

  /** Something was written that should not be lost. */
  written(): void {
    this.#isDue = true;
    if (performance.now() - this.#last >= this.#cost / SHARE) this.flush();
  }

  /** Returns when all that was written is on the disk. */
  flush(): void {
    if (!this.#isDue) return;
    const start = performance.now();
    this.#sync();
    this.#last = performance.now();
    this.#cost = this.#last - start;
    this.#isDue = false;
  }
}
