/**
 * The cells' project: a fixed set of small files.
 *
 * TypeScript loads a program anew when a file joins it or a file's list of imports changes; swapping
 * one file for another with the same imports is quick. So the project has many empty files from the
 * start, the slots, and a cell that declares something takes one. Redeclaring is then natural: a
 * cell's own binding hides what it would import. A cell that declares nothing leaves its slot to the
 * next one; and so does, later, one whose names have all been declared anew, once no cell that can
 * be reached builds on it.
 */
import { moduleSpecifiers } from "./module-specifiers";
import {
  cellFile,
  type EarlierName,
  emptyFile,
  frozenFile,
  importKey,
  type ProjectFile,
  type SlotCell,
  type SlotLanguage,
  scopeFile,
} from "./slot-files";
import { SlotPool } from "./slot-pool";

/** What declaring a cell changes. */
export interface Declaration {
  /** The cell's file, which stays; undefined for a cell that leaves nothing behind. */
  readonly file?: ProjectFile;
  /** True when files have joined the project. */
  readonly grown: boolean;
  /** True when the types of the cell's names should be written out. */
  readonly deep: boolean;
}

/** A cell that is so many cells away from one that builds on none has its types written out. */
const DEEP = 12;

const FIRST_SLOTS = 64;
const JSX_SLOTS = 16;

export class Slots {
  readonly #names = new Map<string, EarlierName>();
  readonly #pool = new SlotPool();

  constructor() {
    this.#pool.add("ts", FIRST_SLOTS);
  }

  /** Names of earlier cells, the oldest first. */
  get names(): ReadonlyMap<string, EarlierName> {
    return this.#names;
  }

  /** All files of the project, for a program that is loaded from the start. */
  files(): ProjectFile[] {
    const { languages } = this.#pool;
    const slots = languages.map(
      (language, slot) => this.#pool.fileOf(slot) ?? emptyFile(slot, language),
    );
    return [scopeFile(languages), ...slots];
  }

  /** Returns the file that holds `cell` until it is declared. Needs `ensure(language)` before. */
  fileOf(cell: SlotCell, language: SlotLanguage): ProjectFile {
    const slot = this.#pool.next(language, importKey(cell));
    return cellFile(cell, slot, language, this.#names);
  }

  /** Sees to it that there is a slot of `language`; returns whether files have joined the project. */
  ensure(language: SlotLanguage): boolean {
    if (this.#pool.hasFree(language)) return false;
    const count = this.#pool.languages.filter((one) => one === language).length;
    // As many again: a thousand cells then need few loads of the program.
    this.#pool.add(language, count || JSX_SLOTS);
    return true;
  }

  /** Gives the cell's names to later cells. */
  declare(cell: SlotCell, language: SlotLanguage): Declaration {
    const effects = effectsOf(cell);
    if (cell.bindings.size === 0 && effects.length === 0) return { grown: false, deep: false };
    const imports = importKey(cell);
    const slot = this.#pool.next(language, imports);
    const file = cellFile(cell, slot, language, this.#names);
    const needed = this.#neededBy(cell);
    const leansOn = new Set(needed.map((earlier) => earlier.slot));
    this.#pool.take(slot, { file, names: cell.bindings.size, leansOn, effects, imports });
    const depth = Math.max(0, ...needed.map((earlier) => earlier.depth)) + 1;
    for (const [name, kind] of cell.bindings) {
      const before = this.#names.get(name);
      // The latest is the last.
      this.#names.delete(name);
      this.#names.set(name, { kind, slot, depth });
      if (before) this.#pool.dropName(before.slot);
    }
    return { file, grown: this.ensure(language), deep: depth % DEEP === 0 };
  }

  /**
   * Exports names of a cell that has been declared by what was written out for their types. Returns
   * its file; undefined when it has lost its slot since.
   */
  freeze(
    file: ProjectFile,
    bindings: SlotCell["bindings"],
    written: ReadonlyMap<string, string>,
  ): ProjectFile | undefined {
    const slot = this.#pool.languages.findIndex((_, one) => this.#pool.fileOf(one) === file);
    if (slot < 0) return undefined;
    const frozen = frozenFile(file, slot, bindings, written);
    this.#pool.replace(slot, frozen, written.size === bindings.size);
    return frozen;
  }

  #neededBy(cell: SlotCell): EarlierName[] {
    const needed: EarlierName[] = [];
    for (const name of cell.mentions) {
      const earlier = cell.bindings.has(name) ? undefined : this.#names.get(name);
      if (earlier) needed.push(earlier);
    }
    return needed;
  }
}

/** What later cells see of it beside its names: modules, and additions to global types or a module's. */
function effectsOf({ code }: SlotCell): string[] {
  const modules = moduleSpecifiers(code).map(({ text }) => text);
  const effects = [...new Set(modules)];
  return /\bdeclare\s+(?:global|module)\b/.test(code) ? [...effects, code] : effects;
}
