import { requireWhole } from "../option-checks";
import type { Oracle } from "../oracles/oracle";
import type { Pruner } from "../pruners/pruner";
import type { SearchSpace } from "../search-space/search-space";
import type { StudyStorage } from "../storage/study-storage";
import {
  type Objective,
  type ObjectiveLike,
  parseObjectives,
  rankingObjective,
} from "../trials/objective";

/** How a study is made. */
export interface StudyOptions {
  /** `study` unless given. */
  readonly name?: string | undefined;
  /** What is looked for; `default_objective`, to be minimised, unless given. */
  readonly objectives?: ObjectiveLike | readonly ObjectiveLike[] | undefined;
  readonly oracle: Oracle;
  /** Ends trials that aren't worth going on; none unless given. */
  readonly pruner?: Pruner | undefined;
  /** What is known of the space; trials may add to it. */
  readonly space?: SearchSpace | undefined;
  /** How often an invalid trial is tried again; 0 unless given. */
  readonly maxRetriesPerTrial?: number | undefined;
  /** So many failed trials in a row end the search; 3 unless given. */
  readonly maxConsecutiveFailedTrials?: number | undefined;
  /** How often each trial is to be run, for whoever runs it; their reports are averaged. 1 unless given. */
  readonly executionsPerTrial?: number | undefined;
  /** Keeps the study's events; where it has some already, the study goes on from there. */
  readonly storage?: StudyStorage | undefined;
  /** Milliseconds since 1970; `Date.now` unless given. */
  readonly clock?: (() => number) | undefined;
}

/** A study's settings, complete. */
export interface StudySettings {
  readonly name: string;
  readonly objectives: readonly Objective[];
  /** By which trials are ranked. */
  readonly objective: Objective;
  readonly maxRetries: number;
  readonly maxFailures: number;
  readonly executionsPerTrial: number;
  readonly clock: () => number;
}

/** Returns the settings. @throws DefinitionError for options that can't be */
export function settingsOf(options: StudyOptions): StudySettings {
  const objectives = parseObjectives(options.objectives);
  const whole = (
    name: "maxRetriesPerTrial" | "maxConsecutiveFailedTrials" | "executionsPerTrial",
    usual: number,
    least: number,
  ) => {
    return requireWhole("the study", name, options[name] ?? usual, least);
  };
  return {
    name: options.name ?? "study",
    objectives,
    objective: rankingObjective(objectives),
    maxRetries: whole("maxRetriesPerTrial", 0, 0),
    maxFailures: whole("maxConsecutiveFailedTrials", 3, 1),
    executionsPerTrial: whole("executionsPerTrial", 1, 1),
    clock: options.clock ?? Date.now,
  };
}
