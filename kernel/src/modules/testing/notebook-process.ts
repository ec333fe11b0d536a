/**
 * Runs code against compiled cell modules in a process of its own: vitest rewrites imports, so what
 * Node does with them cannot be seen inside it.
 */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";

const KERNEL = path.resolve(__dirname, "../../..");

/** Runs notebooks; see `useNotebookProcesses`. */
export interface NotebookProcesses {
  /**
   * Writes `files` into a new folder and runs `code`, the body of an async function, there; returns
   * what it gave to `log`. It has `cell` (the modules), `write(file, text)`, `fail(promise)` (the
   * error's text), `folder`, `heard` (the namespaces announced) and Node's `fs`.
   */
  run(files: Readonly<Record<string, string>>, code: string): Promise<readonly unknown[]>;
}

/** Compiles the kernel before the tests of a file and tidies up after them. */
export function useNotebookProcesses(): NotebookProcesses {
  const build = path.join(KERNEL, `.dist-test-modules-${process.pid}-${Date.now()}`);
  const folders: string[] = [];
  beforeAll(() => {
    const require = createRequire(__filename);
    const compiler = path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc");
    const options = ["--noCheck", "--declaration", "false", "--outDir", build];
    execFileSync(process.execPath, [compiler, "-p", KERNEL, ...options], { stdio: "inherit" });
  });
  afterAll(() => {
    for (const folder of [build, ...folders]) rmSync(folder, { recursive: true, force: true });
  });
  return {
    async run(files, code) {
      const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "cell-modules-")));
      folders.push(folder);
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(folder, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      return await runCode(build, path.join(folder, "notebook"), code);
    },
  };
}

async function runCode(build: string, folder: string, code: string): Promise<readonly unknown[]> {
  mkdirSync(folder, { recursive: true });
  const script = path.join(folder, "..", "run.cjs");
  writeFileSync(script, program(path.join(build, "modules/cell-modules.js"), code));
  const flags = ["--no-force-async-hooks-checks", "--no-warnings"];
  const options = { cwd: folder, timeout: 30_000, env: { ...process.env, NODE_OPTIONS: "" } };
  const { stdout } = await promisify(execFile)(
    process.env.HEADROOM_TEST_NODE ?? process.execPath,
    [...flags, script],
    options,
  );
  const marked = stdout.split("\n").filter((line) => line.startsWith("@@"));
  return marked.map((line) => JSON.parse(line.slice(2)) as unknown);
}

function program(modules: string, code: string): string {
  return `
const fs = require("node:fs");
const path = require("node:path");
const folder = process.cwd();
const heard = [];
const builtins = { "@headroom/kernel": { display: () => "ours" }, tslab: { newDisplay: () => "tslab's" } };
const cell = require(${JSON.stringify(modules)}).createCellModules({
  folder, builtins, onNamespace: (namespace) => heard.push(namespace),
});
const log = (value) => console.log("@@" + JSON.stringify(value === undefined ? null : value));
const write = (name, text) => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};
const fail = async (promise) => {
  try {
    await (typeof promise === "function" ? promise() : promise);
    return "no error";
  } catch (error) {
    return \`\${error.name}: \${error.message}\`.replaceAll(folder, "~");
  }
};
process.on("unhandledRejection", (error) => log("unhandled " + error.message));
(async () => {
${code}
})().catch((error) => { log("failed " + error.stack); });
`;
}
