import { withoutFrom, withReport } from "../trials/metric-history";
import type { MetricHistory } from "../trials/trial";

/**
 * Takes the reports of one trial's runs. Those of a run that ended as invalid stay, and are averaged with
 * those of the next one, as in Keras Tuner. A run that was interrupted is repeated, from its start or
 * from a checkpoint: what it had reported from there on gives way, so that the interruption leaves no
 * trace.
 */
export class RunReports {
  /** What was reported before the run. */
  #before: MetricHistory = new Map();
  #isRepeated = false;
  #newestStep: number | undefined;
  #highestStep = Number.NEGATIVE_INFINITY;

  /** Whether the newest report is that of the highest step so far, so that it tells something new. */
  get isAtHighestStep(): boolean {
    return this.#newestStep !== undefined && this.#newestStep === this.#highestStep;
  }

  /** A run begins. @param isRepeated whether it repeats one that was interrupted */
  begin(history: MetricHistory, isRepeated: boolean): void {
    this.#isRepeated = isRepeated;
    if (!isRepeated) {
      this.#before = history;
    }
  }

  /** Returns the history with a report of the run. */
  add(
    history: MetricHistory,
    step: number,
    metrics: Readonly<Record<string, number>>,
  ): MetricHistory {
    let known = history;
    if (this.#isRepeated) {
      known = withoutFrom(history, step, this.#before);
      this.#isRepeated = false;
      this.#highestStep = Number.NEGATIVE_INFINITY;
    }
    this.#newestStep = step;
    this.#highestStep = Math.max(this.#highestStep, step);
    return withReport(known, step, metrics);
  }
}
