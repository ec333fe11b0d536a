import { TunerError } from "../errors";
import type { Oracle } from "../oracles/oracle";
import { fromKerasSpec } from "../search-space/keras-config";
import { SearchSpace } from "../search-space/search-space";
import type { Answer } from "../study/answer";
import { Study } from "../study/study";
import { StudyState } from "../study/study-state";
import { COMBINED_OBJECTIVE } from "../trials/objective";
import { ArrayStorage } from "./array-storage";
import { compareFinal } from "./compare-final";
import { defineParameter } from "./define-parameter";
import { Differences } from "./differences";
import { KerasBrackets } from "./keras-brackets";
import { oracleOf, scheduleOf } from "./keras-oracle";
import { KerasValues } from "./keras-values";
import { scoreOf } from "./score-of";
import type { Transcript, TranscriptCase, TranscriptEvent } from "./transcript";

type Of<Op extends TranscriptEvent["op"]> = Extract<TranscriptEvent, { op: Op }>;

/**
 * Feeds a transcript's events to a study and returns what differs, in words; nothing where all is equal,
 * to the last bit and in the order of keys. Every event is also read by a second state, and the
 * study's own are read back at each `reload`.
 *
 * Events from the first one that is marked as not exact are left out. So is an event at which the
 * reference raised an error that is a known fault of its grid search.
 *
 * @param makeOracle makes the case's oracle; random search, grid search and Hyperband unless given
 */
export function replayTranscript(
  transcript: Transcript,
  makeOracle: (recorded: TranscriptCase) => Oracle = oracleOf,
): readonly string[] {
  return new Replay(transcript, makeOracle).run();
}

class Replay {
  readonly #transcript: Transcript;
  readonly #differences = new Differences();
  readonly #storage = new ArrayStorage();
  readonly #brackets: KerasBrackets | undefined;
  readonly #values: KerasValues;
  readonly #makeOracle: () => Oracle;
  readonly #mirror: StudyState;
  #study: Study;

  constructor(transcript: Transcript, makeOracle: (recorded: TranscriptCase) => Oracle) {
    this.#transcript = transcript;
    this.#makeOracle = () => makeOracle(transcript.case);
    const schedule = scheduleOf(transcript.case);
    this.#brackets = schedule && new KerasBrackets(schedule);
    this.#values = new KerasValues(this.#brackets);
    this.#study = this.#open();
    const { objectives, oracle, space } = this.#study;
    this.#mirror = new StudyState(objectives, oracle.seed, oracle.maxTrials);
    this.#mirror.apply({ type: "space", parameters: space.parameters });
  }

  run(): readonly string[] {
    const { events, exact_events, final } = this.#transcript;
    for (const [i, event] of events.slice(0, exact_events).entries()) {
      if (event.op === "create" && event.error !== undefined) {
        break;
      }
      this.#replay(event, `event ${i} (${event.op})`);
      if (this.#differences.found.length > 0) {
        return this.#differences.found;
      }
    }
    if (exact_events === events.length) {
      const stillListed = events.at(-1);
      compareFinal(this.#differences, {
        final,
        study: this.#study,
        state: this.#mirror,
        values: this.#values,
        brackets: this.#brackets,
        // When end_trial raises an error, the reference still lists the trial as ongoing.
        raisedAtEnd: stillListed?.op === "end" && stillListed.error !== undefined,
      });
    }
    return this.#differences.found;
  }

  #replay(event: TranscriptEvent, what: string): void {
    switch (event.op) {
      case "create":
        this.#create(event, what);
        break;
      case "define":
        this.#define(event, what);
        break;
      case "update":
        this.#update(event, what);
        break;
      case "end":
        this.#end(event, what);
        break;
      case "reload":
        this.#reload(event, what);
        break;
    }
  }

  #create({ worker, status, trial_id, values, again }: Of<"create">, what: string): void {
    const { nextId } = this.#study.view;
    const before = this.#brackets?.all(this.#study.view) ?? [];
    const isNew = !this.#study.running.has(worker) && this.#study.retryQueue.length === 0;
    const answer: Answer = this.#study.ask(worker);
    if (isNew) {
      this.#brackets?.asked(before, this.#brackets.all(this.#study.view));
    }
    const expect = this.#differences.expect.bind(this.#differences);
    expect(`${what} status`, answer.status, status);
    if (answer.status === "RUNNING") {
      expect(`${what} id`, answer.trial.id, trial_id);
      expect(`${what} again`, answer.again, again ?? false);
      expect(`${what} values`, this.#values.of(answer.trial), values);
    } else {
      expect(`${what} id`, nextId, trial_id);
    }
  }

  #define({ trial_id, space, values }: Of<"define">, what: string): void {
    const hp = this.#study.hyperparameters(trial_id);
    for (const spec of space) {
      defineParameter(hp, fromKerasSpec(spec));
    }
    this.#differences.expect(what, this.#values.of(this.#study.trial(trial_id)), values);
  }

  #update({ trial_id, metrics, step }: Of<"update">, what: string): void {
    const numbers = Object.entries(metrics).map(
      ([name, figure]) => [name, Number(figure)] as const,
    );
    const own = numbers.filter(([name]) => name !== COMBINED_OBJECTIVE);
    this.#study.report(trial_id, Object.fromEntries(own), step);
    for (const [name, value] of numbers) {
      const reports = this.#study.trial(trial_id).metrics.get(name);
      const newest = reports?.find((report) => report.step === step)?.values.at(-1);
      this.#differences.expect(`${what} ${name}`, newest, value);
    }
  }

  #end({ trial_id, status, error, result }: Of<"end">, what: string): void {
    let raised: string | undefined;
    try {
      this.#study.end(trial_id, { status, message: "reported by the worker" });
    } catch (thrown) {
      raised = thrown instanceof TunerError ? thrown.name : String(thrown);
    }
    this.#differences.expect(
      `${what} error`,
      raised,
      error === "RuntimeError" ? "SearchError" : error,
    );
    const trial = this.#study.trial(trial_id);
    const { score, bestStep } = trial;
    this.#differences.expect(
      `${what} result`,
      { status: trial.status, score, bestStep },
      { status: result.status, ...scoreOf(result) },
    );
  }

  #reload({ retry_queue, seed_state }: Of<"reload">, what: string): void {
    this.#study = this.#open();
    this.#study.interrupted();
    const queue = this.#study.retryQueue.map(({ id }) => id);
    this.#differences.expect(`${what} retry queue`, queue, retry_queue);
    this.#differences.expect(`${what} seed state`, this.#study.seedState, seed_state);
  }

  #open(): Study {
    const { space, objective, options } = this.#transcript.case;
    const study = new Study({
      objectives: objective ?? undefined,
      oracle: this.#makeOracle(),
      space: new SearchSpace((space ?? []).map(fromKerasSpec)),
      maxRetriesPerTrial: Number(options.max_retries_per_trial ?? 0),
      maxConsecutiveFailedTrials: Number(options.max_consecutive_failed_trials ?? 3),
      storage: this.#storage,
      clock: () => 0,
    });
    study.on((event) => {
      this.#mirror.apply(event);
      this.#values.note(event, study.view);
    });
    return study;
  }
}
