// @ts-check
// A command of `npm run assignments` at work: what it says, and the processes that it has begun.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectEnvironment, ROOT } from "../../scripts/project.mjs";

const SCRIPT = path.join(ROOT, "scripts", "assignments.mjs");

/**
 * @typedef {object} Running
 * @property {Promise<number>} ended resolves to the exit code; 128 for one that a signal has ended
 * @property {() => string} output what it has said so far
 * @property {() => void} kill by -9, it alone
 * @property {() => void} interrupt by Ctrl-C
 * @property {() => (() => boolean)[]} descendants for each process that comes from it, whether that is gone by now
 * @property {() => Promise<void>} inSandbox resolves when a process of a sandbox's depth is there
 */

/**
 * @param {string} course
 * @param {readonly string[]} args
 * @returns {Running}
 */
export function startCommand(course, args) {
  const child = spawn(process.execPath, [SCRIPT, ...args, "--course", course], {
    env: projectEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    // The leader of a process group, as a shell makes it: Ctrl-C reaches all of the group.
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const pid = child.pid ?? 0;
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 128));
  });
  return {
    ended,
    output: () => output,
    kill: () => child.kill("SIGKILL"),
    interrupt: () => process.kill(-pid, "SIGINT"),
    descendants: () =>
      descendantsOf(pid).map(
        ({ id, began }) =>
          () =>
            !processes().some((one) => one.id === id && one.began === began),
      ),
    async inSandbox() {
      // The grader starts a wrapper, and that one the sandbox.
      while (child.exitCode === null && descendantsOf(pid).length < 2) await wait(5);
    },
  };
}

/** @typedef {{ id: number, parent: number, began: string }} Process */

/**
 * @param {number} ancestor
 * @returns {Process[]}
 */
function descendantsOf(ancestor) {
  const all = processes();
  /** @type {Process[]} */
  const found = [];
  let parents = [ancestor];
  while (parents.length > 0) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map(({ id }) => id);
  }
  return found;
}

/** @returns {Process[]} those that run; one that only waits to be asked for its end has ended */
function processes() {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state, parent, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
      if (state === "Z" || state === "X") return [];
      return [{ id: Number(name), parent: Number(parent), began: rest[17] ?? "" }];
    } catch {
      return [];
    }
  });
}
