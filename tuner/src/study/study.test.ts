import { describe, expect, it, vi } from "vitest";
import { DefinitionError } from "../errors";
import type { Pruner } from "../pruners/pruner";
import { runTrial, SCORE, smallStudy } from "../testing/small-study";

describe("a trial", () => {
  it("is handed out, reports, ends, and has the best mean as its score", () => {
    const search = smallStudy();
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
    const search = smallStudy();
    search.ask("a");
    expect(search.ask("a")).toMatchObject({ again: true, trial: { id: "0" } });
    expect(search.ask("b")).toMatchObject({ again: false, trial: { id: "1" } });
  });

  it.each(["report", "end"] as const)("can't %s unless it is running", (method) => {
    const search = smallStudy();
    runTrial(search, 1);
    const call = () =>
      method === "report"
        ? search.report("0", { score: 1 })
        : search.end("0", { status: "FAILED" });
    expect(call).toThrow(/trial 0 is COMPLETED/);
    expect(() => search.trial("9")).toThrow(DefinitionError);
    expect(() => search.trial("00")).toThrow(DefinitionError);
  });

  it("must report the objective", () => {
    const search = smallStudy();
    search.ask();
    expect(() => search.report("0", { loss: 1 })).toThrow(/"score".*loss/);
    expect(() => search.end("0", { status: "COMPLETED" })).toThrow(/without a report/);
  });

  it("keeps what was noted about it", () => {
    const search = smallStudy();
    runTrial(search, 1);
    search.note("0", { checkpoint: "a" });
    search.note("0", { device: "cpu" });
    expect(search.trial("0").attributes).toEqual({ checkpoint: "a", device: "cpu" });
  });
});

describe("a pruner", () => {
  it("is asked about a running trial at its highest step", () => {
    const judge = vi.fn<Pruner["judge"]>(() => "too slow");
    const search = smallStudy({ pruner: { name: "strict", judge } });
    runTrial(search, 1);
    search.ask();
    expect(search.prunedBecause("1")).toBeUndefined();
    search.report("1", { score: 1 }, 4);
    expect(search.prunedBecause("1")).toBe("too slow");
    expect(judge).toHaveBeenCalledWith(search.trial("1"), [search.trial("0")], SCORE);
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
    const search = smallStudy();
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
    const search = smallStudy();
    search.ask();
    const hp = search.hyperparameters("0");
    expect(() => hp.int("units", { min: 1, max: 2 })).toThrow(DefinitionError);
  });

  it("change nothing once the trial is over", () => {
    const search = smallStudy();
    runTrial(search, 1);
    const events = vi.fn();
    search.on(events);
    expect(search.hyperparameters("0").int("units", { min: 32, max: 512, step: 32 })).toBe(352);
    expect(search.hyperparameters("0").boolean("norm")).toBe(false);
    expect(events).not.toHaveBeenCalled();
  });
});

describe("listeners", () => {
  it("are told of every event, after it happened, until they leave", () => {
    const search = smallStudy();
    const told: string[] = [];
    const leave = search.on((event, { trials }) => told.push(`${event.type} ${trials.length}`));
    runTrial(search, 1);
    leave();
    runTrial(search, 1);
    expect(told).toEqual(["start 1", "report 1", "end 1"]);
  });
});
