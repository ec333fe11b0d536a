import { describe, expect, it, vi } from "vitest";
import { DefinitionError, StorageError } from "../errors";
import { gridSearch } from "../oracles/grid-search";
import { hyperband } from "../oracles/hyperband";
import type { Oracle } from "../oracles/oracle";
import { randomSearch } from "../oracles/random-search";
import { makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import type { StudyEvent } from "../storage/study-event";
import { ArrayStorage } from "../testing/array-storage";
import { runStudy } from "../testing/run-study";
import { runTrial, SCORE, SMALL_SPACE, smallStudy } from "../testing/small-study";
import { Study } from "./study";
import type { StudyOptions } from "./study-options";

describe("a study that is read back", () => {
  const options = { objectives: SCORE, space: SMALL_SPACE, maxRetriesPerTrial: 1, clock: () => 7 };

  it("knows what it knew", () => {
    const storage = new ArrayStorage();
    const oracle = hyperband({ maxEpochs: 4, factor: 2, seed: 3 });
    const before = new Study({ ...options, oracle, storage });
    before.enqueue({ units: 64 });
    before.enqueue({ units: 96 });
    runStudy(before, { workers: 3, ends: 7, score: ({ number }, epoch) => number * epoch });
    const after = new Study({ ...options, oracle, storage });
    expect(after.trials).toEqual(before.trials);
    expect(after.running).toEqual(before.running);
    expect(after.ended).toEqual(before.ended);
    expect(after.seedState).toBe(before.seedState);
    expect(after.space).toEqual(before.space);
  });

  it("keeps the seed that was left to chance", () => {
    const storage = new ArrayStorage();
    const first = new Study({ ...options, oracle: randomSearch({ maxTrials: 3 }), storage });
    const ask = first.ask();
    const again = new Study({ ...options, oracle: randomSearch({ maxTrials: 3 }), storage });
    expect(again.ask()).toMatchObject({ trial: ask.status === "RUNNING" ? ask.trial : {} });
    expect(again.seedState).toBe(first.seedState);
  });

  it.each<[string, Partial<StudyOptions>, RegExp]>([
    ["oracle", { oracle: gridSearch({ seed: 1 }) }, /the oracle was "random", is now "grid"/],
    ["option", { oracle: randomSearch({ maxTrials: 9, seed: 1 }) }, /maxTrials was 8, is now 9/],
    ["seed", { oracle: randomSearch({ maxTrials: 8, seed: 2 }) }, /the seed was 1, is now 2/],
    ["objective", { objectives: "loss" }, /score \(max\).*loss \(min\)/],
  ])("is refused with another %s", (_, other, message) => {
    const storage = new ArrayStorage();
    const oracle: Oracle = randomSearch({ maxTrials: 8, seed: 1 });
    new Study({ ...options, oracle, storage });
    expect(() => new Study({ ...options, oracle, ...other, storage })).toThrow(StorageError);
    expect(() => new Study({ ...options, oracle, ...other, storage })).toThrow(message);
    expect(() => new Study({ ...options, oracle, storage })).not.toThrow();
  });

  it("is refused with a space that contradicts its own", () => {
    const storage = new ArrayStorage();
    const oracle = randomSearch({ maxTrials: 8, seed: 1 });
    new Study({ ...options, oracle, storage });
    const other = new SearchSpace([makeInt("units", { min: 1, max: 2 }, [])]);
    expect(() => new Study({ ...options, oracle, storage, space: other })).toThrow(DefinitionError);
  });

  it("does not go on with what could not be stored", () => {
    const storage = new ArrayStorage();
    const search = smallStudy({ storage });
    vi.spyOn(storage, "append").mockImplementation((event: StudyEvent) => {
      throw new StorageError("disk-full", `no room for ${event.type}`);
    });
    expect(() => search.ask()).toThrow("no room for start");
    expect(search.trials).toEqual([]);
  });
});

it("draws that came to nothing are not drawn again after a crash", () => {
  const storage = new ArrayStorage();
  const tiny = new SearchSpace([makeInt("n", { min: 1, max: 1 }, [])]);
  const oracle = randomSearch({ maxTrials: 8, seed: 1 });
  const search = smallStudy({ oracle, space: tiny, storage });
  runTrial(search, 1);
  expect(search.ask()).toEqual({ status: "STOPPED" });
  expect(search.seedState).toBe(1 + 1 + 21);
  expect(smallStudy({ oracle, space: tiny, storage }).seedState).toBe(search.seedState);
});
