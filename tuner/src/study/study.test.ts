import { describe, expect, it, vi } from "vitest";
import { DefinitionError, SearchError, StorageError } from "../errors";
import { gridSearch } from "../oracles/grid-search";
import { hyperband } from "../oracles/hyperband";
import type { Oracle } from "../oracles/oracle";
import { randomSearch } from "../oracles/random-search";
import type { Pruner } from "../pruners/pruner";
import { makeChoice, makeFloat, makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import type { StudyEvent } from "../storage/study-event";
import { ArrayStorage } from "../testing/array-storage";
import { runStudy } from "../testing/run-study";
import { Study } from "./study";
import type { StudyOptions } from "./study-options";

const space = new SearchSpace([
  makeInt("units", { min: 32, max: 512, step: 32 }, []),
  makeChoice("rate", [0.01, 0.001, 0.0001], {}, []),
]);
const score = { name: "score", direction: "max" } as const;

function study(options: Partial<StudyOptions> = {}): Study {
  const oracle = randomSearch({ maxTrials: 8, seed: 42 });
  return new Study({ oracle, objectives: score, space, clock: () => 7, ...options });
}

/** Asks, reports, ends. */
function run(search: Study, value: number, worker = "0"): string {
  const answer = search.ask(worker);
  if (answer.status !== "RUNNING") {
    throw new Error(answer.status);
  }
  search.report(answer.trial.id, { score: value });
  return search.end(answer.trial.id, { status: "COMPLETED" }).id;
}

describe("a trial", () => {
  it("is handed out, reports, ends, and has the best mean as its score", () => {
    const search = study();
    const answer = search.ask();
    expect(answer).toMatchObject({
      status: "RUNNING",
      again: false,
      trial: { id: "0", number: 0, status: "RUNNING", values: { units: 352, rate: 0.01 }, runs: 1 },
    });
    search.report("0", { score: 0.5, other: 3 }, 0);
    search.report("0", { score: 1 }, 1);
    search.report("0", { score: 0.25 }, 1);
    expect(search.end("0", { status: "COMPLETED" })).toMatchObject({
      status: "COMPLETED",
      score: 0.625,
      bestStep: 1,
      startedAt: 7,
      endedAt: 7,
    });
    expect(search.running.size).toBe(0);
    expect(search.ended.map(({ id }) => id)).toEqual(["0"]);
  });

  it("is the worker's until it ends", () => {
    const search = study();
    search.ask("a");
    expect(search.ask("a")).toMatchObject({ again: true, trial: { id: "0" } });
    expect(search.ask("b")).toMatchObject({ again: false, trial: { id: "1" } });
  });

  it.each(["report", "end"] as const)("can't %s unless it is running", (method) => {
    const search = study();
    run(search, 1);
    const call = () =>
      method === "report"
        ? search.report("0", { score: 1 })
        : search.end("0", { status: "FAILED" });
    expect(call).toThrow(/trial 0 is COMPLETED/);
    expect(() => search.trial("9")).toThrow(DefinitionError);
    expect(() => search.trial("00")).toThrow(DefinitionError);
  });

  it("must report the objective", () => {
    const search = study();
    search.ask();
    expect(() => search.report("0", { loss: 1 })).toThrow(/"score".*loss/);
    expect(() => search.end("0", { status: "COMPLETED" })).toThrow(/without a report/);
  });

  it("keeps what was noted about it", () => {
    const search = study();
    run(search, 1);
    search.note("0", { checkpoint: "a" });
    search.note("0", { device: "cpu" });
    expect(search.trial("0").attributes).toEqual({ checkpoint: "a", device: "cpu" });
  });
});

describe("retries", () => {
  it("come before anything new, last one first, and end in failure", () => {
    const search = study({ maxRetriesPerTrial: 1 });
    for (const worker of ["a", "b", "c"]) {
      search.ask(worker);
    }
    expect(search.end("1", { status: "INVALID", message: "no memory" })).toMatchObject({
      status: "INVALID",
      message: "no memory",
    });
    search.end("0", { status: "INVALID" });
    expect(search.retryQueue.map(({ id }) => id)).toEqual(["1", "0"]);
    expect(search.ask("d")).toMatchObject({ again: true, trial: { id: "0", runs: 2 } });
    expect(search.ask("e")).toMatchObject({ again: true, trial: { id: "1", runs: 2 } });
    expect(search.end("1", { status: "INVALID", message: "again" })).toMatchObject({
      status: "FAILED",
      message: "again",
    });
    expect(search.ended.map(({ id }) => id)).toEqual(["1"]);
  });

  it("are made for a score that is no number, not for one that failed for good", () => {
    const search = study({ maxRetriesPerTrial: 1 });
    search.ask("a");
    search.report("0", { score: Number.NaN });
    expect(search.end("0", { status: "COMPLETED" })).toMatchObject({
      status: "INVALID",
      message: "score is NaN at every step",
    });
    search.ask("a");
    expect(search.end("0", { status: "FAILED" }).status).toBe("FAILED");
  });

  it("average their reports with those of the run that broke off", () => {
    const search = study({ maxRetriesPerTrial: 1 });
    search.ask();
    search.report("0", { score: 1 }, 3);
    search.end("0", { status: "INVALID" });
    search.ask();
    search.report("0", { score: 2 }, 3);
    expect(search.end("0", { status: "COMPLETED" })).toMatchObject({ score: 1.5, bestStep: 3 });
  });
});

describe("failures in a row", () => {
  it("end the search at the limit, with the last one's message", () => {
    const search = study({ maxConsecutiveFailedTrials: 2 });
    const fail = () => {
      const answer = search.ask();
      const id = answer.status === "RUNNING" ? answer.trial.id : "none";
      return search.end(id, { status: "FAILED", message: "shape mismatch" });
    };
    fail();
    run(search, 1);
    fail();
    expect(fail).toThrow(SearchError);
    expect(search.trials.map(({ status }) => status)).toEqual([
      "FAILED",
      "COMPLETED",
      "FAILED",
      "FAILED",
    ]);
    expect(fail).toThrow(/3 trials failed in a row.*shape mismatch/);
    expect(run(search, 1)).toBe("5");
  });
});

describe("interrupted trials", () => {
  it("are tried again, last first, without counting as tries", () => {
    const search = study();
    search.ask("a");
    search.ask("b");
    search.ask("c");
    expect(search.interrupted("b").map(({ id }) => id)).toEqual(["1"]);
    expect(search.interrupted().map(({ id }) => id)).toEqual(["0", "2"]);
    expect(search.retryQueue.map(({ id, status }) => [id, status])).toEqual([
      ["1", "WAITING"],
      ["0", "WAITING"],
      ["2", "WAITING"],
    ]);
    expect(search.ask("a")).toMatchObject({ again: true, trial: { id: "2", runs: 2 } });
    expect(search.end("2", { status: "INVALID" }).status).toBe("FAILED");
  });

  it("leave no trace in the scores, however often they are repeated", () => {
    const search = study({ maxRetriesPerTrial: 1 });
    search.ask();
    search.report("0", { score: 0.4 }, 0);
    search.end("0", { status: "INVALID" });
    for (let kill = 0; kill < 3; kill++) {
      search.ask();
      search.report("0", { score: 0.1 }, 0);
      search.report("0", { score: 0.7 }, 1);
      search.interrupted();
    }
    search.ask();
    search.report("0", { score: 0.1 }, 0);
    expect(search.trial("0").metrics.get("score")).toEqual([{ step: 0, values: [0.4, 0.1] }]);
  });

  it("go on from a checkpoint with what they had reported before it", () => {
    const search = study();
    search.ask();
    search.report("0", { score: 1 }, 0);
    search.report("0", { score: 2 }, 1);
    search.report("0", { score: 3 }, 2);
    search.interrupted();
    search.ask();
    search.report("0", { score: 4 }, 2);
    expect(search.trial("0").metrics.get("score")).toEqual([
      { step: 0, values: [1] },
      { step: 1, values: [2] },
      { step: 2, values: [4] },
    ]);
  });
});

describe("enqueued values", () => {
  it("are tried first, in their order, with defaults for what they don't name", () => {
    const search = study();
    expect(search.enqueue({ rate: 0.001 })).toMatchObject({
      id: "0",
      status: "WAITING",
      values: { units: 32, rate: 0.001 },
    });
    search.enqueue({ units: 64 });
    expect(search.ask("a")).toMatchObject({ again: false, trial: { id: "0", runs: 1 } });
    expect(search.ask("b")).toMatchObject({
      trial: { id: "1", values: { units: 64, rate: 0.01 } },
    });
    expect(search.ask("c")).toMatchObject({ trial: { id: "2", values: { units: 352 } } });
  });

  it("count against maxTrials, and are not proposed again", () => {
    const search = study({ oracle: randomSearch({ maxTrials: 2, seed: 42 }) });
    search.enqueue({ units: 352, rate: 0.01 });
    search.ask("a");
    expect(search.ask("b")).toMatchObject({ trial: { values: { units: 224, rate: 0.01 } } });
    expect(search.ask("c")).toEqual({ status: "STOPPED" });
  });

  it("get a place in the next bracket of Hyperband", () => {
    const search = study({ oracle: hyperband({ maxEpochs: 9, seed: 1 }) });
    search.enqueue({});
    expect(search.ask()).toMatchObject({
      trial: { budget: { epochs: 1, bracket: 2, bracketNumber: 0, round: 0 } },
    });
    runStudy(search, { workers: 2, score: ({ number }) => number });
    expect(search.trials).toHaveLength(23);
  });

  it.each([{ units: 33 }, { rate: 1 }, { unit: 32 }])("can't be %j", (values) => {
    expect(() => study().enqueue(values)).toThrow(DefinitionError);
  });
});

describe("a warm start", () => {
  const source = study();
  runStudy(source, { score: ({ values }) => Number(values.units) });

  it("takes over what was found, without counting it against maxTrials", () => {
    const search = study({ oracle: randomSearch({ maxTrials: 2, seed: 42 }) });
    const taken = search.import(source);
    expect(taken.map(({ values }) => values)).toEqual(source.trials.map(({ values }) => values));
    expect(taken[0]).toMatchObject({
      runs: 0,
      status: "COMPLETED",
      attributes: { origin: "study/0" },
    });
    expect(search.best()[0].score).toBe(512);
    const ids = runStudy(search, { score: () => 0 });
    expect(ids).toHaveLength(2);
    const tried = search.trials.map(({ values }) => JSON.stringify(values));
    expect(new Set(tried).size).toBe(10);
  });

  it("leaves out values that the space does not allow", () => {
    const small = new SearchSpace([makeInt("units", { min: 32, max: 256, step: 32 }, [])]);
    expect(study({ space: small }).import(source)).toHaveLength(
      source.trials.filter(({ values }) => Number(values.units) <= 256).length,
    );
    const other = new SearchSpace([makeFloat("momentum", { min: 0, max: 1 }, [])]);
    expect(study({ space: other }).import(source)).toEqual([]);
  });

  it("takes of a promoted trial only its last continuation", () => {
    const promoted = study({ oracle: hyperband({ maxEpochs: 4, factor: 2, seed: 1 }) });
    runStudy(promoted, { score: ({ number }) => number });
    const continued = promoted.trials.filter(({ budget }) => budget?.promotedFrom !== undefined);
    expect(study().import(promoted)).toHaveLength(promoted.trials.length - continued.length);
  });

  it("refuses other objectives", () => {
    expect(() => study({ objectives: "loss" }).import(source)).toThrow(/looked for score \(max\)/);
  });
});

describe("a pruner", () => {
  it("is asked about a running trial at its highest step", () => {
    const judge = vi.fn<Pruner["judge"]>(() => "too slow");
    const search = study({ pruner: { name: "strict", judge } });
    run(search, 1);
    search.ask();
    expect(search.prunedBecause("1")).toBeUndefined();
    search.report("1", { score: 1 }, 4);
    expect(search.prunedBecause("1")).toBe("too slow");
    expect(judge).toHaveBeenCalledWith(search.trial("1"), [search.trial("0")], score);
    search.report("1", { score: 1 }, 3);
    expect(search.prunedBecause("1")).toBeUndefined();
    expect(search.end("1", { status: "PRUNED", message: "too slow" })).toMatchObject({
      status: "PRUNED",
      score: 1,
      bestStep: 3,
      message: "too slow",
    });
    expect(search.best(9).map(({ id }) => id)).toEqual(["0"]);
  });
});

describe("parameters that a trial meets", () => {
  it("have their defaults there, and become known when it ends", () => {
    const search = study();
    search.ask("a");
    const hp = search.hyperparameters("0");
    expect(hp.boolean("norm")).toBe(false);
    expect(hp.choice("kind", ["dense", "lstm"])).toBe("dense");
    hp.conditionalScope("kind", ["lstm"], (scope) => scope.int("cells", { min: 1, max: 4 }));
    expect(search.trial("0").values).toEqual({
      units: 352,
      rate: 0.01,
      norm: false,
      kind: "dense",
    });
    expect(search.ask("b")).toMatchObject({ trial: { values: { units: 224, rate: 0.01 } } });
    search.report("0", { score: 1 });
    search.end("0", { status: "COMPLETED" });
    expect(search.space.parameters.map(({ name }) => name)).toEqual([
      "units",
      "rate",
      "norm",
      "kind",
      "cells",
    ]);
    const answer = search.ask("a");
    expect(Object.keys(answer.status === "RUNNING" ? answer.trial.values : {})).toContain("kind");
  });

  it("must not contradict the space", () => {
    const search = study();
    search.ask();
    const hp = search.hyperparameters("0");
    expect(() => hp.int("units", { min: 1, max: 2 })).toThrow(DefinitionError);
  });

  it("change nothing once the trial is over", () => {
    const search = study();
    run(search, 1);
    const events = vi.fn();
    search.on(events);
    expect(search.hyperparameters("0").int("units", { min: 32, max: 512, step: 32 })).toBe(352);
    expect(search.hyperparameters("0").boolean("norm")).toBe(false);
    expect(events).not.toHaveBeenCalled();
  });
});

describe("listeners", () => {
  it("are told of every event, after it happened, until they leave", () => {
    const search = study();
    const told: string[] = [];
    const leave = search.on((event, { trials }) => told.push(`${event.type} ${trials.length}`));
    run(search, 1);
    leave();
    run(search, 1);
    expect(told).toEqual(["start 1", "report 1", "end 1"]);
  });
});

describe("a study that is read back", () => {
  const options = { objectives: score, space, maxRetriesPerTrial: 1, clock: () => 7 };

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
    const search = study({ storage });
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
  const search = study({ oracle, space: tiny, storage });
  run(search, 1);
  expect(search.ask()).toEqual({ status: "STOPPED" });
  expect(search.seedState).toBe(1 + 1 + 21);
  expect(study({ oracle, space: tiny, storage }).seedState).toBe(search.seedState);
});
