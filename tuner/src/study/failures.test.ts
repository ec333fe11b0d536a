import { describe, expect, it } from "vitest";
import { SearchError } from "../errors";
import { runTrial, smallStudy } from "../testing/small-study";

describe("retries", () => {
  it("come before anything new, last one first, and end in failure", () => {
    const search = smallStudy({ maxRetriesPerTrial: 1 });
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
    const search = smallStudy({ maxRetriesPerTrial: 1 });
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
    const search = smallStudy({ maxRetriesPerTrial: 1 });
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
    const search = smallStudy({ maxConsecutiveFailedTrials: 2 });
    const fail = () => {
      const answer = search.ask();
      const id = answer.status === "RUNNING" ? answer.trial.id : "none";
      return search.end(id, { status: "FAILED", message: "shape mismatch" });
    };
    fail();
    runTrial(search, 1);
    fail();
    expect(fail).toThrow(SearchError);
    expect(search.trials.map(({ status }) => status)).toEqual([
      "FAILED",
      "COMPLETED",
      "FAILED",
      "FAILED",
    ]);
    expect(fail).toThrow(/3 trials failed in a row.*shape mismatch/);
    expect(runTrial(search, 1)).toBe("5");
  });
});

describe("interrupted trials", () => {
  it("are tried again, last first, without counting as tries", () => {
    const search = smallStudy();
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
    const search = smallStudy({ maxRetriesPerTrial: 1 });
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
    const search = smallStudy();
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
