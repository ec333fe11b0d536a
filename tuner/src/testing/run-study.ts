import type { Study } from "../study/study";
import type { Trial } from "../trials/trial";

/** How a run of a search without models goes. */
export interface RunOptions {
  /** How many workers ask; 1 unless given. */
  readonly workers?: number;
  /** Which of the running trials ends next, from 0; the oldest unless given. */
  readonly next?: (running: number) => number;
  /** What a trial reports at an epoch, counted from 0; NaN for an invalid run. */
  readonly score: (trial: Trial, epoch: number) => number;
  /** Stops after so many ends; at the search's own end unless given. */
  readonly ends?: number;
}

/** Runs a study with the objective `score`, for oracles' tests. Returns the ids in the order of their ends. */
export function runStudy(study: Study, options: RunOptions): readonly string[] {
  const { workers = 1, next = () => 0, score, ends = Number.POSITIVE_INFINITY } = options;
  const names = Array.from({ length: workers }, (_, i) => `worker${i}`);
  const ended: string[] = [];
  while (ended.length < ends) {
    for (const worker of names.filter((name) => !study.running.has(name))) {
      study.ask(worker);
    }
    const running = [...study.running.values()];
    if (running.length === 0) {
      break;
    }
    const trial = running[next(running.length)];
    const { initialEpoch = 0, epochs = 1 } = trial.budget ?? {};
    for (let epoch = initialEpoch; epoch < epochs; epoch++) {
      study.report(trial.id, { score: score(trial, epoch) }, epoch);
    }
    study.end(trial.id, { status: "COMPLETED" });
    ended.push(trial.id);
  }
  return ended;
}
