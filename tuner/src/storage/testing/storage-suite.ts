import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StudyStorage } from "../study-storage";
import { eventSequences, studyEvent } from "./event-sequences";

/** Somewhere a study can be kept. */
export interface StoragePlace {
  /** Opens the study that is kept here; once at a time. */
  open(): StudyStorage;
  /** Leaves nothing behind. */
  remove(): void;
}

/** Defines the tests that every storage must pass. */
export function describeStorage(name: string, makePlace: () => StoragePlace): void {
  describe(`${name} as a storage`, () => {
    it("is empty at first, and closes twice", () => {
      const place = makePlace();
      const storage = place.open();
      expect(storage.load()).toEqual([]);
      storage.close();
      storage.close();
      place.remove();
    });

    it("gives back every sequence of events exactly, at once and after opening it again", () => {
      fc.assert(
        fc.property(eventSequences(), (events) => {
          const place = makePlace();
          const storage = place.open();
          for (const event of events) storage.append(event);
          const live = storage.load();
          storage.close();
          const again = place.open();
          const loaded = again.load();
          again.close();
          place.remove();
          // Vitest's toStrictEqual takes a key "constructor" for the object's class.
          deepStrictEqual(live, events);
          deepStrictEqual(loaded, events);
        }),
        { numRuns: 40 },
      );
    });

    it("goes on where it was left", () => {
      const place = makePlace();
      const events = [studyEvent("s"), { type: "draws", seedState: 1 }] as const;
      for (const event of events) {
        const storage = place.open();
        storage.append(event);
        storage.close();
      }
      const storage = place.open();
      const loaded = storage.load();
      storage.close();
      place.remove();
      expect(loaded).toStrictEqual(events);
    });

    it("keeps what it returned from changes by append", () => {
      const place = makePlace();
      const storage = place.open();
      storage.append(studyEvent("s"));
      const before = storage.load();
      storage.append({ type: "draws", seedState: 1 });
      storage.close();
      place.remove();
      expect(before).toStrictEqual([studyEvent("s")]);
    });
  });
}
