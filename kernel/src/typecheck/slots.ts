/**
 * The cells' project: a fixed set of small files.
 *
 * TypeScript loads a program anew when a file joins it or a file's list of imports changes; swapping
 * one file for another with the same imports is quick. So the project has many empty cell files from
 * the start, the slots, in batches; each batch has a scope file that re-exports what its slots
 * declare, each under an own alias (`x$3` for the x of slot 3); and each slot imports each scope
 * file once, always. A slot's text is one line that imports the earlier names that the cell
 * mentions, then the cell's own lines, then one that exports its bindings. (The imports come first:
 * unfinished code would swallow what follows it.)
 * Redeclaring is then natural: a cell's own binding hides what it would import. A cell that declares
 * nothing leaves its slot to the next one.
 */
import type { BindingKind } from "../cell/compiled-cell";
import { parseObjectLiteral } from "../cell/parse-cell";
import { maskSpecifiers, moduleSpecifiers } from "./module-specifiers";

/** JSX is only read in `.tsx`, casts like `<T>x` only in `.ts`. */
export type SlotLanguage = "ts" | "tsx";

/** What the slots need to know of a cell. */
export interface SlotCell {
  readonly code: string;
  readonly bindings: ReadonlyMap<string, BindingKind>;
  readonly mentions: ReadonlySet<string>;
}

/** A name that an earlier cell declared. */
export interface EarlierName {
  /** What its scope file calls it. */
  readonly alias: string;
  readonly kind: BindingKind;
  readonly batch: number;
  /** How many cells, each building on another, led to it. */
  readonly depth: number;
}

/** A file of the project and what is to be in it. */
export interface ProjectFile {
  readonly name: string;
  readonly text: string;
}

/** What declaring a cell changes. */
export interface Declaration {
  /** The files that change, in an order that is always consistent. */
  readonly changed: readonly ProjectFile[];
  /** True when files have joined the project. */
  readonly grown: boolean;
  /** The cell's own file when its names should be frozen. */
  readonly deep?: ProjectFile;
}

interface Batch {
  readonly language: SlotLanguage;
  readonly slots: readonly number[];
  /** By slot: the exports of its scope file. */
  readonly exports: Map<number, string>;
}

/** A cell that is so many cells away from one that builds on none has its types written out. */
const DEEP = 12;

/** How many lines of a cell's file come before its own. */
export const LINES_BEFORE = 1;

const FIRST_BATCH = 64;
const JSX_BATCH = 16;

export class Slots {
  readonly #batches: Batch[] = [];
  readonly #names = new Map<string, EarlierName>();
  /** Texts of the slots that cells have taken. */
  readonly #taken = new Map<number, ProjectFile>();
  readonly #free: Record<SlotLanguage, number[]> = { ts: [], tsx: [] };
  readonly #languages: SlotLanguage[] = [];

  constructor() {
    this.#addBatch("ts", FIRST_BATCH);
  }

  /** Names of earlier cells, the oldest first. */
  get names(): ReadonlyMap<string, EarlierName> {
    return this.#names;
  }

  /** All files of the project, for a program that is loaded from the start. */
  files(): ProjectFile[] {
    const stub = this.#textOf(EMPTY);
    const slots = this.#languages.map(
      (_, slot) => this.#taken.get(slot) ?? { name: this.#slotName(slot), text: stub },
    );
    return [...this.#batches.map((_, batch) => this.#scopeFile(batch)), ...slots];
  }

  /** Returns the file that holds `cell` until it is declared. Needs `ensure(language)` before. */
  fileOf(cell: SlotCell, language: SlotLanguage): ProjectFile {
    const slot = this.#nextSlot(language);
    return { name: this.#slotName(slot), text: this.#textOf(cell, slot) };
  }

  /** Sees to it that there is a slot of `language`; returns whether files have joined the project. */
  ensure(language: SlotLanguage): boolean {
    if (this.#free[language].length > 0) return false;
    const batches = this.#batches.filter((batch) => batch.language === language);
    const count = batches.reduce((sum, batch) => sum + batch.slots.length, 0);
    // As many again: a thousand cells then need few batches, and each file few imports.
    this.#addBatch(language, count || JSX_BATCH);
    return true;
  }

  /** Gives the cell's names to later cells. */
  declare(cell: SlotCell, language: SlotLanguage): Declaration {
    if (!lastsBeyondItself(cell)) return { changed: [], grown: false };
    const file = this.fileOf(cell, language);
    const slot = this.#nextSlot(language);
    this.#free[language].shift();
    this.#taken.set(slot, file);
    const batch = this.#batches.findIndex(({ slots }) => slots.includes(slot));
    const aliases: string[] = [];
    const depth = this.#depthOf(cell);
    for (const [name, kind] of cell.bindings) {
      const alias = aliasOf(name, slot);
      aliases.push(alias);
      this.#names.delete(name);
      this.#names.set(name, { alias, kind, batch, depth });
    }
    this.#batches[batch]?.exports.set(slot, aliases.join(","));
    const grown = this.ensure(language);
    const changed = [file, this.#scopeFile(batch)];
    return depth % DEEP === 0 ? { changed, grown, deep: file } : { changed, grown };
  }

  /** Exports names of a cell that has been declared by what was written out for their types. */
  freeze(
    file: ProjectFile,
    bindings: SlotCell["bindings"],
    written: ReadonlyMap<string, string>,
  ): ProjectFile {
    const slot = [...this.#taken].find(([, { name }]) => name === file.name)?.[0];
    if (slot === undefined)
      throw new Error(`Expected the file of an earlier cell, got ${file.name}`);
    const head = file.text.slice(0, file.text.lastIndexOf("\n"));
    const frozen = { name: file.name, text: `${head}\n${exportsOf(bindings, slot, written)}` };
    this.#taken.set(slot, frozen);
    return frozen;
  }

  #depthOf(cell: SlotCell): number {
    let depth = 0;
    for (const name of cell.mentions) {
      if (!cell.bindings.has(name)) depth = Math.max(depth, this.#names.get(name)?.depth ?? 0);
    }
    return depth + 1;
  }

  #addBatch(language: SlotLanguage, size: number): void {
    const slots = Array.from({ length: size }, (_, offset) => this.#languages.length + offset);
    this.#batches.push({ language, slots, exports: new Map() });
    for (const slot of slots) {
      this.#languages.push(language);
      this.#free[language].push(slot);
    }
  }

  #nextSlot(language: SlotLanguage): number {
    const slot = this.#free[language][0];
    if (slot === undefined) throw new Error(`Expected a free ${language} slot: call ensure first`);
    return slot;
  }

  #slotName(slot: number): string {
    return `cell_${slot}.${this.#languages[slot]}`;
  }

  #scopeFile(batch: number): ProjectFile {
    const { slots, exports } = this.#batches[batch] as Batch;
    const lines = slots.map(
      (slot) => `export {${exports.get(slot) ?? ""}} from "./${this.#slotName(slot)}";`,
    );
    return { name: scopeName(batch), text: lines.join("\n") };
  }

  #textOf(cell: SlotCell, slot?: number): string {
    const exports = exportsOf(cell.bindings, slot);
    // A line for the shell counts only at the head of a file, which the cell's first line is not.
    const code = maskSpecifiers(cell.code).replace(/^#!/, "//");
    // A lone object literal would be read as a block.
    const [open, close] = parseObjectLiteral(cell.code) === undefined ? ["", ""] : ["(", ");"];
    return `${this.#imports(cell)}${open}\n${code}\n${close}${exports}`;
  }

  /** One import of each scope file, with the names that `cell` mentions and does not declare. */
  #imports(cell: SlotCell): string {
    const imports = this.#batches.map((): string[] => []);
    let variables = "";
    for (const name of cell.mentions) {
      const earlier = this.#names.get(name);
      if (!earlier || cell.bindings.has(name)) continue;
      if (earlier.kind === "let") {
        // An import could not be assigned to.
        imports[earlier.batch]?.push(earlier.alias);
        variables += `declare var ${name}: typeof ${earlier.alias};`;
      } else {
        imports[earlier.batch]?.push(`${earlier.alias} as ${name}`);
      }
    }
    const scopes = imports.map((names, batch) => `import {${names}} from "./${scopeName(batch)}";`);
    return jsxPragmas(cell.code) + scopes.join("") + variables;
  }
}

const EMPTY: SlotCell = { code: "", bindings: new Map(), mentions: new Set() };

/**
 * Comments that choose a library for JSX count only at the head of a file. The library that one
 * names is imported unseen; an import that can be seen makes the server notice when it changes.
 */
function jsxPragmas(code: string): string {
  const pragmas: string[] = code.match(/@jsx(?:ImportSource|Runtime|Frag)?\s+[^\s*"']+/g) ?? [];
  const source = pragmas.find((pragma) => pragma.startsWith("@jsxImportSource"))?.split(/\s+/)[1];
  const has = (name: string) => pragmas.some((pragma) => new RegExp(`^@${name}\\s`).test(pragma));
  // A factory of one's own is called by the classic runtime; the project's options name the other.
  if (has("jsx") && !has("jsxRuntime")) pragmas.push("@jsxRuntime classic");
  const comments = pragmas.map((pragma) => `/** ${pragma} */`).join("");
  return source ? `${comments}import type {} from "${source}/jsx-runtime";` : comments;
}

function scopeName(batch: number): string {
  return `scope_${batch}.ts`;
}

function aliasOf(name: string, slot: number | undefined): string {
  return `${name}$${slot}`;
}

/** The line after a cell; the names in `written` are given the types that stand there. */
function exportsOf(
  bindings: SlotCell["bindings"],
  slot: number | undefined,
  written: ReadonlyMap<string, string> = new Map(),
): string {
  let declarations = "";
  const exports = [...bindings].map(([name, kind]) => {
    const alias = aliasOf(name, slot);
    const type = written.get(name);
    if (type === undefined) return `${name} as ${alias}`;
    declarations += `declare ${kind} ${alias}${type};`;
    return alias;
  });
  return `${declarations}export {${exports}};`;
}

/** Whether later cells see anything of it: names, additions to global types, or a module's. */
function lastsBeyondItself(cell: SlotCell): boolean {
  return (
    cell.bindings.size > 0 ||
    /\bdeclare\s+(?:global|module)\b/.test(cell.code) ||
    moduleSpecifiers(cell.code).length > 0
  );
}
