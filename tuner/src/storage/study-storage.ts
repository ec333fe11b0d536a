import type { StudyEvent } from "./study-event";

/**
 * Where a study's events are kept. What `append` has returned from is there for whoever opens the
 * study after a crash of this process; an event is there whole or not at all.
 */
export interface StudyStorage {
  /** Returns all events, in order. Throws StorageError for a study that can't be read. */
  load(): readonly StudyEvent[];
  /** Keeps an event. Throws StorageError where that fails; then the event is not kept. */
  append(event: StudyEvent): void;
  /** Lets others write. Safe to call twice. */
  close(): void;
}
