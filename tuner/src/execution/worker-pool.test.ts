import { describe, expect, test, vi } from "vitest";
import { errorOf, listen, TRIAL_MODULE, useWorkers, workerTask } from "../testing/worker-trials";
import type { WorkerPoolOptions } from "./worker-pool";

const ES_MODULE = new URL("../../fixtures/workers/program.mjs", import.meta.url).pathname;
const workers = useWorkers();

describe("trials in processes", () => {
  test("run beside each other, each process with its share of the threads", async () => {
    const two = workers.shared;
    const [a, b] = [listen(), listen()];
    await Promise.all([two.run(workerTask("tell"), a.hooks), two.run(workerTask("tell"), b.hooks)]);
    expect(new Set([a.notes.pid, b.notes.pid, process.pid]).size).toBe(3);
    expect(a.notes.threads).toBe("3");
    const again = listen();
    await two.run(workerTask("tell"), again.hooks);
    expect([a.notes.pid, b.notes.pid]).toContain(again.notes.pid);
  });

  test("inherit preloads", async () => {
    const { hooks, notes } = listen();
    await workers.shared.run(workerTask("tell"), hooks);
    expect(String(notes.flags)).toMatch(/preload.tensorflow\.cjs/);
  });

  test("tell metrics, also those that are no numbers, and new parameters", async () => {
    const { hooks, reports, defined } = listen();
    await workers.shared.run(workerTask("define"), hooks);
    await workers.shared.run(workerTask("score"), hooks);
    expect(defined).toEqual(["fresh"]);
    expect(reports).toEqual([
      { score: 1, step: 0 },
      { score: Number.NaN, step: 0 },
    ]);
  });

  test("come from an ES module, too, whose factory may take its time", async () => {
    const { hooks, reports } = listen();
    await workers
      .pool({ program: { module: ES_MODULE, factory: "make", data: 7 } })
      .run(workerTask(""), hooks);
    expect(reports).toEqual([{ score: 7, step: 0 }]);
  });

  test("are pruned by the answer to a report", async () => {
    const report = async (_: unknown, step: number) => (step === 4 ? "too bad" : undefined);
    const error = await errorOf(workers.shared.run(workerTask("judged"), listen({ report }).hooks));
    expect([error.name, error.message]).toEqual(["PrunedTrialError", "too bad"]);
  });

  test("are told of a report that can't be, and of a parameter", async () => {
    const { DefinitionError } = workers.errors;
    const refuse = () => {
      throw new DefinitionError("refused", "not this way");
    };
    const one = workers.pool();
    const report = async () => refuse();
    for (const hooks of [listen({ report }).hooks, listen({ define: refuse }).hooks]) {
      const error = await errorOf(one.run(workerTask("define"), hooks));
      expect(error).toBeInstanceOf(DefinitionError);
      expect(error.message).toBe("not this way");
    }
    await one.run(workerTask("tell"), listen().hooks);
  });

  test("can't speak for the next one when they are over", async () => {
    const one = workers.pool();
    await one.run(workerTask("late"), listen().hooks);
    const next = listen();
    await one.run(workerTask("score", { wait: 60, x: 1 }), next.hooks);
    expect(next.notes).toEqual({});
  });

  test("print where this process prints", async () => {
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const one = workers.pool();
      await one.run(workerTask("print"), listen().hooks);
      await one.close();
      expect(out.mock.calls.join("")).toContain("printed by a worker\n");
      expect(err.mock.calls.join("")).toContain("warned by a worker\n");
    } finally {
      vi.restoreAllMocks();
    }
  });
});

test("errors keep their class, their words and their data", async () => {
  const { DefinitionError, FailedTrialError, PrunedTrialError } = workers.errors;
  const thrown = async (act: string) =>
    errorOf(workers.shared.run(workerTask(act), listen().hooks));
  expect(await thrown("pruned")).toBeInstanceOf(PrunedTrialError);
  const failed = await thrown("failed");
  expect(failed).toBeInstanceOf(FailedTrialError);
  expect([failed.message, failed.data]).toEqual(["hopeless", { reason: 1 }]);
  const definition = await thrown("definition");
  expect(definition).toBeInstanceOf(DefinitionError);
  expect([definition.code, definition.data]).toEqual(["bad-thing", { thing: "x" }]);
  const range = await thrown("range");
  expect([range.name, range.message]).toEqual(["RangeError", "too far"]);
  expect(range.stack).toContain("program.cjs");
  expect((await thrown("text")).message).toBe("just text");
  expect((await thrown("function")).message).toMatch(/can't cross/);
});

describe("a program that can't be", () => {
  const wrong = async (program: Partial<WorkerPoolOptions["program"]>) =>
    errorOf(
      workers
        .pool({ program: { module: TRIAL_MODULE, ...program } })
        .run(workerTask(""), listen().hooks),
    );

  test("is told of in words", async () => {
    const { DefinitionError } = workers.errors;
    const errors = await Promise.all([
      wrong({ module: "/nowhere.cjs" }),
      wrong({ factory: "notAFunction" }),
      wrong({ factory: "noProgram" }),
    ]);
    for (const error of errors) expect(error).toBeInstanceOf(DefinitionError);
    expect(errors.map(({ code }) => code)).toEqual(["no-module", "no-export", "no-program"]);
    expect((await wrong({ factory: "broken", data: 1 })).message).toBe("broken factory");
  });

  test("nor can these options", () => {
    expect(() => workers.pool({ count: 0 })).toThrow(
      /count of workerPool is 0: expected a whole number from 1 up/,
    );
    expect(() => workers.pool({ threads: 0.5 })).toThrow(/threads/);
    expect(() => workers.pool({ trialTimeout: 0 })).toThrow(/trialTimeout/);
    expect(() => workers.pool({ program: { module: "here.cjs" } })).toThrow(/absolute/);
  });
});
