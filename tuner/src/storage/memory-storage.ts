import type { StudyEvent } from "./study-event";
import type { StudyStorage } from "./study-storage";

/** Returns a storage that forgets everything with the process, for searches that need no journal. */
export function memoryStorage(events: readonly StudyEvent[] = []): StudyStorage {
  const kept = [...events];
  return {
    load: () => [...kept],
    append: (event) => {
      kept.push(event);
    },
    close: () => {},
  };
}
