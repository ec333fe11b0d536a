import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { innermostProcess, PATIENCE, stopwatch } from "./own-time";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Starts a program on the first processor, and returns its process. */
function onFirstProcessor(program: string): number {
  const pinned = 'exec taskset -c 0 "$@"';
  const child = spawn("sh", ["-c", pinned, "sh", process.execPath, "-e", program], {
    stdio: "ignore",
  });
  children.push(child);
  return child.pid ?? 0;
}

/** Milliseconds for which all threads of a process ran. */
function ranFor(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(" ");
  return 10 * (Number(fields[13]) + Number(fields[14]));
}

const linux = test.runIf(process.platform === "linux");

linux("waiting for a processor is not charged", async () => {
  const busy = [1, 2, 3, 4].map(() => onFirstProcessor("for (;;);"));
  await sleep(700);
  const watch = stopwatch(busy[0]);
  const began = performance.now();
  await sleep(1500);
  const wall = performance.now() - began;
  // A quarter of the processor.
  expect(watch.charged()).toBeLessThan(0.7 * wall);
  expect(watch.charged()).toBeGreaterThanOrEqual(wall / PATIENCE);
});

linux("threads of its own that keep the program from running are charged", async () => {
  const spin = 'new Worker("for (;;);", { eval: true });';
  const many = `const { Worker } = require("node:worker_threads"); for (let n = 0; n < 6; n++) ${spin} for (;;);`;
  const pid = onFirstProcessor(many);
  await sleep(1000);
  const watch = stopwatch(pid);
  const before = ranFor(pid);
  await sleep(1500);
  const ran = ranFor(pid) - before;
  expect(ran).toBeGreaterThan(100);
  expect(watch.charged()).toBeGreaterThanOrEqual(ran);
});

linux("waiting for a timer is charged", async () => {
  const idle = onFirstProcessor("setInterval(() => {}, 1e6);");
  await sleep(1000);
  const watch = stopwatch(idle);
  await sleep(600);
  // Far more than the least that is always charged.
  expect(watch.charged()).toBeGreaterThan(300);
  expect(watch.isUnfair()).toBe(false);
});

test("where nothing can be measured, all time is charged, and that is said", async () => {
  const watch = stopwatch(undefined);
  await sleep(100);
  expect(watch.charged()).toBeGreaterThan(95);
  expect(watch.isUnfair()).toBe(true);
});

linux("the innermost process is the last of a chain", async () => {
  const shell = spawn("sh", ["-c", "sh -c 'sleep 60; true'; true"], {
    stdio: "ignore",
    detached: true,
  });
  try {
    await sleep(300);
    const inner = innermostProcess(shell.pid ?? 0) ?? 0;
    expect(inner).not.toBe(shell.pid);
    expect(innermostProcess(inner)).toBe(inner);
  } finally {
    process.kill(-(shell.pid ?? 0), "SIGKILL");
  }
});

test("a process that has ended has none", () => {
  expect(innermostProcess(2 ** 22 + 1)).toBeUndefined();
});
