import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Scalar } from "../search-space/parameter";
import { type CompiledTuner, compileTuner } from "../testing/compiled-tuner";
import type { Executor, TrialHooks, TrialTask } from "./trial-program";
import type { WorkerPoolOptions } from "./worker-pool";

type Pools = typeof import("./worker-pool");
type Errors = typeof import("../errors");

const MODULE = new URL("../../fixtures/workers/program.cjs", import.meta.url).pathname;
const ES_MODULE = new URL("../../fixtures/workers/program.mjs", import.meta.url).pathname;

let tuner: CompiledTuner;
/** Of two processes, for tests that need none of their own. */
let shared: Executor;
beforeAll(() => {
  tuner = compileTuner();
  shared = pool({ count: 2, threads: 3 });
  open.pop();
});
afterAll(async () => {
  await shared.close();
  tuner.remove();
});

const open: Executor[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function pool(options: Partial<WorkerPoolOptions> = {}): Executor {
  const { workerPool } = tuner.load<Pools>("execution/worker-pool");
  const program = { module: MODULE, data: { tuner: tuner.folder } };
  const made = workerPool({ count: 1, program, ...options });
  open.push(made);
  return made;
}

const task = (act: string, values: Record<string, Scalar> = {}): TrialTask => ({
  id: "0000",
  number: 0,
  values: { act, ...values },
  parameters: [],
  budget: undefined,
  seed: 1,
  executions: 1,
});

/** Collects what a trial tells. */
function listen(over: Partial<TrialHooks> = {}) {
  const notes: Record<string, unknown> = {};
  const reports: unknown[] = [];
  const defined: string[] = [];
  const hooks: TrialHooks = {
    define: ({ name }) => void defined.push(name),
    report: async (metrics, step) => void reports.push({ ...metrics, step }),
    note: (attributes) => void Object.assign(notes, attributes),
    signal: new AbortController().signal,
    ...over,
  };
  return { hooks, notes, reports, defined };
}

/** Returns the error that a trial ends with. */
async function errorOf(run: Promise<void>): Promise<InstanceType<Errors["TunerError"]>> {
  try {
    await run;
  } catch (error) {
    return error as InstanceType<Errors["TunerError"]>;
  }
  throw new Error("it has completed");
}

/** A process that has ended and that nobody has asked about is a zombie (Z), where there are any. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (error) {
    return (error as NodeJS.ErrnoException).path?.startsWith("/proc") === true && !hasProc;
  }
}

const hasProc = existsSync("/proc/self/stat");

describe("trials in processes", () => {
  test("run beside each other, each process with its share of the threads", async () => {
    const two = shared;
    const [a, b] = [listen(), listen()];
    await Promise.all([two.run(task("tell"), a.hooks), two.run(task("tell"), b.hooks)]);
    expect(new Set([a.notes.pid, b.notes.pid, process.pid]).size).toBe(3);
    expect(a.notes.threads).toBe("3");
    const again = listen();
    await two.run(task("tell"), again.hooks);
    expect([a.notes.pid, b.notes.pid]).toContain(again.notes.pid);
  });

  test("inherit preloads", async () => {
    const { hooks, notes } = listen();
    await shared.run(task("tell"), hooks);
    expect(String(notes.flags)).toMatch(/preload.tensorflow\.cjs/);
  });

  test("tell metrics, also those that are no numbers, and new parameters", async () => {
    const { hooks, reports, defined } = listen();
    await shared.run(task("define"), hooks);
    await shared.run(task("score"), hooks);
    expect(defined).toEqual(["fresh"]);
    expect(reports).toEqual([
      { score: 1, step: 0 },
      { score: Number.NaN, step: 0 },
    ]);
  });

  test("come from an ES module, too, whose factory may take its time", async () => {
    const { hooks, reports } = listen();
    await pool({ program: { module: ES_MODULE, factory: "make", data: 7 } }).run(task(""), hooks);
    expect(reports).toEqual([{ score: 7, step: 0 }]);
  });

  test("are pruned by the answer to a report", async () => {
    const report = async (_: unknown, step: number) => (step === 4 ? "too bad" : undefined);
    const error = await errorOf(shared.run(task("judged"), listen({ report }).hooks));
    expect([error.name, error.message]).toEqual(["PrunedTrialError", "too bad"]);
  });

  test("are told of a report that can't be, and of a parameter", async () => {
    const { DefinitionError } = tuner.load<Errors>("errors");
    const refuse = () => {
      throw new DefinitionError("refused", "not this way");
    };
    const one = pool();
    const report = async () => refuse();
    for (const hooks of [listen({ report }).hooks, listen({ define: refuse }).hooks]) {
      const error = await errorOf(one.run(task("define"), hooks));
      expect(error).toBeInstanceOf(DefinitionError);
      expect(error.message).toBe("not this way");
    }
    await one.run(task("tell"), listen().hooks);
  });

  test("can't speak for the next one when they are over", async () => {
    const one = pool();
    await one.run(task("late"), listen().hooks);
    const next = listen();
    await one.run(task("score", { wait: 60, x: 1 }), next.hooks);
    expect(next.notes).toEqual({});
  });

  test("print where this process prints", async () => {
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const one = pool();
      await one.run(task("print"), listen().hooks);
      await one.close();
      expect(out.mock.calls.join("")).toContain("printed by a worker\n");
      expect(err.mock.calls.join("")).toContain("warned by a worker\n");
    } finally {
      vi.restoreAllMocks();
    }
  });
});

test("errors keep their class, their words and their data", async () => {
  const { DefinitionError, FailedTrialError, PrunedTrialError } = tuner.load<Errors>("errors");
  const thrown = async (act: string) => errorOf(shared.run(task(act), listen().hooks));
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
    errorOf(pool({ program: { module: MODULE, ...program } }).run(task(""), listen().hooks));

  test("is told of in words", async () => {
    const { DefinitionError } = tuner.load<Errors>("errors");
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
    expect(() => pool({ count: 0 })).toThrow(/count: expected a whole number from 1, got 0/);
    expect(() => pool({ threads: 0.5 })).toThrow(/threads/);
    expect(() => pool({ trialTimeout: 0 })).toThrow(/trialTimeout/);
    expect(() => pool({ program: { module: "here.cjs" } })).toThrow(/absolute/);
  });
});

describe("a process that ends takes its trial alone with it", () => {
  test("whether it exits, is killed or runs out of memory, and another takes its place", async () => {
    const { WorkerError } = tuner.load<Errors>("errors");
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const two = pool({ count: 2 });
    const other = two.run(task("score", { wait: 500, x: 1 }), listen().hooks);
    const exit = await errorOf(two.run(task("exit"), listen().hooks));
    expect(exit).toBeInstanceOf(WorkerError);
    expect(exit.message).toMatch(/ended with code 3.*last lines:\nthe last words/s);
    expect(exit.data).toMatchObject({ exitCode: 3, signal: null });
    const killed = await errorOf(two.run(task("killed"), listen().hooks));
    expect(killed.message).toMatch(/SIGKILL/);
    await two.run(task("tell"), listen().hooks);
    await other;
    vi.stubEnv("NODE_OPTIONS", "--max-old-space-size=32");
    const memory = await errorOf(pool().run(task("memory"), listen().hooks));
    expect(memory.message).toMatch(/ran out of memory/);
    vi.unstubAllEnvs();
    stderr.mockRestore();
  });

  test("and so does one that takes too long", async () => {
    const one = pool({ trialTimeout: 0.2 });
    const { hooks, notes } = listen();
    const error = await errorOf(one.run(task("hang"), hooks));
    expect([error.name, error.code]).toEqual(["WorkerError", "trial-timeout"]);
    expect(error.message).toMatch(/more than 0.2 s/);
    expect(isRunning(notes.pid as number)).toBe(false);
    const next = listen();
    await one.run(task("tell"), next.hooks);
    expect(next.notes.pid).not.toBe(notes.pid);
  });
});

describe("an abort", () => {
  test("ends a trial at its next report, and one that waits at once; the process stays", async () => {
    const abort = new AbortController();
    const one = pool({ graceTime: 60 });
    const { hooks, notes } = listen({
      signal: abort.signal,
      report: async (_, step) => {
        if (step === 3) abort.abort(new Error("enough"));
        return undefined;
      },
    });
    const errors = await Promise.all([
      errorOf(one.run(task("patient"), hooks)),
      errorOf(one.run(task("patient"), hooks)),
      errorOf(one.run(task("patient"), hooks)),
    ]);
    expect(errors.map(({ message }) => message)).toEqual(["enough", "enough", "enough"]);
    const next = listen();
    await one.run(task("tell"), next.hooks);
    expect(next.notes.pid).toBe(notes.pid);
  });

  test("ends a trial that does not report after the grace time", async () => {
    const abort = new AbortController();
    const note = () => void setTimeout(() => abort.abort(new Error("enough")), 50);
    const one = pool({ graceTime: 0.1 });
    const error = await errorOf(
      one.run(task("hang"), listen({ signal: abort.signal, note }).hooks),
    );
    expect(error.message).toBe("enough");
  });
});

describe("no process is left", () => {
  test("by close, which breaks off what runs and waits", async () => {
    const one = pool({ count: 1 });
    let pid = 0;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const note = (attributes: Readonly<Record<string, unknown>>) => {
      pid = Number(attributes.pid);
      begin();
    };
    const runs = [1, 2].map(() => errorOf(one.run(task("hang"), listen({ note }).hooks)));
    await begun;
    await one.close();
    expect(isRunning(pid)).toBe(false);
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([
      "worker-ended",
      "pool-closed",
    ]);
    await one.close();
    expect((await errorOf(one.run(task("tell"), listen().hooks))).code).toBe("pool-closed");
  });

  test("by a parent that is killed, not even one that computes without a pause", async () => {
    const script = `
      const { workerPool } = require(${JSON.stringify(`${tuner.folder}/execution/worker-pool.js`)});
      const program = ${JSON.stringify({ module: MODULE, data: { tuner: tuner.folder } })};
      const pool = workerPool({ count: 2, program });
      const note = ({ pid }) => console.log(String(pid));
      const hooks = { note, report: async () => {}, signal: new AbortController().signal };
      for (const act of ["loop", "patient"]) pool.run({ values: { act } }, hooks);
    `;
    const parent = spawn(process.execPath, ["-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    for await (const chunk of parent.stdout) {
      printed += chunk;
      if (printed.split("\n").length > 3) break;
    }
    expect(printed).toContain("computes without a pause");
    const pids = (printed.match(/\d+/g) ?? []).map(Number);
    expect(pids.map(isRunning)).toEqual([true, true]);
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(pids.map(isRunning)).toEqual([false, false]), {
      timeout: 10_000,
      interval: 20,
    });
  });

  test("but Ctrl-C, which reaches them too, leaves the decision to the parent", async () => {
    const abort = new AbortController();
    let steps = 0;
    const report = async (_: unknown, step: number) => {
      steps = step;
      if (step === 20) abort.abort(new Error("enough"));
      return undefined;
    };
    const note = ({ pid }: Readonly<Record<string, unknown>>) => void process.kill(Number(pid), 2);
    const { hooks } = listen({ signal: abort.signal, note, report });
    expect((await errorOf(shared.run(task("patient"), hooks))).message).toBe("enough");
    expect(steps).toBe(20);
  });
});
