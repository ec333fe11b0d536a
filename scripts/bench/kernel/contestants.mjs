// @ts-check
// The kernels that are compared: how each is started, and what its cells say.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { NOTEBOOKS } from "../../notebooks/lesson-files.mjs";
import { PEER_PACKAGES, program, ROOT } from "../../project.mjs";

/**
 * What the cells of a language look like. `n` counts the cells of a kind, from 1; each may use
 * what the one before it declared.
 * @typedef {object} Language
 * @property {string} first declares a list
 * @property {string} recall uses it
 * @property {(n: number) => string} declaring a function and two variables, one from the cell before
 * @property {string} before what `declaring(1)` uses
 * @property {string} tensors imports tfjs
 * @property {(n: number) => string} tensor
 * @property {string} spin computes for three seconds
 * @property {[code: string, wanted: string]} complete the cursor is at the end
 * @property {[code: string, wanted: string]} hover the same
 * @property {Record<InterruptKind, string>} endless
 * @property {string} lines 20,000 lines
 * @property {string} megabytes 50 MB
 */

/** @typedef {"loop" | "loop of awaits" | "timer"} InterruptKind */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {string} version
 * @property {string[]} argv
 * @property {Record<string, string>} env
 * @property {"message" | "signal"} interrupt
 * @property {Language} language
 * @property {"always" | "never" | "both"} checks whether it checks types
 */

/** @type {Language} */
const TYPESCRIPT = {
  first: 'const words: string[] = ["pear", "fig"];\nwords.length',
  recall: "words.length",
  before: "const total0: number = 0;",
  declaring: (n) =>
    [
      `interface Item${n} { readonly name: string; readonly count: number }`,
      `function items${n}(names: readonly string[]): Item${n}[] {`,
      "  return names.map((name, i) => ({ name, count: i }));",
      "}",
      `const total${n}: number = total${n - 1} + items${n}(["a", "b"]).length;`,
    ].join("\n"),
  tensors: 'import * as tf from "@tensorflow/tfjs";\nconst t0 = tf.tensor1d([1, 2, 3]);',
  tensor: (n) => `const t${n}: tf.Tensor1D = t${n - 1}.add(1);\nt${n}.shape[0]`,
  spin: "const end = Date.now() + 3000;\nwhile (Date.now() < end);",
  complete: ["words.ma", "map"],
  hover: ["words", "string[]"],
  endless: {
    loop: "for (;;) {}",
    "loop of awaits": "for (;;) await null;",
    timer: "await new Promise((resolve) => setTimeout(resolve, 60_000));",
  },
  lines: 'for (let i = 0; i < 20_000; i++) console.log("line " + i);',
  megabytes: 'for (let i = 0; i < 50_000; i++) console.log("x".repeat(999));',
};

/** @type {Language} */
const PYTHON = {
  first: 'words: list[str] = ["pear", "fig"]\nlen(words)',
  recall: "len(words)",
  before: "total0: int = 0",
  declaring: (n) =>
    [
      "from typing import NamedTuple",
      `class Item${n}(NamedTuple): name: str; count: int`,
      `def items${n}(names: list[str]) -> list[Item${n}]:`,
      `    return [Item${n}(name, i) for i, name in enumerate(names)]`,
      `total${n}: int = total${n - 1} + len(items${n}(["a", "b"]))`,
    ].join("\n"),
  tensors: "",
  tensor: () => "",
  spin: "import time\nend = time.time() + 3\nwhile time.time() < end: pass",
  complete: ["words.ext", "extend"],
  hover: ["words", "list"],
  endless: {
    loop: "while True: pass",
    "loop of awaits": "import asyncio\nwhile True: await asyncio.sleep(0)",
    timer: "await asyncio.sleep(60)",
  },
  lines: 'for i in range(20_000): print(f"line {i}")',
  megabytes: 'for i in range(50_000): print("x" * 999)',
};

/** @param {string} folder a package's */
function versionIn(folder) {
  return String(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version);
}

/** Deno's own binary: its npm wrapper would be measured as well. */
function denoProgram() {
  const scope = path.join(PEER_PACKAGES, "node_modules", "@deno");
  const packages = existsSync(scope) ? readdirSync(scope) : [];
  const name = process.platform === "win32" ? "deno.exe" : "deno";
  const found = packages.map((one) => path.join(scope, one, name)).find(existsSync);
  if (found === undefined) throw new Error("Deno is not installed: npm run peers");
  return found;
}

/**
 * The kernels; ours first.
 * @param {string} [main] another program of ours than the compiled one
 * @returns {Contestant[]}
 */
export function contestants(main = path.join(ROOT, "kernel", "dist", "main.js")) {
  const connection = "{connection_file}";
  const tslab = path.join(ROOT, "node_modules", "tslab");
  return [
    {
      name: "Headroom",
      version: versionIn(path.join(ROOT, "kernel")),
      argv: [
        ...[process.execPath, "--no-force-async-hooks-checks", "--no-warnings", main],
        connection,
      ],
      env: {},
      interrupt: "message",
      language: TYPESCRIPT,
      checks: "both",
    },
    {
      name: "tslab",
      version: versionIn(tslab),
      argv: [
        ...[process.execPath, path.join(tslab, "bin", "tslab"), "kernel"],
        ...["--config-path", connection],
      ],
      env: {},
      interrupt: "signal",
      language: TYPESCRIPT,
      checks: "always",
    },
    {
      name: "Deno",
      version: versionIn(path.join(PEER_PACKAGES, "node_modules", "deno")),
      argv: [denoProgram(), "jupyter", "--kernel", "--conn", connection],
      env: { DENO_NO_UPDATE_CHECK: "1" },
      interrupt: "message",
      language: TYPESCRIPT,
      checks: "never",
    },
    {
      name: "ipykernel",
      version: ipykernelVersion(),
      argv: [program("python"), "-m", "ipykernel_launcher", "-f", connection],
      env: {},
      interrupt: "signal",
      language: PYTHON,
      checks: "never",
    },
  ];
}

function ipykernelVersion() {
  const constraints = readFileSync(path.join(ROOT, "constraints-dev.txt"), "utf8");
  return /^ipykernel==([\d.]+)/m.exec(constraints)?.[1] ?? "?";
}

/** A kernel that does nothing: what the client can measure at best. @returns {Contestant} */
export function floor() {
  const script = path.join(ROOT, "scripts", "bench", "kernel", "echo_kernel.py");
  return {
    name: "nothing",
    version: "",
    argv: [program("python"), script, "{connection_file}"],
    env: {},
    interrupt: "message",
    language: TYPESCRIPT,
    checks: "never",
  };
}

/** Where the kernels run: the packages of the workbook are found from here. */
export const FOLDER = NOTEBOOKS;
