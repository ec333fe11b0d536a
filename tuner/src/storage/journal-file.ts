import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StorageError } from "../errors";
import { DiskSync } from "./disk-sync";
import { carryInTrial } from "./event-carrier";
import { JournalLines } from "./journal-file-lines";
import type { JournalLine, Operation } from "./journal-line";
import { JournalRecords } from "./journal-record";
import type { CarriedEvent, JournalStudy } from "./journal-state";
import { acquireLock, codeOf, type Lock } from "./lock";
import { withAppendLock } from "./lock-append";
import { type Adoption, adoptionsOf, eventsOfOptunaStudy } from "./optuna-events";
import type { StudyEvent } from "./study-event";
import type { StudyStorage } from "./study-storage";

/** Which study of a journal. */
export interface JournalOptions {
  /** May be left out where the file has one study at most. */
  readonly studyName?: string;
}

/** A study in a journal that Optuna reads, too. */
export interface StudyJournal extends StudyStorage {
  /** The journal's file. */
  readonly path: string;
  /** What a crash had left and was mended at opening, in words; undefined where all was well. */
  readonly repaired: string | undefined;
}

/**
 * Opens a study's journal to write it; makes the file and its folder where they are missing. Mends what a crash has left:
 * a line that was cut off is cut away, an event of which Optuna was not told everything is told. Takes over what
 * Optuna has enqueued or run in the study meanwhile. Throws StorageError where another process writes the
 * file, where it is damaged, and where it has several studies but no name is given.
 */
export function openJournal(path: string, options: JournalOptions = {}): StudyJournal {
  return withReason(path, () => {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    const file = existsSync(path) ? realpathSync(path) : resolve(path);
    const lock = acquireLock(`${file}.writer`, file);
    try {
      return new OpenJournal(file, lock, options);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/**
 * Returns a study's events without writing anything, also while another process writes: then those that it has
 * written whole. Of a study that Optuna ran, what its trials amount to. Throws StorageError where file or study are
 * missing or damaged.
 */
export function readJournal(path: string, options: JournalOptions = {}): readonly StudyEvent[] {
  const lines = readLines(path);
  const study = chooseStudy(lines, options.studyName);
  if (study !== undefined) return [...eventsOf(study), ...adopted(study).map(({ event }) => event)];
  throw new StorageError(
    "unknown-study",
    options.studyName === undefined
      ? `${path} has no study yet`
      : `${path} has no study ${options.studyName}, but ${namesIn(lines)}`,
  );
}

/** Returns the names of a journal's studies, in order of creation. Throws StorageError where it can't be read. */
export function studyNames(path: string): readonly string[] {
  return readLines(path).state.studies.map(({ name }) => name);
}

class OpenJournal implements StudyJournal {
  readonly path: string;
  readonly repaired: string | undefined;
  readonly #lock: Lock;
  readonly #lines: JournalLines;
  readonly #records = new JournalRecords();
  readonly #disk = new DiskSync(() => this.#lines.sync());
  readonly #workerId = `${randomUUID()}-0`;
  #studyName: string | undefined;
  #closed = false;

  constructor(path: string, lock: Lock, { studyName }: JournalOptions) {
    this.path = path;
    this.#lock = lock;
    this.#lines = new JournalLines(path, "a+");
    try {
      this.repaired = withAppendLock(path, lock, () => this.#open(studyName));
    } catch (error) {
      this.#lines.close();
      throw error;
    }
  }

  load(): readonly StudyEvent[] {
    const study = this.#study();
    return study === undefined ? [] : eventsOf(study);
  }

  append(event: StudyEvent): void {
    if (this.#closed) throw new StorageError("closed", `${this.path} was closed`);
    withAppendLock(this.path, this.#lock, () => {
      // Optuna may have written meanwhile, which moves the ids of the trials to come.
      if (this.#lines.read() > 0) this.#lines.cut();
      this.#append(event);
    });
    if (event.type === "end") this.#disk.written();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      this.#disk.flush();
    } finally {
      this.#lines.close();
      this.#lock.release();
    }
  }

  #study(): JournalStudy | undefined {
    return this.#lines.state.studies.find(({ name }) => name === this.#studyName);
  }

  #open(studyName: string | undefined): string | undefined {
    const torn = this.#lines.read();
    if (torn > 0) this.#lines.cut();
    const study = chooseStudy(this.#lines, studyName);
    this.#studyName = studyName ?? study?.name;
    const told = study === undefined ? 0 : this.#replay(study);
    if (study !== undefined) {
      for (const adoption of adopted(study)) this.#adopt(study, adoption);
    }
    const repairs = [
      ...(torn > 0 ? [`cut away ${torn} bytes of an unfinished last line`] : []),
      ...(told > 0 ? [`added ${told} lines that were missing after the last event`] : []),
    ];
    return repairs.length === 0 ? undefined : `${this.path}: ${repairs.join(", ")}`;
  }

  /** Takes note of what was kept, and tells Optuna the rest of the last event. Returns how many lines that took. */
  #replay(study: JournalStudy): number {
    const last = study.carried.at(-1);
    for (const carried of study.carried) {
      const missing = carried === last ? this.#missing(study, carried) : [];
      if (missing.length > 0) this.#lines.append(missing);
      this.#records.keep(carried.event, carried.trialId);
      if (missing.length > 0) return missing.length;
    }
    return 0;
  }

  #missing(study: JournalStudy, { event, workerId }: CarriedEvent): JournalLine[] {
    const operations = this.#records.operations(event, study.id);
    return operations
      .slice(study.linesOfLast)
      .map((operation) => ({ ...operation, worker_id: workerId }));
  }

  #append(event: StudyEvent): void {
    const { state } = this.#lines;
    if (event.type !== "study") {
      const study = this.#study();
      if (study !== undefined) this.#write(study, event);
      else
        throw new StorageError("unknown-study", `${this.path} has no study to write to any more`);
      return;
    }
    const name = this.#studyName ?? event.name;
    if (name !== event.name) {
      throw new StorageError(
        "other-study",
        `${this.path} was opened for ${name}, not ${event.name}`,
      );
    }
    const directions = event.objectives.map(({ direction }) => (direction === "max" ? 2 : 1));
    this.#studyName = name;
    const study = this.#study();
    if (study === undefined) {
      const creation: Operation = { op_code: 0, study_name: name, directions };
      this.#writeLines([creation, ...this.#records.operations(event, state.nextStudyId)]);
      this.#records.keep(event, -1);
    } else if (study.directions.join() === directions.join()) {
      this.#write(study, event);
    } else {
      throw new StorageError(
        "other-objectives",
        `the study ${name} in ${this.path} has other directions. Give the new study another name.`,
      );
    }
  }

  #adopt(study: JournalStudy, { trialId, event }: Adoption): void {
    const carrier = carryInTrial(trialId, event);
    const isKnown = event.type === "attributes";
    this.#writeLines(isKnown ? this.#records.operations(event, study.id) : [carrier]);
    this.#records.keep(event, trialId);
  }

  #write(study: JournalStudy, event: StudyEvent): void {
    const { nextTrialId } = this.#lines.state;
    this.#writeLines(this.#records.operations(event, study.id));
    this.#records.keep(event, nextTrialId);
  }

  #writeLines(operations: readonly Operation[]): void {
    this.#lines.append(
      operations.map((operation) => ({ ...operation, worker_id: this.#workerId })),
    );
  }
}

function readLines(path: string): JournalLines {
  if (!existsSync(path)) throw new StorageError("no-journal", `there is no journal ${path}`);
  return withReason(path, () => {
    const lines = new JournalLines(path, "r");
    try {
      lines.read();
    } finally {
      lines.close();
    }
    return lines;
  });
}

/** Errors of the system, as a folder that may not be written, become the study's. */
function withReason<Result>(path: string, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    if (error instanceof StorageError || codeOf(error) === "") throw error;
    throw new StorageError("no-access", `${path} can't be opened: ${(error as Error).message}`);
  }
}

function chooseStudy(lines: JournalLines, name: string | undefined): JournalStudy | undefined {
  const { studies } = lines.state;
  if (name !== undefined) return studies.find((study) => study.name === name);
  if (studies.length <= 1) return studies[0];
  throw new StorageError(
    "several-studies",
    `${lines.path} has ${studies.length} studies: say by studyName which of ${namesIn(lines)}`,
  );
}

function namesIn(lines: JournalLines): string {
  return lines.state.studies.map(({ name }) => JSON.stringify(name)).join(", ") || "none";
}

/** A study without our events is Optuna's; one without trials, too, is new to us. */
function eventsOf(study: JournalStudy): readonly StudyEvent[] {
  if (study.carried.length > 0) return study.carried.map(({ event }) => event);
  return study.others.length > 0 ? eventsOfOptunaStudy(study) : [];
}

function adopted(study: JournalStudy): readonly Adoption[] {
  return study.carried.length > 0 ? adoptionsOf(study) : [];
}
