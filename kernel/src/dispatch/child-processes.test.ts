import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { signalChildren } from "./child-processes";

/** A process with one child and one detached child, whose numbers it prints. */
const PARENT = `
const { spawn } = require("node:child_process");
const child = (detached) => spawn("sleep", ["30"], { stdio: "ignore", detached }).pid;
console.log(JSON.stringify([child(false), child(true)]));
setInterval(() => {}, 1000);
`;

const isAlive = (pid: number) => {
  try {
    // One that has ended may wait for ever to be looked after: Z.
    const state = execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
    return !state.startsWith("Z");
  } catch {
    return false;
  }
};

test.runIf(process.platform !== "win32")(
  "children end, also those of children; detached ones live on",
  async () => {
    const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "ignore"] });
    const [text] = await once(parent.stdout, "data");
    const [child, detached] = JSON.parse(String(text));
    try {
      signalChildren("SIGKILL");
      await once(parent, "exit");
      for (let turn = 0; turn < 200 && isAlive(child); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(isAlive(child)).toBe(false);
      expect(isAlive(detached)).toBe(true);
    } finally {
      process.kill(detached, "SIGKILL");
    }
  },
);
