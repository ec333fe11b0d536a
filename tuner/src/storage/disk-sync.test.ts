import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DiskSync } from "./disk-sync";

const COST = 4;
let syncs = 0;
let disk: DiskSync;
beforeEach(() => {
  vi.useFakeTimers();
  syncs = 0;
  disk = new DiskSync(() => {
    syncs++;
    vi.advanceTimersByTime(COST);
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test("what is written now and then is on the disk at once", () => {
  for (let count = 1; count <= 5; count++) {
    disk.written();
    expect(syncs).toBe(count);
    vi.advanceTimersByTime(100 * COST);
  }
});

test("what is written all the time waits for the disk a hundredth of the time, and is there in the end", () => {
  const writes = 10_000;
  for (let write = 0; write < writes; write++) {
    disk.written();
    vi.advanceTimersByTime(1);
  }
  expect(syncs * COST).toBeGreaterThan(0.008 * writes);
  expect(syncs * COST).toBeLessThanOrEqual(0.01 * writes + COST);
  const before = syncs;
  disk.flush();
  disk.flush();
  expect(syncs).toBe(before + 1);
});

test("what could not be brought there is still to be", () => {
  const failing = vi.fn().mockImplementationOnce(() => {
    throw new Error("EIO");
  });
  const other = new DiskSync(failing);
  expect(() => other.written()).toThrow("EIO");
  other.flush();
  expect(failing).toHaveBeenCalledTimes(2);
});
