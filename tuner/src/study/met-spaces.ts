import { defaultOf } from "../search-space/make-parameter";
import type { Parameter, Values } from "../search-space/parameter";
import type { SearchSpace } from "../search-space/search-space";
import type { Trial } from "../trials/trial";

/**
 * What running trials have met of a space, each by itself; the study learns it when they end, as in Keras
 * Tuner.
 */
export class MetSpaces {
  readonly #known: () => SearchSpace;
  readonly #spaces = new Map<number, SearchSpace>();

  /** @param known returns what the study knows by now */
  constructor(known: () => SearchSpace) {
    this.#known = known;
  }

  /** Returns the space as a trial sees it, by the trial's number. */
  of(trial: number): SearchSpace {
    return this.#spaces.get(trial) ?? this.#known();
  }

  /**
   * Takes a parameter that a trial has met. Returns the value that this adds to the trial's; undefined where it
   * has one already, or the parameter is not active.
   *
   * @throws DefinitionError for a parameter that contradicts the space
   */
  meet({ number, values }: Trial, parameter: Parameter): Values | undefined {
    const space = this.of(number).add(parameter);
    this.#spaces.set(number, space);
    const isNew = values[parameter.name] === undefined && space.isActive(parameter, values);
    return isNew ? { [parameter.name]: defaultOf(parameter) } : undefined;
  }

  /** Forgets what a trial has met. */
  forget(trial: number): void {
    this.#spaces.delete(trial);
  }
}
