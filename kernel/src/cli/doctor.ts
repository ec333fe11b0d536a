/** Looks at each part that the kernel needs, and says what cures what is missing. */
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Kernelspec } from "../kernelspec";
import type { Program } from "./install";
import { type InstalledKernelspec, listKernelspecs } from "./installed-kernelspec";
import type { System } from "./jupyter-folders";

/** What was found about one part. */
export interface Finding {
  readonly part: string;
  /** `missing`: the kernel runs without it, but less well, or not here. */
  readonly state: "right" | "missing" | "wrong";
  readonly text: string;
  readonly cure?: string;
}

const REINSTALL = "npm install -g @headroom/kernel, then headroom-kernel install";
const OLDEST = { 20: 19, 22: 12 } as Readonly<Record<number, number>>;

/** Looks at the parts one after another, in the order in which they stand on each other. */
export async function* examine(
  dataFolders: readonly string[],
  program: Program,
  system: System,
): AsyncGenerator<Finding> {
  yield nodeFinding(process.versions.node);
  const sockets = loadFinding("ZeroMQ", "zeromq");
  yield sockets;
  yield loadFinding("parser", "oxc-parser");
  yield checkerFinding();
  yield jupyterFinding(system);
  const ours = dataFolders.flatMap(listKernelspecs).filter(({ ours }) => ours !== undefined);
  if (ours.length === 0) yield noKernelFinding(dataFolders);
  for (const [index, spec] of ours.entries()) {
    const first = ours.findIndex(({ name }) => name === spec.name);
    yield first < index
      ? hiddenFinding(spec, ours[first])
      : await kernelFinding(spec, program, sockets.state === "right");
  }
}

/** Judges a version of Node. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > 22 || minor >= (OLDEST[major] ?? Number.POSITIVE_INFINITY);
  if (isNewEnough) return { part: "Node", state: "right", text: version };
  return {
    part: "Node",
    state: "wrong",
    text: `${version}; expected 20.19 or newer, 22.12 or newer, or 24`,
    cure: "install a newer one from nodejs.org, then install the kernel again",
  };
}

/** Judges a package by loading it. */
function loadFinding(part: string, name: string): Finding {
  try {
    const requireHere = createRequire(__filename);
    requireHere(name);
    return { part, state: "right", text: `${name} ${versionOf(name)}` };
  } catch (error) {
    const [text = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return { part, state: "wrong", text: `${name} does not load: ${text}`, cure: REINSTALL };
  }
}

function versionOf(name: string): string {
  try {
    return createRequire(__filename)(`${name}/package.json`).version;
  } catch {
    return ""; // a package may keep its package.json to itself
  }
}

/** TypeScript is a program of its own for each platform, which npm leaves out where it can. */
function checkerFinding(): Finding {
  const part = "type checker";
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  try {
    const typescript = createRequire(__filename).resolve("typescript/package.json");
    const found = createRequire(typescript).resolve(`${platform}/package.json`);
    const name = process.platform === "win32" ? "tsc.exe" : "tsc";
    accessSync(path.join(path.dirname(found), "lib", name), constants.X_OK);
    return { part, state: "right", text: `typescript ${versionOf("typescript")}` };
  } catch {
    return {
      part,
      state: "missing",
      text: `cells run unchecked: ${platform} is missing, or its program may not be run`,
      cure: `install without --omit=optional: ${REINSTALL}`,
    };
  }
}

function jupyterFinding({ ask }: System): Finding {
  const part = "Jupyter";
  const version = ask("jupyter", ["--version"]);
  if (version === undefined) {
    return {
      part,
      state: "missing",
      text: "no program jupyter in PATH; VS Code does without it",
      cure: "activate the environment that has it, or: pip install jupyterlab",
    };
  }
  const lab = /jupyterlab\s*: (\d\S*)/.exec(version)?.[1];
  const core = /jupyter_core\s*: (\d\S*)/.exec(version)?.[1] ?? "?";
  return { part, state: "right", text: lab ? `JupyterLab ${lab}` : `jupyter_core ${core}` };
}

function noKernelFinding(dataFolders: readonly string[]): Finding {
  return {
    part: "kernel",
    state: "wrong",
    text: `not installed in ${dataFolders.join(", ")}`,
    cure: "npx @headroom/kernel install",
  };
}

function hiddenFinding({ name, folder }: InstalledKernelspec, by?: InstalledKernelspec): Finding {
  return {
    part: `kernel ${name}`,
    state: "missing",
    text: `${folder} is hidden by the one in ${by?.folder}`,
    cure: "uninstall one of them",
  };
}

/** Starts a kernel and runs a cell in it. */
async function kernelFinding(
  { name, folder, ours }: InstalledKernelspec,
  program: Program,
  canTry: boolean,
): Promise<Finding> {
  const part = `kernel ${name}`;
  const cure = `install it again: npx @headroom/kernel install --name ${name}`;
  const stale = ours && staleness(ours);
  if (ours === undefined || stale !== undefined) {
    return { part, state: "wrong", text: `${folder}: ${stale}`, cure };
  }
  if (!canTry) return { part, state: "missing", text: `${folder}: can't be tried without ZeroMQ` };
  try {
    const { tryKernel } = await import("./try-kernel.js");
    const { start, firstCell, findsTypeErrors } = await tryKernel(ours);
    const text =
      `${folder}: runs a cell (start ${Math.round(start)} ms, ` +
      `first cell ${Math.round(firstCell)} ms)`;
    if (findsTypeErrors === false) {
      return { part, state: "wrong", text: `${text}, but misses a type error`, cure };
    }
    const { version } = ours.metadata.headroom_kernel;
    if (version === program.version) return { part, state: "right", text };
    const other = `${text}; it is version ${version}, this is ${program.version}`;
    return { part, state: "missing", text: other, cure };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { part, state: "wrong", text: `${folder}: does not run: ${text}`, cure };
  }
}

/** What a kernelspec names that is no longer there; undefined if all is. */
function staleness({ argv }: Kernelspec): string | undefined {
  const files = argv.filter((part) => path.isAbsolute(part));
  const gone = files.find((file) => !existsSync(file));
  return gone && `${gone} is gone (Node or the package was moved or removed)`;
}
