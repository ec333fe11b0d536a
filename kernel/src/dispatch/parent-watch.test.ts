import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { watchParent } from "./parent-watch";

const watch = (parent: number, jupyter: string | undefined) =>
  new Promise<string>((resolve) => {
    watchParent(parent, jupyter, () => resolve("ended"));
    setTimeout(resolve, 700, "alive");
  });

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test.runIf(process.platform !== "win32")("the end of either process is noticed", async () => {
  const dead = await deadPid();
  expect(
    await Promise.all([
      watch(process.ppid, undefined),
      watch(process.ppid, String(process.pid)),
      watch(process.ppid, "no number"),
      watch(1, undefined),
      watch(dead, undefined),
      watch(process.ppid, String(dead)),
    ]),
  ).toEqual(["alive", "alive", "alive", "alive", "ended", "ended"]);
});
