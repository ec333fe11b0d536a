import { describe, expect, it } from "vitest";
import { DefinitionError } from "../errors";
import { hyperband } from "../oracles/hyperband";
import { randomSearch } from "../oracles/random-search";
import { makeFloat, makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import { runStudy } from "../testing/run-study";
import { smallStudy } from "../testing/small-study";

describe("enqueued values", () => {
  it("are tried first, in their order, with defaults for what they don't name", () => {
    const search = smallStudy();
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
    const search = smallStudy({ oracle: randomSearch({ maxTrials: 2, seed: 42 }) });
    search.enqueue({ units: 352, rate: 0.01 });
    search.ask("a");
    expect(search.ask("b")).toMatchObject({ trial: { values: { units: 224, rate: 0.01 } } });
    expect(search.ask("c")).toEqual({ status: "STOPPED" });
  });

  it("get a place in the next bracket of Hyperband", () => {
    const search = smallStudy({ oracle: hyperband({ maxEpochs: 9, seed: 1 }) });
    search.enqueue({});
    expect(search.ask()).toMatchObject({
      trial: { budget: { epochs: 1, bracket: 2, bracketNumber: 0, round: 0 } },
    });
    runStudy(search, { workers: 2, score: ({ number }) => number });
    expect(search.trials).toHaveLength(23);
  });

  it.each([{ units: 33 }, { rate: 1 }, { unit: 32 }])("can't be %j", (values) => {
    expect(() => smallStudy().enqueue(values)).toThrow(DefinitionError);
  });
});

describe("a warm start", () => {
  const source = smallStudy();
  runStudy(source, { score: ({ values }) => Number(values.units) });

  it("takes over what was found, without counting it against maxTrials", () => {
    const search = smallStudy({ oracle: randomSearch({ maxTrials: 2, seed: 42 }) });
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
    expect(smallStudy({ space: small }).import(source)).toHaveLength(
      source.trials.filter(({ values }) => Number(values.units) <= 256).length,
    );
    const other = new SearchSpace([makeFloat("momentum", { min: 0, max: 1 }, [])]);
    expect(smallStudy({ space: other }).import(source)).toEqual([]);
  });

  it("takes of a promoted trial only its last continuation", () => {
    const promoted = smallStudy({ oracle: hyperband({ maxEpochs: 4, factor: 2, seed: 1 }) });
    runStudy(promoted, { score: ({ number }) => number });
    const continued = promoted.trials.filter(({ budget }) => budget?.promotedFrom !== undefined);
    expect(smallStudy().import(promoted)).toHaveLength(promoted.trials.length - continued.length);
  });

  it("refuses other objectives", () => {
    expect(() => smallStudy({ objectives: "loss" }).import(source)).toThrow(
      /looked for score \(max\)/,
    );
  });
});
