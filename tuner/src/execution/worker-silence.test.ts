import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { errorOf, listen, useWorkers, workerTask } from "../testing/worker-trials";
import type { Executor } from "./trial-program";

const MINUTES = 60_000;
const workers = useWorkers();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Begins a trial that computes for ever; returns when it does, with how it ends and what is said of it. */
async function hang(pool: Executor) {
  const warnings: string[] = [];
  let ended: Promise<Error> | undefined;
  const pid = await new Promise<number>((begun) => {
    const note = (notes: Readonly<Record<string, unknown>>) => begun(Number(notes.pid));
    const warn = (message: string) => void warnings.push(message);
    ended = errorOf(pool.run(workerTask("hang"), listen({ note, warn }).hooks));
  });
  return { pid, warnings, ended: ended as Promise<Error> };
}

test("a trial that hangs is pointed out, and its process may be ended by hand", async () => {
  const { pid, warnings, ended } = await hang(workers.pool());
  vi.advanceTimersByTime(5 * MINUTES - 1);
  expect(warnings).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("Trial 0000 has told nothing for 5 minutes");
  expect(warnings[0]).toContain(`end its process, ${pid},`);
  expect(warnings[0]).toContain("trialTimeout");
  process.kill(pid);
  expect((await ended).message).toContain("was ended by SIGTERM");
  vi.advanceTimersByTime(60 * MINUTES);
  expect(warnings).toHaveLength(1);
});

test("where a trial has a limit nothing is said before it", async () => {
  const { warnings, ended } = await hang(workers.pool({ trialTimeout: 6 * 60 }));
  vi.advanceTimersByTime(6 * MINUTES);
  expect((await ended).message).toContain("took more than 360 s");
  expect(warnings).toEqual([]);
});
