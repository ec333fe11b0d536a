import { describe, expect, it } from "vitest";
import { memoryStorage } from "./memory-storage";
import type { StudyEvent } from "./study-event";
import { studyEvent } from "./testing/event-sequences";
import { describeStorage } from "./testing/storage-suite";

describeStorage("memory", () => {
  let kept: readonly StudyEvent[] = [];
  return {
    open() {
      const storage = memoryStorage(kept);
      return {
        ...storage,
        append(event) {
          storage.append(event);
          kept = storage.load();
        },
      };
    },
    remove() {},
  };
});

describe("memoryStorage", () => {
  it("does not change the list that it was given", () => {
    const given: StudyEvent[] = [];
    memoryStorage(given).append(studyEvent("s"));
    expect(given).toEqual([]);
  });
});
