import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { connection } from "./connection";

/** Which versions run this notebook. */
export interface KernelInfo {
  /** Of the kernel. */
  readonly version: string;
  readonly node: string;
  /** Of the TypeScript that checks the cells. */
  readonly typescript: string;
  /** False where the module was loaded outside a kernel, in a script or a test. */
  readonly isRunning: boolean;
}

/** Returns a package's version as its package.json says. */
function packageVersion(file: string): string {
  const { version }: { version?: unknown } = JSON.parse(readFileSync(file, "utf8"));
  return String(version);
}

/** Returns the version of this package. */
function kernelVersion(): string {
  return packageVersion(path.join(__dirname, "..", "..", "package.json"));
}

/** Returns the version of the TypeScript that checks the cells. */
export function typescriptVersion(): string {
  return packageVersion(createRequire(__filename).resolve("typescript/package.json"));
}

/**
 * Which versions run this notebook.
 *
 * @example
 * console.log(`TypeScript ${kernel.typescript} on Node ${kernel.node}`);
 */
export const kernel: KernelInfo = {
  get version() {
    return kernelVersion();
  },
  node: process.versions.node,
  get typescript() {
    return typescriptVersion();
  },
  get isRunning() {
    return connection() !== undefined;
  },
};
