import type { Oracle } from "../../oracles/oracle";
import type { StudyEvent } from "../../storage/study-event";
import type { Objective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";

/** What a display reads of a study; a `Study` is one. */
export interface ProgressStudy {
  readonly name: string;
  /** By which trials are ranked. */
  readonly objective: Objective;
  readonly oracle: Pick<Oracle, "name" | "plan" | "maxTrials">;
  readonly executionsPerTrial: number;
  readonly trials: readonly Trial[];
  /** By worker. */
  readonly running: ReadonlyMap<string, Trial>;
}

/** How a search ended: by itself, by the user or a budget, or by an error. */
export type SearchOutcome = "finished" | "stopped" | "failed";

/**
 * Shows how a search goes on. Call `begin` once, `update` for every event of the study, `warn` where something
 * seems wrong, and `end` in any case; after it nothing more is shown.
 */
export interface Progress {
  begin(study: ProgressStudy): void;
  update(event: StudyEvent, study: ProgressStudy): void;
  /** Shows something that the user may want to act upon, about a running trial. */
  warn?(message: string, trial: string): void;
  end(outcome: SearchOutcome, study: ProgressStudy): void;
}

/** Shows nothing. */
export const silentProgress: Progress = { begin() {}, update() {}, end() {} };
