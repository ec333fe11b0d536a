import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { needsSandbox } from "../testing/needs-sandbox";
import { withRunner } from "../testing/runner-client";
import { findProgram } from "./programs";
import { sandboxProblem } from "./sandbox-problem";
import { isOpen } from "./staging";
import { startFailure } from "./start-failure";
import { startSandbox } from "./start-sandbox";

const DIST = path.resolve(__dirname, "../../dist");
const slot = 42;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "start-sandbox-"));
  chmodSync(folder, 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("where there is a sandbox", () => {
  needsSandbox();

  test("nothing of it is left once it is killed", () =>
    withRunner({ slot }, async ({ child }) => {
      const processes = descendants(child.pid);
      expect(processes.length).toBeGreaterThan(1);
      child.kill();
      expect(await child.exited).toEqual({ code: null, signal: "SIGKILL" });
      await untilGone(processes);
    }));

  test("nothing of it is left once its judge is killed", async () => {
    const judge = spawn(
      process.execPath,
      ["-e", `${START} child.answers.once("data", () => console.log(child.pid));`],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const pid = await new Promise<number>((resolve) => {
      judge.stdout.once("data", (text: Buffer) => resolve(Number(text)));
    });
    const processes = descendants(pid);
    expect(processes.length).toBeGreaterThan(1);
    judge.kill("SIGKILL");
    await untilGone(processes);
  });

  test("what the judge's caller has open stays outside", async () => {
    const secret = path.join(folder, "secret");
    writeFileSync(secret, "the gradebook");
    const open = openSync(secret, "r");
    const cell =
      'console.log(require("fs").readdirSync("/proc/self/fd").map((fd) => { try { return require("fs").readlinkSync("/proc/self/fd/" + fd) } catch { return "" } }).join())';
    const program = `${START}
child.requests.write(${JSON.stringify(JSON.stringify({ id: 1, cell }))} + "\\n");
child.answers.on("data", (line) => { if (String(line).includes("id")) { console.log(String(line)); child.kill(); } });`;
    const text = execFileSync(process.execPath, ["-e", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit", open, open, open, open, open, open, open, open],
    });
    closeSync(open);
    expect(text).toContain("/dev/null");
    expect(text).not.toContain("secret");
  });

  test.runIf(process.getuid?.() === 0)("users who are not root have it, too", ({ skip }) => {
    if (!isOpen(DIST)) skip("the project lies where only root may look");
    const program = `require(${JSON.stringify(DIST)}).sandboxProblem().then((problem) => console.log(problem));`;
    const user = ["--reuid", "1234", "--regid", "1234", "--clear-groups"];
    const text = execFileSync(
      findProgram("setpriv") ?? "",
      [...user, process.execPath, "-e", program],
      {
        encoding: "utf8",
        cwd: "/",
      },
    );
    expect(text).toBe("undefined\n");
  });

  test("native TensorFlow loads, where it is installed", ({ skip }) => {
    const addon = path.resolve(
      DIST,
      "../../node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node",
    );
    if (!existsSync(addon)) skip("it is not installed");
    return withRunner({ slot }, async ({ ask }) => {
      const cell =
        'import * as tf from "@tensorflow/tfjs-node"; console.log(tf.getBackend(), tf.add(1, 2).dataSync()[0]);';
      expect(await ask({ cell })).toEqual({ id: 1, text: "tensorflow 3\n" });
    });
  });
});

describe("where there is no sandbox", () => {
  test("a missing program is named, with the package to install", async () => {
    vi.stubEnv("HEADROOM_BWRAP", "/nowhere/bwrap");
    expect(() => startSandbox({ slot })).toThrow(
      "HEADROOM_BWRAP names /nowhere/bwrap, which can't be run",
    );
    expect(await sandboxProblem()).toContain("\nCure: set it to the path of bubblewrap's program");
  });

  test("another system is told what there is", () => {
    vi.spyOn(process, "platform", "get").mockReturnValue("darwin");
    expect(() => startSandbox({ slot })).toThrow(
      /for Linux on x86-64 and arm64, this is darwin[\s\S]*--trust/,
    );
  });

  test("a bubblewrap that fails is quoted, with a cure", async () => {
    const fake = path.join(folder, "bwrap");
    const words = "bwrap: setting up uid map: Permission denied";
    writeFileSync(fake, `#!/bin/sh\necho "${words}" >&2\nexit 1\n`, { mode: 0o755 });
    vi.stubEnv("HEADROOM_BWRAP", fake);
    const problem = await sandboxProblem();
    expect(problem).toContain(words);
    expect(problem).toMatch(/\nCure: .*(?:AppArmor|sysctl|container)/);
  });

  test.each([
    ["bwrap: No permissions to create new namespace", "does not let bubblewrap make a sandbox"],
    [
      "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
      "does not let bubblewrap",
    ],
    ["bwrap: Can't find source path /srv/course: Permission denied", "can't read /srv/course"],
    ["Error: something else", "did not start (Error: something else)"],
    ["", "did not start (it said nothing)"],
  ])("%j: %s", (noise, words) => {
    const error = startFailure(noise);
    expect(error).toMatchObject({ name: "SandboxError", code: "not-started" });
    expect(error.message).toContain(words);
    expect(error.message).toContain(`\nCure: ${error.cure}`);
  });
});

const START = `const { startSandbox } = require(${JSON.stringify(path.join(DIST, "sandbox/start-sandbox.js"))});
const child = startSandbox({ slot: 43 });`;

/** A process and all that it has started. */
function descendants(pid: number): number[] {
  const text = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const parent of found) {
    found.push(...pairs.flatMap(([child = 0, of]) => (of === parent ? [child] : [])));
  }
  return found;
}

async function untilGone(pids: readonly number[]): Promise<void> {
  const until = Date.now() + 5000;
  while (pids.some((pid) => existsSync(`/proc/${pid}/exe`))) {
    if (Date.now() > until) throw new Error(`still there: ${pids.join()}`);
    await setTimeout(20);
  }
}
