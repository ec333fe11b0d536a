import type { Parameter, Scalar, Values } from "../search-space/parameter";
import type { Objective } from "../trials/objective";
import { type Distribution, parameterOf } from "./distribution";
import { OptunaState } from "./journal-line";
import { isFinished, type JournalStudy, type OptunaTrial } from "./journal-state";
import type { StudyEvent } from "./study-event";

/** Who ran and proposed the trials of a study that Optuna wrote. */
const optuna = "optuna";

/** An event of a trial that Optuna made, which our study has not taken note of. */
export interface Adoption {
  /** Optuna's id of the trial. */
  readonly trialId: number;
  readonly event: StudyEvent;
}

/**
 * Returns the events of a study that Optuna ran, in the order of their times. Its oracle is called "optuna"; its search
 * space is what its trials had.
 */
export function eventsOfOptunaStudy(study: JournalStudy): readonly StudyEvent[] {
  const objectives = objectivesOf(study);
  const oracle = { name: optuna, options: {}, seed: 0 };
  const parameters = parametersOf(study.others);
  const first: StudyEvent = { type: "study", name: study.name, objectives, oracle };
  const timed = study.others.flatMap((trial) => eventsOfTrial(trial, objectives));
  return [
    first,
    ...(parameters.length === 0 ? [] : [{ type: "space", parameters } as const]),
    ...timed.sort((before, after) => before.at - after.at).map(({ event }) => event),
  ];
}

/**
 * Returns what our study takes over from Optuna: trials that were enqueued, and those that it ran to
 * their end. They get the numbers that are free, in the file's order.
 */
export function adoptionsOf(study: JournalStudy): readonly Adoption[] {
  const ours = new Set(study.carried.map(({ trialId }) => trialId));
  const events = study.carried.map(({ event }) => event);
  const objectives = events.find((event) => event.type === "study")?.objectives ?? [];
  const latest = Math.max(0, ...events.map((event) => ("at" in event ? event.at : 0)));
  let trial = Math.max(-1, ...events.map((event) => ("trial" in event ? event.trial : -1)));
  return study.others.flatMap((other) => {
    if (ours.has(other.id)) return [];
    const event = takenOver(other, trial + 1, objectives, latest);
    if (event === undefined) return [];
    trial += 1;
    const { userAttributes: attributes } = other;
    const noted: StudyEvent = { type: "attributes", trial, attributes };
    const all = Object.keys(attributes).length === 0 ? [event] : [event, noted];
    return all.map((item) => ({ trialId: other.id, event: item }));
  });
}

function takenOver(
  other: OptunaTrial,
  trial: number,
  objectives: readonly Objective[],
  latest: number,
): StudyEvent | undefined {
  const { waiting, complete, pruned } = OptunaState;
  if (other.state === waiting) return enqueued(other, trial, other.startedAt ?? latest);
  if (other.state !== complete && other.state !== pruned) return undefined;
  return {
    type: "import",
    trial,
    values: Object.fromEntries(other.values),
    status: other.state === complete ? "COMPLETED" : "PRUNED",
    score: scoreOf(other.scores, objectives),
    origin: `Optuna's trial ${other.number}`,
    at: other.endedAt ?? latest,
  };
}

function enqueued({ systemAttributes }: OptunaTrial, trial: number, at: number): StudyEvent {
  const given = Object.entries(systemAttributes.fixed_params ?? {});
  return { type: "enqueue", trial, values: Object.fromEntries(given.filter(isScalarEntry)), at };
}

function isScalarEntry(entry: [string, unknown]): entry is [string, Scalar] {
  return ["number", "string", "boolean"].includes(typeof entry[1]);
}

function eventsOfTrial(other: OptunaTrial, objectives: readonly Objective[]) {
  const trial = other.number;
  const began = other.startedAt ?? other.endedAt ?? 0;
  const over = other.endedAt ?? began;
  if (other.state === OptunaState.waiting) {
    return [{ at: began, event: enqueued(other, trial, began) }];
  }
  const values: Values = Object.fromEntries(other.values);
  const events: { at: number; event: StudyEvent }[] = [];
  const start = { type: "start", trial, worker: optuna, values, seedState: 0, at: began } as const;
  events.push({ at: began, event: start });
  const metric = objectives[0]?.name ?? "value";
  for (const [step, value] of [...other.intermediate].sort(([one], [two]) => one - two)) {
    const event: StudyEvent = { type: "report", trial, step, metrics: { [metric]: value } };
    events.push({ at: over, event });
  }
  const { userAttributes: attributes } = other;
  if (Object.keys(attributes).length > 0) {
    events.push({ at: over, event: { type: "attributes", trial, attributes } });
  }
  if (isFinished(other)) events.push({ at: over, event: ended(other, objectives, over) });
  return events;
}

function ended(other: OptunaTrial, objectives: readonly Objective[], at: number): StudyEvent {
  const { complete, pruned } = OptunaState;
  const finished = other.state === complete ? "COMPLETED" : "FAILED";
  const status = other.state === pruned ? "PRUNED" : finished;
  const score = scoreOf(other.scores, objectives);
  const end = { type: "end", trial: other.number, status, at } as const;
  return score === undefined ? end : { ...end, score };
}

/** Several objectives are added up, those to be maximised with a minus sign. */
function scoreOf(
  scores: readonly number[] | null,
  objectives: readonly Objective[],
): number | undefined {
  if (scores === null || scores.length <= 1) return scores?.[0];
  const sign = (index: number): number => (objectives[index]?.direction === "max" ? -1 : 1);
  return scores.reduce((sum, score, index) => sum + sign(index) * score, 0);
}

function objectivesOf({ directions, systemAttributes }: JournalStudy): readonly Objective[] {
  const names = systemAttributes["study:metric_names"];
  return directions.map((direction, index) => {
    const numbered = directions.length === 1 ? "value" : `value_${index}`;
    const given: unknown = Array.isArray(names) ? names[index] : undefined;
    return {
      name: typeof given === "string" ? given : numbered,
      direction: direction === 2 ? "max" : "min",
    };
  });
}

function parametersOf(trials: readonly OptunaTrial[]): readonly Parameter[] {
  const distributions = new Map<string, Distribution[]>();
  for (const [name, distribution] of trials.flatMap((trial) => [...trial.distributions])) {
    distributions.set(name, [...(distributions.get(name) ?? []), distribution]);
  }
  return [...distributions].map(([name, all]) => parameterOf(name, all));
}
