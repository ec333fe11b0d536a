import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { inSlots } from "./in-slots";

const items = Array.from({ length: 20 }, (_, i) => i);

test("works through all items in their order, never two in one slot, never more than the slots", async () => {
  const begun: number[] = [];
  const busy = new Set<number>();
  let most = 0;
  await inSlots(items, 3, async (item, slot) => {
    expect(busy.has(slot)).toBe(false);
    busy.add(slot);
    begun.push(item);
    most = Math.max(most, busy.size);
    await wait(1 + (item % 4));
    busy.delete(slot);
  });
  expect(begun).toEqual(items);
  expect(most).toBe(3);
});

test("a slow item does not stall the others", async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const done: number[] = [];
  await inSlots(items, 2, async (item) => {
    if (item === 0) await slow;
    done.push(item);
    if (item === 19) release();
  });
  expect(done.at(-1)).toBe(0);
  expect(done).toHaveLength(20);
});

test("a failure aborts what is at work, begins nothing more, and is thrown when all has ended", async () => {
  const begun: number[] = [];
  let ended = 0;
  const run = inSlots(items, 2, async (item, _slot, signal) => {
    begun.push(item);
    if (item === 3) throw new Error("no sandbox");
    try {
      await wait(item === 2 ? 60_000 : 1, undefined, { signal });
    } finally {
      ended++;
    }
  });
  await expect(run).rejects.toThrow("no sandbox");
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(ended).toBe(3);
});

test("an abort from outside ends it without an error", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  await inSlots(
    items,
    2,
    async (item, _slot, signal) => {
      begun.push(item);
      if (item === 4) stop.abort();
      await wait(1, undefined, { signal });
    },
    stop.signal,
  );
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});
