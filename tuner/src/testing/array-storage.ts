import type { StudyEvent } from "../storage/study-event";
import type { StudyStorage } from "../storage/study-storage";

/** Events as a file would give them back: copies, read by whoever opens the storage next. */
export class ArrayStorage implements StudyStorage {
  readonly #events: StudyEvent[];

  /** @param events what was stored before, as by a process that was killed after them */
  constructor(events: readonly StudyEvent[] = []) {
    this.#events = structuredClone([...events]);
  }

  load(): readonly StudyEvent[] {
    return structuredClone(this.#events);
  }

  append(event: StudyEvent): void {
    this.#events.push(structuredClone(event));
  }

  close(): void {
    // Nothing is open.
  }
}
