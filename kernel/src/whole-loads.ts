/** Loads that an interrupt must wait for. */

let under = 0;

/**
 * Returns what `load` returns. Code of the kernel's own that is ended in the middle of `require` would
 * stay in Node's cache half made, and fail in every later cell.
 */
export function loadWhole<T>(load: () => T): T {
  under++;
  try {
    return load();
  } finally {
    under--;
  }
}

/** Whether such a load runs on this thread. */
export function loadsNow(): boolean {
  return under > 0;
}
