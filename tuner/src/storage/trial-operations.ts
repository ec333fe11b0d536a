import type { Budget } from "../trials/trial";
import { eventKey } from "./event-carrier";
import { type Attributes, type Operation, OptunaState } from "./journal-line";
import type { StudyEvent } from "./study-event";

/** Returns what queues a trial as Optuna's `enqueue_trial` does. */
export function waitingTrial(
  studyId: number,
  event: Extract<StudyEvent, { type: "enqueue" }>,
): Operation {
  return {
    op_code: 4,
    study_id: studyId,
    datetime_start: null,
    state: OptunaState.waiting,
    value: null,
    values: null,
    distributions: {},
    params: {},
    user_attrs: {},
    system_attrs: { fixed_params: event.values, [eventKey]: event },
    intermediate_values: {},
  };
}

/** Returns what gives a trial user attributes, one by one as Optuna wants them. */
export function attributeOperations(trialId: number, attributes: Attributes): readonly Operation[] {
  return Object.entries(attributes).map(([key, value]) => ({
    op_code: 8,
    trial_id: trialId,
    user_attr: { [key]: value },
  }));
}

/** Returns a budget under the names that Keras Tuner gives to it; without one, nothing. */
export function budgetAttributes(budget: Budget | undefined): Attributes {
  if (budget === undefined) return {};
  const origin = budget.promotedFrom;
  return {
    "tuner/epochs": budget.epochs,
    "tuner/initial_epoch": budget.initialEpoch,
    "tuner/bracket": budget.bracket,
    "tuner/round": budget.round,
    ...(origin === undefined ? {} : { "tuner/trial_id": origin }),
  };
}
