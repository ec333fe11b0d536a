import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createScratchFolder, removeScratchFolder } from "../scratch-folder";
import { ENVIRONMENT } from "./environment";
import { LanguageServer } from "./language-server";
import { LocalFiles } from "./local-files";
import { isRelative, MASK, moduleSpecifiers, unmask } from "./module-specifiers";
import { NotebookMirror } from "./notebook-mirror";
import { projectOptions } from "./project-config";
import { FileChange } from "./protocol";
import { serverBinary } from "./server-binary";
import type { ProjectFile } from "./slot-files";
import type { Slots } from "./slots";
import type { CompilerOptions } from "./user-config";

/** What a session needs to start. */
export interface CheckerSessionOptions {
  /** The notebook's folder. */
  readonly folder: string;
  readonly slots: Slots;
  readonly userConfig: CompilerOptions;
  /** Makes the server log how it loads programs; slow, for tests. */
  readonly trace: boolean;
  readonly onLog: (text: string) => void;
  /** Called once if the session ends by itself. */
  readonly onExit: (reason: string) => void;
}

const CONFIG = "tsconfig.json";
const ENVIRONMENT_FILE = "environment.d.ts";

/** The server's levels of `logVerbosity`. */
const LOG_ERRORS = 5;
const LOG_INFO = 3;

/** Milliseconds that a server may take to come up, from a slow disk for example. */
const START_TIMEOUT = 30_000;

/** Milliseconds for questions that only make the server take a change. */
const TIMEOUT = 10_000;

const PREFERENCES = {
  // Indexing all packages for imports would follow each change of a cell.
  suggest: { autoImports: false, includeCompletionsForImportStatements: false },
  // Else it takes after the project's own imports, which name the extension.
  preferences: { importModuleSpecifierEnding: "minimal" },
  // Would install packages.
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  disableAutomaticTypeAcquisition: true,
};

/**
 * The garbage collector may let the heap grow, up to a point: the first program loads faster. More
 * (400) would save some milliseconds there, but cost 70 MB after a thousand cells; and a limit that
 * the types of a large library come near has it collect all the time.
 */
const GARBAGE = { GOGC: "200", GOMEMLIMIT: "256MiB" };

/** One life of the language server, with the project that it works on. */
export class CheckerSession {
  /** Where cells' files are. */
  readonly folder: string;
  readonly #scratch: string;
  readonly #mirror: NotebookMirror;
  readonly #server: LanguageServer;
  readonly #localFiles: LocalFiles;
  readonly #options: CheckerSessionOptions;
  /** What the server takes each file to be. */
  readonly #texts = new Map<string, string>();
  readonly #open = new Set<string>();
  /** Files in which a module was missing when they were last checked, with their imports. */
  readonly #incomplete = new Map<string, string>();
  #version = 0;
  #programLoads = 1;

  /** @throws Error when the compiler is missing or the scratch folder cannot be made. */
  constructor(options: CheckerSessionOptions) {
    this.#options = options;
    this.#scratch = createScratchFolder("types");
    try {
      // First of all: the process starts while its files are being written.
      this.#server = this.#startServer();
      this.#mirror = new NotebookMirror(this.#scratch, options.folder);
      this.folder = this.#mirror.folder;
      this.#initialize();
      this.#localFiles = new LocalFiles(options.folder);
      for (const { text } of options.slots.files()) {
        if (text.includes(MASK)) this.#localFiles.add(unmask(text));
      }
      this.#writeProject();
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  get processId(): number | undefined {
    return this.#server.processId;
  }

  /** How often the server has had to load the whole program: once, and for each new list of imports. */
  get programLoads(): number {
    return this.#programLoads;
  }

  /**
   * Makes `file` current and asks about it; nothing can come between the two, so that the server
   * never sees two files change at once, which would make it load the whole program.
   * @throws LanguageServerError without an answer.
   */
  ask<Result>(file: ProjectFile, method: string, params: object, timeout: number): Promise<Result> {
    this.#show(file);
    const textDocument = { uri: this.#uri(file.name) };
    return this.#server.request<Result>(method, { textDocument, ...params }, timeout);
  }

  /** Asks without a file. */
  request<Result>(method: string, params: object, timeout: number): Promise<Result> {
    return this.#server.request<Result>(method, params, timeout);
  }

  /** Makes `file` current. */
  async update(file: ProjectFile): Promise<void> {
    if (this.#texts.get(file.name) === file.text) return;
    // Any question makes the server take the change by itself; this one is cheap.
    await this.ask(file, "textDocument/selectionRange", { positions: [] }, TIMEOUT);
  }

  /** Puts a file that stays as it is on disk: each open one costs the server time at each change. */
  async close(name: string): Promise<void> {
    const text = this.#texts.get(name);
    if (text === undefined || !this.#open.has(name)) return;
    writeFileSync(path.join(this.folder, name), text);
    this.#open.delete(name);
    this.#server.notify("textDocument/didClose", { textDocument: { uri: this.#uri(name) } });
  }

  /** Tells the server of files that have joined the project. */
  async grow(): Promise<void> {
    this.#reload(this.#writeProject());
  }

  /** Tells the server what has happened on disk to files and packages that `code` may import. */
  async look(file: ProjectFile, code: string): Promise<void> {
    const specifiers = moduleSpecifiers(code).map(({ text }) => text);
    if (specifiers.some(isRelative)) this.#localFiles.add(code);
    const changes = this.#localFiles.changes();
    if (changes.length > 0) {
      this.#programLoads++;
      this.#server.notify("workspace/didChangeWatchedFiles", {
        changes: changes.map((change) => ({
          uri: pathToFileURL(change.file).href,
          type: change.type,
        })),
      });
    }
    if (specifiers.length === 0) return;
    const installed = this.#mirror.linkPackages();
    // With other imports than last time the server looks for all of them again anyway.
    const missing = this.#incomplete.get(file.name) === importsOf(file.text);
    if (installed || missing) this.#reload();
  }

  /** Remembers whether a module that `file` imports is missing: it may come. */
  noteModules(file: ProjectFile, missing: boolean): void {
    if (missing) this.#incomplete.set(file.name, importsOf(file.text));
    else this.#incomplete.delete(file.name);
  }

  /** Ends the process and removes what it worked on. */
  stop(): void {
    this.#server?.kill();
    removeScratchFolder(this.#scratch);
  }

  #startServer(): LanguageServer {
    return new LanguageServer({
      executable: serverBinary(),
      args: ["--lsp", "--stdio"],
      cwd: this.#scratch,
      env: { ...GARBAGE, ...process.env },
      onExit: (reason) => {
        removeScratchFolder(this.#scratch);
        this.#options.onExit(reason);
      },
      onLog: this.#options.onLog,
    });
  }

  /**
   * The protocol has a client wait for the answer before it asks more. This thread is busy with the
   * kernel's start when it comes, and TypeScript's server takes its messages one by one anyway.
   */
  #initialize(): void {
    const initialize = {
      processId: process.pid,
      rootUri: pathToFileURL(this.folder).href,
      capabilities: {
        textDocument: {
          diagnostic: {},
          completion: {
            completionItem: {
              snippetSupport: false,
              labelDetailsSupport: true,
              documentationFormat: ["markdown"],
            },
          },
          hover: { contentFormat: ["markdown"] },
          signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
        },
      },
      initializationOptions: {
        disablePushDiagnostics: true,
        logVerbosity: this.#options.trace ? LOG_INFO : LOG_ERRORS,
        userPreferences: PREFERENCES,
      },
    };
    // A server that refuses this refuses all that follows, too.
    this.#server.request("initialize", initialize, START_TIMEOUT).catch(() => {});
    this.#server.notify("initialized", {});
  }

  /** Writes the files that the server does not have open; returns the names of those that change. */
  #writeProject(): string[] {
    const { folder, slots, userConfig, trace } = this.#options;
    mkdirSync(this.folder, { recursive: true });
    const files = slots.files();
    const changed: string[] = [];
    for (const { name, text } of files) {
      const before = this.#texts.get(name);
      if (before === text || this.#open.has(name)) continue;
      if (before !== undefined) changed.push(name);
      this.#texts.set(name, text);
      writeFileSync(path.join(this.folder, name), text);
    }
    const config = {
      compilerOptions: { ...projectOptions(folder, userConfig), traceResolution: trace },
      files: [ENVIRONMENT_FILE, ...files.map(({ name }) => name)],
    };
    writeFileSync(path.join(this.folder, ENVIRONMENT_FILE), ENVIRONMENT);
    writeFileSync(path.join(this.folder, CONFIG), JSON.stringify(config));
    return changed;
  }

  #show({ name, text }: ProjectFile): void {
    const before = this.#texts.get(name);
    const uri = this.#uri(name);
    if (!this.#open.has(name)) {
      this.#open.add(name);
      const languageId = name.endsWith("x") ? "typescriptreact" : "typescript";
      this.#server.notify("textDocument/didOpen", {
        textDocument: { uri, languageId, version: ++this.#version, text },
      });
    } else if (before !== text) {
      this.#server.notify("textDocument/didChange", {
        textDocument: { uri, version: ++this.#version },
        contentChanges: [{ text }],
      });
    }
    if (before === text) return;
    this.#texts.set(name, text);
    if (importsOf(before ?? "") !== importsOf(text)) this.#programLoads++;
  }

  /** Has the whole program loaded anew, with what is on disk now of `names`. */
  #reload(names: readonly string[] = []): void {
    this.#programLoads++;
    this.#server.notify("workspace/didChangeWatchedFiles", {
      changes: [...names, CONFIG].map((name) => ({
        uri: this.#uri(name),
        type: FileChange.changed,
      })),
    });
  }

  #uri(name: string): string {
    return pathToFileURL(path.join(this.folder, name)).href;
  }
}

function importsOf(text: string): string {
  return moduleSpecifiers(text)
    .map((specifier) => specifier.text)
    .join("\n");
}
