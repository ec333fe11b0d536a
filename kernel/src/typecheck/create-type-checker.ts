import { realpathSync } from "node:fs";
import path from "node:path";
import type { CompiledCell } from "../cell/compiled-cell";
import { removeStaleFolders } from "../scratch-folder";
import { CheckerSession } from "./checker-session";
import { complete } from "./completion";
import { hasMissingModule, typeProblems } from "./diagnostics";
import { writtenTypes } from "./frozen-types";
import { inspect } from "./inspection";
import { LanguageServerError } from "./language-server";
import { PackageExports } from "./package-exports";
import type { LspDiagnostic } from "./protocol";
import type { ProjectFile, SlotLanguage } from "./slot-files";
import { Slots } from "./slots";
import type { Completion, TypeChecker, TypeProblem } from "./type-checker";
import { type CompilerOptions, readUserConfig } from "./user-config";

/** How a checker is made. */
export interface TypeCheckerOptions {
  /** The notebook's folder: imports are resolved from here. */
  readonly folder: string;
  readonly onLog?: (text: string) => void;
  /** Milliseconds that a check may take before the language server is replaced. */
  readonly timeout?: number;
  /** Makes the server log how it loads programs, to `onLog`; slow, for tests. */
  readonly trace?: boolean;
}

/** A checker, and what is going on inside it. */
export interface NotebookTypeChecker extends TypeChecker {
  /** The language server's; undefined while there is none. */
  readonly processId: number | undefined;
  /** How often the present language server has loaded the whole program. */
  readonly programLoads: number;
  /** Fulfilled when the program is loaded: the next check is quick. */
  warm(): Promise<void>;
}

/** Milliseconds. A first program may come from a slow disk. */
const FIRST_TIMEOUT = 30_000;
const TIMEOUT = 10_000;

/** A language server that dies this soon after its start (in ms) is not restarted at once. */
const SHORT_LIFE = 10_000;
const LONGEST_DELAY = 60_000;

/** Milliseconds after its start at which it looks for what others left: the start has more to do. */
const CLEANING_DELAY = 1_000;

/** Starts a checker; its process starts at once, and again when it dies. */
export function createTypeChecker(options: TypeCheckerOptions): NotebookTypeChecker {
  return new SupervisedChecker(options);
}

class SupervisedChecker implements NotebookTypeChecker {
  readonly #folder: string;
  readonly #onLog: (text: string) => void;
  readonly #trace: boolean;
  readonly #timeout: number;
  readonly #slots = new Slots();
  readonly #userConfig: CompilerOptions;
  readonly #packages: PackageExports;
  readonly #onProcessExit = () => this.stop();
  #session: CheckerSession | undefined;
  /** Whether the session has ever answered. */
  #warm: Promise<boolean> = Promise.resolve(false);
  #isWarm = false;
  #starts = 0;
  #startedAt = 0;
  #shortLives = 0;
  #restart: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ folder, onLog, timeout, trace }: TypeCheckerOptions) {
    this.#folder = realPath(folder);
    this.#onLog = onLog ?? (() => {});
    this.#trace = trace ?? false;
    this.#timeout = timeout ?? TIMEOUT;
    this.#userConfig = readUserConfig(this.#folder, this.#onLog);
    this.#packages = new PackageExports(this.#folder);
    process.once("exit", this.#onProcessExit);
    this.#start();
    setTimeout(() => removeStaleFolders("types"), CLEANING_DELAY).unref();
  }

  get processId(): number | undefined {
    return this.#session?.processId;
  }

  get programLoads(): number {
    return this.#session?.programLoads ?? 0;
  }

  async warm(): Promise<void> {
    await this.#warm;
  }

  async check(cell: CompiledCell): Promise<readonly TypeProblem[] | undefined> {
    const session = this.#session;
    // The first one is worth waiting for; a later one comes while the user's cells wait.
    if (!session || (!this.#isWarm && this.#starts > 1)) return undefined;
    const language = languageOf(cell);
    try {
      if (this.#slots.ensure(language)) await session.grow();
      const file = this.#slots.fileOf(cell, language);
      await session.look(file, cell.code);
      const timeout = this.#isWarm ? this.#timeout : FIRST_TIMEOUT;
      const report = await session.ask<{ items?: LspDiagnostic[] }>(
        file,
        "textDocument/diagnostic",
        {},
        timeout,
      );
      const diagnostics = report?.items ?? [];
      session.noteModules(file, hasMissingModule(diagnostics));
      return typeProblems(diagnostics, {
        cell,
        fileName: file.name,
        mirrorFolder: session.folder,
        names: this.#slots.names,
        showImplicitAny: this.#userConfig.noImplicitAny === true,
      });
    } catch (error) {
      this.#failed(session, error);
      return undefined;
    }
  }

  declare(cell: CompiledCell): void {
    const language = languageOf(cell);
    const grownFirst = this.#slots.ensure(language);
    const { file, grown, deep } = this.#slots.declare(cell, language);
    const session = this.#session;
    if (!session) return;
    // Nothing is awaited in between: a check that comes now must find all of it done.
    const steps = [
      grownFirst ? session.grow() : undefined,
      file ? session.update(file) : undefined,
      grown ? session.grow() : undefined,
      file ? this.#settle(session, file, deep ? cell.bindings : undefined) : undefined,
    ];
    Promise.all(steps).catch((error: unknown) => this.#failed(session, error));
  }

  /** Leaves the file of a declared cell alone, first with the types of `bindings` written out. */
  async #settle(
    session: CheckerSession,
    file: ProjectFile,
    bindings?: CompiledCell["bindings"],
  ): Promise<void> {
    if (bindings) {
      const types = await writtenTypes(session, file, bindings);
      const frozen = types.size > 0 ? this.#slots.freeze(file, bindings, types) : undefined;
      if (frozen) await session.update(frozen);
    }
    await session.close(file.name);
  }

  async complete(code: string, offset: number): Promise<Completion> {
    const session = this.#session;
    const nothing = { items: [], start: offset, end: offset };
    if (!session) return nothing;
    try {
      return await complete({
        session,
        slots: this.#slots,
        packages: this.#packages,
        code,
        offset,
      });
    } catch (error) {
      this.#log(error);
      return nothing;
    }
  }

  async inspect(code: string, offset: number): Promise<string | undefined> {
    const session = this.#session;
    if (!session) return undefined;
    try {
      return await inspect({ session, slots: this.#slots, code, offset });
    } catch (error) {
      this.#log(error);
      return undefined;
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#restart);
    process.removeListener("exit", this.#onProcessExit);
    this.#session?.stop();
    this.#session = undefined;
  }

  #start(): void {
    this.#starts++;
    this.#startedAt = Date.now();
    this.#isWarm = false;
    try {
      const session: CheckerSession = new CheckerSession({
        folder: this.#folder,
        slots: this.#slots,
        userConfig: this.#userConfig,
        trace: this.#trace,
        onLog: this.#onLog,
        onExit: (reason) => this.#ended(session, reason),
      });
      this.#session = session;
      this.#warm = this.#warmUp(session);
    } catch (error) {
      this.#onLog(`types are not checked: ${String(error)}`);
    }
  }

  /** Loads the program, and lets the checker go through what most cells touch. */
  async #warmUp(session: CheckerSession): Promise<boolean> {
    const cell = { code: 'console.log("")', bindings: new Map(), mentions: new Set<string>() };
    try {
      const file = this.#slots.fileOf(cell, "ts");
      await session.ask(file, "textDocument/diagnostic", {}, FIRST_TIMEOUT);
      if (session === this.#session) this.#isWarm = true;
      return true;
    } catch (error) {
      this.#failed(session, error);
      return false;
    }
  }

  /** A server that does not answer in time is replaced; its death is heard of elsewhere. */
  #failed(session: CheckerSession, error: unknown): void {
    if (this.#stopped) return;
    this.#log(error);
    if (!(error instanceof LanguageServerError && error.code === "timeout")) return;
    if (session !== this.#session) return;
    session.stop();
    this.#ended(session, "it did not answer");
  }

  #ended(session: CheckerSession, reason: string): void {
    if (this.#stopped || session !== this.#session) return;
    this.#session = undefined;
    this.#shortLives = Date.now() - this.#startedAt < SHORT_LIFE ? this.#shortLives + 1 : 0;
    const wait = 1_000 * 2 ** (this.#shortLives - 2);
    const delay = this.#shortLives < 2 ? 0 : Math.min(wait, LONGEST_DELAY);
    this.#onLog(`the type checker is started again in ${delay} ms: ${reason}`);
    this.#restart = setTimeout(() => this.#start(), delay);
    this.#restart.unref();
  }

  #log(error: unknown): void {
    this.#onLog(error instanceof Error ? error.message : String(error));
  }
}

/** Of a folder that is gone, the path as it is. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function languageOf(cell: CompiledCell): SlotLanguage {
  return cell.hasJsx ? "tsx" : "ts";
}
