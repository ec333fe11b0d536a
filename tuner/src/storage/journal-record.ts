import { StorageError } from "../errors";
import type { Parameter, Values } from "../search-space/parameter";
import type { Objective } from "../trials/objective";
import { holds, optunaNames, type Placed, place, printDistribution } from "./distribution";
import { carryInStudy, carryInTrial, eventKey } from "./event-carrier";
import { type Operation, OptunaState, printTime } from "./journal-line";
import { mean, noReports, type RunReports, reportsWith } from "./run-reports";
import type { StudyEvent } from "./study-event";
import { attributeOperations, budgetAttributes, waitingTrial } from "./trial-operations";

type Of<Type extends StudyEvent["type"]> = Extract<StudyEvent, { type: Type }>;

type OfTrial = Of<"start" | "define" | "report" | "attributes" | "end">;

interface KnownTrial extends RunReports {
  readonly id: number;
  readonly values: Values;
  /** Names in Optuna of the parameters that it has. */
  readonly placed: ReadonlySet<string>;
  readonly finished: boolean;
}

/** Writes a study's events as Optuna's operations. It must be told of each event that was kept, in order. */
export class JournalRecords {
  #objectives: readonly Objective[] = [];
  #parameters: readonly Parameter[] = [];
  #names: ReadonlyMap<Parameter, string> = new Map();
  readonly #trials = new Map<number, KnownTrial>();

  /**
   * Returns the operations that keep an event: the one that carries it, then what tells Optuna. Creating the study
   * itself is not among them. Throws StorageError for an event of a trial that nothing created.
   */
  operations(event: StudyEvent, studyId: number): readonly Operation[] {
    switch (event.type) {
      case "study": {
        const names = event.objectives.map(({ name }) => name);
        const named = { "study:metric_names": names };
        return [
          carryInStudy(studyId, event),
          { op_code: 3, study_id: studyId, system_attr: named },
        ];
      }
      case "draws":
        return [carryInStudy(studyId, event)];
      case "space": {
        return [carryInStudy(studyId, event), ...this.#placingAfter(event.parameters)];
      }
      case "enqueue":
        return [waitingTrial(studyId, event)];
      case "import":
        return [this.#importedTrial(studyId, event)];
      case "start":
        return this.#trials.has(event.trial)
          ? this.#startedAgain(event)
          : [this.#startedTrial(studyId, event)];
      case "define": {
        const { id } = this.#known(event.trial);
        return [carryInTrial(id, event), ...this.#placing(event.trial, event.values)];
      }
      case "report":
        return [carryInTrial(this.#known(event.trial).id, event), ...this.#intermediate(event)];
      case "attributes": {
        const { id } = this.#known(event.trial);
        return [carryInTrial(id, event), ...attributeOperations(id, event.attributes)];
      }
      case "end":
        return this.#ended(event);
      default:
        throw new StorageError(
          "unknown-event",
          `the journal can't keep an event of type ${(event as StudyEvent).type}`,
        );
    }
  }

  /** Takes note of an event that was kept; `trialId` is Optuna's id of the trial that it created. */
  keep(event: StudyEvent, trialId: number): void {
    switch (event.type) {
      case "study":
        this.#objectives = event.objectives;
        return;
      case "space":
        this.#learn(event.parameters);
        return;
      case "draws":
        return;
      case "enqueue":
        this.#trials.set(event.trial, newTrial(trialId));
        return;
      case "import":
        this.#trials.set(event.trial, { ...newTrial(trialId), finished: true });
        return;
      default:
        this.#keepOfTrial(event, trialId);
    }
  }

  #keepOfTrial(event: OfTrial, trialId: number): void {
    const trial = this.#trials.get(event.trial) ?? newTrial(trialId);
    this.#trials.set(event.trial, this.#trialAfter(trial, event));
  }

  #trialAfter(trial: KnownTrial, event: OfTrial): KnownTrial {
    switch (event.type) {
      case "start":
      case "define": {
        const values = { ...trial.values, ...event.values };
        const placed = new Set([...trial.placed, ...this.#place(values).keys()]);
        const isNewRun = event.type === "start" && !trial.interrupted;
        const earlier = isNewRun ? trial.reports : trial.earlier;
        return { ...trial, values, placed, earlier };
      }
      case "report":
        return {
          ...trial,
          reports: reportsWith(trial, event, this.#objectives),
          interrupted: false,
        };
      case "end":
        if (isFinal(event)) return { ...newTrial(trial.id), finished: true };
        return { ...trial, interrupted: event.status === "WAITING" };
      default:
        return trial;
    }
  }

  #known(trial: number): KnownTrial {
    const known = this.#trials.get(trial);
    if (known !== undefined) return known;
    throw new StorageError("unknown-trial", `the journal has no trial ${trial} yet`, { trial });
  }

  #learn(parameters: readonly Parameter[]): void {
    this.#parameters = [...this.#parameters, ...parameters];
    this.#names = optunaNames(this.#parameters);
    for (const [number, trial] of this.#trials) {
      if (trial.finished) continue;
      const placed = new Set([...trial.placed, ...this.#place(trial.values).keys()]);
      this.#trials.set(number, { ...trial, placed });
    }
  }

  /** What Optuna sees of values: those of known parameters within their ranges. */
  #place(values: Values, names = this.#names): ReadonlyMap<string, Placed> {
    const placed = new Map<string, Placed>();
    for (const [parameter, name] of names) {
      const value = values[parameter.name];
      if (value === undefined || !holds(parameter, values)) continue;
      const found = place(parameter, value);
      if (found !== undefined) placed.set(name, found);
    }
    return placed;
  }

  /** The operations that give a trial what values add to it. */
  #placing(number: number, values: Values, names = this.#names): readonly Operation[] {
    const trial = this.#known(number);
    const all = [...this.#place({ ...trial.values, ...values }, names)];
    return all
      .filter(([name]) => !trial.placed.has(name))
      .map(([name, { internal, distribution }]) => ({
        op_code: 5,
        trial_id: trial.id,
        param_name: name,
        param_value_internal: internal,
        distribution: printDistribution(distribution),
      }));
  }

  /** The operations that give unfinished trials what they have of new parameters. */
  #placingAfter(parameters: readonly Parameter[]): readonly Operation[] {
    const names = optunaNames([...this.#parameters, ...parameters]);
    return [...this.#trials]
      .filter(([, trial]) => !trial.finished)
      .flatMap(([number]) => this.#placing(number, {}, names));
  }

  #placedFields(values: Values) {
    const placed = [...this.#place(values)];
    const texts = placed.map(([name, { distribution }]) => [name, printDistribution(distribution)]);
    return {
      distributions: Object.fromEntries(texts) as Record<string, string>,
      params: Object.fromEntries(placed.map(([name, { internal }]) => [name, internal])),
    };
  }

  #startedTrial(studyId: number, event: Of<"start">): Operation {
    return {
      op_code: 4,
      study_id: studyId,
      datetime_start: printTime(event.at),
      state: OptunaState.running,
      value: null,
      values: null,
      ...this.#placedFields(event.values),
      user_attrs: budgetAttributes(event.budget),
      system_attrs: { [eventKey]: event },
      intermediate_values: {},
    };
  }

  #startedAgain(event: Of<"start">): readonly Operation[] {
    const { id } = this.#known(event.trial);
    const started = printTime(event.at);
    return [
      carryInTrial(id, event),
      {
        op_code: 6,
        trial_id: id,
        state: OptunaState.running,
        values: null,
        datetime_start: started,
      },
      ...this.#placing(event.trial, event.values),
      ...attributeOperations(id, budgetAttributes(event.budget)),
    ];
  }

  #importedTrial(studyId: number, event: Of<"import">): Operation {
    const score = this.#objectives.length === 1 ? numberOrNull(event.score) : null;
    const complete = score === null ? OptunaState.failed : OptunaState.complete;
    return {
      op_code: 4,
      study_id: studyId,
      datetime_start: printTime(event.at),
      datetime_complete: printTime(event.at),
      state: event.status === "PRUNED" ? OptunaState.pruned : complete,
      value: score,
      values: null,
      ...this.#placedFields(event.values),
      user_attrs: { "headroom:origin": event.origin },
      system_attrs: { [eventKey]: event },
      intermediate_values: {},
    };
  }

  /** Optuna has one intermediate value for each step, of one objective: the mean of the executions. */
  #intermediate(event: Of<"report">): readonly Operation[] {
    const [objective, ...others] = this.#objectives;
    if (objective === undefined || others.length > 0 || !Number.isInteger(event.step)) return [];
    if (event.metrics[objective.name] === undefined) return [];
    const trial = this.#known(event.trial);
    const reports =
      reportsWith(trial, event, this.#objectives).get(objective.name)?.get(event.step) ?? [];
    const value = mean(reports);
    return [{ op_code: 7, trial_id: trial.id, step: event.step, intermediate_value: value }];
  }

  #ended(event: Of<"end">): readonly Operation[] {
    const { id } = this.#known(event.trial);
    const { state, values } = this.#result(event);
    const message = event.message === undefined ? {} : { "headroom:message": event.message };
    const ending: Operation = { op_code: 6, trial_id: id, state, values };
    return [
      carryInTrial(id, event),
      ...attributeOperations(id, message),
      isFinal(event) ? { ...ending, datetime_complete: printTime(event.at) } : ending,
    ];
  }

  #result(event: Of<"end">): { state: number; values: readonly number[] | null } {
    if (!isFinal(event)) return { state: OptunaState.waiting, values: null };
    const values = event.status === "FAILED" ? null : this.#scores(event);
    if (event.status === "PRUNED") return { state: OptunaState.pruned, values };
    return { state: values === null ? OptunaState.failed : OptunaState.complete, values };
  }

  /** A score for each objective, null without one: Optuna's completed trials have numbers. */
  #scores(event: Of<"end">): readonly number[] | null {
    const { reports } = this.#known(event.trial);
    const [objective, ...others] = this.#objectives;
    if (objective !== undefined && others.length === 0) {
      const steps = [...(reports.get(objective.name) ?? [])];
      const last = steps.sort(([first], [second]) => first - second).at(-1)?.[1];
      const value = event.status === "PRUNED" ? last && mean(last) : event.score;
      return numberOrNull(value) === null ? null : [value as number];
    }
    const step = event.bestStep ?? Number.NaN;
    const values = this.#objectives.map(({ name }) => mean(reports.get(name)?.get(step) ?? []));
    return values.some(Number.isNaN) ? null : values;
  }
}

/** Tells whether a trial has ended for good; INVALID and WAITING ones are tried again. */
function isFinal({ status }: Of<"end">): boolean {
  return status !== "WAITING" && status !== "INVALID";
}

function newTrial(id: number): KnownTrial {
  return { id, values: {}, placed: new Set(), ...noReports, finished: false };
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
