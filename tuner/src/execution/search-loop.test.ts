import { describe, expect, test } from "vitest";
import { DefinitionError, FailedTrialError, PrunedTrialError, WorkerError } from "../errors";
import { bayesianOptimization } from "../oracles/bayesian-optimization";
import { hyperband } from "../oracles/hyperband";
import type { Oracle } from "../oracles/oracle";
import { randomSearch } from "../oracles/random-search";
import { medianPruner } from "../pruners/percentile-pruner";
import { defineSpace, float, int } from "../search-space/declared-space";
import { Study } from "../study/study";
import { ArrayStorage } from "../testing/array-storage";
import { runSearch, type SearchLoopOptions } from "./search-loop";
import type { Executor, TrialProgram, TrialTask } from "./trial-program";

const space = defineSpace({ x: float({ min: -2, max: 2 }), n: int({ min: 1, max: 5 }) });

/** Learns by and by; how fast the process is does not matter to the numbers. */
const learn: TrialProgram = async ({ values, budget, seed }, hooks) => {
  const { initialEpoch = 0, epochs = 4 } = budget ?? {};
  for (let epoch = initialEpoch; epoch < epochs; epoch++) {
    await pause();
    hooks.signal.throwIfAborted();
    const score = (Number(values.x) - 1) ** 2 + (seed % 7) / (epoch + 1);
    const reason = await hooks.report({ score }, epoch);
    if (reason !== undefined) throw new PrunedTrialError(reason);
  }
};

/** A while that nobody knows before. */
async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
}

/** Runs as many trials at a time as there are workers, the others in the order of the calls. */
function workers(width: number, program: TrialProgram): Executor & { readonly most: number } {
  let running = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  return {
    width,
    get most() {
      return most;
    },
    async run(task, hooks) {
      if (running === width) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      most = Math.max(most, running);
      try {
        await program(task, hooks);
      } finally {
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
    async close() {},
  };
}

function study(oracle: Oracle, more: Partial<ConstructorParameters<typeof Study>[0]> = {}): Study {
  return new Study({
    space,
    objectives: { name: "score", direction: "min" },
    oracle,
    maxConsecutiveFailedTrials: 100,
    ...more,
  });
}

const random = (maxTrials = 12) => randomSearch({ maxTrials, seed: 7 });

/** What must not depend on the number of workers. */
const facts = ({ trials, ended }: Study) => ({
  trials: trials.map(({ id, values, status, score, message, budget }) => ({
    id,
    values,
    status,
    score,
    message,
    budget,
  })),
  ended: ended.map(({ id }) => id),
});

const search = (
  of: Study,
  width: number,
  more: Partial<SearchLoopOptions> = {},
  program: TrialProgram = learn,
) => runSearch({ study: of, executor: workers(width, program), width: 4, ...more });

/** Fails, and falls over, now and then; by the trial's own numbers. */
const stumble: TrialProgram = async (task, hooks) => {
  await learn(task, hooks);
  if (task.number % 5 === 2) throw new FailedTrialError("hopeless");
  if (task.number % 5 === 4) throw new WorkerError("worker-ended", "it fell over");
};

const searches: readonly [string, () => Study, TrialProgram][] = [
  ["random search", () => study(random(9)), learn],
  ["Hyperband", () => study(hyperband({ maxEpochs: 4, factor: 2, seed: 7 })), learn],
  [
    "Bayesian optimization",
    () => study(bayesianOptimization({ maxTrials: 8, numInitialPoints: 4, seed: 7 })),
    learn,
  ],
  ["a pruner", () => study(random(16), { pruner: medianPruner({ startupTrials: 2 }) }), learn],
  ["trials that fail", () => study(random(9), { maxRetriesPerTrial: 1 }), stumble],
];

describe("with a fixed width", () => {
  test.each(searches)(
    "%s gives the same trials for 1, 2 and 3 workers of any speed",
    async (_, make, program) => {
      const [one, ...others] = await Promise.all(
        [1, 2, 3, 3].map(async (width) => {
          const searched = make();
          await search(searched, width, {}, program);
          return facts(searched);
        }),
      );
      for (const other of others) expect(other).toEqual(one);
    },
  );

  test.each(searches)(
    "%s that is broken off after any event ends as if it had not been",
    async (_, make, program) => {
      const whole = make();
      let events = 0;
      whole.on(() => {
        events++;
      });
      await search(whole, 2, {}, program);
      const { oracle, pruner } = whole;
      const maxRetriesPerTrial = program === stumble ? 1 : 0;
      const brokenOff = async (after: number) => {
        const storage = new ArrayStorage();
        const settings = { storage, pruner, maxRetriesPerTrial };
        const begun = study(oracle, settings);
        const abort = new AbortController();
        let count = 0;
        begun.on(() => {
          if (++count === after) abort.abort();
        });
        expect(await search(begun, 3, { signal: abort.signal }, program)).toBe("aborted");
        const stored = new ArrayStorage(storage.load());
        const resumed = study(oracle, { ...settings, storage: stored });
        expect(await search(resumed, 2, {}, program)).toBe("finished");
        return facts(resumed);
      };
      // Every third one: a trial has seven, so all kinds of them have their turn.
      const points = Array.from({ length: Math.floor(events / 3) }, (_, i) => 3 * i + 1);
      const all = await Promise.all(points.map(brokenOff));
      for (const [i, one] of all.entries()) {
        expect(one, `after ${points[i]} events`).toEqual(facts(whole));
      }
    },
  );

  test("a limit of epochs ends it after the same trials", async () => {
    const counts = await Promise.all(
      [1, 2, 3].map(async (width) => {
        const searched = study(random());
        expect(await search(searched, width, { limits: { maxEpochs: 18 } })).toBe("epochs");
        return searched.trials.length;
      }),
    );
    expect(new Set(counts).size).toBe(1);
    // Four trials of four epochs are on their way at first; each that ends begins another.
    expect(counts[0]).toBe(8);
  });
});

describe("without", () => {
  test("all workers have a trial at a time, and all trials are run", async () => {
    const searched = study(random());
    const executor = workers(3, learn);
    expect(await runSearch({ study: searched, executor })).toBe("finished");
    expect(executor.most).toBe(3);
    expect(searched.trials.every(({ status }) => status === "COMPLETED")).toBe(true);
    expect(searched.trials).toHaveLength(12);
  });

  test("an abort keeps what has ended, and the rest is run when it goes on", async () => {
    const searched = study(random());
    const abort = new AbortController();
    searched.on((event) => {
      // It has just begun, so it can't have ended by then; five others at least have.
      if (event.type === "start" && event.trial === 6) abort.abort();
    });
    const executor = workers(2, learn);
    expect(await runSearch({ study: searched, executor, signal: abort.signal })).toBe("aborted");
    const ended = facts(searched).trials.filter(({ status }) => status === "COMPLETED");
    expect(ended.length).toBeGreaterThanOrEqual(5);
    expect(searched.running.size).toBe(0);
    expect(searched.trials.some(({ status }) => status === "WAITING")).toBe(true);
    expect(await runSearch({ study: searched, executor })).toBe("finished");
    expect(facts(searched).trials).toEqual(expect.arrayContaining(ended));
    expect(searched.trials.every(({ status, runs }) => status === "COMPLETED" && runs <= 2)).toBe(
      true,
    );
  });

  test("one that is aborted before begins no trial", async () => {
    const searched = study(random());
    const executor = workers(2, learn);
    expect(await runSearch({ study: searched, executor, signal: AbortSignal.abort() })).toBe(
      "aborted",
    );
    expect(searched.trials).toEqual([]);
  });
});

describe("what a trial throws", () => {
  const after = async (error: unknown, more: Partial<SearchLoopOptions> = {}) => {
    const searched = study(random(2), { maxRetriesPerTrial: 1 });
    const program = async ({ number }: TrialTask, hooks: Parameters<TrialProgram>[1]) => {
      await hooks.report({ score: 1 }, 0);
      if (number === 0) throw error;
    };
    let thrown: unknown;
    try {
      await runSearch({ study: searched, executor: workers(1, program), ...more });
    } catch (caught) {
      thrown = caught;
    }
    const { status, runs, message } = searched.trial("0");
    return { status, runs, message, thrown };
  };

  test.each([
    ["of a pruner ends it as pruned", new PrunedTrialError("slow"), "PRUNED", 1, "slow"],
    ["to give up fails it", new FailedTrialError("hopeless"), "FAILED", 1, "hopeless"],
    ["of a process is tried again", new WorkerError("worker-ended", "gone"), "FAILED", 2, "gone"],
    ["of any other kind is tried again", new RangeError("far"), "FAILED", 2, "far"],
    ["that is no error is tried again", "a word", "FAILED", 2, "a word"],
  ])("%s", async (_, error, status, runs, message) => {
    for (const width of [undefined, 2]) {
      const found = await after(error, { width });
      expect(found).toMatchObject({ status, runs, thrown: undefined });
      expect(found.message).toContain(message);
    }
  });

  test("of a definition ends the search with it", async () => {
    const error = new DefinitionError("wrong", "mend it");
    expect(await after(error)).toMatchObject({ status: "FAILED", runs: 1, thrown: error });
  });
});
