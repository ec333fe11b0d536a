import { createHash } from "node:crypto";
import { type KerasParameter, toKerasConfig } from "../search-space/keras-config";
import type { Parameter, Scalar } from "../search-space/parameter";
import { SearchSpace } from "../search-space/search-space";
import { valuesText } from "../search-space/values-text";
import type { Study } from "../study/study";
import type { StudyState } from "../study/study-state";
import type { Trial } from "../trials/trial";
import type { Differences } from "./differences";
import type { KerasBrackets } from "./keras-brackets";
import type { KerasValues } from "./keras-values";
import { scoreOf } from "./score-of";
import type { Transcript } from "./transcript";

/** What a replay ended with. */
export interface Ending {
  readonly final: Transcript["final"];
  readonly study: Study;
  /** What the study's events make. */
  readonly state: StudyState;
  readonly values: KerasValues;
  readonly brackets: KerasBrackets | undefined;
  /** Whether the last end raised an error. */
  readonly raisedAtEnd: boolean;
}

/** Compares what a study knows at the end with the transcript's `final`. */
export function compareFinal(differences: Differences, ending: Ending): void {
  const { final, study, state } = ending;
  const expect = differences.expect.bind(differences);
  const ids = (trials: readonly Trial[]) => trials.map(({ id }) => id);
  const best = study.best(study.trials.length);
  const others = study.trials.filter(({ status }) => status !== "COMPLETED");
  expect("best trials", ids([...best, ...others]), final.best_trials);
  expect("start order", ids(state.trials), final.start_order);
  expect("end order", ids(state.ended), final.end_order);
  const ongoing = { ...final.ongoing };
  if (ending.raisedAtEnd) {
    const last = final.end_order.at(-1);
    for (const [worker] of Object.entries(ongoing).filter(([, id]) => id === last)) {
      delete ongoing[worker];
    }
  }
  const running = Array.from(state.running, ([worker, { id }]) => [worker, id] as const);
  expect("ongoing", Object.fromEntries(running), ongoing);
  expect("retry queue", ids(state.retryQueue), final.retry_queue);
  expect("seed state", state.seedState, final.seed_state);
  expect("tried so far", state.triedCount, final.tried_so_far);
  const { maxTrials } = study.oracle;
  const remaining = maxTrials === undefined ? null : maxTrials - state.trials.length;
  expect("remaining trials", remaining, final.remaining_trials);
  expect("space", toKerasConfig(state.space), final.space.map(withoutOpenDefault));
  expect("number of trials", state.trials.length, final.trials.length);
  for (const [i, trial] of final.trials.entries()) {
    expect(`trial ${trial.trial_id}`, trialOf(state.trials[i], ending), {
      id: trial.trial_id,
      status: trial.status,
      ...scoreOf(trial),
      tries: trial.run_times,
      hash: trial.values_hash,
      values: trial.values,
    });
  }
  compareBrackets(differences, ending);
}

function trialOf(trial: Trial, { study, state, values }: Ending) {
  const origin = trial.budget?.promotedFrom;
  const hashed =
    origin === undefined ? trial.values : { ...trial.values, "tuner/trial_id": origin };
  const isFloat = (parameter: Parameter) =>
    study.oracle.name === "grid" && isFloatInGrid(parameter, trial.values[parameter.name]);
  const space = state.space.parameters.map((parameter) =>
    isFloat(parameter) ? ({ ...parameter, kind: "float" } as Parameter) : parameter,
  );
  const text = valuesText(hashed, new SearchSpace(space));
  return {
    id: trial.id,
    // What a reload brought back is RUNNING there until it really runs again.
    status: trial.status === "WAITING" ? "RUNNING" : trial.status,
    score: trial.score,
    bestStep: trial.bestStep,
    tries: state.tries(trial.number),
    hash: createHash("sha256").update(text).digest("hex").slice(0, 32),
    values: values.of(trial),
  };
}

/** Its grid search makes floats, 508.0, of an int with log steps, its default left out. */
function isFloatInGrid(parameter: Parameter, value: Scalar | undefined): boolean {
  return (
    parameter.kind === "int" &&
    parameter.sampling !== "linear" &&
    parameter.step !== undefined &&
    value !== parameter.default
  );
}

function compareBrackets(differences: Differences, { final, study, brackets }: Ending): void {
  if (brackets === undefined) {
    return;
  }
  const expect = differences.expect.bind(differences);
  const { schedule } = brackets;
  expect(
    "plan",
    schedule.rounds().map(({ bracket, round, size, initialEpoch, epochs }) => ({
      bracket,
      round,
      size,
      initial_epoch: initialEpoch,
      epochs,
    })),
    final.plan,
  );
  const opened = brackets.all(study.view);
  expect(
    "brackets",
    opened
      .filter(({ rounds }) => rounds[0].length > 0)
      .map(({ bracket, rounds }) => ({
        bracket,
        rounds: rounds.map((trials) =>
          trials.map(({ id, budget }) => [budget?.promotedFrom ?? null, id]),
        ),
      })),
    final.brackets,
  );
  expect("open brackets", brackets.open, final.open_brackets);
  expect("current bracket", opened.at(-1)?.bracket, final.current_bracket);
  const iteration = Math.floor((opened.length - 1) / schedule.brackets);
  expect("current iteration", iteration, final.current_iteration);
  const epochs = study.trials.map(
    ({ budget }) => (budget?.epochs ?? 0) - (budget?.initialEpoch ?? 0),
  );
  expect(
    "epochs run",
    epochs.reduce((sum, n) => sum + n, 0),
    final.epochs_run,
  );
}

/** Keras Tuner keeps whether an int's default was given; it is the minimum either way. */
function withoutOpenDefault({ class_name, config }: KerasParameter): KerasParameter {
  const isOpen = class_name === "Int" && config.default === config.min_value;
  return { class_name, config: isOpen ? { ...config, default: null } : config };
}
