import type { Study } from "../study/study";
import type { Trial } from "../trials/trial";

/** When a trial began, in ticks; kept with the trial, so that a search that goes on knows it. */
const TICK = "headroom:tick";
/** How many trials had ended by then. */
const ENDED = "headroom:ended";

/**
 * A clock that does not depend on the machine: a trial lasts as many ticks as it has epochs. Tells in
 * which order trials end.
 */
export class Turns {
  readonly #study: Study;
  readonly #begun = new Map<string, number>();
  #now = 0;

  constructor(study: Study) {
    this.#study = study;
    const last = study.ended.findLast(({ attributes }) => attributes[TICK] !== undefined);
    if (last !== undefined) this.#now = endOf(last, Number(last.attributes[TICK]));
  }

  /** A trial begins now; one that was broken off has begun when it first did. */
  begin(trial: Trial): void {
    const known = trial.attributes[TICK];
    if (known === undefined) {
      this.#study.note(trial.id, { [TICK]: this.#now, [ENDED]: this.#study.ended.length });
    }
    this.#begun.set(trial.id, known === undefined ? this.#now : Number(known));
  }

  /** Returns the trials that had ended when one first began. */
  endedBefore({ id }: Trial): readonly Trial[] {
    const { ended } = this.#study;
    return ended.slice(0, Number(this.#study.trial(id).attributes[ENDED] ?? ended.length));
  }

  /** Returns which of some running trials ends first; of several, the one that came first. */
  first(running: readonly Trial[]): Trial {
    const end = (trial: Trial) => endOf(trial, this.#begun.get(trial.id) ?? this.#now);
    return running.reduce((first, trial) =>
      end(trial) < end(first) || (end(trial) === end(first) && trial.number < first.number)
        ? trial
        : first,
    );
  }

  /** A trial has ended. */
  end(trial: Trial): void {
    this.#now = endOf(trial, this.#begun.get(trial.id) ?? this.#now);
    this.#begun.delete(trial.id);
  }
}

function endOf({ budget }: Trial, begun: number): number {
  return begun + (budget === undefined ? 1 : budget.epochs - budget.initialEpoch);
}
