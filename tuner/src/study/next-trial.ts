import type { Oracle } from "../oracles/oracle";
import type { Values } from "../search-space/parameter";
import type { Budget } from "../trials/trial";
import { SeededDraws } from "./seeded-draws";
import type { StudyState } from "./study-state";

/** What a worker that has no trial is to be given, and the seed state that this leads to. */
export type NextTrial =
  | {
      readonly status: "RUNNING";
      readonly number: number;
      readonly values: Values;
      readonly budget: Budget | undefined;
      /** Whether it was handed out before. */
      readonly again: boolean;
      readonly seedState: number;
    }
  | { readonly status: "IDLE" | "STOPPED"; readonly seedState: number };

/**
 * Returns the last trial that is to be tried again, else the first that was enqueued, else what the oracle
 * proposes unless it had its trials.
 *
 * @throws SearchError where the oracle can't go on
 */
export function nextTrial(state: StudyState, oracle: Oracle): NextTrial {
  const { seedState, trials } = state;
  const retry = state.retryQueue.at(-1);
  if (retry !== undefined) {
    const { number, values, budget } = retry;
    return { status: "RUNNING", number, values, budget, again: true, seedState };
  }
  const enqueued = state.queue[0];
  if (enqueued !== undefined) {
    const { number, values } = enqueued;
    const budget = oracle.place?.(state);
    return { status: "RUNNING", number, values, budget, again: false, seedState };
  }
  const { maxTrials = Number.POSITIVE_INFINITY } = oracle;
  if (trials.length - state.imported >= maxTrials) {
    return { status: "STOPPED", seedState };
  }
  const draws = new SeededDraws(seedState);
  const proposal = oracle.propose(state, draws);
  if (proposal.kind === "run") {
    const { values, budget } = proposal;
    const number = trials.length;
    return { status: "RUNNING", number, values, budget, again: false, seedState: draws.state };
  }
  return { status: proposal.kind === "wait" ? "IDLE" : "STOPPED", seedState: draws.state };
}
