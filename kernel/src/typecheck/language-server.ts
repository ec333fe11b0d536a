import { type ChildProcess, spawn } from "node:child_process";
import { encodeMessage, MessageReader } from "./message-stream";

/** How a language server is started. */
export interface LanguageServerOptions {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called once, when the process has ended or could not be started. */
  readonly onExit: (reason: string) => void;
  /** Called for each line that the server logs. */
  readonly onLog: (text: string) => void;
}

/** A request had no answer: the server ended, took too long, or refused. */
export class LanguageServerError extends Error {
  override readonly name = "LanguageServerError";

  constructor(
    readonly code: "ended" | "timeout" | "refused",
    message: string,
  ) {
    super(message);
  }
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: LanguageServerError) => void;
  readonly timer: NodeJS.Timeout;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A child process that speaks the Language Server Protocol on its standard streams. */
export class LanguageServer {
  readonly #child: ChildProcess;
  readonly #options: LanguageServerOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #reader = new MessageReader();
  #lastId = 0;
  #ended = false;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
    this.#child = spawn(options.executable, options.args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.#child.once("error", (error) => this.#end(`it could not be started: ${error.message}`));
    this.#child.once("exit", (code, signal) => this.#end(`it ended with ${signal ?? code}`));
    // Writing to a dead child fails; its exit is what counts.
    this.#child.stdin?.on("error", () => {});
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr?.setEncoding("utf8");
    this.#child.stderr?.on("data", (text: string) => options.onLog(text.trimEnd()));
  }

  /** Undefined when it could not be started. */
  get processId(): number | undefined {
    return this.#child.pid;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Returns the server's answer.
   * @throws LanguageServerError when there is none within `timeout` milliseconds.
   */
  request<Result>(method: string, params: object, timeout: number): Promise<Result> {
    const ended = () =>
      new LanguageServerError("ended", `${method}: the language server has ended`);
    if (this.#ended) return Promise.reject(ended());
    const id = ++this.#lastId;
    return new Promise<Result>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        this.notify("$/cancelRequest", { id });
        reject(new LanguageServerError("timeout", `${method}: no answer within ${timeout} ms`));
      }, timeout);
      timer.unref();
      const settle = resolve as (result: unknown) => void;
      this.#waiting.set(id, { method, resolve: settle, reject, timer });
      this.#write({ jsonrpc: "2.0", id, method, params });
    });
  }

  notify(method: string, params: object): void {
    if (!this.#ended) this.#write({ jsonrpc: "2.0", method, params });
  }

  /** Kills the process; what it was asked is rejected. `onExit` is not called. */
  kill(): void {
    if (this.#ended) return;
    this.#settleAll();
    this.#child.kill("SIGKILL");
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#child.unref();
  }

  #write(message: object): void {
    this.#child.stdin?.write(encodeMessage(message));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#reader.read(chunk)) this.#take(message as Message);
    } catch (error) {
      this.kill();
      this.#options.onExit(`its messages cannot be read: ${String(error)}`);
    }
  }

  #take(message: Message): void {
    if (message.method !== undefined) {
      if (message.id !== undefined) this.#answer(message.id, message);
      else if (message.method === "window/logMessage") this.#options.onLog(logText(message.params));
      return;
    }
    const waiting = this.#waiting.get(Number(message.id));
    if (!waiting) return;
    this.#waiting.delete(Number(message.id));
    clearTimeout(waiting.timer);
    if (message.error) {
      const text = `${waiting.method}: ${message.error.message}`;
      waiting.reject(new LanguageServerError("refused", text));
    } else {
      waiting.resolve(message.result ?? undefined);
    }
  }

  /** Nothing that a server may ask concerns the kernel, but each request wants an answer. */
  #answer(id: number | string, message: Message): void {
    const items = (message.params as { items?: unknown[] } | undefined)?.items;
    const result =
      message.method === "workspace/configuration" ? (items ?? []).map(() => null) : null;
    this.#write({ jsonrpc: "2.0", id, result });
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#settleAll();
    this.#options.onExit(reason);
  }

  #settleAll(): void {
    this.#ended = true;
    for (const { method, reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new LanguageServerError("ended", `${method}: the language server has ended`));
    }
    this.#waiting.clear();
  }
}

function logText(params: unknown): string {
  return String((params as { message?: unknown } | undefined)?.message ?? "");
}
