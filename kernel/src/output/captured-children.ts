import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { type Original, replaceMethod } from "./replace-method";
import type { StandardStream, StandardStreams } from "./standard-stream";
import { StreamTextDecoder } from "./text-decoder";

/** What the kernel wants to know while it captures. */
export interface CaptureOptions {
  /** Told when a synchronous child process begins (true) and when it has ended (false). */
  insideSyncChild?(inside: boolean): void;
}

/**
 * Gives child processes that inherit standard output or standard error pipes instead, and writes
 * what comes to the streams, under the cell that started the child. They read nothing: their
 * standard input is empty. What a synchronous child writes comes when it has ended.
 */
export function captureChildren(streams: StandardStreams, options: CaptureOptions): void {
  // Not in Node's types, but what spawn, exec, execFile and fork all call.
  const prototype = ChildProcess.prototype as ChildProcess & { spawn: Original };
  replaceMethod(prototype, "spawn", (original, self, given, ...rest) => {
    const plan = planStdio(streams, given);
    if (plan === undefined) return original(given, ...rest);
    const result = original({ ...(given as object), stdio: plan.stdio }, ...rest);
    if (self instanceof ChildProcess) pump(self, plan.captured);
    return result;
  });
  captureSyncChildren(streams, options);
  syncBuiltinESMExports();
}

/** What a child gets instead of what it would inherit. */
interface StdioPlan {
  readonly stdio: readonly unknown[];
  /** Which of its descriptors lead to which stream. */
  readonly captured: ReadonlyMap<number, StandardStream>;
}

/** Returns undefined where nothing is inherited. */
function planStdio(streams: StandardStreams, options: unknown): StdioPlan | undefined {
  const given: unknown =
    typeof options === "object" && options !== null ? Reflect.get(options, "stdio") : undefined;
  const wanted: unknown = given === "inherit" ? ["inherit", "inherit", "inherit"] : given;
  if (!Array.isArray(wanted)) return undefined;
  const captured = new Map<number, StandardStream>();
  let isInherited = false;
  const stdio = wanted.map((entry: unknown, i) => {
    const fd = inheritedDescriptor(entry, i);
    if (fd === undefined || fd > 2) return entry;
    isInherited = true;
    if (fd === 0) return "ignore";
    captured.set(i, fd === 1 ? streams.stdout : streams.stderr);
    return "pipe";
  });
  return isInherited ? { stdio, captured } : undefined;
}

/** Entries may be "inherit", a descriptor's number, or a stream that has one. */
function inheritedDescriptor(entry: unknown, position: number): number | undefined {
  if (entry === "inherit") return position;
  const fd: unknown =
    typeof entry === "object" && entry !== null ? Reflect.get(entry, "fd") : entry;
  return typeof fd === "number" ? fd : undefined;
}

/** Reads the child's pipes; its user finds null there, as for inherited streams. */
function pump(child: ChildProcess, captured: StdioPlan["captured"]): void {
  const pipes: unknown[] = [...(child.stdio ?? [])];
  for (const [i, stream] of captured) {
    const pipe = pipes[i] as NodeJS.ReadableStream | null | undefined;
    pipes[i] = null;
    if (!pipe) continue;
    const decoder = new StreamTextDecoder();
    // Node runs these as code of the cell that spawned the child.
    pipe.on("data", (chunk: Uint8Array) => stream.write(decoder.write(chunk)));
    pipe.on("end", () => stream.write(decoder.end()));
    pipe.on("error", () => {});
  }
  Object.assign(child, { stdio: pipes });
  if (captured.has(1)) child.stdout = null;
  if (captured.has(2)) child.stderr = null;
}

interface SyncResult {
  readonly output: unknown[] | null;
  stdout: unknown;
  stderr: unknown;
  readonly status: number | null;
  readonly error?: Error;
}

function captureSyncChildren(streams: StandardStreams, options: CaptureOptions): void {
  const spawnSync: Original = childProcess.spawnSync as Original;
  const inside = (work: () => unknown) => {
    options.insideSyncChild?.(true);
    try {
      return work();
    } finally {
      options.insideSyncChild?.(false);
    }
  };
  const run = (plan: StdioPlan, parameters: readonly unknown[], shell: object): SyncResult => {
    const { stdio } = plan;
    const all = { maxBuffer: Number.POSITIVE_INFINITY, ...shell, ...optionsOf(parameters), stdio };
    const result = spawnSync(parameters[0], argumentsOf(parameters), all) as SyncResult;
    showOutput(result, plan.captured);
    return result;
  };
  replaceMethod(childProcess, "spawnSync", (original, _self, ...parameters) => {
    const plan = planStdio(streams, optionsOf(parameters));
    return inside(() => (plan ? run(plan, parameters, {}) : original(...parameters)));
  });
  for (const name of ["execSync", "execFileSync"] as const) {
    const shell = name === "execSync" ? { shell: true } : {};
    replaceMethod(childProcess, name, (original, _self, ...parameters) => {
      const plan = planStdio(streams, optionsOf(parameters));
      if (plan === undefined) return inside(() => original(...parameters));
      const command = [parameters[0], ...argumentsOf(parameters)].join(" ");
      return outputOf(inside(() => run(plan, parameters, shell)) as SyncResult, command);
    });
  }
}

function optionsOf(parameters: readonly unknown[]): object | undefined {
  return parameters
    .slice(1)
    .find(
      (part): part is object => typeof part === "object" && part !== null && !Array.isArray(part),
    );
}

function argumentsOf(parameters: readonly unknown[]): readonly unknown[] {
  return Array.isArray(parameters[1]) ? parameters[1] : [];
}

/** Writes what was captured; the caller finds null there, as for inherited streams. */
function showOutput(result: SyncResult, captured: StdioPlan["captured"]): void {
  for (const [i, stream] of captured) {
    const content = result.output?.[i];
    if (typeof content === "string" || content instanceof Uint8Array) stream.write(content);
    if (result.output) result.output[i] = null;
  }
  if (captured.has(1)) result.stdout = null;
  if (captured.has(2)) result.stderr = null;
}

/** What execSync and execFileSync return and throw, as Node's do. */
function outputOf(result: SyncResult, command: string): unknown {
  if (result.error) throw Object.assign(result.error, result);
  if (result.status === 0) return result.stdout;
  const { stderr } = result;
  const hasText = (typeof stderr === "string" || stderr instanceof Uint8Array) && stderr.length > 0;
  const message = `Command failed: ${command}${hasText ? `\n${String(stderr)}` : ""}`;
  throw Object.assign(new Error(message), result);
}
