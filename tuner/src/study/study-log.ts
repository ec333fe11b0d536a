import type { Oracle } from "../oracles/oracle";
import type { StudyEvent } from "../storage/study-event";
import type { StudyStorage } from "../storage/study-storage";
import { requireAgreement } from "./agreement";
import type { StudySettings } from "./study-options";
import { StudyState } from "./study-state";

/** A study's events: writes them, and makes of them what the study knows. */
export class StudyLog {
  readonly state: StudyState;
  readonly #storage: StudyStorage | undefined;
  readonly #listeners = new Set<(event: StudyEvent) => void>();

  /**
   * Opens a new study, or reads one back that the storage has.
   *
   * @throws StorageError where that one has another oracle or objective
   */
  constructor(
    { name, objectives }: StudySettings,
    oracle: Oracle,
    storage: StudyStorage | undefined,
  ) {
    this.#storage = storage;
    const { options, seed, maxTrials } = oracle;
    const identity = {
      type: "study",
      name,
      objectives,
      oracle: { name: oracle.name, options, seed },
    } as const;
    const events = storage?.load() ?? [];
    if (events.length === 0) {
      storage?.append(identity);
      this.state = new StudyState(objectives, seed, maxTrials);
      return;
    }
    const stored = requireAgreement(events[0], identity);
    this.state = new StudyState(objectives, stored.oracle.seed, maxTrials);
    for (const event of events) {
      this.state.apply(event);
    }
  }

  /** Takes an event in. It is stored first: what could not be stored has not happened. */
  record(event: StudyEvent): void {
    this.#storage?.append(event);
    this.state.apply(event);
    for (const listener of this.#listeners) {
      listener(event);
    }
  }

  /** Calls the listener after every event. Returns a function that ends this. */
  on(listener: (event: StudyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
