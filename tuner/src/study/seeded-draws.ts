import { pythonRandom } from "../numerics/python-random";
import type { Draws } from "../oracles/oracle";

/** Draws of which each has a seed of its own, one more than the last one's: Keras Tuner's way. */
export class SeededDraws implements Draws {
  #state: number;

  /** @param state the seed of the first draw */
  constructor(state: number) {
    this.#state = state;
  }

  /** The seed of the next draw. */
  get state(): number {
    return this.#state;
  }

  next(): number {
    return pythonRandom(this.#state++);
  }
}
