/**
 * Resolves on a later turn of the event loop, so that timers, displays and interrupts get theirs. In a
 * notebook's cell that was interrupted it never resolves: what would go on ends here.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
