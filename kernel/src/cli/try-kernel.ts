/** Starts a kernel from its kernelspec, as Jupyter does, and runs cells in it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CHECK_VARIABLE, type Kernelspec } from "../kernelspec";
import { type Answer, KernelClient, newConnection } from "./kernel-client";

/** How a trial went; times in milliseconds. */
export interface Trial {
  /** From the start of the process to its first answer. */
  readonly start: number;
  readonly firstCell: number;
  /** Whether it found a type error; undefined where it was told not to stop at any. */
  readonly findsTypeErrors: boolean | undefined;
}

const START_MILLISECONDS = 30_000;
const CELL_MILLISECONDS = 30_000;
const SUBSCRIBE_MILLISECONDS = 500;
const EXIT_MILLISECONDS = 5_000;
const KEPT_CHARACTERS = 4_000;

/**
 * Starts the kernel, runs a cell, ends it.
 * @throws Error that says in one line what went wrong, with what the kernel printed last
 */
export async function tryKernel({ argv, env }: Kernelspec): Promise<Trial> {
  const connection = await newConnection(randomUUID());
  const folder = mkdtempSync(path.join(tmpdir(), "headroom-doctor-"));
  const file = path.join(folder, "kernel.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const started = performance.now();
  const [program = "", ...args] = argv.map((part) => part.replace("{connection_file}", file));
  const kernel = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = endOf(kernel);
  const client = new KernelClient(connection);
  try {
    const limit = <T>(work: Promise<T>, milliseconds: number, what: string) =>
      Promise.race([work, ended, tooLate(milliseconds, what)]);
    await limit(greet(client), START_MILLISECONDS, "it does not answer");
    const start = performance.now() - started;
    const cell = (code: string) =>
      limit(execute(client, code), CELL_MILLISECONDS, "a cell does not end");
    const begun = performance.now();
    expectResult(await cell("const half: number = 21;\n2 * half"), "42");
    const firstCell = performance.now() - begun;
    const stopsAtTypeErrors = (env[CHECK_VARIABLE] ?? "check") === "check";
    const wrong = stopsAtTypeErrors ? await cell('const wrong: number = "two";') : undefined;
    return { start, firstCell, findsTypeErrors: wrong && wrong.reply.status === "error" };
  } finally {
    await shutDown(kernel, client);
    client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks until the kernel answers on both channels: iopub may join late. */
async function greet(client: KernelClient): Promise<void> {
  for (;;) {
    const answer = client.request("shell", "kernel_info_request", {});
    const isThere = await Promise.race([answer.then(() => true), delay(SUBSCRIBE_MILLISECONDS)]);
    if (isThere) return;
  }
}

function execute(client: KernelClient, code: string): Promise<Answer> {
  return client.request("shell", "execute_request", {
    code,
    silent: false,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: false,
  });
}

function expectResult({ reply, published }: Answer, expected: string): void {
  const result = published.find(({ type }) => type === "execute_result")?.content.data;
  const text =
    typeof result === "object" && result !== null
      ? (result as Record<string, unknown>)["text/plain"]
      : undefined;
  if (text === expected) return;
  const said = reply.status === "ok" ? `the result ${JSON.stringify(text)}` : JSON.stringify(reply);
  throw new Error(`a cell whose value is ${expected} gave ${said}`);
}

/** Rejects when the process ends or can't be started, with its last words. */
function endOf(kernel: ChildProcess): Promise<never> {
  let output = "";
  for (const stream of [kernel.stdout, kernel.stderr]) {
    stream?.on("data", (chunk) => {
      output = (output + String(chunk)).slice(-KEPT_CHARACTERS);
    });
  }
  const end = new Promise<never>((_, reject) => {
    kernel.once("error", (error) => reject(new Error(`it can't be started: ${error.message}`)));
    kernel.once("close", (code, signal) => {
      const said = output.split("\n").findLast((line) => /\S/.test(line)) ?? "nothing";
      reject(new Error(`it ended (${signal ?? `code ${code}`}); its last words: ${said.trim()}`));
    });
  });
  end.catch(() => {}); // it also ends when all went well
  return end;
}

async function tooLate(milliseconds: number, what: string): Promise<never> {
  await delay(milliseconds, undefined, { ref: false });
  throw new Error(`${what} within ${milliseconds / 1000} s`);
}

async function shutDown(kernel: ChildProcess, client: KernelClient): Promise<void> {
  if (kernel.pid === undefined || kernel.exitCode !== null || kernel.signalCode !== null) return;
  const exit = once(kernel, "exit");
  void client.request("control", "shutdown_request", { restart: false });
  const late = delay(EXIT_MILLISECONDS, "late", { ref: false });
  if ((await Promise.race([exit, late])) === "late") {
    kernel.kill("SIGKILL");
    await exit;
  }
}
