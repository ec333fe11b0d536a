import type { Scalar } from "../search-space/parameter";
import { areCompatible, type Distribution, externalValue, parseDistribution } from "./distribution";
import { carriedEvent } from "./event-carrier";
import {
  type Attributes,
  type CreateTrial,
  type JournalLine,
  OptunaState,
  parseTime,
} from "./journal-line";
import type { StudyEvent } from "./study-event";

/** A trial that Optuna made, as far as its lines go. */
export interface OptunaTrial {
  /** Counted over the file. */
  readonly id: number;
  /** Counted in the study. */
  readonly number: number;
  state: number;
  readonly values: Map<string, Scalar>;
  readonly distributions: Map<string, Distribution>;
  scores: readonly number[] | null;
  readonly intermediate: Map<number, number>;
  userAttributes: Attributes;
  systemAttributes: Attributes;
  /** Milliseconds since 1970. */
  startedAt: number | undefined;
  endedAt: number | undefined;
}

/** An event that a line carries. */
export interface CarriedEvent {
  readonly event: StudyEvent;
  readonly workerId: string;
  /** Optuna's id of the trial that the line is about; -1 where it is about the study. */
  readonly trialId: number;
}

/** A study of a journal. */
export interface JournalStudy {
  readonly id: number;
  readonly name: string;
  /** One per objective: 1 minimise, 2 maximise. */
  readonly directions: readonly number[];
  systemAttributes: Attributes;
  /** Our events, in order. */
  readonly carried: CarriedEvent[];
  /** How many lines their writer has written since the last event, and with it. */
  linesOfLast: number;
  /** Trials that we did not make, in order. */
  readonly others: OptunaTrial[];
}

/** What the lines of a journal come to: Optuna's rules for ids, and our events. */
export class JournalState {
  readonly #studies = new Map<number, JournalStudy & { trials: number }>();
  readonly #trials: (JournalStudy | undefined)[] = [];
  readonly #others = new Map<number, OptunaTrial>();
  /** The distribution that a study knows for a name. */
  readonly #distributions = new Map<JournalStudy, Map<string, Distribution>>();
  #created = 0;

  /** The studies that were not deleted, in order of creation. */
  get studies(): readonly JournalStudy[] {
    return [...this.#studies.values()];
  }

  /** The id that the next study gets. */
  get nextStudyId(): number {
    return this.#created;
  }

  /** The id that the next trial gets, in whatever study. */
  get nextTrialId(): number {
    return this.#trials.length;
  }

  /** Applies a line. Throws an Error that says what is wrong with it. */
  apply(line: JournalLine): void {
    switch (line.op_code) {
      case 0:
        this.#createStudy(line.study_name, line.directions);
        return;
      case 1:
        this.#studies.delete(line.study_id);
        return;
      case 3: {
        const study = this.#studies.get(line.study_id);
        if (study === undefined) return;
        study.systemAttributes = { ...study.systemAttributes, ...line.system_attr };
        this.#count(study, line, -1);
        return;
      }
      case 4: {
        const study = this.#studies.get(line.study_id);
        if (study !== undefined) this.#createTrial(study, line);
        return;
      }
      case 2:
      case 10:
        return;
      default:
        this.#applyToTrial(line);
    }
  }

  #createStudy(name: string, directions: readonly number[]): void {
    if (this.studies.some((study) => study.name === name)) return;
    const id = this.#created++;
    this.#studies.set(id, {
      id,
      name,
      directions,
      systemAttributes: {},
      carried: [],
      linesOfLast: 0,
      others: [],
      trials: 0,
    });
  }

  #createTrial(study: JournalStudy & { trials: number }, line: JournalLine & CreateTrial): void {
    const id = this.#trials.push(study) - 1;
    const number = study.trials++;
    if (!this.#count(study, line, id)) return;
    const trial: OptunaTrial = {
      id,
      number,
      state: line.state ?? OptunaState.running,
      values: new Map(),
      distributions: new Map(),
      scores: line.values ?? (typeof line.value === "number" ? [line.value] : null),
      intermediate: new Map(
        Object.entries(line.intermediate_values ?? {}).map(([step, value]) => [+step, value]),
      ),
      userAttributes: line.user_attrs ?? {},
      systemAttributes: line.system_attrs ?? {},
      startedAt: parseTime(line.datetime_start),
      endedAt: parseTime(line.datetime_complete),
    };
    study.others.push(trial);
    this.#others.set(id, trial);
    for (const [name, text] of Object.entries(line.distributions ?? {})) {
      const internal = line.params?.[name];
      if (internal !== undefined) this.#setValue(study, trial, name, text, internal);
    }
  }

  #applyToTrial(line: Extract<JournalLine, { trial_id: number }>): void {
    const study = this.#trials[line.trial_id];
    if (study === undefined || !this.#studies.has(study.id)) return;
    this.#count(study, line, line.trial_id);
    const trial = this.#others.get(line.trial_id);
    if (trial === undefined || isFinished(trial)) return;
    if (line.op_code === 5) {
      const { param_name: name, distribution, param_value_internal: internal } = line;
      this.#setValue(study, trial, name, distribution, internal);
    } else if (line.op_code === 6) {
      setState(trial, line);
    } else if (line.op_code === 7) {
      trial.intermediate.set(line.step, line.intermediate_value);
    } else if (line.op_code === 8) {
      trial.userAttributes = { ...trial.userAttributes, ...line.user_attr };
    } else {
      trial.systemAttributes = { ...trial.systemAttributes, ...line.system_attr };
    }
  }

  #setValue(
    study: JournalStudy,
    trial: OptunaTrial,
    name: string,
    text: string,
    internal: number,
  ): void {
    const distribution = parseDistribution(text);
    const known = this.#distributions.get(study) ?? new Map<string, Distribution>();
    this.#distributions.set(study, known);
    const first = known.get(name) ?? distribution;
    if (!areCompatible(first, distribution)) return;
    known.set(name, first);
    trial.values.set(name, externalValue(distribution, internal));
    trial.distributions.set(name, distribution);
  }

  /** Notes our event, if the line carries one; tells whether it does not, so that its trial is another's. */
  #count(study: JournalStudy, line: JournalLine, trialId: number): boolean {
    const event = carriedEvent(line);
    if (event !== undefined) {
      study.carried.push({ event, workerId: line.worker_id, trialId });
      study.linesOfLast = 1;
      return false;
    }
    if (study.carried.at(-1)?.workerId === line.worker_id) study.linesOfLast += 1;
    return true;
  }
}

/** Tells whether a trial of Optuna's has ended. */
export function isFinished({ state }: OptunaTrial): boolean {
  return state !== OptunaState.running && state !== OptunaState.waiting;
}

function setState(trial: OptunaTrial, line: Extract<JournalLine, { op_code: 6 }>): void {
  const { running } = OptunaState;
  if (line.state === running && trial.state === running) return;
  trial.state = line.state;
  trial.startedAt = parseTime(line.datetime_start) ?? trial.startedAt;
  trial.endedAt = parseTime(line.datetime_complete) ?? trial.endedAt;
  trial.scores = line.values ?? trial.scores;
}
