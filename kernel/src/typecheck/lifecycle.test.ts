import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { compileCell } from "../cell/compile-cell";
import { createTypeChecker } from "./create-type-checker";
import { serverBinary } from "./server-binary";
import { testNotebook } from "./testing/notebook";
import { temporaryFolder } from "./testing/temporary-folder";

function isAlive(processId: number | undefined): boolean {
  if (processId === undefined) return false;
  try {
    process.kill(processId, 0);
    // A killed child stays until its parent has heard of it.
    return process.platform !== "linux" || existsSync(`/proc/${processId}/exe`);
  } catch {
    return false;
  }
}

/**
 * Whether a process sent SIGSTOP stands still: on a busy machine the thread that takes the signal may
 * wait for a processor while the others go on answering. Linux tells of each thread.
 */
function standsStill(processId: number): boolean {
  const tasks = `/proc/${processId}/task`;
  if (existsSync(tasks)) {
    return readdirSync(tasks).every((task) =>
      /\) T/.test(readFileSync(`${tasks}/${task}/stat`, "utf8")),
    );
  }
  return execFileSync("ps", ["-o", "state=", "-p", String(processId)], { encoding: "utf8" })
    .trim()
    .startsWith("T");
}

/** Scratch folders of this process. */
const scratchFolders = () =>
  readdirSync(tmpdir()).filter(
    (name) => name.includes(`headroom-kernel-types-`) && name.includes(`-${process.pid}-`),
  );

describe("a language server that dies", () => {
  it("is started again and knows the earlier cells; meanwhile cells run unchecked", async () => {
    const notebook = testNotebook({ files: { "lib.ts": "export const fromLib = 1;" } });
    await notebook.run("const a = 1; let b = 'x'; import { fromLib } from './lib';");
    await notebook.run("class C { m() { return a } }");
    const first = notebook.checker.processId;
    process.kill(Number(first), "SIGKILL");
    notebook.declare("const meanwhile = { deep: true };");
    expect(await notebook.check("a.zip")).toBeUndefined();
    await expect.poll(() => notebook.check("a.zip"), { timeout: 10_000 }).toHaveLength(1);
    expect(notebook.checker.processId).not.toBe(first);
    expect(isAlive(first)).toBe(false);
    await notebook.run(
      "b = 'y'; fromLib satisfies number; new C().m() satisfies number; meanwhile.deep satisfies boolean;",
    );
    await notebook.run("const again = a;");
    await notebook.run("again satisfies 1");
  });

  it("rejects nobody: what was asked of it is answered with nothing", async () => {
    const notebook = testNotebook();
    await notebook.checker.warm();
    const answers = [notebook.check("1"), notebook.complete("Math.|"), notebook.inspect("Math|")];
    process.kill(Number(notebook.checker.processId), "SIGKILL");
    const [check, completion] = await Promise.all(answers);
    expect(check === undefined || Array.isArray(check)).toBe(true);
    expect(completion).toHaveProperty("items");
  });

  it("again and again is left alone for a while", async () => {
    const notebook = testNotebook();
    for (let death = 1; death <= 2; death++) {
      await expect.poll(() => notebook.checker.processId).toBeDefined();
      await notebook.checker.warm();
      process.kill(Number(notebook.checker.processId), "SIGKILL");
      await expect
        .poll(() => notebook.log.filter((text) => text.includes("started again")))
        .toHaveLength(death);
    }
    expect(notebook.log.at(-1)).toContain("in 1000 ms");
    expect(notebook.checker.processId).toBeUndefined();
    await expect.poll(() => notebook.check("1"), { timeout: 5_000 }).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("or hangs is replaced", async () => {
    const checker = createTypeChecker({ folder: temporaryFolder(), timeout: 200 });
    try {
      await checker.warm();
      const cell = compileCell("const x: string = 1", { id: 1, label: "In[1]" });
      const stuck = Number(checker.processId);
      process.kill(stuck, "SIGSTOP");
      await expect.poll(() => standsStill(stuck)).toBe(true);
      expect(await checker.check(cell)).toBeUndefined();
      await expect.poll(() => checker.check(cell), { timeout: 5_000 }).toHaveLength(1);
      await expect.poll(() => isAlive(stuck)).toBe(false);
    } finally {
      checker.stop();
    }
  });
});

describe("a checker that is stopped", () => {
  it("leaves no process and no folder, whatever it was doing", async () => {
    const before = scratchFolders();
    const checkers = [0, 1].map(() => createTypeChecker({ folder: temporaryFolder() }));
    const [idle, busy] = checkers;
    const processes = checkers.map(({ processId }) => processId);
    await idle?.warm();
    expect(scratchFolders()).toHaveLength(before.length + 2);
    const check = busy?.check(compileCell("1", { id: 1, label: "In[1]" }));
    for (const checker of checkers) checker.stop();
    expect(await check).toBeUndefined();
    await expect.poll(() => processes.some(isAlive)).toBe(false);
    expect(scratchFolders()).toEqual(before);
    expect(idle?.processId).toBeUndefined();
    expect(await idle?.check(compileCell("1", { id: 1, label: "In[1]" }))).toBeUndefined();
  });

  it.skipIf(process.platform === "win32")("by the death of the kernel, too", async () => {
    const script = `
      const server = require("node:child_process").spawn(${JSON.stringify(serverBinary())}, ["--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
      console.log(server.pid);
      setInterval(() => {}, 1000);`;
    const kernel = spawn(process.execPath, ["-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const server = await new Promise<number>((resolve) => {
      kernel.stdout.once("data", (text: Buffer) => resolve(Number(text)));
    });
    expect(isAlive(server)).toBe(true);
    kernel.kill("SIGKILL");
    await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false);
  });
});
