import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { StudyEvent } from "../../storage/study-event";
import { exampleObjectives, exampleTrials } from "../testing/example-study";
import { notebookProgress } from "./notebook-progress";
import type { ProgressStudy } from "./progress";
import { terminalProgress } from "./terminal-progress";

const KERNEL = Symbol.for("headroom.kernel");
const WARNING = "Trial 0021 has told nothing & is still";
const study: ProgressStudy = {
  name: "study",
  objective: exampleObjectives[0] as (typeof exampleObjectives)[0],
  oracle: {
    name: "hyperband",
    maxTrials: 22,
    plan: () => ({ trials: 22, epochs: 60, rounds: [] }),
  },
  executionsPerTrial: 1,
  trials: exampleTrials(),
  running: new Map(),
};
const report = (trial: number): StudyEvent => ({ type: "report", trial, step: 0, metrics: {} });

let shown: Record<string, string> = {};
beforeEach(() => {
  vi.useFakeTimers();
  const display = ({ data }: { data: Record<string, string> }) => {
    shown = data;
  };
  Reflect.set(globalThis, KERNEL, { display });
});
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(globalThis, KERNEL);
});

test("a notebook shows a warning until the trial goes on", () => {
  const progress = notebookProgress();
  progress?.begin(study);
  progress?.warn?.(WARNING, "0021");
  vi.advanceTimersByTime(300);
  expect(shown["text/html"]).toContain("has told nothing &amp; is still");
  expect(shown["text/plain"]).toContain(WARNING);
  progress?.update(report(20), study);
  vi.advanceTimersByTime(300);
  expect(shown["text/plain"]).toContain(WARNING);
  progress?.update(report(21), study);
  vi.advanceTimersByTime(300);
  expect(shown["text/plain"]).toContain("of 22 trials");
  expect(shown["text/plain"]).not.toContain(WARNING);
});

test("a notebook's display that has ended warns of nothing", () => {
  const progress = notebookProgress();
  progress?.begin(study);
  progress?.warn?.(WARNING, "0021");
  progress?.end("stopped", study);
  progress?.warn?.(WARNING, "0020");
  vi.advanceTimersByTime(300);
  expect(shown["text/html"]).toContain("The search was stopped");
  expect(shown["text/html"]).not.toContain("has told nothing");
});

test("a terminal gets a line", () => {
  const written: string[] = [];
  const progress = terminalProgress({ write: (text) => written.push(text) });
  progress.warn?.(WARNING, "0021");
  progress.begin(study);
  progress.warn?.(WARNING, "0021");
  progress.end("stopped", study);
  progress.warn?.(WARNING, "0021");
  expect(written.filter((text) => text === `${WARNING}\n`)).toHaveLength(1);
});
