import { spawn } from "node:child_process";
import { describe, expect, test, vi } from "vitest";
import {
  errorOf,
  isRunning,
  listen,
  TRIAL_MODULE,
  useWorkers,
  workerTask,
} from "../testing/worker-trials";

const workers = useWorkers();

describe("a process that ends takes its trial alone with it", () => {
  test("whether it exits, is killed or runs out of memory, and another takes its place", async () => {
    const { WorkerError } = workers.errors;
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const two = workers.pool({ count: 2 });
    const other = two.run(workerTask("score", { wait: 500, x: 1 }), listen().hooks);
    const exit = await errorOf(two.run(workerTask("exit"), listen().hooks));
    expect(exit).toBeInstanceOf(WorkerError);
    expect(exit.message).toMatch(/ended with code 3.*last lines:\nthe last words/s);
    expect(exit.data).toMatchObject({ exitCode: 3, signal: null });
    const killed = await errorOf(two.run(workerTask("killed"), listen().hooks));
    expect(killed.message).toMatch(/SIGKILL/);
    await two.run(workerTask("tell"), listen().hooks);
    await other;
    vi.stubEnv("NODE_OPTIONS", "--max-old-space-size=32");
    const memory = await errorOf(workers.pool().run(workerTask("memory"), listen().hooks));
    expect(memory.message).toMatch(/ran out of memory/);
    vi.unstubAllEnvs();
    stderr.mockRestore();
  });

  test("and so does one that takes too long", async () => {
    const one = workers.pool({ trialTimeout: 0.2 });
    const { hooks, notes } = listen();
    const error = await errorOf(one.run(workerTask("hang"), hooks));
    expect([error.name, error.code]).toEqual(["WorkerError", "trial-timeout"]);
    expect(error.message).toMatch(/more than 0.2 s/);
    expect(isRunning(notes.pid as number)).toBe(false);
    const next = listen();
    await one.run(workerTask("tell"), next.hooks);
    expect(next.notes.pid).not.toBe(notes.pid);
  });
});

describe("an abort", () => {
  test("ends a trial at its next report, and one that waits at once; the process stays", async () => {
    const abort = new AbortController();
    const one = workers.pool({ graceTime: 60 });
    const { hooks, notes } = listen({
      signal: abort.signal,
      report: async (_, step) => {
        if (step === 3) abort.abort(new Error("enough"));
        return undefined;
      },
    });
    const errors = await Promise.all([
      errorOf(one.run(workerTask("patient"), hooks)),
      errorOf(one.run(workerTask("patient"), hooks)),
      errorOf(one.run(workerTask("patient"), hooks)),
    ]);
    expect(errors.map(({ message }) => message)).toEqual(["enough", "enough", "enough"]);
    const next = listen();
    await one.run(workerTask("tell"), next.hooks);
    expect(next.notes.pid).toBe(notes.pid);
  });

  test("ends a trial that does not report after the grace time", async () => {
    const abort = new AbortController();
    const note = () => void setTimeout(() => abort.abort(new Error("enough")), 50);
    const one = workers.pool({ graceTime: 0.1 });
    const error = await errorOf(
      one.run(workerTask("hang"), listen({ signal: abort.signal, note }).hooks),
    );
    expect(error.message).toBe("enough");
  });
});

describe("no process is left", () => {
  test("by close, which breaks off what runs and waits", async () => {
    const one = workers.pool({ count: 1 });
    let pid = 0;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const note = (attributes: Readonly<Record<string, unknown>>) => {
      pid = Number(attributes.pid);
      begin();
    };
    const runs = [1, 2].map(() => errorOf(one.run(workerTask("hang"), listen({ note }).hooks)));
    await begun;
    await one.close();
    expect(isRunning(pid)).toBe(false);
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([
      "worker-ended",
      "pool-closed",
    ]);
    await one.close();
    expect((await errorOf(one.run(workerTask("tell"), listen().hooks))).code).toBe("pool-closed");
  });

  test("by a parent that is killed, not even one that computes without a pause", async () => {
    const script = `
      const { workerPool } = require(${JSON.stringify(`${workers.folder}/execution/worker-pool.js`)});
      const program = ${JSON.stringify({ module: TRIAL_MODULE, data: { tuner: workers.folder } })};
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
    expect((await errorOf(workers.shared.run(workerTask("patient"), hooks))).message).toBe(
      "enough",
    );
    expect(steps).toBe(20);
  });
});
