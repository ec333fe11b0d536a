/** Starts the runner, in a sandbox or, where the user trusts the students, without one. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { DEFAULT_LIMITS, type Limits } from "./limits";
import { missingProgram } from "./programs";
import { nodeFlags, sandboxCommand } from "./sandbox-command";
import { SandboxError } from "./sandbox-error";
import { isFiltered, seccompFilter } from "./seccomp";
import { findProject, preloads, runnerFile } from "./visible-files";

/** How a process ended; `problem` says why it could not be started. */
export interface SandboxExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly problem?: string;
}

/** The runner's process. Nothing that it says can be trusted. */
export interface SandboxChild {
  /** Of the outermost process; 0 where it could not be started. */
  readonly pid: number;
  /** Takes requests, one JSON text a line. */
  readonly requests: Writable;
  /** Gives answers, one JSON text a line. */
  readonly answers: Readable;
  /** Its terminal: what the sandbox complains of before the runner is ready, and the student's noise after. */
  readonly noise: readonly Readable[];
  /** Resolves when it has ended. */
  readonly exited: Promise<SandboxExit>;
  /** Ends it at once, and everything that it started. */
  kill(): void;
}

/** How a sandbox is started. */
export interface SandboxOptions {
  /**
   * Which of the sandboxes that run at the same time this is, from 0: each has a processor, and under
   * root a user, of its own.
   */
  readonly slot?: number;
  readonly limits?: Partial<Limits>;
  /** True runs the student's code with all rights of this user. */
  readonly trust?: boolean;
}

/**
 * Starts a runner; it is usable once it has answered `{"ready":true}`. Throws a SandboxError where
 * this system has no sandbox.
 */
export function startSandbox(options: SandboxOptions = {}): SandboxChild {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  return options.trust ? startTrusted(limits) : startBubblewrap(options.slot ?? 0, limits);
}

function startBubblewrap(slot: number, limits: Limits): SandboxChild {
  requireSystem();
  const [command, args] = sandboxCommand({
    slot,
    limits,
    processors: allowedProcessors(),
    asRoot: process.getuid?.() === 0,
  });
  const filter = openFilter();
  try {
    const stdio = ["ignore", "pipe", "pipe", "pipe", "pipe", filter] as const;
    return toSandbox(spawn(command, args, { stdio: [...stdio], env: {}, detached: true }));
  } finally {
    closeSync(filter);
  }
}

function startTrusted(limits: Limits): SandboxChild {
  const project = findProject();
  const runner = runnerFile(project);
  const args = [runner, path.dirname(project.nodeModules), String(limits.outputKB * 1024)];
  const preloaded = preloads(project).flatMap(({ outside }) => ["--require", outside]);
  const { PATH, SystemRoot, TEMP } = process.env;
  const env = { PATH, SystemRoot, TEMP, HOME: tmpdir(), TZ: "UTC" };
  const stdio = ["ignore", "pipe", "pipe", "pipe", "pipe"] as const;
  return toSandbox(
    spawn(process.execPath, [...nodeFlags(limits), ...preloaded, ...args], {
      stdio: [...stdio],
      env,
      cwd: tmpdir(),
      detached: true,
    }),
  );
}

/** Throws a SandboxError where no sandbox can be had, whatever is installed. */
function requireSystem(): void {
  if (process.platform !== "linux" || !isFiltered(process.arch)) {
    throw new SandboxError(
      "no-sandbox",
      `there is a sandbox for Linux on x86-64 and arm64, this is ${process.platform} on ${process.arch}`,
      "grade on such a machine (a virtual one will do), or with --trust, which runs the students' code with your rights",
    );
  }
  const missing = missingProgram();
  if (missing !== undefined) throw new SandboxError("no-sandbox", missing.problem, missing.cure);
}

function toSandbox(child: ChildProcess): SandboxChild {
  const [, out, err, requests, answers] = child.stdio;
  // What is written to a process that has ended is lost; that it has ended is known by `exited`.
  requests?.on("error", () => undefined);
  const exited = new Promise<SandboxExit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error) => resolve({ code: null, signal: null, problem: error.message }));
  });
  return {
    pid: child.pid ?? 0,
    requests: requests as Writable,
    answers: answers as Readable,
    noise: [out as Readable, err as Readable],
    exited,
    kill() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        child.kill("SIGKILL");
      }
    },
  };
}

/** The processors on which this process may run, by number. */
function allowedProcessors(): number[] {
  const status = readFileSync("/proc/self/status", "utf8");
  const [, list = "0"] = /^Cpus_allowed_list:\s*(\S+)/m.exec(status) ?? [];
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Opens the filter of system calls for reading; the file itself is gone at once. */
function openFilter(): number {
  const { arch } = process;
  if (!isFiltered(arch)) throw new Error(`there is no filter for ${arch}`);
  const folder = mkdtempSync(path.join(tmpdir(), "headroom-filter-"));
  try {
    const file = path.join(folder, "filter");
    writeFileSync(file, seccompFilter(arch));
    return openSync(file, "r");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
