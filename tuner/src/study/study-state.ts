import type { StudyView } from "../oracles/oracle";
import type { Values } from "../search-space/parameter";
import { SearchSpace } from "../search-space/search-space";
import type { StudyEvent } from "../storage/study-event";
import type { Objective } from "../trials/objective";
import type { Trial } from "../trials/trial";
import { trialId } from "../trials/trial-id";
import { RunReports } from "./run-reports";
import { TriedValues } from "./tried-values";

type Of<Type extends StudyEvent["type"]> = Extract<StudyEvent, { type: Type }>;

/**
 * What a study knows: what its events make of an empty one, live and when they are read back. It checks
 * nothing; the study that writes the events does. It is what oracles see.
 */
export class StudyState implements StudyView {
  readonly #trials: Trial[] = [];
  readonly #endedNumbers: number[] = [];
  readonly #endedRuns: number[] = [];
  readonly #running = new Map<string, number>();
  readonly #retry: number[] = [];
  readonly #queue: number[] = [];
  /** How many runs of a trial ended, those left out that were interrupted. */
  readonly #tries: number[] = [];
  readonly #tried = new TriedValues();
  readonly #reports: RunReports[] = [];
  readonly #maxTrials: number | undefined;
  #space = new SearchSpace();
  #seedState: number;
  #lastVainDraw: number | undefined;
  #imported = 0;

  /**
   * @param seed the seed state before the first draw
   * @param maxTrials the oracle's; ids have as many digits as it
   */
  constructor(
    readonly objectives: readonly Objective[],
    seed: number,
    maxTrials: number | undefined,
  ) {
    this.#seedState = seed;
    this.#maxTrials = maxTrials;
  }

  get space(): SearchSpace {
    return this.#space;
  }

  get trials(): readonly Trial[] {
    return this.#trials;
  }

  get ended(): readonly Trial[] {
    return this.#endedNumbers.map((number) => this.#trials[number]);
  }

  get endedRuns(): readonly number[] {
    return this.#endedRuns;
  }

  get lastVainDraw(): number | undefined {
    return this.#lastVainDraw;
  }

  get nextId(): string {
    return this.idOf(this.#trials.length);
  }

  /** By worker, in the order in which they began. */
  get running(): ReadonlyMap<string, Trial> {
    return new Map(Array.from(this.#running, ([worker, n]) => [worker, this.#trials[n]]));
  }

  /** Trials to be tried again; the last one is next. */
  get retryQueue(): readonly Trial[] {
    return this.#retry.map((number) => this.#trials[number]);
  }

  /** Enqueued trials that have not begun; the first one is next. */
  get queue(): readonly Trial[] {
    return this.#queue.map((number) => this.#trials[number]);
  }

  /** The seed of the next draw. */
  get seedState(): number {
    return this.#seedState;
  }

  /** How many different values were tried. */
  get triedCount(): number {
    return this.#tried.size;
  }

  /** How many trials came from other studies. */
  get imported(): number {
    return this.#imported;
  }

  /** Returns how many runs of a trial ended, those left out that were interrupted. */
  tries(number: number): number {
    return this.#tries[number] ?? 0;
  }

  /** Whether a trial's newest report is that of its highest step, so that it tells something new. */
  isAtHighestStep(number: number): boolean {
    return this.#reports[number].isAtHighestStep;
  }

  /** Returns the id of the trial with that number. */
  idOf(number: number): string {
    return trialId(number, this.#maxTrials);
  }

  hasTried(values: Values, promotedFrom?: string): boolean {
    return this.#tried.has(values, promotedFrom);
  }

  /** Takes an event in. Events must come in the order in which they happened. */
  apply(event: StudyEvent): void {
    switch (event.type) {
      case "study":
        break;
      case "space":
        this.#space = event.parameters.reduce((space, added) => space.add(added), this.#space);
        break;
      case "draws":
        this.#seedState = event.seedState;
        this.#lastVainDraw = this.#trials.length;
        break;
      case "enqueue":
        this.#create(event.trial, { status: "WAITING", values: event.values });
        this.#queue.push(event.trial);
        break;
      case "import":
        this.#import(event);
        break;
      case "start":
        this.#start(event);
        break;
      case "define": {
        const { values } = this.#trials[event.trial];
        this.#change(event.trial, { values: { ...values, ...event.values } });
        break;
      }
      case "report":
        this.#report(event);
        break;
      case "attributes": {
        const { attributes } = this.#trials[event.trial];
        this.#change(event.trial, { attributes: { ...attributes, ...event.attributes } });
        break;
      }
      case "end":
        this.#end(event);
        break;
    }
  }

  #import(event: Of<"import">): void {
    const { trial: number, values, status, score, origin, at } = event;
    this.#create(number, { status, values, score, endedAt: at, attributes: { origin } });
    this.#endedNumbers.push(number);
    this.#endedRuns.push(number);
    this.#imported++;
  }

  #start(event: Of<"start">): void {
    const { trial: number, worker, values, budget, seedState, at } = event;
    this.#seedState = seedState;
    if (number === this.#trials.length) {
      this.#create(number, { status: "RUNNING", values, budget, startedAt: at, runs: 1 });
    } else {
      remove(this.#retry, number);
      remove(this.#queue, number);
      const known = this.#trials[number];
      this.#reports[number].begin(known.metrics, known.status === "WAITING" && known.runs > 0);
      this.#change(number, {
        status: "RUNNING",
        values,
        budget: budget ?? known.budget,
        runs: known.runs + 1,
        startedAt: known.startedAt ?? at,
        message: undefined,
      });
    }
    this.#running.set(worker, number);
  }

  #report({ trial: number, step, metrics }: Of<"report">): void {
    const history = this.#trials[number].metrics;
    this.#change(number, { metrics: this.#reports[number].add(history, step, metrics) });
  }

  #end(event: Of<"end">): void {
    const { trial: number, status, score, bestStep, message, at } = event;
    for (const [worker, running] of this.#running) {
      if (running === number) {
        this.#running.delete(worker);
      }
    }
    if (status === "WAITING") {
      this.#retry.push(number);
      this.#change(number, { status, message });
      return;
    }
    this.#noteValues(number);
    this.#tries[number] = this.tries(number) + 1;
    this.#endedRuns.push(number);
    if (status === "INVALID") {
      this.#retry.push(number);
      this.#change(number, { status, message });
      return;
    }
    this.#endedNumbers.push(number);
    this.#change(number, { status, score, bestStep, message, endedAt: at });
  }

  #create(number: number, known: Partial<Trial>): void {
    this.#trials[number] = {
      id: this.idOf(number),
      number,
      status: "WAITING",
      values: {},
      budget: undefined,
      runs: 0,
      metrics: new Map(),
      score: undefined,
      bestStep: undefined,
      message: undefined,
      startedAt: undefined,
      endedAt: undefined,
      attributes: {},
      ...known,
    };
    this.#reports[number] = new RunReports();
    this.#noteValues(number);
  }

  #change(number: number, change: Partial<Trial>): void {
    this.#trials[number] = { ...this.#trials[number], ...change };
  }

  #noteValues(number: number): void {
    const { values, budget } = this.#trials[number];
    this.#tried.note(number, values, budget?.promotedFrom);
  }
}

function remove(list: number[], number: number): void {
  const at = list.lastIndexOf(number);
  if (at >= 0) {
    list.splice(at, 1);
  }
}
