import type { StudyView } from "../oracles/oracle";
import type { Scalar } from "../search-space/parameter";
import type { StudyEvent } from "../storage/study-event";
import type { Trial } from "../trials/trial";
import type { KerasBrackets } from "./keras-brackets";

/** What a budget is called there, in the order in which it is added to drawn values. */
const BUDGET = ["tuner/epochs", "tuner/initial_epoch", "tuner/bracket", "tuner/round"];

/**
 * Trials' values as Keras Tuner keeps them: with budgets among them, in its order of keys. What a trial
 * defines itself comes after its budget.
 */
export class KerasValues {
  readonly #names = new Map<number, readonly string[]>();
  /** The kind of the newest bracket when the trial was made, which `tuner/bracket` names. */
  readonly #newest = new Map<number, number>();
  readonly #brackets: KerasBrackets | undefined;

  constructor(brackets: KerasBrackets | undefined) {
    this.#brackets = brackets;
  }

  /** Takes note of an event that the view already knows of. */
  note(event: StudyEvent, view: StudyView): void {
    if (event.type === "define") {
      this.#add(event.trial, Object.keys(event.values));
    }
    if (event.type === "start" && !this.#names.has(event.trial)) {
      const { trial, values, budget } = event;
      const origin = budget?.promotedFrom;
      if (origin !== undefined) {
        this.#add(trial, [...(this.#names.get(Number(origin)) ?? []), "tuner/trial_id"]);
      }
      this.#add(trial, Object.keys(values));
      this.#add(trial, budget === undefined ? [] : BUDGET);
      const newest = this.#brackets?.all(view).at(-1);
      if (newest !== undefined) {
        this.#newest.set(trial, newest.bracket);
      }
    }
  }

  /** Returns the values under Keras Tuner's names. */
  of({ number, values, budget }: Trial): Record<string, Scalar> {
    const all: Record<string, Scalar> = { ...values };
    if (budget !== undefined) {
      all["tuner/epochs"] = budget.epochs;
      all["tuner/initial_epoch"] = budget.initialEpoch;
      all["tuner/bracket"] = this.#newest.get(number) ?? budget.bracket;
      all["tuner/round"] = budget.round;
    }
    if (budget?.promotedFrom !== undefined) {
      all["tuner/trial_id"] = budget.promotedFrom;
    }
    return Object.fromEntries((this.#names.get(number) ?? []).map((name) => [name, all[name]]));
  }

  #add(number: number, names: readonly string[]): void {
    this.#names.set(number, [...new Set([...(this.#names.get(number) ?? []), ...names])]);
  }
}
