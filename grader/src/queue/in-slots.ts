/**
 * Works through `items` in their order, `slots` at a time. The first failure aborts what is at work beside it; it is thrown
 * when all of that has ended. So does an abort from outside, which throws nothing.
 *
 * @param work gets a slot, 0 to `slots - 1`, that no other item has at the time; must heed its signal
 */
export async function inSlots<T>(
  items: readonly T[],
  slots: number,
  work: (item: T, slot: number, signal: AbortSignal) => Promise<void>,
  outside?: AbortSignal,
): Promise<void> {
  const failure = new AbortController();
  const signal = outside ? AbortSignal.any([outside, failure.signal]) : failure.signal;
  const failures: unknown[] = [];
  const queue = items[Symbol.iterator]();
  const runSlot = async (slot: number) => {
    for (const item of { [Symbol.iterator]: () => queue }) {
      if (signal.aborted) return;
      try {
        await work(item, slot, signal);
      } catch (error) {
        // What fails after an abort fails because of it.
        if (!signal.aborted) failures.push(error);
        failure.abort(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(slots, items.length) }, (_, i) => runSlot(i)));
  if (failures.length > 0) throw failures[0];
}
