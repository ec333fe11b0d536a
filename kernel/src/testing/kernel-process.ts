/** A built kernel in a process of its own, with a client: for tests of the whole. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  type Answer,
  type ConnectionInfo,
  KernelClient,
  newConnection,
} from "../cli/kernel-client";
import type { Content } from "../messages/message";

/** How a kernel is started for a test. */
export interface KernelProcessOptions {
  /** The program; `HEADROOM_KERNEL_MAIN`, or else `kernel/dist/main.js`. */
  readonly main?: string;
  readonly node?: string;
  readonly nodeOptions?: readonly string[];
  /** The notebook's folder; a new empty one if not given. */
  readonly folder?: string;
  /** A second kernel for the same front end. */
  readonly connectionFile?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a cell said. */
export interface CellRun {
  readonly reply: Content;
  readonly status: unknown;
  /** The name of its error. */
  readonly error: unknown;
  /** The text of its result. */
  readonly result: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const BUILT = path.join(__dirname, "..", "..", "dist", "main.js");
/** How long a kernel may take to start, ms. */
const START = 30_000;
/** How often a starting kernel is asked, ms. */
const AGAIN = 300;

/** A kernel that runs. */
export class KernelProcess {
  readonly process: ChildProcess;
  readonly folder: string;
  readonly connectionFile: string;
  /** What it wrote on the terminal. */
  terminal = "";
  /** Resolves with its exit code, or the name of the signal that ended it. */
  readonly exited: Promise<number | string>;
  readonly #client: KernelClient;

  private constructor(
    options: KernelProcessOptions,
    connection: ConnectionInfo,
    folder: string,
    connectionFile: string,
  ) {
    this.folder = folder;
    this.connectionFile = connectionFile;
    const main = options.main ?? process.env.HEADROOM_KERNEL_MAIN ?? BUILT;
    const flags = [
      "--no-force-async-hooks-checks",
      "--no-warnings",
      ...(options.nodeOptions ?? []),
    ];
    this.process = spawn(options.node ?? process.execPath, [...flags, main, connectionFile], {
      cwd: folder,
      env: { ...process.env, HEADROOM_KERNEL_CHECK: "off", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on("data", (bytes: Buffer) => {
        this.terminal += bytes.toString();
      });
    }
    this.exited = new Promise((resolve) => {
      this.process.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown"));
    });
    this.#client = new KernelClient(connection);
  }

  /**
   * Starts a kernel and waits until it answers.
   * @throws Error with what it wrote if it ends or does not answer
   */
  static async start(options: KernelProcessOptions = {}): Promise<KernelProcess> {
    const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), "kernel-test-"));
    const connection = await newConnection(randomUUID());
    const file = options.connectionFile ?? path.join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const kernel = new KernelProcess(options, connection, folder, file);
    const until = Date.now() + START;
    while (Date.now() < until && kernel.process.exitCode === null) {
      const answer = kernel.#client.request("shell", "kernel_info_request", {});
      if (await Promise.race([answer.then(() => true), delay(AGAIN)])) return kernel;
    }
    kernel.kill();
    throw new Error(`the kernel does not answer; it wrote: ${kernel.terminal}`);
  }

  /** Runs a cell to its end. */
  async run(code: string, more: Content = {}): Promise<CellRun> {
    return toCellRun(await this.execute(code, more));
  }

  /** Runs a cell; all that is said about it. */
  execute(code: string, more: Content = {}): Promise<Answer> {
    return this.#client.request("shell", "execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
      ...more,
    });
  }

  /** Any other request. */
  request(channel: "shell" | "control", type: string, content: Content): Promise<Answer> {
    return this.#client.request(channel, type, content);
  }

  /** Interrupts what runs. */
  interrupt(): Promise<Answer> {
    return this.request("control", "interrupt_request", {});
  }

  /** Ends the process by force. */
  kill(): void {
    this.process.kill("SIGKILL");
    this.#client.close();
  }

  /** Ends it, and forgets its folder. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      void this.request("control", "shutdown_request", { restart: false });
      await Promise.race([this.exited, delay(5000)]);
    }
    this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the messages about a cell come to. */
export function toCellRun({ reply, published }: Answer): CellRun {
  const text = (name: string) =>
    published
      .filter(({ type, content }) => type === "stream" && content.name === name)
      .map(({ content }) => String(content.text))
      .join("");
  const shown = published.find(({ type }) => type === "execute_result")?.content.data;
  const plain = (shown as Record<string, unknown> | undefined)?.["text/plain"];
  return {
    reply,
    status: reply.status,
    error: reply.ename,
    result: plain === undefined ? undefined : String(plain),
    stdout: text("stdout"),
    stderr: text("stderr"),
  };
}
