/** What Jupyter reads to start the kernel: the content of `kernel.json`. */
import path from "node:path";
import type { CheckMode } from "./cell/compiled-cell";

/** The variable by which a kernelspec sets a notebook's type check. */
export const CHECK_VARIABLE = "HEADROOM_KERNEL_CHECK";

/** The file `kernel.json`, with the keys that Jupyter knows. */
export interface Kernelspec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: "typescript";
  /** Interrupts come as messages: a signal would end the process. */
  readonly interrupt_mode: "message";
  readonly env: Readonly<Record<string, string>>;
  readonly metadata: {
    readonly debugger: false;
    /** Marks the file as this package's; `version` is the one that wrote it. */
    readonly headroom_kernel: { readonly version: string };
  };
}

/** How a kernel is to be started; all paths are absolute. */
export interface KernelspecOptions {
  /** The program `node`. */
  readonly node: string;
  /** The package's folder, with `dist/main.js` in it. */
  readonly packageFolder: string;
  readonly version: string;
  readonly displayName?: string;
  /** Whether type errors stop a cell, are told, or are not looked for; the kernel's default is `check`. */
  readonly check?: CheckMode;
  /** Files that Node loads before the kernel. */
  readonly require?: readonly string[];
  /** Variables for the kernel's process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The name under which the kernel is installed if no other is asked for. */
export const KERNEL_NAME = "headroom";

/** What front ends call the kernel if no other name is asked for. */
const DISPLAY_NAME = "TypeScript (Headroom)";

/** Returns the content of `kernel.json`. */
export function kernelspec(options: KernelspecOptions): Kernelspec {
  const { node, packageFolder, version, displayName, check, require: preloads, env } = options;
  return {
    argv: [
      node,
      // Without it V8 would end the process when a timer's callback is interrupted.
      "--no-force-async-hooks-checks",
      "--no-warnings",
      ...(preloads ?? []).flatMap((file) => ["--require", file]),
      path.join(packageFolder, "dist", "main.js"),
      "{connection_file}",
    ],
    display_name: displayName ?? DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "message",
    env: { ...(check === undefined ? {} : { [CHECK_VARIABLE]: check }), ...env },
    metadata: { debugger: false, headroom_kernel: { version } },
  };
}

/** Returns the kernelspec in a parsed `kernel.json` if this package wrote it, else undefined. */
export function asOurs(content: unknown): Kernelspec | undefined {
  return hasOurMark(content) ? content : undefined;
}

function hasOurMark(content: unknown): content is Kernelspec {
  if (typeof content !== "object" || content === null || !("metadata" in content)) return false;
  const { metadata } = content;
  return typeof metadata === "object" && metadata !== null && "headroom_kernel" in metadata;
}
