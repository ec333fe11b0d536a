import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ENVIRONMENT } from "./environment";
import { LanguageServer } from "./language-server";
import { LocalFiles } from "./local-files";
import { isRelative, MASK, moduleSpecifiers, unmask } from "./module-specifiers";
import { NotebookMirror } from "./notebook-mirror";
import { projectOptions } from "./project-config";
import { FileChange } from "./protocol";
import { createScratchFolder, removeScratchFolder } from "./scratch-folder";
import { serverBinary } from "./server-binary";
import type { ProjectFile, Slots } from "./slots";
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

/** The garbage collector may let the heap grow, up to a point: the first program loads faster. */
const GARBAGE = { GOGC: "200", GOMEMLIMIT: "256MiB" };

/** One life of the language server, with the project that it works on. */
export class CheckerSession {
  /** Where cells' files are. */
  readonly folder: string;
  /** Fulfilled when the server takes requests. */
  readonly ready: Promise<void>;
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
    this.#scratch = createScratchFolder();
    try {
      // First of all: the process starts while its files are being written.
      this.#server = this.#startServer();
      this.#mirror = new NotebookMirror(this.#scratch, options.folder);
      this.folder = this.#mirror.folder;
      this.#localFiles = new LocalFiles(options.folder);
      for (const { text } of options.slots.files()) {
        if (text.includes(MASK)) this.#localFiles.add(unmask(text));
      }
      this.#writeProject();
    } catch (error) {
      this.stop();
      throw error;
    }
    this.ready = this.#initialize();
    this.ready.catch(() => {});
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
    return this.ready.then(() => {
      this.#show(file);
      const textDocument = { uri: this.#uri(file.name) };
      return this.#server.request<Result>(method, { textDocument, ...params }, timeout);
    });
  }

  /** Asks without a file. */
  request<Result>(method: string, params: object, timeout: number): Promise<Result> {
    return this.#server.request<Result>(method, params, timeout);
  }

  /** Makes `files` current, one after the other. */
  async update(files: readonly ProjectFile[]): Promise<void> {
    // Any question makes the server take the change by itself; this one is cheap. All go out at
    // once: who asks next must find them done.
    const questions = files
      .filter(({ name, text }) => this.#texts.get(name) !== text)
      .map((file) => this.ask(file, "textDocument/selectionRange", { positions: [] }, TIMEOUT));
    await Promise.all(questions);
  }

  /** Tells the server of files that have joined the project. */
  grow(): Promise<void> {
    return this.ready.then(() => {
      this.#writeProject();
      this.#reload();
    });
  }

  /** Tells the server what has happened on disk to files and packages that `code` may import. */
  async look(file: ProjectFile, code: string): Promise<void> {
    await this.ready;
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

  async #initialize(): Promise<void> {
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
    await this.#server.request("initialize", initialize, 30_000);
    this.#server.notify("initialized", {});
  }

  /** Writes the files that the server does not have open. */
  #writeProject(): void {
    const { folder, slots, userConfig, trace } = this.#options;
    mkdirSync(this.folder, { recursive: true });
    const files = slots.files();
    for (const { name, text } of files) {
      if (this.#texts.get(name) === text || this.#open.has(name)) continue;
      this.#texts.set(name, text);
      writeFileSync(path.join(this.folder, name), text);
    }
    const config = {
      compilerOptions: { ...projectOptions(folder, userConfig), traceResolution: trace },
      files: [ENVIRONMENT_FILE, ...files.map(({ name }) => name)],
    };
    writeFileSync(path.join(this.folder, ENVIRONMENT_FILE), ENVIRONMENT);
    writeFileSync(path.join(this.folder, CONFIG), JSON.stringify(config));
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

  /** Has the whole program loaded anew. */
  #reload(): void {
    this.#programLoads++;
    this.#server.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: this.#uri(CONFIG), type: FileChange.changed }],
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
