import { createHash } from "node:crypto";
import type { Assignment } from "../assignment/assignment";
import { NOTEBOOK_METADATA } from "../assignment/notebook";
import { type KnownCell, knownCells } from "./known-cells";
import { notebookCells, type RawCell, type RawNotebook } from "./notebook-cells";
import { differs, oddMetadata } from "./odd-metadata";
import { plainLine } from "./plain-text";
import { readPlainFile } from "./read-plain-file";
import type { AddedCell, Submission, SubmittedCell } from "./submission";

/** The most that a submitted file may have, in bytes. */
const MOST_BYTES = 5e6;
const MOST_NOTES = 30;
const LONGEST_NOTE = 300;

/**
 * Returns a submitted notebook, taken apart and believed nothing: cells are known by their nbgrader
 * ids, given cells are ours, test cells and all outputs are left out, the rest runs in the student's
 * order.
 * @throws {UnreadableError} When there is no notebook of format 4 to be had from the file.
 */
export function readSubmission(file: string, assignment: Assignment): Submission {
  const bytes = readPlainFile(file, MOST_BYTES);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const read = new Reading(knownCells(assignment), notebookCells(bytes));
  return { ...read.result(), sha256 };
}

/** One pass over the cells of a submitted notebook. */
class Reading {
  readonly #known: ReadonlyMap<string, KnownCell>;
  readonly #notebook: RawNotebook;
  readonly #notes = new Set<string>();
  readonly #cells: SubmittedCell[] = [];
  readonly #reflections = new Map<string, string>();
  readonly #added: AddedCell[] = [];
  /** How often each known cell was there. */
  readonly #seen = new Map<string, number>();
  /** Given cells that are still to be put in, in the assignment's order. */
  readonly #givenLeft: KnownCell[];
  /** Where the cell that was read last stands in the assignment. */
  #place = -1;
  #after: string | undefined;

  constructor(known: ReadonlyMap<string, KnownCell>, notebook: RawNotebook) {
    this.#known = known;
    this.#notebook = notebook;
    this.#givenLeft = [...known.values()].filter(({ role }) => role === "given");
  }

  result(): Omit<Submission, "sha256"> {
    const { kernelspec, cells, notes } = this.#notebook;
    const { name } = NOTEBOOK_METADATA.kernelspec;
    if (kernelspec !== name)
      this.#note(
        `the kernel was changed from "${name}" to "${kernelspec ?? "none"}" (${name} was used)`,
      );
    for (const note of notes) this.#note(note);
    for (const raw of cells) this.#read(raw);
    this.#putGiven(this.#known.size);
    this.#lookForMissing();
    return {
      cells: this.#cells,
      reflections: this.#reflections,
      added: this.#added,
      notes: cut([...this.#notes]),
    };
  }

  #note(text: string): void {
    this.#notes.add(plainLine(text, LONGEST_NOTE));
  }

  #read(raw: RawCell): void {
    const known = this.#identify(raw);
    if (known === undefined) {
      this.#add(raw.source, raw.type === "code" ? this.#run(undefined, raw.source) : undefined);
      return;
    }
    const { id, called, place, role } = known;
    this.#seen.set(id, (this.#seen.get(id) ?? 0) + 1);
    for (const odd of oddMetadata(known, raw)) this.#note(odd);
    // Copies of a cell stand anywhere: only the first tells of the order.
    if (this.#seen.get(id) === 1) {
      if (place < this.#place)
        this.#note("the cells were put in another order: the code ran in the student's");
      this.#place = place;
    }
    this.#putGiven(place);
    this.#after = id;
    if (role === "exercise") this.#readAnswer(known, raw);
    else if (role === "reflection") this.#reflections.set(id, raw.source);
    else if (role === "given") this.#putGiven(place + 1);
    if ((role === "given" || role === "tests") && differs(raw.source, known.released))
      this.#note(`${called}${role === "given" ? " was" : " were"} changed: ours ran`);
  }

  #identify(raw: RawCell): KnownCell | undefined {
    const byGrade = raw.gradeId === undefined ? undefined : this.#known.get(raw.gradeId);
    if (byGrade !== undefined) return byGrade;
    const byCell = raw.cellId === undefined ? undefined : this.#known.get(raw.cellId);
    if (byCell !== undefined)
      this.#note(`${byCell.called}: the cell lost its nbgrader id (known by its cell id)`);
    return byCell;
  }

  #readAnswer({ id, called }: KnownCell, raw: RawCell): void {
    if (raw.type === "code") this.#run(id, raw.source);
    else this.#note(`${called} is a cell of text: nothing of it ran`);
  }

  /** Returns the cell's place in the running order. */
  #run(id: string | undefined, source: string): number {
    return this.#cells.push({ id, source }) - 1;
  }

  #add(source: string, ran: number | undefined): void {
    this.#added.push({ after: this.#after, source, ran });
  }

  /** Puts in the given cells that stand before a place of the assignment. */
  #putGiven(place: number): void {
    for (let next = this.#givenLeft[0]; next && next.place < place; next = this.#givenLeft[0]) {
      this.#givenLeft.shift();
      this.#run(next.id, next.released);
    }
  }

  #lookForMissing(): void {
    for (const { id, role, called } of this.#known.values()) {
      const times = this.#seen.get(id) ?? 0;
      if (role === "shown") continue;
      if (times === 0) this.#note(`${called} ${DELETED[role]}`);
      if (times > 1) this.#note(`${called}: the cell is there ${times} times; ${COPIED[role]}`);
      if (times > 1 && role === "exercise") this.#keepOlderCopies(id);
    }
  }

  /** Older copies have run, too: they are shown where the answer is. */
  #keepOlderCopies(id: string): void {
    const places = this.#cells.flatMap((cell, place) => (cell.id === id ? [place] : []));
    for (const ran of places.slice(0, -1))
      this.#added.push({ after: id, source: this.#cells[ran]?.source ?? "", ran });
  }
}

const DELETED = {
  given: "was deleted: ours ran",
  tests: "were deleted: ours were used",
  exercise: "was deleted: it counts as not answered",
  reflection: "was deleted: it counts as not answered",
} as const;

const COPIED = {
  given: "ours ran once",
  tests: "ours were used",
  exercise: "all ran in order, so that the last one counts",
  reflection: "the last one counts",
} as const;

function cut(notes: readonly string[]): readonly string[] {
  if (notes.length <= MOST_NOTES) return notes;
  return [...notes.slice(0, MOST_NOTES), `and ${notes.length - MOST_NOTES} more oddities`];
}
