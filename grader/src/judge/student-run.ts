import { plainText } from "../intake/plain-text";
import type { SubmittedCell } from "../intake/submission";
import type { Limits } from "../sandbox/limits";
import { SandboxError } from "../sandbox/sandbox-error";
import { startSandbox } from "../sandbox/start-sandbox";
import { GoneError } from "./gone-error";
import type { CellResult } from "./judgement";
import { type CellAnswer, StudentProcess } from "./student-process";
import { TimeBudget } from "./time-budget";

/** How many processes a submission may use up. */
const MOST_PROCESSES = 5;

/** Where and under which limits a submission runs. */
export interface RunOptions {
  /** The ids of the cells that are the course's own. */
  readonly given: ReadonlySet<string>;
  readonly limits: Limits;
  readonly slot: number;
  /** True to run without a sandbox. */
  readonly trust: boolean;
  readonly onNote: (note: string) => void;
}

/** A submission's program: whenever it has ended, it is run anew without the cell that ended it. */
export class StudentRun {
  readonly #cells: readonly SubmittedCell[];
  readonly #options: RunOptions;
  readonly #budget: TimeBudget;
  readonly #results: (CellResult | undefined)[];
  /** Cells that ended or stalled the program. */
  readonly #left = new Set<number>();
  #process: StudentProcess | undefined;
  #started = 0;
  #closed: string | undefined;

  constructor(cells: readonly SubmittedCell[], options: RunOptions) {
    this.#cells = cells;
    this.#options = options;
    this.#budget = new TimeBudget(options.limits.totalSeconds);
    this.#results = cells.map(() => undefined);
  }

  /** How many processes there have been. */
  get processes(): number {
    return this.#started;
  }

  /** True when a time limit may have been the machine's fault. */
  get timedOut(): boolean {
    return this.#budget.unfair;
  }

  /** What each cell did the first time it ran. */
  get results(): readonly CellResult[] {
    return this.#results.map(
      (result, place) =>
        result ?? { id: this.#cells[place]?.id, text: "", stopped: "it never had its turn" },
    );
  }

  /**
   * Resolves to a process in which the cells have run.
   * @throws {GoneError} When none is to be had any more.
   * @throws {SandboxError} When that is not the student's doing.
   */
  async ready(): Promise<StudentProcess> {
    while (this.#process === undefined) {
      if (this.#closed !== undefined) throw new GoneError(this.#closed);
      if (this.#budget.used) throw new GoneError("the whole submission has used up its time");
      if (this.#started >= MOST_PROCESSES)
        throw new GoneError(`the program ended or stalled ${MOST_PROCESSES} times before`);
      const { limits, slot, trust, onNote } = this.#options;
      const child = startSandbox({ slot, limits, trust });
      const process = await StudentProcess.open(child, {
        limits,
        budget: this.#budget,
        onOdd: onNote,
      });
      this.#started++;
      this.#process = process;
      // It may have been closed while the sandbox was starting.
      if (this.#closed !== undefined || !(await this.#runCells(process))) await this.drop();
    }
    return this.#process;
  }

  /** Ends the process, if there is one. */
  async drop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    await process?.close();
  }

  /** Returns false when a cell ended the process; it is left out from now on. */
  async #runCells(process: StudentProcess): Promise<boolean> {
    for (const [place, cell] of this.#cells.entries()) {
      if (this.#left.has(place)) continue;
      try {
        this.#keep(place, cell, await process.runCell(cell.source));
      } catch (error) {
        if (!(error instanceof GoneError)) throw error;
        this.#leaveOut(place, cell, error.message);
        return false;
      }
    }
    return true;
  }

  #keep(place: number, cell: SubmittedCell, { text, threw }: CellAnswer): void {
    if (threw !== undefined && this.#isGiven(cell)) this.#givenFailed(place, cell, threw.message);
    const most = this.#options.limits.outputKB * 1024;
    this.#results[place] ??= {
      id: cell.id,
      text: plainText(text.slice(0, most)),
      ...(threw && { error: { name: plainText(threw.name), message: plainText(threw.message) } }),
    };
  }

  #leaveOut(place: number, cell: SubmittedCell, why: string): void {
    if (this.#isGiven(cell)) this.#givenFailed(place, cell, why);
    this.#left.add(place);
    const called = cell.id ?? `the student's own cell (${place + 1} in running order)`;
    this.#options.onNote(`${called} was left out after its first run: ${why}`);
    const { text = "", error } = this.#results[place] ?? {};
    this.#results[place] = { id: cell.id, text, ...(error && { error }), stopped: why };
  }

  #isGiven({ id }: SubmittedCell): boolean {
    return id !== undefined && this.#options.given.has(id);
  }

  /** A given cell fails on its own only when the course or the sandbox is at fault. */
  #givenFailed(place: number, { id }: SubmittedCell, why: string): void {
    if (this.#cells.slice(0, place).every((cell) => this.#isGiven(cell)))
      throw new SandboxError(
        "not-set-up",
        `The given cell ${id} fails in the sandbox, before any code of the student's: ${why}`,
        "mend the cell in the assignment's text source, and prove the assignment again.",
      );
    this.#options.onNote(`the given cell ${id} failed after the student's own code: ${why}`);
  }

  /** Ends everything; whoever waits for it hears why. */
  close(why: string): void {
    this.#closed = why;
    void this.#process?.close(why);
  }
}
