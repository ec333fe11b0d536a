import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hyperband } from "../../oracles/hyperband";
import type { StudyEvent } from "../../storage/study-event";
import { Study } from "../../study/study";
import type { Trial } from "../../trials/trial";
import { exampleObjectives, exampleParameters, exampleTrials } from "../testing/example-study";
import { fabricatedTrial } from "../testing/fabricated-trial";
import { notebookProgress } from "./notebook-progress";
import { type Progress, type ProgressStudy, silentProgress } from "./progress";
import { progressHtml } from "./progress-html";
import { ProgressMeter } from "./progress-meter";
import { automaticProgress, terminalProgress } from "./terminal-progress";

const KERNEL = Symbol.for("headroom.kernel");
const all = exampleTrials();

function study(trials: readonly Trial[], epochs: number | undefined = 60): ProgressStudy {
  const running = trials.filter(({ status }) => status === "RUNNING");
  return {
    name: "study",
    objective: exampleObjectives[0] as (typeof exampleObjectives)[0],
    oracle: {
      name: "hyperband",
      maxTrials: undefined,
      plan: () => ({ trials: 22, epochs, rounds: [] }),
    },
    executionsPerTrial: 1,
    trials,
    running: new Map(running.map((trial, worker) => [String(worker), trial])),
  };
}
const ended = (trial: number): StudyEvent => ({ type: "end", trial, status: "COMPLETED", at: 0 });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  Reflect.deleteProperty(globalThis, KERNEL);
});

describe("how far a search is", () => {
  const budget = { initialEpoch: 1, epochs: 5, bracket: 1, bracketNumber: 0, round: 1 };
  const m = [{ step: 1, values: [0.5] }];
  const running = {
    ...fabricatedTrial(1, { status: "RUNNING", budget, endedAt: undefined }),
    metrics: new Map([["val_accuracy", m]]),
  };
  const over = fabricatedTrial(0, { budget, score: 0.5 });

  test("is counted in epochs: those of ended trials, and what running ones have reported", () => {
    const view = new ProgressMeter(study([over, running], 20), Date.now).view(
      study([over, running], 20),
    );
    expect(view).toMatchObject({
      epochs: { done: 5, planned: 20 },
      share: 0.25,
      trialsPlanned: 22,
    });
  });

  test("a resumed search is timed by what it has done since", () => {
    const meter = new ProgressMeter(study([over], 20), Date.now);
    expect(meter.view(study([over], 20)).left).toBeUndefined();
    vi.advanceTimersByTime(3000);
    expect(meter.view(study([over, running], 20))).toMatchObject({ elapsed: 3000, left: 45_000 });
  });

  test("is counted in trials where budgets are not in epochs", () => {
    const inTrials = (trials: readonly Trial[]): ProgressStudy => ({
      ...study(trials),
      oracle: {
        name: "random-search",
        maxTrials: 4,
        plan: () => ({ trials: undefined, epochs: undefined, rounds: [] }),
      },
    });
    const meter = new ProgressMeter(inTrials([]), Date.now);
    vi.advanceTimersByTime(1000);
    const first = fabricatedTrial(0, { score: 0.5 });
    expect(meter.view(inTrials([first]))).toMatchObject({
      share: 0.25,
      left: 3000,
      epochs: undefined,
    });
  });

  test("an endless search has neither a share nor a time left", () => {
    const endless = {
      ...study([over]),
      oracle: {
        name: "hyperband",
        maxTrials: undefined,
        plan: () => ({ trials: Infinity, epochs: Infinity, rounds: [] }),
      },
    };
    const meter = new ProgressMeter({ ...endless, trials: [] }, Date.now);
    vi.advanceTimersByTime(1000);
    const view = meter.view(endless);
    expect([view.share, view.left, view.trialsPlanned]).toEqual([undefined, undefined, undefined]);
    expect(progressHtml(view, undefined)).not.toMatch(/NaN|Infinity/);
  });

  test("several executions share a trial's epochs", () => {
    const twice = { ...study([running], 20), executionsPerTrial: 2 };
    expect(new ProgressMeter(twice, Date.now).view(twice).share).toBe(0.5 / 20);
  });

  test("the earlier of equal trials stays the best; a NaN never is", () => {
    const scores = [Number.NaN, 0.5, 0.5];
    const trials = scores.map((score, number) => fabricatedTrial(number, { score }));
    expect(new ProgressMeter(study(trials), Date.now).view(study(trials)).best?.id).toBe("0001");
  });
});

describe("in a notebook", () => {
  const sent: { html: string; text: string; id: string; update: boolean }[] = [];
  let progress: Progress;
  beforeEach(() => {
    sent.length = 0;
    const display = (
      bundle: { data: Record<string, string>; transient: { display_id: string } },
      update: boolean,
    ) => {
      const { "text/html": html = "", "text/plain": text = "" } = bundle.data;
      sent.push({ html, text, id: bundle.transient.display_id, update });
    };
    Reflect.set(globalThis, KERNEL, { display });
    progress = automaticProgress();
  });

  test("one display is replaced as the search goes on, at most four times a second", () => {
    progress.begin(study([]));
    for (let end = 1; end <= 20; end++) {
      vi.advanceTimersByTime(50);
      progress.update(ended(end - 1), study(all.slice(0, end)));
    }
    progress.end("finished", study(all));
    expect(sent.length).toBeGreaterThan(4);
    expect(sent.length).toBeLessThanOrEqual(7);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(sent.map(({ update }) => update)).toEqual([false, ...sent.slice(1).map(() => true)]);
  });

  test("the last change is shown, soon after it", () => {
    progress.begin(study([]));
    progress.update(ended(0), study(all.slice(0, 1)));
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(300);
    expect(sent.at(-1)?.text).toContain("1 of 22 trials");
  });

  test("after the end nothing more is shown", () => {
    progress.begin(study([]));
    progress.end("stopped", study(all));
    progress.update(ended(0), study(all));
    progress.end("failed", study(all));
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.html).toContain("The search was stopped");
    expect(sent[1]?.html).toContain("Nothing that finished is lost");
    expect(sent[1]?.html).not.toContain(" left");
  });

  test("two searches have a display each", () => {
    progress.begin(study([]));
    progress.end("finished", study(all));
    progress.begin(study([]));
    expect(sent.map(({ update }) => update)).toEqual([false, true, false]);
    expect(sent[2]?.id).not.toBe(sent[0]?.id);
  });

  test("the HTML has no script, and shows names and values as text", () => {
    const odd = all.map((trial) => ({
      ...trial,
      values: { ...trial.values, activation: "<gelu & co>" },
    }));
    progress.begin(study(odd));
    const html = sent[0]?.html ?? "";
    expect(html).not.toMatch(/<script|<gelu|undefined|NaN/);
    expect(html).toContain("&lt;gelu &amp; co&gt;");
    expect(html).toMatch(/Now: trial 00\d\d/);
    expect(html).toContain("epoch 4 of 9");
    expect(html).toContain("interrupt the kernel");
  });

  test("before any trial it says so, and draws no chart", () => {
    const html = progressHtml(new ProgressMeter(study([]), Date.now).view(study([])), undefined);
    expect(html).toContain("No trial has started yet");
    expect(html).not.toContain("<img");
  });
});

test("a study itself can be shown, from its events", () => {
  const written: string[] = [];
  const progress = terminalProgress({ write: (text) => written.push(text) });
  const objectives = exampleObjectives;
  const real = new Study({ oracle: hyperband({ maxEpochs: 4, factor: 2, seed: 1 }), objectives });
  real.addParameters(exampleParameters);
  progress.begin(real);
  const stop = real.on((event, now) => progress.update(event, now));
  for (let answer = real.ask(); answer.status === "RUNNING"; answer = real.ask()) {
    const { id, budget, number } = answer.trial;
    const { initialEpoch = 0, epochs = 1 } = budget ?? {};
    for (let step = initialEpoch; step < epochs; step++) {
      real.report(id, { val_accuracy: 0.5 + step / 10 + number / 1000 }, step);
    }
    real.end(id, { status: "COMPLETED" });
  }
  stop();
  progress.end("finished", real);
  const { trials, epochs } = real.oracle.plan();
  expect(real.trials).toHaveLength(trials ?? -1);
  expect(written).toHaveLength((trials ?? -1) + 2);
  expect(written[0]).toContain(`0 of ${trials} trials, 0 of ${epochs} epochs`);
  expect(written.at(-1)).toContain(
    `has finished: ${trials} of ${trials} trials, ${epochs} of ${epochs} epochs`,
  );
});

describe("in a terminal", () => {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  beforeEach(() => {
    written.length = 0;
  });

  test("a log gets a line for the begin, each ended trial, and the end; nothing is rewritten", () => {
    const progress = terminalProgress({ write });
    progress.begin(study([]));
    progress.update({ type: "report", trial: 0, step: 0, metrics: {} }, study(all.slice(0, 1)));
    progress.update(ended(0), study(all.slice(0, 1)));
    progress.update(ended(4), study(all.slice(0, 5)));
    progress.end("finished", study(all));
    expect(written.join("")).not.toContain("\r");
    expect(written).toHaveLength(4);
    expect(written[0]).toMatch(/^hyperband search for the highest val_accuracy: 0 of 22 trials/);
    expect(written[1]).toMatch(
      /^Trial 0000 completed in 0:0\d, val_accuracy .* \| best val_accuracy/,
    );
    expect(written[2]).toContain('failed in 0:05: RangeError: "loss" is NaN, (units');
    expect(written[3]).toMatch(/^The search has finished: 21 of 22 trials.*\n$/);
  });

  test("a terminal's last line is rewritten, cut to its width, and gone at the end", () => {
    const progress = terminalProgress({ write, isTTY: true, columns: 40 });
    progress.begin(study([]));
    expect(written[0]).toContain("Ctrl+C");
    progress.update({ type: "report", trial: 0, step: 0, metrics: {} }, study(all));
    const line = written.at(-1) ?? "";
    expect(line.startsWith("\r\u001b[2Ktrial 0021 epoch 4 of 9")).toBe(true);
    expect(line).toHaveLength("\r\u001b[2K".length + 39);
    progress.update({ type: "report", trial: 0, step: 1, metrics: {} }, study(all));
    progress.end("stopped", study(all));
    const count = written.length;
    vi.advanceTimersByTime(1000);
    expect(written).toHaveLength(count);
    const last = written.at(-1) ?? "";
    expect(last.startsWith("\r\u001b[2KThe search was stopped: ")).toBe(true);
    expect(last.endsWith("goes on from here.\n")).toBe(true);
  });

  test("continuous integration is left in peace, unless it says that it is none", () => {
    vi.stubEnv("CI", "true");
    expect(automaticProgress()).toBe(silentProgress);
    vi.stubEnv("CI", "false");
    expect(automaticProgress()).not.toBe(silentProgress);
    expect(notebookProgress()).toBeUndefined();
  });
});
