/** Which slots are taken, which lean on which, and which can be given to a cell. */
import type { ProjectFile, SlotLanguage } from "./slot-files";

/** What holds a slot: a cell that has been declared. */
export interface Tenant {
  readonly file: ProjectFile;
  /** How many names later cells can reach it by. */
  readonly names: number;
  /** Slots of the cells that its types may need. */
  readonly leansOn: ReadonlySet<number>;
  /** What it does to all cells beside its names: modules that it loads, additions to global types. */
  readonly effects: readonly string[];
  /** The modules that its file imports, as one text. */
  readonly imports: string;
}

interface Taken extends Tenant {
  file: ProjectFile;
  names: number;
  leansOn: ReadonlySet<number>;
  /** How many others lean on it. */
  leaning: number;
}

/** The slots of a project. */
export class SlotPool {
  readonly #languages: SlotLanguage[] = [];
  readonly #free: Record<SlotLanguage, number[]> = { ts: [], tsx: [] };
  readonly #taken = new Map<number, Taken>();
  /** Imports that the files of free slots are left with. */
  readonly #leftImports = new Map<number, string>();
  /** How many taken slots have each effect. */
  readonly #effects = new Map<string, number>();
  /** Slots that are held only by an effect that no other has. */
  readonly #pinned = new Set<number>();

  /** By slot. */
  get languages(): readonly SlotLanguage[] {
    return this.#languages;
  }

  /** Returns the file of the cell that holds `slot`. */
  fileOf(slot: number): ProjectFile | undefined {
    return this.#taken.get(slot)?.file;
  }

  add(language: SlotLanguage, count: number): void {
    for (let added = 0; added < count; added++) {
      this.#free[language].push(this.#languages.length);
      this.#languages.push(language);
    }
  }

  hasFree(language: SlotLanguage): boolean {
    return this.#free[language].length > 0;
  }

  /**
   * Returns the slot for the next cell, which stays the same until one is taken. A file that has
   * `imports` already makes no program load; one without any is best for a cell without any.
   * @throws Error when no slot is free.
   */
  next(language: SlotLanguage, imports: string): number {
    const free = this.#free[language];
    const same = free.find((slot) => (this.#leftImports.get(slot) ?? "") === imports);
    const slot = same ?? free.find((slot) => !this.#leftImports.has(slot)) ?? free[0];
    if (slot === undefined) throw new Error(`Expected a free ${language} slot: add some first`);
    return slot;
  }

  /** Gives a free slot to a cell. */
  take(slot: number, tenant: Tenant): void {
    const free = this.#free[this.#languages[slot] ?? "ts"];
    free.splice(free.indexOf(slot), 1);
    this.#leftImports.delete(slot);
    this.#taken.set(slot, { ...tenant, leaning: 0 });
    for (const other of tenant.leansOn) this.#lean(other, 1);
    for (const effect of tenant.effects) this.#count(effect, 1);
    if (tenant.effects.length > 0) this.#release([...this.#pinned]);
    if (tenant.names === 0) this.#pinned.add(slot);
  }

  /** Has one name less lead to `slot`; it and those that it alone needed may become free. */
  dropName(slot: number): void {
    const taken = this.#taken.get(slot);
    if (!taken) return;
    taken.names--;
    this.#release([slot]);
  }

  /** Changes the file in `slot`; with `alone`, its types need no other cell from now on. */
  replace(slot: number, file: ProjectFile, alone: boolean): void {
    const taken = this.#taken.get(slot);
    if (!taken) return;
    taken.file = file;
    if (!alone) return;
    const leansOn = [...taken.leansOn];
    taken.leansOn = new Set();
    for (const other of leansOn) this.#lean(other, -1);
    this.#release(leansOn);
  }

  #release(slots: readonly number[]): void {
    const queue = [...slots];
    for (const slot of queue) {
      const taken = this.#taken.get(slot);
      if (!taken || taken.names > 0 || taken.leaning > 0) continue;
      if (taken.effects.some((effect) => this.#effects.get(effect) === 1)) {
        this.#pinned.add(slot);
        continue;
      }
      this.#pinned.delete(slot);
      this.#taken.delete(slot);
      if (taken.imports) this.#leftImports.set(slot, taken.imports);
      // The one that was in use last comes first: so few files ever hold a cell.
      this.#free[this.#languages[slot] ?? "ts"].unshift(slot);
      for (const effect of taken.effects) this.#count(effect, -1);
      for (const other of taken.leansOn) this.#lean(other, -1);
      queue.push(...taken.leansOn);
    }
  }

  #lean(slot: number, difference: number): void {
    const taken = this.#taken.get(slot);
    if (taken) taken.leaning += difference;
  }

  #count(effect: string, difference: number): void {
    this.#effects.set(effect, (this.#effects.get(effect) ?? 0) + difference);
  }
}
